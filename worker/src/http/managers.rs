//! Who manages a company's licences: looked at and changed by those who do.

use seatwise_domain::Problem;
use seatwise_domain::wire::{AppointManager, Managers};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::members::{add_one, person};
use super::once::once;
use crate::store::members::NewMember;
use crate::store::{Door, giving, managers, members};

/// The managers.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    Answer::json(200, &all(ask).await?)
}

async fn all(ask: &Ask<'_>) -> Result<Managers, Failure> {
    let mut items = members::managers(ask.database, ask.id()?).await?;
    items.sort_by_key(|manager| manager.invited);
    Ok(Managers { items })
}

/// Makes somebody a manager: a user by their address, or somebody new, who is invited.
pub(super) async fn appoint(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: AppointManager = read(&body)?;
    let (email, name) = person(&wanted.email, wanted.name.as_deref())?;
    let ask = &*ask;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    once(
        ask,
        &body,
        async |id, keep| {
            let known = giving::by_address(ask.database, company_id, email.compared()).await?;
            match known {
                Some(known) if known.removed => Err(Problem::WasRemoved { member: known.id }.into()),
                Some(known) => match managers::appoint(ask.database, company_id, &known.id, ask.now, &actor, keep).await {
                    Err(error) if error.asserts("unknown_member") => Err(Problem::ManagesAlready.into()),
                    other => Ok(other?),
                },
                None => {
                    let person = NewMember { id: id.to_owned(), email, name, learner: false, manager: true, group: None };
                    add_one(ask, company_id, person, &actor, keep).await
                }
            }
        },
        async |_| all(ask).await,
    )
    .await
}

/// Takes the right to manage from somebody.
pub(super) async fn dismiss(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let actor = ask.actor(Door::Api)?;
    match managers::dismiss(ask.database, ask.id()?, ask.second_id()?, ask.now, &actor).await {
        Err(error) if error.asserts("unknown_member") => return Err(Problem::NotFound.into()),
        Err(error) if error.asserts("last_manager") => return Err(Problem::LastManager.into()),
        other => other?,
    }
    list(ask).await
}
