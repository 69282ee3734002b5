//! Writing down what time has already done to licences and invites: expired, lapsed.
//!
//! Every statement reads the same set by the same words before the last one changes it, in one transaction, so events,
//! letters and rows always agree; run twice, it finds nothing the second time.

use seatwise_domain::Instant;

use super::notices::company_wants;
use super::{Actor, Database, Statement, StoreError, gate, statement, statements};

/// The live licences of one company that end before their lots, at ?2 to the millisecond, at most ?3.
macro_rules! early {
    () => {
        "
        SELECT l.company_id, l.member_id, l.id, l.lot_id, l.kind, l.status, l.ends_at
        FROM holdings h INDEXED BY holdings_early_by_company
        CROSS JOIN licences l INDEXED BY licences_by_lot ON l.company_id = h.company_id AND l.lot_id = h.lot_id
          AND (l.status = 'ended') = 0 AND l.ends_at = h.ends_at AND l.active_on = h.active_on
        WHERE h.company_id = ?1 AND h.ends_at = ?2 AND h.early = 1
        ORDER BY h.lot_id, h.active_on, l.member_id, l.id LIMIT ?3"
    };
}

/// The live licences of a lot that has ended, at most ?3.
macro_rules! left_in_lot {
    () => {
        "
        SELECT l.company_id, l.member_id, l.id, l.lot_id, l.kind, l.status, l.ends_at
        FROM licences l INDEXED BY licences_by_lot
        WHERE l.company_id = ?1 AND l.lot_id = ?2 AND (l.status = 'ended') = 0
        ORDER BY l.ends_at, l.active_on, l.member_id, l.id LIMIT ?3"
    };
}

/// The live licences of the people in the JSON array ?3 that have ended by ?2.
macro_rules! of_people {
    () => {
        "
        SELECT l.company_id, l.member_id, l.id, l.lot_id, l.kind, l.status, l.ends_at
        FROM json_each(?3) AS person
        CROSS JOIN licences l ON l.company_id = ?1 AND l.member_id = person.value ->> 'member' AND l.status <> 'ended'
        WHERE l.ends_at <= ?2"
    };
}

/// One event for each licence that has expired, at the moment at which it did.
macro_rules! record {
    ($due:expr) => {
        concat!(
            "INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state)
            SELECT company_id, ends_at, 'scheduled_run', 'licence_expired', member_id, kind, 1, id, lot_id, status, 'ended' FROM (",
            $due,
            ")"
        )
    };
}

/// The letter to each learner who held one; ?4 is now.
macro_rules! tell {
    ($due:expr) => {
        concat!(
            "INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
            SELECT 'licence-expired:' || due.id, m.email_typed, m.name, 'licence_expired',
              json_object('company', c.name, 'kind', due.kind, 'ends_at', due.ends_at), due.company_id, ?4, ?4
            FROM (",
            $due,
            ") AS due
            CROSS JOIN companies c ON c.id = due.company_id
            CROSS JOIN members m ON m.company_id = due.company_id AND m.id = due.member_id
            WHERE due.status = 'in_use' AND m.removed_at IS NULL AND ",
            company_wants!("licence_expired", "learners"),
            "
            ON CONFLICT (cause, receiver) DO NOTHING"
        )
    };
}

/// Ends licences that have expired.
macro_rules! expire {
    ($due:expr) => {
        concat!(
            "UPDATE licences SET status = 'ended', ended_at = ends_at, ended_reason = 'expired'
            WHERE (company_id, member_id, id) IN (SELECT company_id, member_id, id FROM (",
            $due,
            "))"
        )
    };
}

/// The open invites of company ?1 whose days are over by ?2, at most ?3.
macro_rules! lapsed {
    () => {
        "
        SELECT company_id, member_id, open_until FROM invites INDEXED BY invites_open_by_company
        WHERE company_id = ?1 AND state = 'open' AND open_until <= ?2
        ORDER BY open_until, member_id LIMIT ?3"
    };
}

/// The licences that lapsed invites give back. What has expired before expires by itself.
macro_rules! freed {
    () => {
        concat!(
            "
        SELECT l.company_id, l.member_id, l.id, l.kind, l.lot_id, due.open_until
        FROM (",
            lapsed!(),
            ") AS due
        CROSS JOIN licences l ON l.company_id = due.company_id AND l.member_id = due.member_id AND l.status <> 'ended'
        WHERE l.status = 'pending' AND l.ends_at > due.open_until"
        )
    };
}

statements! {
    /// One event for each licence that has ended before its lot.
    RECORD_EARLY = record!(early!());
    /// The letters to their holders.
    TELL_EARLY = tell!(early!());
    /// Ends them.
    EXPIRE_EARLY = expire!(early!());
    /// One event for each licence left in a lot that has ended.
    RECORD_LEFT = record!(left_in_lot!());
    /// The letters to their holders.
    TELL_LEFT = tell!(left_in_lot!());
    /// Ends them.
    EXPIRE_LEFT = expire!(left_in_lot!());
    /// Lots that have ended and may have licences left, the first closed first.
    LOTS_TO_EMPTY = "
        SELECT company_id, id FROM lots WHERE closed_at IS NOT NULL AND emptied_at IS NULL ORDER BY closed_at LIMIT 100";
    /// A lot has no licences left.
    EMPTIED = "
        UPDATE lots SET emptied_at = ?3
        WHERE company_id = ?1 AND id = ?2 AND emptied_at IS NULL AND pending + in_use = 0";
    /// One event for each expired licence of certain people.
    RECORD_OF = record!(of_people!());
    /// Ends them.
    EXPIRE_OF = expire!(of_people!());
    /// One event for each invite that has lapsed, at the moment at which it did.
    RECORD_LAPSED = concat!(
        "INSERT INTO events (company_id, at, door, what, headline, member_id, from_state, to_state)
        SELECT company_id, open_until, 'scheduled_run', 'invite_lapsed', 1, member_id, 'open', 'lapsed' FROM (", lapsed!(), ")"
    );
    /// One event for each licence that lapsed invites give back.
    RECORD_FREED = concat!(
        "INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state)
        SELECT company_id, open_until, 'scheduled_run', 'licence_taken_back', member_id, kind, 1, id, lot_id, 'pending', 'invite_lapsed'
        FROM (", freed!(), ")"
    );
    /// The licences of lapsed invites go back to their lots.
    FREE_LAPSED = concat!(
        "WITH freed AS MATERIALIZED (", freed!(), ")
        UPDATE licences SET status = 'ended', ended_at = freed.open_until, ended_reason = 'invite_lapsed' FROM freed
        WHERE licences.company_id = freed.company_id AND licences.member_id = freed.member_id AND licences.id = freed.id"
    );
    /// Closes the invites that have lapsed.
    LAPSE = concat!(
        "UPDATE invites SET state = 'lapsed', settled_at = open_until
        WHERE (company_id, member_id) IN (SELECT company_id, member_id FROM (", lapsed!(), "))"
    );
}

/// How many licences one batch ends: small enough that whoever looks meanwhile, and waits for several batches in turn,
/// hardly notices.
pub const CHUNK: i64 = 1_000;

/// Ends one chunk of a company's licences that end at `at`, before their lots; says whether there may be more. What
/// becomes free settles what is overdrawn or waits.
///
/// # Errors
/// When the database takes nothing.
pub async fn early(database: &impl Database, company_id: &str, at: Instant, now: Instant) -> Result<bool, StoreError> {
    let mut batch = vec![
        statement!(RECORD_EARLY, company_id, at, CHUNK),
        statement!(TELL_EARLY, company_id, at, CHUNK, now),
        statement!(EXPIRE_EARLY, company_id, at, CHUNK),
    ];
    batch.extend(gate::settle_all(company_id, at, &Actor::scheduled_run()));
    full(&database.batch(batch).await?)
}

/// Ends one chunk of the licences that are left in lots that have ended; says whether there may be more.
///
/// # Errors
/// When the database takes nothing.
pub async fn left(database: &impl Database, now: Instant) -> Result<bool, StoreError> {
    #[derive(serde::Deserialize)]
    struct Lot {
        company_id: String,
        id: String,
    }
    let lots: Vec<Lot> = database.rows(statement!(LOTS_TO_EMPTY)).await?;
    for lot in &lots {
        let (company_id, id) = (lot.company_id.as_str(), lot.id.as_str());
        let results = database
            .batch(vec![
                statement!(RECORD_LEFT, company_id, id, CHUNK),
                statement!(TELL_LEFT, company_id, id, CHUNK, now),
                statement!(EXPIRE_LEFT, company_id, id, CHUNK),
                statement!(EMPTIED, company_id, id, now),
            ])
            .await?;
        if full(&results)? {
            return Ok(true);
        }
    }
    Ok(lots.len() >= 100)
}

/// Writes down what has expired of the people in a JSON array of `{"member": id}`, so that it stands in nobody's way.
#[must_use]
pub fn of(company_id: &str, now: Instant, people: &str) -> [Statement; 2] {
    [statement!(RECORD_OF, company_id, now, people), statement!(EXPIRE_OF, company_id, now, people)]
}

/// Lapses one chunk of a company's invites whose days are over by `until`. What becomes free settles what is overdrawn
/// or waits.
///
/// # Errors
/// When the database takes nothing.
pub async fn invites(database: &impl Database, company_id: &str, until: Instant) -> Result<(), StoreError> {
    let mut batch = vec![
        statement!(RECORD_LAPSED, company_id, until, CHUNK),
        statement!(RECORD_FREED, company_id, until, CHUNK),
        statement!(FREE_LAPSED, company_id, until, CHUNK),
        statement!(LAPSE, company_id, until, CHUNK),
    ];
    batch.extend(gate::settle_all(company_id, until, &Actor::scheduled_run()));
    database.batch(batch).await?;
    Ok(())
}

fn full(results: &[impl super::Rows]) -> Result<bool, StoreError> {
    Ok(results.first().is_some_and(|recorded| recorded.changes() >= CHUNK))
}
