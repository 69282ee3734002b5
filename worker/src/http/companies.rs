//! Companies at the desk, and a company's own settings.

use seatwise_domain::policy::OVERDRAFT_LIMITS;
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::text::{CompanyName, PersonName, WebAddress};
use seatwise_domain::wire::{
    CompanyPage, CreateCompany, INACTIVE_DAYS, INVITE_DAYS, InviteManager, RenameCompany, Settings, SettingsEffect,
};
use seatwise_domain::{Balance, EmailAddress, Kind, Problem};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::once::once;
use crate::auth::secret;
use crate::store::companies::{self, NewCompany};
use crate::store::members::NewMember;
use crate::store::{Door, desk, lots, members, roster};

/// Creates a company, looked after by whoever creates it, with its first manager.
pub(super) async fn create(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: CreateCompany = read(&body)?;
    let name = CompanyName::parse(&wanted.name).map_err(|problem| Problem::field("name", problem))?;
    let platform = web_address(wanted.platform_url.as_deref())?;
    let manager = wanted.manager.as_ref().map(first_manager).transpose()?;
    let ask = &*ask;
    let actor = ask.actor(Door::Desk)?;
    let account_manager_id = ask.open()?.who.id();
    once(
        ask,
        &body,
        async |id, keep| {
            let company = NewCompany {
                id,
                name: name.as_str(),
                platform_url: platform.as_ref().map(WebAddress::as_str),
                account_manager_id,
                content_with_user: wanted.content_with_user,
                language: wanted.language,
                manager,
            };
            Ok(companies::create(ask.database, &company, &ask.config.token_key, ask.now, &actor, keep).await?)
        },
        async |id| Ok(desk::company(ask.database, ask.now, id).await?.ok_or(Problem::NotFound)?),
    )
    .await
}

fn first_manager(wanted: &InviteManager) -> Result<NewMember, Failure> {
    let email = EmailAddress::parse(&wanted.email).map_err(|problem| Problem::field("email", problem))?;
    let name = PersonName::parse_optional(wanted.name.as_deref()).map_err(|problem| Problem::field("manager_name", problem))?;
    let name = name.map(|name| name.as_str().to_owned());
    Ok(NewMember { id: secret::new_id()?, email, name, learner: false, manager: true, group: None })
}

/// Renames a company.
pub(super) async fn rename(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: RenameCompany = ask.body().await?;
    let name = CompanyName::parse(&wanted.name).map_err(|problem| Problem::field("name", problem))?;
    let (id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    companies::one(ask.database, id).await?.ok_or(Problem::NotFound)?;
    companies::rename(ask.database, id, name.as_str(), ask.now, &actor).await?;
    show(ask).await
}

/// One company's page.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let id = ask.id()?;
    let company = companies::one(ask.database, id).await?.ok_or(Problem::NotFound)?;
    let line = desk::company(ask.database, ask.now, id).await?.ok_or(Problem::NotFound)?;
    let managers = members::managers(ask.database, id).await?;
    let page = CompanyPage { company: line, settings: company.settings, managers, account_manager: company.account_manager };
    Answer::json(200, &page)
}

/// A company's settings.
pub(super) async fn show_settings(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company = companies::one(ask.database, ask.id()?).await?.ok_or(Problem::NotFound)?;
    Answer::json(200, &company.settings)
}

/// Changes a company's settings: through its managers' door, or the desk's.
pub(super) async fn change_settings(ask: &mut Ask<'_>, door: Door) -> Result<Answer, Failure> {
    let wanted: Settings = ask.body().await?;
    let platform = web_address(wanted.platform_url.as_deref())?;
    if !INVITE_DAYS.contains(&wanted.invite_days) {
        let (least, most) = (*INVITE_DAYS.start(), *INVITE_DAYS.end());
        return Err(Problem::field("invite_days", FieldProblem::NumberOutOfRange { least, most }).into());
    }
    if !OVERDRAFT_LIMITS.contains(&wanted.overdraft_limit) {
        let (least, most) = (*OVERDRAFT_LIMITS.start(), *OVERDRAFT_LIMITS.end());
        return Err(Problem::field("overdraft_limit", FieldProblem::NumberOutOfRange { least, most }).into());
    }
    if !INACTIVE_DAYS.contains(&wanted.inactive_days) {
        let (least, most) = (*INACTIVE_DAYS.start(), *INACTIVE_DAYS.end());
        return Err(Problem::field("inactive_days", FieldProblem::NumberOutOfRange { least, most }).into());
    }
    let contact_email = match wanted.contact_email.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            let email = EmailAddress::parse(text).map_err(|problem| Problem::field("contact_email", problem))?;
            Some(email.typed().to_owned())
        }
        None => None,
    };
    let settings = Settings { platform_url: platform.map(|url| url.as_str().to_owned()), contact_email, ..wanted };
    let actor = ask.actor(door)?;
    companies::one(ask.database, ask.id()?).await?.ok_or(Problem::NotFound)?;
    match companies::change(ask.database, ask.id()?, &settings, ask.now, &actor).await {
        Err(error) if error.asserts("settings_changed") => return Err(Problem::SettingsChanged.into()),
        Err(error) if error.asserts("unknown_contact") => return Err(Problem::field("contact_id", FieldProblem::Choice).into()),
        other => other?,
    }
    show_settings(ask).await
}

/// What settings would do, counted.
pub(super) async fn effect(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company_id = ask.id()?;
    let days = ask.query("inactive_days")?.and_then(|text| text.parse().ok()).filter(|days| INACTIVE_DAYS.contains(days));
    let (inactive, open_invites) = roster::affected(ask.database, company_id, days, ask.now).await?;
    let lots = lots::ending_after(ask.database, company_id, ask.now).await?;
    let [user, content] = [Kind::User, Kind::Content].map(|kind| lots::balance(&lots, kind, ask.now));
    let held = |balance: &Balance| balance.in_use.saturating_add(balance.pending);
    let without_content = held(&user).saturating_sub(held(&content)).max(0);
    Answer::json(200, &SettingsEffect { inactive, open_invites, without_content, content_available: content.available })
}

fn web_address(text: Option<&str>) -> Result<Option<WebAddress>, Failure> {
    Ok(WebAddress::parse_optional(text).map_err(|problem| Problem::field("platform_url", problem))?)
}
