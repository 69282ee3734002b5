//! Taking licences back: members removed, invites withdrawn, a licence given on to somebody else. The record and the
//! history of whoever held it stay.

use std::collections::HashSet;

use seatwise_domain::wire::EventKind;
use seatwise_domain::{Instant, Kind};
use serde_json::json;

use super::events::word;
use super::giving;
use super::members::{Adding, NewMember};
use super::{Actor, Database, Statement, StoreError, expiry, gate, invites, members, statement, statements};
use crate::auth::secret;

/// The live licences of the people in the JSON array ?1 in company ?2, of kind ?3 if there is one.
macro_rules! live_of {
    () => {
        "
        FROM json_each(?1) AS person
        CROSS JOIN licences l ON l.company_id = ?2 AND l.member_id = person.value ->> 'member' AND l.status <> 'ended'
        WHERE (?3 IS NULL OR l.kind = ?3)"
    };
}

statements! {
    /// One event for each licence that goes back: for reason ?8, or because an invite was withdrawn where it is pending
    /// and ?8 is nothing.
    RECORD_TAKEN_BACK = concat!(
        "INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state, other_member_id, belongs_to)
        SELECT ?2, ?4, ?5, ?6, ?7, 'licence_taken_back', l.member_id, l.kind, 1, l.id, l.lot_id, l.status,
          coalesce(?8, CASE l.status WHEN 'pending' THEN 'invite_withdrawn' ELSE 'removed' END), ?9, ?10", live_of!()
    );
    /// They go back to their lots.
    TAKE_BACK = concat!(
        "UPDATE licences SET status = 'ended', ended_at = ?4,
          ended_reason = coalesce(?5, CASE status WHEN 'pending' THEN 'invite_withdrawn' ELSE 'removed' END)
        WHERE (company_id, member_id, id) IN (SELECT l.company_id, l.member_id, l.id", live_of!(), ")"
    );
    /// One event for each open invite that is withdrawn, of people who hold no licence any more.
    RECORD_WITHDRAWN = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8, i.member_id, 'open', 'withdrawn'
        FROM json_each(?1) AS person
        CROSS JOIN invites i ON i.company_id = ?2 AND i.member_id = person.value ->> 'member' AND i.state = 'open'
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = i.member_id
        WHERE (m.removed_at IS NOT NULL OR m.is_manager = 0)
          AND NOT EXISTS (SELECT 1 FROM licences l WHERE l.company_id = ?2 AND l.member_id = i.member_id AND l.status <> 'ended')";
    /// They are withdrawn. The invite of a manager stays: managing needs no licence.
    WITHDRAW = "
        UPDATE invites SET state = 'withdrawn', settled_at = ?3
        WHERE company_id = ?2 AND member_id IN (SELECT value ->> 'member' FROM json_each(?1)) AND state = 'open'
          AND EXISTS (SELECT 1 FROM members m WHERE m.company_id = ?2 AND m.id = invites.member_id AND (m.removed_at IS NOT NULL OR m.is_manager = 0))
          AND NOT EXISTS (SELECT 1 FROM licences l WHERE l.company_id = ?2 AND l.member_id = invites.member_id AND l.status <> 'ended')";
    /// They wait for nothing any more.
    LEAVE_LINE = "
        DELETE FROM waiting WHERE company_id = ?2 AND member_id IN (SELECT value ->> 'member' FROM json_each(?1)) AND (?3 IS NULL OR kind = ?3)";
    /// One event for each who is removed.
    RECORD_REMOVED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state, other_member_id)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8, m.id, CASE WHEN m.joined_at IS NULL THEN 'invited' ELSE 'joined' END, 'removed', ?9
        FROM json_each(?1) AS person
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member'
        WHERE m.removed_at IS NULL";
    /// They are removed; the row stays. Whoever comes back later comes back as a learner: to manage, somebody has to be
    /// made a manager anew.
    REMOVE = "
        UPDATE members SET removed_at = ?3, is_manager = 0, is_learner = 1
        WHERE company_id = ?2 AND id IN (SELECT value ->> 'member' FROM json_each(?1)) AND removed_at IS NULL";
    /// Their sessions end at once.
    END_SESSIONS = "
        DELETE FROM sessions WHERE company_id = ?2 AND member_id IN (SELECT value ->> 'member' FROM json_each(?1))";
    /// Of the people ?1, those who haven't joined.
    PENDING = "
        SELECT m.id FROM json_each(?1) AS person CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member'
        WHERE m.joined_at IS NULL AND m.removed_at IS NULL";
    /// Insists that they still haven't.
    INSIST_PENDING = "
        INSERT INTO assertions SELECT count(*) = 0, 'changed_meanwhile'
        FROM json_each(?1) AS person CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' WHERE m.joined_at IS NOT NULL";
    /// Of the people ?1, those who don't manage.
    LEARNERS = "
        SELECT m.id FROM json_each(?1) AS person CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member'
        WHERE m.is_manager = 0";
    /// Insists that they still don't.
    INSIST_LEARNERS = "
        INSERT INTO assertions SELECT count(*) = 0, 'changed_meanwhile'
        FROM json_each(?1) AS person CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' WHERE m.is_manager = 1";
    /// Insists that a member holds a licence that can be given on.
    INSIST_HELD = "
        INSERT INTO assertions
        SELECT EXISTS (SELECT 1 FROM licences WHERE company_id = ?1 AND member_id = ?2 AND status <> 'ended'), 'nothing_held'";
    /// Insists that a member holds nothing yet.
    INSIST_FREE = "
        INSERT INTO assertions
        SELECT NOT EXISTS (SELECT 1 FROM licences WHERE company_id = ?1 AND member_id = ?2 AND status <> 'ended'), 'holds_already'";
    /// One event: who has whose licence.
    RECORD_REPLACED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, other_member_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8)";
    /// The same licences, those of the step ?7, for somebody else: the same lots, to their ends.
    HAND_OVER = "
        INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
        SELECT ?1, m.id, CASE old.kind WHEN 'user' THEN ?4 ELSE ?5 END, old.lot_id, old.kind,
          CASE WHEN m.joined_at IS NULL THEN 'pending' ELSE 'in_use' END, ?6, CASE WHEN m.joined_at IS NULL THEN NULL ELSE ?6 END,
          CASE WHEN coalesce(m.licences_end_at, g.licences_end_at) > ?6 AND coalesce(m.licences_end_at, g.licences_end_at) < lots.ends_at
            THEN coalesce(m.licences_end_at, g.licences_end_at) ELSE lots.ends_at END, CAST(?6 AS INTEGER) / 86400000
        FROM events e INDEXED BY events_by_member
        CROSS JOIN licences old ON old.company_id = ?1 AND old.member_id = ?2 AND old.id = e.licence_id
        CROSS JOIN lots ON lots.company_id = ?1 AND lots.id = old.lot_id
        CROSS JOIN members m ON m.company_id = ?1 AND m.id = ?3
        LEFT JOIN groups g ON g.company_id = ?1 AND g.id = m.group_id
        WHERE e.company_id = ?1 AND e.member_id = ?2 AND e.what = 'licence_taken_back' AND e.belongs_to = ?7";
    /// One event for each licence that has changed hands.
    RECORD_HANDED_OVER = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, order_id, to_state, ends_at, other_member_id)
        SELECT ?1, ?3, ?4, ?5, ?6, ?7, l.member_id, l.kind, 1, l.id, l.lot_id, lots.order_id, l.status, l.ends_at, ?8
        FROM licences l CROSS JOIN lots ON lots.company_id = ?1 AND lots.id = l.lot_id
        WHERE l.company_id = ?1 AND l.member_id = ?2 AND l.id IN (?9, ?10)";
}

/// The JSON array of `{"member": id}`, each once.
pub(super) fn people(members: &[String]) -> String {
    let mut seen = HashSet::new();
    let person = |member: &String| seen.insert(member.clone()).then(|| json!({ "member": member }));
    json!(members.iter().filter_map(person).collect::<Vec<_>>()).to_string()
}

/// Of the members, those for whom `$sql` says so.
async fn those(database: &impl Database, company_id: &str, members: &[String], sql: &'static str) -> Result<String, StoreError> {
    #[derive(serde::Deserialize)]
    struct Row {
        id: String,
    }
    let rows: Vec<Row> = database.rows(statement!(sql, people(members), company_id)).await?;
    Ok(people(&rows.into_iter().map(|row| row.id).collect::<Vec<_>>()))
}

/// Takes licences back from members, who stay members: the one of a kind, or all (`kind` is nothing). Where one is
/// pending, the invite is withdrawn with it. `pending_only`: whoever has joined keeps theirs.
///
/// # Errors
/// The assertion `unknown_member`; `changed_meanwhile` when somebody joins at this moment.
pub async fn take_back(
    database: &impl Database,
    company_id: &str,
    members: &[String],
    kind: Option<Kind>,
    pending_only: bool,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let json = if pending_only { those(database, company_id, members, PENDING).await? } else { people(members) };
    let mut batch = vec![statement!(giving::INSIST_KNOWN, json.as_str(), company_id)];
    if pending_only {
        batch.push(statement!(INSIST_PENDING, json.as_str(), company_id));
    }
    batch.extend(expiry::of(company_id, now, &json));
    batch.extend(end(company_id, &json, kind, now, actor, Because::default()));
    batch.push(statement!(LEAVE_LINE, json.as_str(), company_id, kind.map(Kind::as_str)));
    batch.extend(withdraw(company_id, &json, true, now, actor));
    batch.extend(gate::settle_all(company_id, now, actor));
    database.batch(batch).await?;
    Ok(())
}

/// Removes members: their licences go back to their lots, their invites are withdrawn and their sessions end. Their
/// records and histories stay. `keep_managers`: whoever manages stays.
///
/// # Errors
/// The assertion `unknown_member`; `changed_meanwhile` when somebody becomes a manager at this moment.
pub async fn remove(
    database: &impl Database,
    company_id: &str,
    members: &[String],
    keep_managers: bool,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let json = if keep_managers { those(database, company_id, members, LEARNERS).await? } else { people(members) };
    let mut batch = vec![statement!(giving::INSIST_KNOWN, json.as_str(), company_id)];
    if keep_managers {
        batch.push(statement!(INSIST_LEARNERS, json.as_str(), company_id));
    }
    batch.extend(expiry::of(company_id, now, &json));
    batch.extend(leave(company_id, &json, now, actor, Because { reason: Some("removed"), ..Because::default() }));
    batch.extend(gate::settle_all(company_id, now, actor));
    database.batch(batch).await?;
    Ok(())
}

/// Who a licence is given on to.
#[derive(Clone, Debug)]
pub enum Successor {
    /// Somebody new.
    New(NewMember),
    /// A member who holds nothing, by id.
    Member(String),
}

/// Whose licences go to whom.
#[derive(Clone, Debug)]
pub struct Replacing<'a> {
    /// Who holds them.
    pub member_id: &'a str,
    /// Whether the holder stays a member, to manage.
    pub stays: bool,
    /// Who gets them.
    pub successor: Successor,
}

/// Gives the licences of one member on to somebody else in one step: the same licences, another person, a new invite.
/// Whoever held them leaves, unless they manage.
///
/// # Errors
/// The assertions `nothing_held`, `holds_already` and `suspended_member`.
pub async fn replace(
    database: &impl Database,
    adding: &Adding<'_>,
    replacing: &Replacing<'_>,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let (company_id, member_id, successor) = (adding.company_id, replacing.member_id, &replacing.successor);
    let (door, actor_id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let (user, content) = (secret::new_id()?, secret::new_id()?);
    let (nonce, step) = (secret::new_id()?, secret::new_id()?);
    let token_hash = secret::hash(&secret::derive(adding.token_key, secret::Purpose::Invite, &nonce));
    let next = match successor {
        Successor::New(new) => new.id.as_str(),
        Successor::Member(id) => id.as_str(),
    };
    let before = people(&[member_id.to_owned()]);
    let after =
        json!([{ "member": next, "user": user, "content": content, "nonce": nonce, "token_hash": token_hash }]).to_string();
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend(expiry::of(company_id, now, &before));
    batch.push(statement!(INSIST_HELD, company_id, member_id));
    match successor {
        Successor::New(new) => batch.extend(members::write_down(adding, core::slice::from_ref(new), now, actor)?),
        Successor::Member(_) => {
            batch.extend(expiry::of(company_id, now, &after));
            batch.push(statement!(INSIST_FREE, company_id, next));
            batch.push(statement!(giving::INSIST_ACTIVE, after.as_str(), company_id));
            let what = word(&EventKind::MemberReactivated);
            batch.push(statement!(giving::RECORD_REACTIVATED, after.as_str(), company_id, now, door, actor_id, name, what));
            batch.push(statement!(giving::REACTIVATE, after.as_str(), company_id, now));
            batch.push(statement!(LEAVE_LINE, after.as_str(), company_id, None::<&str>));
        }
    }
    let why = Because { reason: Some("replaced"), other: Some(next), step: Some(&step) };
    if replacing.stays {
        batch.extend(end(company_id, &before, None, now, actor, why));
        batch.extend(withdraw(company_id, &before, false, now, actor));
    } else {
        batch.extend(leave(company_id, &before, now, actor, why));
    }
    batch.push(statement!(HAND_OVER, company_id, member_id, next, user.as_str(), content.as_str(), now, step.as_str()));
    batch.push(statement!(
        RECORD_HANDED_OVER,
        company_id,
        next,
        now,
        door,
        actor_id,
        name,
        word(&EventKind::LicenceDrawn),
        member_id,
        user.as_str(),
        content.as_str(),
    ));
    let replaced = word(&EventKind::MemberReplaced);
    batch.push(statement!(RECORD_REPLACED, company_id, now, door, actor_id, name, replaced, next, member_id));
    batch.extend(invites::invite_drawn(company_id, now, actor, &after));
    batch.push(statement!(giving::TELL_GIVEN, after.as_str(), company_id, now));
    database.batch(batch).await?;
    Ok(())
}

/// Why licences end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Because<'a> {
    /// The reason; nothing: they were taken back, or the invite was withdrawn where they are pending.
    pub(super) reason: Option<&'a str>,
    /// Who gets them instead.
    pub(super) other: Option<&'a str>,
    /// The step in which they change hands.
    pub(super) step: Option<&'a str>,
}

/// Ends the live licences of people.
fn end(company_id: &str, people: &str, kind: Option<Kind>, now: Instant, actor: &Actor, why: Because<'_>) -> [Statement; 2] {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let kind = kind.map(Kind::as_str);
    [
        statement!(RECORD_TAKEN_BACK, people, company_id, kind, now, door, id, name, why.reason, why.other, why.step),
        statement!(TAKE_BACK, people, company_id, kind, now, why.reason),
    ]
}

/// Withdraws the open invites of people who hold no licence any more and don't manage.
fn withdraw(company_id: &str, people: &str, headline: bool, now: Instant, actor: &Actor) -> [Statement; 2] {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let what = word(&EventKind::InviteWithdrawn);
    [
        statement!(RECORD_WITHDRAWN, people, company_id, now, door, id, name, what, headline),
        statement!(WITHDRAW, people, company_id, now),
    ]
}

/// People stay members, and hold nothing any more: licences, waiting, invites.
pub(super) fn release(company_id: &str, people: &str, now: Instant, actor: &Actor) -> Vec<Statement> {
    let why = Because { reason: Some("removed"), ..Because::default() };
    let mut batch = end(company_id, people, None, now, actor, why).to_vec();
    batch.push(statement!(LEAVE_LINE, people, company_id, None::<&str>));
    batch.extend(withdraw(company_id, people, false, now, actor));
    batch
}

/// The same for people who are no longer active; their sessions end too.
pub(super) fn suspend(company_id: &str, people: &str, now: Instant, actor: &Actor) -> Vec<Statement> {
    let mut batch = release(company_id, people, now, actor);
    batch.push(statement!(END_SESSIONS, people, company_id));
    batch
}

/// People leave: licences, waiting, invites, sessions, membership.
pub(super) fn leave(company_id: &str, people: &str, now: Instant, actor: &Actor, why: Because<'_>) -> Vec<Statement> {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let what = word(&EventKind::MemberRemoved);
    // What is a step of something larger has its event there.
    let headline = why.other.is_none() && why.step.is_none();
    let mut batch = end(company_id, people, None, now, actor, why).to_vec();
    batch.push(statement!(LEAVE_LINE, people, company_id, None::<&str>));
    batch.push(statement!(RECORD_REMOVED, people, company_id, now, door, id, name, what, headline, why.other));
    batch.push(statement!(REMOVE, people, company_id, now));
    batch.extend(withdraw(company_id, people, false, now, actor));
    batch.push(statement!(END_SESSIONS, people, company_id));
    batch
}
