//! Answers, and failures turned into problem documents.

use seatwise_domain::access::Method;
use seatwise_domain::texts::problems::Problems;
use seatwise_domain::{Language, Problem};
use serde::Serialize;
use serde_json::Value;
use worker::{Headers, Response, console_error};

use crate::auth::secret::NoRandomness;
use crate::store::StoreError;
use crate::store::d1::D1;

/// An answer that is still to be sent.
pub(super) struct Answer {
    status: u16,
    content_type: &'static str,
    body: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Answer {
    /// An answer with JSON.
    pub(super) fn json(status: u16, value: &impl Serialize) -> Result<Self, Failure> {
        let body = serde_json::to_string(value).map_err(|error| Failure::Broken(error.to_string()))?;
        Ok(Self::text(status, body))
    }

    /// An answer with JSON that is a text already.
    pub(super) fn text(status: u16, body: String) -> Self {
        Self { status, content_type: "application/json", body: Some(body), headers: Vec::new() }
    }

    /// A document that a browser shows.
    pub(super) fn document(content_type: &'static str, body: String) -> Self {
        Self { status: 200, content_type, body: Some(body), headers: Vec::new() }
    }

    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, content_type: "application/json", body: None, headers: Vec::new() }
    }

    /// A problem document, in the caller's language.
    pub(super) fn problem(problem: &Problem, language: Language) -> Self {
        let document = problem.document(&Problems::of(language));
        let body = serde_json::to_string(&document).unwrap_or_default();
        let mut headers = vec![("Content-Language", language.as_str().to_owned())];
        if let Problem::TooManyRequests { retry_after } = problem {
            headers.push(("Retry-After", retry_after.to_string()));
        }
        Self { status: document.status, content_type: "application/problem+json", body: Some(body), headers }
    }

    /// A problem document that says more than others of its sort.
    pub(super) fn problem_with(problem: &Problem, more: &impl Serialize, language: Language) -> Result<Self, Failure> {
        let object = |value: serde_json::Result<Value>| value.map_err(|error| Failure::Broken(error.to_string()));
        let (mut document, more) =
            (object(serde_json::to_value(problem.document(&Problems::of(language))))?, object(serde_json::to_value(more))?);
        if let (Value::Object(document), Value::Object(more)) = (&mut document, more) {
            document.extend(more);
        }
        Ok(Self { body: Some(document.to_string()), ..Self::problem(problem, language) })
    }

    /// The same with a header more.
    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(super) const fn status(&self) -> u16 {
        self.status
    }

    pub(super) fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The same with what it cost, in rows.
    pub(super) fn with_costs(self, database: &D1) -> Self {
        self.with("Rows-Read", database.rows_read().to_string()).with("Rows-Written", database.rows_written().to_string())
    }

    /// The response.
    pub(super) fn respond(self) -> worker::Result<Response> {
        let headers = Headers::new();
        for (name, value) in &self.headers {
            headers.append(name, value)?;
        }
        let response = match self.body {
            Some(body) => {
                headers.set("Content-Type", self.content_type)?;
                Response::ok(body)?
            }
            None => Response::empty()?,
        };
        Ok(response.with_status(self.status).with_headers(headers))
    }
}

/// The answer for an address that takes other methods.
pub(super) fn other_methods(methods: &[Method], language: Language) -> Answer {
    let allowed: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    Answer::problem(&Problem::MethodNotAllowed, language).with("Allow", allowed.join(", "))
}

/// What an answer may do in a browser: nothing.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers that every answer of the Worker carries. An answer is data for the person who asked: it is not kept by
/// anybody on the way, not framed, not guessed at, and runs nothing. A document that our own pages show brings a policy of
/// its own, which says so.
pub(super) fn with_common_headers(response: Response) -> worker::Result<Response> {
    let headers = response.headers().clone();
    let shown = headers.has("Content-Security-Policy")?;
    // Logos may be kept, and shown in letters.
    let public = headers.get("Cache-Control")?.is_some_and(|kept| kept.starts_with("public"));
    for (name, value) in [
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", if shown && !public { "SAMEORIGIN" } else { "DENY" }),
    ] {
        if !public || !headers.has(name)? {
            headers.set(name, value)?;
        }
    }
    if !shown {
        headers.set("Content-Security-Policy", POLICY)?;
    }
    Ok(response.with_headers(headers))
}

/// Why a handler has no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something that the caller can understand.
    Problem(Problem),
    /// Something that broke here; the text is for the log alone.
    Broken(String),
}

impl Failure {
    /// The answer that the caller gets. What broke is logged here, once, and stays here.
    pub(super) fn answer(self, language: Language) -> Answer {
        match self {
            Self::Problem(problem) => Answer::problem(&problem, language),
            Self::Broken(cause) => {
                console_error!("{{\"broken\":{cause:?}}}");
                Answer::problem(&Problem::Internal, language)
            }
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Broken(format!("{error:?}"))
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<NoRandomness> for Failure {
    fn from(_: NoRandomness) -> Self {
        Self::Broken("no randomness".to_owned())
    }
}
