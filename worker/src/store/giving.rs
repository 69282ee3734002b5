//! Giving licences to people who are members already, or were: reactivated, renewed, invited again.

use std::collections::HashSet;

use seatwise_domain::wire::EventKind;
use seatwise_domain::{Instant, Kind};
use serde::Serialize;

use super::events::word;
use super::gate::{Drawing, Shortage};
use super::notices::company_wants;
use super::{Actor, Database, Statement, StoreError, expiry, gate, invites, statement, statements};
use crate::auth::secret;

statements! {
    /// Insists that all the people are members of the company, removed or not.
    INSIST_KNOWN = "
        INSERT INTO assertions
        SELECT count(*) = count(m.id), 'unknown_member'
        FROM json_each(?1) AS person LEFT JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member'";
    /// Insists that the company's directory doesn't say of one of them that they are not active.
    INSIST_ACTIVE = "
        INSERT INTO assertions
        SELECT count(*) = 0, 'suspended_member'
        FROM json_each(?1) AS person CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member'
        WHERE m.suspended_at IS NOT NULL";
    /// One event for each who was removed and is back.
    RECORD_REACTIVATED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, 1, m.id, 'removed', CASE WHEN m.joined_at IS NULL THEN 'invited' ELSE 'joined' END
        FROM json_each(?1) AS person
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member'
        WHERE m.removed_at IS NOT NULL";
    /// They are members again, and learners; an own end date that has passed says nothing any more.
    REACTIVATE = "
        UPDATE members SET removed_at = NULL, is_learner = 1,
          licences_end_at = CASE WHEN licences_end_at > ?3 THEN licences_end_at END
        WHERE company_id = ?2 AND id IN (SELECT value ->> 'member' FROM json_each(?1))
          AND (removed_at IS NOT NULL OR is_learner = 0 OR licences_end_at <= ?3)";
    /// One event for each who was invited before and is invited anew.
    RECORD_SENT = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, from_state, to_state)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, i.member_id, i.state, 'open'
        FROM json_each(?1) AS person
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' AND m.joined_at IS NULL
        CROSS JOIN invites i ON i.company_id = ?2 AND i.member_id = m.id
        WHERE EXISTS (SELECT 1 FROM licences l WHERE l.company_id = ?2 AND l.member_id = m.id AND l.id IN (person.value ->> 'user', person.value ->> 'content'))";
    /// The letter to those who have joined before and use their licence at once.
    TELL_GIVEN = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'licence-given:' || l.id, m.email_typed, m.name, 'licence_given',
          json_object('company', c.name, 'kind', l.kind, 'ends_at', l.ends_at), ?2, ?3, ?3
        FROM json_each(?1) AS person
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' AND m.joined_at IS NOT NULL
        CROSS JOIN licences l ON l.company_id = ?2 AND l.member_id = m.id AND l.id = coalesce(person.value ->> 'user', person.value ->> 'content')
        CROSS JOIN companies c ON c.id = ?2
        WHERE ", company_wants!("licence_given", "learners"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// The member with an address, removed or not.
    BY_ADDRESS = "SELECT id, removed_at IS NOT NULL AS removed FROM members WHERE email = ?2 AND company_id = ?1";
}

/// Somebody who is to be given licences.
#[derive(Serialize)]
struct Person<'a> {
    member: &'a str,
    user: Option<String>,
    content: Option<String>,
    nonce: String,
    token_hash: String,
}

/// Gives licences of `kinds` to members in one transaction; those who were removed are members again. Who has joined
/// before uses the licence at once, who hasn't is invited. Somebody who holds one already keeps it and gets no other.
///
/// # Errors
/// The assertions `unknown_member` and `suspended_member`; one that [`gate::short_of`] reads when there are too few licences.
pub async fn give(
    database: &impl Database,
    company_id: &str,
    token_key: &str,
    members: &[String],
    kinds: &[Kind],
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let people = asked(token_key, members.iter().map(String::as_str), kinds)?;
    let mut batch =
        vec![statement!(INSIST_KNOWN, people.as_str(), company_id), statement!(INSIST_ACTIVE, people.as_str(), company_id)];
    batch.extend(expiry::of(company_id, now, &people));
    batch.extend(give_to(company_id, &people, (kinds, Shortage::Refuse), false, now, actor, None));
    database.batch(batch).await?;
    Ok(())
}

/// The JSON array of people that [`give_to`] takes: each member once, with the ids of licences to be drawn and an
/// invite's secret.
pub(super) fn asked<'a>(token_key: &str, members: impl Iterator<Item = &'a str>, kinds: &[Kind]) -> Result<String, StoreError> {
    let mut seen = HashSet::new();
    let people = members
        .filter(|member| seen.insert(*member))
        .map(|member| {
            let nonce = secret::new_id()?;
            let token_hash = secret::hash(&secret::derive(token_key, secret::Purpose::Invite, &nonce));
            let licence = |kind| kinds.contains(&kind).then(secret::new_id).transpose();
            Ok(Person { member, user: licence(Kind::User)?, content: licence(Kind::Content)?, nonce, token_hash })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    serde_json::to_string(&people).map_err(|error| StoreError::Failed(error.to_string()))
}

/// Gives licences to the people of a JSON array that [`asked`] has made. `new`: all of them are added in the same batch.
/// `belongs_to`: the import or sync.
pub(super) fn give_to(
    company_id: &str,
    people: &str,
    (kinds, shortage): (&[Kind], Shortage),
    new: bool,
    now: Instant,
    actor: &Actor,
    belongs_to: Option<&str>,
) -> Vec<Statement> {
    let record = |sql, what: EventKind| {
        let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
        statement!(sql, people, company_id, now, door, id, name, word(&what))
    };
    let mut batch = Vec::new();
    if !new {
        batch.push(record(RECORD_REACTIVATED, EventKind::MemberReactivated));
        batch.push(statement!(REACTIVATE, people, company_id, now));
    }
    for kind in kinds {
        let drawing = Drawing { people, new, watched: true };
        batch.extend(gate::draw(company_id, *kind, now, actor, drawing, shortage, belongs_to));
    }
    if !new {
        batch.push(record(RECORD_SENT, EventKind::InviteSent));
    }
    batch.extend(invites::invite_drawn(company_id, now, actor, people));
    if !new {
        batch.push(statement!(TELL_GIVEN, people, company_id, now));
    }
    batch
}

/// A member found by address.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Known {
    /// The member's id.
    pub id: String,
    /// Whether the member was removed.
    #[serde(deserialize_with = "super::flag")]
    pub removed: bool,
}

/// The member with an address, in the form that tells whether two are the same.
///
/// # Errors
/// When the database can't be asked.
pub async fn by_address(database: &impl Database, company_id: &str, email: &str) -> Result<Option<Known>, StoreError> {
    database.row(statement!(BY_ADDRESS, company_id, email)).await
}
