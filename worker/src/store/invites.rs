//! Invites: the links that turn pending licences into ones in use.

use seatwise_domain::wire::{ClosedInvite, EventKind, InviteClosed, InviteView, ReservedLicence};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::events::{Event, word};
use super::{Actor, Database, Door, Statement, StoreError, decode_at, due, events, flag, look, people, statement, statements};

statements! {
    /// Writes an invite for each person, open for the company's number of days.
    INVITE = "
        INSERT INTO invites (company_id, member_id, nonce, token_hash, invited_by, invited_by_id, created_at, open_until, remind_at)
        SELECT ?2, value ->> 'member', value ->> 'nonce', value ->> 'token_hash', ?4, ?5, ?3,
          CAST(?3 AS INTEGER) + 86400000 * (SELECT invite_days FROM companies WHERE id = ?2),
          CAST(?3 AS INTEGER) + 86400000 * (SELECT coalesce(remind_first, remind_second) FROM companies WHERE id = ?2)
        FROM json_each(?1)";
    /// Writes the letter to each person.
    SEND = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, member_id, created_at, next_try_at)
        SELECT 'invite:' || (value ->> 'nonce'), value ->> 'typed', value ->> 'name', 'invite',
          json_object('company', companies.name, 'inviter', ?4, 'manager', value -> '$.manager', 'days', companies.invite_days),
          ?2, value ->> 'member', ?3, ?3
        FROM json_each(?1) JOIN companies ON companies.id = ?2";
    /// Writes an invite for each person who has not joined and for whom a licence was just drawn. A link that was sent
    /// before works no longer.
    INVITE_DRAWN = concat!("
        INSERT INTO invites (company_id, member_id, nonce, token_hash, invited_by, invited_by_id, created_at, open_until, remind_at)
        SELECT ?2, m.id, person.value ->> 'nonce', person.value ->> 'token_hash', coalesce(?4, (SELECT name FROM companies WHERE id = ?2)), ?5, ?3,
          CAST(?3 AS INTEGER) + 86400000 * (SELECT invite_days FROM companies WHERE id = ?2),
          CAST(?3 AS INTEGER) + 86400000 * (SELECT coalesce(remind_first, remind_second) FROM companies WHERE id = ?2)
        FROM ", people!(), " AS person
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = person.value ->> 'member' AND m.joined_at IS NULL
        WHERE EXISTS (SELECT 1 FROM licences l WHERE l.company_id = ?2 AND l.member_id = m.id
          AND l.id IN (person.value ->> 'user', person.value ->> 'content'))
        ON CONFLICT (company_id, member_id) DO UPDATE SET nonce = excluded.nonce, token_hash = excluded.token_hash,
          invited_by = excluded.invited_by, invited_by_id = excluded.invited_by_id, created_at = excluded.created_at,
          open_until = excluded.open_until, remind_at = excluded.remind_at, state = 'open', settled_at = NULL");
    /// Writes the letter to each of them.
    SEND_DRAWN = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, member_id, created_at, next_try_at, bulk)
        SELECT 'invite:' || i.nonce, m.email_typed, m.name, 'invite',
          json_object('company', c.name, 'inviter', coalesce(?4, c.name), 'manager', json(CASE m.is_manager WHEN 1 THEN 'true' ELSE 'false' END), 'days', c.invite_days),
          ?2, m.id, ?3, ?3, ?5
        FROM ", people!(), " AS person
        CROSS JOIN invites i ON i.company_id = ?2 AND i.member_id = person.value ->> 'member' AND i.nonce = person.value ->> 'nonce'
        CROSS JOIN members m ON m.company_id = ?2 AND m.id = i.member_id
        CROSS JOIN companies c ON c.id = ?2");
    /// The invite of a link, with what it reserves.
    FIND = "
        SELECT i.company_id, i.member_id, i.state, i.open_until, i.invited_by, c.name AS company, m.name, m.email, m.email_typed, m.is_manager,
          m.removed_at IS NOT NULL AS removed, m.suspended_at IS NOT NULL AS suspended, l.kind, l.ends_at
        FROM invites i
        JOIN companies c ON c.id = i.company_id
        JOIN members m ON m.company_id = i.company_id AND m.id = i.member_id
        LEFT JOIN licences l ON l.company_id = i.company_id AND l.member_id = i.member_id AND l.status = 'pending'
        WHERE i.token_hash = ?1";
    /// Closes an invite, if it is still open.
    ACCEPT = "
        UPDATE invites SET state = 'accepted', settled_at = ?3
        WHERE company_id = ?1 AND member_id = ?2 AND token_hash = ?4 AND state = 'open' AND open_until > ?3";
    /// Insists that the statement before has found its row.
    INSIST = "INSERT INTO assertions SELECT changes() = 1, 'invite_closed'";
    /// One event for each licence that comes into use.
    RECORD_ACTIVATED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state, ends_at)
        SELECT company_id, ?3, ?4, ?5, ?6, ?7, member_id, kind, 1, id, lot_id, 'pending', 'in_use', ends_at
        FROM licences WHERE company_id = ?1 AND member_id = ?2 AND status = 'pending' AND ends_at > ?3";
    /// Brings the pending licences into use. That needs no new seat: they were counted when they were drawn.
    ACTIVATE = "
        UPDATE licences SET status = 'in_use', activated_at = ?3
        WHERE company_id = ?1 AND member_id = ?2 AND status = 'pending' AND ends_at > ?3";
    /// The member has joined.
    JOIN = "
        UPDATE members SET joined_at = coalesce(joined_at, ?3), last_active_at = ?3
        WHERE company_id = ?1 AND id = ?2";
    /// Sends the open invites of an address once more: its owner tried to sign in before accepting.
    SEND_AGAIN = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, member_id, created_at, next_try_at)
        SELECT 'invite-again:' || ?2 || ':' || i.nonce, m.email_typed, m.name, 'invite',
          json_object('company', c.name, 'inviter', i.invited_by, 'manager', json(CASE m.is_manager WHEN 1 THEN 'true' ELSE 'false' END),
            'days', max(1, (i.open_until - CAST(?3 AS INTEGER)) / 86400000)),
          i.company_id, i.member_id, ?3, ?3
        FROM members m
        JOIN invites i ON i.company_id = m.company_id AND i.member_id = m.id AND i.state = 'open' AND i.open_until > ?3
        JOIN companies c ON c.id = m.company_id
        WHERE m.email = ?1 AND m.joined_at IS NULL AND m.removed_at IS NULL AND m.suspended_at IS NULL";
}

/// Invites the people of a JSON array: the rows and the letters.
#[must_use]
pub fn invite(company_id: &str, now: Instant, actor: &Actor, people: &str) -> [Statement; 2] {
    let inviter = actor.name.as_deref().unwrap_or_default();
    [
        statement!(INVITE, people, company_id, now, inviter, actor.id.as_deref()),
        statement!(SEND, people, company_id, now, inviter),
    ]
}

/// Who invites, by name; nobody where a directory does: then the company does.
fn inviter(actor: &Actor) -> Option<&str> {
    if actor.door == Door::DirectorySync { None } else { Some(actor.name.as_deref().unwrap_or_default()) }
}

/// The letters with the invites that bear the nonces of a JSON array.
pub(super) fn send_drawn(company_id: &str, now: Instant, actor: &Actor, people: &str) -> Statement {
    let bulk = matches!(actor.door, Door::Import | Door::DirectorySync);
    statement!(SEND_DRAWN, people, company_id, now, inviter(actor), bulk)
}

/// Invites those of the people of a JSON array who have not joined and for whom a licence was just drawn.
#[must_use]
pub fn invite_drawn(company_id: &str, now: Instant, actor: &Actor, people: &str) -> [Statement; 2] {
    let invited = statement!(INVITE_DRAWN, people, company_id, now, inviter(actor), actor.id.as_deref());
    [invited, send_drawn(company_id, now, actor, people)]
}

#[derive(Deserialize)]
struct Row {
    company_id: String,
    member_id: String,
    state: String,
    open_until: Instant,
    invited_by: String,
    company: String,
    name: Option<String>,
    email: String,
    email_typed: String,
    #[serde(deserialize_with = "flag")]
    is_manager: bool,
    #[serde(deserialize_with = "flag")]
    removed: bool,
    #[serde(deserialize_with = "flag")]
    suspended: bool,
    kind: Option<Kind>,
    ends_at: Option<Instant>,
}

impl Row {
    /// Why the invite can't be accepted. One whose licence is over would lead into an empty room; somebody who manages has
    /// business there all the same.
    fn closed(&self, empty: bool, now: Instant) -> Option<InviteClosed> {
        match self.state.as_str() {
            "accepted" => Some(InviteClosed::Accepted),
            "withdrawn" => Some(InviteClosed::Withdrawn),
            _ if self.removed => Some(InviteClosed::Withdrawn),
            _ if self.suspended => Some(InviteClosed::Suspended),
            "lapsed" => Some(InviteClosed::Lapsed),
            _ if self.open_until <= now => Some(InviteClosed::Lapsed),
            _ if empty && !self.is_manager => Some(InviteClosed::Over),
            _ => None,
        }
    }
}

/// An invite that can be accepted.
#[derive(Clone, Debug)]
pub struct OpenInvite {
    /// The company that invites.
    pub company_id: String,
    /// Who is invited.
    pub member_id: String,
    /// The address, in the form that tells whether two are the same.
    pub email: String,
    /// What the invited person sees.
    pub view: InviteView,
}

/// The invite of a link: open, or closed and why. Nothing where no invite has it.
///
/// # Errors
/// When the database can't be asked.
pub async fn find(
    database: &impl Database,
    token_hash: &str,
    now: Instant,
) -> Result<Option<Result<OpenInvite, ClosedInvite>>, StoreError> {
    let mut rows: Vec<Row> = database.rows(statement!(FIND, token_hash)).await?;
    if let Some(company_id) = rows.first().map(|row| row.company_id.clone())
        && due::is_due(database, &company_id, now).await?
    {
        due::catch_up(database, &company_id, now).await?;
        rows = database.rows(statement!(FIND, token_hash)).await?;
    }
    let Some(row) = rows.first() else { return Ok(None) };
    let (company_id, member_id) = (row.company_id.as_str(), row.member_id.as_str());
    let results = database.batch(vec![look::ask(company_id), look::ask_contact(company_id, Some(member_id))]).await?;
    let look = look::read(decode_at(&results, 0)?).look;
    let contact = look::contact(decode_at(&results, 1)?);
    let licences: Vec<ReservedLicence> = rows
        .iter()
        .filter_map(|row| row.kind.zip(row.ends_at))
        .map(|(kind, ends_at)| ReservedLicence { kind, ends_at })
        .filter(|licence| licence.ends_at > now)
        .collect();
    let (company, open_until) = (row.company.clone(), row.open_until);
    if let Some(closed) = row.closed(licences.is_empty(), now) {
        return Ok(Some(Err(ClosedInvite { closed, company, look, contact, open_until })));
    }
    Ok(Some(Ok(OpenInvite {
        company_id: row.company_id.clone(),
        member_id: row.member_id.clone(),
        email: row.email.clone(),
        view: InviteView {
            company,
            look,
            contact,
            invited_by: row.invited_by.clone(),
            name: row.name.clone(),
            email: row.email_typed.clone(),
            manager: row.is_manager,
            licences,
            open_until,
        },
    })))
}

/// Accepts an invite: its licences come into use and its member has joined. `session` starts the session, and ends the
/// one that the browser had before.
///
/// # Errors
/// The assertion `invite_closed` when it was accepted or withdrawn meanwhile.
pub async fn accept(
    database: &impl Database,
    invite: &OpenInvite,
    token_hash: &str,
    now: Instant,
    actor: &Actor,
    session: Vec<Statement>,
) -> Result<(), StoreError> {
    let (company, member) = (invite.company_id.as_str(), invite.member_id.as_str());
    let accepted =
        Event { member_id: Some(member), from: Some("invited"), to: Some("joined"), ..Event::new(EventKind::InviteAccepted) };
    let mut batch = vec![
        statement!(ACCEPT, company, member, now, token_hash),
        statement!(INSIST),
        events::record(company, now, actor, &accepted),
        statement!(
            RECORD_ACTIVATED,
            company,
            member,
            now,
            actor.door.as_str(),
            actor.id.as_deref(),
            actor.name.as_deref(),
            word(&EventKind::LicenceActivated),
        ),
        statement!(ACTIVATE, company, member, now),
        statement!(JOIN, company, member, now),
    ];
    batch.extend(session);
    database.batch(batch).await?;
    Ok(())
}
