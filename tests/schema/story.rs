//! What happens to licences, step by step, through the store.

use futures_executor::block_on;
use seatwise_domain::time::{DAY, MINUTE};
use seatwise_domain::{Balance, Instant, Kind, Term};
use seatwise_tests::Sqlite;
use seatwise_worker::jobs::write_down;
use seatwise_worker::store::gate::short_of;

use crate::support::{balance, company, learners, lot, lot_line, start, year};

fn figures(available: i64, in_use: i64, pending: i64, total: i64) -> Balance {
    Balance { available, in_use, pending, total }
}

fn count(database: &Sqlite, sql: &str) -> i64 {
    database.query(sql).unwrap()[0].as_object().unwrap().values().next().unwrap().as_i64().unwrap()
}

#[test]
fn a_draw_takes_the_first_to_end_first_and_goes_on_with_the_next_lot() {
    let database = company();
    lot(&database, "late", Kind::User, 10, Term::new(start(), 24).unwrap());
    lot(&database, "early", Kind::User, 3, year());
    learners(&database, 0..5, false, start()).unwrap();
    assert_eq!(lot_line(&database, "lot-early").pending, 3);
    assert_eq!(lot_line(&database, "lot-late").pending, 2);
    assert_eq!(balance(&database, Kind::User, start()), figures(8, 0, 5, 13));
}

#[test]
fn the_last_to_end_goes_first_where_the_company_wants_it() {
    let database = company();
    database.execute("UPDATE companies SET draw_order = 'last_to_end'").unwrap();
    lot(&database, "early", Kind::User, 3, year());
    lot(&database, "late", Kind::User, 3, Term::new(start(), 24).unwrap());
    learners(&database, 0..4, false, start()).unwrap();
    assert_eq!((lot_line(&database, "lot-late").pending, lot_line(&database, "lot-early").pending), (3, 1));
}

#[test]
fn a_draw_gives_everybody_a_licence_or_nobody() {
    let database = company();
    lot(&database, "a", Kind::User, 5, year());
    let error = learners(&database, 0..6, false, start()).unwrap_err();
    assert_eq!(short_of(&error), Some(Kind::User));
    assert_eq!(balance(&database, Kind::User, start()), figures(5, 0, 0, 5));
    assert_eq!(count(&database, "SELECT count(*) FROM members"), 0);
    assert_eq!(count(&database, "SELECT count(*) FROM outbox WHERE letter = 'invite'"), 0);
    learners(&database, 0..5, false, start()).unwrap();
    assert_eq!(balance(&database, Kind::User, start()), figures(0, 0, 5, 5));
}

#[test]
fn with_the_content_setting_one_add_draws_both_or_none() {
    let database = company();
    lot(&database, "users", Kind::User, 5, year());
    lot(&database, "content", Kind::Content, 1, year());
    learners(&database, 0..1, true, start()).unwrap();
    let error = learners(&database, 1..2, true, start()).unwrap_err();
    assert_eq!(short_of(&error), Some(Kind::Content));
    assert_eq!(balance(&database, Kind::User, start()), figures(4, 0, 1, 5));
    assert_eq!(balance(&database, Kind::Content, start()), figures(0, 0, 1, 1));
}

#[test]
fn lots_that_are_over_or_still_to_come_are_not_drawn_from() {
    let database = company();
    lot(&database, "over", Kind::User, 5, Term::new(start().plus(-400 * DAY), 12).unwrap());
    lot(&database, "coming", Kind::User, 5, Term::new(start().plus(DAY), 12).unwrap());
    assert_eq!(short_of(&learners(&database, 0..1, false, start()).unwrap_err()), Some(Kind::User));
    // The first moment of a term belongs to it; the first moment after it doesn't.
    learners(&database, 0..1, false, start().plus(DAY)).unwrap();
    let end = lot_line(&database, "lot-coming").ends_at;
    assert_eq!(balance(&database, Kind::User, end.plus(-1)).total, 5);
    assert_eq!(balance(&database, Kind::User, end), figures(0, 0, 0, 0));
    learners(&database, 1..2, false, end.plus(-1)).unwrap();
    assert_eq!(short_of(&learners(&database, 2..3, false, end).unwrap_err()), Some(Kind::User));
}

#[test]
fn a_lot_of_a_million_is_one_row() {
    let database = company();
    lot(&database, "million", Kind::User, 1_000_000, year());
    assert_eq!(count(&database, "SELECT count(*) FROM lots WHERE overdraft = 0"), 1);
    learners(&database, 0..1_000, false, start()).unwrap();
    assert_eq!(balance(&database, Kind::User, start()), figures(999_000, 0, 1_000, 1_000_000));
}

/// Brings every pending licence into use.
fn accept_all(database: &Sqlite, at: Instant) {
    let accept = format!("UPDATE licences SET status = 'in_use', activated_at = {} WHERE status = 'pending'", at.0);
    database.execute(&accept).unwrap();
    database.execute(&format!("UPDATE invites SET state = 'accepted', settled_at = {}", at.0)).unwrap();
}

#[test]
fn the_scheduled_run_writes_expiries_down_once_however_often_and_late_it_runs() {
    let database = company();
    lot(&database, "a", Kind::User, 7_000, year());
    learners(&database, 0..6_500, false, start()).unwrap();
    accept_all(&database, start());
    let end = year().ends_at;
    block_on(write_down(&database, end.plus(-1))).unwrap();
    assert_eq!(count(&database, "SELECT count(*) FROM licences WHERE status = 'ended'"), 0);
    // A month late, and three times.
    for _ in 0..3 {
        block_on(write_down(&database, end.plus(30 * DAY))).unwrap();
    }
    assert_eq!(count(&database, "SELECT count(*) FROM licences WHERE ended_reason = 'expired'"), 6_500);
    assert_eq!(count(&database, "SELECT count(*) FROM events WHERE what = 'licence_expired'"), 6_500);
    assert_eq!(count(&database, "SELECT count(*) FROM events WHERE what = 'lot_ended'"), 1);
    assert_eq!(count(&database, "SELECT count(*) FROM outbox WHERE letter = 'licence_expired'"), 6_500);
    // The history says when each ended, not when that was written down.
    assert_eq!(count(&database, &format!("SELECT count(*) FROM licences WHERE ended_at = {}", end.0)), 6_500);
    assert_eq!((lot_line(&database, "lot-a").pending, lot_line(&database, "lot-a").in_use), (0, 0));
}

#[test]
fn a_lapsed_invite_gives_its_licence_back() {
    let database = company();
    lot(&database, "a", Kind::User, 2, year());
    learners(&database, 0..2, false, start()).unwrap();
    let open_until = start().plus(30 * DAY);
    block_on(write_down(&database, open_until.plus(-MINUTE))).unwrap();
    assert_eq!(balance(&database, Kind::User, open_until), figures(0, 0, 2, 2));
    for _ in 0..2 {
        block_on(write_down(&database, open_until)).unwrap();
    }
    assert_eq!(balance(&database, Kind::User, open_until), figures(2, 0, 0, 2));
    assert_eq!(count(&database, "SELECT count(*) FROM events WHERE what = 'invite_lapsed'"), 2);
}

#[test]
fn the_counters_of_lots_are_what_the_licences_say() {
    let database = company();
    lot(&database, "a", Kind::User, 40, year());
    lot(&database, "b", Kind::User, 40, Term::new(start(), 6).unwrap());
    learners(&database, 0..60, false, start()).unwrap();
    database
        .execute(
            "UPDATE licences SET status = 'in_use', activated_at = 1 WHERE status = 'pending' AND member_id < 'member-000030'",
        )
        .unwrap();
    block_on(write_down(&database, Term::new(start(), 6).unwrap().ends_at)).unwrap();
    let differing = "
        SELECT count(*) FROM lots WHERE pending <> (SELECT count(*) FROM licences WHERE lot_id = lots.id AND status = 'pending')
          OR in_use <> (SELECT count(*) FROM licences WHERE lot_id = lots.id AND status = 'in_use')";
    assert_eq!(count(&database, differing), 0);
}
