//! Random changes, made by the code and by a plain model of what they mean.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::MemberChange;
use super::tests::patched;
use crate::scim::schema::{ENTERPRISE_USER, ResourceKind};

type Word = Option<&'static str>;

#[derive(Clone, Debug, PartialEq)]
struct Email {
    value: Word,
    kind: Word,
    primary: Option<bool>,
}

#[derive(Clone, Debug)]
enum Step {
    /// Sets a plain attribute, or clears it; with or without a path.
    Plain(usize, Word, bool),
    RemovePlain(usize),
    AddEmail(Email),
    ReplaceEmails(Vec<Email>),
    RemoveEmails,
    RemoveAddress(&'static str),
    /// Sets or clears the address for a purpose.
    Address(&'static str, Word, bool),
    Prefer(&'static str),
    RemovePurpose(&'static str),
}

const VALUES: [&str; 4] = ["a@x", "A@X", "b@x", "c@x"];
const KINDS: [&str; 4] = ["work", "Work", "home", "other"];
/// Where plain attributes are: how a path names them, and where they stand.
const PLAIN: [(&str, &str); 5] = [
    ("TITLE", "/title"),
    ("name.givenName", "/name/givenName"),
    ("name.familyname", "/name/familyName"),
    ("department", "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department"),
    (
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter",
        "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/costCenter",
    ),
];

#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    plain: [Word; 5],
    emails: Vec<Email>,
}

fn alike(one: &str, other: Word) -> bool {
    other.is_some_and(|other| other.to_lowercase() == one.to_lowercase())
}

impl Model {
    fn only_primary(&mut self, at: usize) {
        for (other, email) in self.emails.iter_mut().enumerate() {
            if other == at {
                email.primary = Some(true);
            } else if email.primary == Some(true) {
                email.primary = Some(false);
            }
        }
    }

    /// Makes a change. `None` when it is refused.
    fn make(mut self, step: &Step) -> Option<Self> {
        match step {
            Step::Plain(at, value, _) => self.plain[*at] = value.filter(|value| !value.is_empty()),
            Step::RemovePlain(at) => self.plain[*at] = None,
            Step::AddEmail(new) => {
                let lower = |word: Word| word.map(str::to_lowercase);
                let at = self.emails.iter().position(|old| match new.value {
                    Some(_) => lower(old.value) == lower(new.value) && lower(old.kind) == lower(new.kind),
                    None => old == new,
                });
                let at = at.unwrap_or_else(|| {
                    self.emails.push(new.clone());
                    self.emails.len() - 1
                });
                self.emails[at].primary = new.primary.or(self.emails[at].primary);
                if new.primary == Some(true) {
                    self.only_primary(at);
                }
            }
            Step::ReplaceEmails(new) => {
                self.emails.clear();
                for email in new {
                    let lower = |word: Word| word.map(str::to_lowercase);
                    let same = |known: &&mut Email| {
                        email.value.is_some()
                            && lower(known.value) == lower(email.value)
                            && lower(known.kind) == lower(email.kind)
                    };
                    match self.emails.iter_mut().find(same) {
                        Some(known) if email.primary == Some(true) => known.primary = Some(true),
                        Some(_) => {}
                        None => self.emails.push(email.clone()),
                    }
                }
                if self.emails.iter().filter(|email| email.primary == Some(true)).count() > 1 {
                    return None;
                }
            }
            Step::RemoveEmails => self.emails.clear(),
            Step::RemoveAddress(value) => self.emails.retain(|email| !alike(value, email.value)),
            Step::RemovePurpose(kind) => self.emails.retain(|email| !alike(kind, email.kind)),
            Step::Address(kind, None | Some(""), _) => {
                self.emails.retain(|email| !(alike(kind, email.kind) && email.value.is_some()))
            }
            Step::Address(kind, value, _) => {
                if !self.emails.iter().any(|email| alike(kind, email.kind)) {
                    self.emails.push(Email { value: None, kind: Some(kind), primary: None });
                }
                self.emails.iter_mut().filter(|email| alike(kind, email.kind)).for_each(|email| email.value = *value);
            }
            Step::Prefer(kind) => {
                let mut at = self.emails.iter().position(|email| alike(kind, email.kind));
                if at.is_none() {
                    self.emails.push(Email { value: None, kind: Some(kind), primary: None });
                    at = Some(self.emails.len() - 1);
                }
                self.emails.iter_mut().filter(|email| alike(kind, email.kind)).for_each(|email| email.primary = Some(true));
                self.only_primary(at?);
            }
        }
        Some(self)
    }

    fn document(&self) -> Value {
        let mut document = json!({ "userName": "ines" });
        let mut set = |path: &str, value: Value| {
            let mut names: Vec<&str> = path.split('/').skip(1).collect();
            let last = names.pop().unwrap();
            let mut object = document.as_object_mut().unwrap();
            for name in names {
                object = object.entry(name).or_insert_with(|| json!({})).as_object_mut().unwrap();
            }
            object.insert(last.into(), value);
        };
        for ((_, pointer), value) in PLAIN.iter().zip(self.plain).filter(|(_, value)| value.is_some()) {
            set(pointer, json!(value));
        }
        if !self.emails.is_empty() {
            set("/emails", self.emails.iter().map(email_document).collect());
        }
        document
    }
}

fn email_document(email: &Email) -> Value {
    let parts = [("value", json!(email.value)), ("type", json!(email.kind)), ("primary", json!(email.primary))];
    Value::Object(
        parts.into_iter().filter(|(_, part)| !part.is_null()).map(|(name, part)| (name.to_owned(), part)).collect::<Map<_, _>>(),
    )
}

/// The same change as a directory sends it.
fn operation(step: &Step) -> Value {
    match step {
        Step::Plain(at, value, true) => json!({ "op": "Replace", "path": PLAIN[*at].0, "value": value }),
        Step::Plain(1, value, false) => json!({ "op": "replace", "value": { "name": { "givenname": value } } }),
        Step::Plain(3, value, false) => json!({ "op": "Add", "value": { ENTERPRISE_USER: { "Department": value } } }),
        Step::Plain(at, value, false) => json!({ "op": "add", "value": { PLAIN[*at].0: value } }),
        Step::RemovePlain(at) => json!({ "op": "REMOVE", "path": PLAIN[*at].0 }),
        Step::AddEmail(email) => json!({ "op": "add", "path": "emails", "value": email_document(email) }),
        Step::ReplaceEmails(emails) => {
            json!({ "op": "replace", "value": { "emails": emails.iter().map(email_document).collect::<Vec<_>>() } })
        }
        Step::RemoveEmails => json!({ "op": "remove", "path": "emails" }),
        Step::RemoveAddress(value) => json!({ "op": "Remove", "path": "emails", "value": [{ "value": value }] }),
        Step::Address(kind, value, replace) => {
            let op = if *replace { "Replace" } else { "add" };
            json!({ "op": op, "path": format!("emails[type eq \"{kind}\"].value"), "value": value })
        }
        Step::Prefer(kind) => json!({ "op": "add", "path": format!("emails[type eq \"{kind}\"].primary"), "value": "True" }),
        Step::RemovePurpose(kind) => json!({ "op": "remove", "path": format!("emails[type eq '{kind}']") }),
    }
}

fn emails() -> impl Strategy<Value = Email> {
    let value = prop::option::of(prop::sample::select(VALUES.to_vec()));
    (value, prop::option::weighted(0.9, prop::sample::select(KINDS.to_vec())), prop::option::of(any::<bool>())).prop_map(
        |(value, kind, primary)| {
            // Nothing at all isn't an address.
            let kind = if value.is_none() { kind.or(Some("work")) } else { kind };
            Email { value, kind, primary }
        },
    )
}

fn steps() -> impl Strategy<Value = Step> {
    let word = prop::option::weighted(0.8, prop::sample::select(vec!["x", "Y", ""]));
    let kind = || prop::sample::select(KINDS.to_vec());
    prop_oneof![
        3 => (0_usize..5, word, any::<bool>()).prop_map(|(at, value, path)| Step::Plain(at, value, path)),
        1 => (0_usize..5).prop_map(Step::RemovePlain),
        3 => emails().prop_map(Step::AddEmail),
        1 => prop::collection::vec(emails(), 0..4).prop_map(Step::ReplaceEmails),
        1 => Just(Step::RemoveEmails),
        1 => prop::sample::select(VALUES.to_vec()).prop_map(Step::RemoveAddress),
        3 => (kind(), prop::option::weighted(0.8, prop::sample::select([&VALUES[..], &[""]].concat())), any::<bool>())
            .prop_map(|(kind, value, replace)| Step::Address(kind, value, replace)),
        1 => kind().prop_map(Step::Prefer),
        1 => kind().prop_map(Step::RemovePurpose),
    ]
}

#[derive(Clone, Debug)]
enum Crowd {
    Add(Vec<u8>),
    Remove(Vec<u8>),
    RemoveFound(Vec<u8>),
    Replace(Vec<u8>),
    Clear,
    Rename,
}

fn crowds() -> impl Strategy<Value = Crowd> {
    let ids = || prop::collection::vec(0_u8..8, 0..4);
    prop_oneof![
        ids().prop_map(Crowd::Add),
        ids().prop_map(Crowd::Remove),
        prop::collection::vec(0_u8..8, 1..4).prop_map(Crowd::RemoveFound),
        ids().prop_map(Crowd::Replace),
        Just(Crowd::Clear),
        Just(Crowd::Rename),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn changes_agree_with_the_model(requests in prop::collection::vec(prop::collection::vec(steps(), 1..5), 1..8)) {
        let mut model = Model::default();
        for steps in requests {
            let before = model.document();
            let operations: Vec<Value> = steps.iter().map(operation).collect();
            let expected = steps.iter().try_fold(model.clone(), |model, step| model.make(step));
            match (patched(ResourceKind::User, &before, &json!(operations)), expected) {
                (Ok((after, patched)), Some(expected)) => {
                    prop_assert_eq!(&after, &expected.document(), "{:?} on {}", operations, before);
                    prop_assert_eq!(patched.changed, after != before);
                    model = expected;
                }
                (Err(_), None) => {}
                (result, expected) => prop_assert!(false, "{:?} but {:?}", result, expected),
            }
        }
    }

    #[test]
    fn members_agree_with_a_set(crowds in prop::collection::vec(crowds(), 1..12)) {
        let mut expected = BTreeSet::new();
        let mut operations = Vec::new();
        for crowd in &crowds {
            let list = |ids: &[u8]| ids.iter().map(|id| json!({ "value": id.to_string(), "$ref": null })).collect::<Vec<_>>();
            operations.push(match crowd {
                Crowd::Add(ids) => {
                    expected.extend(ids.iter().copied());
                    json!({ "op": "Add", "path": "members", "value": list(ids) })
                }
                Crowd::Remove(ids) => {
                    expected.retain(|id| !ids.contains(id));
                    json!({ "op": "Remove", "path": "members", "value": list(ids) })
                }
                Crowd::RemoveFound(ids) => {
                    expected.retain(|id| !ids.contains(id));
                    let terms: Vec<String> = ids.iter().map(|id| format!("value eq \"{id}\"")).collect();
                    json!({ "op": "remove", "path": format!("members[{}]", terms.join(" or ")) })
                }
                Crowd::Replace(ids) => {
                    expected = ids.iter().copied().collect();
                    json!({ "op": "replace", "value": { "members": list(ids) } })
                }
                Crowd::Clear => {
                    expected.clear();
                    json!({ "op": "remove", "path": "members" })
                }
                Crowd::Rename => json!({ "op": "replace", "value": { "id": "7", "displayName": "New" } }),
            });
        }
        let (_, patched) = patched(ResourceKind::Group, &json!({ "displayName": "Sales" }), &json!(operations)).unwrap();
        let mut members: BTreeSet<String> = BTreeSet::new();
        for change in patched.members {
            match change {
                MemberChange::Add(ids) => members.extend(ids),
                MemberChange::Remove(ids) => members.retain(|id| !ids.contains(id)),
                MemberChange::RemoveWhere(filter) => members.retain(|id| !filter.matches_value(&json!({ "value": id }))),
                MemberChange::Replace(ids) => members = ids.into_iter().collect(),
                MemberChange::RemoveAll => members.clear(),
            }
        }
        prop_assert_eq!(members, expected.iter().map(u8::to_string).collect());
    }
}
