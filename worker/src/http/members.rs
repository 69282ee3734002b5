//! Members: adding them, and one of them.

use seatwise_domain::problem::FieldProblem;
use seatwise_domain::text::PersonName;
use seatwise_domain::wire::{AddMember, AddedMember, CorrectAddress, InviteManager, ManagerLine};
use seatwise_domain::{EmailAddress, Kind, Problem};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::once::{Made, once};
use crate::store::gate::Shortage;
use crate::store::members::{self, Adding, NewMember};
use crate::store::{Actor, Door, Statement, companies, gate, giving, lots, why};

/// Adds a member, who is invited and draws licences (requirements B5, B6).
pub(super) async fn add(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: AddMember = read(&body)?;
    if !wanted.learner && !wanted.manager {
        return Err(Problem::field("learner", FieldProblem::NoRole).into());
    }
    let (email, name) = person(&wanted.email, wanted.name.as_deref())?;
    let ask = &*ask;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::AddUser)?);
    once(
        ask,
        &body,
        async |id, keep| {
            let person = NewMember {
                id: id.to_owned(),
                email,
                name,
                learner: wanted.learner,
                manager: wanted.manager,
                group: wanted.group.clone(),
            };
            add_one(ask, company_id, person, &actor, keep).await
        },
        async |id| {
            let member = members::one(ask.database, company_id, ask.now, id).await?.ok_or(Problem::NotFound)?;
            let balance = lots::balance_of(ask.database, company_id, Kind::User, ask.now).await?;
            Ok(AddedMember { member, balance })
        },
    )
    .await
}

/// Invites a manager, from the desk. Who only manages needs no licence.
pub(super) async fn invite_manager(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: InviteManager = read(&body)?;
    let (email, name) = person(&wanted.email, wanted.name.as_deref())?;
    let ask = &*ask;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    once(
        ask,
        &body,
        async |id, keep| {
            let person = NewMember { id: id.to_owned(), email, name, learner: false, manager: true, group: None };
            add_one(ask, company_id, person, &actor, keep).await
        },
        async |id| {
            let line = members::one(ask.database, company_id, ask.now, id).await?.ok_or(Problem::NotFound)?;
            Ok(ManagerLine { id: line.id, name: line.name, email: line.email, invited: line.invited })
        },
    )
    .await
}

pub(super) fn person(email: &str, name: Option<&str>) -> Result<(EmailAddress, Option<String>), Failure> {
    let email = EmailAddress::parse(email).map_err(|problem| Problem::field("email", problem))?;
    let name = PersonName::parse_optional(name).map_err(|problem| Problem::field("name", problem))?;
    Ok((email, name.map(|name| name.as_str().to_owned())))
}

pub(super) async fn add_one(
    ask: &Ask<'_>,
    company_id: &str,
    person: NewMember,
    actor: &Actor,
    keep: Option<Statement>,
) -> Result<(), Made> {
    let company = companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let content_with_user = company.settings.content_with_user;
    let token_key = &ask.config.token_key;
    let adding = Adding { company_id, content_with_user, token_key, shortage: Shortage::Refuse, belongs_to: None };
    let address = person.email.compared().to_owned();
    let Err(error) = members::add(ask.database, &adding, &[person], ask.now, actor, keep).await else { return Ok(()) };
    if error.conflicts_on("members.email") {
        let known = giving::by_address(ask.database, company_id, &address).await?;
        let removed = known.filter(|known| known.removed);
        return Err(removed.map_or(Problem::AlreadyMember, |known| Problem::WasRemoved { member: known.id }).into());
    }
    if error.is_foreign_key() {
        return Err(Problem::NotFound.into());
    }
    let Some(kind) = gate::short_of(&error) else { return Err(error.into()) };
    Err(Made::Refused(short(ask, company_id, kind, 1, content_with_user).await?))
}

/// Too few licences: how short, and what can be done. What is set aside for groups is not available to everybody.
pub(super) async fn short(
    ask: &Ask<'_>,
    company_id: &str,
    kind: Kind,
    asked: i64,
    content_with_user: bool,
) -> Result<Failure, Failure> {
    // Read after the refusal: what was free a moment ago may be taken, and the answer must say what is true now.
    let lots = lots::ending_after(ask.database, company_id, ask.now).await?;
    let (set_aside, open): (Vec<_>, Vec<_>) = lots.into_iter().partition(|lot| lot.group.is_some());
    let available = lots::balance(&open, kind, ask.now).available.min(asked.saturating_sub(1));
    let set_aside = lots::balance(&set_aside, kind, ask.now).available;
    let because_of_setting = kind == Kind::Content && content_with_user;
    Ok(Problem::NotEnoughLicences { kind, asked, available, set_aside, because_of_setting }.into())
}

/// Corrects a member's address: they stay who they are, and an open invite goes there.
pub(super) async fn correct_address(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: CorrectAddress = ask.body().await?;
    let email = EmailAddress::parse(&wanted.email).map_err(|problem| Problem::field("email", problem))?;
    let (company_id, id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    let before = members::correctable(ask.database, company_id, id).await?.ok_or(Problem::NotFound)?;
    if before.own {
        return Err(Problem::OwnAddress.into());
    }
    let corrected = (&before, &email);
    match members::correct_address(ask.database, company_id, id, corrected, &ask.config.token_key, ask.now, &actor).await {
        Err(error) if error.conflicts_on("members.email") => return Err(Problem::AlreadyMember.into()),
        Err(error) if error.asserts("unknown_member") => return Err(Problem::NotFound.into()),
        other => other?,
    }
    show(ask).await
}

/// One member with what there is to know.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let page = why::page(ask.database, ask.id()?, ask.second_id()?, ask.now).await?.ok_or(Problem::NotFound)?;
    Answer::json(200, &page)
}
