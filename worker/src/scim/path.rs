//! Where a value stands in a document: the paths of filters, changes and orders (RFC 7644 §3.4.2.2 and §3.5.2).

use serde_json::Value;

use super::error::ScimError;
use super::filter::{Filter, parse};
use super::schema::{Attribute, ResourceKind, Schema, Type};

/// The most bytes of a path.
pub const LONGEST_PATH: usize = 8_000;

/// An attribute, or one part of it, by the names that documents have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttributePath {
    /// The object that the attribute stands in: the name of an extension. `None`: the document itself.
    pub schema: Option<&'static str>,
    /// The attribute.
    pub attribute: &'static str,
    /// The part of it.
    pub sub: Option<&'static str>,
}

/// What a name without a filter stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The document: the name of the schema of its own attributes.
    Document,
    /// All attributes of an extension: the extension's name.
    Extension(&'static str),
    /// One attribute or a part of it.
    Attribute(AttributePath),
}

impl Name {
    /// Reads a name in any case: `attribute`, `attribute.part`, the name of a schema, or both with a colon between them.
    /// Attributes of the extension are found without the extension's name too: Entra sends a bare `manager`. `None` when
    /// there is no such attribute.
    #[must_use]
    pub fn find(text: &str, kind: ResourceKind) -> Option<Self> {
        if let Some(rest) = after(text, kind.core().id) {
            return if rest.is_empty() {
                Some(Self::Document)
            } else {
                found(None, rest, |name| kind.attribute(name)).map(Self::Attribute)
            };
        }
        if let Some((extension, rest)) = kind.extension().and_then(|schema| Some((schema, after(text, schema.id)?))) {
            return if rest.is_empty() {
                Some(Self::Extension(extension.id))
            } else {
                found_in(extension, rest).map(Self::Attribute)
            };
        }
        found(None, text, |name| kind.attribute(name))
            .or_else(|| kind.extension().and_then(|extension| found_in(extension, text)))
            .map(Self::Attribute)
    }
}

/// What follows the name of a schema and the colon after it. `None` when the text doesn't begin with that name.
fn after<'a>(text: &'a str, schema: &str) -> Option<&'a str> {
    let rest =
        text.get(schema.len()..).filter(|_| text.get(..schema.len()).is_some_and(|start| start.eq_ignore_ascii_case(schema)))?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(':').filter(|rest| !rest.is_empty()) }
}

fn found_in(schema: &'static Schema, text: &str) -> Option<AttributePath> {
    found(Some(schema.id), text, |name| schema.attribute(name))
}

fn found(
    schema: Option<&'static str>,
    text: &str,
    attribute: impl Fn(&str) -> Option<&'static Attribute>,
) -> Option<AttributePath> {
    let (name, part) = text.split_once('.').map_or((text, None), |(name, part)| (name, Some(part)));
    let attribute = attribute(name)?;
    let sub = match part {
        Some(part) => Some(attribute.sub_attribute(part)?.name),
        None => None,
    };
    Some(AttributePath { schema, attribute: attribute.name, sub })
}

impl AttributePath {
    /// Reads the path of one attribute or a part of it, in any case, with or without the name of its schema.
    ///
    /// # Errors
    /// `invalidPath` when there is no such attribute.
    pub fn parse(text: &str, kind: ResourceKind) -> Result<Self, ScimError> {
        match Name::find(text.trim(), kind) {
            Some(Name::Attribute(path)) => Ok(path),
            _ => Err(ScimError::invalid_path(unknown(text, kind))),
        }
    }

    /// Whether it is this attribute, or this part of it.
    #[must_use]
    pub fn is_about(&self, attribute: &str, sub: Option<&str>) -> bool {
        self.attribute == attribute && (sub.is_none() || self.sub == sub)
    }

    /// The same attribute with another part, or with none.
    #[must_use]
    pub const fn part(self, sub: Option<&'static str>) -> Self {
        Self { sub, ..self }
    }

    /// What is said about the attribute itself, whichever part the path leads to. `None` for names that no schema has.
    /// Whether it is required and unique depends on whose it is; ask [`ResourceKind::attribute`] for that.
    #[must_use]
    pub fn whole(&self) -> Option<&'static Attribute> {
        let kinds = [ResourceKind::User, ResourceKind::Group];
        match self.schema {
            // Both kinds have a `displayName`. Only whether it is required differs.
            None => kinds.into_iter().find_map(|kind| kind.attribute(self.attribute)),
            Some(schema) => kinds
                .into_iter()
                .filter_map(ResourceKind::extension)
                .find(|extension| extension.id == schema)
                .and_then(|extension| extension.attribute(self.attribute)),
        }
    }

    /// What is said about what the path leads to. `None` for names that no schema has.
    #[must_use]
    pub fn definition(&self) -> Option<&'static Attribute> {
        let whole = self.whole()?;
        self.sub.map_or(Some(whole), |sub| whole.sub_attribute(sub))
    }

    /// The path that a value is compared at: an attribute with parts stands for its `value`, so that `emails co "x"`
    /// looks into the addresses. Unchanged where there is no such part.
    #[must_use]
    pub fn comparable(self) -> Self {
        let value = self.definition().and_then(|attribute| attribute.sub_attribute("value"));
        value.map_or(self, |value| self.part(Some(value.name)))
    }

    /// Everything that a document has at this path: several values for a multi-valued attribute, and nothing where the
    /// document has nothing.
    #[must_use]
    pub fn values<'a>(&self, document: &'a Value) -> Vec<&'a Value> {
        let object = match self.schema {
            Some(schema) => document.get(schema),
            None => Some(document),
        };
        let elements = match object.and_then(|object| object.get(self.attribute)) {
            Some(Value::Array(elements)) => elements.iter().collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        match self.sub {
            Some(sub) => elements.into_iter().filter_map(|element| element.get(sub)).collect(),
            None => elements,
        }
    }
}

impl core::fmt::Display for AttributePath {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if let Some(schema) = self.schema {
            write!(formatter, "{schema}:")?;
        }
        formatter.write_str(self.attribute)?;
        self.sub.map_or(Ok(()), |sub| write!(formatter, ".{sub}"))
    }
}

/// Where a change goes (RFC 7644 §3.5.2).
#[derive(Clone, Debug, PartialEq)]
pub enum PatchPath {
    /// The document: the change says itself which attributes it changes.
    Document,
    /// All attributes of an extension.
    Extension(&'static str),
    /// One attribute or a part of it.
    Attribute(AttributePath),
    /// Those values of a multi-valued attribute that the filter finds, or a part of them.
    Found {
        /// The attribute, with the part that follows the filter.
        path: AttributePath,
        /// What finds the values. Its paths have the attribute's name and a part.
        filter: Filter,
    },
}

impl PatchPath {
    /// Reads where a change goes: `attribute`, `attribute.part`, `attribute[filter]`, `attribute[filter].part`, with or
    /// without the name of a schema and a colon before them, or the name of a schema alone.
    ///
    /// # Errors
    /// `invalidPath` when it can't be read or there is no such attribute, `invalidFilter` for what stands in brackets.
    pub fn parse(text: &str, kind: ResourceKind) -> Result<Self, ScimError> {
        let text = text.trim();
        if text.len() > LONGEST_PATH {
            return Err(ScimError::invalid_path("The path is too long."));
        }
        let Some((name, _)) = text.split_once('[') else {
            return match Name::find(text, kind) {
                Some(Name::Document) => Ok(Self::Document),
                Some(Name::Extension(schema)) => Ok(Self::Extension(schema)),
                Some(Name::Attribute(path)) => Ok(Self::Attribute(path)),
                None => Err(ScimError::invalid_path(unknown(text, kind))),
            };
        };
        let path = match Name::find(name.trim_end(), kind) {
            Some(Name::Attribute(path)) => path,
            _ => return Err(ScimError::invalid_path(unknown(name, kind))),
        };
        let several = path.whole().is_some_and(|attribute| attribute.multi_valued && attribute.kind == Type::Complex);
        if !several || path.sub.is_some() {
            return Err(ScimError::invalid_path(format!("{path} has no several values to choose from.")));
        }
        let (filter, rest) = parse::in_brackets(text, name.len(), path, kind)?;
        let sub = match rest.trim() {
            "" => None,
            rest => {
                let part = rest.strip_prefix('.').and_then(|part| path.whole()?.sub_attribute(part));
                Some(part.ok_or_else(|| ScimError::invalid_path(format!("{path} has no part {}.", shown(rest))))?.name)
            }
        };
        Ok(Self::Found { path: path.part(sub), filter })
    }
}

/// Says that there is no such attribute.
pub(super) fn unknown(name: &str, kind: ResourceKind) -> String {
    let whose = match kind {
        ResourceKind::User => "Users",
        ResourceKind::Group => "Groups",
    };
    format!("{whose} have no attribute {}.", shown(name))
}

/// A piece of a request, short enough for a sentence.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let line: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() { format!("\"{line}…\"") } else { format!("\"{line}\"") }
}

#[cfg(test)]
mod tests {
    use super::super::filter::{Operand, Operator};
    use super::super::schema::ENTERPRISE_USER;
    use super::*;
    use serde_json::json;

    fn at(schema: Option<&'static str>, attribute: &'static str, sub: Option<&'static str>) -> AttributePath {
        AttributePath { schema, attribute, sub }
    }

    #[test]
    fn names_are_found_in_every_case_with_and_without_their_schema() {
        for (text, path) in [
            ("userName", at(None, "userName", None)),
            ("USERNAME", at(None, "userName", None)),
            (" name.GIVENname ", at(None, "name", Some("givenName"))),
            ("urn:ietf:params:scim:schemas:core:2.0:User:emails.value", at(None, "emails", Some("value"))),
            ("URN:IETF:params:scim:schemas:core:2.0:user:externalid", at(None, "externalId", None)),
            ("manager", at(Some(ENTERPRISE_USER), "manager", None)),
            ("manager.$REF", at(Some(ENTERPRISE_USER), "manager", Some("$ref"))),
            (
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                at(Some(ENTERPRISE_USER), "department", None),
            ),
            (
                "urn:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:user:Manager.Value",
                at(Some(ENTERPRISE_USER), "manager", Some("value")),
            ),
            ("meta.lastModified", at(None, "meta", Some("lastModified"))),
        ] {
            assert_eq!(AttributePath::parse(text, ResourceKind::User), Ok(path), "{text}");
        }
        assert_eq!(AttributePath::parse("Members.Value", ResourceKind::Group), Ok(at(None, "members", Some("value"))));
    }

    #[test]
    fn names_that_do_not_exist_are_refused() {
        for text in [
            "",
            ".",
            "shoeSize",
            "name.shoeSize",
            "name.givenName.x",
            "userName.value",
            "emails.",
            "members",
            "urn:ietf:params:scim:schemas:core:2.0:User:",
            "urn:ietf:params:scim:schemas:core:2.0:User:department",
            "urn:ietf:params:scim:schemas:core:2.0:Group:displayName",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department",
            "ürn",
        ] {
            let error = AttributePath::parse(text, ResourceKind::User).unwrap_err();
            assert_eq!(error.scim_type, Some("invalidPath"), "{text}");
        }
        assert!(AttributePath::parse("manager", ResourceKind::Group).is_err());
    }

    #[test]
    fn changes_go_where_entra_and_okta_send_them() {
        let equal = |path: AttributePath, value: &str| Filter::Compare {
            path,
            operator: Operator::Equal,
            value: Operand::Text(value.into()),
        };
        for (text, expected) in [
            (ENTERPRISE_USER, PatchPath::Extension(ENTERPRISE_USER)),
            ("urn:ietf:params:scim:schemas:core:2.0:User", PatchPath::Document),
            ("active", PatchPath::Attribute(at(None, "active", None))),
            (
                "emails[type eq \"work\"].value",
                PatchPath::Found {
                    path: at(None, "emails", Some("value")),
                    filter: equal(at(None, "emails", Some("type")), "work"),
                },
            ),
            (
                "Addresses[Type EQ \"a]b\"]",
                PatchPath::Found { path: at(None, "addresses", None), filter: equal(at(None, "addresses", Some("type")), "a]b") },
            ),
            (
                "urn:ietf:params:scim:schemas:core:2.0:User:roles[primary eq \"True\"].display",
                PatchPath::Found {
                    path: at(None, "roles", Some("display")),
                    filter: Filter::Compare {
                        path: at(None, "roles", Some("primary")),
                        operator: Operator::Equal,
                        value: Operand::Boolean(true),
                    },
                },
            ),
        ] {
            assert_eq!(PatchPath::parse(text, ResourceKind::User), Ok(expected), "{text}");
        }
        for (text, scim_type) in [
            ("emails[type eq \"work\"", "invalidFilter"),
            ("emails[type]", "invalidFilter"),
            ("emails[]", "invalidFilter"),
            ("emails[shoe eq 1]", "invalidFilter"),
            ("emails[type eq \"work\"].shoe", "invalidPath"),
            ("emails[type eq \"work\"]value", "invalidPath"),
            ("emails.value[type eq \"work\"]", "invalidPath"),
            ("userName[type eq \"work\"]", "invalidPath"),
            ("shoes[type eq \"work\"]", "invalidPath"),
            ("[type eq \"work\"]", "invalidPath"),
        ] {
            assert_eq!(PatchPath::parse(text, ResourceKind::User).unwrap_err().scim_type, Some(scim_type), "{text}");
        }
        assert!(PatchPath::parse(&"a".repeat(1_000_000), ResourceKind::User).is_err());
    }

    #[test]
    fn values_are_found_in_lists_and_extensions() {
        let document = json!({
            "userName": "ines", "emails": [{ "value": "a" }, { "type": "work" }, { "value": "b" }],
            ENTERPRISE_USER: { "manager": { "value": "7" } },
        });
        let values = |text| AttributePath::parse(text, ResourceKind::User).unwrap().values(&document);
        assert_eq!(values("emails.value"), [&json!("a"), &json!("b")]);
        assert_eq!(values("emails").len(), 3);
        assert_eq!(values("manager.value"), [&json!("7")]);
        assert_eq!(values("department").len() + values("title").len() + values("name.givenName").len(), 0);
    }
}
