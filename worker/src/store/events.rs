//! The history: append-only, one event for each change, in its transaction.

use seatwise_domain::Instant;
use seatwise_domain::Kind;
use seatwise_domain::order::OrderNumber;
use seatwise_domain::wire::{EventKind, EventLine};
use serde::Deserialize;

use super::{Actor, Statement, Value, statement, statements};

statements! {
    /// Writes one event.
    RECORD = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, kind, quantity, lot_id, order_id, from_state, to_state, note)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    /// The newest events that stand for whole actions.
    NEWEST = "
        SELECT e.seq, e.at, e.what, e.actor, coalesce(m.name, m.email_typed) AS member, e.kind, e.quantity, o.number AS order_number, o.id AS order_id, e.note
        FROM events e
        LEFT JOIN members m ON m.company_id = e.company_id AND m.id = e.member_id
        LEFT JOIN orders o ON o.company_id = e.company_id AND o.id = e.order_id
        WHERE e.company_id = ?1 AND e.headline = 1
        ORDER BY e.seq DESC
        LIMIT ?2";
    /// What happened to an order, newest first.
    OF_ORDER = "
        SELECT e.seq, e.at, e.what, e.actor, coalesce(m.name, m.email_typed) AS member, e.kind, e.quantity, o.number AS order_number, o.id AS order_id, e.note
        FROM events e INDEXED BY events_of_order
        LEFT JOIN members m ON m.company_id = e.company_id AND m.id = e.member_id
        LEFT JOIN orders o ON o.company_id = e.company_id AND o.id = e.order_id
        WHERE e.company_id = ?1 AND e.order_id = ?2 AND e.headline = 1
        ORDER BY e.seq DESC
        LIMIT 100";
    /// The newest events that moved the balance of a kind.
    NEWEST_OF_KIND = "
        SELECT e.seq, e.at, e.what, e.actor, coalesce(m.name, m.email_typed) AS member, e.kind, e.quantity, o.number AS order_number, o.id AS order_id, e.note
        FROM events e INDEXED BY events_by_kind
        LEFT JOIN members m ON m.company_id = e.company_id AND m.id = e.member_id
        LEFT JOIN orders o ON o.company_id = e.company_id AND o.id = e.order_id
        WHERE e.company_id = ?1 AND e.kind = ?2
        ORDER BY e.seq DESC
        LIMIT 20";
    /// What happened to a member, newest first.
    OF_MEMBER = "
        SELECT e.seq, e.at, e.what, e.actor, coalesce(m.name, m.email_typed) AS member, e.kind, e.quantity, o.number AS order_number, o.id AS order_id, e.note
        FROM events e INDEXED BY events_by_member
        LEFT JOIN members m ON m.company_id = e.company_id AND m.id = e.member_id
        LEFT JOIN orders o ON o.company_id = e.company_id AND o.id = e.order_id
        WHERE e.company_id = ?1 AND e.member_id = ?2
        ORDER BY e.seq DESC
        LIMIT 100";
}

/// An event, less who and when.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// What happened.
    pub what: EventKind,
    /// Whether it stands for a whole action, and so belongs into a short list.
    pub headline: bool,
    /// To whom.
    pub member_id: Option<&'a str>,
    /// With which kind of licence.
    pub kind: Option<Kind>,
    /// With how many licences.
    pub quantity: Option<i64>,
    /// The lot it belongs to.
    pub lot_id: Option<&'a str>,
    /// The order it belongs to.
    pub order_id: Option<&'a str>,
    /// The state before.
    pub from: Option<&'a str>,
    /// The state after.
    pub to: Option<&'a str>,
    /// A reason, in the words of whoever gave it.
    pub note: Option<&'a str>,
}

impl Event<'_> {
    /// An event with nothing but its name.
    #[must_use]
    pub const fn new(what: EventKind) -> Self {
        Self {
            what,
            headline: true,
            member_id: None,
            kind: None,
            quantity: None,
            lot_id: None,
            order_id: None,
            from: None,
            to: None,
            note: None,
        }
    }
}

/// The word that the database uses for a value of an enum.
pub(super) fn word(value: &impl serde::Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Value::Text(word),
        _ => Value::Null,
    }
}

/// Writes one event.
#[must_use]
pub fn record(company_id: &str, at: Instant, actor: &Actor, event: &Event<'_>) -> Statement {
    statement!(
        RECORD,
        company_id,
        at,
        actor.door.as_str(),
        actor.id.as_deref(),
        actor.name.as_deref(),
        word(&event.what),
        event.headline,
        event.member_id,
        event.kind.map(Kind::as_str),
        event.quantity,
        event.lot_id,
        event.order_id,
        event.from,
        event.to,
        event.note,
    )
}

/// An event as the database gives it.
#[derive(Deserialize)]
pub(super) struct Row {
    seq: i64,
    at: Instant,
    what: EventKind,
    actor: Option<String>,
    member: Option<String>,
    kind: Option<Kind>,
    quantity: Option<i64>,
    order_number: Option<OrderNumber>,
    order_id: Option<String>,
    note: Option<String>,
}

/// Asks for the newest events that stand for whole actions, newest first.
pub(super) fn newest(company_id: &str, how_many: i64) -> Statement {
    statement!(NEWEST, company_id, how_many)
}

/// Asks for the newest events that moved the balance of a kind, newest first.
pub(super) fn newest_of(company_id: &str, kind: Kind) -> Statement {
    statement!(NEWEST_OF_KIND, company_id, kind.as_str())
}

/// Asks for what happened to a member, newest first.
pub(super) fn of_member(company_id: &str, member_id: &str) -> Statement {
    statement!(OF_MEMBER, company_id, member_id)
}

/// Asks for what happened to an order, newest first.
pub(super) fn of_order(company_id: &str, order_id: &str) -> Statement {
    statement!(OF_ORDER, company_id, order_id)
}

/// Reads what [`newest`] has asked for.
pub(super) fn read_newest(rows: Vec<Row>) -> Vec<EventLine> {
    let line = |row: Row| EventLine {
        seq: row.seq,
        at: row.at,
        what: row.what,
        actor: row.actor,
        member: row.member,
        kind: row.kind,
        quantity: row.quantity,
        order: row.order_number,
        order_id: row.order_id,
        note: row.note,
    };
    rows.into_iter().map(line).collect()
}
