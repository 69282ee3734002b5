//! What the forecast is made from: lots, and the sums of who holds them until when and was active when.

use seatwise_domain::order::OrderNumber;
use seatwise_domain::policy::{CarryOver, DrawOrder};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::{Database, StoreError, decode_at, statement, statements};

statements! {
    /// The lots that have not ended, each with how many of its licences are held, by whom who was active on day ?3 or
    /// later, and how many end before it.
    LOTS = "
        SELECT l.id, l.kind, l.group_id, l.starts_at, l.ends_at, l.quantity, o.number AS order_number,
          coalesce(sum(h.pending + h.in_use), 0) AS held,
          coalesce(sum(h.pending + h.in_use) FILTER (WHERE h.early = 0 AND h.active_on >= ?3), 0) AS active,
          coalesce(sum(h.pending + h.in_use) FILTER (WHERE h.early = 1), 0) AS early
        FROM lots l
        LEFT JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        LEFT JOIN holdings h ON h.company_id = l.company_id AND h.lot_id = l.id
        WHERE l.company_id = ?1 AND l.ends_at > ?2 AND l.overdraft = 0
        GROUP BY l.ends_at, l.id
        ORDER BY l.ends_at, l.id
        LIMIT 500";
    /// What the company decides.
    POLICY = "SELECT carry_over, draw_order FROM companies WHERE id = ?1";
}

/// A lot that has not ended.
#[derive(Clone, Debug, Deserialize)]
pub struct Lot {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// The group that it is set aside for.
    pub group_id: Option<String>,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// How many licences it has.
    pub quantity: i64,
    /// The order that it came from.
    pub order_number: Option<OrderNumber>,
    /// How many are held.
    pub held: i64,
    /// How many of those to its end, by somebody who was active lately.
    pub active: i64,
    /// How many end before it.
    pub early: i64,
}

/// What the company decides.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Policy {
    /// Who moves on when a lot ends.
    pub carry_over: CarryOver,
    /// To which lot.
    pub draw_order: DrawOrder,
}

/// The lots that have not ended, and the company's policy. `None`: there is no such company.
///
/// # Errors
/// When the database can't be asked.
pub async fn read(database: &impl Database, company_id: &str, now: Instant) -> Result<Option<(Vec<Lot>, Policy)>, StoreError> {
    // Whoever was active lately is taken to go on being so.
    let active_since = CarryOver::Active.active_since(now);
    let results = database.batch(vec![statement!(LOTS, company_id, now, active_since), statement!(POLICY, company_id)]).await?;
    let Some(policy) = decode_at::<Policy>(&results, 1)?.into_iter().next() else { return Ok(None) };
    Ok(Some((decode_at(&results, 0)?, policy)))
}
