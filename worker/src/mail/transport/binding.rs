//! Cloudflare's `send_email` binding.

use core::pin::pin;
use core::time::Duration;

use futures_util::future::{Either, select};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use worker::email::{EmailAddress, SendEmail, SendEmailBuilder};
use worker::{Delay, Env};

use super::{Carrier, Mail, PATIENCE, TEXTS, trouble};
use crate::store::outbox::Outcome;

/// The binding.
pub struct Binding(SendEmail);

impl Binding {
    /// Reads the binding `EMAIL`.
    pub(super) fn read(env: &Env) -> Option<Self> {
        env.send_email("EMAIL").ok().map(Self)
    }
}

impl Carrier for Binding {
    async fn send(&self, mail: &Mail<'_>) -> Outcome {
        let (name, address) = mail.from.trim_end_matches('>').split_once('<').unwrap_or(("", mail.from));
        let written = mail.written;
        let from = EmailAddress::new(name.trim(), address.trim());
        let letter = SendEmailBuilder::builder_with_email_address_and_str(&from, mail.to, &written.subject)
            .text(&written.text)
            .html(&written.html)
            .build();
        let late = Delay::from(Duration::from_millis(u64::from(PATIENCE)));
        match select(pin!(self.0.send_with_builder(&letter)), pin!(late)).await {
            Either::Left((Ok(sent), _)) => {
                // The type promises a text; the runtime may be older than the type.
                let id = Reflect::get(&sent, &JsValue::from_str("messageId")).ok().and_then(|id| id.as_string());
                Outcome::Sent { provider_id: id.filter(|id| !id.is_empty()) }
            }
            Either::Left((Err(error), _)) => {
                let code = Reflect::get(&error, &JsValue::from_str("code")).ok().and_then(|code| code.as_string());
                judge(code.as_deref().unwrap_or_default())
            }
            Either::Right(_) => trouble(TEXTS.failure_no_answer()),
        }
    }
}

/// What an error means, by its code: its text may hold the address that was written to.
fn judge(code: &str) -> Outcome {
    let refused = |reason: &str| Outcome::Refused { reason: reason.to_owned() };
    match code {
        "E_RECIPIENT_SUPPRESSED" => refused(TEXTS.failure_receiver_suppressed()),
        "E_RECIPIENT_NOT_ALLOWED" | "RCPT_NOT_ALLOWED" => refused(TEXTS.failure_receiver_not_allowed()),
        "E_VALIDATION_ERROR" | "E_FIELD_MISSING" | "E_TOO_MANY_RECIPIENTS" | "E_CONTENT_TOO_LARGE" => {
            refused(&TEXTS.failure_refused(code))
        }
        "E_RATE_LIMIT_EXCEEDED" | "E_DAILY_LIMIT_EXCEEDED" => trouble(TEXTS.failure_limit()),
        "" => trouble(TEXTS.failure_unreachable()),
        // A code is a word of the provider's own, without anything of the letter in it.
        other => trouble(&TEXTS.failure_refused(&other.chars().take(40).collect::<String>())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_that_is_refused_is_no_trouble_for_others() {
        assert!(matches!(judge("E_RECIPIENT_SUPPRESSED"), Outcome::Refused { .. }));
        assert!(matches!(judge("E_VALIDATION_ERROR"), Outcome::Refused { .. }));
        for code in ["", "E_DAILY_LIMIT_EXCEEDED", "E_SENDER_NOT_VERIFIED", "E_INTERNAL_SERVER_ERROR", "E_DELIVERY_FAILED"] {
            assert!(matches!(judge(code), Outcome::Later { trouble: true, .. }), "{code}");
        }
    }
}
