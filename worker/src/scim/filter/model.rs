//! Random filters: written and read again, evaluated in another way, and compared with another reader.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::tests::{at, both, compare, either, has, user};
use super::{Filter, Moment, Operand, Operator};
use crate::scim::path::{AttributePath, PatchPath};
use crate::scim::schema::{ENTERPRISE_USER, ResourceKind};

/// Attributes that filters are made of, and what they hold.
const TEXTS: [&str; 11] = [
    "userName",
    "displayName",
    "title",
    "externalId",
    "id",
    "name.givenName",
    "emails.value",
    "emails.type",
    "profileUrl",
    "department",
    "manager.value",
];
const BOOLEANS: [&str; 2] = ["active", "emails.primary"];
const CASE_EXACT: [&str; 4] = ["externalId", "id", "profileUrl", "manager.value"];
const WORDS: [&str; 12] = ["a", "A", "ab", "Äb", "äB", "b a", "", "q\"u\\o\n", "True", "null", "and", "1.5"];
const MOMENTS: [&str; 4] =
    ["2026-11-23T09:30:00Z", "2026-11-23T11:30:00.000+02:00", "2026-11-23T09:30:00.000001Z", "1999-12-31T23:59:60-01:00"];
const OPERATORS: [(Operator, &str); 9] = [
    (Operator::Equal, "eq"),
    (Operator::NotEqual, "ne"),
    (Operator::Contains, "co"),
    (Operator::StartsWith, "sw"),
    (Operator::EndsWith, "ew"),
    (Operator::Greater, "gt"),
    (Operator::GreaterOrEqual, "ge"),
    (Operator::Less, "lt"),
    (Operator::LessOrEqual, "le"),
];

fn comparison_at(texts: Vec<&'static str>, booleans: Vec<&'static str>) -> impl Strategy<Value = Filter> {
    let all: Vec<&str> = texts.iter().chain(&booleans).copied().collect();
    let equality = prop::sample::select(vec![Operator::Equal, Operator::NotEqual]);
    let text = (prop::sample::select(texts), prop::sample::select(OPERATORS.to_vec()), prop::sample::select(WORDS.to_vec()))
        .prop_map(|(name, (operator, _), word)| compare(name, operator, word));
    let boolean = (prop::sample::select(booleans), equality.clone(), any::<bool>())
        .prop_map(|(name, operator, flag)| Filter::Compare { path: at(name), operator, value: Operand::Boolean(flag) });
    let null = (prop::sample::select(all.clone()), equality).prop_map(|(name, operator)| Filter::Compare {
        path: at(name),
        operator,
        value: Operand::Null,
    });
    let present = prop::sample::select(all).prop_map(|name| Filter::Present(at(name)));
    prop_oneof![6 => text, 2 => boolean, 1 => null, 1 => present]
}

fn combined(leaf: BoxedStrategy<Filter>) -> impl Strategy<Value = Filter> {
    leaf.prop_recursive(5, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| both(left, right)),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| either(left, right)),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
}

fn filters() -> impl Strategy<Value = Filter> {
    let moments = prop::sample::select(vec![
        Operator::Equal,
        Operator::NotEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Less,
    ]);
    let moment = (moments, prop::sample::select(MOMENTS.to_vec())).prop_map(|(operator, text)| Filter::Compare {
        path: at("meta.created"),
        operator,
        value: Operand::Moment(Moment::parse(text).unwrap()),
    });
    let within = combined(comparison_at(vec!["emails.value", "emails.type"], vec!["emails.primary"]).boxed());
    let leaf = prop_oneof![
        5 => comparison_at(TEXTS.to_vec(), BOOLEANS.to_vec()),
        1 => moment,
        2 => within.prop_map(|inner| has("emails", inner)),
        1 => Just(Filter::Present(at("emails"))),
    ];
    combined(leaf.boxed())
}

/// Writes a filter. With `loose`, in a way that is only understood generously.
fn written(filter: &Filter, within: bool, loose: bool) -> String {
    let word = |word: &str| if loose { format!("  {} ", word.to_uppercase()) } else { format!(" {word} ") };
    let name = |path: &AttributePath| {
        let name = if within { path.sub.unwrap().to_owned() } else { path.to_string() };
        if loose { name.to_uppercase() } else { name }
    };
    let in_parentheses = |filter: &Filter| format!("({})", written(filter, within, loose));
    match filter {
        Filter::And(left, right) => {
            let side = |side: &Filter, is_right: bool| match side {
                Filter::Or(..) => in_parentheses(side),
                Filter::And(..) if is_right => in_parentheses(side),
                side => written(side, within, loose),
            };
            format!("{}{}{}", side(left, false), word("and"), side(right, true))
        }
        Filter::Or(left, right) => {
            let right = if matches!(**right, Filter::Or(..)) { in_parentheses(right) } else { written(right, within, loose) };
            format!("{}{}{right}", written(left, within, loose), word("or"))
        }
        Filter::Not(inner) if loose => format!("NOT{}", in_parentheses(inner)),
        Filter::Not(inner) => format!("not {}", in_parentheses(inner)),
        Filter::Present(path) => format!("{}{}", name(path), word("pr").trim_end()),
        Filter::Has { path, inner } => format!("{path}[{}]", written(inner, true, loose)),
        Filter::Compare { path, operator, value } => {
            let operator = OPERATORS.iter().find(|(known, _)| known == operator).unwrap().1;
            let value = match value {
                Operand::Text(text) if loose && text.chars().all(char::is_alphabetic) && text.len() == 1 => text.clone(),
                Operand::Text(text) if loose => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
                Operand::Text(text) => Value::String(text.clone()).to_string(),
                Operand::Boolean(flag) if loose => format!("\"{flag}\""),
                Operand::Boolean(flag) => flag.to_string(),
                Operand::Null => "null".into(),
                Operand::Moment(moment) => {
                    format!("\"{}\"", MOMENTS.iter().find(|text| Moment::parse(text).as_ref() == Some(moment)).unwrap())
                }
            };
            format!("{}{}{value}", name(path), word(operator))
        }
    }
}

fn documents() -> impl Strategy<Value = Value> {
    let word = || prop::option::of(prop::sample::select(WORDS[..6].to_vec()));
    let email = (word(), word(), prop::option::of(any::<bool>()))
        .prop_map(|(value, kind, primary)| without_nulls(json!({ "value": value, "type": kind, "primary": primary })));
    let own =
        (word(), word(), word(), word(), word(), word(), prop::option::of(any::<bool>()), prop::collection::vec(email, 0..4));
    (own, word(), word(), word(), prop::option::of(prop::sample::select(MOMENTS.to_vec()))).prop_map(
        |((user_name, display_name, title, external_id, id, given, active, emails), url, department, manager, created)| {
            without_nulls(json!({
                "userName": user_name, "displayName": display_name, "title": title, "externalId": external_id, "id": id,
                "name": { "givenName": given }, "active": active, "emails": emails, "profileUrl": url, "meta": { "created": created },
                ENTERPRISE_USER: { "department": department, "manager": { "value": manager } },
            }))
        },
    )
}

/// A value without what holds nothing, as documents are.
fn without_nulls(value: Value) -> Value {
    let empty = |value: &Value| value.is_null() || *value == json!({});
    match value {
        Value::Object(parts) => {
            parts.into_iter().map(|(name, part)| (name, without_nulls(part))).filter(|(_, part)| !empty(part)).collect()
        }
        Value::Array(elements) => elements.into_iter().map(without_nulls).filter(|element| !empty(element)).collect(),
        value => value,
    }
}

/// A document as a list of all its texts, flags and moments with where they stand. Elements of lists have a number.
fn flattened(value: &Value, name: &str, element: usize, rows: &mut Vec<(String, usize, String)>) {
    match value {
        Value::Object(parts) => {
            for (part, value) in parts {
                let separator = if name.is_empty() {
                    ""
                } else if name.starts_with("urn:") && !name.ends_with("manager") {
                    ":"
                } else {
                    "."
                };
                flattened(value, &format!("{name}{separator}{part}"), element, rows);
            }
        }
        Value::Array(elements) => elements.iter().enumerate().for_each(|(number, value)| flattened(value, name, number, rows)),
        Value::String(text) => rows.push((name.to_owned(), element, text.clone())),
        value => rows.push((name.to_owned(), element, value.to_string())),
    }
}

/// Whether a filter holds, said in another way: over rows, and by the text of what is compared.
fn model(filter: &Filter, rows: &[(String, usize, String)]) -> bool {
    let rows_of = |path: &AttributePath| {
        let (name, below) = (path.to_string(), format!("{path}."));
        let found: Vec<&str> =
            rows.iter().filter(|row| row.0 == name || row.0.starts_with(&below)).map(|row| row.2.as_str()).collect();
        (name, found)
    };
    match filter {
        Filter::And(left, right) => [left, right].iter().all(|side| model(side, rows)),
        Filter::Or(left, right) => [left, right].iter().any(|side| model(side, rows)),
        Filter::Not(inner) => !model(inner, rows),
        Filter::Present(path) => rows_of(path).1.iter().any(|text| !text.is_empty()),
        Filter::Has { path, inner } => {
            let prefix = format!("{path}.");
            (0..4).any(|number| {
                let element: Vec<_> = rows.iter().filter(|row| row.0.starts_with(&prefix) && row.1 == number).cloned().collect();
                !element.is_empty() && model(inner, &element)
            })
        }
        Filter::Compare { path, operator, value } => {
            let (name, found) = rows_of(path);
            let ordered = |pair: &(String, String)| match operator {
                Operator::Equal | Operator::NotEqual => pair.0 == pair.1,
                Operator::Contains => pair.0.split(pair.1.as_str()).count() > 1,
                Operator::StartsWith => pair.0.strip_prefix(pair.1.as_str()).is_some(),
                Operator::EndsWith => pair.0.strip_suffix(pair.1.as_str()).is_some(),
                Operator::Greater => pair.0 > pair.1,
                Operator::GreaterOrEqual => pair.0 >= pair.1,
                Operator::Less => pair.0 < pair.1,
                Operator::LessOrEqual => pair.0 <= pair.1,
            };
            let spelt = |text: &str| {
                if CASE_EXACT.iter().any(|exact| name.ends_with(exact)) { text.to_owned() } else { text.to_lowercase() }
            };
            let fixed = |text: &str| {
                format!("{:020}", Moment::parse(text).unwrap().milliseconds() * 10 + i64::from(text.contains("001Z")))
            };
            let pairs: Vec<(String, String)> = match value {
                Operand::Null => return found.iter().all(|text| text.is_empty()) == (*operator == Operator::Equal),
                Operand::Text(text) => found.iter().map(|found| (spelt(found), spelt(text))).collect(),
                Operand::Boolean(flag) => found.iter().map(|found| ((*found).to_owned(), flag.to_string())).collect(),
                Operand::Moment(moment) => {
                    let text = MOMENTS.iter().find(|text| Moment::parse(text) == Some(*moment)).unwrap();
                    found.iter().map(|found| (fixed(found), fixed(text))).collect()
                }
            };
            pairs.iter().any(ordered) != (*operator == Operator::NotEqual)
        }
    }
}

const FRAGMENTS: [&str; 30] = [
    "displayName",
    "manager",
    "manager[",
    "displayName eq \"a\"",
    "displayName pr",
    "(",
    ")",
    "[",
    "]",
    " and ",
    " or ",
    "not ",
    "not(",
    " eq ",
    " co ",
    " pr",
    "\"a\"",
    "\"",
    "'",
    "\\",
    " ",
    ".value",
    ".",
    "userName",
    "true",
    "12",
    "urn:",
    ENTERPRISE_USER,
    "ä",
    "\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(filter in filters()) {
        prop_assert_eq!(&user(&written(&filter, false, false)), &filter);
        prop_assert_eq!(&user(&written(&filter, false, true)), &filter);
    }

    #[test]
    fn filters_agree_with_rows(filter in filters(), documents in prop::collection::vec(documents(), 8)) {
        for document in documents {
            let mut rows = Vec::new();
            flattened(&document, "", 0, &mut rows);
            let expected = model(&filter, &rows);
            prop_assert_eq!(filter.matches(&document), expected, "{:?} on {}", filter, document);
        }
    }

    #[test]
    fn another_reader_understands_what_is_written(filter in filters()) {
        let text = written(&filter, false, false);
        prop_assert!(text.parse::<scim_v2::filter::Filter>().is_ok(), "{}", text);
    }

    #[test]
    fn what_another_reader_understands_is_understood(fragments in prop::collection::vec(prop::sample::select(FRAGMENTS[..17].to_vec()), 1..9)) {
        let text = fragments.concat();
        if text.parse::<scim_v2::filter::Filter>().is_ok()
            && let Err(error) = Filter::parse(&text, ResourceKind::User)
        {
            // It doesn't know which attributes there are.
            let unknown = ["have no attribute", "has no part", "has parts"].iter().any(|words| error.detail.contains(words));
            prop_assert!(unknown, "{}: {}", text, error.detail);
        }
    }

    #[test]
    fn nothing_that_is_sent_breaks_the_reader(text in "\\PC{0,300}", fragments in prop::collection::vec(prop::sample::select(FRAGMENTS.to_vec()), 0..60)) {
        for text in [&text, &fragments.concat(), &format!("userName eq {text}"), &format!("userName eq \"{text}")] {
            for kind in [ResourceKind::User, ResourceKind::Group] {
                if let Err(error) = Filter::parse(text, kind) {
                    prop_assert_eq!(error.scim_type, Some("invalidFilter"));
                    prop_assert!(error.detail.chars().count() < 200);
                }
                let _ = PatchPath::parse(text, kind);
                let _ = PatchPath::parse(&format!("emails[{text}].value"), kind);
            }
        }
    }
}
