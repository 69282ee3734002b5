//! What the dashboard shows, read at once.

use seatwise_domain::Instant;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{Attention, EventLine, LotLine, NamedMember};
use serde::Deserialize;

use super::companies::{self, Company};
use super::{Database, StoreError, decode_at, events, lots, orders, statement, statements};

statements! {
    /// What waits in company ?1, as of now (?2): a row read for each figure. Whether anybody is inactive, not how many: that
    /// is a sum over days.
    ATTENTION = "
        SELECT
          coalesce((SELECT members FROM standings WHERE company_id = ?1 AND group_id = '' AND standing = 'waiting'), 0) AS waiting,
          (SELECT open_until FROM invites WHERE company_id = ?1 AND state = 'open' ORDER BY open_until LIMIT 1) AS first_invite_ends_at,
          (SELECT c.inactive_days FROM companies c WHERE c.id = ?1 AND EXISTS (
            SELECT 1 FROM active_days a WHERE a.company_id = ?1 AND a.day < ?2 / 86400000 - c.inactive_days AND a.members > 0)) AS inactive_days";
    /// Members of company ?1 whom a mail hasn't reached since ?2, newest first, as long as it is their address.
    UNREACHED = "
        SELECT m.id, coalesce(m.name, m.email_typed) AS name
        FROM outbox o JOIN members m ON m.company_id = o.company_id AND m.email = lower(o.receiver) AND m.removed_at IS NULL
        WHERE o.company_id = ?1 AND (o.state = 'failed' OR o.delivery IN ('bounced', 'complained')) AND o.settled_at > ?2
        ORDER BY o.settled_at DESC LIMIT 100";
}

/// For how long a mail that didn't arrive needs attention.
const UNREACHED_FOR: i64 = 14 * DAY;

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
    /// What waits for somebody to do something.
    pub attention: Attention,
}

#[derive(Deserialize)]
struct Row {
    waiting: i64,
    first_invite_ends_at: Option<Instant>,
    inactive_days: Option<i64>,
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
            statement!(ATTENTION, company_id, now),
            statement!(UNREACHED, company_id, now.plus(-UNREACHED_FOR)),
        ])
        .await?;
    let Some(company) = decode_at::<companies::Row>(&results, 0)?.into_iter().next() else { return Ok(None) };
    Ok(Some(Overview {
        company: company.into(),
        lots: lots::read(decode_at(&results, 1)?),
        waiting_orders: decode_at::<orders::Waiting>(&results, 2)?.first().map_or(0, |row| row.waiting),
        recent: events::read_newest(decode_at(&results, 3)?),
        attention: attention(decode_at(&results, 4)?, decode_at(&results, 5)?),
    }))
}

fn attention(rows: Vec<Row>, unreached: Vec<NamedMember>) -> Attention {
    let row = rows.into_iter().next();
    Attention {
        waiting: row.as_ref().map_or(0, |row| row.waiting),
        first_invite_ends_at: row.as_ref().and_then(|row| row.first_invite_ends_at),
        inactive_days: row.and_then(|row| row.inactive_days),
        mails_failed: i64::try_from(unreached.len()).unwrap_or(i64::MAX),
        mail_failed_to: unreached.into_iter().next(),
    }
}
