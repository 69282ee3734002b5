//! Members: adding them, and reading what they hold.

use seatwise_domain::licence::{EndedReason, Recorded, Status};
use seatwise_domain::wire::{Contact, EventKind, HeldLicence, ManagerLine, MemberLine, MyLicence, Page};
use seatwise_domain::{EmailAddress, Instant, Kind};
use serde::{Deserialize, Serialize};

use super::events::word;
use super::gate::Shortage;
use super::{Actor, Database, Statement, StoreError, flag, gate, invites, statement, statements};
use crate::auth::secret;

/// The columns of members in a list at ?2, with all that they hold or held.
macro_rules! member_lines {
    () => {
        "
        SELECT m.id, m.name, m.email_typed, m.sort_name, m.is_manager, m.is_learner, m.last_active_at,
          (SELECT g.name FROM groups g WHERE g.company_id = m.company_id AND g.id = m.group_id) AS group_name,
          EXISTS (SELECT 1 FROM invites i WHERE i.company_id = m.company_id AND i.member_id = m.id AND i.state = 'open' AND i.open_until > ?2) AS invited,
          (
            SELECT json_group_array(json_object('kind', l.kind, 'status', l.status, 'allocated_at', l.allocated_at,
              'activated_at', l.activated_at, 'ends_at', l.ends_at, 'ended_at', l.ended_at, 'ended_reason', l.ended_reason))
            FROM licences l WHERE l.company_id = m.company_id AND l.member_id = m.id
          ) AS licences
        "
    };
}

statements! {
    /// Writes members down.
    ADD = "
        INSERT INTO members (company_id, id, email, email_typed, name, sort_name, is_learner, is_manager, group_id, created_at)
        SELECT ?2, value ->> 'member', value ->> 'email', value ->> 'typed', value ->> 'name', value ->> 'sort_name',
          value ->> 'learner', value ->> 'manager', value ->> 'group', ?3
        FROM json_each(?1)";
    /// One event for each member added.
    RECORD_ADDED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, to_state, belongs_to)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, 1, value ->> 'member', 'invited', ?8
        FROM json_each(?1)";
    /// A page of members by name.
    PAGE = concat!(
        member_lines!(),
        "FROM members m
        WHERE m.company_id = ?1 AND m.removed_at IS NULL AND (m.sort_name, m.id) > (?3, ?4)
        ORDER BY m.sort_name, m.id
        LIMIT ?5"
    );
    /// Members whose name or address starts with a text, at most ?5 of each.
    SEARCH = concat!(
        "WITH found AS (
          SELECT * FROM (SELECT company_id, id FROM members
            WHERE company_id = ?1 AND removed_at IS NULL AND sort_name >= ?3 AND sort_name < ?4 ORDER BY sort_name, id LIMIT ?5)
          UNION
          SELECT * FROM (SELECT company_id, id FROM members
            WHERE company_id = ?1 AND removed_at IS NULL AND email >= ?3 AND email < ?4 ORDER BY email, id LIMIT ?5)
        )",
        member_lines!(),
        "FROM found JOIN members m ON m.company_id = found.company_id AND m.id = found.id
        ORDER BY m.sort_name, m.id
        LIMIT ?5"
    );
    /// One member.
    ONE = concat!(member_lines!(), "FROM members m WHERE m.company_id = ?1 AND m.removed_at IS NULL AND m.id = ?3");
    /// One member, removed or not.
    ONE_EVER = concat!(member_lines!(), "FROM members m WHERE m.company_id = ?1 AND m.id = ?3");
    /// A company's managers.
    MANAGERS = "
        SELECT m.id, m.name, m.email_typed, m.joined_at IS NULL AS invited
        FROM members m INDEXED BY members_who_manage
        WHERE m.company_id = ?1 AND m.is_manager = 1 AND m.removed_at IS NULL
        ORDER BY m.id
        LIMIT 50";
}

/// How many members one page of a list shows.
pub const PAGE_SIZE: i64 = 50;

/// Somebody who is to be added, already checked.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// The new member's id.
    pub id: String,
    /// The address.
    pub email: EmailAddress,
    /// The name, if it is known.
    pub name: Option<String>,
    /// Whether the person learns, and so draws licences (requirement B6).
    pub learner: bool,
    /// Whether the person manages the company's licences.
    pub manager: bool,
    /// The group's id, if the person belongs to one.
    pub group: Option<String>,
}

/// A person in the JSON array that the statements read.
#[derive(Serialize)]
struct Person<'a> {
    member: &'a str,
    email: &'a str,
    typed: &'a str,
    name: Option<&'a str>,
    sort_name: String,
    learner: bool,
    manager: bool,
    group: Option<&'a str>,
    user: Option<String>,
    content: Option<String>,
    nonce: String,
    token_hash: String,
}

/// What adding needs to know of the company.
#[derive(Clone, Debug)]
pub struct Adding<'a> {
    /// The company.
    pub company_id: &'a str,
    /// Whether every new user also gets a content licence (C5): then one add draws both or none.
    pub content_with_user: bool,
    /// The key that invite links are derived from.
    pub token_key: &'a str,
    /// What to do when there are too few licences.
    pub shortage: Shortage,
    /// The import or sync that they come from.
    pub belongs_to: Option<&'a str>,
}

/// Adds members in one transaction: the people, their licences through the gate, their invites and letters, and the
/// events; or nothing at all.
///
/// # Errors
/// `Conflict` on `members.email` when somebody is a member already; an assertion that [`gate::short_of`] reads when
/// there are too few licences.
pub async fn add(
    database: &impl Database,
    adding: &Adding<'_>,
    people: &[NewMember],
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let json = rows(adding, people)?;
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend(add_rows(adding, &json, now, actor));
    for kind in Kind::ALL.into_iter().filter(|kind| *kind == Kind::User || adding.content_with_user) {
        batch.extend(gate::draw(adding.company_id, kind, now, actor, &json, adding.shortage, adding.belongs_to));
    }
    batch.extend(invites::invite(adding.company_id, now, actor, &json));
    database.batch(batch).await?;
    Ok(())
}

/// Writes members down without licences and invites: those follow in the same batch.
pub(super) fn write_down(
    adding: &Adding<'_>,
    people: &[NewMember],
    now: Instant,
    actor: &Actor,
) -> Result<[Statement; 2], StoreError> {
    Ok(add_rows(adding, &rows(adding, people)?, now, actor))
}

fn add_rows(adding: &Adding<'_>, people: &str, now: Instant, actor: &Actor) -> [Statement; 2] {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let what = word(&EventKind::MemberAdded);
    [
        statement!(ADD, people, adding.company_id, now),
        statement!(RECORD_ADDED, people, adding.company_id, now, door, id, name, what, adding.belongs_to),
    ]
}

fn rows(adding: &Adding<'_>, people: &[NewMember]) -> Result<String, StoreError> {
    let people = people.iter().map(|person| person_row(adding, person)).collect::<Result<Vec<_>, StoreError>>()?;
    serde_json::to_string(&people).map_err(|error| StoreError::Failed(error.to_string()))
}

fn person_row<'a>(adding: &Adding<'_>, person: &'a NewMember) -> Result<Person<'a>, StoreError> {
    let nonce = secret::new_id()?;
    let token_hash = secret::hash(&secret::derive(adding.token_key, secret::Purpose::Invite, &nonce));
    let name = person.name.as_deref();
    Ok(Person {
        member: &person.id,
        email: person.email.compared(),
        typed: person.email.typed(),
        name,
        sort_name: name.unwrap_or_else(|| person.email.compared()).to_lowercase(),
        learner: person.learner,
        manager: person.manager,
        group: person.group.as_deref(),
        user: person.learner.then(secret::new_id).transpose()?,
        content: (person.learner && adding.content_with_user).then(secret::new_id).transpose()?,
        nonce,
        token_hash,
    })
}

/// A member as the database gives it.
#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    name: Option<String>,
    email_typed: String,
    sort_name: String,
    #[serde(deserialize_with = "flag")]
    is_manager: bool,
    #[serde(deserialize_with = "flag")]
    is_learner: bool,
    last_active_at: Option<Instant>,
    group_name: Option<String>,
    #[serde(deserialize_with = "flag")]
    invited: bool,
    licences: String,
}

#[derive(Deserialize)]
struct LicenceRow {
    kind: Kind,
    status: Recorded,
    allocated_at: Instant,
    activated_at: Option<Instant>,
    ends_at: Instant,
    ended_at: Option<Instant>,
    ended_reason: Option<EndedReason>,
}

impl LicenceRow {
    /// When it ends or ended.
    fn until(&self) -> Instant {
        self.ended_at.unwrap_or(self.ends_at)
    }

    /// A live licence counts as newer than any that has ended.
    fn age(&self) -> (bool, Instant) {
        (self.status != Recorded::Ended, self.allocated_at)
    }
}

fn newest(licences: &[LicenceRow], kind: Kind) -> Option<&LicenceRow> {
    licences.iter().filter(|licence| licence.kind == kind).max_by_key(|licence| licence.age())
}

fn read_licences(json: &str) -> Result<Vec<LicenceRow>, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Failed(error.to_string()))
}

/// Asks for one member, removed or not.
pub(super) fn ask(company_id: &str, now: Instant, id: &str) -> Statement {
    statement!(ONE_EVER, company_id, now, id)
}

/// Reads what [`ask`] has asked for.
pub(super) fn line(row: Row, now: Instant) -> Result<MemberLine, StoreError> {
    let licences = read_licences(&row.licences)?;
    let held = |kind| {
        newest(&licences, kind).map(|licence| HeldLicence {
            status: Status::at(now, licence.status, licence.ends_at, licence.ended_reason),
            ends_at: licence.until(),
        })
    };
    Ok(MemberLine {
        user: held(Kind::User),
        content: held(Kind::Content),
        id: row.id,
        name: row.name,
        email: row.email_typed,
        manager: row.is_manager,
        learner: row.is_learner,
        invited: row.invited,
        group: row.group_name,
        last_active_at: row.last_active_at,
    })
}

/// Where a page of members starts: behind this name and id.
#[derive(Clone, Debug, Default)]
pub struct After {
    /// The name to sort by.
    pub sort_name: String,
    /// The id.
    pub id: String,
}

/// A page of members by name.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(
    database: &impl Database,
    company_id: &str,
    now: Instant,
    after: &After,
) -> Result<Page<MemberLine>, StoreError> {
    let rows: Vec<Row> =
        database.rows(statement!(PAGE, company_id, now, after.sort_name.as_str(), after.id.as_str(), PAGE_SIZE + 1)).await?;
    let full = rows.len() > usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let shown = rows.into_iter().take(usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX)).collect::<Vec<_>>();
    let next = shown.last().filter(|_| full).map(|row| format!("{}.{}", row.id, row.sort_name));
    Ok(Page { items: shown.into_iter().map(|row| line(row, now)).collect::<Result<_, _>>()?, next })
}

/// The members whose name or address starts with `text`, which is in lower case.
///
/// # Errors
/// When the database can't be asked.
pub async fn search(
    database: &impl Database,
    company_id: &str,
    now: Instant,
    text: &str,
) -> Result<Page<MemberLine>, StoreError> {
    let end = format!("{text}{}", char::MAX);
    let rows: Vec<Row> = database.rows(statement!(SEARCH, company_id, now, text, end, PAGE_SIZE)).await?;
    Ok(Page { items: rows.into_iter().map(|row| line(row, now)).collect::<Result<_, _>>()?, next: None })
}

/// One member.
///
/// # Errors
/// When the database can't be asked.
pub async fn one(database: &impl Database, company_id: &str, now: Instant, id: &str) -> Result<Option<MemberLine>, StoreError> {
    let row: Option<Row> = database.row(statement!(ONE, company_id, now, id)).await?;
    row.map(|row| line(row, now)).transpose()
}

/// What one member holds: the newest licence of each kind.
///
/// # Errors
/// When the database can't be asked.
pub async fn licences(database: &impl Database, company_id: &str, now: Instant, id: &str) -> Result<Vec<MyLicence>, StoreError> {
    let Some(row) = database.row::<Row>(statement!(ONE, company_id, now, id)).await? else { return Ok(Vec::new()) };
    let licences = read_licences(&row.licences)?;
    let mine = |licence: &LicenceRow| MyLicence {
        kind: licence.kind,
        status: Status::at(now, licence.status, licence.ends_at, licence.ended_reason),
        since: licence.activated_at,
        until: licence.until(),
    };
    Ok(Kind::ALL.into_iter().filter_map(|kind| newest(&licences, kind)).map(mine).collect())
}

#[derive(Deserialize)]
struct ManagerRow {
    id: String,
    name: Option<String>,
    email_typed: String,
    #[serde(deserialize_with = "flag")]
    invited: bool,
}

/// A company's managers.
///
/// # Errors
/// When the database can't be asked.
pub async fn managers(database: &impl Database, company_id: &str) -> Result<Vec<ManagerLine>, StoreError> {
    let rows: Vec<ManagerRow> = database.rows(statement!(MANAGERS, company_id)).await?;
    let line = |row: ManagerRow| ManagerLine { id: row.id, name: row.name, email: row.email_typed, invited: row.invited };
    Ok(rows.into_iter().map(line).collect())
}

/// The managers whom a learner can ask: those who have joined.
#[must_use]
pub fn contacts(managers: Vec<ManagerLine>) -> Vec<Contact> {
    let contact =
        |line: ManagerLine| Contact { name: line.name.unwrap_or_else(|| line.email.clone()), email: line.email, phone: None };
    managers.into_iter().filter(|line| !line.invited).map(contact).collect()
}
