//! Directory sync by SCIM 2.0. A company's directory signs in with a bearer token of its own; none has been handed out
//! yet, so every request is told, in SCIM's own form, that it isn't signed in.

use serde::Serialize;
use worker::{Headers, Response};

/// An error as SCIM has it (RFC 7644 §3.12); the status is a text there.
#[derive(Serialize)]
struct ScimError<'a> {
    schemas: [&'a str; 1],
    status: &'a str,
    detail: &'a str,
}

/// Answers a request under `/scim/`.
///
/// # Errors
/// When the answer can't be made.
pub fn handle() -> worker::Result<Response> {
    let error = ScimError {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "401",
        detail: "This needs a company's directory sync token.",
    };
    let headers = Headers::new();
    headers.set("Content-Type", "application/scim+json")?;
    headers.set("WWW-Authenticate", "Bearer realm=\"scim\"")?;
    Ok(Response::ok(serde_json::to_string(&error)?)?.with_status(401).with_headers(headers))
}
