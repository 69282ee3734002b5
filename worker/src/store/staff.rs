//! Who works at the desk.

use seatwise_domain::matching::by_name;
use seatwise_domain::wire::{EventKind, StaffEvent, StaffEventKind, StaffLine, StaffPage, StaffRole};
use seatwise_domain::{EmailAddress, Instant};
use serde::Deserialize;

use super::events::word;
use super::{Actor, Database, Rows as _, Statement, StoreError, decode_at, statement, statements};

statements! {
    /// Everybody at the desk, by name.
    LIST = "
        SELECT s.id, s.name, s.email_typed AS email, s.phone, s.role, s.created_at AS since,
          (SELECT count(*) FROM companies c WHERE c.account_manager_id = s.id) AS companies,
          (SELECT count(*) FROM orders o WHERE o.account_manager_id = s.id AND o.status = 'requested') AS waiting_orders
        FROM staff s WHERE s.removed_at IS NULL ORDER BY s.name, s.id LIMIT 500";
    /// The newest changes.
    HISTORY = "
        SELECT e.at, e.actor, e.what, s.name AS person, e.role
        FROM staff_events e JOIN staff s ON s.id = e.staff_id ORDER BY e.seq DESC LIMIT 20";
    /// Insists that nobody at the desk has an address.
    INSIST_NEW = "INSERT INTO assertions SELECT NOT EXISTS (SELECT 1 FROM staff WHERE email = ?1 AND removed_at IS NULL), 'already_staff'";
    /// Writes somebody down; whoever was removed is back.
    ADD = "
        INSERT INTO staff (id, email, email_typed, name, phone, role, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (email) DO UPDATE SET email_typed = excluded.email_typed, name = excluded.name, phone = excluded.phone,
          role = excluded.role, removed_at = NULL";
    /// The event, about whoever has the address ?1.
    RECORD_ADDED = "
        INSERT INTO staff_events (at, actor_id, actor, what, staff_id, role)
        SELECT ?2, ?3, ?4, ?5, id, role FROM staff WHERE email = ?1";
    /// The letter to them.
    TELL_ADDED = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, created_at, next_try_at)
        SELECT 'staff-invited:' || id || ':' || CAST(?2 AS INTEGER), email_typed, name, 'staff_invited',
          json_object('inviter', ?3, 'administrator', json(CASE role WHEN 'administrator' THEN 'true' ELSE 'false' END)), ?2, ?2
        FROM staff WHERE email = ?1";
    /// Changes somebody.
    CHANGE = "UPDATE staff SET name = ?2, phone = ?3, role = ?4 WHERE id = ?1 AND removed_at IS NULL";
    /// Insists that the statement before has found somebody.
    INSIST_FOUND = "INSERT INTO assertions SELECT changes() = 1, 'unknown_staff'";
    /// Insists that somebody looks after the desk.
    INSIST_ADMINISTRATOR = "
        INSERT INTO assertions SELECT EXISTS (SELECT 1 FROM staff WHERE role = 'administrator' AND removed_at IS NULL), 'last_administrator'";
    /// The event.
    RECORD = "
        INSERT INTO staff_events (at, actor_id, actor, what, staff_id, role)
        SELECT ?2, ?3, ?4, ?5, id, role FROM staff WHERE id = ?1";
    /// Insists that there is somebody who can take companies over, if there are any.
    INSIST_SUCCESSOR = "
        INSERT INTO assertions
        SELECT NOT EXISTS (SELECT 1 FROM companies WHERE account_manager_id = ?1)
          OR EXISTS (SELECT 1 FROM staff WHERE id = ?2 AND id <> ?1 AND removed_at IS NULL), 'needs_successor'";
    /// Removes somebody.
    REMOVE = "UPDATE staff SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL";
    /// Their sessions end.
    END_SESSIONS = "DELETE FROM sessions WHERE staff_id = ?1";
    /// How many companies somebody looks after.
    COMPANIES = "SELECT count(*) AS companies FROM companies WHERE account_manager_id = ?1";
    /// Insists that somebody works at the desk.
    INSIST_WORKS = "INSERT INTO assertions SELECT EXISTS (SELECT 1 FROM staff WHERE id = ?1 AND removed_at IS NULL), 'unknown_staff'";
    /// One event for each company that is handed over: all of ?1, or the company ?2 alone. To ?3.
    RECORD_HANDED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, from_state, to_state)
        SELECT c.id, ?4, ?5, ?6, ?7, ?8, 1, before.name, after.name
        FROM companies c JOIN staff before ON before.id = c.account_manager_id JOIN staff after ON after.id = ?3
        WHERE c.account_manager_id = ?1 AND c.account_manager_id <> ?3 AND (?2 IS NULL OR c.id = ?2)";
    /// The letter to whoever looks after them from now on: one for each company.
    TELL_HANDED = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'handed-over:' || c.id || ':' || CAST(?4 AS INTEGER), s.email_typed, s.name, 'handed_over',
          json_object('company', c.name, 'company_id', c.id, 'person', ?5), c.id, ?4, ?4
        FROM companies c JOIN staff s ON s.id = ?3
        WHERE c.account_manager_id = ?1 AND c.account_manager_id <> ?3 AND (?2 IS NULL OR c.id = ?2) AND s.id <> ?6";
    /// The orders that wait go along.
    HAND_ORDERS = "
        UPDATE orders SET account_manager_id = ?3
        WHERE status = 'requested' AND account_manager_id = ?1 AND (?2 IS NULL OR company_id = ?2)";
    /// So do the lots.
    HAND_LOTS = "
        UPDATE lots SET account_manager_id = ?3
        WHERE company_id IN (SELECT id FROM companies WHERE account_manager_id = ?1 AND (?2 IS NULL OR id = ?2))";
    /// They are found among the other's companies.
    HAND_WORDS = "
        UPDATE company_words SET account_manager_id = ?3
        WHERE company_id IN (SELECT id FROM companies WHERE account_manager_id = ?1 AND (?2 IS NULL OR id = ?2))";
    /// So do the companies.
    HAND_COMPANIES = "UPDATE companies SET account_manager_id = ?3 WHERE account_manager_id = ?1 AND (?2 IS NULL OR id = ?2)";
    /// A company's account manager, by id.
    OF_COMPANY = "SELECT account_manager_id AS id FROM companies WHERE id = ?1";
}

/// Who works at the desk, and the newest changes.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(database: &impl Database) -> Result<StaffPage, StoreError> {
    let results = database.batch(vec![statement!(LIST), statement!(HISTORY)]).await?;
    let items = by_name(decode_at::<StaffLine>(&results, 0)?, |somebody| &somebody.name);
    Ok(StaffPage { items, history: decode_at::<StaffEvent>(&results, 1)? })
}

/// Somebody's name, number and role, already checked.
#[derive(Clone, Debug)]
pub struct Details<'a> {
    /// The name.
    pub name: &'a str,
    /// The telephone number.
    pub phone: Option<&'a str>,
    /// What they may do.
    pub role: StaffRole,
}

/// Invites somebody to the desk: they sign in with their address.
///
/// # Errors
/// The assertion `already_staff`.
pub async fn invite(
    database: &impl Database,
    id: &str,
    email: &EmailAddress,
    details: &Details<'_>,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let (compared, by) = (email.compared(), (actor.id.as_deref(), actor.name.as_deref()));
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend([
        statement!(INSIST_NEW, compared),
        statement!(ADD, id, compared, email.typed(), details.name, details.phone, details.role.as_str(), now),
        statement!(RECORD_ADDED, compared, now, by.0, by.1, word(&StaffEventKind::Invited)),
        statement!(TELL_ADDED, compared, now, by.1),
    ]);
    database.batch(batch).await?;
    Ok(())
}

/// Changes somebody's name, number and role.
///
/// # Errors
/// The assertions `unknown_staff` and `last_administrator`.
pub async fn change(
    database: &impl Database,
    id: &str,
    details: &Details<'_>,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    database
        .batch(vec![
            statement!(CHANGE, id, details.name, details.phone, details.role.as_str()),
            statement!(INSIST_FOUND),
            statement!(INSIST_ADMINISTRATOR),
            statement!(RECORD, id, now, actor.id.as_deref(), actor.name.as_deref(), word(&StaffEventKind::Changed)),
        ])
        .await?;
    Ok(())
}

/// Removes somebody from the desk; `to` looks after their companies then.
///
/// # Errors
/// The assertions `unknown_staff`, `needs_successor` and `last_administrator`.
pub async fn remove(database: &impl Database, id: &str, to: Option<&str>, now: Instant, actor: &Actor) -> Result<(), StoreError> {
    let mut batch = vec![statement!(INSIST_SUCCESSOR, id, to)];
    if let Some(to) = to {
        batch.extend(hand(id, None, to, now, actor));
    }
    batch.extend([
        statement!(REMOVE, id, now),
        statement!(INSIST_FOUND),
        statement!(INSIST_ADMINISTRATOR),
        statement!(END_SESSIONS, id),
        statement!(RECORD, id, now, actor.id.as_deref(), actor.name.as_deref(), word(&StaffEventKind::Removed)),
    ]);
    database.batch(batch).await?;
    Ok(())
}

/// Hands a company over to a colleague, with its orders that wait; says whether that changed anything.
///
/// # Errors
/// The assertion `unknown_staff`.
pub async fn hand_over(
    database: &impl Database,
    company_id: &str,
    to: &str,
    now: Instant,
    actor: &Actor,
) -> Result<bool, StoreError> {
    let Some(from) = database.row::<Id>(statement!(OF_COMPANY, company_id)).await? else { return Ok(false) };
    let mut batch = vec![statement!(INSIST_WORKS, to)];
    batch.extend(hand(&from.id, Some(company_id), to, now, actor));
    let results = database.batch(batch).await?;
    Ok(results.last().is_some_and(|handed| handed.changes() > 0))
}

/// Hands all companies of somebody over, or one of them.
fn hand(from: &str, company_id: Option<&str>, to: &str, now: Instant, actor: &Actor) -> [Statement; 6] {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let what = word(&EventKind::AccountManagerChanged);
    [
        statement!(RECORD_HANDED, from, company_id, to, now, door, id, name, what),
        statement!(TELL_HANDED, from, company_id, to, now, name, id),
        statement!(HAND_ORDERS, from, company_id, to),
        statement!(HAND_LOTS, from, company_id, to),
        statement!(HAND_WORDS, from, company_id, to),
        statement!(HAND_COMPANIES, from, company_id, to),
    ]
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Deserialize)]
struct Companies {
    companies: i64,
}

/// How many companies somebody looks after.
///
/// # Errors
/// When the database can't be asked.
pub async fn companies(database: &impl Database, id: &str) -> Result<i64, StoreError> {
    Ok(database.row::<Companies>(statement!(COMPANIES, id)).await?.map_or(0, |row| row.companies))
}
