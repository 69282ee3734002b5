//! Bodies that nobody would send, and every attribute that is published.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::tests::user;
use super::{apply, read};
use crate::scim::accept::accept;
use crate::scim::schema::{Attribute, COMMON, ENTERPRISE_USER, Mutability, ResourceKind, Type, USER};

/// A value that an attribute can hold, with a text of one's choice in it.
fn sample(attribute: &Attribute, text: &str) -> Value {
    let value = match attribute.kind {
        Type::Boolean => json!(text == "a"),
        Type::Complex => {
            let parts = attribute.sub_attributes.iter().filter(|part| part.mutability != Mutability::ReadOnly);
            Value::Object(parts.map(|part| (part.name.to_owned(), sample(part, text))).collect())
        }
        _ => json!(text),
    };
    if attribute.multi_valued { json!([value]) } else { value }
}

#[test]
fn every_published_attribute_can_be_added_replaced_and_removed() {
    let writable =
        |attributes: &'static [Attribute]| attributes.iter().filter(|attribute| attribute.mutability == Mutability::ReadWrite);
    let own = COMMON.iter().chain(ResourceKind::User.core().attributes);
    let own: Vec<&Attribute> = own.filter(|attribute| attribute.mutability == Mutability::ReadWrite).collect();
    let at_work: Vec<&Attribute> = writable(ResourceKind::User.extension().unwrap().attributes).collect();
    assert_eq!(own.len() + at_work.len(), 26);
    let minimal = json!({ "userName": "ines" });
    let all = |attributes: &[&Attribute], text| {
        attributes.iter().map(|known| (known.name.to_owned(), sample(known, text))).collect::<Map<_, _>>()
    };
    let mut full = all(&own, "a");
    full.insert(ENTERPRISE_USER.into(), Value::Object(all(&at_work, "a")));
    let full = Value::Object(full);
    assert_eq!(Value::Object(accept(ResourceKind::User, &full).unwrap().document), full);

    let plain = own.iter().map(|known| (known, known.name.to_owned(), format!("/{}", known.name)));
    let further = at_work
        .iter()
        .map(|known| (known, format!("{ENTERPRISE_USER}:{}", known.name), format!("/{ENTERPRISE_USER}/{}", known.name)));
    for (attribute, path, pointer) in plain.chain(further) {
        for (op, before, text) in [("add", &minimal, "a"), ("replace", &minimal, "a"), ("replace", &full, "b")] {
            let value = sample(attribute, text);
            let after = user(before, &json!([{ "op": op, "path": path, "value": value }]));
            assert_eq!(after.pointer(&pointer), Some(&value), "{op} {path}");
        }
        if !attribute.required {
            let after = user(&full, &json!([{ "op": "remove", "path": path }]));
            assert_eq!(after.pointer(&pointer), None, "{path}");
            assert_eq!(user(&after, &json!([{ "op": "add", "path": path, "value": sample(attribute, "a") }])), full);
        }
    }
    let value = Value::Object(all(&at_work, "b"));
    for op in ["add", "replace"] {
        assert_eq!(user(&full, &json!([{ "op": op, "path": ENTERPRISE_USER, "value": value }]))[ENTERPRISE_USER], value);
    }
    assert_eq!(user(&full, &json!([{ "op": "remove", "path": ENTERPRISE_USER }])).get(ENTERPRISE_USER), None);
}

/// Anything that JSON can say, with names that mean something here and there.
fn anything() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "userName",
        "displayName",
        "emails",
        "value",
        "type",
        "primary",
        "active",
        "name",
        "givenName",
        "manager",
        "members",
        "$ref",
        "op",
        "path",
        "Operations",
        "schemas",
        "id",
        "password",
        ENTERPRISE_USER,
        USER,
        "emails[type eq \"work\"].value",
        "addresses",
        "roles.value",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["add", "Replace", "remove", "True", "", "work", "members", "emails", "manager", "userName"])
            .prop_map(Value::from),
        name.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            2 => prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|parts| Value::Object(parts.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_sent_breaks_changes(
        body in anything(),
        operations in prop::collection::vec((
            prop::sample::select(vec!["add", "REPLACE", "Remove", "x"]),
            prop_oneof![
                prop::sample::select(vec!["emails", "emails[type eq \"work\"].value", "emails.value", "name", "name.givenName", "manager", "active",
                    "members", "members[value eq \"1\"]", "roles[primary eq true]", ENTERPRISE_USER, USER, "id"]).prop_map(Value::from),
                Just(Value::Null),
                anything(),
            ],
            anything(),
        ), 0..6),
        document in anything(),
    ) {
        let sent: Vec<Value> = operations.iter().map(|(op, path, value)| json!({ "op": op, "path": path, "value": value })).collect();
        for kind in [ResourceKind::User, ResourceKind::Group] {
            let _ = accept(kind, &body);
            let Ok(operations) = read(&json!({ "Operations": sent })) else { continue };
            // The database's own documents are never that wild; what is in them must not break anything either.
            let before = document.as_object().cloned().unwrap_or_default();
            let mut after = before.clone();
            match apply(kind, &mut after, &operations) {
                Ok(patched) => prop_assert_eq!(patched.changed, before != after),
                Err(_) => prop_assert_eq!(before, after),
            }
        }
        let _ = read(&body);
    }
}
