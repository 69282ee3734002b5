//! What directories send as values, made into what the attributes hold. Generous: flags as words, one object instead of
//! a list, a bare text instead of an object.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::error::ScimError;
use super::filter::folded;
use super::path::AttributePath;
use super::schema::{Attribute, Mutability, Type};

/// The most characters of a text.
pub const LONGEST_TEXT: usize = 10_000;
/// The most values of an attribute, members not counted.
pub const MOST_VALUES: usize = 1_000;

/// Whether a value says that there is none (RFC 7643 §2.5); an empty text does too.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => false,
    }
}

/// Reads everything that an attribute holds. `None` when it's nothing.
///
/// # Errors
/// `invalidValue` when the attribute can't hold it, or two of several values are the preferred one.
pub(super) fn whole(path: AttributePath, definition: &'static Attribute, value: &Value) -> Result<Option<Value>, ScimError> {
    if !definition.multi_valued {
        return single(path, definition, value);
    }
    let elements = once(definition, elements(path, definition, value)?);
    if elements.iter().filter(|element| is_primary(element)).count() > 1 {
        return Err(ScimError::invalid_value(format!("At most one of {path} can be primary.")));
    }
    Ok(Some(elements).filter(|elements| !elements.is_empty()).map(Value::Array))
}

/// The same value for the same purpose stands there once (RFC 7643 §2.4); it's the preferred one when it's called so once.
fn once(definition: &'static Attribute, elements: Vec<Value>) -> Vec<Value> {
    let exact = definition.sub_attribute("value").is_some_and(|value| value.case_exact);
    let mut places = HashMap::new();
    let mut kept: Vec<Value> = Vec::with_capacity(elements.len());
    for element in elements {
        let Some(value) = element.get("value") else {
            kept.push(element);
            continue;
        };
        let text = value.as_str().unwrap_or_default();
        let text = if exact { text.to_owned() } else { folded(text) };
        let kind = element.get("type").and_then(Value::as_str).map(folded);
        let place = *places.entry((text, kind)).or_insert(kept.len());
        match kept.get_mut(place) {
            None => kept.push(element),
            Some(Value::Object(known)) if is_primary(&element) => {
                known.insert("primary".into(), Value::Bool(true));
            }
            Some(_) => {}
        }
    }
    kept
}

/// Reads the values of an attribute that can hold several: a list, or one of them without a list.
///
/// # Errors
/// `invalidValue` when the attribute can't hold one of them, `tooMany` when there are more than [`MOST_VALUES`].
pub(super) fn elements(path: AttributePath, definition: &'static Attribute, value: &Value) -> Result<Vec<Value>, ScimError> {
    let sent = match value {
        Value::Array(elements) => elements.as_slice(),
        value => core::slice::from_ref(value),
    };
    let elements: Vec<Value> =
        sent.iter().filter_map(|element| single(path, definition, element).transpose()).collect::<Result<_, _>>()?;
    at_most(path, &elements)?;
    Ok(elements)
}

/// Refuses more values than an attribute may have.
///
/// # Errors
/// `tooMany`.
pub(super) fn at_most(path: AttributePath, elements: &[Value]) -> Result<(), ScimError> {
    if elements.len() <= MOST_VALUES {
        return Ok(());
    }
    Err(ScimError::too_many(format!("{path} can have {MOST_VALUES} values at most.")))
}

/// Reads one value. A list of one counts as what is in it: Entra sends a manager that way. `None` when it's nothing.
///
/// # Errors
/// `invalidValue` when the attribute can't hold it.
pub(super) fn single(path: AttributePath, definition: &'static Attribute, value: &Value) -> Result<Option<Value>, ScimError> {
    let refused = |what: &str| Err(ScimError::invalid_value(format!("{path} must be {what}.")));
    if is_nothing(value) {
        return Ok(None);
    }
    if let Value::Array(elements) = value {
        return match elements.as_slice() {
            [element] if !element.is_array() => single(path, definition, element),
            _ => refused("a single value"),
        };
    }
    match (definition.kind, value) {
        (Type::Complex, Value::Object(sent)) => Ok(object(path, definition, sent)?.map(Value::Object)),
        (Type::Complex, sent) => match definition.sub_attribute("value") {
            Some(part) => {
                let read = single(path.part(Some(part.name)), part, sent)?;
                Ok(read.map(|value| Value::Object(Map::from_iter([(part.name.to_owned(), value)]))))
            }
            None => refused("an object"),
        },
        (Type::Boolean, Value::Bool(flag)) => Ok(Some(Value::Bool(*flag))),
        (Type::Boolean, Value::String(word)) => match word.trim().to_ascii_lowercase().as_str() {
            "true" => Ok(Some(Value::Bool(true))),
            "false" => Ok(Some(Value::Bool(false))),
            _ => refused("true or false"),
        },
        (Type::Boolean, _) => refused("true or false"),
        (Type::Integer, Value::Number(number)) if number.is_i64() => Ok(Some(value.clone())),
        (Type::Integer, _) => refused("a whole number"),
        // A text ends at a NUL in many a program, and nobody has one in a name.
        (_, Value::String(text)) if text.contains('\0') => {
            Err(ScimError::invalid_value("A text has a character that it can't have."))
        }
        (_, Value::String(text)) if text.chars().nth(LONGEST_TEXT).is_some() => {
            Err(ScimError::invalid_value(format!("{path} is too long: {LONGEST_TEXT} characters are the most.")))
        }
        // What users are found by has no spaces around it: whoever looks for them doesn't see any.
        (_, Value::String(text)) if is_looked_up(path) => {
            Ok(Some(text.trim()).filter(|text| !text.is_empty()).map(|text| Value::String(text.to_owned())))
        }
        (_, Value::String(text)) => Ok(Some(Value::String(text.clone()))),
        // Employee numbers and postal codes come as numbers from time to time.
        (Type::String, Value::Number(number)) => Ok(Some(Value::String(number.to_string()))),
        _ => refused("a text"),
    }
}

/// Whether users are looked up by it.
fn is_looked_up(path: AttributePath) -> bool {
    let found_by = matches!((path.attribute, path.sub), ("userName" | "externalId", None) | ("emails", Some("value")));
    path.schema.is_none() && found_by
}

/// Reads the parts of a value. Unknown and read-only ones are left out.
fn object(
    path: AttributePath,
    definition: &'static Attribute,
    sent: &Map<String, Value>,
) -> Result<Option<Map<String, Value>>, ScimError> {
    let mut parts = Map::new();
    for (name, value) in sent {
        let Some(part) = definition.sub_attribute(name).filter(|part| part.mutability != Mutability::ReadOnly) else { continue };
        if let Some(value) = single(path.part(Some(part.name)), part, value)? {
            parts.insert(part.name.into(), value);
        }
    }
    // An address alone says who it is by its end.
    if definition.sub_attribute("value").is_some()
        && !parts.contains_key("value")
        && let Some(id) = parts.get("$ref").and_then(Value::as_str).and_then(last_segment)
    {
        parts.insert("value".into(), id.into());
    }
    Ok(Some(parts).filter(|parts| !parts.is_empty()))
}

/// The id at the end of an address.
pub(super) fn last_segment(address: &str) -> Option<&str> {
    address.trim_end_matches('/').rsplit('/').next().filter(|id| !id.is_empty())
}

/// Whether a value is the preferred one.
pub(super) fn is_primary(element: &Value) -> bool {
    element.get("primary") == Some(&Value::Bool(true))
}
