//! How a letter leaves: by a mail provider over HTTP, or by Cloudflare's `send_email` binding. Chosen by configuration.

use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;
use worker::email::{EmailAddress, SendEmail, SendEmailBuilder};
use worker::{AbortSignal, Env, Fetch, Headers, Method, Request, RequestInit};

use super::letter::Written;
use crate::store::outbox::{Due, Outcome};

/// How long a provider may take to answer, in milliseconds. It is asked after our own answer has left, and a handful of
/// letters must be through within the 30 seconds that a Worker has then.
const PATIENCE: u32 = 5_000;

/// A way out for letters.
pub enum Transport {
    /// A provider that takes `POST` with JSON, as Resend does.
    Http {
        /// The address to post to.
        url: String,
        /// The provider's token.
        token: String,
    },
    /// Cloudflare's binding.
    Binding(SendEmail),
}

#[derive(Serialize)]
struct HttpMail<'a> {
    from: &'a str,
    to: [&'a str; 1],
    subject: &'a str,
    text: &'a str,
    html: &'a str,
}

impl Transport {
    /// The transport that the configuration names: `MAIL_URL` before the binding `EMAIL`. `None`: letters wait.
    #[must_use]
    pub fn read(env: &Env) -> Option<Self> {
        let value = |name: &str| env.var(name).map(|value| value.to_string()).ok().filter(|value| !value.is_empty());
        if let Some(url) = value("MAIL_URL") {
            return Some(Self::Http { url, token: value("MAIL_TOKEN").unwrap_or_default() });
        }
        // The binding's type can't be checked, so a missing one is looked for by hand.
        let bound = Reflect::get(env, &JsValue::from_str("EMAIL")).is_ok_and(|value| !value.is_undefined());
        bound.then(|| env.send_email("EMAIL").ok().map(Self::Binding)).flatten()
    }

    /// Sends one letter.
    pub async fn send(&self, from: &str, due: &Due, letter: &Written) -> Outcome {
        let sent = match self {
            Self::Http { url, token } => send_http(url, token, from, due, letter).await,
            Self::Binding(binding) => send_binding(binding, from, due, letter).await,
        };
        // An error's text may hold the address that was written to, and goes into the log and the database.
        sent.unwrap_or_else(|error| Outcome::Failed { reason: reason(&error).to_owned(), retry_after: None })
    }
}

fn reason(error: &worker::Error) -> &'static str {
    match error {
        worker::Error::EmailRecipientSuppressed(_) => "the provider has suppressed this receiver",
        worker::Error::EmailRecipientNotAllowed(_) => "the provider doesn't allow this receiver",
        worker::Error::RateLimitExceeded(_) | worker::Error::DailyLimitExceeded(_) => "the provider's limit is reached",
        _ => "the provider can't be reached",
    }
}

async fn send_http(url: &str, token: &str, from: &str, due: &Due, letter: &Written) -> worker::Result<Outcome> {
    let mail = HttpMail { from, to: [due.receiver.as_str()], subject: &letter.subject, text: &letter.text, html: &letter.html };
    let headers = Headers::new();
    headers.set("Content-Type", "application/json")?;
    headers.set("Authorization", &format!("Bearer {token}"))?;
    // Should an answer get lost, the provider recognises the repeated letter by this.
    headers.set("Idempotency-Key", &format!("seatwise-{}-{}", due.created_at.0, due.id))?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_body(Some(JsValue::from_str(&serde_json::to_string(&mail)?)));
    let request = Request::new_with_init(url, &init)?;
    let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(PATIENCE));
    let response = Fetch::Request(request).send_with_signal(&signal).await?;
    let status = response.status_code();
    if (200..300).contains(&status) {
        return Ok(Outcome::Sent);
    }
    let seconds = response.headers().get("Retry-After")?.and_then(|value| value.trim().parse::<i64>().ok());
    Ok(Outcome::Failed {
        reason: format!("the provider answered {status}"),
        retry_after: seconds.map(|seconds| seconds.clamp(0, 86_400).saturating_mul(1_000)),
    })
}

async fn send_binding(binding: &SendEmail, from: &str, due: &Due, letter: &Written) -> worker::Result<Outcome> {
    let (name, address) = from.trim_end_matches('>').split_once('<').unwrap_or(("", from));
    let mail = SendEmailBuilder::builder_with_email_address_and_str(
        &EmailAddress::new(name.trim(), address.trim()),
        &due.receiver,
        &letter.subject,
    )
    .text(&letter.text)
    .html(&letter.html)
    .build();
    match binding.send_with_builder(&mail).await {
        Ok(_) => Ok(Outcome::Sent),
        Err(error) => Err(worker::Error::from(JsValue::from(Object::from(error)))),
    }
}
