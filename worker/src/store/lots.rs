//! Lots, and the balances that are sums over them.

use seatwise_domain::order::OrderNumber;
use seatwise_domain::wire::LotLine;
use seatwise_domain::{Balance, Instant, Kind};
use serde::Deserialize;

use super::{Database, Statement, StoreError, statement, statements};

statements! {
    /// A company's lots that end after ?2, first to end first.
    ENDING_AFTER = "
        SELECT l.id, l.kind, l.quantity, l.in_use, l.pending, l.starts_at, l.ends_at, o.number AS order_number, g.name AS group_name
        FROM lots l
        LEFT JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        LEFT JOIN groups g ON g.company_id = l.company_id AND g.id = l.group_id
        WHERE l.company_id = ?1 AND l.ends_at > ?2
        ORDER BY l.ends_at, l.id
        LIMIT 500";
}

/// A lot as the database gives it.
#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    kind: Kind,
    quantity: i64,
    in_use: i64,
    pending: i64,
    starts_at: Instant,
    ends_at: Instant,
    order_number: Option<OrderNumber>,
    group_name: Option<String>,
}

/// A company's lots that end after a moment, first to end first. Lots that have ended, or are still to start, are
/// among them where `after` reaches back.
///
/// # Errors
/// When the database can't be asked.
pub async fn ending_after(database: &impl Database, company_id: &str, after: Instant) -> Result<Vec<LotLine>, StoreError> {
    Ok(read(database.rows(ask(company_id, after)).await?))
}

/// Asks for a company's lots that end after a moment.
pub(super) fn ask(company_id: &str, after: Instant) -> Statement {
    statement!(ENDING_AFTER, company_id, after)
}

/// Reads what [`ask`] has asked for.
pub(super) fn read(rows: Vec<Row>) -> Vec<LotLine> {
    let line = |row: Row| LotLine {
        id: row.id,
        kind: row.kind,
        quantity: row.quantity,
        in_use: row.in_use,
        pending: row.pending,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        order: row.order_number,
        group: row.group_name,
    };
    rows.into_iter().map(line).collect()
}

/// The balance of a kind at `now`: the sum over the lots in force.
#[must_use]
pub fn balance(lots: &[LotLine], kind: Kind, now: Instant) -> Balance {
    let mut sums = (0_i64, 0_i64, 0_i64);
    for lot in lots.iter().filter(|lot| lot.kind == kind && lot.in_force(now)) {
        sums = (sums.0.saturating_add(lot.quantity), sums.1.saturating_add(lot.in_use), sums.2.saturating_add(lot.pending));
    }
    Balance::of(sums.0, sums.1, sums.2)
}

/// The balance of a company's licences of a kind at `now`.
///
/// # Errors
/// When the database can't be asked.
pub async fn balance_of(database: &impl Database, company_id: &str, kind: Kind, now: Instant) -> Result<Balance, StoreError> {
    Ok(balance(&ending_after(database, company_id, now).await?, kind, now))
}
