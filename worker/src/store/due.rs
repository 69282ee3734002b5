//! What time does to a company's licences, in the order in which it does it: invites lapse and give theirs back, licences
//! end early, lots end and their holders move on, lots come into force and settle what is overdrawn or waits.
//!
//! Whoever reads or changes a company's licences lets this catch up first, and so does the scheduled run. Nothing that
//! happens later can come in between, so it makes no difference who is the one to write it down, or how late.

use seatwise_domain::policy::CarryOver;
use seatwise_domain::wire::EventKind;
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::events::word;
use super::notices::{self, manager_wants};
use super::{Actor, Database, Rows as _, StoreError, expiry, flag, gate, statement, statements};

/// Whether anything is due in the company `$company` at ?2.
macro_rules! anything_due {
    ($company:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM lots INDEXED BY lots_to_close_by_company WHERE company_id = ",
            $company,
            " AND closed_at IS NULL AND ends_at <= ?2) OR EXISTS (SELECT 1 FROM lots INDEXED BY lots_to_open_by_company WHERE company_id = ",
            $company,
            " AND opened_at IS NULL AND starts_at <= ?2) OR EXISTS (SELECT 1 FROM holdings INDEXED BY holdings_early_by_company WHERE company_id = ",
            $company,
            " AND early = 1 AND ends_at <= ?2) OR EXISTS (SELECT 1 FROM invites INDEXED BY invites_open_by_company WHERE company_id = ",
            $company,
            " AND state = 'open' AND open_until <= ?2))"
        )
    };
}
pub(super) use anything_due;

statements! {
    /// Whether anything is due in a company.
    IS_DUE = concat!("SELECT ", anything_due!("?1"), " AS due");
    /// What is due next in a company: lapses, then early ends, then ends, then starts, where they come together; and when
    /// the next of another sort is due.
    NEXT = "
        SELECT at, what, lot_id, kind, lead(at) OVER (ORDER BY at, turn) AS other_at FROM (
          SELECT * FROM (SELECT open_until AS at, 'lapse' AS what, 0 AS turn, NULL AS lot_id, NULL AS kind
            FROM invites INDEXED BY invites_open_by_company WHERE company_id = ?1 AND state = 'open' AND open_until <= ?2 ORDER BY open_until LIMIT 1)
          UNION ALL
          SELECT * FROM (SELECT ends_at, 'early', 1, NULL, NULL
            FROM holdings INDEXED BY holdings_early_by_company WHERE company_id = ?1 AND early = 1 AND ends_at <= ?2 ORDER BY ends_at LIMIT 1)
          UNION ALL
          SELECT * FROM (SELECT ends_at, 'end', 2, id, kind
            FROM lots INDEXED BY lots_to_close_by_company WHERE company_id = ?1 AND closed_at IS NULL AND ends_at <= ?2 ORDER BY ends_at LIMIT 1)
          UNION ALL
          SELECT * FROM (SELECT starts_at, 'start', 3, id, kind
            FROM lots INDEXED BY lots_to_open_by_company WHERE company_id = ?1 AND opened_at IS NULL AND starts_at <= ?2 ORDER BY starts_at LIMIT 1)
        ) ORDER BY at, turn LIMIT 1";
    /// Companies in which something is due, at most ?2 of each sort.
    COMPANIES = "
        SELECT company_id FROM (SELECT DISTINCT company_id FROM lots INDEXED BY lots_to_close WHERE closed_at IS NULL AND ends_at <= ?1 LIMIT ?2)
        UNION SELECT company_id FROM (SELECT DISTINCT company_id FROM lots INDEXED BY lots_to_open WHERE opened_at IS NULL AND starts_at <= ?1 LIMIT ?2)
        UNION SELECT company_id FROM (SELECT DISTINCT company_id FROM holdings INDEXED BY holdings_early WHERE early = 1 AND ends_at <= ?1 LIMIT ?2)
        UNION SELECT company_id FROM (SELECT DISTINCT company_id FROM invites INDEXED BY invites_open WHERE state = 'open' AND open_until <= ?1 LIMIT ?2)";
    /// What a company decides about the end of lots.
    CARRY_OVER = "SELECT carry_over FROM companies WHERE id = ?1";
    /// A lot comes into force.
    RECORD_START = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, kind, quantity, lot_id, order_id, to_state, starts_at, ends_at)
        SELECT company_id, ?3, ?4, ?5, ?6, ?7, kind, quantity, id, order_id, 'in_force', starts_at, ends_at
        FROM lots WHERE company_id = ?1 AND id = ?2 AND opened_at IS NULL";
    /// It is open.
    OPEN = "UPDATE lots SET opened_at = ?3 WHERE company_id = ?1 AND id = ?2 AND opened_at IS NULL";
    /// A lot has ended, with how many were held.
    RECORD_END = "
        INSERT INTO events (company_id, at, door, what, headline, kind, quantity, lot_id, order_id, from_state, to_state)
        SELECT company_id, ends_at, 'scheduled_run', ?3, 1, kind, quantity, id, order_id, 'in_force', 'ended'
        FROM lots WHERE company_id = ?1 AND id = ?2 AND closed_at IS NULL";
    /// The letter to every manager of a company whose lot has ended.
    TELL_MANAGERS = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'lot-ended:' || l.id, m.email_typed, m.name, 'lot_ended',
          json_object('company', c.name, 'number', o.number, 'kind', l.kind, 'quantity', l.quantity, 'held', l.in_use + l.carried,
            'carried', l.carried, 'ends_at', l.ends_at),
          l.company_id, ?3, ?3
        FROM lots l
        CROSS JOIN companies c ON c.id = l.company_id
        CROSS JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        CROSS JOIN members m INDEXED BY members_who_manage ON m.company_id = l.company_id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE l.company_id = ?1 AND l.id = ?2 AND l.closed_at IS NULL AND m.joined_at IS NOT NULL AND ", manager_wants!("'lot_ended'"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// It is closed.
    CLOSE = "UPDATE lots SET closed_at = ?3, not_carried = pending + in_use WHERE company_id = ?1 AND id = ?2 AND closed_at IS NULL";
}

#[derive(Deserialize)]
struct Due {
    #[serde(deserialize_with = "flag")]
    due: bool,
}

/// Whether anything is due in a company.
///
/// # Errors
/// When the database can't be asked.
pub async fn is_due(database: &impl Database, company_id: &str, now: Instant) -> Result<bool, StoreError> {
    Ok(database.row::<Due>(statement!(IS_DUE, company_id, now)).await?.is_some_and(|row| row.due))
}

#[derive(Deserialize)]
struct Next {
    at: Instant,
    what: String,
    lot_id: Option<String>,
    kind: Option<Kind>,
    other_at: Option<Instant>,
}

/// How much of what is due one call works off: more than any company's history can ask for at once, so that no loop is
/// without an end.
const MOST_STEPS: usize = 500;

/// Lets time catch up with one company.
///
/// # Errors
/// When the database takes nothing.
pub async fn catch_up(database: &impl Database, company_id: &str, now: Instant) -> Result<(), StoreError> {
    for _ in 0..MOST_STEPS {
        let Some(next) = database.row::<Next>(statement!(NEXT, company_id, now)).await? else { return Ok(()) };
        match (next.what.as_str(), next.lot_id, next.kind) {
            ("end", Some(lot_id), Some(kind)) => end(database, company_id, (&lot_id, kind), next.at, now).await?,
            ("start", Some(lot_id), Some(kind)) => {
                database.batch(start(company_id, (&lot_id, kind), next.at, &Actor::scheduled_run())).await?;
            }
            // Invites that were sent one by one lapse one by one: all until something else is due go together.
            ("lapse", ..) => expiry::invites(database, company_id, next.other_at.unwrap_or(now)).await?,
            _ => {
                expiry::early(database, company_id, next.at, now).await?;
            }
        }
    }
    Ok(())
}

/// A lot comes into force at `at`: it settles what is overdrawn, and those who wait get theirs.
#[must_use]
pub fn start(company_id: &str, lot: (&str, Kind), at: Instant, actor: &Actor) -> Vec<super::Statement> {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let mut batch = vec![
        statement!(RECORD_START, company_id, lot.0, at, door, id, name, word(&EventKind::LotStarted)),
        statement!(OPEN, company_id, lot.0, at),
    ];
    batch.extend(gate::settle(company_id, lot.1, at, actor));
    batch
}

#[derive(Deserialize)]
struct Policy {
    carry_over: CarryOver,
}

/// A lot ends: its holders move on as far as the company wants it and there is room, then it is closed.
async fn end(
    database: &impl Database,
    company_id: &str,
    lot: (&str, Kind),
    ends_at: Instant,
    now: Instant,
) -> Result<(), StoreError> {
    let actor = Actor::scheduled_run();
    let policy = database.row::<Policy>(statement!(CARRY_OVER, company_id)).await?.map(|row| row.carry_over);
    if let Some(active_since) = policy.and_then(|policy| policy.active_since(ends_at)) {
        loop {
            let carried = database.batch(gate::carry(company_id, lot, ends_at, active_since, &actor).to_vec()).await?;
            if carried.first().is_none_or(|recorded| recorded.changes() < gate::CHUNK) {
                break;
            }
        }
    }
    let mut batch = vec![
        statement!(RECORD_END, company_id, lot.0, word(&EventKind::LotEnded)),
        statement!(TELL_MANAGERS, company_id, lot.0, now),
        statement!(CLOSE, company_id, lot.0, now),
    ];
    batch.extend(notices::watch(company_id, lot.1, ends_at));
    database.batch(batch).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Company {
    company_id: String,
}

/// Companies in which something is due, at most `most` of each sort.
///
/// # Errors
/// When the database can't be asked.
pub async fn companies(database: &impl Database, now: Instant, most: i64) -> Result<Vec<String>, StoreError> {
    let rows: Vec<Company> = database.rows(statement!(COMPANIES, now, most)).await?;
    Ok(rows.into_iter().map(|row| row.company_id).collect())
}
