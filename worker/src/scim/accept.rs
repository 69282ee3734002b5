//! What a directory sends to make or replace a person or a group (RFC 7644 §3.3 and §3.5.1), made into a document.

use serde_json::{Map, Value};

use super::document::{check_schemas, entries, get, put, take};
use super::error::ScimError;
use super::path::{AttributePath, PatchPath};
use super::schema::{Mutability, ResourceKind};
use super::{members, values};

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Accepted {
    /// The attributes that a directory may set, by the names that the schemas have. `schemas`, `id`, `meta`, members and
    /// passwords don't stand here.
    pub document: Map<String, Value>,
    /// The ids of a group's members, every one once. `None` when the body doesn't speak of members.
    pub members: Option<Vec<String>>,
}

/// Reads the body of a POST or PUT. What Seatwise doesn't know, and what a directory can't set, is left out.
///
/// # Errors
/// `invalidSyntax` when it isn't a resource, `invalidValue` when an attribute can't hold its value or a required one is
/// missing, `tooMany` for endless lists.
pub fn accept(kind: ResourceKind, body: &Value) -> Result<Accepted, ScimError> {
    let body = body.as_object().ok_or_else(|| ScimError::invalid_syntax("The body must be a JSON object."))?;
    check_schemas(body, kind.core().id)?;
    let mut accepted = Accepted::default();
    for (path, value) in entries(kind, body) {
        let path = match path {
            PatchPath::Attribute(path) => path,
            PatchPath::Extension(schema) if !values::is_nothing(value) => {
                return Err(ScimError::invalid_value(format!("{schema} must be an object.")));
            }
            _ => continue,
        };
        if kind == ResourceKind::Group && path.attribute == "members" {
            accepted.members = Some(value).filter(|value| !value.is_null()).map(members::ids).transpose()?;
        } else {
            set(&mut accepted.document, path, value)?;
        }
    }
    for attribute in kind.core().attributes.iter().filter(|attribute| attribute.required) {
        let value = accepted.document.get(attribute.name).and_then(Value::as_str).unwrap_or_default();
        if value.trim().is_empty() {
            return Err(ScimError::invalid_value(format!("{} is missing.", attribute.name)));
        }
    }
    Ok(accepted)
}

/// Sets one attribute, or a part of it, if a directory may.
fn set(document: &mut Map<String, Value>, path: AttributePath, value: &Value) -> Result<(), ScimError> {
    let Some(definition) = path.whole() else { return Ok(()) };
    if matches!(definition.mutability, Mutability::ReadOnly | Mutability::WriteOnly) {
        return Ok(());
    }
    let Some(part) = path.sub else {
        if let Some(value) = values::whole(path, definition, value)? {
            put(document, &path, value);
        }
        return Ok(());
    };
    // A name with a dot: one part of a value that may have other parts.
    let sent = Value::Object(Map::from_iter([(part.to_owned(), value.clone())]));
    match (values::whole(path.part(None), definition, &sent)?, get(document, &path)) {
        (Some(Value::Object(read)), Some(Value::Object(_))) => {
            if let Some(Value::Object(mut parts)) = take(document, &path) {
                parts.extend(read);
                put(document, &path, Value::Object(parts));
            }
        }
        (Some(read), None) => put(document, &path, read),
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::schema::{ENTERPRISE_USER, USER};
    use serde_json::json;

    fn user(body: &Value) -> Value {
        let accepted = accept(ResourceKind::User, body).unwrap_or_else(|error| panic!("{body}: {error:?}"));
        assert_eq!(accepted.members, None);
        Value::Object(accepted.document)
    }

    #[test]
    fn the_same_value_twice_stands_there_once_and_stays_the_preferred_one() {
        let body = json!({ "userName": "i", "emails": [
            { "value": "a", "type": "work" }, { "value": "a", "type": "home" }, { "value": "a", "type": "work", "primary": true },
        ] });
        let expected = json!([{ "value": "a", "type": "work", "primary": true }, { "value": "a", "type": "home" }]);
        assert_eq!(user(&body)["emails"], expected);
    }

    #[test]
    fn what_entra_sends_becomes_a_document() {
        let body = json!({
            "schemas": [USER, "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"], "id": "x", "externalId": "ext", "UserName": "Ines@x",
            "active": "True", "addresses": null, "title": null, "nickName": "", "roles": [], "meta": { "resourceType": "User" },
            "emails": [{ "primary": "true", "Type": "work", "value": "a@b.c", "shoe": 1 }], "phoneNumbers": { "value": "1" }, "ims": "x",
            "name": { "givenname": "Ines", "familyName": null }, "name.formatted": "Ines C", "password": "secret", "groups": [{ "value": "1" }],
            "department": "Sales", "manager": [{ "value": "7", "$ref": "https://x/Users/7", "displayName": "M" }], "shoeSize": 38,
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user": { "costcenter": 12, "Division": null },
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization": "O",
            "urn:example": { "userName": "no" },
        });
        let expected = json!({
            "externalId": "ext", "userName": "Ines@x", "active": true, "emails": [{ "primary": true, "type": "work", "value": "a@b.c" }],
            "phoneNumbers": [{ "value": "1" }], "ims": [{ "value": "x" }], "name": { "givenName": "Ines", "formatted": "Ines C" },
            ENTERPRISE_USER: {
                "department": "Sales", "manager": { "value": "7", "$ref": "https://x/Users/7" }, "costCenter": "12", "organization": "O",
            },
        });
        assert_eq!(user(&body), expected);
        assert_eq!(crate::scim::document::schemas_of(ResourceKind::User, expected.as_object().unwrap()), [USER, ENTERPRISE_USER]);
        // What was read once is read in the same way again.
        assert_eq!(user(&expected), expected);
    }

    #[test]
    fn a_manager_can_be_sent_in_many_ways() {
        for manager in [json!("7"), json!(["7"]), json!({ "value": "7" }), json!([{ "value": "7" }]), json!({ "value": 7 })] {
            for body in [
                json!({ "userName": "i", "manager": manager }),
                json!({ "userName": "i", ENTERPRISE_USER: { "manager": manager } }),
            ] {
                assert_eq!(user(&body)[ENTERPRISE_USER], json!({ "manager": { "value": "7" } }), "{body}");
            }
        }
        assert_eq!(user(&json!({ "userName": "i", "manager": { "value": "" } })), json!({ "userName": "i" }));
        assert_eq!(
            user(&json!({ "userName": "i", "manager": { "$ref": "../Users/7" } }))[ENTERPRISE_USER]["manager"]["value"],
            "7"
        );
    }

    #[test]
    fn members_come_apart() {
        let accepted = |body: Value| accept(ResourceKind::Group, &body).unwrap();
        let body = json!({ "displayName": "A", "members": [{ "value": "1" }, { "$ref": "https://x/Users/2" }, "3", { "value": "1" }, null] });
        let expected = Accepted {
            document: Map::from_iter([("displayName".into(), "A".into())]),
            members: Some(vec!["1".into(), "2".into(), "3".into()]),
        };
        assert_eq!(accepted(body), expected);
        assert_eq!(accepted(json!({ "displayName": "A", "Members": [] })).members, Some(vec![]));
        assert_eq!(accepted(json!({ "displayName": "A", "members": null })).members, None);
        assert_eq!(accepted(json!({ "displayName": "A" })).members, None);
        let many: Vec<Value> = (0..20_000).map(|id| json!({ "value": id.to_string() })).collect();
        assert_eq!(accepted(json!({ "displayName": "A", "members": many })).members.map(|ids| ids.len()), Some(20_000));
    }

    #[test]
    fn what_is_no_person_or_group_is_refused() {
        let long = "a".repeat(values::LONGEST_TEXT + 1);
        for (body, scim_type) in [
            (json!([]), "invalidSyntax"),
            (json!({ "userName": "i", "schemas": "x" }), "invalidSyntax"),
            (json!({ "userName": "i", "schemas": [1] }), "invalidSyntax"),
            (json!({ "userName": "i", "schemas": [USER, 1] }), "invalidSyntax"),
            (json!({ "userName": "i", "schemas": [] }), "invalidSyntax"),
            (json!({ "userName": "i", "Schemas": [ENTERPRISE_USER] }), "invalidSyntax"),
            (json!({ "userName": "i", "schemas": [crate::scim::schema::GROUP] }), "invalidSyntax"),
            (json!({}), "invalidValue"),
            (json!({ "userName": "" }), "invalidValue"),
            (json!({ "userName": " " }), "invalidValue"),
            (json!({ "userName": { "a": 1 } }), "invalidValue"),
            (json!({ "userName": true }), "invalidValue"),
            (json!({ "userName": long }), "invalidValue"),
            (json!({ "userName": "i", "active": "yes" }), "invalidValue"),
            (json!({ "userName": "i", "active": 1 }), "invalidValue"),
            (json!({ "userName": "i", "name": "Ines" }), "invalidValue"),
            (json!({ "userName": "i", "title": ["a", "b"] }), "invalidValue"),
            (json!({ "userName": "i", ENTERPRISE_USER: "x" }), "invalidValue"),
            (
                json!({ "userName": "i", "emails": [{ "value": "a", "primary": true }, { "value": "b", "primary": "True" }] }),
                "invalidValue",
            ),
            (json!({ "userName": "i", "roles": vec!["a"; values::MOST_VALUES + 1] }), "tooMany"),
        ] {
            assert_eq!(accept(ResourceKind::User, &body).unwrap_err().scim_type, Some(scim_type), "{body}");
        }
        let error = accept(ResourceKind::Group, &json!({ "displayName": null })).unwrap_err();
        assert_eq!(error.detail, "displayName is missing.");
    }
}
