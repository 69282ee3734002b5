//! Users and groups as the directory gets them back.

use seatwise_domain::Instant;
use serde_json::{Map, Value, json};

use super::call::Version;
use crate::store::directory::groups::{Inside, StoredGroup};
use crate::store::directory::users::{InGroup, Stored};

/// The schema of users (RFC 7643 §4.1).
const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The schema of what a business adds to users (RFC 7643 §4.3).
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The schema of groups (RFC 7643 §4.2).
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A resource's life, as `meta` tells it (RFC 7643 §3.1).
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    pub(super) created_at: Instant,
    pub(super) modified_at: Instant,
    pub(super) version: Version,
}

impl From<&Stored> for Life {
    fn from(user: &Stored) -> Self {
        Self { created_at: user.created_at, modified_at: user.modified_at, version: Version::of_user(user.version, &user.groups) }
    }
}

impl From<&StoredGroup> for Life {
    fn from(group: &StoredGroup) -> Self {
        Self { created_at: group.created_at, modified_at: group.modified_at, version: group.version.into() }
    }
}

fn attributes(data: &str) -> Map<String, Value> {
    match serde_json::from_str(data) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn meta(kind: &str, location: &str, life: Life) -> Value {
    json!({
        "resourceType": kind,
        "created": life.created_at.rfc3339(),
        "lastModified": life.modified_at.rfc3339(),
        "location": location,
        "version": life.version.tag(),
    })
}

/// Where a user is.
pub(super) fn user_location(base: &str, id: &str) -> String {
    format!("{base}/Users/{id}")
}

/// Where a group is.
pub(super) fn group_location(base: &str, id: &str) -> String {
    format!("{base}/Groups/{id}")
}

/// A user as it is answered.
pub(super) fn user(base: &str, id: &str, data: &str, life: Life, groups: &[InGroup]) -> Value {
    let mut document = attributes(data);
    let schemas: &[&str] = if document.contains_key(ENTERPRISE) { &[USER, ENTERPRISE] } else { &[USER] };
    document.insert("schemas".to_owned(), json!(schemas));
    document.insert("id".to_owned(), json!(id));
    document.insert("meta".to_owned(), meta("User", &user_location(base, id), life));
    if !groups.is_empty() {
        let line = |group: &InGroup| json!({ "value": group.id, "$ref": group_location(base, &group.id), "display": group.shown, "type": "direct" });
        document.insert("groups".to_owned(), groups.iter().map(line).collect());
    }
    Value::Object(document)
}

/// A user as stored.
pub(super) fn stored_user(base: &str, stored: &Stored) -> Value {
    user(base, &stored.id, &stored.data, stored.into(), &stored.groups)
}

/// A group as it is answered; `members` only where they are wanted.
pub(super) fn group(base: &str, id: &str, data: &str, life: Life, members: Option<&[Inside]>) -> Value {
    let mut document = attributes(data);
    document.insert("schemas".to_owned(), json!([GROUP]));
    document.insert("id".to_owned(), json!(id));
    document.insert("meta".to_owned(), meta("Group", &group_location(base, id), life));
    if let Some(members) = members.filter(|members| !members.is_empty()) {
        let line = |member: &Inside| {
            let mut line = Map::new();
            line.insert("value".to_owned(), json!(member.id));
            line.insert("$ref".to_owned(), json!(user_location(base, &member.id)));
            line.insert("type".to_owned(), json!("User"));
            if let Some(shown) = member.shown.as_deref().filter(|shown| !shown.is_empty()) {
                line.insert("display".to_owned(), json!(shown));
            }
            Value::Object(line)
        };
        document.insert("members".to_owned(), members.iter().map(line).collect());
    }
    Value::Object(document)
}
