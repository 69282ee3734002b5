//! What the dashboard shows, read at once.

use seatwise_domain::Instant;
use seatwise_domain::wire::{EventLine, LotLine};

use super::companies::{self, Company};
use super::{Database, StoreError, decode_at, events, lots, orders};

/// What the dashboard shows.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The company.
    pub company: Company,
    /// Its lots that have not ended, first to end first.
    pub lots: Vec<LotLine>,
    /// How many of its orders wait.
    pub waiting_orders: i64,
    /// Its newest events, newest first.
    pub recent: Vec<EventLine>,
}

/// Reads an overview with `recent` events. `None`: there is no such company.
///
/// # Errors
/// When the database can't be asked.
pub async fn read(database: &impl Database, company_id: &str, now: Instant, recent: i64) -> Result<Option<Overview>, StoreError> {
    let results = database
        .batch(vec![
            companies::ask(company_id),
            lots::ask(company_id, now),
            orders::waiting(company_id),
            events::newest(company_id, recent),
        ])
        .await?;
    let Some(company) = decode_at::<companies::Row>(&results, 0)?.into_iter().next() else { return Ok(None) };
    Ok(Some(Overview {
        company: company.into(),
        lots: lots::read(decode_at(&results, 1)?),
        waiting_orders: decode_at::<orders::Waiting>(&results, 2)?.first().map_or(0, |row| row.waiting),
        recent: events::read_newest(decode_at(&results, 3)?),
    }))
}
