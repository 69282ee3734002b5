//! Directory sync by SCIM 2.0 (RFC 7642 to 7644, cursors by RFC 9865), under `/scim/v2`. A company's directory signs in with
//! a bearer token of its own, and sees nothing but its own users and groups.
//!
//! The protocol itself is pure: `schema`, `path`, `filter`, `accept`, `patch`, `select`, `sort`. What a request does is in
//! `users`, `groups`, `query` and `bulk`; what follows for members and licences is in `store::directory`.

pub mod accept;
mod answers;
mod bulk;
mod call;
pub mod diary;
pub mod document;
pub mod error;
pub mod filter;
mod flood;
mod groups;
mod lately;
mod members;
pub mod patch;
pub mod path;
mod query;
pub mod schema;
pub mod select;
pub mod sort;
mod users;
pub mod values;

use futures_util::StreamExt as _;
use seatwise_domain::Instant;
use seatwise_domain::wire::SyncProblem;
use serde_json::{Value, json};
use worker::{Headers, Request, Response, Url, console_error, console_log};

use self::call::{Call, Desk, Failure, Reply};
use self::error::ScimError;
use crate::auth::secret;
use crate::config::Config;
use crate::store::Database;
use crate::store::d1::D1;

/// Where everything begins.
const ROOT: &str = "/scim/v2";
/// The largest body, in bytes: a group of 20,000 members.
const LARGEST_BODY: usize = 4 * 1024 * 1024;
/// How long a directory is told to wait while its sync is paused, in seconds.
const PAUSE_SECONDS: i64 = 300;

/// Answers a request under `/scim/`.
///
/// # Errors
/// When no answer can be made at all.
pub async fn handle(request: Request, database: &D1, config: &Config, now: Instant) -> worker::Result<Response> {
    let url = request.url()?;
    let base = format!("{}{ROOT}", config.origin);
    let outcome = answer(request, &url, database, config, now, &base).await;
    let (reply, status_text) = match outcome {
        Ok(reply) => (reply, None),
        Err(response) => (response, Some(())),
    };
    let status = reply.status;
    console_log!(
        "{{\"action\":\"Scim\",\"status\":{status},\"rows_read\":{},\"rows_written\":{}}}",
        database.rows_read(),
        database.rows_written()
    );
    respond(reply, status_text.is_some(), database)
}

/// What goes over the wire.
struct Sent {
    status: u16,
    body: Option<String>,
    headers: Vec<(&'static str, String)>,
}

async fn answer(mut request: Request, url: &Url, database: &D1, config: &Config, now: Instant, base: &str) -> Result<Sent, Sent> {
    let header = |name: &str| request.headers().get(name).ok().flatten();
    let Some(token) = header("Authorization").as_deref().and_then(bearer).map(str::to_owned) else {
        return Err(not_signed_in(false));
    };
    let (if_match, if_none_match, kind) = (header("If-Match"), header("If-None-Match"), header("Content-Type"));
    let token_hash = secret::hash(&token);
    if let Err(seconds) = flood::pass(&token_hash, config.sync_rate.unwrap_or(flood::USUAL_RATE), now) {
        let error = ScimError { status: 429, scim_type: None, detail: format!("Too many requests. Go on in {seconds} s.") };
        return Err(failed(&error, vec![("Retry-After", seconds.to_string())]));
    }
    let desk = Desk { database, config, token_hash: &token_hash, now, base };
    // Who asks with HEAD gets what GET would answer; the body stays behind on its way out (RFC 9110 §9.3.2).
    let method = request.method().to_string().replace("HEAD", "GET");
    // An address that only begins alike is none of these.
    let below = url.path().strip_prefix(ROOT).filter(|below| below.is_empty() || below.starts_with('/'));
    let path = below.map_or_else(|| vec![String::new()], parts_of);
    let most = if path.first().is_some_and(|first| first.eq_ignore_ascii_case("Bulk")) { bulk::LARGEST } else { LARGEST_BODY };
    let body = match text(&mut request, most).await {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(|_| ScimError::invalid_syntax("The body is not JSON.")),
        Err(error) => Err(error),
    };
    let body = match kind {
        Some(kind) if !is_json(&kind) && !matches!(body, Ok(None)) => {
            Err(ScimError::unsupported("The body must be application/scim+json."))
        }
        _ => body,
    };
    let query = query_of(url.query().unwrap_or_default());
    let call = body.map(|body| Call { method, path: path.clone(), query, body, if_match, if_none_match, id: None });
    let mut outcome = match call {
        Ok(call) => run(&desk, &call).await,
        Err(error) => Err(error.into()),
    };
    if let Err(Failure::Scim(directory, ..)) = &mut outcome
        && directory.is_none()
    {
        // Whoever isn't signed in learns that first, and whoever is finds the mistake on the page of the sync.
        match desk.look(Vec::new(), false).await {
            Ok((found, _)) => **directory = Some(found),
            Err(failure) => outcome = Err(failure),
        }
    }
    match outcome {
        Ok(reply) => {
            note(&desk, &reply);
            let mut headers = Vec::new();
            if let Some(location) = reply.location {
                headers.push(("Location", location));
            }
            if let Some(version) = reply.version {
                headers.push(("ETag", version.tag()));
            }
            Ok(Sent { status: reply.status, body: reply.body.map(|body| body.to_string()), headers })
        }
        Err(Failure::NotSignedIn) => Err(not_signed_in(true)),
        Err(Failure::Paused(directory)) => {
            let detail = format!("Directory sync is paused in Seatwise by {}. Nothing was changed.", directory.company);
            diary::refused(&directory, now, SyncProblem::Paused, None, detail.clone());
            diary::used(&directory, now, false);
            let error = ScimError { status: 503, scim_type: None, detail };
            Err(failed(&error, vec![("Retry-After", PAUSE_SECONDS.to_string())]))
        }
        Err(failure) => {
            let (status, body) = answer_failure(&desk, failure);
            let parts: Vec<&str> = path.iter().map(String::as_str).collect();
            let allowed = methods(&parts).filter(|_| status == 405).map(|methods| ("Allow", methods.to_owned()));
            Err(Sent { status, body: Some(body.to_string()), headers: allowed.into_iter().collect() })
        }
    }
}

/// Does what a request asks for.
async fn run<D: Database>(desk: &Desk<'_, D>, call: &Call) -> Result<Reply, Failure> {
    let parts: Vec<&str> = call.path.iter().map(String::as_str).collect();
    let known = |name: &str, of: &str| name.eq_ignore_ascii_case(of);
    match (call.method.as_str(), parts.as_slice()) {
        ("GET" | "PUT" | "PATCH" | "DELETE", [_, ".search"]) => other_method(desk, &parts).await,
        ("GET", [first]) if known(first, "Users") => query::users(desk, call).await,
        ("POST", [first]) if known(first, "Users") => users::create(desk, call).await,
        ("POST", [first, ".search"]) if known(first, "Users") => query::users(desk, call).await,
        ("GET", [first, id]) if known(first, "Users") => users::read(desk, call, id).await,
        ("PUT", [first, id]) if known(first, "Users") => users::replace(desk, call, id).await,
        ("PATCH", [first, id]) if known(first, "Users") => users::modify(desk, call, id).await,
        ("DELETE", [first, id]) if known(first, "Users") => users::delete(desk, call, id).await,
        ("GET", [first]) if known(first, "Groups") => query::groups(desk, call).await,
        ("POST", [first]) if known(first, "Groups") => groups::create(desk, call).await,
        ("POST", [first, ".search"]) if known(first, "Groups") => query::groups(desk, call).await,
        ("GET", [first, id]) if known(first, "Groups") => groups::read(desk, call, id).await,
        ("PUT", [first, id]) if known(first, "Groups") => groups::replace(desk, call, id).await,
        ("PATCH", [first, id]) if known(first, "Groups") => groups::modify(desk, call, id).await,
        ("DELETE", [first, id]) if known(first, "Groups") => groups::delete(desk, call, id).await,
        ("GET", []) | ("POST", [".search"]) => query::everything(desk, call).await,
        ("POST", [first]) if known(first, "Bulk") => bulk::handle(desk, call).await,
        ("GET", [first]) if known(first, "ServiceProviderConfig") => {
            signed_in(desk, |base| Some(schema::service_provider_config(base, query::LARGEST_PAGE))).await
        }
        ("GET", [first]) if known(first, "Schemas") => {
            refuse_filter(call)?;
            signed_in(desk, |base| Some(listed(schema::schemas(base)))).await
        }
        ("GET", [first, id]) if known(first, "Schemas") => signed_in(desk, |base| schema::schema(id, base)).await,
        ("GET", [first]) if known(first, "ResourceTypes") => {
            refuse_filter(call)?;
            signed_in(desk, |base| Some(listed(schema::resource_types(base)))).await
        }
        ("GET", [first, id]) if known(first, "ResourceTypes") => signed_in(desk, |base| schema::resource_type(id, base)).await,
        (_, [first, ..]) if known(first, "Me") => {
            desk.look(Vec::new(), false).await?;
            Err(ScimError::not_implemented("A directory is nobody in particular, so there is no /Me.").into())
        }
        (_, parts) => other_method(desk, parts).await,
    }
}

/// An address takes other methods, or isn't one.
async fn other_method<D: Database>(desk: &Desk<'_, D>, parts: &[&str]) -> Result<Reply, Failure> {
    desk.look(Vec::new(), false).await?;
    Err(if methods(parts).is_some() {
        ScimError::method_not_allowed("This address takes other methods.").into()
    } else {
        ScimError::not_found("There is nothing at this address.").into()
    })
}

/// The methods that an address takes; nothing where there is no such address.
fn methods(parts: &[&str]) -> Option<&'static str> {
    let one_of = |first: &str, names: &[&str]| names.iter().any(|name| first.eq_ignore_ascii_case(name));
    let written = |first: &str| one_of(first, &["Users", "Groups"]);
    match parts {
        [".search"] => Some("POST"),
        [first] if one_of(first, &["Bulk"]) => Some("POST"),
        [first] if written(first) => Some("GET, HEAD, POST"),
        [first, ".search"] if written(first) => Some("POST"),
        [first, _] if written(first) => Some("GET, HEAD, PUT, PATCH, DELETE"),
        [] => Some("GET, HEAD"),
        [first] if one_of(first, &["ServiceProviderConfig", "Schemas", "ResourceTypes"]) => Some("GET, HEAD"),
        [first, _] if one_of(first, &["Schemas", "ResourceTypes"]) => Some("GET, HEAD"),
        _ => None,
    }
}

/// What describes the service can't be filtered (RFC 7644 §4): a directory that tries is told so.
fn refuse_filter(call: &Call) -> Result<(), ScimError> {
    if call.parameter("filter").is_some() {
        return Err(ScimError::forbidden("What describes this service can't be filtered."));
    }
    Ok(())
}

async fn signed_in<D: Database>(desk: &Desk<'_, D>, body: impl Fn(&str) -> Option<Value>) -> Result<Reply, Failure> {
    let (directory, _) = desk.look(Vec::new(), false).await?;
    let Some(body) = body(desk.base) else { return Err(ScimError::not_found("There is nothing at this address.").into()) };
    Ok(Reply { status: 200, body: Some(body), directory: Some(directory), ..Reply::default() })
}

fn listed(resources: Vec<Value>) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": resources.len(),
        "itemsPerPage": resources.len(),
        "startIndex": 1,
        "Resources": resources,
    })
}

/// Notes what a request did, and that the directory was heard of.
fn note<D>(desk: &Desk<'_, D>, reply: &Reply) {
    let Some(directory) = &reply.directory else { return };
    diary::used(directory, desk.now, reply.done.is_none());
    if let Some(done) = &reply.done {
        diary::note(directory, desk.now, done.clone(), None);
    }
}

/// What a directory is told when something is refused or broke; what broke is logged here, once, and stays here.
fn answer_failure<D>(desk: &Desk<'_, D>, failure: Failure) -> (u16, Value) {
    let (directory, error, problem, subject) = match failure {
        Failure::Scim(directory, error, problem, subject) => (*directory, error, problem, subject),
        Failure::NotSignedIn | Failure::Paused(_) => (None, unauthorised(), SyncProblem::Invalid, None),
        Failure::Broken(cause) => {
            console_error!("{{\"broken\":{cause:?}}}");
            let detail = "Something broke in Seatwise. Nothing was changed; try again later.".to_owned();
            (None, ScimError { status: 500, scim_type: None, detail }, SyncProblem::Broken, None)
        }
    };
    if let Some(directory) = directory {
        diary::used(&directory, desk.now, false);
        diary::refused(&directory, desk.now, problem, subject, error.detail.clone());
    }
    (error.status, error.body())
}

fn unauthorised() -> ScimError {
    ScimError {
        status: 401,
        scim_type: None,
        detail: "This token doesn't work: it was mistyped, taken away, or has expired.".to_owned(),
    }
}

/// What whoever isn't signed in is told, in the words of RFC 6750 §3. `tried`: there was a token.
fn not_signed_in(tried: bool) -> Sent {
    let why = if tried { ", error=\"invalid_token\"" } else { "" };
    failed(&unauthorised(), vec![("WWW-Authenticate", format!("Bearer realm=\"scim\"{why}"))])
}

fn failed(error: &ScimError, headers: Vec<(&'static str, String)>) -> Sent {
    Sent { status: error.status, body: Some(error.body().to_string()), headers }
}

fn respond(sent: Sent, stranger: bool, database: &D1) -> worker::Result<Response> {
    let headers = Headers::new();
    for (name, value) in &sent.headers {
        headers.set(name, value)?;
    }
    // What a request cost would tell a stranger whether a token is known.
    if !stranger || sent.status != 401 {
        headers.set("Rows-Read", &database.rows_read().to_string())?;
        headers.set("Rows-Written", &database.rows_written().to_string())?;
    }
    let response = match sent.body {
        Some(body) => {
            headers.set("Content-Type", "application/scim+json")?;
            Response::ok(body)?
        }
        None => Response::empty()?,
    };
    Ok(response.with_status(sent.status).with_headers(headers))
}

/// The token of an `Authorization` header (RFC 6750 §2.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.trim().split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= 512)
}

/// The body, as far as it may go.
async fn text(request: &mut Request, most: usize) -> Result<String, ScimError> {
    let too_large = || ScimError::too_large(format!("A request can have {most} bytes at the most."));
    let unread = |_| ScimError::invalid_syntax("The body can't be read.");
    if request.inner().body().is_none() {
        return Ok(String::new());
    }
    let mut stream = request.stream().map_err(unread)?;
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        body.extend(chunk.map_err(unread)?);
        if body.len() > most {
            return Err(too_large());
        }
    }
    let text = String::from_utf8(body).map_err(|_| ScimError::invalid_syntax("The body is not UTF-8."))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Whether a body is said to be JSON of some kind, `application/scim+json` among them (RFC 7644 §3.1).
fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty() || kind.ends_with("/json") || kind.ends_with("+json")
}

/// The parts of an address.
fn parts_of(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.is_empty()).map(decoded).collect()
}

/// A part of an address, as it was before it was written into one.
fn decoded(part: &str) -> String {
    js_sys::decode_uri_component(part).map_or_else(|_| part.to_owned(), String::from)
}

/// The parameters of a query; `+` is a space.
fn query_of(query: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
    };
    query.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}
