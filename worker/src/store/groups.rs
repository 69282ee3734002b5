//! Groups, and the dates on which licences of groups and single people end before their lots do (requirement B2).

use seatwise_domain::Instant;
use seatwise_domain::wire::{EventKind, GroupLine};

use super::events::word;
use super::{Actor, Database, Statement, StoreError, expiry, gate, statement, statements};

/// Live licences of company ?1 whose end is about to change, with the new one; of the people who `$people` says.
macro_rules! changing {
    ($people:expr) => {
        concat!(
            "
        SELECT l.company_id, l.member_id, l.id, l.kind, l.status, l.lot_id, l.ends_at AS old_end,
          CASE WHEN coalesce(m.licences_end_at, g.licences_end_at) > ?3 AND coalesce(m.licences_end_at, g.licences_end_at) < lots.ends_at
            THEN coalesce(m.licences_end_at, g.licences_end_at) ELSE lots.ends_at END AS new_end
        FROM members m ",
            $people,
            "
        CROSS JOIN licences l ON l.company_id = m.company_id AND l.member_id = m.id AND l.status <> 'ended'
        CROSS JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id
        LEFT JOIN groups g ON g.company_id = m.company_id AND g.id = m.group_id
        WHERE m.company_id = ?1 AND l.ends_at > ?3 AND lots.ends_at > ?3 AND "
        )
    };
}

macro_rules! of_group {
    () => {
        concat!(changing!("INDEXED BY members_by_group"), "m.group_id = ?2 AND m.removed_at IS NULL")
    };
}

macro_rules! of_member {
    () => {
        concat!(changing!(""), "m.id = ?2")
    };
}

/// One event for each licence that gets another end: door ?4, actor ?5 called ?6, what ?7.
macro_rules! record {
    ($changing:expr) => {
        concat!(
            "INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state, ends_at)
            SELECT company_id, ?3, ?4, ?5, ?6, ?7, member_id, kind, 1, id, lot_id, status, status, new_end FROM (",
            $changing,
            ") WHERE new_end <> old_end"
        )
    };
}

macro_rules! change {
    ($changing:expr) => {
        concat!(
            "WITH changed AS MATERIALIZED (SELECT * FROM (", $changing, ") WHERE new_end <> old_end)
            UPDATE licences SET ends_at = changed.new_end FROM changed
            WHERE licences.company_id = changed.company_id AND licences.member_id = changed.member_id AND licences.id = changed.id"
        )
    };
}

statements! {
    /// A company's groups by name.
    LIST = "
        SELECT g.id, g.name, g.licences_end_at,
          (SELECT count(*) FROM (SELECT 1 FROM members m INDEXED BY members_by_group
            WHERE m.company_id = g.company_id AND m.group_id = g.id AND m.removed_at IS NULL LIMIT 1000)) AS members
        FROM groups g WHERE g.company_id = ?1
        ORDER BY g.name LIMIT 200";
    /// Writes a group down.
    CREATE = "INSERT INTO groups (company_id, id, name) VALUES (?1, ?2, ?3)";
    /// Sets a group's end date, or takes it away.
    SET_END = "UPDATE groups SET licences_end_at = ?3 WHERE company_id = ?1 AND id = ?2";
    /// The event.
    RECORD_GROUP = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, from_state, to_state, ends_at)
        SELECT g.company_id, ?3, ?4, ?5, ?6, ?7, 1, ?8, g.name, g.licences_end_at FROM groups g WHERE g.company_id = ?1 AND g.id = ?2";
    /// Insists that a group is there.
    INSIST_GROUP = "INSERT INTO assertions SELECT ?2 IS NULL OR EXISTS (SELECT 1 FROM groups WHERE company_id = ?1 AND id = ?2), 'unknown_group'";
    /// Insists that a member is there.
    INSIST_MEMBER = "INSERT INTO assertions SELECT EXISTS (SELECT 1 FROM members WHERE company_id = ?1 AND id = ?2 AND removed_at IS NULL), 'unknown_member'";
    /// Puts a member into a group, or into none.
    MOVE_MEMBER = "UPDATE members SET group_id = ?3 WHERE company_id = ?1 AND id = ?2";
    /// The event.
    RECORD_MOVE = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, 1, m.id, before.name, after.name
        FROM members m
        LEFT JOIN groups before ON before.company_id = m.company_id AND before.id = m.group_id
        LEFT JOIN groups after ON after.company_id = m.company_id AND after.id = ?8
        WHERE m.company_id = ?1 AND m.id = ?2 AND m.group_id IS NOT ?8";
    /// Sets a member's own end date, or takes it away.
    SET_MEMBER_END = "UPDATE members SET licences_end_at = ?3 WHERE company_id = ?1 AND id = ?2";
    /// The event.
    RECORD_MEMBER_END = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, ends_at)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, 1, m.id, ?8 FROM members m
        WHERE m.company_id = ?1 AND m.id = ?2 AND m.licences_end_at IS NOT ?8";
    /// One event for each licence of a group's members that gets another end.
    RECORD_OF_GROUP = record!(of_group!());
    /// They get it.
    CHANGE_OF_GROUP = change!(of_group!());
    /// One event for each licence of a member that gets another end.
    RECORD_OF_MEMBER = record!(of_member!());
    /// It gets it.
    CHANGE_OF_MEMBER = change!(of_member!());
}

/// The most groups that a list shows.
pub const MOST: usize = 200;

/// A company's groups by name.
///
/// # Errors
/// When the database can't be asked.
pub async fn list(database: &impl Database, company_id: &str) -> Result<Vec<GroupLine>, StoreError> {
    database.rows(statement!(LIST, company_id)).await
}

fn record(sql: &'static str, company_id: &str, id: &str, now: Instant, actor: &Actor, what: EventKind) -> Statement {
    let (door, actor_id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    statement!(sql, company_id, id, now, door, actor_id, name, word(&what))
}

fn record_with(
    sql: &'static str,
    company_id: &str,
    id: &str,
    now: Instant,
    actor: &Actor,
    what: EventKind,
    value: impl Into<super::Value>,
) -> Statement {
    let mut statement = record(sql, company_id, id, now, actor, what);
    statement.values.push(value.into());
    statement
}

/// Creates a group.
///
/// # Errors
/// `Conflict` on `groups.name` when there is one of this name.
pub async fn create(
    database: &impl Database,
    company_id: &str,
    group: (&str, &str),
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.push(statement!(CREATE, company_id, group.0, group.1));
    batch.push(record_with(RECORD_GROUP, company_id, group.0, now, actor, EventKind::GroupCreated, None::<&str>));
    database.batch(batch).await?;
    Ok(())
}

/// Sets the date on which the licences of a group's members end, or takes it away: then they end with their lots.
///
/// # Errors
/// The assertion `unknown_group`.
pub async fn set_end(
    database: &impl Database,
    company_id: &str,
    group_id: &str,
    ends_at: Option<Instant>,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    database
        .batch(vec![
            statement!(INSIST_GROUP, company_id, group_id),
            statement!(SET_END, company_id, group_id, ends_at),
            record_with(RECORD_GROUP, company_id, group_id, now, actor, EventKind::GroupEndChanged, None::<&str>),
            record(RECORD_OF_GROUP, company_id, group_id, now, actor, EventKind::LicenceEndChanged),
            statement!(CHANGE_OF_GROUP, company_id, group_id, now),
        ])
        .await?;
    Ok(())
}

/// Puts a member into a group or into none; the licences end as the group's do, unless the member has an own date.
///
/// # Errors
/// The assertions `unknown_member` and `unknown_group`.
pub async fn move_member(
    database: &impl Database,
    company_id: &str,
    member_id: &str,
    group_id: Option<&str>,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let mut batch = vec![
        statement!(INSIST_MEMBER, company_id, member_id),
        statement!(INSIST_GROUP, company_id, group_id),
        record_with(RECORD_MOVE, company_id, member_id, now, actor, EventKind::MemberGroupChanged, group_id),
        statement!(MOVE_MEMBER, company_id, member_id, group_id),
    ];
    batch.extend(new_end(company_id, member_id, now, actor));
    // There may be licences that are set aside for the group, and the member may wait for one.
    batch.extend(gate::settle_all(company_id, now, actor));
    database.batch(batch).await?;
    Ok(())
}

/// Sets the date on which a member's licences end, or takes it away.
///
/// # Errors
/// The assertion `unknown_member`.
pub async fn set_member_end(
    database: &impl Database,
    company_id: &str,
    member_id: &str,
    ends_at: Option<Instant>,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let people = serde_json::json!([{ "member": member_id }]).to_string();
    let mut batch = vec![statement!(INSIST_MEMBER, company_id, member_id)];
    batch.extend(expiry::of(company_id, now, &people));
    batch.push(record_with(RECORD_MEMBER_END, company_id, member_id, now, actor, EventKind::MemberEndChanged, ends_at));
    batch.push(statement!(SET_MEMBER_END, company_id, member_id, ends_at));
    batch.extend(new_end(company_id, member_id, now, actor));
    database.batch(batch).await?;
    Ok(())
}

fn new_end(company_id: &str, member_id: &str, now: Instant, actor: &Actor) -> [Statement; 2] {
    [
        record(RECORD_OF_MEMBER, company_id, member_id, now, actor, EventKind::LicenceEndChanged),
        statement!(CHANGE_OF_MEMBER, company_id, member_id, now),
    ]
}
