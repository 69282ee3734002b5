//! Members: adding them, and reading what they hold.

use seatwise_domain::licence::{EndedReason, Recorded, Status};
use seatwise_domain::matching::fold;
use seatwise_domain::wire::{EventKind, HeldLicence, ManagerLine, MemberLine, MyLicence, Standing};
use seatwise_domain::{EmailAddress, Instant, Kind};
use serde::{Deserialize, Serialize};

use super::events::{Event, word};
use super::gate::{Drawing, Shortage};
use super::{Actor, Database, Statement, StoreError, bulk, events, flag, gate, invites, people, statement, statements};
use crate::auth::secret;

/// The columns of members in a list at ?2, with all that they hold or held.
macro_rules! member_lines {
    () => {
        "
        SELECT m.id, m.name, m.email_typed, m.standing, m.is_manager, m.is_learner, m.last_active_at, m.suspended_at IS NOT NULL AS suspended,
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
    ADD = concat!("
        INSERT INTO members (company_id, id, email, email_typed, name, sort_name, last_name_first, is_learner, is_manager, group_id, created_at, standing)
        SELECT ?2, value ->> 'member', value ->> 'email', value ->> 'typed', value ->> 'name', value ->> 'sort_name', value ->> 'last_name_first',
          value ->> 'learner', value ->> 'manager', value ->> 'group', ?3, CASE WHEN value ->> 'user' IS NULL THEN 'none' ELSE 'pending' END
        FROM ", people!(), "");
    /// One event for each member added. An import as a whole has one of its own; a sync comes one by one.
    RECORD_ADDED = concat!("
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, to_state, belongs_to)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8 IS NULL OR ?4 = 'directory_sync', value ->> 'member', 'invited', ?8
        FROM ", people!(), "");
    /// A member whose address is to be corrected.
    ADDRESS_OF = "
        SELECT m.email_typed, m.is_manager AND m.joined_at IS NOT NULL AS own, m.joined_at IS NULL AND EXISTS (
          SELECT 1 FROM invites i WHERE i.company_id = m.company_id AND i.member_id = m.id AND i.state = 'open') AS invited
        FROM members m WHERE m.company_id = ?1 AND m.id = ?2 AND m.removed_at IS NULL";
    /// Corrects an address; without a name, the address is what a list goes by.
    CORRECT = "
        UPDATE members SET email = ?3, email_typed = ?4, sort_name = CASE WHEN name IS NULL THEN ?3 ELSE sort_name END
        WHERE company_id = ?1 AND id = ?2 AND removed_at IS NULL AND NOT (is_manager = 1 AND joined_at IS NOT NULL)";
    /// Insists that the statement before has found somebody.
    INSIST_FOUND = "INSERT INTO assertions SELECT changes() = 1, 'unknown_member'";
    /// Whoever was signed in with the wrong address is so no longer.
    END_SESSIONS = "DELETE FROM sessions WHERE company_id = ?1 AND member_id = ?2";
    /// Letters to the wrong address lose their point.
    DROP_LETTERS = "
        UPDATE outbox SET state = 'dropped', settled_at = ?4
        WHERE company_id = ?1 AND receiver = ?3 AND member_id = ?2 AND state = 'queued'";
    /// Members by their ids, in the order of the JSON array ?3.
    LINES = concat!(
        member_lines!(),
        "FROM json_each(?3) AS listed CROSS JOIN members m ON m.company_id = ?1 AND m.id = listed.value ORDER BY listed.key"
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
    last_name_first: Option<String>,
    learner: bool,
    manager: bool,
    group: Option<&'a str>,
    user: Option<String>,
    content: Option<String>,
    nonce: Option<String>,
    token_hash: Option<String>,
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
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend(adding_them(adding, people, now, actor)?);
    database.batch(batch).await?;
    Ok(())
}

/// The statements that add members, for a batch that does more.
///
/// # Errors
/// When there is no randomness for ids and links.
pub fn adding_them(adding: &Adding<'_>, people: &[NewMember], now: Instant, actor: &Actor) -> Result<Vec<Statement>, StoreError> {
    let json = listed(adding, people, true)?;
    let mut batch = Vec::from(add_rows(adding, &json, now, actor));
    for kind in Kind::ALL.into_iter().filter(|kind| *kind == Kind::User || adding.content_with_user) {
        let drawing = Drawing { people: &json, new: true, watched: true };
        batch.extend(gate::draw(adding.company_id, kind, now, actor, drawing, adding.shortage, adding.belongs_to));
    }
    batch.extend(invites::invite(adding.company_id, now, actor, &json));
    Ok(batch)
}

/// Writes members down without licences and invites: those follow in the same batch.
pub(super) fn write_down(
    adding: &Adding<'_>,
    people: &[NewMember],
    now: Instant,
    actor: &Actor,
) -> Result<[Statement; 2], StoreError> {
    Ok(add_rows(adding, &listed(adding, people, false)?, now, actor))
}

/// The JSON array of people that [`add_rows`] takes; `draw`: with the licences that they draw in the same batch, and invites.
pub(super) fn listed(adding: &Adding<'_>, people: &[NewMember], draw: bool) -> Result<String, StoreError> {
    let people = people.iter().map(|person| person_row(adding, person, draw)).collect::<Result<Vec<_>, StoreError>>()?;
    serde_json::to_string(&people).map_err(|error| StoreError::Failed(error.to_string()))
}

/// Writes the people of a JSON array, or of the list with a key, down.
pub(super) fn add_rows(adding: &Adding<'_>, people: &str, now: Instant, actor: &Actor) -> [Statement; 2] {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let what = word(&EventKind::MemberAdded);
    [
        statement!(ADD, people, adding.company_id, now),
        statement!(RECORD_ADDED, people, adding.company_id, now, door, id, name, what, adding.belongs_to),
    ]
}

/// A name with its last word first; nothing for a single word.
pub(super) fn last_name_first(name: &str) -> Option<String> {
    let (rest, last) = name.trim().rsplit_once(' ')?;
    Some(format!("{last} {}", rest.trim()))
}

fn person_row<'a>(adding: &Adding<'_>, person: &'a NewMember, draw: bool) -> Result<Person<'a>, StoreError> {
    let nonce = draw.then(secret::new_id).transpose()?;
    let token_hash = nonce.as_ref().map(|nonce| secret::hash(&secret::derive(adding.token_key, secret::Purpose::Invite, nonce)));
    let name = person.name.as_deref();
    let sort_name = name.map_or_else(|| person.email.compared().to_owned(), fold);
    Ok(Person {
        member: &person.id,
        email: person.email.compared(),
        typed: person.email.typed(),
        name,
        last_name_first: last_name_first(&sort_name),
        sort_name,
        learner: person.learner,
        manager: person.manager,
        group: person.group.as_deref(),
        user: (draw && person.learner).then(secret::new_id).transpose()?,
        content: (draw && person.learner && adding.content_with_user).then(secret::new_id).transpose()?,
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
    standing: Standing,
    #[serde(deserialize_with = "flag")]
    is_manager: bool,
    #[serde(deserialize_with = "flag")]
    is_learner: bool,
    last_active_at: Option<Instant>,
    group_name: Option<String>,
    #[serde(deserialize_with = "flag")]
    invited: bool,
    #[serde(deserialize_with = "flag")]
    suspended: bool,
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
    let user = held(Kind::User);
    // A licence is over at its end, whether or not that is written down.
    let over = user.as_ref().is_some_and(|held| held.status == Status::Expired);
    let standing = match row.standing {
        Standing::InUse | Standing::Pending | Standing::Overdrawn if over => Standing::Expired,
        standing => standing,
    };
    Ok(MemberLine {
        user,
        standing,
        content: held(Kind::Content),
        id: row.id,
        name: row.name,
        email: row.email_typed,
        manager: row.is_manager,
        learner: row.is_learner,
        invited: row.invited,
        suspended: row.suspended,
        group: row.group_name,
        last_active_at: row.last_active_at,
    })
}

/// Members by their ids, in that order.
///
/// # Errors
/// When the database can't be asked.
pub(super) async fn lines(
    database: &impl Database,
    company_id: &str,
    ids: &[String],
    now: Instant,
) -> Result<Vec<MemberLine>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let json = serde_json::to_string(ids).map_err(|error| StoreError::Failed(error.to_string()))?;
    let rows: Vec<Row> = database.rows(statement!(LINES, company_id, now, json)).await?;
    rows.into_iter().map(|row| line(row, now)).collect()
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
pub(super) fn held(row: Row, now: Instant) -> Result<Vec<MyLicence>, StoreError> {
    let licences = read_licences(&row.licences)?;
    let mine = |licence: &LicenceRow| MyLicence {
        kind: licence.kind,
        status: Status::at(now, licence.status, licence.ends_at, licence.ended_reason),
        since: licence.activated_at,
        until: licence.until(),
        renewal: None,
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

/// A member whose address is to be corrected.
#[derive(Clone, Debug, Deserialize)]
pub struct Correctable {
    /// The address, as typed.
    pub email_typed: String,
    /// Whether it is the address of somebody who manages and has joined: nobody else corrects that.
    #[serde(deserialize_with = "flag")]
    pub own: bool,
    /// Whether an invite is open, and goes to the new address.
    #[serde(deserialize_with = "flag")]
    pub invited: bool,
}

/// A member's address as it is before it is corrected.
///
/// # Errors
/// When the database can't be asked.
pub async fn correctable(database: &impl Database, company_id: &str, id: &str) -> Result<Option<Correctable>, StoreError> {
    database.row(statement!(ADDRESS_OF, company_id, id)).await
}

/// Corrects a member's address: they stay who they are. Sessions end, and an open invite goes to the new address with a new
/// link.
///
/// # Errors
/// `Conflict` on `members.email` when somebody else has the address; the assertion `unknown_member`.
pub async fn correct_address(
    database: &impl Database,
    company_id: &str,
    id: &str,
    (before, email): (&Correctable, &EmailAddress),
    token_key: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    database.batch(correcting(company_id, id, (before, email), token_key, now, actor)?).await?;
    Ok(())
}

/// The statements that correct an address, for a batch that does more.
///
/// # Errors
/// When there is no randomness for a new link.
pub(super) fn correcting(
    company_id: &str,
    id: &str,
    (before, email): (&Correctable, &EmailAddress),
    token_key: &str,
    now: Instant,
    actor: &Actor,
) -> Result<Vec<Statement>, StoreError> {
    let corrected = Event { member_id: Some(id), ..Event::new(EventKind::MemberAddressChanged) };
    let mut batch = vec![
        statement!(CORRECT, company_id, id, email.compared(), email.typed()),
        statement!(INSIST_FOUND),
        statement!(END_SESSIONS, company_id, id),
        statement!(DROP_LETTERS, company_id, id, before.email_typed.as_str(), now),
        events::record(company_id, now, actor, &corrected),
    ];
    if before.invited {
        batch.extend(bulk::inviting_again(company_id, token_key, &[id.to_owned()], now, actor)?);
    }
    Ok(batch)
}
