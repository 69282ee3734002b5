//! Whether a filter holds.

use core::cmp::Ordering;

use serde_json::Value;

use super::{Filter, Moment, Operand, Operator};
use crate::scim::path::AttributePath;

/// Whether it holds for a whole resource.
pub(super) fn document(filter: &Filter, resource: &Value) -> bool {
    holds(filter, &|path| path.values(resource))
}

/// Whether it holds for one value of an attribute.
pub(super) fn value(filter: &Filter, element: &Value) -> bool {
    holds(filter, &|path| match path.sub {
        Some(sub) => element.get(sub).into_iter().collect(),
        None => vec![element],
    })
}

fn holds<'a>(filter: &Filter, look_up: &dyn Fn(&AttributePath) -> Vec<&'a Value>) -> bool {
    match filter {
        Filter::And(left, right) => holds(left, look_up) && holds(right, look_up),
        Filter::Or(left, right) => holds(left, look_up) || holds(right, look_up),
        Filter::Not(inner) => !holds(inner, look_up),
        Filter::Present(path) => look_up(path).into_iter().any(is_present),
        Filter::Has { path, inner } => look_up(path).into_iter().any(|element| value(inner, element)),
        Filter::Compare { path, operator, value } => {
            let found = look_up(path);
            match (operator, value) {
                (Operator::Equal, Operand::Null) => !found.into_iter().any(is_present),
                (Operator::NotEqual, Operand::Null) => found.into_iter().any(is_present),
                // No relation but those two to nothing can be read.
                (_, Operand::Null) => false,
                _ => {
                    let case_exact = path.definition().is_some_and(|attribute| attribute.case_exact);
                    let any = |operator| found.iter().any(|found| compares(found, operator, value, case_exact));
                    match operator {
                        Operator::NotEqual => !any(Operator::Equal),
                        operator => any(*operator),
                    }
                }
            }
        }
    }
}

/// Whether there is something: an empty text or list counts as nothing (RFC 7643 §2.5, RFC 7644 table 3).
fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => elements.iter().any(is_present),
        Value::Object(parts) => parts.values().any(is_present),
    }
}

fn compares(found: &Value, operator: Operator, operand: &Operand, case_exact: bool) -> bool {
    match operand {
        Operand::Boolean(expected) => found.as_bool() == Some(*expected) && operator == Operator::Equal,
        Operand::Moment(expected) => {
            let found = found.as_str().and_then(Moment::parse);
            found.is_some_and(|found| is_ordered(operator, found.cmp(expected)))
        }
        Operand::Text(expected) => {
            let Some(found) = found.as_str() else { return false };
            if operator == Operator::Equal && !case_exact && found.is_ascii() && expected.is_ascii() {
                // Most comparisons are of this kind, and most texts are plain: no need to write them anew.
                found.eq_ignore_ascii_case(expected)
            } else if case_exact {
                text_compares(found, operator, expected)
            } else {
                text_compares(&folded(found), operator, &folded(expected))
            }
        }
        Operand::Null => false,
    }
}

fn text_compares(found: &str, operator: Operator, expected: &str) -> bool {
    match operator {
        Operator::Contains => found.contains(expected),
        Operator::StartsWith => found.starts_with(expected),
        Operator::EndsWith => found.ends_with(expected),
        operator => is_ordered(operator, found.cmp(expected)),
    }
}

const fn is_ordered(operator: Operator, ordering: Ordering) -> bool {
    match operator {
        Operator::Equal => ordering.is_eq(),
        Operator::Greater => ordering.is_gt(),
        Operator::GreaterOrEqual => ordering.is_ge(),
        Operator::Less => ordering.is_lt(),
        Operator::LessOrEqual => ordering.is_le(),
        Operator::NotEqual | Operator::Contains | Operator::StartsWith | Operator::EndsWith => false,
    }
}

/// A text without its capital letters, in all scripts: what texts are compared by where capital letters make no
/// difference. Letter by letter, so that a letter becomes the same wherever it stands in a word.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
