//! Changes to the members of a group, without looking at who they are.

use serde_json::Value;

use super::{Change, MemberChange, Verb};
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Operand};
use crate::scim::members::ids;

/// What a change does to the members. `None`: nothing.
pub(super) fn change(change: &Change) -> Result<Option<MemberChange>, ScimError> {
    let fixed = || Err(ScimError::mutability("A member can come and go, but not be changed."));
    if let Some(filter) = change.filter {
        return match (change.verb, change.path.sub, named_ids(filter)) {
            (Verb::Remove, None, Some(ids)) => Ok(Some(MemberChange::Remove(ids))),
            (Verb::Remove, None, None) => Ok(Some(MemberChange::RemoveWhere(filter.clone()))),
            (Verb::Add, None, Some(ids)) => Ok(Some(MemberChange::Add(ids))),
            _ => fixed(),
        };
    }
    // `members.value` with ids says the same as `members`.
    if !matches!((change.path.sub, change.value), (None, _) | (Some("value"), Some(_))) {
        return fixed();
    }
    let some = |ids: Vec<String>| Some(ids).filter(|ids| !ids.is_empty());
    match (change.verb, change.value) {
        (Verb::Remove, None | Some(Value::Null)) => Ok(Some(MemberChange::RemoveAll)),
        // Entra names those who go in the value. Taking that for "all" would empty the group.
        (Verb::Remove, Some(value)) => Ok(some(ids(value)?).map(MemberChange::Remove)),
        (_, None) => Err(ScimError::invalid_value("members needs a value.")),
        (Verb::Add, Some(value)) => Ok(some(ids(value)?).map(MemberChange::Add)),
        // One null among many attributes is no wish to empty the group.
        (Verb::Replace, Some(Value::Null)) if !change.named => Ok(None),
        (Verb::Replace, Some(value)) => Ok(Some(MemberChange::Replace(ids(value)?))),
    }
}

/// The ids in a filter that says nothing but which ids: `value eq "x" or value eq "y"`.
fn named_ids(filter: &Filter) -> Option<Vec<String>> {
    match filter {
        Filter::Or(left, right) => Some([named_ids(left)?, named_ids(right)?].concat()),
        filter => match filter.equal_to()? {
            (path, Operand::Text(id)) if path.sub == Some("value") => Some(vec![id.clone()]),
            _ => None,
        },
    }
}
