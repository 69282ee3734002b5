//! Orders: requested by managers, assigned by account managers.

use seatwise_domain::letter::next_expiry_notice;
use seatwise_domain::order::{OrderNumber, OrderStatus};
use seatwise_domain::wire::{EventKind, OrderLine, OrderPage, Page, Renewed};
use seatwise_domain::{Instant, Kind, Term};
use serde::Deserialize;

use super::events::{Event, word};
use super::notices::manager_wants;
use super::{Actor, Database, Statement, StoreError, decode_at, due, events, lots, statement, statements};

/// An order `o` with its group and the lot `old` that it renews.
macro_rules! columns {
    () => {
        "o.id, o.number, o.kind, o.quantity, o.assigned, o.status, o.requested_by, o.requested_at, o.settled_at, o.reference, o.message, o.reason,
          o.group_id, (SELECT g.name FROM groups g WHERE g.company_id = o.company_id AND g.id = o.group_id) AS group_name,
          o.renews_lot_id, old.ends_at AS renews_ends_at, (SELECT number FROM orders WHERE company_id = old.company_id AND id = old.order_id) AS renews_order"
    };
}
pub(super) use columns;

/// Where they come from, with the first lot `l`.
macro_rules! sources {
    () => {
        "FROM orders o
        LEFT JOIN lots l ON l.order_id = o.id AND l.part = 1
        LEFT JOIN lots old ON old.company_id = o.company_id AND old.id = o.renews_lot_id"
    };
}

statements! {
    /// Insists that the lot that an order renews is one of its company and kind.
    INSIST_LOT = "
        INSERT INTO assertions
        SELECT ?3 IS NULL OR EXISTS (SELECT 1 FROM lots WHERE company_id = ?1 AND id = ?3 AND kind = ?2 AND overdraft = 0), 'unknown_lot'";
    /// Writes an order down, with the company's next number.
    REQUEST = "
        INSERT INTO orders (company_id, id, number, kind, quantity, reference, message, requested_by, requested_at, group_id,
          renews_lot_id, remind_at, account_manager_id)
        SELECT ?1, ?2, coalesce((SELECT max(number) FROM orders WHERE company_id = ?1), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
          (SELECT account_manager_id FROM companies WHERE id = ?1)";
    /// The letter to the account manager.
    TELL_ACCOUNT_MANAGER = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'order-received:' || o.id, s.email_typed, s.name, 'order_received',
          json_object('company', c.name, 'person', o.requested_by, 'number', o.number, 'kind', o.kind, 'quantity', o.quantity,
            'reference', o.reference, 'message', o.message,
            'group', (SELECT name FROM groups WHERE company_id = o.company_id AND id = o.group_id),
            'renews_until', (SELECT ends_at FROM lots WHERE company_id = o.company_id AND id = o.renews_lot_id)),
          c.id, ?3, ?3
        FROM orders o JOIN companies c ON c.id = o.company_id JOIN staff s ON s.id = c.account_manager_id
        WHERE o.company_id = ?1 AND o.id = ?2 AND s.removed_at IS NULL";
    /// A company's orders, newest first.
    PAGE = concat!("SELECT ", columns!(), ", l.starts_at, l.ends_at ", sources!(), "
        WHERE o.company_id = ?1 AND o.number < ?2
        ORDER BY o.number DESC
        LIMIT ?3");
    /// One order of a company.
    ONE = concat!("SELECT ", columns!(), ", l.starts_at, l.ends_at ", sources!(), " WHERE o.company_id = ?1 AND o.id = ?2");
    /// An order for the desk: whose it is, how much of it is open, and when the lot ends that it renews.
    OPEN = "
        SELECT o.company_id, o.kind, o.status, o.quantity, o.quantity - o.assigned AS open, old.ends_at AS renews_until
        FROM orders o LEFT JOIN lots old ON old.company_id = o.company_id AND old.id = o.renews_lot_id
        WHERE o.id = ?1";
    /// How many of a company's orders wait.
    WAITING = "SELECT count(*) AS waiting FROM orders WHERE company_id = ?1 AND status = 'requested'";
    /// Turns ?6 licences of an order into a lot, if it still waits and ?7 of them are open. ?8: whether ?9 is the group
    /// instead of the one that was asked for.
    MAKE_LOT = "
        INSERT INTO lots (company_id, id, kind, order_id, part, group_id, quantity, starts_at, ends_at, note, tell_at, account_manager_id)
        SELECT o.company_id, ?3, o.kind, o.id, o.parts + 1, CASE ?8 WHEN 1 THEN ?9 ELSE o.group_id END, ?6, ?4, ?5, ?10, ?11, c.account_manager_id
        FROM orders o JOIN companies c ON c.id = o.company_id
        WHERE o.company_id = ?1 AND o.id = ?2 AND o.status = 'requested' AND o.quantity - o.assigned = ?7 AND ?6 <= o.quantity - o.assigned";
    /// A lot whose term was over before it was assigned never comes into force: nothing is left to write down.
    NEVER_OPENS = "UPDATE lots SET opened_at = ?3, closed_at = ?3, emptied_at = ?3, not_carried = 0 WHERE company_id = ?1 AND id = ?2";
    /// Insists that the statement before has found its order.
    INSIST = "INSERT INTO assertions SELECT changes() = 1, 'order_not_open'";
    /// Counts what is assigned, and settles the order with the last of it. What stays open is reminded of at ?5.
    SETTLE = "
        UPDATE orders SET assigned = assigned + ?4, parts = parts + 1,
          status = CASE WHEN assigned + ?4 = quantity THEN 'assigned' ELSE 'requested' END,
          settled_at = CASE WHEN assigned + ?4 = quantity THEN ?3 END,
          remind_at = CASE WHEN assigned + ?4 = quantity THEN NULL ELSE ?5 END
        WHERE company_id = ?1 AND id = ?2 AND status = 'requested'";
    /// The event, with what has become of the order: the lot ?8 of ?9 licences, with the note ?10.
    RECORD_ASSIGNED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, kind, quantity, lot_id, order_id, from_state, to_state, note)
        SELECT company_id, ?3, ?4, ?5, ?6, ?7, 1, kind, ?9, ?8, id, 'requested', status, ?10
        FROM orders WHERE company_id = ?1 AND id = ?2";
    /// The letter to every manager (requirement B4).
    TELL_MANAGERS = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'licences-ready:' || l.id, m.email_typed, m.name, CASE o.status WHEN 'assigned' THEN 'licences_ready' ELSE 'part_assigned' END,
          json_object('company', c.name, 'order_id', o.id, 'number', o.number, 'kind', l.kind, 'quantity', l.quantity, 'starts_at', l.starts_at,
            'ends_at', l.ends_at, 'note', l.note, 'open', o.quantity - o.assigned,
            'group', (SELECT name FROM groups WHERE company_id = l.company_id AND id = l.group_id)),
          c.id, ?3, ?3
        FROM lots l
        JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        JOIN companies c ON c.id = l.company_id
        JOIN members m INDEXED BY members_who_manage ON m.company_id = l.company_id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE l.company_id = ?1 AND l.id = ?2 AND m.joined_at IS NOT NULL
          AND ", manager_wants!("CASE o.status WHEN 'assigned' THEN 'licences_ready' ELSE 'part_assigned' END"));
    /// The event of an order that ends without the rest of its licences: ?8 is how, ?9 why.
    RECORD_CLOSED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, kind, quantity, order_id, from_state, to_state, note)
        SELECT company_id, ?3, ?4, ?5, ?6, ?7, 1, kind, quantity - assigned, id, 'requested', ?8, ?9
        FROM orders WHERE company_id = ?1 AND id = ?2 AND status = 'requested'";
    /// It ends.
    CLOSE = "
        UPDATE orders SET status = ?4, settled_at = ?3, reason = ?5, remind_at = NULL
        WHERE company_id = ?1 AND id = ?2 AND status = 'requested'";
    /// The letter to every manager that it was declined, by ?4.
    TELL_DECLINED = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'order-declined:' || o.id, m.email_typed, m.name, 'order_declined',
          json_object('company', c.name, 'order_id', o.id, 'number', o.number, 'kind', o.kind, 'quantity', o.quantity - o.assigned,
            'assigned', o.assigned, 'person', ?4, 'reason', o.reason),
          c.id, ?3, ?3
        FROM orders o
        JOIN companies c ON c.id = o.company_id
        JOIN members m INDEXED BY members_who_manage ON m.company_id = o.company_id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE o.company_id = ?1 AND o.id = ?2 AND m.joined_at IS NOT NULL AND ", manager_wants!("'order_declined'"));
    /// The letter to the account manager that it was cancelled, by ?4.
    TELL_CANCELLED = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'order-cancelled:' || o.id, s.email_typed, s.name, 'order_cancelled',
          json_object('company', c.name, 'number', o.number, 'kind', o.kind, 'quantity', o.quantity - o.assigned, 'person', ?4),
          c.id, ?3, ?3
        FROM orders o JOIN companies c ON c.id = o.company_id JOIN staff s ON s.id = c.account_manager_id
        WHERE o.company_id = ?1 AND o.id = ?2 AND s.removed_at IS NULL";
}

/// How many orders one page of a list shows.
pub const PAGE_SIZE: i64 = 50;
/// After how many working days an account manager is reminded of an order that waits.
const FIRST_REMINDER: u32 = 2;
/// After how many more, again and again.
pub(super) const NEXT_REMINDER: u32 = 5;

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
    /// The lot that they renew, by id.
    pub renews: Option<&'a str>,
}

/// Requests licences (requirement A3): the order, its event, and the letter to the account manager.
///
/// # Errors
/// The assertion `unknown_lot` when there is no such lot to renew.
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
        statement!(INSIST_LOT, company_id, order.kind.as_str(), order.renews),
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
            order.renews,
            now.plus_working_days(FIRST_REMINDER),
        ),
        events::record(company_id, now, actor, &requested),
        statement!(TELL_ACCOUNT_MANAGER, company_id, order.id, now),
    ]);
    database.batch(batch).await?;
    Ok(())
}

/// A lot that an order becomes, already checked.
#[derive(Clone, Debug)]
pub struct Assignment<'a> {
    /// The lot's id.
    pub lot_id: &'a str,
    /// The order's kind.
    pub kind: Kind,
    /// How many licences.
    pub quantity: i64,
    /// How many of the order are taken to be open before.
    pub open: i64,
    /// Its term.
    pub term: Term,
    /// The group, if it is another one than was asked for; nothing inside: for everybody.
    pub group: Option<Option<&'a str>>,
    /// A note to the managers.
    pub note: Option<&'a str>,
}

/// Assigns an order, whole or in part (requirement B4): its lot comes into force and every manager gets a letter.
///
/// # Errors
/// The assertion `order_not_open` when the order doesn't wait any more, or another number of its licences is open: one
/// assignment makes one lot, however often and at once it is asked for.
pub async fn assign(
    database: &impl Database,
    company_id: &str,
    order_id: &str,
    lot: &Assignment<'_>,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let term = lot.term;
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend([
        statement!(
            MAKE_LOT,
            company_id,
            order_id,
            lot.lot_id,
            term.starts_at,
            term.ends_at,
            lot.quantity,
            lot.open,
            lot.group.is_some(),
            lot.group.flatten(),
            lot.note,
            next_expiry_notice(term.ends_at, term.starts_at.max(now)),
        ),
        statement!(INSIST),
        statement!(SETTLE, company_id, order_id, now, lot.quantity, now.plus_working_days(NEXT_REMINDER)),
        statement!(
            RECORD_ASSIGNED,
            company_id,
            order_id,
            now,
            actor.door.as_str(),
            actor.id.as_deref(),
            actor.name.as_deref(),
            word(&EventKind::OrderAssigned),
            lot.lot_id,
            lot.quantity,
            lot.note,
        ),
        statement!(TELL_MANAGERS, company_id, lot.lot_id, now),
    ]);
    if term.ends_at <= now {
        batch.push(statement!(NEVER_OPENS, company_id, lot.lot_id, now));
    } else if term.starts_at <= now {
        batch.extend(due::start(company_id, (lot.lot_id, lot.kind), now, actor));
    }
    database.batch(batch).await?;
    Ok(())
}

/// Declines what is open of an order; its managers are told why.
///
/// # Errors
/// The assertion `order_not_open` when nothing is open.
pub async fn decline(
    database: &impl Database,
    company_id: &str,
    order_id: &str,
    reason: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let mut batch = close(company_id, order_id, OrderStatus::Declined, Some(reason), now, actor);
    batch.push(statement!(TELL_DECLINED, company_id, order_id, now, actor.name.as_deref().unwrap_or_default()));
    database.batch(batch).await?;
    Ok(())
}

/// Cancels what is open of an order; the account manager is told.
///
/// # Errors
/// The assertion `order_not_open` when nothing is open.
pub async fn cancel(
    database: &impl Database,
    company_id: &str,
    order_id: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let mut batch = close(company_id, order_id, OrderStatus::Cancelled, None, now, actor);
    batch.push(statement!(TELL_CANCELLED, company_id, order_id, now, actor.name.as_deref().unwrap_or_default()));
    database.batch(batch).await?;
    Ok(())
}

fn close(
    company_id: &str,
    order_id: &str,
    status: OrderStatus,
    reason: Option<&str>,
    now: Instant,
    actor: &Actor,
) -> Vec<Statement> {
    let what = if status == OrderStatus::Declined { EventKind::OrderDeclined } else { EventKind::OrderCancelled };
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    vec![
        statement!(RECORD_CLOSED, company_id, order_id, now, door, id, name, word(&what), word(&status), reason),
        statement!(CLOSE, company_id, order_id, now, word(&status), reason),
        statement!(INSIST),
    ]
}

/// An order as the database gives it; the desk's list has more columns around it.
#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    number: OrderNumber,
    kind: Kind,
    quantity: i64,
    assigned: i64,
    status: OrderStatus,
    requested_by: String,
    requested_at: Instant,
    settled_at: Option<Instant>,
    reference: Option<String>,
    message: Option<String>,
    reason: Option<String>,
    group_id: Option<String>,
    group_name: Option<String>,
    renews_lot_id: Option<String>,
    renews_ends_at: Option<Instant>,
    renews_order: Option<OrderNumber>,
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
}

impl From<Row> for OrderLine {
    fn from(row: Row) -> Self {
        let renewed = row.renews_lot_id.zip(row.renews_ends_at);
        Self {
            id: row.id,
            number: row.number,
            kind: row.kind,
            quantity: row.quantity,
            assigned: row.assigned,
            status: row.status,
            requested_by: row.requested_by,
            requested_at: row.requested_at,
            settled_at: row.settled_at,
            reference: row.reference,
            message: row.message,
            reason: row.reason,
            group: row.group_name,
            group_id: row.group_id,
            renews: renewed.map(|(id, ends_at)| Renewed { id, order: row.renews_order, ends_at }),
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

/// One order with its lots and its history.
///
/// # Errors
/// When the database can't be asked.
pub async fn whole(database: &impl Database, company_id: &str, id: &str, now: Instant) -> Result<Option<OrderPage>, StoreError> {
    let results = database
        .batch(vec![statement!(ONE, company_id, id), lots::of_order(company_id, id), events::of_order(company_id, id)])
        .await?;
    let Some(order) = decode_at::<Row>(&results, 0)?.into_iter().next() else { return Ok(None) };
    Ok(Some(OrderPage {
        order: order.into(),
        now,
        lots: lots::read(decode_at(&results, 1)?),
        history: events::read_newest(decode_at(&results, 2)?),
    }))
}

/// An order as the desk needs to know it before it is settled.
#[derive(Clone, Debug, Deserialize)]
pub struct Open {
    /// The company's id.
    pub company_id: String,
    /// The kind of licence.
    pub kind: Kind,
    /// Where it stands.
    pub status: OrderStatus,
    /// How many were asked for.
    pub quantity: i64,
    /// How many of them are not assigned.
    pub open: i64,
    /// When the lot ends that it renews.
    pub renews_until: Option<Instant>,
}

/// An order by its id alone: account managers look after all companies.
///
/// # Errors
/// When the database can't be asked.
pub async fn open(database: &impl Database, order_id: &str) -> Result<Option<Open>, StoreError> {
    database.row(statement!(OPEN, order_id)).await
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
