//! Who works at the desk.

use seatwise_domain::text::{PersonName, Phone};
use seatwise_domain::wire::{ChangeStaff, HandOver, InviteStaff, RemoveStaff, Role, StaffRole};
use seatwise_domain::{EmailAddress, Problem};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::companies;
use super::once::{Made, once};
use crate::store::staff::{self, Details};
use crate::store::{Door, StoreError};

/// Everybody, and the newest changes.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    Answer::json(200, &staff::page(ask.database).await?)
}

/// Invites somebody, who signs in with their address.
pub(super) async fn invite(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: InviteStaff = read(&body)?;
    let email = EmailAddress::parse(&wanted.email).map_err(|problem| Problem::field("email", problem))?;
    let (name, phone) = person(&wanted.name, wanted.phone.as_deref())?;
    let details = Details { name: name.as_str(), phone: phone.as_ref().map(Phone::as_str), role: wanted.role };
    let ask = &*ask;
    let actor = ask.actor(Door::Desk)?;
    once(
        ask,
        &body,
        async |id, keep| match staff::invite(ask.database, id, &email, &details, ask.now, &actor, keep).await {
            Err(error) if error.asserts("already_staff") => Err(Made::Refused(Problem::AlreadyStaff.into())),
            other => Ok(other?),
        },
        async |_| Ok(staff::page(ask.database).await?),
    )
    .await
}

/// Changes somebody's name, number and role. Administrators change everybody; the others themselves, but not their role.
pub(super) async fn change(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: ChangeStaff = ask.body().await?;
    let (name, phone) = person(&wanted.name, wanted.phone.as_deref())?;
    let (id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    let administrator = matches!(ask.open()?.identity.role, Role::Staff { administrator: true });
    let own = ask.open()?.who.id() == id;
    let role = match (administrator, own) {
        (false, false) => return Err(Problem::NotAllowed.into()),
        (false, true) => StaffRole::AccountManager,
        (true, _) => wanted.role,
    };
    let details = Details { name: name.as_str(), phone: phone.as_ref().map(Phone::as_str), role };
    done(ask, staff::change(ask.database, id, &details, ask.now, &actor).await).await?;
    list(ask).await
}

/// Removes somebody; a colleague looks after their companies then.
pub(super) async fn remove(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: RemoveStaff = ask.body().await?;
    let (id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    if ask.open()?.who.id() == id {
        return Err(Problem::OwnAccount.into());
    }
    done(ask, staff::remove(ask.database, id, wanted.to.as_deref(), ask.now, &actor).await).await?;
    list(ask).await
}

/// Hands a company over to a colleague.
pub(super) async fn hand_over(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: HandOver = ask.body().await?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    match staff::hand_over(ask.database, company_id, &wanted.staff, ask.now, &actor).await {
        Err(error) if error.asserts("unknown_staff") => return Err(Problem::NotFound.into()),
        other => other?,
    };
    companies::show(ask).await
}

fn person(name: &str, phone: Option<&str>) -> Result<(PersonName, Option<Phone>), Failure> {
    let name = PersonName::parse(name).map_err(|problem| Problem::field("name", problem))?;
    let phone = Phone::parse_optional(phone).map_err(|problem| Problem::field("phone", problem))?;
    Ok((name, phone))
}

async fn done(ask: &Ask<'_>, outcome: Result<(), StoreError>) -> Result<(), Failure> {
    match outcome {
        Err(error) if error.asserts("unknown_staff") => Err(Problem::NotFound.into()),
        Err(error) if error.asserts("last_administrator") => Err(Problem::LastAdministrator.into()),
        Err(error) if error.asserts("needs_successor") => {
            let companies = staff::companies(ask.database, ask.id()?).await?;
            Err(Problem::LooksAfterCompanies { companies }.into())
        }
        other => Ok(other?),
    }
}
