//! Many requests in one (RFC 7644 §3.7). Each is done by itself, in the order in which they come, but for those that wait for
//! something which a later one makes.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::call::{Call, Desk, Failure, Reply};
use super::document::check_schemas;
use super::error::ScimError;
use super::schema::BULK_OPERATIONS;
use super::{answer_failure, run};
use crate::auth::secret;
use crate::store::Database;
use crate::store::sync::Directory;

/// How large one can be, in bytes.
pub(super) const LARGEST: usize = 1_048_576;

/// The schema of the request.
const REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
/// The schema of the answer.
const RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

/// One operation.
#[derive(Clone)]
struct Operation {
    number: usize,
    method: String,
    path: String,
    bulk_id: Option<String>,
    version: Option<String>,
    data: Option<Value>,
}

fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn read(body: &Value) -> Result<(Vec<Operation>, usize), ScimError> {
    let wrong = || ScimError::invalid_syntax("A bulk request is an object with a list of Operations.");
    let object = body.as_object().ok_or_else(wrong)?;
    check_schemas(object, REQUEST)?;
    let listed = member(object, "Operations").and_then(Value::as_array).ok_or_else(wrong)?;
    if listed.len() > BULK_OPERATIONS {
        return Err(ScimError::too_large(format!("A bulk request can have {BULK_OPERATIONS} operations at the most.")));
    }
    let errors = member(object, "failOnErrors").and_then(Value::as_u64).unwrap_or(u64::MAX).max(1);
    let operation = |(number, value): (usize, &Value)| {
        let object = value.as_object().ok_or_else(wrong)?;
        let text = |name: &str| member(object, name).and_then(Value::as_str).map(str::to_owned);
        Ok(Operation {
            number,
            method: text("method").ok_or_else(wrong)?.to_uppercase(),
            path: text("path").ok_or_else(wrong)?,
            bulk_id: text("bulkId"),
            version: text("version"),
            data: member(object, "data").cloned(),
        })
    };
    let operations = listed.iter().enumerate().map(operation).collect::<Result<Vec<_>, _>>()?;
    Ok((operations, usize::try_from(errors).unwrap_or(usize::MAX)))
}

/// What comes before a name in a text, the name, and what follows. It stands alone, at an end of a path or an address, or in
/// quotes in a filter; elsewhere it is text like any other.
fn reference(text: &str) -> Option<(&str, &str, &str)> {
    let (at, mark) = text
        .match_indices("bulkId:")
        .find(|(at, _)| text.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(['/', '"'])))?;
    let begin = at.saturating_add(mark.len());
    let rest = text.get(begin..)?;
    let (name, _) = rest.split_once(['/', '?', '"', ']']).unwrap_or((rest, ""));
    Some((text.get(..at)?, name, rest.get(name.len()..)?))
}

/// Which `bulkId:…` a value names.
fn named(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let mut rest = text.as_str();
            while let Some((_, name, after)) = reference(rest) {
                found.push(name.to_owned());
                rest = after;
            }
        }
        Value::Array(list) => list.iter().for_each(|value| named(value, found)),
        Value::Object(map) => map.values().for_each(|value| named(value, found)),
        _ => {}
    }
}

/// Puts ids in the place of `bulkId:…`.
fn resolve(value: &mut Value, ids: &HashMap<String, String>) {
    match value {
        Value::String(text) => {
            while let Some((before, name, after)) = reference(text)
                && let Some(id) = ids.get(name)
            {
                *text = format!("{before}{id}{after}");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| resolve(value, ids)),
        Value::Object(map) => map.values_mut().for_each(|value| resolve(value, ids)),
        _ => {}
    }
}

impl Operation {
    fn names(&self) -> Vec<String> {
        let mut found = Vec::new();
        named(&Value::String(self.path.clone()), &mut found);
        if let Some(data) = &self.data {
            named(data, &mut found);
        }
        found
    }

    /// The request that it is.
    fn call(&self, ids: &HashMap<String, String>) -> Call {
        let mut path = Value::String(self.path.clone());
        resolve(&mut path, ids);
        let text = path.as_str().unwrap_or_default();
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let body = self.data.clone().map(|mut data| {
            resolve(&mut data, ids);
            data
        });
        Call {
            method: self.method.clone(),
            path: super::parts_of(path),
            query: super::query_of(query),
            body,
            if_match: self.version.clone(),
            if_none_match: None,
            id: None,
        }
    }
}

fn conflict(detail: &str) -> ScimError {
    ScimError { status: 409, scim_type: Some("invalidValue"), detail: detail.to_owned() }
}

/// Does the operations of a bulk request.
pub(super) async fn handle<D: Database>(desk: &Desk<'_, D>, call: &Call) -> Result<Reply, Failure> {
    let (directory, _) = desk.look(Vec::new(), true).await?;
    let (operations, most_errors) = read(call.wanted()?)?;
    let (mut ids, mut foreseen): (HashMap<String, String>, HashMap<String, String>) = (HashMap::new(), HashMap::new());
    let mut answers: Vec<(usize, Value)> = Vec::new();
    let mut errors = 0_usize;
    let mut waiting: Vec<Operation> = operations;
    // Each round does what names nothing that is still to be made; a round that does nothing ends it.
    while !waiting.is_empty() && errors < most_errors {
        let to_be_made: Vec<String> = waiting.iter().filter_map(|operation| operation.bulk_id.clone()).collect();
        let (mut later, mut did) = (Vec::new(), false);
        for operation in waiting {
            let blocked = operation.names().iter().any(|name| !ids.contains_key(name) && to_be_made.contains(name));
            if blocked || errors >= most_errors {
                later.push(operation);
                continue;
            }
            did = true;
            let (answer, failed) = one(desk, &directory, &operation, (&mut ids, &mut foreseen)).await?;
            errors = errors.saturating_add(usize::from(failed));
            answers.push((operation.number, answer));
        }
        waiting = later;
        if did {
            continue;
        }
        // What waits for each other is known before it is made: who is whose manager can go round in a circle (RFC 7644
        // §3.7.1).
        let made =
            waiting.iter().filter(|operation| operation.method == "POST").filter_map(|operation| operation.bulk_id.clone());
        let made: Vec<String> = made.filter(|name| !ids.contains_key(name)).collect();
        if made.is_empty() {
            for operation in core::mem::take(&mut waiting) {
                let circle = conflict("These operations wait for each other.");
                answers.push((operation.number, answered(&operation, 409, None, None, Some(circle.body()))));
            }
        }
        for name in made {
            let id = secret::new_id()?;
            ids.insert(name.clone(), id.clone());
            foreseen.insert(name, id);
        }
    }
    answers.sort_by_key(|(number, _)| *number);
    let operations: Vec<Value> = answers.into_iter().map(|(_, answer)| answer).collect();
    let body = json!({ "schemas": [RESPONSE], "Operations": operations });
    Ok(Reply { status: 200, body: Some(body), directory: Some(directory), ..Reply::default() })
}

async fn one<D: Database>(
    desk: &Desk<'_, D>,
    directory: &Directory,
    operation: &Operation,
    (ids, foreseen): (&mut HashMap<String, String>, &mut HashMap<String, String>),
) -> Result<(Value, bool), Failure> {
    let mut call = operation.call(ids);
    call.id = operation.bulk_id.as_ref().and_then(|name| foreseen.remove(name));
    // Every answer says where, but for a failed POST (RFC 7644 §3.7.3).
    let location = (call.method != "POST").then(|| format!("{}/{}", desk.base, call.path.join("/")));
    let whole = if call.method == "POST" { 1 } else { 2 };
    let allowed = matches!(call.method.as_str(), "POST" | "PUT" | "PATCH" | "DELETE")
        && call.path.len() == whole
        && call.path.first().is_some_and(|first| first.eq_ignore_ascii_case("Users") || first.eq_ignore_ascii_case("Groups"));
    let outcome = if operation.names().iter().any(|name| !ids.contains_key(name)) {
        Err(conflict("Nothing here has made what this operation names by its bulkId.").into())
    } else if call.method == "POST" && operation.bulk_id.is_none() {
        Err(ScimError::invalid_syntax("A POST in a bulk request needs a bulkId.").into())
    } else if allowed {
        // A future that holds one of its own kind needs a box.
        Box::pin(run(desk, &call)).await
    } else {
        Err(ScimError::invalid_value("A bulk operation writes users and groups.").into())
    };
    match outcome {
        Ok(reply) => {
            super::note(desk, &reply);
            let id = reply.body.as_ref().and_then(|body| body.get("id")).and_then(Value::as_str);
            if let (Some(name), Some(id)) = (&operation.bulk_id, id) {
                ids.insert(name.clone(), id.to_owned());
            }
            let version = reply.version.map(super::call::Version::tag);
            Ok((answered(operation, reply.status, reply.location.or(location), version, None), false))
        }
        // Nobody is signed in any more, or something broke: that ends the whole.
        Err(failure @ (Failure::NotSignedIn | Failure::Paused(_) | Failure::Broken(_))) => Err(failure),
        Err(mut failure) => {
            if let Failure::Scim(whose, ..) = &mut failure {
                whose.get_or_insert_with(|| directory.clone());
            }
            // Whoever waits for what wasn't made learns so.
            if let Some(name) = operation.bulk_id.as_ref().filter(|_| call.method == "POST") {
                ids.remove(name);
            }
            let (status, body) = answer_failure(desk, failure);
            Ok((answered(operation, status, location, None, Some(body)), true))
        }
    }
}

fn answered(
    operation: &Operation,
    status: u16,
    location: Option<String>,
    version: Option<String>,
    response: Option<Value>,
) -> Value {
    let mut answer = Map::new();
    answer.insert("method".to_owned(), json!(operation.method));
    answer.insert("status".to_owned(), json!(status.to_string()));
    let parts = [
        ("bulkId", operation.bulk_id.clone().map(Value::String)),
        ("location", location.map(Value::String)),
        ("version", version.map(Value::String)),
        ("response", response),
    ];
    for (name, value) in parts {
        if let Some(value) = value {
            answer.insert(name.to_owned(), value);
        }
    }
    Value::Object(answer)
}
