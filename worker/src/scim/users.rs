//! Users: created, read, replaced, changed, deleted (RFC 7644 §3.3 to §3.6).

use seatwise_domain::wire::SyncProblem;
use seatwise_domain::{EmailAddress, Kind};
use serde_json::{Map, Value};

use super::accept::accept;
use super::answers::{self, Life};
use super::call::{Call, Desk, Done, Failure, Reply, Version};
use super::error::ScimError;
use super::lately;
use super::patch;
use super::schema::ResourceKind;
use super::select::Selection;
use crate::store::directory::person::Person;
use crate::store::directory::saving::{self, Saved, ToSave};
use crate::store::directory::users::{self, MemberNow, Stored};
use crate::store::sync::Directory;
use crate::store::{Database, StoreError, gate, lots};

/// How often something is tried again that another request has changed meanwhile.
pub(super) const TRIES: usize = 10;

/// Creates a user. One who is there already and isn't active becomes active again: a directory that has forgotten them sends
/// them as new.
pub(super) async fn create<D: Database>(desk: &Desk<'_, D>, call: &Call) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::User);
    let accepted = accept(ResourceKind::User, call.wanted()?)?;
    let person = person(accepted.document, true);
    if let Some(reply) = create_unseen(desk, call, &person, &selection).await? {
        return Ok(reply);
    }
    let mut tries = 0;
    loop {
        let looks = vec![
            users::ask_by_name(desk.token_hash, desk.now, &person.user_name),
            users::ask_member_at(desk.token_hash, desk.now, person.email.as_ref()),
        ];
        let (directory, results) = desk.look(looks, true).await?;
        let (before, member) = (users::read(&results, 1)?.into_iter().next(), users::read_member(&results, 2)?);
        // Whoever is inactive comes back by being active again; anything else is the same user twice.
        if before.as_ref().is_some_and(|before| before.active || !person.active) {
            return Err(taken(directory, &person, "There is a user with this userName already."));
        }
        let id = before.as_ref().map_or_else(|| call.new_id(), |before| Ok(before.id.clone()))?;
        match save(desk, directory, (&id, before.as_ref(), &person, member), &selection).await {
            Err(Tried::Again) if tries < TRIES => tries += 1,
            Err(failed) => return Err(failed.into()),
            Ok(reply) => return Ok(Reply { status: 201, ..reply }),
        }
    }
}

/// Creates somebody who was never heard of, in one go; nothing where that isn't so.
async fn create_unseen<D: Database>(
    desk: &Desk<'_, D>,
    call: &Call,
    person: &Person,
    selection: &Selection,
) -> Result<Option<Reply>, Failure> {
    let Some(directory) = lately::recall(desk.token_hash, desk.now).filter(|_| person.active && person.email.is_some()) else {
        return Ok(None);
    };
    let id = call.new_id()?;
    let to_save = ToSave { id: &id, before: None, person, member: None, settling: false };
    match saving::save_unseen(desk.database, &desk.saving(&directory), desk.token_hash, &to_save).await {
        Ok(saved) => Ok(Some(Reply { status: 201, ..saved_reply(desk, directory, (&id, None, person), saved, selection) })),
        Err(error) => {
            if !matches!(error, StoreError::Conflict(_)) {
                lately::forget(desk.token_hash, desk.now);
            }
            Ok(None)
        }
    }
}

/// Reads a user.
pub(super) async fn read<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::User);
    let (directory, results) = desk.look(vec![users::ask_by_id(desk.token_hash, desk.now, id)], false).await?;
    let Some(stored) = users::read(&results, 1)?.into_iter().next() else { return Err(unknown(Some(directory))) };
    let version = Life::from(&stored).version;
    if call.knows(version) {
        return Ok(Reply { status: 304, version: Some(version), directory: Some(directory), ..Reply::default() });
    }
    Ok(shown(desk, directory, &stored, &selection))
}

/// Replaces a user.
pub(super) async fn replace<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::User);
    let accepted = accept(ResourceKind::User, call.wanted()?)?;
    change(desk, call, id, &selection, |stored| Ok(person(accepted.document.clone(), stored.active))).await
}

/// What a directory says of somebody in full. Whether they are active is told back even where it says nothing of that.
fn person(mut document: Map<String, Value>, active: bool) -> Person {
    document.entry("active").or_insert(Value::Bool(active));
    Person::read(&Value::Object(document))
}

/// Changes a user.
pub(super) async fn modify<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::User);
    let operations = patch::read(call.wanted()?)?;
    change(desk, call, id, &selection, |stored| {
        let mut document = match serde_json::from_str(&stored.data) {
            Ok(Value::Object(document)) => document,
            _ => Map::new(),
        };
        patch::apply(ResourceKind::User, &mut document, &operations)?;
        Ok(Person::read(&Value::Object(document)))
    })
    .await
}

/// Reads a user, makes of it what it is to be, and saves it; once more from the beginning where another request came in
/// between.
async fn change<D: Database>(
    desk: &Desk<'_, D>,
    call: &Call,
    id: &str,
    selection: &Selection,
    become_what: impl Fn(&Stored) -> Result<Person, ScimError>,
) -> Result<Reply, Failure> {
    let mut tries = 0;
    loop {
        let (directory, results) = desk.look(vec![users::ask_by_id(desk.token_hash, desk.now, id)], true).await?;
        let Some(stored) = users::read(&results, 1)?.into_iter().next() else { return Err(unknown(Some(directory))) };
        call.check_version(stored.version.into()).map_err(|error| told(Some(directory.clone()), error, Some(&stored)))?;
        let mut person = become_what(&stored).map_err(|error| told(Some(directory.clone()), error, Some(&stored)))?;
        // Saying nothing of it is no reason to let somebody in again.
        person.active = person.said_active.unwrap_or(stored.active);
        if person.data == Person::read_text(&stored.data).data && person.active == stored.active {
            return Ok(shown(desk, directory, &stored, selection));
        }
        // Whose address it is matters where the member has another one, or where there is no member yet.
        let other = |email: &EmailAddress| stored.member.as_ref().is_none_or(|member| member.email != email.compared());
        let wanted = person.email.as_ref().filter(|email| other(email));
        let member = match wanted {
            Some(email) => member_at(desk, email).await?,
            None => None,
        };
        match save(desk, directory, (&stored.id, Some(&stored), &person, member), selection).await {
            Err(Tried::Again) if tries < TRIES => tries += 1,
            Err(failed) => return Err(failed.into()),
            Ok(reply) => return Ok(Reply { status: 200, ..reply }),
        }
    }
}

async fn member_at<D: Database>(desk: &Desk<'_, D>, email: &EmailAddress) -> Result<Option<MemberNow>, Failure> {
    let (_, results) = desk.look(vec![users::ask_member_at(desk.token_hash, desk.now, Some(email))], false).await?;
    Ok(users::read_member(&results, 1)?)
}

/// Deletes a user. The member is removed; what was stays in the history.
pub(super) async fn delete<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let mut tries = 0;
    loop {
        let (directory, results) = desk.look(vec![users::ask_by_id(desk.token_hash, desk.now, id)], true).await?;
        let Some(stored) = users::read(&results, 1)?.into_iter().next() else { return Err(unknown(Some(directory))) };
        call.check_version(stored.version.into()).map_err(|error| told(Some(directory.clone()), error, Some(&stored)))?;
        match saving::delete(desk.database, &desk.saving(&directory), &stored).await {
            Err(error) if error.asserts("changed_meanwhile") || error.is_foreign_key() => {
                tries += 1;
                if tries > TRIES {
                    return Err(busy().into());
                }
            }
            Err(error) => return Err(error.into()),
            Ok(saved) => {
                let done = Done {
                    what: saved.what,
                    subject: Some(called(&Person::read_text(&stored.data))),
                    member_id: saved.member_id,
                    quantity: None,
                    licences: saved.licences,
                    problem: None,
                };
                return Ok(Reply { status: 204, done: Some(done), directory: Some(directory), ..Reply::default() });
            }
        }
    }
}

/// Others were faster, again and again.
pub(super) fn busy() -> ScimError {
    ScimError::precondition_failed("It is being changed by others at this moment. Try again.")
}

/// Why something wasn't saved.
enum Tried {
    /// Another request came in between.
    Again,
    /// Something else.
    Failed(Failure),
}

impl From<Tried> for Failure {
    fn from(tried: Tried) -> Self {
        match tried {
            Tried::Again => busy().into(),
            Tried::Failed(failure) => failure,
        }
    }
}

async fn save<D: Database>(
    desk: &Desk<'_, D>,
    directory: Directory,
    (id, before, person, member): (&str, Option<&Stored>, &Person, Option<MemberNow>),
    selection: &Selection,
) -> Result<Reply, Tried> {
    let to_save = ToSave { id, before, person, member, settling: false };
    let saved = match saving::save(desk.database, &desk.saving(&directory), &to_save).await {
        Ok(saved) => saved,
        Err(error) => return Err(refused(desk, directory, person, error).await),
    };
    Ok(saved_reply(desk, directory, (id, before, person), saved, selection))
}

fn saved_reply<D>(
    desk: &Desk<'_, D>,
    directory: Directory,
    (id, before, person): (&str, Option<&Stored>, &Person),
    saved: Saved,
    selection: &Selection,
) -> Reply {
    let groups = before.map(|before| before.groups.as_slice()).unwrap_or_default();
    let life = Life {
        created_at: before.map_or(desk.now, |before| before.created_at),
        modified_at: desk.now,
        version: Version::of_user(before.map_or(1, |before| before.version.saturating_add(1)), groups),
    };
    let document = answers::user(desk.base, id, &person.data, life, groups);
    let done = Done {
        what: saved.what,
        subject: Some(called(person)),
        member_id: saved.member_id,
        quantity: None,
        licences: saved.licences,
        problem: saved.problem,
    };
    Reply {
        status: 200,
        body: Some(selection.apply(document)),
        location: Some(answers::user_location(desk.base, id)),
        version: Some(life.version),
        done: Some(done),
        directory: Some(directory),
    }
}

/// What the directory is told when the database took nothing.
async fn refused<D: Database>(desk: &Desk<'_, D>, directory: Directory, person: &Person, error: StoreError) -> Tried {
    let came_first = error.conflicts_on("members.email") || error.conflicts_on("directory_users.member_id");
    if error.asserts("changed_meanwhile") || came_first {
        return Tried::Again;
    }
    if error.conflicts_on("directory_users.user_name") {
        return Tried::Failed(taken(directory, person, "There is a user with this userName already."));
    }
    let Some(kind) = gate::short_of(&error) else { return Tried::Failed(error.into()) };
    let balance = match lots::balance_of(desk.database, &directory.company_id, kind, desk.now).await {
        Ok(balance) => balance,
        Err(error) => return Tried::Failed(error.into()),
    };
    let word = match kind {
        Kind::User => "user",
        Kind::Content => "content",
    };
    // Shown as it is by Okta, and in Entra ID's provisioning log: figures, whose, and the way out.
    let detail = format!(
        "No {word} licence is available for {}: {} of {} are in use or reserved. Request licences in Seatwise, or take one back; then try again.",
        directory.company,
        balance.in_use.saturating_add(balance.pending),
        balance.total
    );
    let subject = Some(called(person));
    Tried::Failed(Failure::Scim(Box::new(Some(directory)), ScimError::forbidden(detail), SyncProblem::NoLicence, subject))
}

fn taken(directory: Directory, person: &Person, detail: &str) -> Failure {
    let subject = Some(called(person));
    Failure::Scim(Box::new(Some(directory)), ScimError::uniqueness(detail), SyncProblem::Taken, subject)
}

/// There is no such user: it never was, was deleted, or belongs to another company.
pub(super) fn unknown(directory: Option<Directory>) -> Failure {
    Failure::Scim(Box::new(directory), ScimError::not_found("There is no such user."), SyncProblem::NotFound, None)
}

fn told(directory: Option<Directory>, error: ScimError, stored: Option<&Stored>) -> Failure {
    let subject = stored.map(|stored| called(&Person::read_text(&stored.data)));
    match Failure::from(error) {
        Failure::Scim(_, error, problem, _) => Failure::Scim(Box::new(directory), error, problem, subject),
        other => other,
    }
}

fn shown<D>(desk: &Desk<'_, D>, directory: Directory, stored: &Stored, selection: &Selection) -> Reply {
    Reply {
        status: 200,
        body: Some(selection.apply(answers::stored_user(desk.base, stored))),
        location: Some(answers::user_location(desk.base, &stored.id)),
        version: Some(Life::from(stored).version),
        done: None,
        directory: Some(directory),
    }
}

/// What the log calls somebody: the address, or the name that they sign in with.
fn called(person: &Person) -> String {
    person.email.as_ref().map_or_else(|| person.user_name.clone(), |email| email.typed().to_owned())
}
