//! What is done with many members at once, beyond giving and taking back: what it would change, invites sent again, letters
//! to those who weren't active for long.

use seatwise_domain::Instant;
use seatwise_domain::wire::{BulkAction, BulkEffect, EventKind};
use serde::{Deserialize, Serialize};

use super::events::word;
use super::{Actor, Database, Rows as _, StoreError, invites, statement, statements};
use crate::auth::secret;

statements! {
    /// What the members of the JSON array ?2 are and hold, counted.
    FACTS = "
        WITH person AS (
          SELECT m.removed_at IS NOT NULL AS removed, m.is_manager, m.joined_at IS NOT NULL AS joined,
            (SELECT l.status FROM licences l WHERE l.company_id = m.company_id AND l.member_id = m.id AND l.kind = 'user' AND l.status <> 'ended') AS user,
            (SELECT l.status FROM licences l WHERE l.company_id = m.company_id AND l.member_id = m.id AND l.kind = 'content' AND l.status <> 'ended') AS content,
            EXISTS (SELECT 1 FROM invites i WHERE i.company_id = m.company_id AND i.member_id = m.id AND i.state = 'open') AS invited,
            m.standing = 'in_use' AS active
          FROM json_each(?2) AS listed CROSS JOIN members m ON m.company_id = ?1 AND m.id = listed.value
        )
        SELECT count(*) AS people, coalesce(sum(removed), 0) AS removed, coalesce(sum(NOT removed AND is_manager), 0) AS managers,
          coalesce(sum(NOT removed AND NOT joined AND invited), 0) AS invited,
          coalesce(sum(NOT removed AND NOT joined AND (user IS NOT NULL OR content IS NOT NULL)), 0) AS pending,
          coalesce(sum(NOT removed AND NOT joined AND user IS NOT NULL), 0) AS pending_user,
          coalesce(sum(NOT removed AND NOT joined AND content IS NOT NULL), 0) AS pending_content,
          coalesce(sum(user IS NULL), 0) AS without_user,
          coalesce(sum(content IS NULL), 0) AS without_content,
          coalesce(sum(user IS NULL AND content IS NULL), 0) AS without_both,
          coalesce(sum(NOT removed AND user IS NOT NULL), 0) AS with_user,
          coalesce(sum(NOT removed AND content IS NOT NULL), 0) AS with_content,
          coalesce(sum(NOT removed AND (user IS NOT NULL OR content IS NOT NULL)), 0) AS with_any,
          coalesce(sum(NOT removed AND NOT is_manager AND user IS NOT NULL), 0) AS leaving_user,
          coalesce(sum(NOT removed AND NOT is_manager AND content IS NOT NULL), 0) AS leaving_content,
          coalesce(sum(NOT removed AND active), 0) AS active
        FROM person";
    /// One event for each of the people ?1 whose open invite is sent again.
    RECORD_AGAIN = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, from_state, to_state)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, i.member_id, 'open', 'open'
        FROM json_each(?1) AS person
        CROSS JOIN invites i ON i.company_id = ?2 AND i.member_id = person.value ->> 'member' AND i.state = 'open'
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = i.member_id AND m.joined_at IS NULL AND m.removed_at IS NULL";
    /// They get new links, open for the company's number of days from now; the old ones work no longer.
    RENEW = "
        WITH again AS MATERIALIZED (
          SELECT m.company_id, m.id AS member, person.value ->> 'nonce' AS nonce, person.value ->> 'token_hash' AS token_hash,
            CAST(?3 AS INTEGER) + 86400000 * c.invite_days AS open_until,
            CAST(?3 AS INTEGER) + 86400000 * coalesce(c.remind_first, c.remind_second) AS remind_at
          FROM json_each(?1) AS person
          CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' AND m.joined_at IS NULL AND m.removed_at IS NULL
          CROSS JOIN invites i ON i.company_id = ?2 AND i.member_id = m.id AND i.state = 'open'
          CROSS JOIN companies c ON c.id = ?2
        )
        UPDATE invites SET nonce = again.nonce, token_hash = again.token_hash, invited_by = ?4, invited_by_id = ?5, created_at = ?3, open_until = again.open_until, remind_at = again.remind_at
        FROM again WHERE invites.company_id = again.company_id AND invites.member_id = again.member";
    /// One event for each of the people ?1 who is written to: who holds a licence in use and wasn't written to in week ?8.
    RECORD_REMINDED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id)
        SELECT ?2, ?3, ?4, ?5, ?6, ?7, m.id
        FROM json_each(?1) AS person
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' AND m.standing = 'in_use'
        WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.cause = 'inactive:' || m.id || ':' || CAST(?8 AS INTEGER) AND o.receiver = m.email_typed)";
    /// The letters to them: ?4 is the week.
    REMIND = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'inactive:' || m.id || ':' || CAST(?4 AS INTEGER), m.email_typed, m.name, 'inactive',
          json_object('company', c.name, 'since', m.active_on * 86400000), ?2, ?3, ?3
        FROM json_each(?1) AS person
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' AND m.standing = 'in_use'
        CROSS JOIN companies c ON c.id = ?2
        ON CONFLICT (cause, receiver) DO NOTHING";
}

#[derive(Deserialize)]
struct Facts {
    people: i64,
    removed: i64,
    managers: i64,
    invited: i64,
    pending: i64,
    pending_user: i64,
    pending_content: i64,
    without_user: i64,
    without_content: i64,
    without_both: i64,
    with_user: i64,
    with_content: i64,
    with_any: i64,
    leaving_user: i64,
    leaving_content: i64,
    active: i64,
}

/// What doing something with many would change. It changes nothing.
///
/// # Errors
/// When the database can't be asked.
pub async fn preview(
    database: &impl Database,
    company_id: &str,
    action: BulkAction,
    members: &[String],
    content_with_user: bool,
) -> Result<BulkEffect, StoreError> {
    let json = serde_json::to_string(members).map_err(|error| StoreError::Failed(error.to_string()))?;
    let Some(facts) = database.row::<Facts>(statement!(FACTS, company_id, json)).await? else { return Ok(BulkEffect::default()) };
    let present = facts.people.saturating_sub(facts.removed);
    let (people, user, content) = match action {
        BulkAction::InviteAgain => (facts.invited, 0, 0),
        BulkAction::Withdraw => (facts.pending, facts.pending_user, facts.pending_content),
        BulkAction::Give if content_with_user => {
            let people = facts.without_user.saturating_add(facts.without_content).saturating_sub(facts.without_both);
            (people, facts.without_user.saturating_neg(), facts.without_content.saturating_neg())
        }
        BulkAction::Give => (facts.without_user, facts.without_user.saturating_neg(), 0),
        BulkAction::GiveContent => (facts.without_content, 0, facts.without_content.saturating_neg()),
        BulkAction::TakeBackContent => (facts.with_content, 0, facts.with_content),
        BulkAction::TakeBack => (facts.with_any, facts.with_user, facts.with_content),
        BulkAction::Move | BulkAction::SetEnd => (present, 0, 0),
        BulkAction::Remind => (facts.active, 0, 0),
        BulkAction::Remove => (present.saturating_sub(facts.managers), facts.leaving_user, facts.leaving_content),
    };
    let managers = if action == BulkAction::Remove { facts.managers } else { 0 };
    let asked = i64::try_from(members.len()).unwrap_or(i64::MAX);
    Ok(BulkEffect { people, left_alone: asked.saturating_sub(people), managers, user, content })
}

#[derive(Serialize)]
struct Person<'a> {
    member: &'a str,
    nonce: String,
    token_hash: String,
}

/// Sends the open invites of members again, with new links; says to how many.
///
/// # Errors
/// When the database takes nothing.
pub async fn invite_again(
    database: &impl Database,
    company_id: &str,
    token_key: &str,
    members: &[String],
    now: Instant,
    actor: &Actor,
) -> Result<i64, StoreError> {
    let results = database.batch(inviting_again(company_id, token_key, members, now, actor)?.into()).await?;
    Ok(results.first().map_or(0, |recorded| recorded.changes()))
}

/// The statements that do so, for a batch that does more.
pub(super) fn inviting_again(
    company_id: &str,
    token_key: &str,
    members: &[String],
    now: Instant,
    actor: &Actor,
) -> Result<[super::Statement; 3], StoreError> {
    let person = |member| {
        let nonce = secret::new_id()?;
        let token_hash = secret::hash(&secret::derive(token_key, secret::Purpose::Invite, &nonce));
        Ok(Person { member, nonce, token_hash })
    };
    let people = members.iter().map(|member| person(member)).collect::<Result<Vec<_>, StoreError>>()?;
    let json = serde_json::to_string(&people).map_err(|error| StoreError::Failed(error.to_string()))?;
    let json = json.as_str();
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    Ok([
        statement!(RECORD_AGAIN, json, company_id, now, door, id, name, word(&EventKind::InviteSent)),
        statement!(RENEW, json, company_id, now, name.unwrap_or_default(), id),
        invites::send_drawn(company_id, now, actor, json),
    ])
}

/// Writes to members who weren't active for long, at most once a week to each; says to how many.
///
/// # Errors
/// When the database takes nothing.
pub async fn remind(
    database: &impl Database,
    company_id: &str,
    members: &[String],
    now: Instant,
    actor: &Actor,
) -> Result<i64, StoreError> {
    let people: Vec<_> = members.iter().map(|member| serde_json::json!({ "member": member })).collect();
    let json = serde_json::json!(people).to_string();
    let json = json.as_str();
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let week = now.0.div_euclid(7 * seatwise_domain::time::DAY);
    let results = database
        .batch(vec![
            statement!(RECORD_REMINDED, json, company_id, now, door, id, name, word(&EventKind::MemberReminded), week),
            statement!(REMIND, json, company_id, now, week),
        ])
        .await?;
    Ok(results.first().map_or(0, |recorded| recorded.changes()))
}
