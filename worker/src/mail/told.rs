//! What a provider tells of letters, as Resend words it.

use serde::Deserialize;
use serde_json::Value;

use super::line;
use super::transport::TAG;
use crate::store::outbox::Told;

/// An event of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The provider's name for the letter.
    pub provider_id: String,
    /// Our own name for it, if the provider repeats it.
    pub stamp: Option<String>,
    /// What happened.
    pub told: Told,
    /// Why, in the provider's words, without addresses.
    pub reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    email_id: String,
    #[serde(default)]
    tags: Value,
    #[serde(default)]
    bounce: Value,
    #[serde(default)]
    failed: Value,
    #[serde(default)]
    suppressed: Value,
}

/// Reads an event. `None`: it is about something else, which is nothing to us.
#[must_use]
pub fn read(body: &str) -> Option<Event> {
    let Message { kind, data } = serde_json::from_str(body).ok()?;
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).and_then(line::reason);
    let (told, reason) = match kind.as_str() {
        "email.delivered" => (Told::Delivered, None),
        "email.delivery_delayed" => (Told::Delayed, None),
        "email.bounced" => (Told::Bounced, text(&data.bounce, "message").or_else(|| text(&data.bounce, "subType"))),
        "email.complained" => (Told::Complained, None),
        "email.failed" => (Told::Failed, text(&data.failed, "reason")),
        // The provider keeps a list of addresses that letters came back from.
        "email.suppressed" => (Told::Bounced, text(&data.suppressed, "message")),
        // That it was sent we know from the answer.
        _ => return None,
    };
    let stamp = match &data.tags {
        Value::Object(tags) => tags.get(TAG).and_then(Value::as_str),
        Value::Array(tags) => {
            let tag = tags.iter().find(|tag| tag.get("name").and_then(Value::as_str) == Some(TAG));
            tag.and_then(|tag| tag.get("value")).and_then(Value::as_str)
        }
        _ => None,
    };
    let stamp = stamp.map(str::to_owned);
    (!data.email_id.is_empty()).then_some(Event { provider_id: data.email_id, stamp, told, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_with_their_reasons() {
        let bounced = r#"{"type":"email.bounced","created_at":"2026-11-22T23:41:12.126Z","data":{"email_id":"abc","to":["ines@example.com"],
            "bounce":{"type":"Permanent","subType":"General","message":"550 no such user ines@example.com\r\n"},"tags":{"letter":"seatwise-1-2"}}}"#;
        assert_eq!(
            read(bounced),
            Some(Event {
                provider_id: "abc".into(),
                stamp: Some("seatwise-1-2".into()),
                told: Told::Bounced,
                reason: Some("550 no such user …".into())
            })
        );
        let told = |kind: &str| read(&format!(r#"{{"type":"{kind}","data":{{"email_id":"abc"}}}}"#)).map(|event| event.told);
        assert_eq!(told("email.delivered"), Some(Told::Delivered));
        assert_eq!(told("email.delivery_delayed"), Some(Told::Delayed));
        assert_eq!(told("email.complained"), Some(Told::Complained));
        assert_eq!(told("email.failed"), Some(Told::Failed));
        assert_eq!(told("email.suppressed"), Some(Told::Bounced));
    }

    #[test]
    fn our_name_for_a_letter_is_found_in_both_forms_of_tags() {
        let stamp = |tags: &str| read(&format!(r#"{{"type":"email.delivered","data":{{"email_id":"a","tags":{tags}}}}}"#));
        let expected = Some("seatwise-1-2".to_owned());
        assert_eq!(stamp(r#"{"letter":"seatwise-1-2"}"#).and_then(|event| event.stamp), expected);
        assert_eq!(
            stamp(r#"[{"name":"x","value":"y"},{"name":"letter","value":"seatwise-1-2"}]"#).and_then(|event| event.stamp),
            expected
        );
        assert_eq!(stamp("null").and_then(|event| event.stamp), None);
    }

    #[test]
    fn what_is_about_something_else_is_nothing() {
        for body in [
            "",
            "[]",
            r#"{"type":"email.sent","data":{"email_id":"abc"}}"#,
            r#"{"type":"email.opened","data":{"email_id":"abc"}}"#,
            r#"{"type":"domain.created","data":{"id":"abc"}}"#,
            r#"{"type":"email.bounced","data":{}}"#,
            r#"{"type":"email.bounced"}"#,
        ] {
            assert_eq!(read(body), None, "{body}");
        }
    }
}
