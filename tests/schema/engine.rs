//! The rules of the engine, one by one, through the store.

use futures_executor::block_on;
use seatwise_domain::forecast::{LotAhead, lot_ends};
use seatwise_domain::licence::Status;
use seatwise_domain::policy::{CarryOver, SyncShortage};
use seatwise_domain::time::{DAY, HOUR};
use seatwise_domain::wire::{Differing, NotCarriedBecause, Settings, Why};
use seatwise_domain::{Balance, Instant, Kind, Term};
use seatwise_tests::Sqlite;
use seatwise_worker::jobs::write_down;
use seatwise_worker::store::gate::{Shortage, short_of};
use seatwise_worker::store::holders::{self, After};
use seatwise_worker::store::members::{Adding, NewMember};
use seatwise_worker::store::taking::{Replacing, Successor};
use seatwise_worker::store::{
    Actor, Database as _, Door, StoreError, audit, companies, due, explain, forecast, gate, giving, groups, members, seals,
    taking, why,
};

use crate::support::{KEY, balance, company, desk, learner, learners, lot, lot_for, lot_line, member, start, year};

fn figures(available: i64, in_use: i64, pending: i64, total: i64) -> Balance {
    Balance { available, in_use, pending, total }
}

fn count(database: &Sqlite, sql: &str) -> i64 {
    database.query(sql).unwrap()[0].as_object().unwrap().values().next().unwrap().as_i64().unwrap()
}

fn settings(database: &Sqlite, change: impl FnOnce(&mut Settings)) {
    let mut settings = block_on(companies::one(database, "company")).unwrap().unwrap().settings;
    change(&mut settings);
    block_on(companies::change(database, "company", &settings, start(), &desk())).unwrap();
}

/// Everybody has joined and accepted.
fn accept_all(database: &Sqlite, at: Instant) {
    let at = at.0;
    database.execute(&format!("UPDATE members SET joined_at = {at} WHERE joined_at IS NULL")).unwrap();
    database.execute(&format!("UPDATE licences SET status = 'in_use', activated_at = {at} WHERE status = 'pending'")).unwrap();
    database.execute(&format!("UPDATE invites SET state = 'accepted', settled_at = {at} WHERE state = 'open'")).unwrap();
}

fn active(database: &Sqlite, number: usize, at: Instant) {
    database.execute(&format!("UPDATE members SET last_active_at = {} WHERE id = '{}'", at.0, member(number))).unwrap();
}

/// The lot of each member's live licence that hasn't ended at `now`, in the order of their numbers.
fn lots_of(database: &Sqlite, kind: Kind, now: Instant) -> Vec<String> {
    let sql = format!(
        "SELECT member_id || ' ' || lot_id AS seat FROM licences WHERE kind = '{}' AND status <> 'ended' AND ends_at > {} ORDER BY 1",
        kind.as_str(),
        now.0
    );
    let seat = |row: &serde_json::Value| row["seat"].as_str().unwrap().trim_start_matches("member-00000").replace("lot-", "");
    database.query(&sql).unwrap().iter().map(seat).collect()
}

fn sync(database: &Sqlite, numbers: core::ops::Range<usize>, shortage: Shortage, now: Instant) -> Result<(), StoreError> {
    let people: Vec<NewMember> = numbers.map(learner).collect();
    let adding = Adding { company_id: "company", content_with_user: false, token_key: KEY, shortage, belongs_to: Some("sync-1") };
    let actor = Actor { door: Door::DirectorySync, id: None, name: Some("Directory".into()) };
    block_on(members::add(database, &adding, &people, now, &actor, None))
}

fn catch_up(database: &Sqlite, now: Instant) {
    block_on(due::catch_up(database, "company", now)).unwrap();
}

#[test]
fn a_lot_that_is_set_aside_serves_its_group_first_and_nobody_else() {
    let database = company();
    for group in ["north", "south"] {
        block_on(groups::create(&database, "company", (group, group), start(), &desk(), None)).unwrap();
    }
    lot_for(&database, "north", Kind::User, 2, year(), Some("north"), start());
    lot(&database, "all", Kind::User, 2, Term::new(start(), 6).unwrap());
    let of = |number, group: Option<&str>| NewMember { group: group.map(str::to_owned), ..learner(number) };
    let adding =
        Adding { company_id: "company", content_with_user: false, token_key: KEY, shortage: Shortage::Refuse, belongs_to: None };
    let add = |people: &[NewMember]| block_on(members::add(&database, &adding, people, start(), &desk(), None));
    // The third of the group finds its lot full, and takes one that is for all.
    add(&[of(0, Some("south")), of(1, Some("north")), of(2, Some("north")), of(3, Some("north"))]).unwrap();
    assert_eq!(lots_of(&database, Kind::User, start()), ["0 all", "1 north", "2 north", "3 all"]);
    block_on(taking::remove(&database, "company", &[member(1)], false, start(), &desk())).unwrap();
    // One is free, and none for somebody outside.
    assert_eq!(balance(&database, Kind::User, start()), figures(1, 0, 3, 4));
    for group in [None, Some("south")] {
        assert_eq!(short_of(&add(&[of(4, group)]).unwrap_err()), Some(Kind::User));
    }
    add(&[of(4, Some("north"))]).unwrap();
    assert_eq!(balance(&database, Kind::User, start()).available, 0);
}

#[test]
fn at_the_end_of_a_lot_those_who_were_active_lately_move_on_without_a_gap_the_last_active_first() {
    let database = company();
    let ending = Term::new(start(), 6).unwrap();
    lot(&database, "ending", Kind::User, 5, ending);
    learners(&database, 0..5, false, start()).unwrap();
    accept_all(&database, start());
    let end = ending.ends_at;
    // Number 3 was active a day too long ago, number 4 just in time.
    for (number, days) in [(0, 30), (1, 2), (2, 60), (3, 91), (4, 90)] {
        active(&database, number, end.plus(-days * DAY));
    }
    lot_for(&database, "next", Kind::User, 3, Term::new(start(), 18).unwrap(), None, start());
    catch_up(&database, end.plus(-1));
    assert_eq!(balance(&database, Kind::User, end.plus(-1)), figures(3, 5, 0, 8));
    // A month late, it is as it was at the end to the millisecond.
    let late = end.plus(30 * DAY);
    for now in [end, late] {
        catch_up(&database, now);
        assert_eq!(lots_of(&database, Kind::User, now), ["0 next", "1 next", "2 next"]);
        assert_eq!(balance(&database, Kind::User, now), figures(0, 3, 0, 3));
    }
    assert_eq!(
        count(&database, &format!("SELECT count(*) FROM events WHERE what = 'licence_carried_over' AND at = {}", end.0)),
        3
    );
    for _ in 0..2 {
        block_on(write_down(&database, late)).unwrap();
    }
    assert_eq!(count(&database, "SELECT count(*) FROM licences WHERE ended_reason = 'expired'"), 2);
    assert_eq!(count(&database, "SELECT count(*) FROM outbox WHERE letter = 'licence_expired'"), 2);
    // Who didn't move on stands in a list, and each is told why.
    let left = block_on(holders::of_lot(&database, "company", "lot-ending", Some(true), 2, &After::default())).unwrap();
    assert_eq!(left.items.iter().map(|line| line.member_id.clone()).collect::<Vec<_>>(), [member(3), member(4)]);
    let why_of = |number| block_on(why::page(&database, "company", &member(number), late)).unwrap().unwrap().user;
    assert_eq!(why_of(3), Why::Expired { at: end, not_carried: Some(NotCarriedBecause::Inactive) });
    assert_eq!(why_of(4), Why::Expired { at: end, not_carried: Some(NotCarriedBecause::NoRoom) });
    assert!(matches!(why_of(0), Why::InUse { until: Some(until), .. } if until == lot_line(&database, "lot-next").ends_at));
}

#[test]
fn all_or_nobody_moves_on_where_the_company_wants_it() {
    for (policy, moved) in [(CarryOver::All, vec!["0 next", "1 next"]), (CarryOver::Nobody, vec![])] {
        let database = company();
        settings(&database, |settings| settings.carry_over = policy);
        let ending = Term::new(start(), 12).unwrap();
        lot(&database, "ending", Kind::User, 2, ending);
        learners(&database, 0..2, false, start()).unwrap();
        accept_all(&database, start());
        lot_for(&database, "next", Kind::User, 9, Term::new(start(), 18).unwrap(), None, start());
        catch_up(&database, ending.ends_at);
        assert_eq!(lots_of(&database, Kind::User, ending.ends_at), moved);
    }
}

#[test]
fn holders_move_from_lot_to_lot_to_lot_however_late_it_is_written_down() {
    let (prompt, late) = (company(), company());
    let day_of = |months| start().plus_months(months).unwrap();
    for database in [&prompt, &late] {
        settings(database, |settings| settings.carry_over = CarryOver::All);
        lot(database, "a", Kind::User, 4, Term::new(start(), 3).unwrap());
        learners(database, 0..4, false, start()).unwrap();
        accept_all(database, start());
        // Each renewal starts at the very moment at which the one before ends, and is smaller.
        lot(database, "b", Kind::User, 3, Term::new(day_of(3), 3).unwrap());
        lot(database, "c", Kind::User, 2, Term::new(day_of(6), 3).unwrap());
    }
    for day in 0..300 {
        block_on(write_down(&prompt, start().plus(day * DAY + HOUR))).unwrap();
    }
    let now = start().plus(299 * DAY + HOUR);
    block_on(write_down(&late, now)).unwrap();
    for database in [&prompt, &late] {
        assert_eq!(count(database, "SELECT count(*) FROM licences WHERE ended_reason = 'expired'"), 4);
    }
    let history = |database: &Sqlite| {
        let sql = "SELECT at, what, member_id, kind, lot_id, from_lot_id FROM events WHERE what <> 'licence_drawn' ORDER BY at, what, member_id, lot_id";
        database.query(sql).unwrap()
    };
    assert_eq!(history(&prompt), history(&late));
    assert_eq!(count(&late, "SELECT carried FROM lots WHERE id = 'lot-a'"), 3);
    assert_eq!(count(&late, "SELECT carried FROM lots WHERE id = 'lot-b'"), 2);
}

#[test]
fn a_sync_may_overdraw_up_to_the_limit_and_what_is_overdrawn_settles_first_oldest_first() {
    let database = company();
    settings(&database, |settings| {
        settings.sync_shortage = SyncShortage::Overdraw;
        settings.overdraft_limit = 3;
    });
    lot(&database, "a", Kind::User, 1, year());
    sync(&database, 0..3, Shortage::Overdraw, start()).unwrap();
    assert_eq!(balance(&database, Kind::User, start()), figures(-2, 0, 3, 1));
    // Beyond the limit nothing of the whole sync happens.
    assert_eq!(short_of(&sync(&database, 3..5, Shortage::Overdraw, start()).unwrap_err()), Some(Kind::User));
    assert_eq!(balance(&database, Kind::User, start()), figures(-2, 0, 3, 1));
    sync(&database, 3..4, Shortage::Overdraw, start().plus(HOUR)).unwrap();
    // By hand nobody is added while the balance is negative.
    assert_eq!(short_of(&learners(&database, 4..5, false, start().plus(HOUR)).unwrap_err()), Some(Kind::User));
    // The explanation says who, since when and through which sync.
    let explained = block_on(explain::balance(&database, "company", Kind::User, start(), start().plus(HOUR))).unwrap();
    assert_eq!(explained.overdraft, (3, 3));
    let overdrawn: Vec<_> = explained.overdrawn.iter().map(|line| (line.member_id.clone(), line.door.as_str())).collect();
    assert_eq!(overdrawn, [1, 2, 3].map(|number| (member(number), "directory_sync")));
    assert!(explained.overdrawn.iter().all(|line| line.belongs_to.as_deref() == Some("sync-1")));
    // Two come: the two oldest settle.
    lot_for(&database, "two", Kind::User, 2, Term::new(start(), 6).unwrap(), None, start().plus(2 * HOUR));
    let now = start().plus(2 * HOUR);
    let seats = lots_of(&database, Kind::User, now);
    assert_eq!(seats[..3], ["0 a", "1 two", "2 two"]);
    assert_eq!(balance(&database, Kind::User, now), figures(-1, 0, 4, 3));
    // Somebody is removed: the last one settles with what becomes free.
    block_on(taking::remove(&database, "company", &[member(0)], false, now, &desk())).unwrap();
    assert_eq!(lots_of(&database, Kind::User, now), ["1 two", "2 two", "3 a"]);
    assert_eq!(balance(&database, Kind::User, now), figures(0, 0, 3, 3));
    let ends: Vec<i64> = database
        .query("SELECT ends_at FROM licences WHERE status <> 'ended' ORDER BY member_id")
        .unwrap()
        .iter()
        .map(|row| row["ends_at"].as_i64().unwrap())
        .collect();
    let of = |id: &str| lot_line(&database, id).ends_at.0;
    assert_eq!(ends, [of("lot-two"), of("lot-two"), of("lot-a")], "what is settled ends with its lot");
}

#[test]
fn whoever_has_a_seat_is_added_by_a_sync_though_more_is_overdrawn_than_the_limit_is_by_now() {
    let database = company();
    block_on(groups::create(&database, "company", ("north", "North"), start(), &desk(), None)).unwrap();
    let limit = |limit| {
        settings(&database, |settings| {
            settings.sync_shortage = SyncShortage::Overdraw;
            settings.overdraft_limit = limit;
        });
    };
    limit(2);
    sync(&database, 0..2, Shortage::Overdraw, start()).unwrap();
    limit(0);
    lot_for(&database, "north", Kind::User, 1, year(), Some("north"), start());
    let north = |number| NewMember { group: Some("north".to_owned()), ..learner(number) };
    let adding = Adding {
        company_id: "company",
        content_with_user: false,
        token_key: KEY,
        shortage: Shortage::Overdraw,
        belongs_to: Some("sync-1"),
    };
    let add = |people: &[NewMember]| block_on(members::add(&database, &adding, people, start(), &desk(), None));
    assert_eq!(short_of(&add(&[north(2), north(3)]).unwrap_err()), Some(Kind::User), "the second one would be overdrawn");
    add(&[north(2)]).unwrap();
    assert_eq!(lots_of(&database, Kind::User, start())[2], "2 north");
    assert_eq!(short_of(&add(&[north(3)]).unwrap_err()), Some(Kind::User));
}

#[test]
fn those_who_wait_are_served_first_come_first_served_by_themselves() {
    let database = company();
    sync(&database, 0..3, Shortage::Wait, start()).unwrap();
    assert_eq!(balance(&database, Kind::User, start()), figures(0, 0, 0, 0));
    assert_eq!(count(&database, "SELECT count(*) FROM outbox WHERE letter = 'licence_given'"), 0);
    let why_of = |number, now| block_on(why::page(&database, "company", &member(number), now)).unwrap().unwrap().user;
    assert_eq!(why_of(2, start()), Why::Waiting { since: start(), ahead: 2 });
    // A lot that is still to come serves them when it comes, whoever looks first.
    lot(&database, "coming", Kind::User, 2, Term::new(start().plus(DAY), 12).unwrap());
    catch_up(&database, start().plus(DAY - 1));
    assert_eq!(why_of(0, start()), Why::Waiting { since: start(), ahead: 0 });
    catch_up(&database, start().plus(5 * DAY));
    assert_eq!(lots_of(&database, Kind::User, start().plus(5 * DAY)), ["0 coming", "1 coming"]);
    assert_eq!(why_of(2, start().plus(DAY)), Why::Waiting { since: start(), ahead: 0 });
    assert_eq!(
        count(&database, &format!("SELECT count(*) FROM events WHERE what = 'licence_drawn' AND at = {}", start().plus(DAY).0)),
        2
    );
    // Whoever has waited is removed before it is their turn: the next one gets it.
    sync(&database, 3..4, Shortage::Wait, start().plus(6 * DAY)).unwrap();
    block_on(taking::remove(&database, "company", &[member(2)], false, start().plus(6 * DAY), &desk())).unwrap();
    block_on(taking::take_back(&database, "company", &[member(0)], None, false, start().plus(6 * DAY), &desk())).unwrap();
    assert_eq!(lots_of(&database, Kind::User, start().plus(6 * DAY)), ["1 coming", "3 coming"]);
}

#[test]
fn an_own_end_date_ends_a_licence_early_and_never_later_than_its_lot() {
    let database = company();
    lot(&database, "a", Kind::User, 2, year());
    learners(&database, 0..2, false, start()).unwrap();
    accept_all(&database, start());
    let end_of = |number: usize| {
        let sql = format!("SELECT ends_at FROM licences WHERE member_id = '{}'", member(number));
        Instant(database.query(&sql).unwrap()[0]["ends_at"].as_i64().unwrap())
    };
    let set = |number, at| block_on(groups::set_members_end(&database, "company", &[member(number)], at, start(), &desk()));
    let early = start().plus(40 * DAY);
    set(0, Some(early)).unwrap();
    set(1, Some(year().ends_at.plus(DAY))).unwrap();
    assert_eq!((end_of(0), end_of(1)), (early, year().ends_at));
    assert_eq!(balance(&database, Kind::User, early.plus(-1)), figures(0, 2, 0, 2));
    // Nobody has run anything, and a licence is there to be drawn at the very moment.
    catch_up(&database, early);
    assert_eq!(balance(&database, Kind::User, early), figures(1, 1, 0, 2));
    learners(&database, 2..3, false, early).unwrap();
    assert_eq!(balance(&database, Kind::User, early), figures(0, 1, 1, 2));
    // Taken away again, a date lets the licence last as long as its lot.
    set(1, Some(start().plus(50 * DAY))).unwrap();
    assert_eq!(end_of(1), start().plus(50 * DAY));
    set(1, None).unwrap();
    assert_eq!(end_of(1), year().ends_at);
    assert_eq!(set(9, None).unwrap().people, 0);
    assert_eq!(block_on(groups::insist(&database, "company", &member(9))), Err(StoreError::Asserted("unknown_member".into())));
}

#[test]
fn a_groups_end_date_holds_for_its_members_who_have_no_own_one() {
    let database = company();
    block_on(groups::create(&database, "company", ("north", "North"), start(), &desk(), None)).unwrap();
    lot(&database, "a", Kind::User, 4, year());
    learners(&database, 0..3, false, start()).unwrap();
    for number in 0..2 {
        block_on(groups::move_members(&database, "company", &[member(number)], Some("north"), start(), &desk())).unwrap();
    }
    let (own, of_group) = (start().plus(80 * DAY), start().plus(60 * DAY));
    block_on(groups::set_members_end(&database, "company", &[member(1)], Some(own), start(), &desk())).unwrap();
    block_on(groups::set_end(&database, "company", "north", Some(of_group), start(), &desk())).unwrap();
    let ends = || -> Vec<i64> {
        let rows = database.query("SELECT ends_at FROM licences ORDER BY member_id").unwrap();
        rows.iter().map(|row| row["ends_at"].as_i64().unwrap()).collect()
    };
    assert_eq!(ends(), [of_group.0, own.0, year().ends_at.0]);
    // Whoever comes into the group later ends with it, too.
    let late = NewMember { group: Some("north".into()), ..learner(3) };
    let adding =
        Adding { company_id: "company", content_with_user: false, token_key: KEY, shortage: Shortage::Refuse, belongs_to: None };
    block_on(members::add(&database, &adding, &[late], start(), &desk(), None)).unwrap();
    block_on(groups::move_members(&database, "company", &[member(0)], None, start(), &desk())).unwrap();
    assert_eq!(ends(), [year().ends_at.0, own.0, year().ends_at.0, of_group.0]);
}

#[test]
fn whoever_is_removed_keeps_the_history_and_can_come_back_through_the_gate() {
    let database = company();
    lot(&database, "a", Kind::User, 1, year());
    learners(&database, 0..1, false, start()).unwrap();
    accept_all(&database, start());
    let now = start().plus(DAY);
    block_on(taking::remove(&database, "company", &[member(0)], false, now, &desk())).unwrap();
    assert_eq!(balance(&database, Kind::User, now), figures(1, 0, 0, 1));
    let page = block_on(why::page(&database, "company", &member(0), now)).unwrap().unwrap();
    assert_eq!((page.removed_at, page.licences.len()), (Some(now), 1));
    assert_eq!(page.user, Why::TakenBack { at: now, by: Some("Dana Petrov".into()) });
    // Whoever managed comes back as a learner.
    database.execute("UPDATE members SET removed_at = NULL, is_manager = 1").unwrap();
    block_on(taking::remove(&database, "company", &[member(0)], false, now, &desk())).unwrap();
    assert_eq!(count(&database, "SELECT is_manager FROM members"), 0);
    // The licence is in other hands: there is none to come back to.
    learners(&database, 1..2, false, now).unwrap();
    let give = |now| block_on(giving::give(&database, "company", KEY, &[member(0)], &[Kind::User], now, &desk()));
    assert_eq!(short_of(&give(now).unwrap_err()), Some(Kind::User));
    assert!(block_on(why::page(&database, "company", &member(0), now)).unwrap().unwrap().removed_at.is_some());
    block_on(taking::take_back(&database, "company", &[member(1)], None, false, now, &desk())).unwrap();
    for _ in 0..2 {
        give(now).unwrap();
    }
    let page = block_on(why::page(&database, "company", &member(0), now)).unwrap().unwrap();
    assert!(matches!(page.user, Why::InUse { since, .. } if since == now), "who has joined before uses it at once");
    assert_eq!((page.removed_at, page.licences.len()), (None, 2));
    assert_eq!(count(&database, "SELECT count(*) FROM outbox WHERE letter = 'licence_given'"), 1);
    assert_eq!(give(now), Ok(()));
    let unknown = block_on(giving::give(&database, "company", KEY, &["nobody".into()], &[Kind::User], now, &desk()));
    assert_eq!(unknown, Err(StoreError::Asserted("unknown_member".into())));
}

#[test]
fn a_licence_goes_to_somebody_else_in_one_step() {
    let database = company();
    lot(&database, "a", Kind::User, 1, year());
    lot(&database, "c", Kind::Content, 1, year());
    learners(&database, 0..1, true, start()).unwrap();
    accept_all(&database, start());
    let adding =
        Adding { company_id: "company", content_with_user: false, token_key: KEY, shortage: Shortage::Refuse, belongs_to: None };
    let now = start().plus(DAY);
    let successor = Successor::New(learner(1));
    let from = member(0);
    let replacing = Replacing { member_id: &from, stays: false, successor };
    block_on(taking::replace(&database, &adding, &replacing, now, &desk(), None)).unwrap();
    assert_eq!(lots_of(&database, Kind::User, now), ["1 a"]);
    assert_eq!(lots_of(&database, Kind::Content, now), ["1 c"]);
    assert_eq!(balance(&database, Kind::User, now), figures(0, 0, 1, 1));
    let page = block_on(why::page(&database, "company", &member(0), now)).unwrap().unwrap();
    assert_eq!(
        page.user,
        Why::Replaced { at: now, by: Some("Dana Petrov".into()), successor: Some("learner1@example.com".into()) }
    );
    assert!(page.removed_at.is_some());
    assert_eq!(count(&database, "SELECT count(*) FROM invites WHERE state = 'open' AND member_id = 'member-000001'"), 1);
    // There is nothing left to give on.
    let again = block_on(taking::replace(&database, &adding, &replacing, now, &desk(), None));
    assert_eq!(again, Err(StoreError::Asserted("nothing_held".into())));
    // Back to whoever had it, who was removed and is a member again: the history says both.
    let to = member(1);
    let back = Replacing { member_id: &to, stays: false, successor: Successor::Member(member(0)) };
    block_on(taking::replace(&database, &adding, &back, now.plus(1), &desk(), None)).unwrap();
    assert_eq!(lots_of(&database, Kind::User, now.plus(1)), ["0 a"]);
    let page = block_on(why::page(&database, "company", &member(0), now.plus(1))).unwrap().unwrap();
    assert_eq!((page.removed_at, page.member.user.unwrap().status), (None, Status::InUse));
    assert_eq!(
        count(&database, "SELECT count(*) FROM events WHERE what = 'member_reactivated' AND member_id = 'member-000000'"),
        1
    );
    // What was given on ended when it was, not with its lot.
    let gone = block_on(why::page(&database, "company", &member(1), now.plus(1))).unwrap().unwrap().member.user.unwrap();
    assert_eq!((gone.status, gone.ends_at), (Status::TakenBack, now.plus(1)));
}

#[test]
fn the_forecast_says_what_then_happens() {
    let database = company();
    let months = |months| Term::new(start(), months).unwrap();
    lot(&database, "a", Kind::User, 6, months(3));
    lot(&database, "b", Kind::User, 5, months(6));
    lot(&database, "c", Kind::User, 2, months(9));
    lot(&database, "d", Kind::Content, 3, months(6));
    learners(&database, 0..9, false, start()).unwrap();
    accept_all(&database, start());
    // One leaves early, and frees a licence of the second lot for somebody of the first.
    let of_b = lots_of(&database, Kind::User, start()).iter().find(|seat| seat.ends_with(" b")).unwrap()[..1].parse().unwrap();
    let early = Some(start().plus(20 * DAY));
    block_on(groups::set_members_end(&database, "company", &[member(of_b)], early, start(), &desk())).unwrap();
    settings(&database, |settings| settings.carry_over = CarryOver::All);
    let (lots, policy) = block_on(forecast::read(&database, "company", start())).unwrap().unwrap();
    let ahead: Vec<LotAhead<'_>> = lots
        .iter()
        .map(|lot| LotAhead {
            id: &lot.id,
            kind: lot.kind,
            group: None,
            starts_at: lot.starts_at,
            ends_at: lot.ends_at,
            quantity: lot.quantity,
            held: lot.held,
            active: lot.active,
            early: lot.early,
        })
        .collect();
    let forecast = lot_ends(&ahead, policy.carry_over, policy.draw_order, start());
    assert_eq!(forecast.iter().map(|end| end.lot.as_str()).collect::<Vec<_>>(), ["lot-a", "lot-b", "lot-d", "lot-c"]);
    block_on(write_down(&database, start().plus(400 * DAY))).unwrap();
    for end in &forecast {
        let lot = &database.query(&format!("SELECT carried, not_carried FROM lots WHERE id = '{}'", end.lot)).unwrap()[0];
        let happened = (lot["carried"].as_i64().unwrap(), lot["not_carried"].as_i64().unwrap());
        // An early end is counted as a seat that stays taken, so the forecast may promise too little, never too much.
        assert!(end.carried <= happened.0 && happened.0 <= end.carried + 1, "{end:?}, {happened:?}");
        assert_eq!(end.quantity, end.unused + end.held.min(end.quantity));
    }
    assert_eq!((forecast[0].held, forecast[0].carried), (6, 4));
}

#[test]
fn the_history_says_who_held_a_licence_on_a_day() {
    let database = company();
    lot(&database, "a", Kind::User, 3, year());
    learners(&database, 0..3, false, start()).unwrap();
    block_on(taking::remove(&database, "company", &[member(1)], false, start().plus(10 * DAY), &desk())).unwrap();
    let end = year().ends_at;
    let held = |at| {
        let page = block_on(holders::on(&database, "company", Kind::User, at, "")).unwrap();
        page.items.into_iter().map(|holder| holder.member_id).collect::<Vec<_>>()
    };
    for written_down in [false, true] {
        assert_eq!(held(start().plus(-1)), Vec::<String>::new());
        assert_eq!(held(start()), [member(0), member(1), member(2)]);
        assert_eq!(held(start().plus(10 * DAY - 1)), [member(0), member(1), member(2)]);
        assert_eq!(held(start().plus(10 * DAY)), [member(0), member(2)]);
        // Invites lapse after 30 days, where somebody has run that.
        let later = if written_down { vec![] } else { vec![member(0), member(2)] };
        assert_eq!(held(end.plus(-1)), later);
        assert_eq!(held(end), Vec::<String>::new());
        block_on(write_down(&database, start().plus(30 * DAY))).unwrap();
    }
}

#[test]
fn the_history_is_in_the_order_of_names_and_goes_on_behind_those_who_held_none() {
    let database = company();
    lot(&database, "a", Kind::User, 120, year());
    learners(&database, 0..120, false, start()).unwrap();
    let gone: Vec<String> = (0..60).map(member).collect();
    block_on(taking::remove(&database, "company", &gone, false, start().plus(DAY), &desk())).unwrap();
    let held = |at| {
        let (mut ids, mut pages, mut after) = (Vec::new(), 0, String::new());
        loop {
            let page = block_on(holders::on(&database, "company", Kind::User, at, &after)).unwrap();
            ids.extend(page.items.into_iter().map(|holder| holder.member_id));
            pages += 1;
            match page.next {
                Some(next) => after = next,
                None => return (ids, pages),
            }
        }
    };
    let mut by_name: Vec<usize> = (0..120).collect();
    by_name.sort_by_key(|number| format!("learner{number}@example.com"));
    let named =
        |stayed: &dyn Fn(&usize) -> bool| by_name.iter().copied().filter(|one| stayed(one)).map(member).collect::<Vec<_>>();
    assert_eq!(held(start()), (named(&|_| true), 3));
    assert_eq!(held(start().plus(2 * DAY)), (named(&|number| *number >= 60), 3));
    assert_eq!(held(start().plus(-1)), (Vec::new(), 3));
}

#[test]
fn the_audit_finds_what_was_tampered_with_and_repairs_counters_only() {
    let audited = |database: &Sqlite| {
        let found = block_on(audit::run(database, "company", start().plus(DAY))).unwrap();
        let mut what: Vec<Differing> = found.differences.iter().map(|difference| difference.what).collect();
        what.dedup();
        what
    };
    let prepared = || {
        let database = company();
        lot(&database, "a", Kind::User, 5, year());
        lot(&database, "b", Kind::User, 5, year());
        learners(&database, 0..3, false, start()).unwrap();
        block_on(seals::seal_all(&database, start(), 5)).unwrap();
        assert_eq!(audited(&database), []);
        database
    };
    // As somebody could who may drop triggers, and so anything.
    let cases: [(&str, &[Differing], bool); 8] = [
        ("UPDATE lots SET pending = 2 WHERE id = 'lot-a'", &[Differing::LotCounters, Differing::Balance], true),
        ("UPDATE holdings SET active_on = active_on + 1", &[Differing::Holdings], true),
        (
            "UPDATE movements SET licences = licences + 1 WHERE what = 'lot_started'",
            &[Differing::Movements, Differing::Balance],
            true,
        ),
        ("DELETE FROM movements", &[Differing::Movements, Differing::Balance], true),
        (
            "DROP TRIGGER events_are_not_changed; UPDATE events SET actor = 'somebody else' WHERE what = 'order_assigned'",
            &[Differing::Seal],
            false,
        ),
        ("DROP TRIGGER events_are_kept; DELETE FROM events WHERE what = 'order_requested'", &[Differing::Seal], false),
        (
            "DROP TRIGGER licences_counted_on; DROP TRIGGER licences_held_on; DROP TRIGGER licences_stay_themselves;
             UPDATE licences SET status = 'in_use', activated_at = 1 WHERE member_id = 'member-000000'",
            &[Differing::LotCounters, Differing::Holdings, Differing::Licence],
            false,
        ),
        (
            "DROP TRIGGER events_are_not_replaced; INSERT INTO events (seq, company_id, at, door, what) VALUES (0, 'company', 0, 'api', 'settings_changed')",
            &[Differing::Seal],
            false,
        ),
    ];
    for (tampering, expected, repairable) in cases {
        let database = prepared();
        database.execute(tampering).unwrap();
        assert_eq!(audited(&database), expected, "{tampering}");
        let before = database.query("SELECT * FROM licences").unwrap();
        block_on(audit::repair(&database, "company", start().plus(DAY), &desk())).unwrap();
        assert_eq!(audited(&database).is_empty(), repairable, "{tampering}");
        assert_eq!(database.query("SELECT * FROM licences").unwrap(), before);
        assert_eq!(count(&database, "SELECT count(*) FROM events WHERE what = 'counters_repaired'"), 1);
    }
}

#[test]
fn seals_follow_each_other_and_cover_everything() {
    let database = company();
    lot(&database, "a", Kind::User, 5_000, year());
    learners(&database, 0..3_000, false, start()).unwrap();
    for _ in 0..3 {
        block_on(seals::seal_all(&database, start(), 10)).unwrap();
    }
    assert_eq!(
        count(&database, "SELECT sum(events) FROM seals"),
        count(&database, "SELECT count(*) FROM events"),
        "every event is sealed once"
    );
    assert_eq!(count(&database, "SELECT seq FROM sealed_until"), count(&database, "SELECT max(seq) FROM events"));
    assert!(count(&database, "SELECT count(*) FROM seals") >= 4);
}

#[test]
fn whoever_comes_late_to_the_end_of_a_lot_carries_nobody_over_any_more() {
    let database = company();
    settings(&database, |settings| settings.carry_over = CarryOver::All);
    let ending = Term::new(start(), 6).unwrap();
    lot(&database, "ending", Kind::User, 2, ending);
    learners(&database, 0..2, false, start()).unwrap();
    accept_all(&database, start());
    lot(&database, "next", Kind::User, 1, year());
    let end = ending.ends_at;
    catch_up(&database, end);
    assert_eq!(lots_of(&database, Kind::User, end), ["0 next"]);
    // A seat becomes free afterwards. Somebody who had begun to work off the same end must not hand it out.
    block_on(taking::remove(&database, "company", &[member(0)], false, end.plus(HOUR), &desk())).unwrap();
    let late = gate::carry("company", ("lot-ending", Kind::User), end, 0, &Actor::scheduled_run());
    block_on(database.batch(late.to_vec())).unwrap();
    assert_eq!(lots_of(&database, Kind::User, end), Vec::<String>::new());
    assert_eq!(count(&database, "SELECT carried FROM lots WHERE id = 'lot-ending'"), 1);
    // Nor is anything settled onto a lot that is closed, by somebody who works off what came before its end.
    sync(&database, 5..6, Shortage::Overdraw, end.plus(HOUR)).unwrap();
    sync(&database, 6..7, Shortage::Overdraw, end.plus(HOUR)).unwrap();
    block_on(database.batch(gate::settle("company", Kind::User, end.plus(-DAY), &Actor::scheduled_run()))).unwrap();
    assert_eq!(count(&database, "SELECT pending + in_use FROM lots WHERE overdraft = 1 AND kind = 'user'"), 1);
    assert_eq!(lot_line(&database, "lot-ending").pending, 0);
}
