//! Every call to the API, typed by the wire types and addressed by the table of routes.

use core::cell::RefCell;

use gloo_net::http::{Method as HttpMethod, RequestBuilder};
use seatwise_domain::access::{Action, Method};
use seatwise_domain::problem::{ProblemDocument, WayOut};
use seatwise_domain::wire::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

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

async fn ask(action: Action, address: &str, body: Option<String>, key: Option<&str>) -> Result<(u16, String)> {
    let method = match action.route().method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    };
    let mut request = RequestBuilder::new(address).method(method);
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    let sent = match body {
        Some(body) => match request.header("Content-Type", "application/json").body(body) {
            Ok(request) => request.send().await,
            Err(error) => Err(error),
        },
        None => request.send().await,
    };
    let response = sent.map_err(|_| Failure::Offline)?;
    let status = response.status();
    let text = response.text().await.map_err(|_| Failure::Offline)?;
    if (200..300).contains(&status) {
        return Ok((status, text));
    }
    let problem: ProblemDocument = serde_json::from_str(&text).map_err(|_| Failure::Offline)?;
    if status == 401 {
        SIGNED_OUT.with_borrow(|act| {
            if let Some(act) = act {
                act();
            }
        });
    }
    Err(Failure::Problem(Box::new(problem)))
}

async fn get<T: DeserializeOwned>(action: Action, ids: &[&str], query: &str) -> Result<T> {
    let (_, text) = ask(action, &format!("{}{query}", action.address(ids)), None, None).await?;
    serde_json::from_str(&text).map_err(|_| Failure::Offline)
}

async fn send<T: DeserializeOwned>(action: Action, ids: &[&str], body: &impl Serialize, key: Option<&str>) -> Result<T> {
    let body = serde_json::to_string(body).map_err(|_| Failure::Offline)?;
    let (_, text) = ask(action, &action.address(ids), Some(body), key).await?;
    serde_json::from_str(&text).map_err(|_| Failure::Offline)
}

/// A query with one value, or nothing.
fn query(name: &str, value: Option<&str>) -> String {
    let encoded = value.map(|value| js_sys::encode_uri_component(value).as_string().unwrap_or_default());
    encoded.map(|value| format!("?{name}={value}")).unwrap_or_default()
}

pub(crate) async fn session() -> Result<SessionState> {
    get(Action::ShowSession, &[], "").await
}

pub(crate) async fn ask_to_sign_in(email: String) -> Result<()> {
    let body = serde_json::to_string(&AskToSignIn { email }).map_err(|_| Failure::Offline)?;
    let action = Action::AskToSignIn;
    ask(action, &action.address(&[]), Some(body), None).await.map(|_| ())
}

pub(crate) async fn sign_in(proof: SignIn) -> Result<SessionState> {
    send(Action::SignIn, &[], &proof, None).await
}

pub(crate) async fn sign_out() -> Result<()> {
    let action = Action::SignOut;
    ask(action, &action.address(&[]), None, None).await.map(|_| ())
}

pub(crate) async fn switch_identity(id: String) -> Result<SessionState> {
    send(Action::SwitchIdentity, &[], &SwitchIdentity { id }, None).await
}

pub(crate) async fn look_at_invite(token: String) -> Result<InviteView> {
    send(Action::LookAtInvite, &[], &InviteToken { token }, None).await
}

pub(crate) async fn accept_invite(token: String) -> Result<SessionState> {
    send(Action::AcceptInvite, &[], &InviteToken { token }, None).await
}

pub(crate) async fn my_licences() -> Result<MyLicences> {
    get(Action::ShowMyLicences, &[], "").await
}

pub(crate) async fn dashboard(company: String) -> Result<Dashboard> {
    get(Action::ShowDashboard, &[&company], "").await
}

pub(crate) async fn members(company: String, after: Option<String>) -> Result<Page<MemberLine>> {
    get(Action::ListMembers, &[&company], &query("after", after.as_deref())).await
}

pub(crate) async fn search_members(company: String, text: String) -> Result<Page<MemberLine>> {
    get(Action::ListMembers, &[&company], &query("search", Some(&text))).await
}

pub(crate) async fn add_member(company: String, member: AddMember, key: String) -> Result<AddedMember> {
    send(Action::AddMember, &[&company], &member, Some(&key)).await
}

pub(crate) async fn orders(company: String, after: Option<String>) -> Result<Page<OrderLine>> {
    get(Action::ListOrders, &[&company], &query("after", after.as_deref())).await
}

pub(crate) async fn request_order(company: String, order: RequestOrder, key: String) -> Result<OrderLine> {
    send(Action::RequestOrder, &[&company], &order, Some(&key)).await
}

pub(crate) async fn lots(company: String) -> Result<Lots> {
    get(Action::ListLots, &[&company], "").await
}

pub(crate) async fn settings(company: String) -> Result<Settings> {
    get(Action::ShowSettings, &[&company], "").await
}

pub(crate) async fn change_settings(company: String, settings: Settings) -> Result<Settings> {
    send(Action::ChangeSettings, &[&company], &settings, None).await
}

pub(crate) async fn waiting_orders(after: Option<String>) -> Result<Page<WaitingOrder>> {
    get(Action::ListWaitingOrders, &[], &query("after", after.as_deref())).await
}

pub(crate) async fn assign_order(order: String, assignment: AssignOrder, key: String) -> Result<OrderLine> {
    send(Action::AssignOrder, &[&order], &assignment, Some(&key)).await
}

pub(crate) async fn companies(after: Option<String>) -> Result<Page<CompanyLine>> {
    get(Action::ListCompanies, &[], &query("after", after.as_deref())).await
}

pub(crate) async fn create_company(company: CreateCompany, key: String) -> Result<CompanyLine> {
    send(Action::CreateCompany, &[], &company, Some(&key)).await
}

pub(crate) async fn company(id: String) -> Result<CompanyPage> {
    get(Action::ShowCompany, &[&id], "").await
}

pub(crate) async fn invite_manager(company: String, manager: InviteManager, key: String) -> Result<ManagerLine> {
    send(Action::InviteManager, &[&company], &manager, Some(&key)).await
}
