//! Lots, and the balances that are sums over them.

use seatwise_domain::letter::next_expiry_notice;
use seatwise_domain::order::OrderNumber;
use seatwise_domain::wire::{EventKind, LotLine};
use seatwise_domain::{Balance, Instant, Kind, Term};
use serde::Deserialize;

use super::events::word;
use super::{Actor, Database, Statement, StoreError, notices, statement, statements};

/// A lot `l` with its order, its group and its renewal.
macro_rules! columns {
    () => {
        "l.id, l.kind, l.quantity, l.in_use, l.pending, l.starts_at, l.ends_at, l.order_id, o.number AS order_number, l.group_id,
          g.name AS group_name, l.note,
          (SELECT max(n.number) FROM orders n INDEXED BY orders_renewing WHERE n.company_id = l.company_id AND n.renews_lot_id = l.id AND n.status IN ('requested', 'assigned')) AS renewal
"
    };
}
pub(super) use columns;

/// Where they come from; `$by`: the index to go by, if one must be named.
macro_rules! sources {
    ($by:literal) => {
        concat!(
            " FROM lots l ",
            $by,
            " LEFT JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
            LEFT JOIN groups g ON g.company_id = l.company_id AND g.id = l.group_id "
        )
    };
}
pub(super) use sources;

/// The licences of lot ?2 of company ?1 that follow when it ends at ?3 instead: all whose own or group's end doesn't keep
/// them from it.
macro_rules! following {
    () => {
        "
        SELECT l.company_id, l.member_id, l.id, l.kind, l.status, l.lot_id, l.ends_at AS old_end,
          CASE WHEN coalesce(m.licences_end_at, g.licences_end_at) > ?4 AND coalesce(m.licences_end_at, g.licences_end_at) < ?3
            THEN coalesce(m.licences_end_at, g.licences_end_at) ELSE ?3 END AS new_end
        FROM licences l INDEXED BY licences_by_lot
        CROSS JOIN members m ON m.company_id = l.company_id AND m.id = l.member_id
        LEFT JOIN groups g ON g.company_id = m.company_id AND g.id = m.group_id
        WHERE l.company_id = ?1 AND l.lot_id = ?2 AND (l.status = 'ended') = 0 AND l.ends_at > ?4"
    };
}

statements! {
    /// A company's lots that end after ?2, first to end first.
    ENDING_AFTER = concat!("
        SELECT ", columns!(), sources!(""), "
        WHERE l.company_id = ?1 AND l.ends_at > ?2
        ORDER BY l.ends_at, l.id
        LIMIT 500");
    /// The lots of an order, in the order in which they were assigned.
    OF_ORDER = concat!("SELECT ", columns!(), sources!(""), " WHERE l.order_id = ?2 AND l.company_id = ?1 ORDER BY l.part LIMIT 200");
    /// Takes licences out of a lot that has ?3, so that ?4 are left.
    REDUCE = "
        UPDATE lots SET quantity = ?4
        WHERE company_id = ?1 AND id = ?2 AND overdraft = 0 AND closed_at IS NULL AND quantity = ?3 AND pending + in_use <= ?4";
    /// Insists that the statement before has found its lot.
    INSIST = "INSERT INTO assertions SELECT changes() = 1, 'lot_changed'";
    /// The event: what a lot that is in force loses moves the balance; one that is still to start doesn't count yet.
    RECORD_REDUCED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, kind, quantity, lot_id, order_id, to_state, note)
        SELECT company_id, ?3, ?4, ?5, ?6, ?7, 1, kind, ?8, id, order_id, CASE WHEN opened_at IS NULL THEN 'to_come' ELSE 'in_force' END, ?9
        FROM lots WHERE company_id = ?1 AND id = ?2";
    /// One event for each licence that ends later with its lot.
    RECORD_FOLLOWING = concat!(
        "INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state, ends_at)
        SELECT company_id, ?4, ?5, ?6, ?7, ?8, member_id, kind, 1, id, lot_id, status, status, new_end FROM (", following!(), ") WHERE new_end > old_end"
    );
    /// Lets a lot end later, if it is still to end and ends before.
    EXTEND = "
        UPDATE lots SET ends_at = ?3, tell_at = ?4
        WHERE company_id = ?1 AND id = ?2 AND overdraft = 0 AND closed_at IS NULL AND ends_at < ?3";
    /// The event.
    RECORD_EXTENDED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, kind, quantity, lot_id, order_id, starts_at, ends_at, note)
        SELECT company_id, ?3, ?4, ?5, ?6, ?7, 1, kind, quantity, id, order_id, starts_at, ends_at, ?8
        FROM lots WHERE company_id = ?1 AND id = ?2";
    /// Its licences follow.
    FOLLOW = concat!(
        "WITH changed AS MATERIALIZED (SELECT * FROM (", following!(), ") WHERE new_end > old_end)
        UPDATE licences SET ends_at = changed.new_end FROM changed
        WHERE licences.company_id = changed.company_id AND licences.member_id = changed.member_id AND licences.id = changed.id"
    );
    /// Their holders are told anew when the end comes near.
    TELL_AGAIN = "UPDATE holdings SET told = 0 WHERE company_id = ?1 AND lot_id = ?2 AND told = 1";
    /// A lot's term.
    TERM = "SELECT starts_at, ends_at, kind FROM lots WHERE company_id = ?1 AND id = ?2 AND overdraft = 0 AND closed_at IS NULL";
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
    order_id: Option<String>,
    order_number: Option<OrderNumber>,
    group_id: Option<String>,
    group_name: Option<String>,
    note: Option<String>,
    renewal: Option<OrderNumber>,
}

impl From<Row> for LotLine {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            quantity: row.quantity,
            in_use: row.in_use,
            pending: row.pending,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            order: row.order_number,
            order_id: row.order_id,
            group: row.group_name,
            group_id: row.group_id,
            note: row.note,
            renewal: row.renewal,
        }
    }
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

/// Asks for the lots of an order, in the order in which they were assigned.
pub(super) fn of_order(company_id: &str, order_id: &str) -> Statement {
    statement!(OF_ORDER, company_id, order_id)
}

/// Reads what [`ask`] has asked for.
pub(super) fn read(rows: Vec<Row>) -> Vec<LotLine> {
    rows.into_iter().map(Into::into).collect()
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

/// A lot that has not ended, as a correction needs to know it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Correctable {
    /// Its term.
    #[serde(flatten)]
    pub term: Term,
    /// Its kind.
    pub kind: Kind,
}

/// A lot that has not ended.
///
/// # Errors
/// When the database can't be asked.
pub async fn correctable(database: &impl Database, company_id: &str, lot_id: &str) -> Result<Option<Correctable>, StoreError> {
    database.row(statement!(TERM, company_id, lot_id)).await
}

/// Takes unused licences out of a lot: of `from`, `to` are left.
///
/// # Errors
/// The assertion `lot_changed` when the lot has another quantity, has ended, or more of its licences are held.
pub async fn reduce(
    database: &impl Database,
    company_id: &str,
    lot: (&str, Kind),
    (from, to): (i64, i64),
    reason: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let what = word(&EventKind::LotReduced);
    let mut batch = vec![
        statement!(REDUCE, company_id, lot.0, from, to),
        statement!(INSIST),
        statement!(RECORD_REDUCED, company_id, lot.0, now, door, id, name, what, from.saturating_sub(to), reason),
    ];
    batch.extend(notices::watch(company_id, lot.1, now));
    database.batch(batch).await?;
    Ok(())
}

/// Lets a lot end later, and with it the licences of those who have no end of their own.
///
/// # Errors
/// The assertion `lot_changed` when it has ended or ends no earlier.
pub async fn extend(
    database: &impl Database,
    company_id: &str,
    lot_id: &str,
    ends_at: Instant,
    reason: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let (extended, changed) = (word(&EventKind::LotExtended), word(&EventKind::LicenceEndChanged));
    database
        .batch(vec![
            statement!(EXTEND, company_id, lot_id, ends_at, next_expiry_notice(ends_at, now)),
            statement!(INSIST),
            statement!(RECORD_EXTENDED, company_id, lot_id, now, door, id, name, extended, reason),
            statement!(RECORD_FOLLOWING, company_id, lot_id, ends_at, now, door, id, name, changed),
            statement!(FOLLOW, company_id, lot_id, ends_at, now),
            statement!(TELL_AGAIN, company_id, lot_id),
        ])
        .await?;
    Ok(())
}
