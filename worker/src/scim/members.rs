//! The members of a group, as directories send them. They are ids, and never stand in the group's document: a group may
//! have tens of thousands.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::error::ScimError;
use super::values::last_segment;

/// Reads ids of members: a list or one of them, each an object with `value` or `$ref`, or a bare id. Every id once, in
/// the order in which they came.
///
/// # Errors
/// `invalidValue` when one of them can't be an id.
pub(super) fn ids(value: &Value) -> Result<Vec<String>, ScimError> {
    let sent = match value {
        Value::Array(elements) => elements.as_slice(),
        value => core::slice::from_ref(value),
    };
    let mut seen = HashSet::new();
    let mut ids = Vec::new();
    for element in sent {
        if let Some(id) = id(element)?.filter(|id| seen.insert(id.clone())) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn id(element: &Value) -> Result<Option<String>, ScimError> {
    match element {
        Value::Null => Ok(None),
        Value::String(id) => Ok(Some(id.clone()).filter(|id| !id.is_empty())),
        Value::Object(parts) => match (part(parts, "value"), part(parts, "$ref")) {
            (Some(Value::String(id)), _) if !id.is_empty() => Ok(Some(id.clone())),
            (Some(Value::Number(id)), _) => Ok(Some(id.to_string())),
            (None | Some(Value::Null | Value::String(_)), Some(Value::String(address))) => {
                Ok(last_segment(address).map(str::to_owned))
            }
            (None | Some(Value::Null | Value::String(_)), _) => Ok(None),
            _ => Err(no_id()),
        },
        _ => Err(no_id()),
    }
}

fn part<'a>(parts: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    parts.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn no_id() -> ScimError {
    ScimError::invalid_value("Each of the members must have an id as its value.")
}
