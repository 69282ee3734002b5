//! Documents: what directories say about a person or a group, by the names that the schemas have. A value that is
//! nothing (RFC 7643 §2.5) doesn't stand in them.

use serde_json::{Map, Value};

use super::error::ScimError;
use super::path::{AttributePath, PatchPath};
use super::schema::ResourceKind;

/// The schemas that a document's attributes belong to: its own, and the extension if it has any of its attributes.
#[must_use]
pub fn schemas_of(kind: ResourceKind, document: &Map<String, Value>) -> Vec<&'static str> {
    let extension = kind.extension().map(|schema| schema.id).filter(|schema| document.contains_key(*schema));
    core::iter::once(kind.core().id).chain(extension).collect()
}

/// Refuses a body that says itself that it is something else: `schemas` must have this name among others (RFC 7643 §3).
/// A body that says nothing of it is taken for what the request asks for.
///
/// # Errors
/// `invalidSyntax`.
pub(super) fn check_schemas(body: &Map<String, Value>, wanted: &str) -> Result<(), ScimError> {
    let is = |name: &Value| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
    match body.iter().find(|(name, _)| name.eq_ignore_ascii_case("schemas")).map(|(_, value)| value) {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Array(names)) if names.iter().all(Value::is_string) && names.iter().any(is) => Ok(()),
        _ => Err(ScimError::invalid_syntax(format!("schemas must be a list of names with {wanted}."))),
    }
}

/// Takes an attribute out of a document, whichever part of it the path leads to. An extension without attributes goes.
pub(super) fn take(document: &mut Map<String, Value>, path: &AttributePath) -> Option<Value> {
    let Some(schema) = path.schema else { return document.remove(path.attribute) };
    let extension = document.get_mut(schema)?.as_object_mut()?;
    let taken = extension.remove(path.attribute);
    if extension.is_empty() {
        document.remove(schema);
    }
    taken
}

/// Puts an attribute into a document, whichever part of it the path leads to.
pub(super) fn put(document: &mut Map<String, Value>, path: &AttributePath, value: Value) {
    let object = match path.schema {
        None => Some(document),
        Some(schema) => {
            let extension = document.entry(schema).or_insert_with(|| Value::Object(Map::new()));
            if !extension.is_object() {
                *extension = Value::Object(Map::new());
            }
            extension.as_object_mut()
        }
    };
    if let Some(object) = object {
        object.insert(path.attribute.into(), value);
    }
}

/// What an attribute of a document holds, whichever part of it the path leads to.
pub(super) fn get<'a>(document: &'a Map<String, Value>, path: &AttributePath) -> Option<&'a Value> {
    match path.schema {
        None => document.get(path.attribute),
        Some(schema) => document.get(schema)?.get(path.attribute),
    }
}

/// The attributes that a body names, in any case and form: plain, with a dot, with the name of a schema before them, or
/// in an object under that name. What no schema has is left out. Extensions stand here as a whole only when they hold no
/// object.
pub(super) fn entries(kind: ResourceKind, body: &Map<String, Value>) -> Vec<(PatchPath, &Value)> {
    let mut entries = Vec::new();
    for (name, value) in body {
        let Ok(path) = PatchPath::parse(name, kind) else { continue };
        match (&path, value.as_object()) {
            (PatchPath::Document, None) => {}
            (PatchPath::Document, Some(attributes)) => entries.extend(entries_below(kind, kind.core().id, attributes)),
            (PatchPath::Extension(schema), Some(attributes)) => entries.extend(entries_below(kind, schema, attributes)),
            _ => entries.push((path, value)),
        }
    }
    entries
}

/// The attributes that an object under the name of a schema names.
pub(super) fn entries_below<'a>(
    kind: ResourceKind,
    schema: &str,
    attributes: &'a Map<String, Value>,
) -> Vec<(PatchPath, &'a Value)> {
    let path = |name: &str| PatchPath::parse(&format!("{schema}:{name}"), kind).ok();
    attributes.iter().filter_map(|(name, value)| Some((path(name)?, value))).collect()
}
