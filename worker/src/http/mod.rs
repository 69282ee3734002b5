//! The API: one file a resource. A handler parses, calls the store, and answers; who may ask is decided before it runs,
//! by the table in `domain::access`, and what goes wrong becomes a problem document here, at one place.

mod activity;
mod answer;
mod ask;
mod assets;
mod audit;
mod companies;
mod dashboard;
mod desk;
mod desk_orders;
mod explain;
mod export;
mod groups;
mod imports;
mod invites;
mod licences;
mod look;
mod lots;
mod mail;
mod managers;
mod me;
mod members;
mod notices;
mod once;
mod orders;
mod roster;
mod sessions;
mod staff;
mod sync;

use seatwise_domain::access::{Action, Found, Method, Who, find};
use seatwise_domain::{Instant, Language, Problem};
use worker::{Context, Date, Env, Request, Response, console_error, console_log};

use self::answer::{Answer, Failure};
use self::ask::{Ask, language_of};
use crate::config::Config;
use crate::jobs::after;
use crate::mail::transport::Transport;
use crate::scim;
use crate::store::Door;
use crate::store::d1::D1;
use crate::store::look::Image;

/// Answers a request: an asset, SCIM, or the API.
///
/// # Errors
/// When no answer can be made at all.
pub async fn handle(request: Request, env: Env, context: Context) -> worker::Result<Response> {
    let path = request.path();
    if path.starts_with("/assets/") {
        return assets::serve(request, &env).await;
    }
    if path == "/api/openapi.json" && request.method() == worker::Method::Get {
        return assets::description(&request, &env).await;
    }
    let response = if path.starts_with("/scim/") {
        sync(request, &env, &context).await?
    } else {
        api(request, &env, &context, &path).await?
    };
    answer::with_common_headers(response)
}

/// What a handler has: an answer, or a file that leaves while it is read.
enum Outcome {
    Answer(Answer),
    Activity(activity::Export),
    Export(roster::Export),
    DeskExport(desk::Export),
    Refused(imports::RefusedFile),
    Picture(Image),
}

fn now() -> Instant {
    Instant(i64::try_from(Date::now().as_millis()).unwrap_or_default())
}

/// What every request needs; or what is missing.
fn needed(env: &Env) -> Result<(D1, Config), String> {
    match (env.d1("DB"), Config::read(env)) {
        (Ok(database), Ok(config)) => Ok((D1::new(database), config)),
        (Err(_), _) => Err("the database is not bound".to_owned()),
        (_, Err(missing)) => Err(missing),
    }
}

/// Answers a request of a company's directory.
async fn sync(request: Request, env: &Env, context: &Context) -> worker::Result<Response> {
    let (database, config) = match needed(env) {
        Ok(needed) => needed,
        Err(missing) => return unconfigured(&missing, language_of(&request)),
    };
    let response = scim::handle(request, &database, &config, now()).await?;
    if database.rows_written() > 0 || !scim::diary::is_empty() {
        let transport = Transport::read(env);
        context.wait_until(async move { after::gathered(&database, &config, transport.as_ref()).await });
    }
    Ok(response)
}

/// Answers a request to the API, and sends the letters that it caused once the answer has left.
async fn api(request: Request, env: &Env, context: &Context, path: &str) -> worker::Result<Response> {
    let (now, language) = (now(), language_of(&request));
    let (database, config) = match needed(env) {
        Ok(needed) => needed,
        Err(missing) => return unconfigured(&missing, language),
    };
    let method = request.method().to_string();
    let found = find(&method, path);
    let action = if let Found::Route(action, _) = &found { Some(*action) } else { None };
    let mut goes_on = false;
    let outcome = match found {
        Found::Nothing => Err(Problem::NotFound.into()),
        Found::OtherMethods(methods) => Ok(Outcome::Answer(answer::other_methods(&methods, language))),
        Found::Route(action, ids) => {
            let ids = ids.into_iter().map(str::to_owned).collect();
            let mut ask = Ask { request, config: &config, database: &database, now, action, ids, session: None, goes_on: false };
            let outcome = answer_to(&mut ask).await;
            goes_on = ask.goes_on;
            outcome
        }
    };
    let outcome = match outcome.unwrap_or_else(|failure| Outcome::Answer(failure.answer(language))) {
        Outcome::Answer(answer) => answer,
        Outcome::Activity(export) => return export::respond(export, env),
        Outcome::Export(export) => return export::respond(export, env),
        Outcome::DeskExport(export) => return export::respond(export, env),
        Outcome::Refused(file) => return export::respond(file, env),
        Outcome::Picture(image) => return look::respond(image),
    };
    let (read, written) = (database.rows_read(), database.rows_written());
    console_log!(
        "{{\"action\":\"{}\",\"status\":{},\"rows_read\":{read},\"rows_written\":{written}}}",
        action.map_or_else(|| "none".to_owned(), |action| format!("{action:?}")),
        outcome.status()
    );
    // What a request cost would tell a stranger whether an address is known.
    let stranger = action.is_none_or(|action| action.route().who == Who::Anyone);
    let response = if stranger { outcome.respond()? } else { outcome.with_costs(&database).respond()? };
    // Only what writes can have added to a history, or put a letter into the outbox.
    if method != Method::Get.as_str() && written > 0 && !goes_on {
        let transport = Transport::read(env);
        context.wait_until(async move { after::follow(&database, &config, transport.as_ref()).await });
    }
    Ok(response)
}

fn unconfigured(missing: &str, language: Language) -> worker::Result<Response> {
    console_error!("{{\"configuration\":{missing:?}}}");
    Answer::problem(&Problem::Internal, language).respond()
}

async fn answer_to(ask: &mut Ask<'_>) -> Result<Outcome, Failure> {
    ask.refuse_other_sites()?;
    ask.open_session().await?;
    ask.authorise()?;
    ask.catch_up().await?;
    let answer = match ask.action {
        Action::AskToSignIn => sessions::ask_to_sign_in(ask).await,
        Action::SignIn => sessions::sign_in(ask).await,
        Action::ShowSession => sessions::show(ask).await,
        Action::SignOut => sessions::sign_out(ask).await,
        Action::SwitchIdentity => sessions::switch(ask).await,
        Action::ChooseLanguage => sessions::choose_language(ask).await,
        Action::LookAtInvite => invites::look(ask).await,
        Action::AcceptInvite => invites::accept(ask).await,
        Action::ShowMyLicences => me::licences(ask).await,
        Action::ShowLogo => return Ok(Outcome::Picture(look::logo(ask).await?)),
        Action::ShowDashboard => dashboard::show(ask).await,
        Action::ListMembers => roster::list(ask).await,
        Action::CountMembers => roster::counts(ask).await,
        Action::ListMemberIds => roster::ids(ask).await,
        Action::ExportMembers => return Ok(Outcome::Export(roster::export(ask).await?)),
        Action::PreviewBulk => roster::preview(ask).await,
        Action::InviteAgain => roster::invite_again(ask).await,
        Action::MoveMembers => groups::move_members(ask).await,
        Action::EndMembers => groups::end_members(ask).await,
        Action::RemindMembers => roster::remind(ask).await,
        Action::RenameGroup => groups::rename(ask).await,
        Action::RemoveGroup => groups::remove(ask).await,
        Action::ListImports => imports::list(ask).await,
        Action::ImportFile => imports::file(ask).await,
        Action::DraftImport => imports::draft(ask).await,
        Action::ShowImport => imports::show(ask).await,
        Action::ImportPart => imports::part(ask).await,
        Action::PlanImport => imports::plan(ask).await,
        Action::StartImport => imports::start(ask).await,
        Action::StepImport => imports::step(ask).await,
        Action::StopImport => imports::stop(ask).await,
        Action::UndoImport => imports::undo(ask).await,
        Action::ListRefused => return Ok(Outcome::Refused(imports::refused(ask).await?)),
        Action::AddMember => members::add(ask).await,
        Action::ShowMember => members::show(ask).await,
        Action::ReplaceMember => licences::replace(ask).await,
        Action::SetMemberEnd => groups::set_member_end(ask).await,
        Action::SetMemberGroup => groups::set_member_group(ask).await,
        Action::GiveLicences => licences::give(ask).await,
        Action::TakeBackLicences => licences::take_back(ask).await,
        Action::RemoveMembers => licences::remove(ask).await,
        Action::ListGroups => groups::list(ask).await,
        Action::CreateGroup => groups::create(ask).await,
        Action::SetGroupEnd => groups::set_end(ask).await,
        Action::ListOrders => orders::list(ask).await,
        Action::RequestOrder => orders::request(ask).await,
        Action::ShowOrder => orders::show(ask).await,
        Action::CancelOrder => orders::cancel(ask).await,
        Action::CountEffect => companies::effect(ask).await,
        Action::ListManagers => managers::list(ask).await,
        Action::AppointManager => managers::appoint(ask).await,
        Action::DismissManager => managers::dismiss(ask).await,
        Action::ShowLook => look::show(ask).await,
        Action::ChangeLook => look::change(ask).await,
        Action::KeepLogo => look::keep(ask).await,
        Action::RemoveLogo => look::remove(ask).await,
        Action::ShowNotices => notices::show(ask).await,
        Action::ChangeNotices => notices::change(ask).await,
        Action::CorrectAddress => members::correct_address(ask).await,
        Action::DeclineOrder => desk_orders::decline(ask).await,
        Action::RenameCompany => companies::rename(ask).await,
        Action::ChangeCompanySettings => companies::change_settings(ask, Door::Desk).await,
        Action::HandOver => staff::hand_over(ask).await,
        Action::ReduceLot => lots::reduce(ask).await,
        Action::ExtendLot => lots::extend(ask).await,
        Action::ListEnding => desk::ending(ask).await,
        Action::ListOverdrawn => desk::overdrawn(ask).await,
        Action::ExportDesk => return Ok(Outcome::DeskExport(desk::export(ask).await?)),
        Action::ListStaff => staff::list(ask).await,
        Action::InviteStaff => staff::invite(ask).await,
        Action::ChangeStaff => staff::change(ask).await,
        Action::RemoveStaff => staff::remove(ask).await,
        Action::ShowSync => sync::show(ask).await,
        Action::ChangeSync => sync::change(ask).await,
        Action::ListSyncLog => sync::log(ask).await,
        Action::MakeSyncToken => sync::make_token(ask).await,
        Action::RevokeSyncToken => sync::revoke_token(ask).await,
        Action::ChangeSyncGroup => sync::change_group(ask).await,
        Action::SendLetterAgain => mail::send_again(ask).await,
        Action::ShowMail => mail::show(ask).await,
        Action::PreviewLetter => mail::preview(ask),
        Action::MailEvent => mail::event(ask).await,
        Action::ListLots => dashboard::lots(ask).await,
        Action::ListNotCarried => explain::not_carried(ask).await,
        Action::ExplainBalance => explain::balance(ask).await,
        Action::ShowForecast => explain::forecast(ask).await,
        Action::ListHoldersOn => explain::holders_on(ask).await,
        Action::ListActivity => activity::list(ask).await,
        Action::ExportActivity => return Ok(Outcome::Activity(activity::export(ask).await?)),
        Action::ShowSettings => companies::show_settings(ask).await,
        Action::ChangeSettings => companies::change_settings(ask, Door::Api).await,
        Action::ListWaitingOrders => desk_orders::list(ask).await,
        Action::AssignOrder => desk_orders::assign(ask).await,
        Action::ListCompanies => desk::companies(ask).await,
        Action::CreateCompany => companies::create(ask).await,
        Action::ShowCompany => companies::show(ask).await,
        Action::InviteManager => members::invite_manager(ask).await,
        Action::Audit => audit::run(ask).await,
        Action::RepairCounters => audit::repair(ask).await,
    };
    answer.map(Outcome::Answer)
}
