//! Writing down what a directory says of a user, and doing what follows for the member and the licences, in one
//! transaction.

use seatwise_domain::matching::fold;
use seatwise_domain::policy::{SyncScope, SyncShortage};
use seatwise_domain::wire::{EventKind, SyncEvent, SyncLicence, SyncProblem};
use seatwise_domain::{EmailAddress, Instant, Kind};
use serde::Deserialize;
use serde_json::json;

use super::person::Person;
use super::users::{InGroup, MemberNow, Stored};
use crate::auth::secret;
use crate::store::events::{self, Event, word};
use crate::store::gate::{self, Drawing, Shortage};
use crate::store::members::{Adding, NewMember};
use crate::store::sync::{self, Directory};
use crate::store::taking::{self, Because};
use crate::store::{
    Actor, Database, Door, Rows, Statement, StoreError, decode_at, expiry, giving, groups as seatwise_groups, invites, members,
    statement, statements,
};

statements! {
    /// Writes a user down.
    INSERT = "
        INSERT INTO directory_users (company_id, id, member_id, user_name, external_id, email, active, settled, data, created_at, modified_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)";
    /// Changes a user, if nobody else has meanwhile.
    UPDATE = "
        UPDATE directory_users SET member_id = ?3, user_name = ?4, external_id = ?5, email = ?6, active = ?7, settled = ?8, data = ?9,
          modified_at = ?10, version = version + 1
        WHERE company_id = ?1 AND id = ?2 AND version = ?11";
    /// Links a user to a member; the directory's own view of it stays as it is.
    SETTLE = "UPDATE directory_users SET member_id = ?3, settled = 1 WHERE company_id = ?1 AND id = ?2 AND version = ?4";
    /// Insists that the statement before has found its row.
    INSIST_UNCHANGED = "INSERT INTO assertions SELECT changes() = 1, 'changed_meanwhile'";
    /// Insists that a user still is, or isn't, in a group that gives licences.
    INSIST_LICENSED = "
        INSERT INTO assertions SELECT EXISTS (
          SELECT 1 FROM directory_groups g CROSS JOIN directory_memberships x ON x.company_id = g.company_id AND x.group_id = g.id AND x.user_id = ?2
          WHERE g.company_id = ?1 AND g.licensed = 1) = ?3, 'changed_meanwhile'";
    /// The addresses that a user no longer has: those not in the JSON array ?3.
    DROP_ADDRESSES = "
        DELETE FROM directory_addresses
        WHERE company_id = ?1 AND user_id = ?2 AND email IN (SELECT value FROM json_each(?4)) AND email NOT IN (SELECT value FROM json_each(?3))";
    /// The addresses of a user.
    ADD_ADDRESSES = "
        INSERT INTO directory_addresses (company_id, email, user_id) SELECT ?1, value, ?2 FROM json_each(?3) WHERE true
        ON CONFLICT (company_id, email, user_id) DO NOTHING";
    /// Takes a user out of groups, a JSON array.
    LEAVE_GROUPS = "
        DELETE FROM directory_memberships WHERE company_id = ?1 AND user_id = ?2 AND group_id IN (SELECT value FROM json_each(?3))";
    /// Notes that members of those groups have gone.
    TOUCH_GROUPS = "
        UPDATE directory_groups SET modified_at = ?3, version = version + 1
        WHERE company_id = ?1 AND id IN (SELECT value FROM json_each(?2))";
    /// Takes a user away.
    DELETE = "DELETE FROM directory_users WHERE company_id = ?1 AND id = ?2 AND version = ?3";
    /// New members have joined at once, without an invite.
    JOIN = "UPDATE members SET joined_at = ?3 WHERE company_id = ?1 AND id = ?2 AND joined_at IS NULL";
    /// Their invites need no answer any more.
    CLOSE_INVITE = "UPDATE invites SET state = 'accepted', settled_at = ?3 WHERE company_id = ?1 AND member_id = ?2 AND state = 'open'";
    /// The member's name is as the directory has it.
    RENAME = "
        UPDATE members SET name = ?3, sort_name = coalesce(?4, email), last_name_first = ?5
        WHERE company_id = ?1 AND id = ?2 AND name IS NOT ?3";
    /// The member is no longer active in the directory.
    SUSPEND = "UPDATE members SET suspended_at = ?3 WHERE company_id = ?1 AND id = ?2 AND suspended_at IS NULL";
    /// The member is active there again.
    RESUME = "UPDATE members SET suspended_at = NULL WHERE company_id = ?1 AND id = ?2";
    /// Whoever comes to manage by a group.
    PROMOTE = "
        UPDATE members SET is_manager = 1, manages_by_sync = 1 WHERE company_id = ?1 AND id = ?2 AND is_manager = 0";
    /// What has become of a member's licences at this moment.
    OUTCOME = "
        SELECT l.kind, CASE WHEN l.status = 'ended' THEN 'taken_back' WHEN lots.overdraft THEN 'overdrawn' ELSE 'drawn' END AS outcome, o.number AS \"order\"
        FROM licences l
        CROSS JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id
        LEFT JOIN orders o ON o.company_id = lots.company_id AND o.id = lots.order_id
        WHERE l.company_id = ?1 AND l.member_id = ?2 AND CASE l.status WHEN 'ended' THEN l.ended_at = ?3 ELSE l.allocated_at = ?3 END
        UNION ALL
        SELECT kind, 'waiting', NULL FROM waiting WHERE company_id = ?1 AND member_id = ?2 AND since = ?3";
}

/// What saving needs to know besides.
#[derive(Clone, Copy, Debug)]
pub struct Saving<'a> {
    /// The directory.
    pub directory: &'a Directory,
    /// When.
    pub now: Instant,
    /// The key that invite links are derived from.
    pub token_key: &'a str,
}

impl Saving<'_> {
    /// Who does it, for the history.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { door: Door::DirectorySync, id: Some(self.directory.id.clone()), name: Some(self.directory.name.clone()) }
    }

    /// Which kinds of licence a user gets.
    pub(super) fn kinds(&self) -> &'static [Kind] {
        if self.directory.content_with_user { &[Kind::User, Kind::Content] } else { &[Kind::User] }
    }

    /// What happens where there are too few.
    pub(super) const fn shortage(&self) -> Shortage {
        match self.directory.sync_shortage {
            SyncShortage::Overdraw => Shortage::Overdraw,
            SyncShortage::Wait => Shortage::Wait,
            SyncShortage::Refuse => Shortage::Refuse,
        }
    }
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What it was, in a word.
    pub what: SyncEvent,
    /// The member that it concerned.
    pub member_id: Option<String>,
    /// What became of licences.
    pub licences: Vec<SyncLicence>,
    /// What is not wholly as it should be.
    pub problem: Option<SyncProblem>,
}

/// What happens to the member.
enum Plan {
    /// There is none, and none comes.
    Nobody,
    /// Somebody new.
    Added(NewMember),
    /// A member becomes this user.
    Adopted(MemberNow),
    /// The member that it is already.
    Kept(MemberNow),
}

/// A user who is to be saved.
#[derive(Clone, Debug)]
pub struct ToSave<'a> {
    /// The user's id.
    pub id: &'a str,
    /// The user as it was; nothing where it is new.
    pub before: Option<&'a Stored>,
    /// What the directory says of it now.
    pub person: &'a Person,
    /// The member with its address.
    pub member: Option<MemberNow>,
    /// Whether what was held back is done now: the directory has said nothing new.
    pub settling: bool,
}

impl ToSave<'_> {
    /// Whether somebody else has the address, and keeps it: directories may say the same of two users, while nobody here
    /// has another's.
    pub(super) fn shares(&self) -> bool {
        let own = self.before.and_then(|before| before.member.as_ref());
        self.member.as_ref().is_some_and(|member| match own {
            Some(own) => own.id != member.id,
            None => member.user.as_deref().is_some_and(|other| other != self.id),
        })
    }
}

/// The statements that save one user, and what is known of the outcome before they run.
pub(super) struct Planned {
    pub(super) batch: Vec<Statement>,
    pub(super) saved: Saved,
    /// Whether the last statement asks what became of licences.
    pub(super) asks: bool,
}

/// Saves a user.
///
/// # Errors
/// `Conflict` on `directory_users.user_name` when another user has the name, on `members.email` when another has come to
/// the address meanwhile; the assertion `changed_meanwhile`; one that [`gate::short_of`] reads when there are too few licences.
pub async fn save(database: &impl Database, saving: &Saving<'_>, user: &ToSave<'_>) -> Result<Saved, StoreError> {
    let planned = plan(saving, user)?;
    let results = database.batch(planned.batch).await?;
    outcome(&results, planned.saved, planned.asks)
}

/// Saves a new user of a directory that was looked at a moment ago, in one go: nobody is looked up before. It works for
/// somebody who was never heard of, for whom there is a licence; whatever else there is fails as a whole.
///
/// # Errors
/// The assertion `directory_changed`, and all that [`save`] says; nothing has happened then.
pub async fn save_unseen(
    database: &impl Database,
    saving: &Saving<'_>,
    token_hash: &str,
    user: &ToSave<'_>,
) -> Result<Saved, StoreError> {
    let planned = plan(saving, user)?;
    let mut batch = vec![sync::insist_same(token_hash, saving.now, saving.directory)];
    batch.extend(planned.batch);
    let results = database.batch(batch).await?;
    outcome(&results, planned.saved, planned.asks)
}

pub(super) fn outcome(results: &[impl Rows], mut saved: Saved, asks: bool) -> Result<Saved, StoreError> {
    #[derive(Deserialize)]
    struct Row {
        kind: Kind,
        outcome: seatwise_domain::wire::SyncOutcome,
        order: Option<seatwise_domain::order::OrderNumber>,
    }
    if asks {
        let rows: Vec<Row> = decode_at(results, results.len().saturating_sub(1))?;
        saved.licences =
            rows.into_iter().map(|row| SyncLicence { kind: row.kind, outcome: row.outcome, order: row.order }).collect();
    }
    Ok(saved)
}

/// The statements that save one user.
pub(super) fn plan(saving: &Saving<'_>, user: &ToSave<'_>) -> Result<Planned, StoreError> {
    let (directory, now, person) = (saving.directory, saving.now, user.person);
    let (company_id, dry, actor) = (directory.company_id.as_str(), directory.sync_dry_run, saving.actor());
    let was_active = user.before.is_some_and(|before| before.active);
    let member = member_plan(user, dry)?;
    let in_scope = directory.sync_scope == SyncScope::Everybody || user.before.is_some_and(Stored::licensed);
    let fresh = matches!(member, Plan::Added(_) | Plan::Adopted(_));
    let (member_id, joined, removed, suspended) = match &member {
        Plan::Nobody => (None, false, false, false),
        Plan::Added(new) => (Some(new.id.clone()), false, false, false),
        Plan::Adopted(member) | Plan::Kept(member) => (Some(member.id.clone()), member.joined, member.removed, member.suspended),
    };
    let resumes = person.active && (!was_active || fresh);
    let gives = !dry && member_id.is_some() && person.active && in_scope && (resumes || (user.settling && !removed));
    let ends = !dry && member_id.is_some() && !person.active && !suspended && !removed;
    let mut batch = Vec::new();
    let mut added = None;
    if let Plan::Added(new) = &member {
        let adding = Adding {
            company_id,
            content_with_user: directory.content_with_user,
            token_key: saving.token_key,
            shortage: saving.shortage(),
            belongs_to: Some(&directory.name),
        };
        // Whoever is given licences at once stands so from the beginning.
        let people = members::listed(&adding, core::slice::from_ref(new), gives)?;
        batch.extend(members::add_rows(&adding, &people, now, &actor));
        added = Some(people);
    }
    // Whoever waits for another's address is looked at again when that is free.
    let as_before = || user.before.is_some_and(|before| before.settled) && was_active == person.active;
    let settled = !(user.shares() && person.active) && (!dry || as_before());
    batch.extend(write(company_id, user, member_id.as_deref(), settled, now));
    if let (SyncScope::Groups, Some(before), true) = (directory.sync_scope, user.before, was_active != person.active) {
        batch.push(statement!(INSIST_LICENSED, company_id, user.id, before.licensed()));
    }
    if let (Some(id), false) = (member_id.as_deref(), dry) {
        let people = taking::people(&[id.to_owned()]);
        if let Plan::Adopted(member) | Plan::Kept(member) = &member {
            batch.extend(adjust(saving, member, user, &actor)?);
        }
        if fresh {
            batch.extend(group_of(saving, id, user.before, &actor));
        }
        if resumes && suspended {
            let resumed = Event { member_id: Some(id), ..Event::new(EventKind::MemberResumed) };
            batch.push(events::record(company_id, now, &actor, &resumed));
            batch.push(statement!(RESUME, company_id, id));
        }
        if gives {
            if let Some(people) = &added {
                batch.extend(give_first(saving, id, people, &actor));
            } else {
                let asked = giving::asked(saving.token_key, core::iter::once(id), saving.kinds())?;
                batch.extend(expiry::of(company_id, now, &people));
                if directory.sync_activates && !joined {
                    batch.extend(join(company_id, id, now, &actor));
                }
                let how = (saving.kinds(), saving.shortage());
                batch.extend(giving::give_to(company_id, &asked, how, false, now, &actor, Some(&directory.name)));
            }
        }
        if ends {
            let noted = Event { member_id: Some(id), ..Event::new(EventKind::MemberSuspended) };
            batch.extend(expiry::of(company_id, now, &people));
            batch.push(events::record(company_id, now, &actor, &noted));
            batch.push(statement!(SUSPEND, company_id, id, now));
            batch.extend(taking::suspend(company_id, &people, now, &actor));
            batch.extend(gate::settle_all(company_id, now, &actor));
        }
        if gives || ends {
            batch.push(statement!(OUTCOME, company_id, id, now));
        }
    }
    let what = match (user.before, &member) {
        (None, Plan::Adopted(_)) => SyncEvent::UserAdopted,
        (None, _) => SyncEvent::UserCreated,
        (Some(before), _) if before.active && !person.active => SyncEvent::UserDeactivated,
        (Some(before), _) if !before.active && person.active => SyncEvent::UserActivated,
        _ => SyncEvent::UserChanged,
    };
    let problem = match &member {
        _ if person.active && user.shares() => Some(SyncProblem::Taken),
        Plan::Nobody if person.active && person.email.is_none() => Some(SyncProblem::NoAddress),
        Plan::Adopted(member) | Plan::Kept(member) if !dry && keeps_address(member, person) => Some(SyncProblem::ManagersAddress),
        _ => None,
    };
    Ok(Planned { batch, saved: Saved { what, member_id, licences: Vec::new(), problem }, asks: gives || ends })
}

/// Whether the directory has another address for somebody who manages and has joined: that is not changed by a sync, because
/// whoever has the address can sign in as them.
fn keeps_address(member: &MemberNow, person: &Person) -> bool {
    member.manager && member.joined && person.email.as_ref().is_some_and(|email| email.compared() != member.email)
}

fn member_plan(user: &ToSave<'_>, dry: bool) -> Result<Plan, StoreError> {
    if let Some(member) = user.before.and_then(|before| before.member.clone()) {
        return Ok(Plan::Kept(member));
    }
    if user.shares() {
        return Ok(Plan::Nobody);
    }
    if let Some(member) = &user.member {
        return Ok(if dry { Plan::Nobody } else { Plan::Adopted(member.clone()) });
    }
    match &user.person.email {
        Some(email) if user.person.active && !dry => Ok(Plan::Added(NewMember {
            id: secret::new_id()?,
            email: email.clone(),
            name: user.person.name.clone(),
            learner: true,
            manager: false,
            group: None,
        })),
        _ => Ok(Plan::Nobody),
    }
}

/// The user's own row and addresses.
fn write(company_id: &str, user: &ToSave<'_>, member_id: Option<&str>, settled: bool, now: Instant) -> Vec<Statement> {
    let (id, person) = (user.id, user.person);
    let email = person.email.as_ref().filter(|_| !user.shares()).map(EmailAddress::compared);
    let external_id = person.external_id.as_deref();
    let addresses = json!(person.addresses).to_string();
    let Some(before) = user.before else {
        return vec![
            statement!(
                INSERT,
                company_id,
                id,
                member_id,
                person.user_name.as_str(),
                external_id,
                email,
                person.active,
                settled,
                person.data.as_str(),
                now,
            ),
            statement!(ADD_ADDRESSES, company_id, id, addresses),
        ];
    };
    if user.settling {
        return vec![statement!(SETTLE, company_id, id, member_id, before.version), statement!(INSIST_UNCHANGED)];
    }
    let mut batch = vec![
        statement!(
            UPDATE,
            company_id,
            id,
            member_id,
            person.user_name.as_str(),
            external_id,
            email,
            person.active,
            settled,
            person.data.as_str(),
            now,
            before.version,
        ),
        statement!(INSIST_UNCHANGED),
    ];
    let old = json!(Person::read_text(&before.data).addresses).to_string();
    if old != addresses {
        batch.push(statement!(DROP_ADDRESSES, company_id, id, addresses.as_str(), old));
        batch.push(statement!(ADD_ADDRESSES, company_id, id, addresses));
    }
    batch
}

/// What changes for a member who is there already: name and address.
fn adjust(saving: &Saving<'_>, member: &MemberNow, user: &ToSave<'_>, actor: &Actor) -> Result<Vec<Statement>, StoreError> {
    let (company_id, now, person) = (saving.directory.company_id.as_str(), saving.now, user.person);
    let mut batch = Vec::new();
    if let Some(name) = person.name.as_deref().filter(|name| member.name.as_deref() != Some(*name)) {
        let sort_name = fold(name);
        let last_name_first = members::last_name_first(&sort_name);
        batch.push(statement!(RENAME, company_id, member.id.as_str(), name, sort_name, last_name_first));
    }
    let moved = person.email.as_ref().filter(|email| email.compared() != member.email);
    if let Some(email) = moved.filter(|_| !user.shares() && !keeps_address(member, person)) {
        let before = members::Correctable {
            email_typed: member.email_typed.clone(),
            own: false,
            invited: !member.joined && person.active && !member.removed,
        };
        batch.extend(members::correcting(company_id, &member.id, (&before, email), saving.token_key, now, actor)?);
    }
    Ok(batch)
}

/// The group here of a member who has just come: the first of the directory's that became one.
fn group_of(saving: &Saving<'_>, member_id: &str, before: Option<&Stored>, actor: &Actor) -> Vec<Statement> {
    let (company_id, now) = (saving.directory.company_id.as_str(), saving.now);
    let groups: &[InGroup] = before.map(|before| before.groups.as_slice()).unwrap_or_default();
    let mut batch = Vec::new();
    if let Some(group) = groups.iter().find_map(|group| group.group.as_deref()) {
        let people = json!([{ "member": member_id, "group": group }]).to_string();
        batch.extend(seatwise_groups::moves(company_id, &people, now, actor, Some(&saving.directory.name)));
    }
    if groups.iter().any(|group| group.manages) {
        batch.push(promoted(company_id, member_id, now, actor));
        batch.push(statement!(PROMOTE, company_id, member_id));
    }
    batch
}

/// The event for somebody who comes to manage by a group.
pub(super) fn promoted(company_id: &str, member_id: &str, now: Instant, actor: &Actor) -> Statement {
    let event = Event { member_id: Some(member_id), to: Some("manager"), ..Event::new(EventKind::MemberRoleChanged) };
    events::record(company_id, now, actor, &event)
}

/// The first licences of somebody who comes in the same batch. It is what thousands of users need at a first sync, so nothing is
/// asked that can't be: they wait for nothing, and nothing of theirs is pending.
fn give_first(saving: &Saving<'_>, member_id: &str, asked: &str, actor: &Actor) -> Vec<Statement> {
    let (directory, now) = (saving.directory, saving.now);
    let company_id = directory.company_id.as_str();
    let mut batch = Vec::new();
    if directory.sync_activates {
        batch.push(statement!(JOIN, company_id, member_id, now));
    }
    for kind in saving.kinds() {
        let drawing = Drawing { people: asked, new: true, watched: directory.watched };
        batch.extend(gate::draw(company_id, *kind, now, actor, drawing, saving.shortage(), Some(&directory.name)));
    }
    if !directory.sync_activates {
        batch.extend(invites::invite_drawn(company_id, now, actor, asked));
    }
    batch
}

/// Somebody has joined at once: what is pending comes into use, and no invite is open any more.
fn join(company_id: &str, member_id: &str, now: Instant, actor: &Actor) -> Vec<Statement> {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    vec![
        statement!(JOIN, company_id, member_id, now),
        statement!(CLOSE_INVITE, company_id, member_id, now),
        statement!(invites::RECORD_ACTIVATED, company_id, member_id, now, door, id, name, word(&EventKind::LicenceActivated)),
        statement!(invites::ACTIVATE, company_id, member_id, now),
    ]
}

/// Takes a user away. The member is removed, with the licences going back; the record and the history stay.
///
/// # Errors
/// The assertion `changed_meanwhile`.
pub async fn delete(database: &impl Database, saving: &Saving<'_>, user: &Stored) -> Result<Saved, StoreError> {
    let (company_id, now, actor) = (saving.directory.company_id.as_str(), saving.now, saving.actor());
    let groups = json!(user.groups.iter().map(|group| group.id.as_str()).collect::<Vec<_>>()).to_string();
    let addresses = json!(Person::read_text(&user.data).addresses).to_string();
    let mut batch = vec![
        statement!(LEAVE_GROUPS, company_id, user.id.as_str(), groups.as_str()),
        statement!(TOUCH_GROUPS, company_id, groups, now),
        statement!(DROP_ADDRESSES, company_id, user.id.as_str(), "[]", addresses),
        statement!(DELETE, company_id, user.id.as_str(), user.version),
        statement!(INSIST_UNCHANGED),
    ];
    let member = user.member.as_ref().filter(|member| !member.removed && !saving.directory.sync_dry_run);
    if let Some(member) = member {
        let people = taking::people(core::slice::from_ref(&member.id));
        batch.extend(expiry::of(company_id, now, &people));
        let why = Because { reason: Some("removed"), ..Because::default() };
        batch.extend(taking::leave(company_id, &people, now, &actor, why));
        batch.extend(gate::settle_all(company_id, now, &actor));
        batch.push(statement!(OUTCOME, company_id, member.id.as_str(), now));
    }
    let results = database.batch(batch).await?;
    let saved = Saved {
        what: SyncEvent::UserDeleted,
        member_id: user.member.as_ref().map(|member| member.id.clone()),
        licences: Vec::new(),
        problem: None,
    };
    outcome(&results, saved, member.is_some())
}
