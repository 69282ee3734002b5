//! A provider over HTTP: `POST` with JSON, as Resend does.

use seatwise_domain::time::DAY;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use worker::{AbortSignal, Fetch, Headers, Method, Request, RequestInit, Response};

use super::{Carrier, Mail, PATIENCE, TEXTS, trouble};
use crate::mail::line;
use crate::store::outbox::Outcome;

/// A provider over HTTP.
pub struct Http {
    /// The address to post to.
    pub url: String,
    /// The provider's key; the listener of one's own machine needs none.
    pub token: Option<String>,
}

#[derive(Serialize)]
struct HttpMail<'a> {
    from: &'a str,
    to: [&'a str; 1],
    subject: &'a str,
    text: &'a str,
    html: &'a str,
    tags: [Tag<'a>; 1],
}

/// What the provider repeats whenever it tells of the letter: nobody sees it in the letter itself.
#[derive(Serialize)]
struct Tag<'a> {
    name: &'static str,
    value: &'a str,
}

#[derive(Deserialize)]
struct Receipt {
    #[serde(default)]
    id: Option<String>,
}

#[derive(Deserialize)]
struct Complaint {
    #[serde(default)]
    message: Option<String>,
}

/// The name of the tag with a letter's name.
pub const TAG: &str = "letter";
/// The longest name that a provider may give to a letter.
const LONGEST_ID: usize = 200;
/// The longest that a provider is obeyed when it asks to wait.
const LONGEST_RETRY: i64 = DAY;

impl Carrier for Http {
    async fn send(&self, mail: &Mail<'_>) -> Outcome {
        let signal = AbortSignal::from(web_sys::AbortSignal::timeout_with_u32(PATIENCE));
        let sent = async {
            let mut response = Fetch::Request(self.request(mail)?).send_with_signal(&signal).await?;
            let status = response.status_code();
            let retry_after = response.headers().get("Retry-After")?;
            let body = read(&mut response).await;
            Ok::<_, worker::Error>((status, retry_after, body))
        };
        match sent.await {
            Ok((status, retry_after, body)) => judge(status, retry_after.as_deref(), now(), &body),
            // An error's text may hold the address that was written to, and goes into the database.
            Err(_) if signal.aborted() => trouble(TEXTS.failure_no_answer()),
            Err(_) => trouble(TEXTS.failure_unreachable()),
        }
    }
}

impl Http {
    fn request(&self, mail: &Mail<'_>) -> worker::Result<Request> {
        let written = mail.written;
        let tags = [Tag { name: TAG, value: mail.stamp }];
        let body = HttpMail {
            from: mail.from,
            to: [mail.to],
            subject: &written.subject,
            text: &written.text,
            html: &written.html,
            tags,
        };
        let headers = Headers::new();
        headers.set("Content-Type", "application/json")?;
        if let Some(token) = &self.token {
            headers.set("Authorization", &format!("Bearer {token}"))?;
        }
        headers.set("Idempotency-Key", mail.stamp)?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(headers);
        init.with_body(Some(JsValue::from_str(&serde_json::to_string(&body)?)));
        Request::new_with_init(&self.url, &init)
    }
}

/// The answer's body. One that breaks off says nothing, but the status was said.
async fn read(response: &mut Response) -> String {
    response.text().await.unwrap_or_default()
}

fn now() -> i64 {
    i64::try_from(worker::Date::now().as_millis()).unwrap_or_default()
}

/// What an answer means. A refusal that says why is final; whoever may not come in, comes too often or meets trouble comes again.
fn judge(status: u16, retry_after: Option<&str>, now: i64, body: &str) -> Outcome {
    if (200..300).contains(&status) {
        let id = serde_json::from_str::<Receipt>(body).ok().and_then(|receipt| receipt.id);
        return Outcome::Sent { provider_id: id.filter(|id| !id.is_empty() && id.len() <= LONGEST_ID) };
    }
    let why = serde_json::from_str::<Complaint>(body).ok().and_then(|complaint| line::reason(&complaint.message?));
    let status_text = status.to_string();
    let reason = why.map_or_else(|| TEXTS.failure_refused(&status_text), |why| TEXTS.failure_refused_because(&status_text, &why));
    match status {
        408 | 409 | 425 => Outcome::Later { reason, retry_after: wait(retry_after, now), trouble: false },
        400..=499 if !matches!(status, 401 | 403 | 429) => Outcome::Refused { reason },
        _ => Outcome::Later { reason, retry_after: wait(retry_after, now), trouble: true },
    }
}

/// How long `Retry-After` asks to wait, in milliseconds: it gives seconds, or a moment.
fn wait(header: Option<&str>, now: i64) -> Option<i64> {
    let header = header?.trim();
    let wait = match header.parse::<i64>() {
        Ok(seconds) => seconds.saturating_mul(1_000),
        Err(_) => moment(header)?.saturating_sub(now),
    };
    (wait > 0).then(|| wait.min(LONGEST_RETRY))
}

/// A moment as HTTP writes it (RFC 9110, IMF-fixdate): `Sun, 06 Nov 1994 08:49:37 GMT`, in milliseconds since 1970.
fn moment(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)?.saturating_add(1);
    let day = seatwise_domain::Instant::from_date(&format!("{year}-{month:02}-{day:0>2}"))?;
    let mut parts = time.split(':').map(|part| part.parse::<i64>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let seconds = hours.checked_mul(3_600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
    day.0.checked_add(seconds.checked_mul(1_000)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_after_gives_seconds_or_a_moment() {
        let now = moment("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(now, 784_111_777_000);
        assert_eq!(wait(Some("120"), now), Some(120_000));
        assert_eq!(wait(Some(" Sun, 06 Nov 1994 08:51:37 GMT "), now), Some(120_000));
        assert_eq!(wait(Some("99999999999999"), now), Some(DAY));
        for nothing in ["", "0", "-5", "soon", "Sun, 06 Nov 1994 08:00:00 GMT", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov"] {
            assert_eq!(wait(Some(nothing), now), None, "{nothing}");
        }
        assert_eq!(wait(None, now), None);
    }

    #[test]
    fn an_answer_is_judged_by_its_status() {
        let judged = |status| judge(status, Some("60"), 0, r#"{"message":"The address ines@example.com is odd"}"#);
        for status in [400, 404, 410, 413, 422, 451] {
            assert_eq!(judged(status), Outcome::Refused { reason: format!("answer {status}, The address … is odd") });
        }
        for (status, trouble) in [
            (401, true),
            (403, true),
            (429, true),
            (500, true),
            (503, true),
            (302, true),
            (408, false),
            (409, false),
            (425, false),
        ] {
            let reason = format!("answer {status}, The address … is odd");
            assert_eq!(judged(status), Outcome::Later { reason, retry_after: Some(60_000), trouble });
        }
    }

    #[test]
    fn the_providers_name_for_a_letter_is_kept() {
        let sent = |body: &str| judge(200, None, 0, body);
        assert_eq!(sent(r#"{"id":"abc"}"#), Outcome::Sent { provider_id: Some("abc".into()) });
        for other in ["", "{}", "ok", r#"{"id":7}"#, r#"{"id":""}"#] {
            assert_eq!(sent(other), Outcome::Sent { provider_id: None }, "{other}");
        }
    }
}
