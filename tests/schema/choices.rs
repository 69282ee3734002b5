//! The database's choices, held against the domain's rule: who is settled, who gets what they waited for, who moves on.

use futures_executor::block_on;
use proptest::prelude::*;
use seatwise_domain::policy::{CarryOver, DrawOrder};
use seatwise_domain::seats::{Room, seat};
use seatwise_domain::time::{DAY, HOUR};
use seatwise_domain::wire::Settings;
use seatwise_domain::{Instant, Kind, Term};
use seatwise_tests::Sqlite;
use seatwise_worker::store::gate::Shortage;
use seatwise_worker::store::members::{Adding, NewMember};
use seatwise_worker::store::{Actor, Door, companies, due, groups, members};

use crate::support::{KEY, company, desk, learner, lot_for, member, start};

const GROUPS: [Option<&str>; 3] = [None, Some("north"), Some("south")];

/// Which group, by number.
fn group(number: usize) -> Option<&'static str> {
    GROUPS[number % GROUPS.len()]
}

/// A company with the two groups, whose sync may overdraw or wait as it likes.
fn prepared(draw_order: DrawOrder, carry_over: CarryOver) -> Sqlite {
    let database = company();
    for name in GROUPS.into_iter().flatten() {
        block_on(groups::create(&database, "company", (name, name), start(), &desk(), None)).unwrap();
    }
    let settings = block_on(companies::one(&database, "company")).unwrap().unwrap().settings;
    let settings = Settings { draw_order, carry_over, overdraft_limit: 1_000, ..settings };
    block_on(companies::change(&database, "company", &settings, start(), &desk())).unwrap();
    database
}

/// Adds people by their groups, one after the other, each an hour later.
fn add(database: &Sqlite, people: &[usize], shortage: Shortage) {
    for (number, of) in people.iter().enumerate() {
        let person = NewMember { group: group(*of).map(str::to_owned), ..learner(number) };
        let adding = Adding { company_id: "company", content_with_user: false, token_key: KEY, shortage, belongs_to: None };
        let actor = Actor { door: Door::DirectorySync, id: None, name: None };
        block_on(members::add(database, &adding, &[person], start().plus(hours(number)), &actor, None)).unwrap();
    }
}

fn hours(count: usize) -> i64 {
    i64::try_from(count).unwrap() * HOUR
}

/// In which lot each member's licence is, by number; nothing for whoever has none that lasts beyond `now`.
fn seats(database: &Sqlite, people: usize, now: Instant) -> Vec<Option<String>> {
    let lot = |number| {
        let id = member(number);
        let sql = format!(
            "SELECT lots.id FROM licences l JOIN lots ON lots.id = l.lot_id AND lots.overdraft = 0
             WHERE l.member_id = '{id}' AND l.status <> 'ended' AND l.ends_at > {}",
            now.0
        );
        database.query(&sql).unwrap().first().map(|row| row["id"].as_str().unwrap().to_owned())
    };
    (0..people).map(lot).collect()
}

/// What the domain says: where each would sit, in the order in which they come.
fn expected(order: &[usize], groups: &[usize], lots: &[(i64, usize, u32)], draw_order: DrawOrder) -> Vec<Option<String>> {
    let names: Vec<String> = (0..lots.len()).map(|index| format!("lot-{index}")).collect();
    let rooms: Vec<Room<'_>> = lots
        .iter()
        .zip(&names)
        .map(|((free, of, months), lot)| Room { lot, group: group(*of), ends_at: term(*months).ends_at, free: *free })
        .collect();
    let people: Vec<Option<&str>> = order.iter().map(|person| group(groups[*person])).collect();
    let mut seats = vec![None; groups.len()];
    for (person, room) in order.iter().zip(seat(&people, &rooms, draw_order)) {
        seats[*person] = room.map(|index| names[index].clone());
    }
    seats
}

/// Long enough to be in force whenever these tests look.
fn term(months: u32) -> Term {
    Term::new(start(), 24 + months).unwrap()
}

fn assign(database: &Sqlite, lots: &[(i64, usize, u32)], now: Instant) {
    for (index, (quantity, of, months)) in lots.iter().enumerate() {
        lot_for(database, &index.to_string(), Kind::User, *quantity, term(*months), group(*of), now);
    }
}

fn some_lots() -> impl Strategy<Value = Vec<(i64, usize, u32)>> {
    prop::collection::vec((1_i64..5, 0_usize..3, 0_u32..4), 1..5)
}

fn an_order() -> impl Strategy<Value = DrawOrder> {
    prop::sample::select(DrawOrder::ALL)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn one_lot_settles_what_is_overdrawn_oldest_first(
        people in prop::collection::vec(0_usize..3, 1..10), lot in (1_i64..9, 0_usize..3, 0_u32..4), order in an_order()
    ) {
        let database = prepared(order, CarryOver::Active);
        add(&database, &people, Shortage::Overdraw);
        let now = start().plus(DAY);
        assign(&database, &[lot], now);
        let oldest: Vec<usize> = (0..people.len()).collect();
        prop_assert_eq!(seats(&database, people.len(), now), expected(&oldest, &people, &[lot], order));
    }

    #[test]
    fn one_lot_serves_those_who_wait_in_the_order_in_which_they_came(
        people in prop::collection::vec(0_usize..3, 1..10), lot in (1_i64..9, 0_usize..3, 0_u32..4), order in an_order()
    ) {
        let database = prepared(order, CarryOver::Active);
        add(&database, &people, Shortage::Wait);
        let now = start().plus(DAY);
        assign(&database, &[lot], now);
        let first: Vec<usize> = (0..people.len()).collect();
        prop_assert_eq!(seats(&database, people.len(), now), expected(&first, &people, &[lot], order));
    }

    #[test]
    fn the_last_active_move_on_first_as_far_as_there_is_room(
        people in prop::collection::vec((0_usize..3, 0_i64..200), 1..12),
        lots in some_lots(),
        order in an_order(),
        policy in prop::sample::select(CarryOver::ALL),
    ) {
        let database = prepared(order, policy);
        let ending = Term::new(start(), 12).unwrap();
        let groups: Vec<usize> = people.iter().map(|(of, _)| *of).collect();
        lot_for(&database, "ending", Kind::User, 12, ending, None, start());
        add(&database, &groups, Shortage::Refuse);
        database.execute("UPDATE licences SET status = 'in_use', activated_at = 1; UPDATE invites SET state = 'accepted', settled_at = 1").unwrap();
        let end_day = ending.ends_at.0.div_euclid(DAY);
        for (number, (_, days)) in people.iter().enumerate() {
            let at = (end_day - days) * DAY;
            database.execute(&format!("UPDATE members SET last_active_at = {at} WHERE id = '{}'", member(number))).unwrap();
        }
        assign(&database, &lots, ending.ends_at.plus(-DAY));
        block_on(due::catch_up(&database, "company", ending.ends_at)).unwrap();
        let mut moving: Vec<usize> = (0..people.len())
            .filter(|person| policy.active_since(ending.ends_at).is_some_and(|since| end_day - people[*person].1 >= since))
            .collect();
        moving.sort_by_key(|person| (people[*person].1, *person));
        prop_assert_eq!(seats(&database, people.len(), ending.ends_at), expected(&moving, &groups, &lots, order));
    }
}
