//! Changes to parts of a person or a group (RFC 7644 §3.5.2), in all the forms that directories send them in.

#[cfg(test)]
mod anything;
mod attribute;
mod elements;
#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
mod to_members;

use serde_json::{Map, Value};

use super::document::{check_schemas, entries, entries_below, get};
use super::error::ScimError;
use super::filter::Filter;
use super::path::{AttributePath, PatchPath};
use super::schema::{Mutability, ResourceKind};
use super::values::is_nothing;

/// The schema of a change (RFC 7644 §3.5.2).
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// The most operations in one request.
pub const MOST_OPERATIONS: usize = 1_000;

/// The most comparisons of one value with another that one request can bring about. Long filters on long lists, a
/// thousand times over, would keep the server busy for minutes.
const MOST_COMPARISONS: usize = 1_000_000;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Adds to what is there (RFC 7644 §3.5.2.1).
    Add,
    /// Puts it in the place of what is there (§3.5.2.3).
    Replace,
    /// Takes it away (§3.5.2.2).
    Remove,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// What it does.
    pub verb: Verb,
    /// Where. `None`: the value says so itself.
    pub path: Option<String>,
    /// With what. `None` when nothing was sent, which isn't the same as `null`.
    pub value: Option<Value>,
}

/// A change to the members of a group. They come in the order in which they are to be made.
#[derive(Clone, Debug, PartialEq)]
pub enum MemberChange {
    /// These come in. Whoever is in already stays.
    Add(Vec<String>),
    /// These go. Whoever isn't in doesn't matter.
    Remove(Vec<String>),
    /// Those go whom the filter finds: [`Filter::matches_value`] on one member, or its paths `members.value` and so on.
    RemoveWhere(Filter),
    /// From now on it's these and nobody else.
    Replace(Vec<String>),
    /// Everybody goes.
    RemoveAll,
}

/// What changes have done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patched {
    /// Whether the document has become another one. Members don't count.
    pub changed: bool,
    /// What is to be done to the members of a group.
    pub members: Vec<MemberChange>,
}

/// Reads the body of a PATCH. Words are read in any case.
///
/// # Errors
/// `invalidSyntax` when it isn't a list of operations, `invalidPath` when a path isn't a text, `tooMany` when there are
/// more than [`MOST_OPERATIONS`].
pub fn read(body: &Value) -> Result<Vec<Operation>, ScimError> {
    if let Value::Object(fields) = body {
        check_schemas(fields, PATCH)?;
    }
    // The operations alone, as an example of RFC 7644 (§3.7.3) has them.
    let operations = body.as_array().or_else(|| field(body, "Operations").and_then(Value::as_array));
    let Some(operations) = operations.filter(|operations| !operations.is_empty()) else {
        return Err(ScimError::invalid_syntax("The body must have a list of Operations."));
    };
    if operations.len() > MOST_OPERATIONS {
        return Err(ScimError::too_many(format!("{MOST_OPERATIONS} operations in one request are the most.")));
    }
    operations.iter().map(operation).collect()
}

fn operation(sent: &Value) -> Result<Operation, ScimError> {
    let verb = match field(sent, "op").and_then(Value::as_str).unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "add" => Verb::Add,
        "replace" => Verb::Replace,
        "remove" => Verb::Remove,
        _ => return Err(ScimError::invalid_syntax("Every operation needs an op: add, replace or remove.")),
    };
    let path = match field(sent, "path") {
        None | Some(Value::Null) => None,
        Some(Value::String(path)) => Some(path.trim().to_owned()).filter(|path| !path.is_empty()),
        Some(_) => return Err(ScimError::invalid_path("The path of an operation must be a text.")),
    };
    Ok(Operation { verb, path, value: field(sent, "value").cloned() })
}

fn field<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.as_object()?.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Makes changes to a document, one after the other: all of them, or none when one can't be made. The document has no
/// members; what is to be done to them comes back.
///
/// # Errors
/// `invalidPath` or `invalidFilter` when a path leads nowhere, `noTarget` when there is nothing where it leads and it
/// can't be made, `mutability` for what a directory can't change, `invalidValue` for what an attribute can't hold,
/// `tooMany` for endless lists.
pub fn apply(kind: ResourceKind, document: &mut Map<String, Value>, operations: &[Operation]) -> Result<Patched, ScimError> {
    let mut patch = Patch { kind, document: document.clone(), members: Vec::new(), comparisons: 0 };
    for operation in operations {
        patch.operation(operation)?;
    }
    let changed = *document != patch.document;
    *document = patch.document;
    Ok(Patched { changed, members: patch.members })
}

/// Changes that are being made, to a copy.
struct Patch {
    kind: ResourceKind,
    document: Map<String, Value>,
    members: Vec<MemberChange>,
    /// How many values have been compared so far, at most.
    comparisons: usize,
}

/// A change to one attribute.
struct Change<'a> {
    verb: Verb,
    /// The attribute, with the part that is changed.
    path: AttributePath,
    /// Which of its values are changed.
    filter: Option<&'a Filter>,
    /// What with.
    value: Option<&'a Value>,
    /// Whether the operation has this path itself. Otherwise the attribute is one of many in its value.
    named: bool,
}

impl Patch {
    fn operation(&mut self, operation: &Operation) -> Result<(), ScimError> {
        let path = operation.path.as_deref().map_or(Ok(PatchPath::Document), |path| PatchPath::parse(path, self.kind))?;
        let value = operation.value.as_ref();
        if path != PatchPath::Document {
            return self.change(operation.verb, &path, value, true);
        }
        if operation.verb == Verb::Remove {
            return Err(ScimError::no_target("An operation that removes needs a path."));
        }
        let Some(attributes) = value.and_then(Value::as_object) else {
            return Err(ScimError::invalid_value("An operation without a path needs an object as its value."));
        };
        self.all(operation.verb, &entries(self.kind, attributes))
    }

    /// Makes the same change to many attributes, each with a value of its own.
    fn all(&mut self, verb: Verb, changes: &[(PatchPath, &Value)]) -> Result<(), ScimError> {
        changes.iter().try_for_each(|(path, value)| self.change(verb, path, Some(value), false))
    }

    fn change(&mut self, verb: Verb, path: &PatchPath, value: Option<&Value>, named: bool) -> Result<(), ScimError> {
        match path {
            // Names of schemas in names of schemas are nobody's attributes.
            PatchPath::Document => Ok(()),
            PatchPath::Extension(schema) => self.extension(verb, schema, value),
            PatchPath::Attribute(path) => self.attribute(&Change { verb, path: *path, filter: None, value, named }),
            PatchPath::Found { path, filter } => {
                self.attribute(&Change { verb, path: *path, filter: Some(filter), value, named })
            }
        }
    }

    fn extension(&mut self, verb: Verb, schema: &str, value: Option<&Value>) -> Result<(), ScimError> {
        match (verb, value) {
            (Verb::Remove, _) => {
                self.document.remove(schema);
            }
            (Verb::Replace, Some(value)) if is_nothing(value) => {
                self.document.remove(schema);
            }
            (Verb::Add, Some(value)) if is_nothing(value) => {}
            (_, Some(Value::Object(attributes))) => self.all(verb, &entries_below(self.kind, schema, attributes))?,
            _ => return Err(ScimError::invalid_value(format!("{schema} needs an object as its value."))),
        }
        Ok(())
    }

    fn attribute(&mut self, change: &Change) -> Result<(), ScimError> {
        let path = change.path;
        let Some((whole, definition)) = path.whole().zip(path.definition()) else { return Ok(()) };
        if self.kind == ResourceKind::Group && path.attribute == "members" {
            self.members.extend(to_members::change(change)?);
            return Ok(());
        }
        // What is added to a resource says by itself which schemas it has.
        if path.attribute == "schemas" && change.verb != Verb::Remove {
            return Ok(());
        }
        if whole.mutability == Mutability::ReadOnly || definition.mutability == Mutability::ReadOnly {
            let refused = Err(ScimError::mutability(format!("{path} can't be changed from outside.")));
            return if change.named { refused } else { Ok(()) };
        }
        // A password is thrown away, whatever happens to it.
        if whole.mutability == Mutability::WriteOnly {
            return Ok(());
        }
        let present = get(&self.document, &path).and_then(Value::as_array).map_or(0, Vec::len);
        let sent = change.value.and_then(Value::as_array).map_or(1, Vec::len);
        self.comparisons += present * change.filter.map_or(sent, Filter::terms);
        if self.comparisons > MOST_COMPARISONS {
            return Err(ScimError::too_many("This is too much for one request. Fewer operations at once will do."));
        }
        attribute::change(&mut self.document, whole, change)?;
        let blank = |value: &Value| value.as_str().is_none_or(|text| text.trim().is_empty());
        // Groups must have a name, users needn't: what is said of the attribute depends on whose it is.
        let required = path.schema.is_none() && self.kind.attribute(path.attribute).is_some_and(|attribute| attribute.required);
        if !required || get(&self.document, &path).is_some_and(|value| !blank(value)) {
            return Ok(());
        }
        let must_be_there = format!("{path} must be there.");
        Err(if change.verb == Verb::Remove {
            ScimError::mutability(must_be_there)
        } else {
            ScimError::invalid_value(must_be_there)
        })
    }
}
