//! Groups, and the dates on which licences of groups and single people end before their lots do (requirement B2).

use seatwise_domain::Instant;
use seatwise_domain::matching::by_name;
use seatwise_domain::wire::{Before, Changed, EventKind, GroupLine};
use serde::Deserialize;
use serde_json::json;

use super::events::word;
use super::{Actor, Database, Statement, StoreError, decode_at, expiry, gate, statement, statements, taking};

/// Live licences of company ?1 whose end is about to change, with the new one; of the people who `$people` says, who are
/// or come to be in the group `$group`.
macro_rules! changing {
    ($people:expr, $group:literal) => {
        concat!(
            "
        SELECT l.company_id, l.member_id, l.id, l.kind, l.status, l.lot_id, l.ends_at AS old_end,
          CASE WHEN coalesce(m.licences_end_at, g.licences_end_at) > ?3 AND coalesce(m.licences_end_at, g.licences_end_at) < lots.ends_at
            THEN coalesce(m.licences_end_at, g.licences_end_at) ELSE lots.ends_at END AS new_end
        FROM ",
            $people,
            "
        CROSS JOIN licences l ON l.company_id = m.company_id AND l.member_id = m.id AND l.status <> 'ended'
        CROSS JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id
        LEFT JOIN groups g ON g.company_id = m.company_id AND g.id = ",
            $group,
            "
        WHERE l.ends_at > ?3 AND lots.ends_at > ?3"
        )
    };
}

/// The members of group ?2 who weren't removed.
macro_rules! members_of {
    () => {
        "(SELECT * FROM members INDEXED BY members_of_group
          WHERE company_id = ?1 AND group_id = ?2 AND standing IN ('in_use', 'pending', 'waiting', 'overdrawn', 'expired', 'none')) m"
    };
}

macro_rules! of_group {
    () => {
        changing!(members_of!(), "m.group_id")
    };
}

/// The same, when all of them come to group ?8.
macro_rules! leaving_group {
    () => {
        changing!(members_of!(), "?8")
    };
}

/// The people of the JSON array ?2.
macro_rules! of_people {
    () => {
        changing!(
            "json_each(?2) AS person CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value ->> 'member' AND m.removed_at IS NULL",
            "m.group_id"
        )
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
          (SELECT coalesce(sum(s.members), 0) FROM standings s
            WHERE s.company_id = g.company_id AND s.group_id = g.id AND s.standing <> 'removed') AS members
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
    /// Where the people of the JSON array ?2 are who are about to be moved.
    WERE_IN = "
        SELECT m.id AS member, m.group_id AS was
        FROM json_each(?2) AS person CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value ->> 'member'
        WHERE m.removed_at IS NULL AND m.group_id IS NOT person.value ->> 'group'";
    /// One event for each of them: ?8 is 1 where it stands for a whole action.
    RECORD_MOVES = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state, belongs_to)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, ?8, m.id, before.name, after.name, ?9
        FROM json_each(?2) AS person
        CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value ->> 'member'
        LEFT JOIN groups before ON before.company_id = m.company_id AND before.id = m.group_id
        LEFT JOIN groups after ON after.company_id = m.company_id AND after.id = person.value ->> 'group'
        WHERE m.removed_at IS NULL AND m.group_id IS NOT person.value ->> 'group'";
    /// They are moved.
    MOVE = "
        WITH moved AS MATERIALIZED (SELECT value ->> 'member' AS member, value ->> 'group' AS group_id FROM json_each(?2))
        UPDATE members SET group_id = moved.group_id FROM moved
        WHERE members.company_id = ?1 AND members.id = moved.member AND members.removed_at IS NULL AND members.group_id IS NOT moved.group_id";
    /// The own end dates of the people of the JSON array ?2 that are about to become ?3.
    ENDED_ON = "
        SELECT m.id AS member, m.licences_end_at AS was
        FROM json_each(?2) AS person CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value ->> 'member'
        WHERE m.removed_at IS NULL AND m.licences_end_at IS NOT ?3";
    /// Sets their own end date, or takes it away.
    SET_MEMBERS_END = "
        UPDATE members SET licences_end_at = ?3
        WHERE company_id = ?1 AND id IN (SELECT value ->> 'member' FROM json_each(?2)) AND removed_at IS NULL";
    /// One event for each.
    RECORD_MEMBERS_END = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, ends_at)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, 1, m.id, ?8
        FROM json_each(?2) AS person CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value ->> 'member'
        WHERE m.removed_at IS NULL AND m.licences_end_at IS NOT ?8";
    /// The event of another name.
    RECORD_RENAMED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, from_state, to_state)
        SELECT g.company_id, ?3, ?4, ?5, ?6, ?7, 1, g.name, ?8 FROM groups g WHERE g.company_id = ?1 AND g.id = ?2";
    /// Renames a group.
    RENAME = "UPDATE groups SET name = ?3 WHERE company_id = ?1 AND id = ?2";
    /// The event of a removal: where its members are then.
    RECORD_GROUP_REMOVED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, from_state, to_state)
        SELECT g.company_id, ?3, ?4, ?5, ?6, ?7, 1, g.name, (SELECT name FROM groups WHERE company_id = ?1 AND id = ?8)
        FROM groups g WHERE g.company_id = ?1 AND g.id = ?2";
    /// One event for each member of a group that is removed.
    RECORD_LEAVING = concat!(
        "INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, from_state, to_state)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, m.id, before.name, after.name FROM ", members_of!(), "
        CROSS JOIN groups before ON before.company_id = ?1 AND before.id = ?2
        LEFT JOIN groups after ON after.company_id = ?1 AND after.id = ?8"
    );
    /// One event for each of their licences that gets another end.
    RECORD_ENDS_LEAVING = record!(leaving_group!());
    /// It gets it.
    CHANGE_LEAVING = change!(leaving_group!());
    /// Its members, those who were removed too, go to another group or to none.
    MOVE_ALL = "UPDATE members INDEXED BY members_of_group SET group_id = ?3 WHERE company_id = ?1 AND group_id = ?2";
    /// So do the licences that are set aside for it.
    MOVE_LOTS = "UPDATE lots INDEXED BY lots_of_group SET group_id = ?3 WHERE company_id = ?1 AND group_id = ?2";
    /// So do its orders.
    MOVE_ORDERS = "UPDATE orders INDEXED BY orders_of_group SET group_id = ?3 WHERE company_id = ?1 AND group_id = ?2";
    /// It is gone.
    REMOVE = "DELETE FROM groups WHERE company_id = ?1 AND id = ?2";
    /// So are its counters.
    CLEAR_COUNTS = "DELETE FROM standings WHERE company_id = ?1 AND group_id = ?2";
    /// One event for each licence of a group's members that gets another end.
    RECORD_OF_GROUP = record!(of_group!());
    /// They get it.
    CHANGE_OF_GROUP = change!(of_group!());
    /// One event for each licence of people that gets another end.
    RECORD_OF_PEOPLE = record!(of_people!());
    /// It gets it.
    CHANGE_OF_PEOPLE = change!(of_people!());
}

/// The most groups that a list shows.
pub const MOST: usize = 200;

/// A company's groups by name.
///
/// # Errors
/// When the database can't be asked.
pub async fn list(database: &impl Database, company_id: &str) -> Result<Vec<GroupLine>, StoreError> {
    let groups: Vec<GroupLine> = database.rows(statement!(LIST, company_id)).await?;
    Ok(by_name(groups, |group| &group.name))
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
    batch.extend(creating(company_id, group, now, actor));
    database.batch(batch).await?;
    Ok(())
}

/// The statements that create a group, by id and name, for a batch that does more.
pub(super) fn creating(company_id: &str, group: (&str, &str), now: Instant, actor: &Actor) -> [Statement; 2] {
    [
        statement!(CREATE, company_id, group.0, group.1),
        record_with(RECORD_GROUP, company_id, group.0, now, actor, EventKind::GroupCreated, None::<&str>),
    ]
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

/// Gives a group another name.
///
/// # Errors
/// `Conflict` on `groups.name` when there is one of this name; the assertion `unknown_group`.
pub async fn rename(
    database: &impl Database,
    company_id: &str,
    group: (&str, &str),
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let mut batch = vec![statement!(INSIST_GROUP, company_id, group.0)];
    batch.extend(renaming(company_id, group, now, actor));
    database.batch(batch).await?;
    Ok(())
}

/// The statements that give a group another name, for a batch that does more.
pub(super) fn renaming(company_id: &str, group: (&str, &str), now: Instant, actor: &Actor) -> [Statement; 2] {
    [
        record_with(RECORD_RENAMED, company_id, group.0, now, actor, EventKind::GroupRenamed, group.1),
        statement!(RENAME, company_id, group.0, group.1),
    ]
}

/// Removes a group: its members, orders and the licences set aside for it go to another group, or to none.
///
/// # Errors
/// The assertion `unknown_group`.
pub async fn remove(
    database: &impl Database,
    company_id: &str,
    group_id: &str,
    into: Option<&str>,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let none: Option<&str> = None;
    let mut batch = vec![
        statement!(INSIST_GROUP, company_id, group_id),
        statement!(INSIST_GROUP, company_id, into),
        record_with(RECORD_GROUP_REMOVED, company_id, group_id, now, actor, EventKind::GroupRemoved, into),
        record_with(RECORD_LEAVING, company_id, group_id, now, actor, EventKind::MemberGroupChanged, into),
        record_with(RECORD_ENDS_LEAVING, company_id, group_id, now, actor, EventKind::LicenceEndChanged, into),
        statement!(CHANGE_LEAVING, company_id, group_id, now, none, none, none, none, into),
        statement!(MOVE_ALL, company_id, group_id, into),
        statement!(MOVE_LOTS, company_id, group_id, into),
        statement!(MOVE_ORDERS, company_id, group_id, into),
        statement!(REMOVE, company_id, group_id),
        statement!(CLEAR_COUNTS, company_id, group_id),
    ];
    // What was set aside may be open to those now who wait or are overdrawn.
    batch.extend(gate::settle_all(company_id, now, actor));
    database.batch(batch).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Was<T> {
    member: String,
    was: Option<T>,
}

/// Who was where before, gathered by where they were.
fn gathered<T>(rows: Vec<Was<T>>, shown: impl Fn(T) -> String) -> Changed {
    let people = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut before: Vec<Before> = Vec::new();
    for row in rows {
        let was = row.was.map(&shown);
        match before.iter_mut().find(|one| one.was == was) {
            Some(one) => one.members.push(row.member),
            None => before.push(Before { was, members: vec![row.member] }),
        }
    }
    Changed { people, before }
}

/// Puts the people of a JSON array of `{"member": id, "group": id}` into groups or into none; their licences end as their
/// groups' do, unless they have an own date. `belongs_to`: the import.
pub(super) fn moves(company_id: &str, people: &str, now: Instant, actor: &Actor, belongs_to: Option<&str>) -> Vec<Statement> {
    let mut recorded =
        record_with(RECORD_MOVES, company_id, people, now, actor, EventKind::MemberGroupChanged, belongs_to.is_none());
    recorded.values.push(belongs_to.into());
    let mut batch = vec![statement!(WERE_IN, company_id, people), recorded, statement!(MOVE, company_id, people)];
    batch.extend(new_ends(company_id, people, now, actor));
    batch
}

/// Puts members into a group or into none; those who were removed stay as they are.
///
/// # Errors
/// The assertion `unknown_group`.
pub async fn move_members(
    database: &impl Database,
    company_id: &str,
    members: &[String],
    group_id: Option<&str>,
    now: Instant,
    actor: &Actor,
) -> Result<Changed, StoreError> {
    let people =
        json!(members.iter().map(|member| json!({ "member": member, "group": group_id })).collect::<Vec<_>>()).to_string();
    let mut batch = vec![statement!(INSIST_GROUP, company_id, group_id)];
    batch.extend(moves(company_id, &people, now, actor, None));
    // There may be licences that are set aside for the group, and some may wait for one.
    batch.extend(gate::settle_all(company_id, now, actor));
    let results = database.batch(batch).await?;
    Ok(gathered(decode_at::<Was<String>>(&results, 1)?, |group| group))
}

/// A day as `YYYY-MM-DD`.
fn date(at: Instant) -> String {
    let (year, month, day) = at.calendar_day().unwrap_or_default();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Insists that a member is there.
///
/// # Errors
/// The assertion `unknown_member`.
pub async fn insist(database: &impl Database, company_id: &str, member_id: &str) -> Result<(), StoreError> {
    database.batch(vec![statement!(INSIST_MEMBER, company_id, member_id)]).await?;
    Ok(())
}

/// Sets the date on which members' licences end, or takes it away; those who were removed stay as they are.
///
/// # Errors
/// When the database takes nothing.
pub async fn set_members_end(
    database: &impl Database,
    company_id: &str,
    members: &[String],
    ends_at: Option<Instant>,
    now: Instant,
    actor: &Actor,
) -> Result<Changed, StoreError> {
    let people = taking::people(members);
    let people = people.as_str();
    let mut batch = vec![statement!(ENDED_ON, company_id, people, ends_at)];
    batch.extend(expiry::of(company_id, now, people));
    batch.push(record_with(RECORD_MEMBERS_END, company_id, people, now, actor, EventKind::MemberEndChanged, ends_at));
    batch.push(statement!(SET_MEMBERS_END, company_id, people, ends_at));
    batch.extend(new_ends(company_id, people, now, actor));
    let results = database.batch(batch).await?;
    Ok(gathered(decode_at::<Was<Instant>>(&results, 0)?, date))
}

pub(super) fn new_ends(company_id: &str, people: &str, now: Instant, actor: &Actor) -> [Statement; 2] {
    [
        record(RECORD_OF_PEOPLE, company_id, people, now, actor, EventKind::LicenceEndChanged),
        statement!(CHANGE_OF_PEOPLE, company_id, people, now),
    ]
}
