//! The order of an answer (RFC 7644 §3.4.2.3).

use serde_json::Value;

use super::error::ScimError;
use super::filter::{Moment, folded};
use super::path::AttributePath;
use super::schema::{ResourceKind, Returned, Type};
use super::values::is_primary;

/// What a resource is put in order by. Resources without the attribute come last, and first when the order is turned
/// round.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// `false` comes before `true`.
    Boolean(bool),
    /// Earlier ones come first.
    Moment(Moment),
    /// By letters; without regard to capital ones unless they make a difference.
    Text(String),
    /// There is none.
    Missing,
}

/// Reads `sortBy`. An attribute with parts stands for its `value`.
///
/// # Errors
/// `invalidPath` when there is no such attribute, or it has parts and none of them is named.
pub fn sort_path(text: &str, kind: ResourceKind) -> Result<AttributePath, ScimError> {
    let path = AttributePath::parse(text, kind)?.comparable();
    let sortable =
        |definition: &super::schema::Attribute| definition.kind != Type::Complex && definition.returned != Returned::Never;
    if path.definition().is_some_and(sortable) {
        return Ok(path);
    }
    Err(ScimError::invalid_path(format!("An answer can't be put in order by {path}.")))
}

/// What a resource is put in order by. Of several values it's the preferred one, or else the first.
#[must_use]
pub fn sort_key(path: &AttributePath, document: &Value) -> SortKey {
    let elements = path.part(None).values(document);
    let element = elements.iter().find(|element| is_primary(element)).or_else(|| elements.first());
    let value = element.and_then(|element| path.sub.map_or(Some(*element), |part| element.get(part)));
    let definition = path.definition();
    match (value, definition.map(|definition| definition.kind)) {
        (Some(Value::Bool(flag)), _) => SortKey::Boolean(*flag),
        (Some(Value::String(text)), Some(Type::DateTime)) => Moment::parse(text).map_or(SortKey::Missing, SortKey::Moment),
        (Some(Value::String(text)), _) if text.is_empty() => SortKey::Missing,
        (Some(Value::String(text)), _) => {
            let case_exact = definition.is_some_and(|definition| definition.case_exact);
            SortKey::Text(if case_exact { text.clone() } else { folded(text) })
        }
        _ => SortKey::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sorted(by: &str, documents: &[Value]) -> Vec<usize> {
        let path = sort_path(by, ResourceKind::User).unwrap();
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_by_key(|at| sort_key(&path, &documents[*at]));
        order
    }

    #[test]
    fn resources_are_put_in_order() {
        let named = [
            json!({ "userName": "b" }),
            json!({}),
            json!({ "userName": "C" }),
            json!({ "userName": "A" }),
            json!({ "userName": "ä" }),
        ];
        assert_eq!(sorted("USERNAME", &named), [3, 0, 2, 4, 1]);
        let external = ["b", "C", "A"].map(|id| json!({ "externalId": id }));
        assert_eq!(sorted("externalId", &external), [2, 1, 0]);
        let emails = [
            json!({ "emails": [{ "value": "a" }, { "value": "z", "primary": true }] }),
            json!({ "emails": [{ "value": "y" }, { "value": "b" }] }),
            json!({ "emails": [] }),
        ];
        assert_eq!(sorted("emails", &emails), [1, 0, 2]);
        assert_eq!(sorted("emails.value", &emails), [1, 0, 2]);
        let made = ["2026-11-23T09:30:00Z", "2026-11-23T09:30:00+01:00", "never"].map(|at| json!({ "meta": { "created": at } }));
        assert_eq!(sorted("meta.created", &made), [1, 0, 2]);
        assert_eq!(sorted("active", &[json!({ "active": true }), json!({}), json!({ "active": false })]), [2, 0, 1]);
    }

    #[test]
    fn not_everything_is_an_order() {
        for by in ["name", "addresses", "meta", "password", "shoeSize", "", "emails[type eq \"work\"]"] {
            assert_eq!(sort_path(by, ResourceKind::User).unwrap_err().scim_type, Some("invalidPath"), "{by}");
        }
    }
}
