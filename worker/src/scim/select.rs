//! Which attributes an answer has (RFC 7644 §3.9).

use serde_json::{Map, Value};

use super::path::Name;
use super::schema::{COMMON, ResourceKind, Returned};

/// Which attributes an answer has.
#[derive(Clone, Debug)]
pub struct Selection {
    kind: ResourceKind,
    names: Vec<Name>,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// All.
    All,
    /// The named ones, and what is always there.
    Only,
    /// All but the named ones.
    Without,
}

impl Selection {
    /// Reads `attributes` and `excludedAttributes`: names with commas between them, in any case. What no schema has is
    /// left out. When both were sent, the first one counts.
    #[must_use]
    pub fn parse(kind: ResourceKind, attributes: Option<&str>, excluded: Option<&str>) -> Self {
        let is_there = |text: &&str| !text.trim().is_empty();
        let (mode, text) = match (attributes.filter(is_there), excluded.filter(is_there)) {
            (Some(attributes), _) => (Mode::Only, attributes),
            (None, Some(excluded)) => (Mode::Without, excluded),
            (None, None) => (Mode::All, ""),
        };
        let mut names: Vec<Name> = text.split(',').filter_map(|name| Name::find(name.trim(), kind)).collect();
        let mut known = Vec::new();
        // There are few different names, however many were sent.
        names.retain(|name| {
            !known.contains(name) && {
                known.push(*name);
                true
            }
        });
        Self { kind, names, mode }
    }

    /// Whether an answer has an attribute, or a part of it: what isn't wanted needn't be read.
    #[must_use]
    pub fn wants(&self, attribute: &str) -> bool {
        match Name::find(attribute, self.kind) {
            Some(Name::Attribute(path)) => !matches!(self.kept(path.schema, path.attribute), Kept::Nothing),
            Some(Name::Extension(schema)) => match self.mode {
                Mode::All => true,
                Mode::Without => !self.names.contains(&Name::Extension(schema)),
                Mode::Only => self.names.iter().any(|name| match name {
                    Name::Extension(named) => *named == schema,
                    Name::Attribute(path) => path.schema == Some(schema),
                    Name::Document => false,
                }),
            },
            Some(Name::Document) => true,
            None => false,
        }
    }

    /// Whether a part of an attribute is asked for by its name.
    #[must_use]
    pub fn names(&self, attribute: &str, part: &str) -> bool {
        let named = |name: &Name| matches!(name, Name::Attribute(path) if path.schema.is_none() && path.attribute == attribute && path.sub == Some(part));
        self.mode == Mode::Only && self.names.iter().any(named)
    }

    /// A resource with the attributes that an answer has.
    #[must_use]
    pub fn apply(&self, document: Value) -> Value {
        match document {
            Value::Object(attributes) if self.mode != Mode::All => Value::Object(self.chosen(None, attributes)),
            document => document,
        }
    }

    fn chosen(&self, schema: Option<&'static str>, attributes: Map<String, Value>) -> Map<String, Value> {
        let extension = self.kind.extension().map(|extension| extension.id).filter(|_| schema.is_none());
        let mut chosen = Map::new();
        for (name, value) in attributes {
            let value = match (extension.filter(|extension| *extension == name), value) {
                (Some(extension), Value::Object(inner)) => {
                    Some(self.chosen(Some(extension), inner)).filter(|inner| !inner.is_empty()).map(Value::Object)
                }
                (_, value) => match self.kept(schema, &name) {
                    Kept::All => Some(value),
                    Kept::Nothing => None,
                    Kept::Parts(parts) => with_parts(value, &|part| parts.contains(&part)),
                    Kept::AllBut(parts) => with_parts(value, &|part| !parts.contains(&part)),
                },
            };
            if let Some(value) = value {
                chosen.insert(name, value);
            }
        }
        chosen
    }

    fn kept(&self, schema: Option<&'static str>, attribute: &str) -> Kept {
        let always = schema.is_none() && COMMON.iter().any(|known| known.name == attribute && known.returned == Returned::Always);
        if always || self.mode == Mode::All {
            return Kept::All;
        }
        let mut whole = false;
        let mut parts = Vec::new();
        for name in &self.names {
            match name {
                Name::Document => whole |= schema.is_none() && self.kind.core().attribute(attribute).is_some(),
                Name::Extension(named) => whole |= schema == Some(*named),
                Name::Attribute(path) if path.schema == schema && path.attribute == attribute => match path.sub {
                    Some(part) => parts.push(part),
                    None => whole = true,
                },
                Name::Attribute(_) => {}
            }
        }
        match (self.mode, whole, parts.is_empty()) {
            (Mode::Only, true, _) | (Mode::Without, false, true) => Kept::All,
            (Mode::Only, false, false) => Kept::Parts(parts),
            (Mode::Without, false, false) => Kept::AllBut(parts),
            _ => Kept::Nothing,
        }
    }
}

enum Kept {
    All,
    Nothing,
    Parts(Vec<&'static str>),
    AllBut(Vec<&'static str>),
}

/// A value with those of its parts that are kept. `None` when there are none.
fn with_parts(value: Value, is_kept: &dyn Fn(&str) -> bool) -> Option<Value> {
    match value {
        Value::Object(parts) => {
            let parts: Map<String, Value> = parts.into_iter().filter(|(name, _)| is_kept(name)).collect();
            Some(parts).filter(|parts| !parts.is_empty()).map(Value::Object)
        }
        Value::Array(elements) => {
            let elements: Vec<Value> = elements.into_iter().filter_map(|element| with_parts(element, is_kept)).collect();
            Some(elements).filter(|elements| !elements.is_empty()).map(Value::Array)
        }
        value => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::schema::ENTERPRISE_USER;
    use serde_json::json;

    #[test]
    fn answers_have_what_is_asked_for() {
        let document = json!({
            "schemas": ["s"], "id": "1", "userName": "i", "name": { "givenName": "I", "familyName": "C" }, "meta": { "version": "1" },
            "emails": [{ "value": "a", "type": "work" }, { "type": "home" }], ENTERPRISE_USER: { "department": "D", "division": "S" },
        });
        let with = |parts: Value| {
            let mut expected = json!({ "schemas": ["s"], "id": "1" });
            expected.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
            expected
        };
        for (attributes, expected) in [
            ("userName", json!({ "userName": "i" })),
            (" USERNAME ,name.GivenName,nothing", json!({ "userName": "i", "name": { "givenName": "I" } })),
            ("emails.value", json!({ "emails": [{ "value": "a" }] })),
            ("emails.value,emails.type", json!({ "emails": [{ "value": "a", "type": "work" }, { "type": "home" }] })),
            ("emails,emails.type", json!({ "emails": [{ "value": "a", "type": "work" }, { "type": "home" }] })),
            ("department", json!({ ENTERPRISE_USER: { "department": "D" } })),
            (
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user",
                json!({ ENTERPRISE_USER: { "department": "D", "division": "S" } }),
            ),
            ("urn:ietf:params:scim:schemas:core:2.0:User:userName", json!({ "userName": "i" })),
            ("name.middleName,title", json!({})),
            ("id", json!({})),
        ] {
            let selection = Selection::parse(ResourceKind::User, Some(attributes), Some("userName"));
            assert_eq!(selection.apply(document.clone()), with(expected), "{attributes}");
        }
        let without = |excluded: &str| Selection::parse(ResourceKind::User, Some(" "), Some(excluded)).apply(document.clone());
        let core = without("ID,schemas,emails,meta,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
        assert_eq!(core, with(json!({ "userName": "i", "name": { "givenName": "I", "familyName": "C" } })));
        let parts = without("name.givenName,emails.type,department,division");
        let expected =
            json!({ "userName": "i", "name": { "familyName": "C" }, "emails": [{ "value": "a" }], "meta": { "version": "1" } });
        assert_eq!(parts, with(expected));
        assert_eq!(without(""), document);
    }

    #[test]
    fn what_is_not_wanted_need_not_be_read() {
        let wants = |attributes, excluded| Selection::parse(ResourceKind::Group, attributes, excluded).wants("members");
        assert!(wants(None, None));
        assert!(!wants(None, Some("Members")));
        assert!(wants(None, Some("members.display")));
        assert!(!wants(Some("displayName"), None));
        assert!(wants(Some("displayName,members.value"), None));
        assert!(wants(Some("urn:ietf:params:scim:schemas:core:2.0:Group:members"), Some("members")));
        let user = Selection::parse(ResourceKind::User, Some("department"), None);
        assert!(user.wants(ENTERPRISE_USER) && user.wants("id") && !user.wants("groups") && !user.wants("shoeSize"));
    }
}
