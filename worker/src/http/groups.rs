//! Groups, and the days on which licences of groups and single people end (requirement B2).

use seatwise_domain::problem::FieldProblem;
use seatwise_domain::text::GroupName;
use seatwise_domain::wire::{
    CreateGroup, EndMembers, GroupLine, Groups, MoveMembers, RemoveGroup, RenameGroup, SetEnd, SetGroup,
};
use seatwise_domain::{Instant, Problem};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::licences::check;
use super::once::{Made, once};
use crate::store::{Door, StoreError, companies, groups, why};

/// The company's groups.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company_id = ask.id()?;
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    Answer::json(200, &Groups { items: groups::list(ask.database, company_id).await?, now: ask.now })
}

/// Creates a group.
pub(super) async fn create(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: CreateGroup = read(&body)?;
    let name = GroupName::parse(&wanted.name).map_err(|problem| Problem::field("name", problem))?;
    let ask = &*ask;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    if groups::list(ask.database, company_id).await?.len() >= groups::MOST {
        return Err(Problem::TooManyGroups.into());
    }
    once(
        ask,
        &body,
        async |id, keep| match groups::create(ask.database, company_id, (id, name.as_str()), ask.now, &actor, keep).await {
            Err(error) if error.conflicts_on("groups.name") => Err(Made::Refused(Problem::GroupExists.into())),
            other => Ok(other?),
        },
        async |id| one(ask, company_id, id).await,
    )
    .await
}

/// Gives a group another name.
pub(super) async fn rename(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: RenameGroup = ask.body().await?;
    let name = GroupName::parse(&wanted.name).map_err(|problem| Problem::field("name", problem))?;
    let (company_id, group_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    match groups::rename(ask.database, company_id, (group_id, name.as_str()), ask.now, &actor).await {
        Err(error) if error.conflicts_on("groups.name") => return Err(Problem::GroupExists.into()),
        other => other.map_err(named)?,
    }
    Answer::json(200, &one(ask, company_id, group_id).await?)
}

/// Removes a group, or merges it into another.
pub(super) async fn remove(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: RemoveGroup = ask.body().await?;
    let (company_id, group_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    if wanted.into.as_deref() == Some(group_id) {
        return Err(Problem::NotFound.into());
    }
    groups::remove(ask.database, company_id, group_id, wanted.into.as_deref(), ask.now, &actor).await.map_err(named)?;
    list(ask).await
}

/// Moves members to a group.
pub(super) async fn move_members(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: MoveMembers = ask.body().await?;
    check(&wanted.members)?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    let group = wanted.group.as_deref();
    let changed = groups::move_members(ask.database, company_id, &wanted.members, group, ask.now, &actor).await;
    Answer::json(200, &changed.map_err(named)?)
}

/// Sets the day on which members' licences end.
pub(super) async fn end_members(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: EndMembers = ask.body().await?;
    check(&wanted.members)?;
    let ends_at = day(wanted.ends_on.as_deref(), ask.now)?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    let changed = groups::set_members_end(ask.database, company_id, &wanted.members, ends_at, ask.now, &actor).await;
    Answer::json(200, &changed.map_err(named)?)
}

/// Sets the day on which the licences of a group's members end.
pub(super) async fn set_end(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: SetEnd = ask.body().await?;
    let ends_at = day(wanted.ends_on.as_deref(), ask.now)?;
    let (company_id, group_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    groups::set_end(ask.database, company_id, group_id, ends_at, ask.now, &actor).await.map_err(named)?;
    Answer::json(200, &one(ask, company_id, group_id).await?)
}

/// Sets the day on which a member's licences end.
pub(super) async fn set_member_end(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: SetEnd = ask.body().await?;
    let ends_at = day(wanted.ends_on.as_deref(), ask.now)?;
    let (company_id, member_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    groups::insist(ask.database, company_id, member_id).await.map_err(named)?;
    groups::set_members_end(ask.database, company_id, &[member_id.to_owned()], ends_at, ask.now, &actor).await.map_err(named)?;
    Answer::json(200, &why::page(ask.database, company_id, member_id, ask.now).await?.ok_or(Problem::NotFound)?)
}

/// Puts a member into a group, or into none.
pub(super) async fn set_member_group(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: SetGroup = ask.body().await?;
    let (company_id, member_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    let group = wanted.group.as_deref();
    groups::insist(ask.database, company_id, member_id).await.map_err(named)?;
    groups::move_members(ask.database, company_id, &[member_id.to_owned()], group, ask.now, &actor).await.map_err(named)?;
    Answer::json(200, &why::page(ask.database, company_id, member_id, ask.now).await?.ok_or(Problem::NotFound)?)
}

async fn one(ask: &Ask<'_>, company_id: &str, id: &str) -> Result<GroupLine, Failure> {
    let groups = groups::list(ask.database, company_id).await?;
    Ok(groups.into_iter().find(|group| group.id == id).ok_or(Problem::NotFound)?)
}

/// The first moment of the day that was asked for. What is over can't be ended any more: that is what taking back is for.
fn day(wanted: Option<&str>, now: Instant) -> Result<Option<Instant>, Failure> {
    let Some(date) = wanted.map(str::trim).filter(|date| !date.is_empty()) else { return Ok(None) };
    let at = Instant::from_date(date).ok_or(Problem::field("ends_on", FieldProblem::Date))?;
    if at <= now {
        return Err(Problem::field("ends_on", FieldProblem::NotToCome).into());
    }
    Ok(Some(at))
}

/// What somebody named who isn't there is not found; so is what belongs to another company.
fn named(error: StoreError) -> Failure {
    let unknown = error.asserts("unknown_member") || error.asserts("unknown_group");
    if unknown { Problem::NotFound.into() } else { error.into() }
}
