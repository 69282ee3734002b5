//! A company with licences, made through the store.

use futures_executor::block_on;
use seatwise_domain::wire::LotLine;
use seatwise_domain::{Balance, EmailAddress, Instant, Kind, Language, Term};
use seatwise_tests::Sqlite;
use seatwise_tests::ledger::{Entry, EntryKind};
use seatwise_worker::store::companies::NewCompany;
use seatwise_worker::store::gate::Shortage;
use seatwise_worker::store::members::{Adding, NewMember};
use seatwise_worker::store::orders::{Assignment, NewOrder};
use seatwise_worker::store::{Actor, Door, StoreError, companies, due, lots, members, orders};

/// The key that invite links are derived from.
pub(crate) const KEY: &str = "0123456789012345678901234567890123456789012";

/// A moment in a test: 1 January 2026.
pub(crate) fn start() -> Instant {
    Instant::from_date("2026-01-01").unwrap()
}

pub(crate) fn desk() -> Actor {
    Actor { door: Door::Desk, id: Some("staff".into()), name: Some("Dana Petrov".into()) }
}

/// A database with one account manager and one company, `company`.
pub(crate) fn company() -> Sqlite {
    let database = Sqlite::with_schema();
    database
        .execute("INSERT INTO staff (id, email, email_typed, name, created_at) VALUES ('staff', 'desk@example.com', 'desk@example.com', 'Dana Petrov', 0)")
        .unwrap();
    let company = NewCompany {
        id: "company",
        name: "Example Learning",
        platform_url: None,
        account_manager_id: "staff",
        content_with_user: false,
        language: Language::English,
        manager: None,
    };
    block_on(companies::create(&database, &company, KEY, start(), &desk(), None)).unwrap();
    database
}

/// Requests and assigns a lot at the start; its id is `lot-{name}`, its order's `order-{name}`.
pub(crate) fn lot(database: &Sqlite, name: &str, kind: Kind, quantity: i64, term: Term) {
    lot_for(database, name, kind, quantity, term, None, start());
}

/// The same at another moment, and perhaps set aside for a group.
pub(crate) fn lot_for(database: &Sqlite, name: &str, kind: Kind, quantity: i64, term: Term, group: Option<&str>, now: Instant) {
    let (order_id, lot_id) = (format!("order-{name}"), format!("lot-{name}"));
    let order = NewOrder { id: &order_id, kind, quantity, reference: None, message: None, group, renews: None };
    block_on(orders::request(database, "company", &order, now, &desk(), None)).unwrap();
    block_on(due::catch_up(database, "company", now)).unwrap();
    let whole = Assignment { lot_id: &lot_id, kind, quantity, open: quantity, term, group: None, note: None };
    block_on(orders::assign(database, "company", &order_id, &whole, now, &desk(), None)).unwrap();
}

/// A member's id.
pub(crate) fn member(number: usize) -> String {
    format!("member-{number:06}")
}

/// Somebody who learns.
pub(crate) fn learner(number: usize) -> NewMember {
    NewMember {
        id: member(number),
        email: EmailAddress::parse(&format!("learner{number}@example.com")).unwrap(),
        name: None,
        learner: true,
        manager: false,
        group: None,
    }
}

/// The history as the ledger reads it, in the order in which it was written.
pub(crate) fn entries(database: &Sqlite) -> Vec<Entry> {
    let rows = database
        .query(
            "SELECT at, what, member_id, licence_id, lot_id, kind, quantity, to_state, starts_at, ends_at FROM events
             WHERE company_id = 'company' AND (what <> 'lot_reduced' OR to_state = 'in_force')
               AND what IN ('lot_started', 'lot_reduced', 'lot_extended', 'licence_drawn', 'licence_activated', 'licence_settled',
               'licence_carried_over', 'licence_end_changed', 'licence_expired', 'licence_taken_back') ORDER BY seq",
        )
        .unwrap();
    let entry = |row: &serde_json::Value| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let moment = |name: &str| Instant(row[name].as_i64().unwrap());
        let kind = || if row["kind"] == "user" { Kind::User } else { Kind::Content };
        let (member, licence) = (|| text("member_id"), || text("licence_id"));
        let what = match row["what"].as_str().unwrap() {
            "lot_started" => EntryKind::LotStarted {
                lot: text("lot_id"),
                kind: kind(),
                quantity: row["quantity"].as_i64().unwrap(),
                starts_at: moment("starts_at"),
                ends_at: moment("ends_at"),
            },
            "lot_reduced" => EntryKind::LotReduced { lot: text("lot_id"), by: row["quantity"].as_i64().unwrap() },
            "lot_extended" => EntryKind::LotExtended { lot: text("lot_id"), ends_at: moment("ends_at") },
            "licence_drawn" => EntryKind::Drawn {
                member: member(),
                licence: licence(),
                kind: kind(),
                lot: text("lot_id"),
                ends_at: moment("ends_at"),
                in_use: row["to_state"] == "in_use",
            },
            "licence_activated" => EntryKind::Activated { member: member(), licence: licence() },
            "licence_settled" | "licence_carried_over" => {
                EntryKind::Moved { member: member(), licence: licence(), lot: text("lot_id"), ends_at: moment("ends_at") }
            }
            "licence_end_changed" => EntryKind::EndChanged { member: member(), licence: licence(), ends_at: moment("ends_at") },
            _ => EntryKind::Ended { member: member(), licence: licence() },
        };
        Entry { at: moment("at"), what }
    };
    rows.iter().map(entry).collect()
}

/// Twelve months from the start.
pub(crate) fn year() -> Term {
    Term::new(start(), 12).unwrap()
}

/// Adds learners `from..to`, all or none.
pub(crate) fn learners(
    database: &Sqlite,
    numbers: core::ops::Range<usize>,
    content: bool,
    now: Instant,
) -> Result<(), StoreError> {
    let people: Vec<NewMember> = numbers.map(learner).collect();
    let adding = Adding {
        company_id: "company",
        content_with_user: content,
        token_key: KEY,
        shortage: Shortage::Refuse,
        belongs_to: None,
    };
    block_on(members::add(database, &adding, &people, now, &desk(), None))
}

/// The balance of a kind.
pub(crate) fn balance(database: &Sqlite, kind: Kind, now: Instant) -> Balance {
    block_on(lots::balance_of(database, "company", kind, now)).unwrap()
}

/// One lot as the store reads it.
pub(crate) fn lot_line(database: &Sqlite, id: &str) -> LotLine {
    let lots = block_on(lots::ending_after(database, "company", Instant(0))).unwrap();
    lots.into_iter().find(|lot| lot.id == id).unwrap()
}
