//! What a directory says of a user, read from its attributes.

use seatwise_domain::EmailAddress;
use seatwise_domain::text::PersonName;
use serde_json::Value;

/// What the directory says of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name that it signs in with, in the form that tells whether two are the same.
    pub user_name: String,
    /// The id that the directory gave it.
    pub external_id: Option<String>,
    /// The address that invites go to.
    pub email: Option<EmailAddress>,
    /// All its addresses, in lower case.
    pub addresses: Vec<String>,
    /// Whether it is active. A directory that doesn't say so means yes.
    pub active: bool,
    /// What the directory says of that, if it does.
    pub said_active: Option<bool>,
    /// What it is called.
    pub name: Option<String>,
    /// The attributes, as JSON.
    pub data: String,
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

impl Person {
    /// Reads a user's attributes.
    #[must_use]
    pub fn read(document: &Value) -> Self {
        let user_name = text(document, "userName").unwrap_or_default();
        let said_active = document.get("active").and_then(Value::as_bool);
        Self {
            user_name: user_name.to_lowercase(),
            external_id: text(document, "externalId").map(str::to_owned),
            email: address(document, user_name),
            addresses: addresses_in(document),
            active: said_active.unwrap_or(true),
            said_active,
            name: name(document),
            data: document.to_string(),
        }
    }

    /// The same from a text that was stored.
    #[must_use]
    pub fn read_text(data: &str) -> Self {
        Self::read(&serde_json::from_str(data).unwrap_or_default())
    }
}

/// The addresses in a user's attributes, in lower case, each once.
#[must_use]
pub fn addresses_in(document: &Value) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for email in emails(document) {
        let folded = text(email, "value").unwrap_or_default().to_lowercase();
        if !folded.is_empty() && !found.contains(&folded) {
            found.push(folded);
        }
    }
    found
}

fn emails(document: &Value) -> impl Iterator<Item = &Value> {
    document.get("emails").and_then(Value::as_array).into_iter().flatten()
}

/// The address that invites go to: the primary one, else the one at work, else the first that is one, else the user name.
fn address(document: &Value, user_name: &str) -> Option<EmailAddress> {
    let parsed = |email: &Value| EmailAddress::parse(text(email, "value")?).ok();
    let primary = |email: &&Value| email.get("primary").and_then(Value::as_bool) == Some(true);
    let work = |email: &&Value| text(email, "type").is_some_and(|sort| sort.eq_ignore_ascii_case("work"));
    emails(document)
        .filter(primary)
        .find_map(parsed)
        .or_else(|| emails(document).filter(work).find_map(parsed))
        .or_else(|| emails(document).find_map(parsed))
        .or_else(|| EmailAddress::parse(user_name).ok())
}

/// What a user is called: as shown, as formatted, or first and last name.
fn name(document: &Value) -> Option<String> {
    let parts = document.get("name").unwrap_or(&Value::Null);
    let joined = [text(parts, "givenName"), text(parts, "familyName")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    [text(document, "displayName"), text(parts, "formatted"), Some(joined.as_str())]
        .into_iter()
        .flatten()
        .find_map(|name| Some(PersonName::parse(name).ok()?.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_address_is_the_primary_one_or_the_one_at_work_or_any_or_the_user_name() {
        let email = |document: Value| Person::read(&document).email.map(|email| email.typed().to_owned());
        let emails = json!([{ "value": "home@example.com", "type": "home" }, { "value": "work@example.com", "type": "Work" }]);
        assert_eq!(email(json!({ "userName": "u@example.com", "emails": emails })).as_deref(), Some("work@example.com"));
        let emails = json!([{ "value": "work@example.com", "type": "work" }, { "value": "main@example.com", "primary": true }]);
        assert_eq!(email(json!({ "userName": "u", "emails": emails })).as_deref(), Some("main@example.com"));
        let emails = json!([{ "value": "nonsense", "primary": true }, { "value": "other@example.com" }]);
        assert_eq!(email(json!({ "userName": "u", "emails": emails })).as_deref(), Some("other@example.com"));
        assert_eq!(email(json!({ "userName": "U@example.com" })).as_deref(), Some("U@example.com"));
        assert_eq!(email(json!({ "userName": "u" })), None);
    }

    #[test]
    fn somebody_is_called_as_shown_or_by_first_and_last_name() {
        let name = |document: Value| Person::read(&document).name;
        let both = json!({ "displayName": "Ines", "name": { "givenName": "Ines", "familyName": "Carvalho" } });
        assert_eq!(name(both).as_deref(), Some("Ines"));
        assert_eq!(name(json!({ "name": { "givenName": "Ines", "familyName": "Carvalho" } })).as_deref(), Some("Ines Carvalho"));
        assert_eq!(name(json!({ "name": { "familyName": "Carvalho" } })).as_deref(), Some("Carvalho"));
        assert_eq!(name(json!({ "userName": "ines" })), None);
    }

    #[test]
    fn who_is_not_said_to_be_inactive_is_active() {
        assert!(Person::read(&json!({ "userName": "u" })).active);
        assert!(!Person::read(&json!({ "userName": "u", "active": false })).active);
    }
}
