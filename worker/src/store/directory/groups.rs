//! Groups as the directory sent them: what they are here, who is in them, and what that gives.

use seatwise_domain::Instant;
use seatwise_domain::policy::SyncScope;
use seatwise_domain::wire::{EventKind, SyncEvent};
use serde::Deserialize;
use serde_json::json;

use super::saving::Saving;
use super::users::{InGroup, groups_of_user};
use crate::auth::secret;
use crate::store::events::word;
use crate::store::gate::{self, Shortage};
use crate::store::sync::{self, whose};
use crate::store::{
    Actor, Database, Rows, Statement, StoreError, decode_at, expiry, flag, giving, groups as seatwise_groups, statement,
    statements, taking,
};

/// The columns of a group of the directory; `here` is the group that it became.
macro_rules! group_lines {
    () => {
        "SELECT g.place, g.id, g.group_id, g.shown, g.external_id, g.licensed, g.manages, g.data, g.version, g.created_at, g.modified_at,
          here.name AS here, here.licences_end_at IS NOT NULL AS ends,
          EXISTS (SELECT 1 FROM lots WHERE lots.company_id = g.company_id AND lots.group_id = g.group_id) AS set_aside
        FROM directory_groups g LEFT JOIN groups here ON here.company_id = g.company_id AND here.id = g.group_id "
    };
}
pub(super) use group_lines;

statements! {
    /// The group with an id.
    BY_ID = concat!(group_lines!(), "WHERE g.company_id = ", whose!(), " AND g.id = ?3");
    /// The group with a name.
    BY_NAME = concat!(group_lines!(), "WHERE g.company_id = ", whose!(), " AND g.name = ?3");
    /// The groups with an id that the directory gave them.
    BY_EXTERNAL_ID = concat!(group_lines!(), "WHERE g.company_id = ", whose!(), " AND g.external_id = ?3 ORDER BY g.place LIMIT 1000");
    /// Those of the groups in the JSON array ?3 that user ?2 is in.
    OF_USER = "
        SELECT x.group_id AS id, '' AS shown
        FROM json_each(?3) AS one CROSS JOIN directory_memberships x ON x.company_id = ?1 AND x.group_id = one.value AND x.user_id = ?2";
    /// The group here with a name, how many there are, and whether a group of the directory is this one already.
    HERE = "
        SELECT (SELECT count(*) FROM groups WHERE company_id = c.id) AS groups, here.id,
          EXISTS (SELECT 1 FROM directory_groups g WHERE g.company_id = c.id AND g.group_id = here.id) AS taken
        FROM companies c LEFT JOIN groups here ON here.company_id = c.id AND here.name = ?2
        WHERE c.id = ?1";
    /// Of the users in the JSON array ?3, those who are not in group ?4.
    COMING = concat!("
        SELECT u.id, u.member_id, u.active, m.group_id AS here, m.removed_at IS NOT NULL AS removed, '[]' AS groups
        FROM json_each(?3) AS person
        CROSS JOIN directory_users u ON u.company_id = ", whose!(), " AND u.id = person.value
        LEFT JOIN members m ON m.company_id = u.company_id AND m.id = u.member_id
        WHERE NOT EXISTS (SELECT 1 FROM directory_memberships x WHERE x.company_id = u.company_id AND x.group_id = ?4 AND x.user_id = u.id)");
    /// Of the users in the JSON array ?3, those who are in group ?4, with all their groups.
    GOING = concat!("
        SELECT u.id, u.member_id, u.active, m.group_id AS here, m.removed_at IS NOT NULL AS removed, ", groups_of_user!(), " AS groups
        FROM json_each(?3) AS person
        CROSS JOIN directory_memberships x ON x.company_id = ", whose!(), " AND x.group_id = ?4 AND x.user_id = person.value
        CROSS JOIN directory_users u ON u.company_id = x.company_id AND u.id = x.user_id
        LEFT JOIN members m ON m.company_id = u.company_id AND m.id = u.member_id");
    /// Who is in a group.
    MEMBERS = "
        SELECT x.user_id AS id, coalesce(u.data ->> '$.displayName', u.data ->> '$.userName') AS shown
        FROM directory_memberships x CROSS JOIN directory_users u ON u.company_id = x.company_id AND u.id = x.user_id
        WHERE x.company_id = ?1 AND x.group_id = ?2 ORDER BY x.user_id LIMIT ?3";
    /// The ids of those in a group.
    MEMBER_IDS = "SELECT user_id AS id, '' AS shown FROM directory_memberships WHERE company_id = ?1 AND group_id = ?2 LIMIT ?3";
    /// Writes a group down.
    INSERT = "
        INSERT INTO directory_groups (company_id, id, group_id, name, shown, external_id, data, created_at, modified_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)";
    /// Changes a group, if nobody else has changed its attributes meanwhile.
    UPDATE = "
        UPDATE directory_groups SET name = ?3, shown = ?4, external_id = ?5, data = ?6, modified_at = ?7, version = version + 1
        WHERE company_id = ?1 AND id = ?2 AND version = ?8";
    /// Insists that the statement before has found its row.
    INSIST_UNCHANGED = "INSERT INTO assertions SELECT changes() = 1, 'changed_meanwhile'";
    /// Notes that members came or went, if it is still version ?4 where that matters, and says which version it is then.
    TOUCH = "
        UPDATE directory_groups SET modified_at = ?3, version = version + 1
        WHERE company_id = ?1 AND id = ?2 AND version = coalesce(?4, version) RETURNING version";
    /// Links a group to one here.
    LINK = "UPDATE directory_groups SET group_id = ?3 WHERE company_id = ?1 AND id = ?2 AND group_id IS NULL";
    /// Those who have no group here come into this one: one event for each.
    RECORD_JOINING = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, to_state, belongs_to)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, m.id, ?8, ?6
        FROM json_each(?2) AS person CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value
        WHERE m.group_id IS NULL AND m.removed_at IS NULL";
    /// They come.
    JOIN = "
        UPDATE members SET group_id = ?3
        WHERE company_id = ?1 AND id IN (SELECT value FROM json_each(?2)) AND group_id IS NULL AND removed_at IS NULL";
    /// Users come into a group of the directory.
    ADD = "
        INSERT INTO directory_memberships (company_id, group_id, user_id, extra)
        SELECT ?1, ?2, u.id, ?4 IS NULL OR m.group_id IS NOT ?4
        FROM json_each(?3) AS person
        CROSS JOIN directory_users u ON u.company_id = ?1 AND u.id = person.value
        LEFT JOIN members m ON m.company_id = u.company_id AND m.id = u.member_id
        WHERE true
        ON CONFLICT (company_id, group_id, user_id) DO NOTHING";
    /// Insists that group ?2 is as it was a moment ago, less who is in it, and gives nothing but itself; and that the ?6 users
    /// in the JSON array ?5 are there and not in it.
    INSIST_ADDABLE = "
        INSERT INTO assertions SELECT EXISTS (
          SELECT 1 FROM directory_groups g LEFT JOIN groups here ON here.company_id = g.company_id AND here.id = g.group_id
          WHERE g.company_id = ?1 AND g.id = ?2 AND g.data = ?3 AND g.group_id IS ?4 AND g.licensed = 0 AND g.manages = 0
            AND here.name IS ?7 AND here.licences_end_at IS NULL AND NOT EXISTS (SELECT 1 FROM lots WHERE lots.company_id = g.company_id AND lots.group_id = g.group_id)
        ) AND (
          SELECT count(*) FROM json_each(?5) AS person CROSS JOIN directory_users u ON u.company_id = ?1 AND u.id = person.value
          WHERE NOT EXISTS (SELECT 1 FROM directory_memberships x WHERE x.company_id = ?1 AND x.group_id = ?2 AND x.user_id = u.id)
        ) = ?6, 'group_changed'";
    /// Users of the JSON array ?2 who have no group here come into the group called ?8: one event for each.
    RECORD_USERS_JOINING = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, to_state, belongs_to)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, m.id, ?8, ?6
        FROM json_each(?2) AS person
        CROSS JOIN directory_users u ON u.company_id = ?1 AND u.id = person.value
        CROSS JOIN members m ON m.company_id = ?1 AND m.id = u.member_id
        WHERE m.group_id IS NULL AND m.removed_at IS NULL";
    /// They come.
    USERS_JOIN = "
        UPDATE members SET group_id = ?3
        WHERE company_id = ?1 AND group_id IS NULL AND removed_at IS NULL AND id IN (
          SELECT u.member_id FROM json_each(?2) AS person CROSS JOIN directory_users u ON u.company_id = ?1 AND u.id = person.value)";
    /// Users leave it.
    REMOVE = "DELETE FROM directory_memberships WHERE company_id = ?1 AND group_id = ?2 AND user_id IN (SELECT value FROM json_each(?3))";
    /// Everybody leaves it.
    REMOVE_ALL = "DELETE FROM directory_memberships WHERE company_id = ?1 AND group_id = ?2";
    /// Takes a group away, if nobody else has changed it meanwhile.
    DELETE = "DELETE FROM directory_groups WHERE company_id = ?1 AND id = ?2 AND version = ?3";
    /// Insists that of the users ?2, those in ?3 are active and no others.
    INSIST_ACTIVE = "
        INSERT INTO assertions SELECT count(*) = 0, 'changed_meanwhile'
        FROM json_each(?2) AS person CROSS JOIN directory_users u ON u.company_id = ?1 AND u.id = person.value
        WHERE u.active <> (u.id IN (SELECT value FROM json_each(?3)))";
    /// Insists that the users ?2 are in a group besides ?3 that gives what this one gives: ?4 is 1 where that is management.
    INSIST_KEEPING = "
        INSERT INTO assertions SELECT count(*) = 0, 'changed_meanwhile'
        FROM json_each(?2) AS person
        WHERE NOT EXISTS (
          SELECT 1 FROM directory_groups g CROSS JOIN directory_memberships x ON x.company_id = g.company_id AND x.group_id = g.id AND x.user_id = person.value
          WHERE g.company_id = ?1 AND g.id <> ?3 AND CASE ?4 WHEN 1 THEN g.manages ELSE g.licensed END = 1)";
    /// One event for each of the people ?2 who comes to manage.
    RECORD_PROMOTED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, 1, m.id, 'learner', 'manager'
        FROM json_each(?2) AS person CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value
        WHERE m.is_manager = 0 AND m.removed_at IS NULL";
    /// They do.
    PROMOTE = "
        UPDATE members SET is_manager = 1, manages_by_sync = 1
        WHERE company_id = ?1 AND id IN (SELECT value FROM json_each(?2)) AND is_manager = 0 AND removed_at IS NULL";
    /// One event for each of the people ?2 who no longer manages.
    RECORD_DEMOTED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, 1, m.id, 'manager', 'learner'
        FROM json_each(?2) AS person CROSS JOIN members m ON m.company_id = ?1 AND m.id = person.value
        WHERE m.manages_by_sync = 1 AND m.removed_at IS NULL";
    /// They don't.
    DEMOTE = "
        UPDATE members SET is_manager = 0, is_learner = 1, manages_by_sync = 0
        WHERE company_id = ?1 AND id IN (SELECT value FROM json_each(?2)) AND manages_by_sync = 1 AND removed_at IS NULL";
    /// Groups of the directory that are none here yet.
    UNLINKED = "SELECT id, shown FROM directory_groups WHERE company_id = ?1 AND group_id IS NULL ORDER BY place LIMIT 200";
}

/// A group of the directory, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredGroup {
    /// The place in the order in which groups came.
    pub place: i64,
    /// Its id.
    pub id: String,
    /// The group here that it became.
    pub group_id: Option<String>,
    /// Its name.
    pub shown: String,
    /// The id that the directory gave it.
    pub external_id: Option<String>,
    /// Whether its members get licences, where only chosen groups do.
    #[serde(deserialize_with = "flag")]
    pub licensed: bool,
    /// Whether its members manage.
    #[serde(deserialize_with = "flag")]
    pub manages: bool,
    /// The attributes, as JSON.
    pub data: String,
    /// How often it was written.
    pub version: i64,
    /// When it came.
    pub created_at: Instant,
    /// When it was changed last.
    pub modified_at: Instant,
    /// The name of the group here.
    pub here: Option<String>,
    /// Whether licences of the group here end on a date of their own.
    #[serde(deserialize_with = "flag")]
    pub ends: bool,
    /// Whether licences are set aside for the group here.
    #[serde(deserialize_with = "flag")]
    pub set_aside: bool,
}

/// What the directory says of a group, read from its attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSaid {
    /// Its name.
    pub shown: String,
    /// The id that the directory gave it.
    pub external_id: Option<String>,
    /// The attributes, as JSON.
    pub data: String,
}

/// Somebody who comes into a group or leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving {
    /// The user's id.
    pub id: String,
    /// The member.
    pub member: Option<String>,
    /// Whether the user is active.
    pub active: bool,
    /// The member's group here.
    pub here: Option<String>,
    /// The directory's groups that the user is in; asked for of those who leave only.
    pub groups: Vec<InGroup>,
}

/// Somebody in a group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Inside {
    /// The user's id.
    pub id: String,
    /// What the user is called.
    pub shown: Option<String>,
}

#[derive(Deserialize)]
struct MovingRow {
    id: String,
    member_id: Option<String>,
    #[serde(deserialize_with = "flag")]
    active: bool,
    here: Option<String>,
    #[serde(deserialize_with = "flag")]
    removed: bool,
    groups: String,
}

/// Asks for the group with an id.
#[must_use]
pub fn ask_by_id(token_hash: &str, now: Instant, id: &str) -> Statement {
    statement!(BY_ID, token_hash, now, id)
}

/// Asks for the group with a name.
#[must_use]
pub fn ask_by_name(token_hash: &str, now: Instant, name: &str) -> Statement {
    statement!(BY_NAME, token_hash, now, name.to_lowercase())
}

/// Asks for the groups with an id that the directory gave them.
#[must_use]
pub fn ask_by_external_id(token_hash: &str, now: Instant, external_id: &str) -> Statement {
    statement!(BY_EXTERNAL_ID, token_hash, now, external_id)
}

/// Reads groups that were asked for.
///
/// # Errors
/// When a column doesn't fit.
pub fn read(results: &[impl Rows], index: usize) -> Result<Vec<StoredGroup>, StoreError> {
    decode_at(results, index)
}

/// Asks for those of users who are not in a group.
#[must_use]
pub fn ask_coming(token_hash: &str, now: Instant, users: &[String], group_id: &str) -> Statement {
    statement!(COMING, token_hash, now, json!(users).to_string(), group_id)
}

/// Asks for those of users who are in a group.
#[must_use]
pub fn ask_going(token_hash: &str, now: Instant, users: &[String], group_id: &str) -> Statement {
    statement!(GOING, token_hash, now, json!(users).to_string(), group_id)
}

/// Reads who comes or goes.
///
/// # Errors
/// When a column doesn't fit.
pub fn read_moving(results: &[impl Rows], index: usize) -> Result<Vec<Moving>, StoreError> {
    let moving = |row: MovingRow| {
        let groups = serde_json::from_str(&row.groups).map_err(|error| StoreError::Failed(error.to_string()))?;
        let member = row.member_id.filter(|_| !row.removed);
        Ok(Moving { id: row.id, member, active: row.active, here: row.here, groups })
    };
    decode_at::<MovingRow>(results, index)?.into_iter().map(moving).collect()
}

/// The ids of those of some groups that a user is in.
///
/// # Errors
/// When the database can't be asked.
pub async fn of_user(
    database: &impl Database,
    company_id: &str,
    user_id: &str,
    groups: &[StoredGroup],
) -> Result<Vec<String>, StoreError> {
    let ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    let inside: Vec<Inside> = database.rows(statement!(OF_USER, company_id, user_id, json!(ids).to_string())).await?;
    Ok(inside.into_iter().map(|group| group.id).collect())
}

/// Who is in a group. `named`: with what they are called.
///
/// # Errors
/// When the database can't be asked.
pub async fn members(database: &impl Database, company_id: &str, group_id: &str, named: bool) -> Result<Vec<Inside>, StoreError> {
    let sql = if named { MEMBERS } else { MEMBER_IDS };
    database.rows(statement!(sql, company_id, group_id, -1_i64)).await
}

/// Whether a group has no more than so many members.
///
/// # Errors
/// When the database can't be asked.
pub async fn has_at_most(database: &impl Database, company_id: &str, group_id: &str, most: i64) -> Result<bool, StoreError> {
    let some: Vec<Inside> = database.rows(statement!(MEMBER_IDS, company_id, group_id, most.saturating_add(1))).await?;
    Ok(i64::try_from(some.len()).unwrap_or(i64::MAX) <= most)
}

/// The group here that a group of the directory becomes: the one with its name, or a new one. Nothing where that one is
/// taken, where there are too many, or while the sync runs dry.
async fn becomes(
    database: &impl Database,
    saving: &Saving<'_>,
    shown: &str,
) -> Result<Option<(String, Vec<Statement>)>, StoreError> {
    #[derive(Deserialize)]
    struct Here {
        groups: i64,
        id: Option<String>,
        #[serde(deserialize_with = "flag")]
        taken: bool,
    }
    let company_id = saving.directory.company_id.as_str();
    let Ok(name) = seatwise_domain::text::GroupName::parse(shown) else { return Ok(None) };
    if saving.directory.sync_dry_run {
        return Ok(None);
    }
    let Some(here) = database.row::<Here>(statement!(HERE, company_id, name.as_str())).await? else { return Ok(None) };
    if here.taken || (here.id.is_none() && usize::try_from(here.groups).unwrap_or(usize::MAX) >= seatwise_groups::MOST) {
        return Ok(None);
    }
    if let Some(id) = here.id {
        return Ok(Some((id, Vec::new())));
    }
    let id = secret::new_id()?;
    let batch = seatwise_groups::creating(company_id, (&id, name.as_str()), saving.now, &saving.actor()).to_vec();
    Ok(Some((id, batch)))
}

/// Creates a group with its members.
///
/// # Errors
/// `Conflict` on `directory_groups.name` when there is one of this name.
pub async fn create(
    database: &impl Database,
    saving: &Saving<'_>,
    id: &str,
    said: &GroupSaid,
    members: &[Moving],
) -> Result<StoredGroup, StoreError> {
    let (company_id, now) = (saving.directory.company_id.as_str(), saving.now);
    let here = becomes(database, saving, &said.shown).await?;
    let (group_id, mut batch) = here.map_or((None, Vec::new()), |(group, batch)| (Some(group), batch));
    batch.push(statement!(
        INSERT,
        company_id,
        id,
        group_id.as_deref(),
        said.shown.to_lowercase(),
        said.shown.as_str(),
        said.external_id.as_deref(),
        said.data.as_str(),
        now,
    ));
    let group = StoredGroup {
        place: 0,
        id: id.to_owned(),
        here: group_id.as_ref().map(|_| said.shown.clone()),
        group_id,
        shown: said.shown.clone(),
        external_id: said.external_id.clone(),
        licensed: false,
        manages: false,
        data: said.data.clone(),
        version: 1,
        created_at: now,
        modified_at: now,
        // A group that was here before may have both; looking costs little where it is about to get members.
        ends: true,
        set_aside: true,
    };
    batch.extend(coming(saving, &group, members)?);
    database.batch(batch).await?;
    Ok(group)
}

/// What changes about a group.
#[derive(Clone, Debug, Default)]
pub struct GroupChange {
    /// What the directory says of it now, where that is something else.
    pub said: Option<GroupSaid>,
    /// Who comes: none of them is in it.
    pub coming: Vec<Moving>,
    /// Who leaves: all of them are in it.
    pub going: Vec<Moving>,
    /// Whether it is only right for the group as it was read: who comes and goes follows from who was in it, or the directory
    /// insists on that version.
    pub as_read: bool,
}

impl GroupChange {
    /// Whether nothing changes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.said.is_none() && self.coming.is_empty() && self.going.is_empty()
    }

    /// What it is, in a word, and how many people it concerns.
    #[must_use]
    pub fn told(&self) -> (SyncEvent, Option<i64>) {
        let count = |people: &[Moving]| Some(i64::try_from(people.len()).unwrap_or(i64::MAX));
        match (self.coming.is_empty(), self.going.is_empty()) {
            (false, _) => (SyncEvent::MembersAdded, count(&self.coming)),
            (true, false) => (SyncEvent::MembersRemoved, count(&self.going)),
            (true, true) => (SyncEvent::GroupChanged, None),
        }
    }
}

/// Changes a group, and says which version it is then.
///
/// # Errors
/// `Conflict` on `directory_groups.name`; the assertion `changed_meanwhile`.
pub async fn change(
    database: &impl Database,
    saving: &Saving<'_>,
    group: &StoredGroup,
    change: &GroupChange,
) -> Result<i64, StoreError> {
    let (company_id, now, actor) = (saving.directory.company_id.as_str(), saving.now, saving.actor());
    let mut batch = Vec::new();
    match &change.said {
        Some(said) => {
            batch.push(statement!(
                UPDATE,
                company_id,
                group.id.as_str(),
                said.shown.to_lowercase(),
                said.shown.as_str(),
                said.external_id.as_deref(),
                said.data.as_str(),
                now,
                group.version,
            ));
            batch.push(statement!(INSIST_UNCHANGED));
            if said.shown != group.shown {
                batch.extend(renamed(database, saving, group, &said.shown, &actor).await?);
            }
        }
        None => {
            batch.push(statement!(TOUCH, company_id, group.id.as_str(), now, change.as_read.then_some(group.version)));
            // Nobody can come into a group that was taken away meanwhile; but going has consequences.
            if change.as_read || !change.going.is_empty() {
                batch.push(statement!(INSIST_UNCHANGED));
            }
        }
    }
    batch.extend(going(saving, group, &change.going)?);
    batch.extend(coming(saving, group, &change.coming)?);
    let results = database.batch(batch).await?;
    Ok(if change.said.is_some() { group.version.saturating_add(1) } else { touched(&results, 0)? })
}

/// Which version a group is after [`TOUCH`].
fn touched(results: &[impl Rows], index: usize) -> Result<i64, StoreError> {
    #[derive(Deserialize)]
    struct Touched {
        version: i64,
    }
    let touched = decode_at::<Touched>(results, index)?.into_iter().next();
    touched.map(|touched| touched.version).ok_or_else(|| StoreError::Asserted("changed_meanwhile".to_owned()))
}

/// Adds users to a group that was looked at a moment ago, in one go: nobody is looked up before. It works for a group that
/// gives nothing but itself, and users who aren't in it; whatever else there is fails as a whole. Says which version the group
/// is then.
///
/// # Errors
/// The assertions `directory_changed` and `group_changed`; nothing has happened then.
pub async fn add(
    database: &impl Database,
    saving: &Saving<'_>,
    token_hash: &str,
    group: &StoredGroup,
    users: &[String],
) -> Result<i64, StoreError> {
    let (directory, now, actor) = (saving.directory, saving.now, saving.actor());
    let (company_id, id, here) = (directory.company_id.as_str(), group.id.as_str(), group.group_id.as_deref());
    let people = json!(users).to_string();
    let many = i64::try_from(users.len()).unwrap_or(i64::MAX);
    let mut batch = vec![
        sync::insist_same(token_hash, now, directory),
        statement!(INSIST_ADDABLE, company_id, id, group.data.as_str(), here, people.as_str(), many, group.here.as_deref()),
        statement!(TOUCH, company_id, id, now, None::<i64>),
    ];
    if let Some(here) = here {
        let mut recorded = record(RECORD_USERS_JOINING, saving, &people, &actor, EventKind::MemberGroupChanged);
        recorded.values.push(group.here.as_deref().into());
        batch.push(recorded);
        batch.push(statement!(USERS_JOIN, company_id, people.as_str(), here));
    }
    batch.push(statement!(ADD, company_id, id, people, here));
    touched(&database.batch(batch).await?, 2)
}

/// The group here is renamed with the directory's, unless another has the name.
async fn renamed(
    database: &impl Database,
    saving: &Saving<'_>,
    group: &StoredGroup,
    shown: &str,
    actor: &Actor,
) -> Result<Vec<Statement>, StoreError> {
    let company_id = saving.directory.company_id.as_str();
    let (Some(here), Ok(name)) = (group.group_id.as_deref(), seatwise_domain::text::GroupName::parse(shown)) else {
        return Ok(Vec::new());
    };
    let other: Option<serde_json::Value> = database.row(statement!(HERE, company_id, name.as_str())).await?;
    let free = other.is_none_or(|other| other.get("id").is_none_or(serde_json::Value::is_null));
    if !free || saving.directory.sync_dry_run {
        return Ok(Vec::new());
    }
    Ok(seatwise_groups::renaming(company_id, (here, name.as_str()), saving.now, actor).to_vec())
}

/// Takes a group away; the group here stays, without those whom the directory had put into it.
///
/// # Errors
/// The assertion `changed_meanwhile`.
pub async fn delete(
    database: &impl Database,
    saving: &Saving<'_>,
    group: &StoredGroup,
    members: &[Moving],
) -> Result<(), StoreError> {
    let company_id = saving.directory.company_id.as_str();
    let mut batch = going(saving, group, members)?;
    batch.push(statement!(REMOVE_ALL, company_id, group.id.as_str()));
    batch.push(statement!(DELETE, company_id, group.id.as_str(), group.version));
    batch.push(statement!(INSIST_UNCHANGED));
    database.batch(batch).await?;
    Ok(())
}

fn record(sql: &'static str, saving: &Saving<'_>, people: &str, actor: &Actor, what: EventKind) -> Statement {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    statement!(sql, saving.directory.company_id.as_str(), people, saving.now, door, id, name, word(&what))
}

fn members_of<'a>(moving: impl Iterator<Item = &'a Moving>) -> Vec<&'a str> {
    moving.filter_map(|one| one.member.as_deref()).collect()
}

/// Users come into a group: into the group here where they have none, and to what it gives.
fn coming(saving: &Saving<'_>, group: &StoredGroup, users: &[Moving]) -> Result<Vec<Statement>, StoreError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let (directory, now, actor) = (saving.directory, saving.now, saving.actor());
    let (company_id, dry) = (directory.company_id.as_str(), directory.sync_dry_run);
    let here = group.group_id.as_deref().filter(|_| !dry);
    let mut batch = Vec::new();
    let movers = members_of(users.iter().filter(|user| user.here.is_none()));
    if let (Some(here), false) = (here, movers.is_empty()) {
        let people = json!(movers).to_string();
        let mut recorded = record(RECORD_JOINING, saving, &people, &actor, EventKind::MemberGroupChanged);
        recorded.values.push(group.here.as_deref().into());
        batch.push(recorded);
        batch.push(statement!(JOIN, company_id, people.as_str(), here));
        if group.ends {
            let owned: Vec<String> = movers.iter().map(|member| (*member).to_owned()).collect();
            batch.extend(seatwise_groups::new_ends(company_id, &taking::people(&owned), now, &actor));
        }
    }
    let ids: Vec<&str> = users.iter().map(|user| user.id.as_str()).collect();
    batch.push(statement!(ADD, company_id, group.id.as_str(), json!(ids).to_string(), here));
    if dry {
        return Ok(batch);
    }
    if group.manages || (group.licensed && directory.sync_scope == SyncScope::Groups) {
        let active: Vec<&str> = users.iter().filter(|user| user.active).map(|user| user.id.as_str()).collect();
        batch.push(statement!(INSIST_ACTIVE, company_id, json!(ids).to_string(), json!(active).to_string()));
    }
    if group.manages {
        let people = json!(members_of(users.iter().filter(|user| user.active))).to_string();
        batch.push(record(RECORD_PROMOTED, saving, &people, &actor, EventKind::MemberRoleChanged));
        batch.push(statement!(PROMOTE, company_id, people));
    }
    if group.licensed && directory.sync_scope == SyncScope::Groups {
        let given = members_of(users.iter().filter(|user| user.active));
        let asked = giving::asked(saving.token_key, given.iter().copied(), saving.kinds())?;
        batch.extend(expiry::of(company_id, now, &asked));
        // One who can't get a licence must not keep the others out of the group.
        let shortage = if saving.shortage() == Shortage::Refuse { Shortage::Wait } else { saving.shortage() };
        batch.extend(giving::give_to(company_id, &asked, (saving.kinds(), shortage), false, now, &actor, Some(&directory.name)));
    }
    if group.set_aside {
        // Licences that are set aside for the group may be for somebody who waits or is overdrawn.
        batch.extend(gate::settle_all(company_id, now, &actor));
    }
    Ok(batch)
}

/// Users leave a group: for another of theirs here, and with what only this one gave.
fn going(saving: &Saving<'_>, group: &StoredGroup, users: &[Moving]) -> Result<Vec<Statement>, StoreError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let (directory, now, actor) = (saving.directory, saving.now, saving.actor());
    let company_id = directory.company_id.as_str();
    let ids: Vec<&str> = users.iter().map(|user| user.id.as_str()).collect();
    let mut batch = vec![statement!(REMOVE, company_id, group.id.as_str(), json!(ids).to_string())];
    if directory.sync_dry_run {
        return Ok(batch);
    }
    let others = |user: &Moving, is: fn(&InGroup) -> bool| user.groups.iter().any(|other| other.id != group.id && is(other));
    let leaving = |user: &&Moving| user.here.is_some() && user.here == group.group_id;
    let moves: Vec<_> = users
        .iter()
        .filter(leaving)
        .filter_map(|user| {
            let next = user.groups.iter().find(|other| other.id != group.id && other.group.is_some());
            Some(json!({ "member": user.member.as_deref()?, "group": next.and_then(|next| next.group.as_deref()) }))
        })
        .collect();
    if !moves.is_empty() {
        batch.extend(seatwise_groups::moves(company_id, &json!(moves).to_string(), now, &actor, Some(&directory.name)));
    }
    // Whoever is believed to keep it by another group must not be leaving that one at this moment.
    let keeping = |is: fn(&InGroup) -> bool, manages: i64| {
        let ids: Vec<&str> = users.iter().filter(|user| others(user, is)).map(|user| user.id.as_str()).collect();
        (!ids.is_empty()).then(|| statement!(INSIST_KEEPING, company_id, json!(ids).to_string(), group.id.as_str(), manages))
    };
    if group.manages {
        batch.extend(keeping(|other| other.manages, 1));
        let people = json!(members_of(users.iter().filter(|user| !others(user, |other| other.manages)))).to_string();
        batch.push(record(RECORD_DEMOTED, saving, &people, &actor, EventKind::MemberRoleChanged));
        batch.push(statement!(DEMOTE, company_id, people));
    }
    if group.licensed && directory.sync_scope == SyncScope::Groups {
        batch.extend(keeping(|other| other.licensed, 0));
        let losing = members_of(users.iter().filter(|user| !others(user, |other| other.licensed)));
        let losing: Vec<String> = losing.into_iter().map(str::to_owned).collect();
        let people = taking::people(&losing);
        batch.extend(expiry::of(company_id, now, &people));
        batch.extend(taking::release(company_id, &people, now, &actor));
        batch.extend(gate::settle_all(company_id, now, &actor));
    }
    Ok(batch)
}

/// Makes groups here of those of the directory that are none yet: what a dry run has held back.
///
/// # Errors
/// When the database takes nothing.
pub async fn link(database: &impl Database, saving: &Saving<'_>) -> Result<(), StoreError> {
    let company_id = saving.directory.company_id.as_str();
    for group in database.rows::<Inside>(statement!(UNLINKED, company_id)).await? {
        let shown = group.shown.unwrap_or_default();
        let Some((here, mut batch)) = becomes(database, saving, &shown).await? else { continue };
        batch.push(statement!(LINK, company_id, group.id.as_str(), here));
        database.batch(batch).await?;
    }
    Ok(())
}
