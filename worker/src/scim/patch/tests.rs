//! Changes as Entra and Okta send them, and what is refused.

use serde_json::{Map, Value, json};

use super::{MOST_OPERATIONS, MemberChange, Patched, apply, read};
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::schema::{ENTERPRISE_USER, ResourceKind, USER};

pub(super) fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

/// Makes changes to a document.
pub(super) fn patched(kind: ResourceKind, document: &Value, operations: &Value) -> Result<(Value, Patched), ScimError> {
    let mut changing = object(document);
    let result = read(&json!({ "Operations": operations })).and_then(|operations| apply(kind, &mut changing, &operations));
    if result.is_err() {
        assert_eq!(Value::Object(changing.clone()), *document, "an error changes nothing");
    }
    result.map(|patched| (Value::Object(changing), patched))
}

pub(super) fn user(document: &Value, operations: &Value) -> Value {
    let (after, patched) =
        patched(ResourceKind::User, document, operations).unwrap_or_else(|error| panic!("{operations}: {error:?}"));
    assert_eq!(patched, Patched { changed: after != *document, members: vec![] });
    after
}

fn group(operations: &Value) -> (Value, Vec<MemberChange>) {
    let before = json!({ "displayName": "Sales" });
    let (after, patched) =
        patched(ResourceKind::Group, &before, operations).unwrap_or_else(|error| panic!("{operations}: {error:?}"));
    assert_eq!(patched.changed, after != before);
    (after, patched.members)
}

#[track_caller]
fn refused(kind: ResourceKind, operations: &Value, scim_type: &str) {
    let document = json!({ "userName": "ines", "displayName": "Ines", "emails": [{ "value": "a@b.c", "type": "home" }] });
    assert_eq!(patched(kind, &document, operations).unwrap_err().scim_type, Some(scim_type), "{operations}");
}

#[test]
fn every_shape_of_entra_is_understood() {
    let before = json!({ "userName": "ines", "active": true });
    for (operations, after) in [
        (
            json!([{ "op": "Replace", "path": "userName", "value": "Ines@Example.com" }]),
            json!({ "userName": "Ines@Example.com", "active": true }),
        ),
        (json!([{ "op": "Replace", "path": "active", "value": "False" }]), json!({ "userName": "ines", "active": false })),
        (json!([{ "op": "Add", "path": "active", "value": "false" }]), json!({ "userName": "ines", "active": false })),
        (json!([{ "op": "replace", "value": { "active": false } }]), json!({ "userName": "ines", "active": false })),
        (
            json!([{ "op": "Add", "path": "emails[type eq \"work\"].value", "value": "a@b.c" }]),
            json!({ "userName": "ines", "active": true, "emails": [{ "type": "work", "value": "a@b.c" }] }),
        ),
        (
            json!([
                { "op": "Add", "path": "addresses[type eq \"work\"].streetAddress", "value": "Rua 1" },
                { "op": "Add", "path": "addresses[type eq \"work\"].locality", "value": "Porto" },
                { "op": "Replace", "path": "addresses[Type eq \"WORK\"].postalCode", "value": 4000 },
                { "op": "Add", "path": "addresses[type eq \"work\"].country", "value": "" },
                { "op": "Replace", "path": "active", "value": "False" },
            ]),
            json!({
                "userName": "ines", "active": false,
                "addresses": [{ "type": "work", "streetAddress": "Rua 1", "locality": "Porto", "postalCode": "4000" }],
            }),
        ),
        (
            json!([{ "op": "Replace", "path": format!("{ENTERPRISE_USER}:department"), "value": "Sales" }]),
            json!({ "userName": "ines", "active": true, ENTERPRISE_USER: { "department": "Sales" } }),
        ),
        (
            json!([{ "op": "Add", "path": "manager", "value": [{ "$ref": "https://x/Users/7", "value": "7" }] }]),
            json!({ "userName": "ines", "active": true, ENTERPRISE_USER: { "manager": { "value": "7", "$ref": "https://x/Users/7" } } }),
        ),
        (
            json!([{ "op": "Add", "path": format!("{ENTERPRISE_USER}:manager"), "value": "7" }]),
            json!({ "userName": "ines", "active": true, ENTERPRISE_USER: { "manager": { "value": "7" } } }),
        ),
        (
            json!([
                { "op": "Add", "path": "roles[primary eq \"True\"].value", "value": "manager" },
                { "op": "Add", "path": "roles[primary eq \"True\"].display", "value": "Manager" },
            ]),
            json!({ "userName": "ines", "active": true, "roles": [{ "primary": true, "value": "manager", "display": "Manager" }] }),
        ),
        (
            json!([{ "op": "add", "value": {
                "displayName": "Ines", "name.givenName": "Ines", "phoneNumbers[type eq \"work\"].value": "1",
                format!("{ENTERPRISE_USER}:employeeNumber"): "12", ENTERPRISE_USER: { "division": "South" },
                "id": "x", "meta": {}, "groups": [], "schemas": [], "shoeSize": 38, "password": "secret",
            } }]),
            json!({
                "userName": "ines", "active": true, "displayName": "Ines", "name": { "givenName": "Ines" },
                "phoneNumbers": [{ "type": "work", "value": "1" }], ENTERPRISE_USER: { "employeeNumber": "12", "division": "South" },
            }),
        ),
        (json!([{ "op": "Remove", "path": "emails[type eq \"work\"]" }, { "op": "Remove", "path": "title" }]), before.clone()),
        (json!([{ "op": "Add", "path": "password", "value": "secret" }]), before.clone()),
    ] {
        assert_eq!(user(&before, &operations), after, "{operations}");
    }
}

#[test]
fn what_is_cleared_goes() {
    let before = json!({
        "userName": "ines", "title": "Dr", "name": { "givenName": "Ines" }, "emails": [{ "type": "work", "value": "a@b.c", "primary": true }],
        ENTERPRISE_USER: { "manager": { "value": "7", "$ref": "https://x/Users/7" } },
    });
    let cleared = json!({ "userName": "ines" });
    for value in [json!(""), Value::Null] {
        let operations: Vec<Value> = ["title", "name.givenName", "emails[type eq \"work\"].value", "manager"]
            .iter()
            .map(|path| json!({ "op": "Replace", "path": path, "value": value }))
            .collect();
        assert_eq!(user(&before, &json!(operations)), cleared);
        let all = json!([{ "op": "replace", "value": { "title": value, "name": { "givenName": value }, "emails": value, ENTERPRISE_USER: value } }]);
        assert_eq!(user(&before, &all), cleared);
    }
    let removed =
        ["title", "name.givenName", "emails.value", ENTERPRISE_USER].map(|path| json!({ "op": "remove", "path": path }));
    assert_eq!(user(&before, &json!(removed)), cleared);
    let removed = ["Title", "name", "emails", "manager.value"].map(|path| json!({ "op": "remove", "path": path }));
    assert_eq!(user(&before, &json!(removed)), cleared);
    let new = user(&before, &json!([{ "op": "replace", "path": "manager.value", "value": "8" }]));
    assert_eq!(new[ENTERPRISE_USER], json!({ "manager": { "value": "8" } }));
    let new = user(&before, &json!([{ "op": "replace", "path": "manager", "value": { "value": "8", "displayName": "M" } }]));
    assert_eq!(new[ENTERPRISE_USER], json!({ "manager": { "value": "8" } }));
    let new = user(&before, &json!([{ "op": "replace", "path": "manager", "value": { "$ref": "https://x/Users/9" } }]));
    assert_eq!(new[ENTERPRISE_USER]["manager"]["value"], "9");
}

#[test]
fn values_are_added_once_and_one_is_primary() {
    let before = json!({
        "userName": "ines", "name": { "givenName": "Ines", "familyName": "C" },
        "emails": [{ "type": "work", "value": "a@b.c", "primary": true }, { "type": "home", "value": "d@e.f" }],
    });
    let emails = |operations: Value| user(&before, &operations)["emails"].clone();
    let add = |value: Value| emails(json!([{ "op": "add", "path": "emails", "value": value }]));
    assert_eq!(add(json!([{ "type": "Work", "value": "A@B.c" }])), before["emails"]);
    assert_eq!(add(json!([])), before["emails"]);
    assert_eq!(add(json!("new@x.y"))[2], json!({ "value": "new@x.y" }));
    assert_eq!(add(json!({ "value": "a@b.c", "type": "other" }))[2], json!({ "value": "a@b.c", "type": "other" }));
    let moved =
        json!([{ "type": "work", "value": "a@b.c", "primary": false }, { "type": "home", "value": "d@e.f", "primary": true }]);
    assert_eq!(add(json!({ "type": "home", "value": "d@e.f", "primary": "True" })), moved);
    assert_eq!(emails(json!([{ "op": "replace", "path": "emails[type eq \"home\"].primary", "value": "true" }])), moved);
    // What asks for the preferred address at home takes the one at home, and doesn't make another.
    let set =
        emails(json!([{ "op": "replace", "path": "emails[type eq \"home\" and primary eq true].value", "value": "n@x.y" }]));
    assert_eq!(set[1], json!({ "type": "home", "value": "n@x.y" }));
    let set =
        emails(json!([{ "op": "replace", "path": "emails[type eq \"other\" and primary eq true].value", "value": "n@x.y" }]));
    assert_eq!(set[2], json!({ "type": "other", "value": "n@x.y" }));
    assert_eq!(set[0], before["emails"][0]);
    // A value that is replaced as a whole stays for what it was for; one that is added to keeps the rest.
    let set = emails(json!([{ "op": "replace", "path": "emails[type eq \"work\"]", "value": { "value": "n@x.y" } }]));
    assert_eq!(set[0], json!({ "type": "work", "value": "n@x.y" }));
    let set = emails(json!([{ "op": "add", "path": "emails[type eq \"work\"]", "value": { "display": "A" } }]));
    assert_eq!(set[0], json!({ "type": "work", "value": "a@b.c", "primary": true, "display": "A" }));
    let left = emails(json!([{ "op": "remove", "path": "emails", "value": [{ "value": "A@b.c" }] }]));
    assert_eq!(left, json!([{ "type": "home", "value": "d@e.f" }]));
    let left = emails(json!([{ "op": "remove", "path": "emails[type eq \"work\" or value eq \"x\"]" }]));
    assert_eq!(left, json!([{ "type": "home", "value": "d@e.f" }]));
    assert_eq!(emails(json!([{ "op": "replace", "path": "emails", "value": [{ "value": "z" }] }])), json!([{ "value": "z" }]));
    let name = user(&before, &json!([{ "op": "replace", "path": "name", "value": { "givenName": "I", "formatted": "I C" } }]));
    assert_eq!(name["name"], json!({ "givenName": "I", "familyName": "C", "formatted": "I C" }));
    assert_eq!(user(&before, &json!([{ "op": "add", "path": USER, "value": { "name": { "givenName": "Ines" } } }])), before);
}

#[test]
fn members_come_and_go_without_being_read() {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let filter = |text| Filter::parse(text, ResourceKind::Group).unwrap();
    for (operation, change) in [
        (
            json!({ "op": "Add", "path": "members", "value": [{ "$ref": null, "value": "1" }, { "value": "2" }, { "value": "1" }] }),
            MemberChange::Add(ids(&["1", "2"])),
        ),
        (
            json!({ "op": "Remove", "path": "members", "value": [{ "$ref": null, "value": "1" }] }),
            MemberChange::Remove(ids(&["1"])),
        ),
        (json!({ "op": "Remove", "path": "Members", "value": { "value": "1" } }), MemberChange::Remove(ids(&["1"]))),
        (json!({ "op": "Remove", "path": "members", "value": "1" }), MemberChange::Remove(ids(&["1"]))),
        (json!({ "op": "Remove", "path": "members.value", "value": "1" }), MemberChange::Remove(ids(&["1"]))),
        (json!({ "op": "remove", "path": "members[value eq \"1\"]" }), MemberChange::Remove(ids(&["1"]))),
        (json!({ "op": "remove", "path": "members[value eq \"1\" or value eq \"2\"]" }), MemberChange::Remove(ids(&["1", "2"]))),
        (
            json!({ "op": "remove", "path": "members[type eq \"User\"]" }),
            MemberChange::RemoveWhere(filter("members.type eq \"User\"")),
        ),
        (json!({ "op": "remove", "path": "members" }), MemberChange::RemoveAll),
        (json!({ "op": "replace", "path": "members", "value": [] }), MemberChange::Replace(vec![])),
        (
            json!({ "op": "replace", "path": "members", "value": [{ "$ref": "https://x/Users/7" }, "8"] }),
            MemberChange::Replace(ids(&["7", "8"])),
        ),
        (json!({ "op": "add", "value": { "members": [{ "value": "1", "display": "I" }] } }), MemberChange::Add(ids(&["1"]))),
        (json!({ "op": "replace", "value": { "MEMBERS": [{ "value": "1" }] } }), MemberChange::Replace(ids(&["1"]))),
    ] {
        assert_eq!(group(&json!([operation])), (json!({ "displayName": "Sales" }), vec![change]), "{operation}");
    }
    for operation in [
        json!({ "op": "add", "path": "members", "value": [] }),
        json!({ "op": "remove", "path": "members", "value": [] }),
        json!({ "op": "replace", "value": { "id": "7", "displayName": "Sales", "members": null } }),
    ] {
        assert_eq!(group(&json!([operation])), (json!({ "displayName": "Sales" }), vec![]), "{operation}");
    }
    let renamed = group(&json!([{ "op": "replace", "value": { "id": "7", "displayName": "Sales 2" } }]));
    assert_eq!(renamed, (json!({ "displayName": "Sales 2" }), vec![]));
    let in_order = json!([{ "op": "remove", "path": "members[value eq \"1\"]" }, { "op": "add", "path": "members", "value": [{ "value": "1" }] }]);
    assert_eq!(group(&in_order).1, [MemberChange::Remove(ids(&["1"])), MemberChange::Add(ids(&["1"]))]);
}

#[test]
fn a_request_says_what_it_is_and_changes_something() {
    let operations = json!([{ "op": "add", "path": "title", "value": "Dr" }]);
    for body in [
        json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations }),
        json!({ "Schemas": ["URN:ietf:params:scim:api:messages:2.0:patchop", "urn:example"], "operations": operations }),
        json!({ "schemas": null, "Operations": operations }),
        json!({ "Operations": operations }),
    ] {
        assert_eq!(read(&body).map(|operations| operations.len()), Ok(1), "{body}");
    }
    for body in [
        json!({ "schemas": [USER], "Operations": operations }),
        json!({ "schemas": [], "Operations": operations }),
        json!({ "schemas": "x", "Operations": operations }),
        json!({ "Operations": [] }),
        json!({}),
        json!([]),
    ] {
        assert_eq!(read(&body).unwrap_err().scim_type, Some("invalidSyntax"), "{body}");
    }
}

#[test]
fn what_cannot_be_changed_is_refused_as_a_whole() {
    let good = json!({ "op": "replace", "path": "displayName", "value": "New" });
    for (bad, scim_type) in [
        (json!({ "op": "remove" }), "noTarget"),
        (json!({ "op": "remove", "path": "userName" }), "mutability"),
        (json!({ "op": "replace", "path": "userName", "value": "" }), "invalidValue"),
        (json!({ "op": "replace", "path": "userName", "value": "  " }), "invalidValue"),
        (json!({ "op": "replace", "value": { "userName": null } }), "invalidValue"),
        (json!({ "op": "replace", "path": "id", "value": "7" }), "mutability"),
        (json!({ "op": "add", "path": "groups", "value": [{ "value": "7" }] }), "mutability"),
        (json!({ "op": "replace", "path": "manager.displayName", "value": "M" }), "mutability"),
        (json!({ "op": "replace", "path": "meta.created", "value": "x" }), "mutability"),
        (json!({ "op": "replace", "path": "shoeSize", "value": 38 }), "invalidPath"),
        (json!({ "op": "replace", "path": "members", "value": [] }), "invalidPath"),
        (json!({ "op": "replace", "path": 7, "value": 38 }), "invalidPath"),
        (json!({ "op": "replace", "path": "emails[type is 1].value", "value": "x" }), "invalidFilter"),
        (json!({ "op": "replace", "path": "emails[type ne \"home\"].value", "value": "x" }), "noTarget"),
        (json!({ "op": "replace", "path": "emails[type eq \"a\" and type eq \"b\"].value", "value": "x" }), "noTarget"),
        (json!({ "op": "replace", "path": "emails[type eq \"a\"].value", "value": "x" }), "noTarget"),
        (json!({ "op": "Replace", "path": "emails[value eq \"nobody@b.c\"].display", "value": "x" }), "noTarget"),
        (json!({ "op": "replace", "path": "phoneNumbers[value eq \"1\"]", "value": { "value": "2" } }), "noTarget"),
        (json!({ "op": "remove", "path": "schemas" }), "mutability"),
        (json!({ "op": "replace", "path": "active", "value": "perhaps" }), "invalidValue"),
        (json!({ "op": "replace", "path": "title", "value": { "a": 1 } }), "invalidValue"),
        (
            json!({ "op": "replace", "path": "emails", "value": [{ "value": "a", "primary": true }, { "value": "b", "primary": true }] }),
            "invalidValue",
        ),
        (json!({ "op": "add", "path": "title" }), "invalidValue"),
        (json!({ "op": "add", "value": "x" }), "invalidValue"),
        (json!({ "op": "add", "path": ENTERPRISE_USER, "value": "x" }), "invalidValue"),
        (json!({ "op": "move", "path": "title", "value": "x" }), "invalidSyntax"),
        (json!({ "path": "title", "value": "x" }), "invalidSyntax"),
        (json!("x"), "invalidSyntax"),
        (json!({ "op": "add", "path": "emails", "value": vec![json!({ "value": "x" }); 1_001] }), "tooMany"),
    ] {
        refused(ResourceKind::User, &json!([good, bad]), scim_type);
    }
    for (bad, scim_type) in [
        (json!({ "op": "replace", "path": "members[value eq \"1\"].value", "value": "2" }), "mutability"),
        (json!({ "op": "remove", "path": "members.value" }), "mutability"),
        (json!({ "op": "replace", "path": "members" }), "invalidValue"),
        (json!({ "op": "add", "path": "members", "value": [true] }), "invalidValue"),
        (json!({ "op": "remove", "path": "displayName" }), "mutability"),
    ] {
        refused(ResourceKind::Group, &json!([good, bad]), scim_type);
    }
    for body in [json!(null), json!([]), json!({}), json!({ "Operations": {} }), json!("Operations")] {
        assert_eq!(read(&body).unwrap_err().scim_type, Some("invalidSyntax"), "{body}");
    }
    let many = json!({ "operations": vec![good; MOST_OPERATIONS + 1] });
    assert_eq!(read(&many).unwrap_err().scim_type, Some("tooMany"));
}

#[test]
fn endless_changes_end() {
    let emails: Vec<Value> = (0..500).map(|at| json!({ "value": format!("{at}@x"), "type": "work" })).collect();
    let document = json!({ "userName": "ines", "emails": emails });
    let terms = vec!["value eq \"a\""; 60].join(" or ");
    let found = json!({ "op": "remove", "path": format!("emails[{terms}]") });
    let added = json!({ "op": "add", "path": "emails", "value": emails });
    for operation in [found, added] {
        let result = patched(ResourceKind::User, &document, &json!(vec![operation.clone(); MOST_OPERATIONS]));
        assert_eq!(result.unwrap_err().scim_type, Some("tooMany"));
        assert_eq!(user(&document, &json!([operation])), document);
    }
    let long = "x".repeat(2_000_000);
    refused(ResourceKind::User, &json!([{ "op": "add", "path": long, "value": "x" }]), "invalidPath");
    refused(
        ResourceKind::User,
        &json!([{ "op": "add", "path": format!("emails[type eq \"{long}\"]"), "value": "x" }]),
        "invalidPath",
    );
    refused(ResourceKind::User, &json!([{ "op": "add", "path": "title", "value": long }]), "invalidValue");
    assert_eq!(user(&document, &json!([{ "op": "add", "value": { long: "x" } }])), document);
}
