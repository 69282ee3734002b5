//! Giving licences to members and taking them back.

use seatwise_domain::problem::FieldProblem;
use seatwise_domain::wire::{Balances, GiveLicences, MOST_MEMBERS, RemoveMembers, ReplaceMember, TakeBack};
use seatwise_domain::{Kind, Problem};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::members::{person, short};
use super::once::once;
use crate::store::gate::Shortage;
use crate::store::members::{self, Adding, NewMember};
use crate::store::taking::{self, Replacing, Successor};
use crate::store::{Door, StoreError, companies, gate, giving, lots};

/// Gives licences to members; those who were removed are members again.
pub(super) async fn give(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: GiveLicences = ask.body().await?;
    check(&wanted.members)?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::AddUser)?);
    let content_with_user = companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?.settings.content_with_user;
    let kinds: &[Kind] = match wanted.kind {
        Some(Kind::User) => &[Kind::User],
        Some(Kind::Content) => &[Kind::Content],
        None if content_with_user => &Kind::ALL,
        None => &[Kind::User],
    };
    let key = &ask.config.token_key;
    if let Err(error) = giving::give(ask.database, company_id, key, &wanted.members, kinds, ask.now, &actor).await {
        let Some(kind) = gate::short_of(&error) else { return Err(named(error)) };
        let asked = i64::try_from(wanted.members.len()).unwrap_or(i64::MAX);
        return Err(short(ask, company_id, kind, asked, content_with_user && wanted.kind.is_none()).await?);
    }
    balances(ask, company_id).await
}

/// Takes licences back from members, who stay members.
pub(super) async fn take_back(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: TakeBack = ask.body().await?;
    check(&wanted.members)?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    taking::take_back(ask.database, company_id, &wanted.members, wanted.kind, wanted.pending_only, ask.now, &actor)
        .await
        .map_err(named)?;
    balances(ask, company_id).await
}

/// Removes members; their records stay.
pub(super) async fn remove(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: RemoveMembers = ask.body().await?;
    check(&wanted.members)?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    // Whoever removes themselves could not undo it, and the company might be left without a manager.
    if !wanted.keep_managers && wanted.members.iter().any(|id| Some(id) == actor.id.as_ref()) {
        return Err(Problem::OwnAccount.into());
    }
    taking::remove(ask.database, company_id, &wanted.members, wanted.keep_managers, ask.now, &actor).await.map_err(named)?;
    balances(ask, company_id).await
}

/// Gives a member's licences on to somebody else: the same licences, another person, a new invite.
pub(super) async fn replace(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: ReplaceMember = read(&body)?;
    let (email, name) = person(&wanted.email, wanted.name.as_deref())?;
    let ask = &*ask;
    let (company_id, member_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::AddUser)?);
    let address = email.compared().to_owned();
    once(
        ask,
        &body,
        async |id, keep| {
            // When the same request comes twice at once, the other may have done it by now. The batch finds that out
            // first, so nothing is refused before.
            let before = members::one(ask.database, company_id, ask.now, member_id).await?;
            let successor = match giving::by_address(ask.database, company_id, email.compared()).await? {
                Some(known) => Successor::Member(known.id),
                None => Successor::New(NewMember { id: id.to_owned(), email, name, learner: true, manager: false, group: None }),
            };
            let key = &ask.config.token_key;
            let adding =
                Adding { company_id, content_with_user: false, token_key: key, shortage: Shortage::Refuse, belongs_to: None };
            let stays = before.as_ref().is_some_and(|member| member.manager);
            let replacing = Replacing { member_id, stays, successor };
            match taking::replace(ask.database, &adding, &replacing, ask.now, &actor, keep).await {
                Err(error) if error.asserts("nothing_held") && before.is_none() => Err(Problem::NotFound.into()),
                Err(error) if error.asserts("nothing_held") => Err(Problem::NothingHeld.into()),
                Err(error) if error.asserts("holds_already") => Err(Problem::HoldsAlready.into()),
                Err(error) if error.asserts("suspended_member") => Err(Problem::Suspended.into()),
                other => Ok(other?),
            }
        },
        async |_| {
            let successor = giving::by_address(ask.database, company_id, &address).await?.ok_or(Problem::NotFound)?;
            Ok(members::one(ask.database, company_id, ask.now, &successor.id).await?.ok_or(Problem::NotFound)?)
        },
    )
    .await
}

pub(super) fn check(members: &[String]) -> Result<(), Failure> {
    if members.is_empty() || members.len() > MOST_MEMBERS {
        let most = i64::try_from(MOST_MEMBERS).unwrap_or(i64::MAX);
        return Err(Problem::field("members", FieldProblem::NumberOutOfRange { least: 1, most }).into());
    }
    Ok(())
}

fn named(error: StoreError) -> Failure {
    match error {
        error if error.asserts("unknown_member") => Problem::NotFound.into(),
        error if error.asserts("changed_meanwhile") => Problem::PlanChanged.into(),
        error if error.asserts("suspended_member") => Problem::Suspended.into(),
        error => error.into(),
    }
}

async fn balances(ask: &Ask<'_>, company_id: &str) -> Result<Answer, Failure> {
    let lots = lots::ending_after(ask.database, company_id, ask.now).await?;
    let of = |kind| lots::balance(&lots, kind, ask.now);
    Answer::json(200, &Balances { user: of(Kind::User), content: of(Kind::Content) })
}
