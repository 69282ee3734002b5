//! Changes to an attribute that has several values.

use serde_json::{Map, Value};

use super::attribute::{set_part, set_parts};
use super::{Change, Verb};
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Operand, folded};
use crate::scim::path::AttributePath;
use crate::scim::schema::Attribute;
use crate::scim::values::{self, is_nothing, is_primary};

/// The values after a change.
pub(super) fn change(current: Vec<Value>, whole: &'static Attribute, change: &Change) -> Result<Vec<Value>, ScimError> {
    let sent = change.value.filter(|value| !is_nothing(value));
    match (change.verb, change.filter, change.path.sub, sent) {
        (Verb::Remove, None, None, Some(value)) => {
            let unwanted = values::elements(change.path, whole, value)?;
            Ok(current.into_iter().filter(|element| !unwanted.iter().any(|unwanted| covers(element, unwanted, whole))).collect())
        }
        (Verb::Remove | Verb::Replace, None, None, None) => Ok(Vec::new()),
        (Verb::Add, None, None, None) => Ok(current),
        (Verb::Replace, None, None, Some(value)) => match values::whole(change.path, whole, value)? {
            Some(Value::Array(elements)) => Ok(elements),
            _ => Ok(Vec::new()),
        },
        (Verb::Add, None, None, Some(value)) => added(current, whole, change.path, value),
        (Verb::Remove, ..) | (.., None) => without(current, change),
        (_, _, _, Some(value)) => set(current, whole, change, value),
    }
}

/// Adds values. One that is there already is only completed.
fn added(
    mut elements: Vec<Value>,
    whole: &'static Attribute,
    path: AttributePath,
    value: &Value,
) -> Result<Vec<Value>, ScimError> {
    let Some(Value::Array(new)) = values::whole(path, whole, value)? else { return Ok(elements) };
    let mut primary = None;
    for element in new {
        let is_the_primary = is_primary(&element);
        let known = elements.iter().position(|known| is_same(known, &element, whole));
        if let Some(Value::Object(parts)) = known.and_then(|at| elements.get_mut(at))
            && let Value::Object(sent) = element
        {
            parts.extend(sent.into_iter().filter(|(name, _)| name != "value" && name != "type"));
        } else {
            elements.push(element);
        }
        if is_the_primary {
            primary = Some(known.unwrap_or(elements.len() - 1));
        }
    }
    values::at_most(path, &elements)?;
    prefer(&mut elements, primary);
    Ok(elements)
}

/// Takes away values, or parts of them. A value that only says what it would be for goes too.
fn without(mut elements: Vec<Value>, change: &Change) -> Result<Vec<Value>, ScimError> {
    let chosen = |element: &Value| change.filter.is_none_or(|filter| filter.matches_value(element));
    let Some(part) = change.path.sub else {
        elements.retain(|element| !chosen(element));
        return Ok(elements);
    };
    for element in elements.iter_mut().filter(|element| chosen(element)) {
        if let Value::Object(parts) = element
            && parts.contains_key(part)
        {
            set_part(parts, change.path, part, None)?;
            if parts.keys().all(|name| name == "type" || name == "primary") {
                parts.clear();
            }
        }
    }
    elements.retain(|element| element.as_object().is_none_or(|parts| !parts.is_empty()));
    Ok(elements)
}

/// Sets values, or parts of them: those that the filter finds, or all of them. Where there is none, one is made.
fn set(mut elements: Vec<Value>, whole: &'static Attribute, change: &Change, value: &Value) -> Result<Vec<Value>, ScimError> {
    let mut stamps = Vec::new();
    let mut found: Vec<usize> = (0..elements.len()).collect();
    if let Some(filter) = change.filter {
        let stamped = stamps_of(filter);
        found = positions(&elements, |element| filter.matches_value(element));
        if found.is_empty() {
            let Some(stamped) = &stamped else {
                return Err(ScimError::no_target(format!("No {} is as the filter says.", change.path.part(None))));
            };
            found = found_but_for_primary(&elements, filter, stamped);
            if found.is_empty() && change.verb == Verb::Replace && !stamped.iter().all(|stamp| is_usual(whole, stamp)) {
                return Err(ScimError::no_target(format!("No {} is as the filter says.", change.path.part(None))));
            }
        }
        stamps = stamped.unwrap_or_default();
    }
    if found.is_empty() {
        // RFC 7644 §3.5.2.3 has an error for this. Directories count on the value being made, where it is of a usual sort.
        let taken = elements.iter().any(is_primary);
        let parts = stamps.iter().filter(|(name, value)| !(taken && *name == "primary" && *value == Value::Bool(true)));
        found.push(elements.len());
        elements.push(Value::Object(parts.map(|(name, value)| ((*name).to_owned(), value.clone())).collect()));
        values::at_most(change.path, &elements)?;
    }
    let mut primary = None;
    for at in found {
        let Some(Value::Object(parts)) = elements.get_mut(at) else { continue };
        match change.path.sub {
            Some(part) => set_part(parts, change.path, part, Some(value))?,
            None => set_whole(parts, whole, change, value, &stamps)?,
        }
        if primary.is_none() && parts.get("primary") == Some(&Value::Bool(true)) {
            primary = Some(at);
        }
    }
    prefer(&mut elements, primary);
    elements.retain(|element| element.as_object().is_none_or(|parts| !parts.is_empty()));
    Ok(elements)
}

/// Sets one value as a whole: with what it was found by, unless it says otherwise itself.
fn set_whole(
    parts: &mut Map<String, Value>,
    whole: &'static Attribute,
    change: &Change,
    value: &Value,
    stamps: &[(&'static str, Value)],
) -> Result<(), ScimError> {
    if let (Verb::Add, Value::Object(sent)) = (change.verb, value) {
        return set_parts(parts, whole, change.path, sent);
    }
    let Some(Value::Object(read)) = values::single(change.path, whole, value)? else { return Ok(()) };
    if change.verb == Verb::Replace {
        parts.retain(|name, _| stamps.iter().any(|(stamp, _)| stamp == name));
    }
    parts.extend(read);
    Ok(())
}

fn positions(elements: &[Value], is_wanted: impl Fn(&Value) -> bool) -> Vec<usize> {
    elements.iter().enumerate().filter(|(_, element)| is_wanted(element)).map(|(at, _)| at).collect()
}

/// What a value must have to be found by a filter that only says what is equal. `None` for other filters.
fn stamps_of(filter: &Filter) -> Option<Vec<(&'static str, Value)>> {
    let mut stamps: Vec<(&'static str, Value)> = Vec::new();
    for term in filter.conjuncts() {
        let (path, operand) = term.equal_to()?;
        let value = match operand {
            Operand::Text(text) if !text.is_empty() => Value::String(text.clone()),
            Operand::Boolean(flag) => Value::Bool(*flag),
            _ => return None,
        };
        let sub = path.sub?;
        if stamps.iter().any(|(known, other)| *known == sub && *other != value) {
            return None;
        }
        stamps.push((sub, value));
    }
    Some(stamps)
}

/// Whether a value is looked for by what there usually is one of: the preferred one, or the one at work.
fn is_usual(whole: &Attribute, (name, wanted): &(&'static str, Value)) -> bool {
    let usual = whole.sub_attribute(name).map(|part| part.canonical_values).unwrap_or_default();
    let known = |wanted: &str| usual.is_empty() || usual.iter().any(|usual| usual.eq_ignore_ascii_case(wanted));
    *name == "primary" || (*name == "type" && wanted.as_str().is_some_and(known))
}

/// Values that have all that a filter asks for but for being the preferred one. They are taken rather than making a
/// second value for the same purpose. None when the filter asks for nothing else.
fn found_but_for_primary(elements: &[Value], filter: &Filter, stamps: &[(&'static str, Value)]) -> Vec<usize> {
    if stamps.iter().all(|(name, _)| *name == "primary") {
        return Vec::new();
    }
    let terms = filter.conjuncts();
    let is_of_primary = |term: &Filter| term.equal_to().is_some_and(|(path, _)| path.sub == Some("primary"));
    positions(elements, |element| terms.iter().all(|term| is_of_primary(term) || term.matches_value(element)))
}

/// Makes one value the preferred one, and no other (RFC 7643 §2.4).
fn prefer(elements: &mut [Value], primary: Option<usize>) {
    let Some(primary) = primary else { return };
    for (_, element) in elements.iter_mut().enumerate().filter(|(at, element)| *at != primary && is_primary(element)) {
        if let Value::Object(parts) = element {
            parts.insert("primary".into(), Value::Bool(false));
        }
    }
}

/// Whether two values are the same one: the same value for the same purpose, or alike in all parts if they have no value.
fn is_same(one: &Value, other: &Value, whole: &Attribute) -> bool {
    let equal = |name: &str| match (one.get(name), other.get(name)) {
        (Some(one), Some(other)) => is_equal(one, other, whole.sub_attribute(name)),
        (None, None) => true,
        _ => false,
    };
    if one.get("value").is_some() || other.get("value").is_some() { equal("value") && equal("type") } else { one == other }
}

/// Whether a value has everything that another one has.
fn covers(element: &Value, wanted: &Value, whole: &Attribute) -> bool {
    let Some(parts) = wanted.as_object() else { return element == wanted };
    parts.iter().all(|(name, wanted)| element.get(name).is_some_and(|part| is_equal(part, wanted, whole.sub_attribute(name))))
}

fn is_equal(one: &Value, other: &Value, definition: Option<&Attribute>) -> bool {
    let case_exact = definition.is_some_and(|attribute| attribute.case_exact);
    match (one.as_str(), other.as_str()) {
        // Most texts are plain, and can be compared without being written anew.
        (Some(one), Some(other)) if !case_exact && one.is_ascii() && other.is_ascii() => one.eq_ignore_ascii_case(other),
        (Some(one), Some(other)) if !case_exact => folded(one) == folded(other),
        _ => one == other,
    }
}
