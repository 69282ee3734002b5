//! A company with licences, made through the store.

use futures_executor::block_on;
use seatwise_domain::wire::LotLine;
use seatwise_domain::{Balance, EmailAddress, Instant, Kind, Term};
use seatwise_tests::Sqlite;
use seatwise_worker::store::companies::NewCompany;
use seatwise_worker::store::gate::Shortage;
use seatwise_worker::store::members::{Adding, NewMember};
use seatwise_worker::store::orders::NewOrder;
use seatwise_worker::store::{Actor, Door, StoreError, companies, lots, members, orders};

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
        .execute("INSERT INTO staff VALUES ('staff', 'desk@example.com', 'desk@example.com', 'Dana Petrov', NULL, 0, NULL)")
        .unwrap();
    let company = NewCompany { id: "company", name: "Example Learning", platform_url: None, account_manager_id: "staff" };
    block_on(companies::create(&database, &company, start(), &desk(), None)).unwrap();
    database
}

/// Requests and assigns a lot; its id is `lot-{name}`, its order's `order-{name}`.
pub(crate) fn lot(database: &Sqlite, name: &str, kind: Kind, quantity: i64, term: Term) {
    let (order_id, lot_id) = (format!("order-{name}"), format!("lot-{name}"));
    let order = NewOrder { id: &order_id, kind, quantity, reference: None, message: None, group: None };
    block_on(orders::request(database, "company", &order, start(), &desk(), None)).unwrap();
    block_on(orders::assign(database, "company", &order_id, (&lot_id, kind, term), start(), &desk(), None)).unwrap();
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
    let people: Vec<NewMember> = numbers
        .map(|number| NewMember {
            id: format!("member-{number:06}"),
            email: EmailAddress::parse(&format!("learner{number}@example.com")).unwrap(),
            name: None,
            learner: true,
            manager: false,
            group: None,
        })
        .collect();
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
