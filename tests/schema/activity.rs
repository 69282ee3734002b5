//! What the database knows of every event, so that the history can be looked through.

use futures_executor::block_on;
use proptest::prelude::*;
use seatwise_domain::Instant;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{EventKind, Topic, Way};
use seatwise_tests::Sqlite;
use seatwise_worker::store::activity::{self, Wanted};

use crate::support::company;

fn event(database: &Sqlite, what: &str, door: &str, at: i64) {
    database
        .execute(&format!("INSERT INTO events (company_id, at, door, what) VALUES ('company', {at}, '{door}', '{what}')"))
        .unwrap();
}

/// The name of every kind of event.
fn kinds() -> Vec<String> {
    let schema = schemars::schema_for!(EventKind).to_value();
    let one_of = schema["oneOf"].as_array().unwrap();
    one_of.iter().map(|one| one["const"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_event_is_about_something() {
    let database = company();
    let kinds = kinds();
    assert!(kinds.len() > 40, "{kinds:?}");
    let mut decisions = Vec::new();
    for kind in kinds {
        event(&database, &kind, "api", 1);
        let rows = database.query("SELECT topic FROM events ORDER BY seq DESC LIMIT 1").unwrap();
        match Topic::parse(rows[0]["topic"].as_str().unwrap()).unwrap() {
            Topic::Settings => decisions.push(kind),
            topic => assert!(!kind.contains("settings") && !kind.starts_with("company"), "{kind} is about {topic:?}"),
        }
    }
    // Whatever nobody has thought of is about the settings: a new kind of event belongs into the migration or here.
    let known = ["company_created", "settings_changed", "account_manager_changed", "company_renamed", "counters_repaired"];
    assert_eq!(decisions, known);
}

#[test]
fn every_door_is_a_way_in() {
    let database = company();
    let doors = [
        ("add_user", Way::Hand),
        ("api", Way::Hand),
        ("invite", Way::Hand),
        ("import", Way::Import),
        ("directory_sync", Way::Sync),
        ("scheduled_run", Way::Rule),
        ("desk", Way::Desk),
    ];
    for (door, way) in doors {
        event(&database, "settings_changed", door, 1);
        let rows = database.query("SELECT way FROM events ORDER BY seq DESC LIMIT 1").unwrap();
        assert_eq!(rows[0]["way"], way.as_str());
    }
}

/// What the store lists of some days, all pages together.
fn listed(database: &Sqlite, wanted: &Wanted) -> Vec<i64> {
    let (mut seqs, mut after) = (Vec::new(), None);
    loop {
        let (page, _) = block_on(activity::page(database, "company", wanted, after, 3)).unwrap();
        seqs.extend(page.items.into_iter().map(|line| line.event.seq));
        match page.next {
            Some(next) => after = Some(next.parse().unwrap()),
            None => return seqs,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Events that come late, even by days, are found on their days, and nothing else is.
    #[test]
    fn days_hold_all_their_events(days in prop::collection::vec(1_i64..6, 1..25), from in 0_i64..7, length in 0_i64..7) {
        let database = company();
        database.execute("DROP TRIGGER events_are_kept").unwrap();
        database.execute("DELETE FROM events").unwrap();
        database.execute("DELETE FROM event_days").unwrap();
        for (index, day) in days.iter().enumerate() {
            event(&database, "settings_changed", "api", day * DAY + i64::try_from(index).unwrap());
        }
        let before = from + length;
        let wanted = Wanted { from: Some(Instant(from * DAY)), before: Some(Instant(before * DAY)), ..Wanted::default() };
        let rows = database
            .query(&format!("SELECT seq FROM events WHERE at >= {} AND at < {} ORDER BY seq DESC", from * DAY, before * DAY))
            .unwrap();
        let expected: Vec<i64> = rows.iter().map(|row| row["seq"].as_i64().unwrap()).collect();
        prop_assert_eq!(listed(&database, &wanted), expected);
        let begins = database.query("SELECT first_seq FROM event_days ORDER BY day").unwrap();
        let begins: Vec<i64> = begins.iter().map(|row| row["first_seq"].as_i64().unwrap()).collect();
        prop_assert!(begins.is_sorted(), "{:?}", begins);
        let written = database.query("SELECT count(*) AS days FROM event_days").unwrap();
        let mut distinct = days.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(written[0]["days"].as_i64().unwrap(), i64::try_from(distinct.len()).unwrap());
    }
}
