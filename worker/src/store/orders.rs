//! Orders: requested by managers, assigned by account managers.

use seatwise_domain::order::{OrderNumber, OrderStatus};
use seatwise_domain::wire::{EventKind, OrderLine, Page};
use seatwise_domain::{Instant, Kind, Term};
use serde::Deserialize;

use super::events::{Event, word};
use super::{Actor, Database, Statement, StoreError, due, events, statement, statements};

statements! {
    /// Writes an order down, with the company's next number.
    REQUEST = "
        INSERT INTO orders (company_id, id, number, kind, quantity, reference, message, requested_by, requested_at, group_id)
        SELECT ?1, ?2, coalesce((SELECT max(number) FROM orders WHERE company_id = ?1), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9";
    /// The letter to the account manager.
    TELL_ACCOUNT_MANAGER = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'order-received:' || o.id, s.email_typed, s.name, 'order_received',
          json_object('company', c.name, 'person', o.requested_by, 'number', o.number, 'kind', o.kind, 'quantity', o.quantity,
            'reference', o.reference, 'message', o.message),
          c.id, ?3, ?3
        FROM orders o JOIN companies c ON c.id = o.company_id JOIN staff s ON s.id = c.account_manager_id
        WHERE o.company_id = ?1 AND o.id = ?2 AND s.removed_at IS NULL";
    /// A company's orders, newest first.
    PAGE = "
        SELECT o.id, o.number, o.kind, o.quantity, o.status, o.requested_by, o.requested_at, o.reference, o.message, l.starts_at, l.ends_at,
          (SELECT g.name FROM groups g WHERE g.company_id = o.company_id AND g.id = o.group_id) AS group_name
        FROM orders o LEFT JOIN lots l ON l.order_id = o.id AND l.part = 1
        WHERE o.company_id = ?1 AND o.number < ?2
        ORDER BY o.number DESC
        LIMIT ?3";
    /// One order of a company.
    ONE = "
        SELECT o.id, o.number, o.kind, o.quantity, o.status, o.requested_by, o.requested_at, o.reference, o.message, l.starts_at, l.ends_at,
          (SELECT g.name FROM groups g WHERE g.company_id = o.company_id AND g.id = o.group_id) AS group_name
        FROM orders o LEFT JOIN lots l ON l.order_id = o.id AND l.part = 1
        WHERE o.company_id = ?1 AND o.id = ?2";
    /// The company of an order, for the desk.
    COMPANY = "SELECT company_id, kind FROM orders WHERE id = ?1";
    /// How many of a company's orders wait.
    WAITING = "SELECT count(*) AS waiting FROM orders WHERE company_id = ?1 AND status = 'requested'";
    /// Turns an order into a lot, if it still waits.
    MAKE_LOT = "
        INSERT INTO lots (company_id, id, kind, order_id, part, group_id, quantity, starts_at, ends_at)
        SELECT company_id, ?3, kind, id, 1, group_id, quantity, ?4, ?5
        FROM orders WHERE company_id = ?1 AND id = ?2 AND status = 'requested'";
    /// A lot whose term was over before it was assigned never comes into force: nothing is left to write down.
    NEVER_OPENS = "UPDATE lots SET opened_at = ?3, closed_at = ?3, emptied_at = ?3, not_carried = 0 WHERE company_id = ?1 AND id = ?2";
    /// Insists that the statement before has found its order.
    INSIST = "INSERT INTO assertions SELECT changes() = 1, 'order_not_open'";
    /// Settles an order.
    SETTLE = "
        UPDATE orders SET status = 'assigned', assigned = quantity, settled_at = ?3
        WHERE company_id = ?1 AND id = ?2 AND status = 'requested'";
    /// The event, with the order's kind and number of licences.
    RECORD_ASSIGNED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, kind, quantity, lot_id, order_id, from_state, to_state)
        SELECT company_id, ?3, ?4, ?5, ?6, ?7, 1, kind, quantity, ?8, id, 'requested', 'assigned'
        FROM orders WHERE company_id = ?1 AND id = ?2";
    /// The letter to every manager (requirement B4).
    TELL_MANAGERS = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'licences-ready:' || l.id, m.email_typed, m.name, 'licences_ready',
          json_object('company', c.name, 'number', o.number, 'kind', l.kind, 'quantity', l.quantity, 'starts_at', l.starts_at, 'ends_at', l.ends_at),
          c.id, ?3, ?3
        FROM lots l
        JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        JOIN companies c ON c.id = l.company_id
        JOIN members m INDEXED BY members_who_manage ON m.company_id = l.company_id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE l.company_id = ?1 AND l.id = ?2 AND m.joined_at IS NOT NULL";
}

/// How many orders one page of a list shows.
pub const PAGE_SIZE: i64 = 50;

/// An order that is to be requested, already checked.
#[derive(Clone, Debug)]
pub struct NewOrder<'a> {
    /// The order's id.
    pub id: &'a str,
    /// What its licences open.
    pub kind: Kind,
    /// How many.
    pub quantity: i64,
    /// The customer's own number.
    pub reference: Option<&'a str>,
    /// The message to the account manager.
    pub message: Option<&'a str>,
    /// The group that the licences are for, by id.
    pub group: Option<&'a str>,
}

/// Requests licences (requirement A3): the order, its event, and the letter to the account manager.
///
/// # Errors
/// When the database takes nothing.
pub async fn request(
    database: &impl Database,
    company_id: &str,
    order: &NewOrder<'_>,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let requested = Event {
        kind: Some(order.kind),
        quantity: Some(order.quantity),
        order_id: Some(order.id),
        to: Some("requested"),
        ..Event::new(EventKind::OrderRequested)
    };
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend([
        statement!(
            REQUEST,
            company_id,
            order.id,
            order.kind.as_str(),
            order.quantity,
            order.reference,
            order.message,
            actor.name.as_deref().unwrap_or_default(),
            now,
            order.group,
        ),
        events::record(company_id, now, actor, &requested),
        statement!(TELL_ACCOUNT_MANAGER, company_id, order.id, now),
    ]);
    database.batch(batch).await?;
    Ok(())
}

/// Assigns an order whole (requirement B4): its lot comes into force and every manager gets a letter.
///
/// # Errors
/// The assertion `order_not_open` when the order doesn't wait any more.
pub async fn assign(
    database: &impl Database,
    company_id: &str,
    order_id: &str,
    lot: (&str, Kind, Term),
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let (lot_id, kind, term) = lot;
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend([
        statement!(MAKE_LOT, company_id, order_id, lot_id, term.starts_at, term.ends_at),
        statement!(INSIST),
        statement!(SETTLE, company_id, order_id, now),
        statement!(
            RECORD_ASSIGNED,
            company_id,
            order_id,
            now,
            actor.door.as_str(),
            actor.id.as_deref(),
            actor.name.as_deref(),
            word(&EventKind::OrderAssigned),
            lot_id,
        ),
        statement!(TELL_MANAGERS, company_id, lot_id, now),
    ]);
    if term.ends_at <= now {
        batch.push(statement!(NEVER_OPENS, company_id, lot_id, now));
    } else if term.starts_at <= now {
        batch.extend(due::start(company_id, (lot_id, kind), now, actor));
    }
    database.batch(batch).await?;
    Ok(())
}

/// An order as the database gives it; the desk's list has more columns around it.
#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    number: OrderNumber,
    kind: Kind,
    quantity: i64,
    status: OrderStatus,
    requested_by: String,
    requested_at: Instant,
    reference: Option<String>,
    message: Option<String>,
    group_name: Option<String>,
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
}

impl From<Row> for OrderLine {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            number: row.number,
            kind: row.kind,
            quantity: row.quantity,
            status: row.status,
            requested_by: row.requested_by,
            requested_at: row.requested_at,
            reference: row.reference,
            message: row.message,
            group: row.group_name,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}

/// A page of a company's orders, newest first, with numbers below `below`.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(database: &impl Database, company_id: &str, below: i64) -> Result<Page<OrderLine>, StoreError> {
    let mut rows: Vec<Row> = database.rows(statement!(PAGE, company_id, below, PAGE_SIZE + 1)).await?;
    let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let full = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| full).map(|row| row.number.0.to_string());
    Ok(Page { items: rows.into_iter().map(Into::into).collect(), next })
}

/// One order of a company.
///
/// # Errors
/// When the database can't be asked.
pub async fn one(database: &impl Database, company_id: &str, id: &str) -> Result<Option<OrderLine>, StoreError> {
    Ok(database.row::<Row>(statement!(ONE, company_id, id)).await?.map(Into::into))
}

/// Whose an order is, and of what.
#[derive(Clone, Debug, Deserialize)]
pub struct Of {
    /// The company's id.
    pub company_id: String,
    /// The kind of licence.
    pub kind: Kind,
}

/// The company of an order: account managers look after all of them.
///
/// # Errors
/// When the database can't be asked.
pub async fn company_of(database: &impl Database, order_id: &str) -> Result<Option<Of>, StoreError> {
    database.row(statement!(COMPANY, order_id)).await
}

/// How many of a company's orders wait.
#[derive(Deserialize)]
pub(super) struct Waiting {
    pub(super) waiting: i64,
}

/// Asks how many of a company's orders wait.
pub(super) fn waiting(company_id: &str) -> Statement {
    statement!(WAITING, company_id)
}
