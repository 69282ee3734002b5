//! Changes to one attribute of a document.

use serde_json::{Map, Value};

use super::{Change, Verb, elements};
use crate::scim::document::{put, take};
use crate::scim::error::ScimError;
use crate::scim::path::AttributePath;
use crate::scim::schema::{Attribute, Mutability, Type};
use crate::scim::values::{self, is_nothing};

/// Changes an attribute. After an error the document may lack it.
pub(super) fn change(document: &mut Map<String, Value>, whole: &'static Attribute, change: &Change) -> Result<(), ScimError> {
    if change.value.is_none() && change.verb == Verb::Add {
        return Err(ScimError::invalid_value(format!("{} needs a value.", change.path)));
    }
    let current = take(document, &change.path);
    let next = if whole.multi_valued {
        let current = match current {
            Some(Value::Array(elements)) => elements,
            Some(element) => vec![element],
            None => Vec::new(),
        };
        let elements = elements::change(current, whole, change)?;
        Some(elements).filter(|elements| !elements.is_empty()).map(Value::Array)
    } else {
        single(current, whole, change)?
    };
    if let Some(value) = next {
        put(document, &change.path, value);
    }
    Ok(())
}

/// What stands in the place of a value that there is one of.
fn single(current: Option<Value>, whole: &'static Attribute, change: &Change) -> Result<Option<Value>, ScimError> {
    let path = change.path;
    let value = change.value.filter(|value| change.verb != Verb::Remove && !is_nothing(value));
    let (Some(part), Some(value)) = (path.sub, value) else {
        return match (path.sub, current) {
            (Some(part), Some(Value::Object(mut parts))) => {
                set_part(&mut parts, path, part, None)?;
                Ok(Some(parts).filter(|parts| !parts.is_empty()).map(Value::Object))
            }
            (Some(_), _) => Ok(None),
            (None, current) => value.map_or(Ok(None), |value| merged(current, whole, path, value)),
        };
    };
    let mut parts = match current {
        Some(Value::Object(parts)) => parts,
        _ => Map::new(),
    };
    set_part(&mut parts, path, part, Some(value))?;
    Ok(Some(parts).filter(|parts| !parts.is_empty()).map(Value::Object))
}

/// A value with another one over it: parts that aren't sent stay as they are (RFC 7644 §3.5.2.1 and §3.5.2.3). What
/// refers to somebody is replaced as a whole, as an old address would not fit to a new id.
fn merged(
    current: Option<Value>,
    whole: &'static Attribute,
    path: AttributePath,
    value: &Value,
) -> Result<Option<Value>, ScimError> {
    let value = match value {
        Value::Array(elements) => match elements.as_slice() {
            [element] => element,
            _ => value,
        },
        value => value,
    };
    match (current, value) {
        (Some(Value::Object(mut parts)), Value::Object(sent))
            if whole.kind == Type::Complex && whole.sub_attribute("$ref").is_none() =>
        {
            set_parts(&mut parts, whole, path, sent)?;
            Ok(Some(parts).filter(|parts| !parts.is_empty()).map(Value::Object))
        }
        (_, value) => values::whole(path, whole, value),
    }
}

/// Sets those parts of a value that were sent. Unknown and read-only ones are left out.
pub(super) fn set_parts(
    parts: &mut Map<String, Value>,
    whole: &'static Attribute,
    path: AttributePath,
    sent: &Map<String, Value>,
) -> Result<(), ScimError> {
    for (name, value) in sent {
        if let Some(part) = whole.sub_attribute(name).filter(|part| part.mutability != Mutability::ReadOnly) {
            set_part(parts, path, part.name, Some(value))?;
        }
    }
    Ok(())
}

/// Sets one part of a value, or takes it away.
pub(super) fn set_part(
    parts: &mut Map<String, Value>,
    path: AttributePath,
    part: &'static str,
    value: Option<&Value>,
) -> Result<(), ScimError> {
    let path = path.part(Some(part));
    let Some(definition) = path.definition() else { return Ok(()) };
    let value = value.map_or(Ok(None), |value| values::single(path, definition, value))?;
    // Somebody's old address doesn't fit to a new id.
    if part == "value" && parts.get(part) != value.as_ref() {
        parts.remove("$ref");
    }
    match value {
        Some(value) => parts.insert(part.into(), value),
        None => parts.remove(part),
    };
    Ok(())
}
