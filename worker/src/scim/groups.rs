//! Groups: created, read, replaced, changed, deleted (RFC 7644 §3.3 to §3.6). A group of 20,000 is changed member by member
//! without being read.

use std::collections::{BTreeSet, HashSet};

use seatwise_domain::wire::{SyncEvent, SyncProblem};
use serde_json::{Map, Value, json};

use super::accept::accept;
use super::answers::{self, Life};
use super::call::{Call, Desk, Done, Failure, Reply};
use super::error::ScimError;
use super::filter::Filter;
use super::lately;
use super::patch::{self, MemberChange, Operation};
use super::schema::ResourceKind;
use super::select::Selection;
use super::users::{self, TRIES};
use crate::store::directory::groups::{self, GroupChange, GroupSaid, Inside, Moving, StoredGroup};
use crate::store::sync::Directory;
use crate::store::{Database, Rows, Statement, StoreError};

/// Up to how many members a group is part of the answer to its change.
const FEW: i64 = 100;
/// How many users are added to a group in one go, without looking at them before.
const MOST_UNREAD: usize = 100;

fn said(document: &Map<String, Value>) -> GroupSaid {
    let text = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
    GroupSaid {
        shown: text("displayName").unwrap_or_default(),
        external_id: text("externalId"),
        data: Value::Object(document.clone()).to_string(),
    }
}

/// Creates a group.
pub(super) async fn create<D: Database>(desk: &Desk<'_, D>, call: &Call) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::Group);
    let accepted = accept(ResourceKind::Group, call.wanted()?)?;
    let said = said(&accepted.document);
    let members = accepted.members.unwrap_or_default();
    let id = call.new_id()?;
    let mut tries = 0;
    loop {
        let looks = vec![
            groups::ask_by_name(desk.token_hash, desk.now, &said.shown),
            groups::ask_coming(desk.token_hash, desk.now, &members, &id),
        ];
        let (directory, results) = desk.look(looks, true).await?;
        if !groups::read(&results, 1)?.is_empty() {
            return Err(taken(directory, &said.shown));
        }
        let coming = groups::read_moving(&results, 2)?;
        match groups::create(desk.database, &desk.saving(&directory), &id, &said, &coming).await {
            Err(error) if error.conflicts_on("directory_groups.name") => return Err(taken(directory, &said.shown)),
            Err(error) if came_between(&error) && tries < TRIES => tries += 1,
            Err(error) => return Err(broke(error)),
            Ok(group) => {
                let done = Done::group(SyncEvent::GroupCreated, &said.shown, None);
                let reply = shown(desk, directory, &group, &selection).await?;
                return Ok(Reply { status: 201, done: Some(done), ..reply });
            }
        }
    }
}

/// Why something wasn't done after all the tries.
fn broke(error: StoreError) -> Failure {
    if came_between(&error) { users::busy().into() } else { error.into() }
}

/// Whether another request came in between: it has changed or taken away what this one has read, or made a group here.
fn came_between(error: &StoreError) -> bool {
    error.asserts("changed_meanwhile") || error.is_foreign_key() || error.conflicts_on("groups.name")
}

/// Reads a group.
pub(super) async fn read<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::Group);
    let (directory, group) = find(desk, id, false).await?;
    if call.knows(group.version.into()) {
        return Ok(Reply { status: 304, version: Some(group.version.into()), directory: Some(directory), ..Reply::default() });
    }
    shown(desk, directory, &group, &selection).await
}

/// Replaces a group, members and all.
pub(super) async fn replace<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::Group);
    let accepted = accept(ResourceKind::Group, call.wanted()?)?;
    let changes = [MemberChange::Replace(accepted.members.unwrap_or_default())];
    change(desk, call, id, &selection, &[], |_| Ok((Some(accepted.document.clone()), changes.to_vec()))).await
}

/// Changes a group.
pub(super) async fn modify<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let selection = call.selection(ResourceKind::Group);
    let operations = patch::read(call.wanted()?)?;
    if let Some(reply) = add_unread(desk, call, id, &operations).await? {
        return Ok(reply);
    }
    // Who comes and goes is mostly known from the operations alone: then it is asked for together with the group.
    let mut scratch = Map::from_iter([("displayName".to_owned(), json!("-"))]);
    let foreseen =
        patch::apply(ResourceKind::Group, &mut scratch, &operations).map(|patched| patched.members).unwrap_or_default();
    change(desk, call, id, &selection, &foreseen, |group| {
        let mut document = attributes(group);
        let patched = patch::apply(ResourceKind::Group, &mut document, &operations)?;
        Ok((patched.changed.then_some(document), patched.members))
    })
    .await
}

fn attributes(group: &StoredGroup) -> Map<String, Value> {
    match serde_json::from_str(&group.data) {
        Ok(Value::Object(document)) => document,
        _ => Map::new(),
    }
}

/// Adds users to a group that was looked at a moment ago, in one go: thousands come so at a first sync. Nothing where more is
/// asked for, or where one of them is in it already.
async fn add_unread<D: Database>(
    desk: &Desk<'_, D>,
    call: &Call,
    id: &str,
    operations: &[Operation],
) -> Result<Option<Reply>, Failure> {
    let remembered = lately::recall(desk.token_hash, desk.now).zip(lately::recall_group(id, desk.now));
    let Some((directory, group)) = remembered.filter(|_| call.if_match.is_none() && call.parameter("attributes").is_none())
    else {
        return Ok(None);
    };
    let patched = patch::apply(ResourceKind::Group, &mut attributes(&group), operations);
    let members = patched.ok().filter(|patched| !patched.changed).and_then(|patched| by_name(&patched.members));
    let Some((users, _)) = members.filter(|(add, remove)| remove.is_empty() && (1..=MOST_UNREAD).contains(&add.len())) else {
        return Ok(None);
    };
    match groups::add(desk.database, &desk.saving(&directory), desk.token_hash, &group, &users).await {
        Ok(version) => {
            let done = Done::group(SyncEvent::MembersAdded, &group.shown, i64::try_from(users.len()).ok());
            let location = Some(answers::group_location(desk.base, &group.id));
            let (done, directory) = (Some(done), Some(directory));
            Ok(Some(Reply { status: 204, location, version: Some(version.into()), done, directory, ..Reply::default() }))
        }
        Err(error) => {
            lately::forget_group(id, desk.now);
            if error.asserts("directory_changed") {
                lately::forget(desk.token_hash, desk.now);
            }
            Ok(None)
        }
    }
}

async fn change<D: Database>(
    desk: &Desk<'_, D>,
    call: &Call,
    id: &str,
    selection: &Selection,
    foreseen: &[MemberChange],
    become_what: impl Fn(&StoredGroup) -> Result<(Option<Map<String, Value>>, Vec<MemberChange>), ScimError>,
) -> Result<Reply, Failure> {
    let mut tries = 0;
    let known = by_name(foreseen);
    loop {
        let mut looks = vec![groups::ask_by_id(desk.token_hash, desk.now, id)];
        looks.extend(known.iter().flat_map(|(add, remove)| asks(desk, id, add, remove)));
        let (directory, results) = desk.look(looks, true).await?;
        let (directory, group) = one(directory, &results)?;
        lately::remember_group(&group, desk.now);
        let named = |error| told(directory.clone(), error, &group.shown);
        call.check_version(group.version.into()).map_err(named)?;
        let (document, members) = become_what(&group).map_err(named)?;
        let said = document.as_ref().map(said).filter(|said| said.data != group.data);
        let (coming, going) = match &known {
            Some((add, remove)) if members == foreseen => read_both(&results, 2, add, remove)?,
            _ => moving(desk, &directory, &group, &members).await?,
        };
        let as_read = call.if_match.is_some() || by_name(&members).is_none();
        let change = GroupChange { said, coming, going, as_read };
        if change.is_empty() {
            return changed(desk, call, directory, &group, false, selection).await;
        }
        match groups::change(desk.database, &desk.saving(&directory), &group, &change).await {
            Err(error) if came_between(&error) && tries < TRIES => tries += 1,
            Err(error) if error.conflicts_on("directory_groups.name") => {
                let shown = change.said.map(|said| said.shown).unwrap_or_default();
                return Err(taken(directory, &shown));
            }
            Err(error) => return Err(broke(error)),
            Ok(version) => {
                let (what, quantity) = change.told();
                let mut after = group.clone();
                after.version = version;
                after.modified_at = desk.now;
                if let Some(said) = change.said {
                    after.data = said.data;
                    after.shown = said.shown;
                }
                let done = Done::group(what, &after.shown, quantity);
                let moved = !change.coming.is_empty() || !change.going.is_empty();
                let reply = changed(desk, call, directory, &after, moved, selection).await?;
                return Ok(Reply { done: Some(done), ..reply });
            }
        }
    }
}

/// The answer to a change. Of a PATCH that brings or takes members, or is about a group of many, the group isn't part: it may
/// have 20,000 members. It is where attributes are asked for by name (RFC 7644 §3.5.2).
async fn changed<D: Database>(
    desk: &Desk<'_, D>,
    call: &Call,
    directory: Directory,
    group: &StoredGroup,
    moved: bool,
    selection: &Selection,
) -> Result<Reply, Failure> {
    let brief = call.method == "PATCH" && call.parameter("attributes").is_none();
    if brief && (moved || !groups::has_at_most(desk.database, &directory.company_id, &group.id, FEW).await?) {
        let location = Some(answers::group_location(desk.base, &group.id));
        return Ok(Reply {
            status: 204,
            location,
            version: Some(group.version.into()),
            directory: Some(directory),
            ..Reply::default()
        });
    }
    shown(desk, directory, group, selection).await
}

/// Who comes and who goes, of changes that follow each other.
async fn moving<D: Database>(
    desk: &Desk<'_, D>,
    directory: &Directory,
    group: &StoredGroup,
    changes: &[MemberChange],
) -> Result<(Vec<Moving>, Vec<Moving>), Failure> {
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    if let Some((coming, going)) = by_name(changes) {
        (add, remove) = (coming, going);
    } else {
        let before = groups::members(desk.database, &directory.company_id, &group.id, true).await?;
        let mut after: HashSet<String> = before.iter().map(|member| member.id.clone()).collect();
        for change in changes {
            match change {
                MemberChange::Add(ids) => after.extend(ids.iter().cloned()),
                MemberChange::Remove(ids) => after.retain(|id| !ids.contains(id)),
                MemberChange::RemoveAll => after.clear(),
                MemberChange::Replace(ids) => after = ids.iter().cloned().collect(),
                MemberChange::RemoveWhere(filter) => {
                    let gone: HashSet<&str> =
                        before.iter().filter(|member| fits(desk.base, filter, member)).map(|member| member.id.as_str()).collect();
                    after.retain(|id| !gone.contains(id.as_str()));
                }
            }
        }
        let was: HashSet<&str> = before.iter().map(|member| member.id.as_str()).collect();
        add.extend(after.iter().filter(|id| !was.contains(id.as_str())).cloned());
        remove.extend(before.iter().map(|member| member.id.clone()).filter(|id| !after.contains(id)));
    }
    if add.is_empty() && remove.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    // The same order every time, so that who comes first gets the licence first.
    add.sort_unstable();
    let results = desk.database.batch(asks(desk, &group.id, &add, &remove)).await?;
    read_both(&results, 0, &add, &remove)
}

/// Who comes and who goes, where the changes say so by themselves.
fn by_name(changes: &[MemberChange]) -> Option<(Vec<String>, Vec<String>)> {
    let (mut added, mut removed) = (BTreeSet::new(), BTreeSet::new());
    for change in changes {
        match change {
            MemberChange::Add(ids) => ids.iter().for_each(|id| {
                removed.remove(id);
                added.insert(id.clone());
            }),
            MemberChange::Remove(ids) => ids.iter().for_each(|id| {
                added.remove(id);
                removed.insert(id.clone());
            }),
            MemberChange::RemoveWhere(_) | MemberChange::Replace(_) | MemberChange::RemoveAll => return None,
        }
    }
    Some((added.into_iter().collect(), removed.into_iter().collect()))
}

/// Asks for those who come and those who go.
fn asks<D>(desk: &Desk<'_, D>, group_id: &str, add: &[String], remove: &[String]) -> Vec<Statement> {
    let mut looks = Vec::new();
    if !add.is_empty() {
        looks.push(groups::ask_coming(desk.token_hash, desk.now, add, group_id));
    }
    if !remove.is_empty() {
        looks.push(groups::ask_going(desk.token_hash, desk.now, remove, group_id));
    }
    looks
}

/// Reads what [`asks`] has asked for, from the result at `first` on.
fn read_both(
    results: &[impl Rows],
    first: usize,
    add: &[String],
    remove: &[String],
) -> Result<(Vec<Moving>, Vec<Moving>), Failure> {
    let coming = if add.is_empty() { Vec::new() } else { groups::read_moving(results, first)? };
    let second = first.saturating_add(usize::from(!add.is_empty()));
    let going = if remove.is_empty() { Vec::new() } else { groups::read_moving(results, second)? };
    Ok((coming, going))
}

/// Whether a value filter fits somebody in a group.
fn fits(base: &str, filter: &Filter, member: &Inside) -> bool {
    filter.matches_value(&json!({
        "value": member.id,
        "display": member.shown,
        "type": "User",
        "$ref": answers::user_location(base, &member.id),
    }))
}

/// Deletes a group. Its members stay, and so does the group here.
pub(super) async fn delete<D: Database>(desk: &Desk<'_, D>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let mut tries = 0;
    loop {
        let (directory, group) = find(desk, id, true).await?;
        call.check_version(group.version.into()).map_err(|error| told(directory.clone(), error, &group.shown))?;
        let (_, going) = moving(desk, &directory, &group, &[MemberChange::RemoveAll]).await?;
        match groups::delete(desk.database, &desk.saving(&directory), &group, &going).await {
            Err(error) if came_between(&error) && tries < TRIES => tries += 1,
            Err(error) => return Err(broke(error)),
            Ok(()) => {
                let done = Done::group(SyncEvent::GroupDeleted, &group.shown, None);
                return Ok(Reply { status: 204, done: Some(done), directory: Some(directory), ..Reply::default() });
            }
        }
    }
}

async fn find<D: Database>(desk: &Desk<'_, D>, id: &str, writes: bool) -> Result<(Directory, StoredGroup), Failure> {
    let (directory, results) = desk.look(vec![groups::ask_by_id(desk.token_hash, desk.now, id)], writes).await?;
    one(directory, &results)
}

/// The group that was asked for first.
fn one(directory: Directory, results: &[impl Rows]) -> Result<(Directory, StoredGroup), Failure> {
    match groups::read(results, 1)?.into_iter().next() {
        Some(group) => Ok((directory, group)),
        None => {
            let error = ScimError::not_found("There is no such group.");
            Err(Failure::Scim(Box::new(Some(directory)), error, SyncProblem::NotFound, None))
        }
    }
}

fn taken(directory: Directory, shown: &str) -> Failure {
    let error = ScimError::uniqueness("There is a group with this displayName already.");
    Failure::Scim(Box::new(Some(directory)), error, SyncProblem::Taken, Some(shown.to_owned()))
}

fn told(directory: Directory, error: ScimError, shown: &str) -> Failure {
    match Failure::from(error) {
        Failure::Scim(_, error, problem, _) => Failure::Scim(Box::new(Some(directory)), error, problem, Some(shown.to_owned())),
        other => other,
    }
}

async fn shown<D: Database>(
    desk: &Desk<'_, D>,
    directory: Directory,
    group: &StoredGroup,
    selection: &Selection,
) -> Result<Reply, Failure> {
    let document = document(desk, &directory.company_id, group, Members::of(selection)).await?;
    Ok(Reply {
        status: 200,
        body: Some(selection.apply(document)),
        location: Some(answers::group_location(desk.base, &group.id)),
        version: Some(group.version.into()),
        done: None,
        directory: Some(directory),
    })
}

/// Which members a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Members {
    /// None: they aren't wanted.
    Unread,
    /// By their ids.
    Ids,
    /// By their ids and names.
    Named,
}

impl Members {
    /// Those that an answer is to have.
    pub(super) fn of(selection: &Selection) -> Self {
        match (selection.wants("members"), selection.names("members", "display")) {
            (_, true) => Self::Named,
            (true, false) => Self::Ids,
            (false, false) => Self::Unread,
        }
    }
}

/// A group as it would be if nobody but this user were in it.
pub(super) fn with_member(base: &str, group: &StoredGroup, user: &str) -> Value {
    let member = Inside { id: user.to_owned(), shown: None };
    answers::group(base, &group.id, &group.data, Life::from(group), Some(&[member]))
}

/// A group as it is answered.
pub(super) async fn document<D: Database>(
    desk: &Desk<'_, D>,
    company_id: &str,
    group: &StoredGroup,
    with: Members,
) -> Result<Value, StoreError> {
    let members = match with {
        Members::Unread => None,
        Members::Ids | Members::Named => {
            Some(groups::members(desk.database, company_id, &group.id, with == Members::Named).await?)
        }
    };
    Ok(answers::group(desk.base, &group.id, &group.data, Life::from(group), members.as_deref()))
}
