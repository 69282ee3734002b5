//! Every call to the API, typed by the wire types and addressed by the table of routes.

use core::cell::RefCell;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use gloo_net::http::{Method as HttpMethod, RequestBuilder};
use seatwise_domain::access::{Action, Method};
use seatwise_domain::letter::LetterKind;
use seatwise_domain::problem::{ProblemDocument, WayOut};
use seatwise_domain::time::HOUR;
use seatwise_domain::wire::*;
use seatwise_domain::{Instant, Kind, Language};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::ui::Connection;
use crate::{objects, words};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The API refused, and says why.
    Problem(Box<ProblemDocument>),
    /// No answer came, or none that can be read.
    Offline,
}

impl Failure {
    /// What the API says about a field.
    pub(crate) fn about(&self, field: &str) -> Option<&str> {
        match self {
            Self::Problem(problem) if problem.field.as_deref() == Some(field) => Some(&problem.detail),
            _ => None,
        }
    }

    /// Whether the problem has this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Problem(problem) if problem.kind.rsplit(':').next() == Some(name))
    }

    /// What can be done about it.
    pub(crate) fn ways_out(&self) -> &[WayOut] {
        match self {
            Self::Problem(problem) => &problem.ways_out,
            Self::Offline => &[],
        }
    }
}

/// An answer, or why there is none.
type Result<T> = core::result::Result<T, Failure>;

thread_local! {
    static SIGNED_OUT: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Tells what to do when the API says that the session is over.
pub(crate) fn on_signed_out(act: impl Fn() + 'static) {
    SIGNED_OUT.with_borrow_mut(|slot| *slot = Some(Box::new(act)));
}

/// A key that makes a request safe to repeat.
pub(crate) fn new_key() -> String {
    web_sys::window().and_then(|window| window.crypto().ok()).map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// What the API's answer says, on its way, not yet read.
pub(crate) type Text = Pin<Box<dyn Future<Output = Result<String>>>>;

/// An answer on its way. The way is the same for all and so compiled once; only reading the answer depends on what it is.
pub(crate) struct Asked<T> {
    /// The answer as text.
    pub(crate) text: Text,
    /// Reads the text.
    pub(crate) read: fn(&str) -> Result<T>,
    /// Sends the very same request once more, where that does nothing twice.
    pub(crate) again: Option<Again>,
}

/// Sends a request once more.
pub(crate) type Again = Box<dyn Fn() -> Text>;

impl<T> Future for Asked<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        self.text.as_mut().poll(context).map(|text| read(&text?))
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    objects::from_str(text).map_err(unreadable)
}

/// Something came that isn't Seatwise's: a proxy's page in its place, say.
fn unreadable(_: serde_json::Error) -> Failure {
    Connection::heard(true);
    Failure::Offline
}

/// Nothing came.
fn silent(_: gloo_net::Error) -> Failure {
    Connection::heard(false);
    Failure::Offline
}

/// What a request brings, and what sort of thing that is.
type Body = (JsValue, String);

fn json(text: String) -> Body {
    (text.into(), "application/json".to_owned())
}

async fn ask(action: Action, address: String, body: Option<String>, key: Option<String>) -> Result<String> {
    settle(exchange(action, address, body.map(json), key).await?)
}

/// What an answer says, or why it was refused.
fn settle((status, text): (u16, String)) -> Result<String> {
    if (200..300).contains(&status) {
        return Ok(text);
    }
    let problem: ProblemDocument = read(&text)?;
    if status == 401 {
        SIGNED_OUT.with_borrow(|act| {
            if let Some(act) = act {
                act();
            }
        });
    }
    Err(Failure::Problem(Box::new(problem)))
}

/// Sends a request; gives back the status and the text of the answer, whatever it is.
async fn exchange(action: Action, address: String, body: Option<Body>, key: Option<String>) -> Result<(u16, String)> {
    let method = match action.method() {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    };
    let mut request = RequestBuilder::new(&address).method(method).header("Accept-Language", words::language().as_str());
    if let Some(key) = key {
        request = request.header("Idempotency-Key", &key);
    }
    let sent = match body {
        Some((body, kind)) => match request.header("Content-Type", &kind).body(body) {
            Ok(request) => request.send().await,
            Err(error) => Err(error),
        },
        None => request.send().await,
    };
    let response = sent.map_err(silent)?;
    let status = response.status();
    let text = response.text().await.map_err(silent)?;
    Ok((status, text))
}

fn get<T: DeserializeOwned>(action: Action, ids: &[&str], query: &str) -> Asked<T> {
    Asked { text: Box::pin(ask(action, format!("{}{query}", action.address(ids)), None, None)), read, again: None }
}

fn post(action: Action, ids: &[&str], body: serde_json::Result<String>, key: Option<String>) -> (Text, Option<Again>) {
    let (address, body) = (action.address(ids), body.ok());
    let safe = key.is_some() || action.method() == Method::Put;
    let again = move || -> Text { Box::pin(ask(action, address.clone(), body.clone(), key.clone())) };
    let text = again();
    (text, safe.then(|| Box::new(again) as Again))
}

fn send<T: DeserializeOwned>(action: Action, ids: &[&str], body: &impl Serialize, key: Option<String>) -> Asked<T> {
    let (text, again) = post(action, ids, serde_json::to_string(body), key);
    Asked { text, read, again }
}

/// A query with one value, or nothing.
fn query(name: &str, value: Option<&str>) -> String {
    let encoded = value.map(|value| js_sys::encode_uri_component(value).as_string().unwrap_or_default());
    encoded.map(|value| format!("?{name}={value}")).unwrap_or_default()
}

/// A query with one value more.
fn with(list: &str, name: &str, value: Option<&str>) -> String {
    let more = query(name, value);
    if list.is_empty() { more } else { format!("?{list}{}", more.replacen('?', "&", 1)) }
}

pub(crate) fn session() -> Asked<SessionState> {
    get(Action::ShowSession, &[], "")
}

pub(crate) fn ask_to_sign_in(email: String) -> Asked<()> {
    let body = serde_json::to_string(&AskToSignIn { email });
    Asked { text: post(Action::AskToSignIn, &[], body, None).0, read: |_| Ok(()), again: None }
}

pub(crate) fn sign_in(proof: SignIn) -> Asked<SessionState> {
    send(Action::SignIn, &[], &proof, None)
}

pub(crate) fn sign_out() -> Asked<()> {
    let action = Action::SignOut;
    Asked { text: Box::pin(ask(action, action.address(&[]), None, None)), read: |_| Ok(()), again: None }
}

pub(crate) fn switch_identity(id: String) -> Asked<SessionState> {
    send(Action::SwitchIdentity, &[], &SwitchIdentity { id }, None)
}

pub(crate) fn choose_language(language: Language) -> Asked<()> {
    let (action, body) = (Action::ChooseLanguage, serde_json::to_string(&ChooseLanguage { language }).ok());
    Asked { text: Box::pin(ask(action, action.address(&[]), body, None)), read: |_| Ok(()), again: None }
}

/// What the link of an invite leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    /// An invite that can be accepted.
    Open(Box<InviteView>),
    /// One that can't.
    Closed(Box<ClosedInvite>),
}

/// The answer about an invite that can't be accepted is a problem that says more than others.
pub(crate) fn look_at_invite(token: String) -> Asked<Looked> {
    let action = Action::LookAtInvite;
    let body = serde_json::to_string(&InviteToken { token }).ok();
    let text = Box::pin(async move { Ok(exchange(action, action.address(&[]), body.map(json), None).await?.1) });
    let looked = |text: &str| {
        if let Ok(invite) = objects::from_str(text) {
            return Ok(Looked::Open(Box::new(invite)));
        }
        match objects::from_str(text) {
            Ok(closed) => Ok(Looked::Closed(Box::new(closed))),
            Err(_) => Err(Failure::Problem(Box::new(read(text)?))),
        }
    };
    Asked { text, read: looked, again: None }
}

pub(crate) fn accept_invite(token: String) -> Asked<SessionState> {
    send(Action::AcceptInvite, &[], &InviteToken { token }, None)
}

pub(crate) fn my_licences() -> Asked<MyLicences> {
    get(Action::ShowMyLicences, &[], "")
}

/// The dashboard as of the begun hour: the clock alone is no news, so within the hour the page is drawn again only when a
/// figure has changed.
pub(crate) fn dashboard(company: String) -> Asked<Dashboard> {
    let text = get::<Dashboard>(Action::ShowDashboard, &[&company], "").text;
    let read = |text: &str| {
        let mut dashboard: Dashboard = read(text)?;
        dashboard.now = Instant(dashboard.now.0 - dashboard.now.0.rem_euclid(HOUR));
        Ok(dashboard)
    };
    Asked { text, read, again: None }
}

/// `list` is the address's query that says which list: see `routes::List`.
pub(crate) fn members(company: String, list: &str, after: Option<&str>) -> Asked<Page<MemberLine>> {
    get(Action::ListMembers, &[&company], &with(list, "after", after))
}

pub(crate) fn member_counts(company: String, group: Option<&str>) -> Asked<RosterCounts> {
    get(Action::CountMembers, &[&company], &query("group", group))
}

pub(crate) fn member_ids(company: String, list: &str, after: Option<&str>) -> Asked<MemberIds> {
    get(Action::ListMemberIds, &[&company], &with(list, "after", after))
}

/// Where the browser downloads a list, as `csv` or `json`.
pub(crate) fn export_address(company: &str, list: &str, format: &str) -> String {
    format!("{}{}", Action::ExportMembers.address(&[company]), with(list, "format", Some(format)))
}

pub(crate) fn preview_bulk(company: String, action: BulkAction, members: Vec<String>) -> Asked<BulkEffect> {
    send(Action::PreviewBulk, &[&company], &PreviewBulk { action, members }, None)
}

pub(crate) fn invite_again(company: String, members: Vec<String>) -> Asked<Changed> {
    send(Action::InviteAgain, &[&company], &SomeMembers { members }, None)
}

pub(crate) fn move_members(company: String, members: Vec<String>, group: Option<String>) -> Asked<Changed> {
    send(Action::MoveMembers, &[&company], &MoveMembers { members, group }, None)
}

pub(crate) fn end_members(company: String, members: Vec<String>, ends_on: Option<String>) -> Asked<Changed> {
    send(Action::EndMembers, &[&company], &EndMembers { members, ends_on }, None)
}

pub(crate) fn remind_members(company: String, members: Vec<String>) -> Asked<Changed> {
    send(Action::RemindMembers, &[&company], &SomeMembers { members }, None)
}

pub(crate) fn imports(company: String) -> Asked<Page<Import>> {
    get(Action::ListImports, &[&company], "")
}

pub(crate) fn draft_import(company: String, draft: &DraftImport, key: String) -> Asked<Import> {
    send(Action::DraftImport, &[&company], draft, Some(key))
}

pub(crate) fn import(company: String, id: &str) -> Asked<Import> {
    get(Action::ShowImport, &[&company, id], "")
}

/// The parts count from 0; the same part may be sent again.
pub(crate) fn import_part(company: String, id: &str, number: usize, part: &ImportPart) -> Asked<()> {
    let text = post(Action::ImportPart, &[&company, id, &number.to_string()], serde_json::to_string(part), None).0;
    Asked { text, read: |_| Ok(()), again: None }
}

/// `part` is the address's query that says which part of the history: see `routes::History`.
pub(crate) fn activity(company: String, part: &str, after: Option<&str>) -> Asked<Activity> {
    get(Action::ListActivity, &[&company], &with(part, "after", after))
}

/// Where the browser downloads the history, as `csv` or `json`.
pub(crate) fn activity_address(company: &str, part: &str, format: &str) -> String {
    format!("{}{}", Action::ExportActivity.address(&[company]), with(part, "format", Some(format)))
}

pub(crate) fn import_plan(company: String, id: &str, bring_back: bool, move_groups: bool) -> Asked<ImportPlan> {
    get(Action::PlanImport, &[&company, id], &format!("?bring_back={bring_back}&move_groups={move_groups}"))
}

pub(crate) fn start_import(company: String, id: &str, start: &StartImport) -> Asked<Import> {
    send(Action::StartImport, &[&company, id], start, None)
}

pub(crate) fn step_import(company: String, id: &str) -> Asked<Import> {
    send(Action::StepImport, &[&company, id], &serde_json::Map::new(), None)
}

pub(crate) fn stop_import(company: String, id: &str) -> Asked<Import> {
    send(Action::StopImport, &[&company, id], &serde_json::Map::new(), None)
}

pub(crate) fn undo_import(company: String, id: &str) -> Asked<Import> {
    send(Action::UndoImport, &[&company, id], &serde_json::Map::new(), None)
}

/// Where the browser downloads the rows that weren't imported.
pub(crate) fn refused_address(company: &str, id: &str) -> String {
    Action::ListRefused.address(&[company, id])
}

pub(crate) fn add_member(company: String, member: AddMember, key: String) -> Asked<AddedMember> {
    send(Action::AddMember, &[&company], &member, Some(key))
}

pub(crate) fn member(company: String, id: &str) -> Asked<MemberPage> {
    get(Action::ShowMember, &[&company, id], "")
}

pub(crate) fn give_licences(company: String, members: Vec<String>, kind: Option<Kind>) -> Asked<Balances> {
    send(Action::GiveLicences, &[&company], &GiveLicences { members, kind }, None)
}

pub(crate) fn take_back(company: String, members: Vec<String>, kind: Option<Kind>) -> Asked<Balances> {
    send(Action::TakeBackLicences, &[&company], &TakeBack { members, kind, pending_only: false }, None)
}

/// Withdraws open invites; whoever has joined keeps their licences.
pub(crate) fn withdraw(company: String, members: Vec<String>) -> Asked<Balances> {
    send(Action::TakeBackLicences, &[&company], &TakeBack { members, kind: None, pending_only: true }, None)
}

pub(crate) fn remove_members(company: String, members: Vec<String>, keep_managers: bool) -> Asked<Balances> {
    send(Action::RemoveMembers, &[&company], &RemoveMembers { members, keep_managers }, None)
}

pub(crate) fn replace_member(company: String, id: &str, other: ReplaceMember, key: String) -> Asked<MemberLine> {
    send(Action::ReplaceMember, &[&company, id], &other, Some(key))
}

pub(crate) fn set_member_end(company: String, id: &str, ends_on: Option<String>) -> Asked<MemberPage> {
    send(Action::SetMemberEnd, &[&company, id], &SetEnd { ends_on }, None)
}

pub(crate) fn set_member_group(company: String, id: &str, group: Option<String>) -> Asked<MemberPage> {
    send(Action::SetMemberGroup, &[&company, id], &SetGroup { group }, None)
}

pub(crate) fn groups(company: String) -> Asked<Groups> {
    get(Action::ListGroups, &[&company], "")
}

pub(crate) fn create_group(company: String, name: String, key: String) -> Asked<GroupLine> {
    send(Action::CreateGroup, &[&company], &CreateGroup { name }, Some(key))
}

pub(crate) fn rename_group(company: String, id: &str, name: String) -> Asked<GroupLine> {
    send(Action::RenameGroup, &[&company, id], &RenameGroup { name }, None)
}

/// Removes a group; `into`: its members and licences go to another one.
pub(crate) fn remove_group(company: String, id: &str, into: Option<String>) -> Asked<Groups> {
    send(Action::RemoveGroup, &[&company, id], &RemoveGroup { into }, None)
}

pub(crate) fn set_group_end(company: String, id: &str, ends_on: Option<String>) -> Asked<GroupLine> {
    send(Action::SetGroupEnd, &[&company, id], &SetEnd { ends_on }, None)
}

pub(crate) fn explanation(company: String, kind: Kind, since: Option<&str>) -> Asked<Explanation> {
    get(Action::ExplainBalance, &[&company, kind.as_str()], &query("since", since))
}

pub(crate) fn forecast(company: String) -> Asked<Forecast> {
    get(Action::ShowForecast, &[&company], "")
}

pub(crate) fn not_carried(company: String, lot: &str, after: Option<&str>) -> Asked<NotCarried> {
    get(Action::ListNotCarried, &[&company, lot], &query("after", after))
}

pub(crate) fn holders_on(company: String, kind: Kind, day: &str, after: Option<&str>) -> Asked<HoldersOn> {
    let more = query("after", after).replacen('?', "&", 1);
    get(Action::ListHoldersOn, &[&company, kind.as_str()], &format!("{}{more}", query("on", Some(day))))
}

pub(crate) fn audit(company: String) -> Asked<Audit> {
    get(Action::Audit, &[&company], "")
}

pub(crate) fn repair_counters(company: String) -> Asked<Audit> {
    let action = Action::RepairCounters;
    Asked { text: Box::pin(ask(action, action.address(&[&company]), Some("{}".to_owned()), None)), read, again: None }
}

pub(crate) fn orders(company: String, after: Option<String>) -> Asked<Page<OrderLine>> {
    get(Action::ListOrders, &[&company], &query("after", after.as_deref()))
}

pub(crate) fn request_order(company: String, order: RequestOrder, key: String) -> Asked<OrderLine> {
    send(Action::RequestOrder, &[&company], &order, Some(key))
}

pub(crate) fn order(company: String, id: &str) -> Asked<OrderPage> {
    get(Action::ShowOrder, &[&company, id], "")
}

pub(crate) fn cancel_order(company: String, id: &str) -> Asked<OrderLine> {
    send(Action::CancelOrder, &[&company, id], &serde_json::Map::new(), None)
}

pub(crate) fn notices(company: String) -> Asked<Notices> {
    get(Action::ShowNotices, &[&company], "")
}

pub(crate) fn change_notices(company: String, notices: &Notices) -> Asked<Notices> {
    send(Action::ChangeNotices, &[&company], notices, None)
}

pub(crate) fn sync(company: String) -> Asked<SyncPage> {
    get(Action::ShowSync, &[&company], "")
}

pub(crate) fn change_sync(company: String, settings: &SyncSettings) -> Asked<SyncPage> {
    send(Action::ChangeSync, &[&company], settings, None)
}

pub(crate) fn sync_log(company: String, after: Option<String>) -> Asked<SyncLog> {
    get(Action::ListSyncLog, &[&company], &query("after", after.as_deref()))
}

pub(crate) fn make_sync_token(company: String, token: &NewSyncToken) -> Asked<MadeSyncToken> {
    send(Action::MakeSyncToken, &[&company], token, None)
}

pub(crate) fn revoke_sync_token(company: String, token: &str) -> Asked<SyncPage> {
    send(Action::RevokeSyncToken, &[&company, token], &serde_json::Map::new(), None)
}

pub(crate) fn change_sync_group(company: String, group: &str, change: &ChangeDirectoryGroup) -> Asked<SyncPage> {
    send(Action::ChangeSyncGroup, &[&company, group], change, None)
}

pub(crate) fn send_letter_again(company: String, letter: i64) -> Asked<LetterLine> {
    send(Action::SendLetterAgain, &[&company, &letter.to_string()], &serde_json::Map::new(), None)
}

pub(crate) fn correct_address(company: String, member: &str, email: String) -> Asked<MemberPage> {
    send(Action::CorrectAddress, &[&company, member], &CorrectAddress { email }, None)
}

pub(crate) fn lots(company: String) -> Asked<Lots> {
    get(Action::ListLots, &[&company], "")
}

pub(crate) fn settings(company: String) -> Asked<Settings> {
    get(Action::ShowSettings, &[&company], "")
}

/// What settings would do that count as inactive whoever wasn't active for `days`.
pub(crate) fn settings_effect(company: String, days: i64) -> Asked<SettingsEffect> {
    get(Action::CountEffect, &[&company], &query("inactive_days", Some(&days.to_string())))
}

pub(crate) fn managers(company: String) -> Asked<Managers> {
    get(Action::ListManagers, &[&company], "")
}

pub(crate) fn appoint_manager(company: String, manager: &AppointManager, key: String) -> Asked<Managers> {
    send(Action::AppointManager, &[&company], manager, Some(key))
}

pub(crate) fn dismiss_manager(company: String, id: &str) -> Asked<Managers> {
    send(Action::DismissManager, &[&company, id], &serde_json::Map::new(), None)
}

pub(crate) fn look(company: String) -> Asked<LookSettings> {
    get(Action::ShowLook, &[&company], "")
}

pub(crate) fn change_look(company: String, accent: Option<String>) -> Asked<LookSettings> {
    send(Action::ChangeLook, &[&company], &ChangeLook { accent }, None)
}

pub(crate) fn keep_logo(company: String, file: web_sys::File) -> Asked<LookSettings> {
    let action = Action::KeepLogo;
    let (address, kind) = (action.address(&[&company]), file.type_());
    let text = Box::pin(async move { settle(exchange(action, address, Some((file.into(), kind)), None).await?) });
    Asked { text, read, again: None }
}

pub(crate) fn remove_logo(company: String) -> Asked<LookSettings> {
    let action = Action::RemoveLogo;
    Asked { text: Box::pin(ask(action, action.address(&[&company]), None, None)), read, again: None }
}

pub(crate) fn change_settings(company: String, settings: Settings) -> Asked<Settings> {
    send(Action::ChangeSettings, &[&company], &settings, None)
}

/// What waits for somebody who doesn't work at the desk: nothing, without asking.
pub(crate) fn no_orders() -> Asked<Page<WaitingOrder>> {
    Asked {
        text: Box::pin(core::future::ready(Ok(String::new()))),
        read: |_| Ok(Page { items: Vec::new(), next: None }),
        again: None,
    }
}

/// What somebody who doesn't work at the desk knows of the mail: nothing, without asking.
pub(crate) fn no_mail() -> Asked<Option<MailState>> {
    Asked { text: Box::pin(core::future::ready(Ok(String::new()))), read: |_| Ok(None), again: None }
}

/// `own`: those of the companies that the one who asks looks after.
pub(crate) fn waiting_orders(own: bool, after: Option<&str>) -> Asked<Page<WaitingOrder>> {
    get(Action::ListWaitingOrders, &[], &with(&own_list(own), "after", after))
}

fn own_list(own: bool) -> String {
    format!("own={own}")
}

pub(crate) fn assign_order(order: String, assignment: AssignOrder, key: String) -> Asked<OrderLine> {
    send(Action::AssignOrder, &[&order], &assignment, Some(key))
}

pub(crate) fn decline_order(order: &str, reason: String) -> Asked<OrderLine> {
    send(Action::DeclineOrder, &[order], &DeclineOrder { reason }, None)
}

/// `search`: the start of any word of a company's name.
pub(crate) fn companies(own: bool, search: &str, after: Option<&str>) -> Asked<Page<CompanyLine>> {
    let list = own_list(own);
    let list = Some(search).filter(|search| !search.is_empty()).map_or(list.clone(), |search| {
        let search = js_sys::encode_uri_component(search).as_string().unwrap_or_default();
        format!("{list}&search={search}")
    });
    get(Action::ListCompanies, &[], &with(&list, "after", after))
}

pub(crate) fn ending(own: bool, after: Option<&str>) -> Asked<Page<EndingLot>> {
    get(Action::ListEnding, &[], &with(&own_list(own), "after", after))
}

pub(crate) fn overdrawn(own: bool, after: Option<&str>) -> Asked<Page<OverdrawnCompany>> {
    get(Action::ListOverdrawn, &[], &with(&own_list(own), "after", after))
}

/// Where the browser downloads one of the desk's lists as CSV.
pub(crate) fn desk_export_address(list: DeskList, own: bool, search: &str) -> String {
    let search = String::from(js_sys::encode_uri_component(search));
    format!("{}?list={}&own={own}&search={search}", Action::ExportDesk.address(&[]), list.as_str())
}

pub(crate) fn rename_company(company: &str, name: String) -> Asked<CompanyPage> {
    send(Action::RenameCompany, &[company], &RenameCompany { name }, None)
}

pub(crate) fn change_company_settings(company: &str, settings: &Settings) -> Asked<Settings> {
    send(Action::ChangeCompanySettings, &[company], settings, None)
}

pub(crate) fn hand_over(company: &str, staff: String) -> Asked<CompanyPage> {
    send(Action::HandOver, &[company], &HandOver { staff }, None)
}

pub(crate) fn reduce_lot(company: &str, lot: &str, reduce: &ReduceLot) -> Asked<Lots> {
    send(Action::ReduceLot, &[company, lot], reduce, None)
}

pub(crate) fn extend_lot(company: &str, lot: &str, extend: &ExtendLot) -> Asked<Lots> {
    send(Action::ExtendLot, &[company, lot], extend, None)
}

pub(crate) fn staff() -> Asked<StaffPage> {
    get(Action::ListStaff, &[], "")
}

pub(crate) fn invite_staff(invite: &InviteStaff, key: String) -> Asked<StaffPage> {
    send(Action::InviteStaff, &[], invite, Some(key))
}

pub(crate) fn change_staff(id: &str, change: &ChangeStaff) -> Asked<StaffPage> {
    send(Action::ChangeStaff, &[id], change, None)
}

/// `to`: who looks after their companies then.
pub(crate) fn remove_staff(id: &str, to: Option<String>) -> Asked<StaffPage> {
    send(Action::RemoveStaff, &[id], &RemoveStaff { to }, None)
}

pub(crate) fn mail() -> Asked<Option<MailState>> {
    get(Action::ShowMail, &[], "")
}

/// Where the browser shows a letter with sample values; `text`: as plain text.
pub(crate) fn preview_address(letter: LetterKind, text: bool) -> String {
    format!("{}{}", Action::PreviewLetter.address(&[letter.as_str()]), if text { "?as=text" } else { "" })
}

pub(crate) fn create_company(company: CreateCompany, key: String) -> Asked<CompanyLine> {
    send(Action::CreateCompany, &[], &company, Some(key))
}

pub(crate) fn company(id: String) -> Asked<CompanyPage> {
    get(Action::ShowCompany, &[&id], "")
}

pub(crate) fn invite_manager(company: String, manager: InviteManager, key: String) -> Asked<ManagerLine> {
    send(Action::InviteManager, &[&company], &manager, Some(key))
}
