//! Filters: what is read, what holds, and what is refused.

use serde_json::json;

use super::{DEEPEST_FILTER, Filter, LONGEST_FILTER, MOST_TERMS, Moment, Operand, Operator};
use crate::scim::path::AttributePath;
use crate::scim::schema::{ENTERPRISE_USER, ResourceKind};

pub(super) fn user(text: &str) -> Filter {
    Filter::parse(text, ResourceKind::User).unwrap_or_else(|error| panic!("{text}: {}", error.detail))
}

pub(super) fn at(name: &str) -> AttributePath {
    AttributePath::parse(name, ResourceKind::User).unwrap()
}

pub(super) fn compare(name: &str, operator: Operator, value: &str) -> Filter {
    Filter::Compare { path: at(name), operator, value: Operand::Text(value.into()) }
}

fn equal(name: &str, value: &str) -> Filter {
    compare(name, Operator::Equal, value)
}

pub(super) fn both(left: Filter, right: Filter) -> Filter {
    Filter::And(Box::new(left), Box::new(right))
}

pub(super) fn either(left: Filter, right: Filter) -> Filter {
    Filter::Or(Box::new(left), Box::new(right))
}

pub(super) fn has(name: &str, inner: Filter) -> Filter {
    Filter::Has { path: at(name), inner: Box::new(inner) }
}

#[test]
fn filters_are_read_as_directories_send_them() {
    for (text, expected) in [
        ("userName eq \"ines@example.com\"", equal("userName", "ines@example.com")),
        ("  USERNAME Eq\"ines\"  ", equal("userName", "ines")),
        ("externalId eq jyoung", equal("externalId", "jyoung")),
        ("externalId eq 'it\\'s'", equal("externalId", "it's")),
        ("employeeNumber eq 701984", equal("employeeNumber", "701984")),
        (
            "emails[type eq \"work\"].value eq \"a@b.c\"",
            has("emails", both(equal("emails.type", "work"), equal("emails.value", "a@b.c"))),
        ),
        ("id eq \"1\" and manager eq \"2\"", both(equal("id", "1"), equal("manager.value", "2"))),
        ("manager eq \"2\" and id eq \"1\"", both(equal("manager.value", "2"), equal("id", "1"))),
        ("emails co \"x\"", compare("emails.value", Operator::Contains, "x")),
        ("title eq \"a\\\"b\\\\c\\u00e4\"", equal("title", "a\"b\\cä")),
        ("title eq \"\"", equal("title", "")),
        ("title eq \"null\"", equal("title", "null")),
        ("title eq null", Filter::Compare { path: at("title"), operator: Operator::Equal, value: Operand::Null }),
        ("active eq \"True\"", Filter::Compare { path: at("active"), operator: Operator::Equal, value: Operand::Boolean(true) }),
        ("active ne FALSE", Filter::Compare { path: at("active"), operator: Operator::NotEqual, value: Operand::Boolean(false) }),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department sw \"S\"",
            compare("department", Operator::StartsWith, "S"),
        ),
        (
            "meta.lastModified ge \"2026-11-23T09:30:00Z\"",
            Filter::Compare {
                path: at("meta.lastModified"),
                operator: Operator::GreaterOrEqual,
                value: Operand::Moment(Moment::parse("2026-11-23T09:30:00Z").unwrap()),
            },
        ),
        // `and` binds closer than `or`, and `not` closer than both.
        (
            "title pr or userName eq \"a\" and not (id eq \"b\")",
            either(Filter::Present(at("title")), both(equal("userName", "a"), Filter::Not(Box::new(equal("id", "b"))))),
        ),
        (
            "(title eq a OR title eq b) AND title pr",
            both(either(equal("title", "a"), equal("title", "b")), Filter::Present(at("title"))),
        ),
        ("not title pr and title eq a", both(Filter::Not(Box::new(Filter::Present(at("title")))), equal("title", "a"))),
        (
            "emails[type eq \"work\" and value co \"@x\"] or roles[not (primary eq true)]",
            either(
                has("emails", both(equal("emails.type", "work"), compare("emails.value", Operator::Contains, "@x"))),
                has(
                    "roles",
                    Filter::Not(Box::new(Filter::Compare {
                        path: at("roles.primary"),
                        operator: Operator::Equal,
                        value: Operand::Boolean(true),
                    })),
                ),
            ),
        ),
    ] {
        assert_eq!(user(text), expected, "{text}");
    }
    let group = Filter::parse("members eq \"7\"", ResourceKind::Group).unwrap();
    let path = AttributePath { schema: None, attribute: "members", sub: Some("value") };
    assert_eq!(group.equal_to(), Some((&path, &Operand::Text("7".into()))));
    let parts = user("id eq \"1\" and (title eq a or title eq b) and manager eq \"2\"");
    assert_eq!(
        parts.conjuncts(),
        [&equal("id", "1"), &either(equal("title", "a"), equal("title", "b")), &equal("manager.value", "2")]
    );
    assert_eq!(parts.equal_to(), None);
}

#[test]
fn what_cannot_be_read_or_compared_is_refused() {
    for text in [
        "",
        " ",
        "userName",
        "userName eq",
        "userName eq \"a",
        "userName eq \"a\\\"",
        "userName is \"a\"",
        "shoeSize eq \"1\"",
        "eq \"a\"",
        "userName eq \"a\" and",
        "userName eq \"a\" userName eq \"b\"",
        "(userName pr",
        "userName pr)",
        "()",
        "not",
        "emails[type pr",
        "emails[type pr]]",
        "emails[]",
        "emails[emails[type pr]]",
        "emails[userName pr]",
        "emails[type pr].shoe eq \"1\"",
        "emails[type pr].value",
        "userName[value pr]",
        "userName gt null",
        "userName eq \"\\x\"",
        "active gt true",
        "active co \"t\"",
        "active eq \"yes\"",
        "name eq \"a\"",
        "addresses eq \"a\"",
        "meta.created gt \"yesterday\"",
        "meta.created eq 5",
        "x509Certificates.value gt \"a\"",
        "password eq \"secret\"",
        "password pr",
        "emails.value.x eq \"a\"",
        "'userName' eq \"a\"",
        "userName eq \"a\" xor title pr",
        "[type pr]",
        "\0",
        "urn: eq \"a\"",
        "urn:ietf:params:scim:schemas:core:2.0:User eq \"a\"",
        "members eq \"1\"",
    ] {
        let error = Filter::parse(text, ResourceKind::User).expect_err(text);
        assert_eq!((error.status, error.scim_type), (400, Some("invalidFilter")), "{text}");
    }
}

#[test]
fn long_and_deep_filters_are_refused_at_once() {
    let refused = |text: &str| assert!(Filter::parse(text, ResourceKind::User).is_err());
    let nested = |depth: usize| format!("{}title pr{}", "(".repeat(depth), ")".repeat(depth));
    user(&nested(DEEPEST_FILTER));
    refused(&nested(DEEPEST_FILTER + 1));
    refused(&"(".repeat(10_000));
    refused(&"(".repeat(LONGEST_FILTER));
    refused(&"not ".repeat(LONGEST_FILTER / 4));
    refused(&"emails[".repeat(LONGEST_FILTER / 7));
    let terms = |count: usize| vec!["title pr"; count].join(" or ");
    user(&terms(MOST_TERMS));
    refused(&terms(MOST_TERMS + 1));
    user(&format!("title eq \"{}\"", "a".repeat(LONGEST_FILTER - 11)));
    refused(&format!("title eq \"{}\"", "a".repeat(LONGEST_FILTER - 10)));
    refused(&"a".repeat(4_000_000));
}

#[test]
fn filters_hold_for_what_they_say() {
    let document = json!({
        "id": "aB1", "externalId": "Ext", "userName": "Ines@Example.com", "title": "Ärztin", "active": true, "nickName": "",
        "emails": [{ "value": "ines@example.com", "type": "work", "primary": true }, { "value": "i@home.example", "type": "home" }],
        "addresses": [{ "type": "work", "locality": "Porto" }], "roles": [], "schemas": [ENTERPRISE_USER],
        "meta": { "created": "2026-11-23T09:30:00Z", "resourceType": "User" },
        ENTERPRISE_USER: { "department": "Sales", "manager": { "value": "m1" } },
    });
    for (text, holds) in [
        ("userName eq \"ines@EXAMPLE.com\"", true),
        ("title sw \"äRZ\"", true),
        ("title ew \"TIN\"", true),
        ("id eq \"ab1\"", false),
        ("externalId eq \"ext\"", false),
        ("externalId eq \"Ext\"", true),
        ("manager eq \"M1\"", false),
        ("manager eq \"m1\"", true),
        ("department co \"ALE\"", true),
        ("active eq \"TRUE\"", true),
        ("active ne true", false),
        ("emails co \"@home\"", true),
        ("emails eq \"ines@example.com\"", true),
        ("emails ne \"ines@example.com\"", false),
        ("emails[type eq \"home\"].value sw \"ines\"", false),
        ("emails[type eq \"work\"].value sw \"ines\"", true),
        ("emails[type eq \"home\" and primary pr]", false),
        ("emails.type eq \"home\" and emails.primary eq true", true),
        ("addresses[locality eq \"porto\"]", true),
        ("nickName pr", false),
        ("roles pr", false),
        ("emails pr", true),
        ("name pr", false),
        ("name eq null", true),
        ("displayName eq null", true),
        ("displayName ne \"x\"", true),
        ("displayName eq \"\"", false),
        ("displayName lt \"x\"", false),
        ("title ne null", true),
        ("not (displayName co \"x\")", true),
        ("userName gt \"INES\"", true),
        ("userName lt \"ines\"", false),
        ("meta.created eq \"2026-11-23T10:30:00.000+01:00\"", true),
        ("meta.created gt \"2026-11-23T10:29:59+01:00\"", true),
        ("meta.created lt \"2026-11-23T09:30:00.001Z\"", true),
        ("meta.created le \"2026-11-23T09:29:59Z\"", false),
        ("meta.created sw \"2026-11\"", true),
        ("meta.resourceType eq \"user\"", false),
        ("schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"", true),
    ] {
        assert_eq!(user(text).matches(&document), holds, "{text}");
    }
    let group = |text| Filter::parse(text, ResourceKind::Group).unwrap();
    let members = json!({ "displayName": "A", "members": [{ "value": "1" }, { "value": "2" }] });
    assert!(group("members eq \"2\"").matches(&members));
    assert!(!group("members eq \"3\"").matches(&members));
}
