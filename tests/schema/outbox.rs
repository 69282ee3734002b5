//! Letters on their way: a provider that is down, letters that come back, and letters that are sent again.

use core::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use futures_executor::block_on;
use proptest::prelude::*;
use seatwise_domain::letter::LetterKind;
use seatwise_domain::time::{DAY, HOUR, MINUTE, SECOND};
use seatwise_domain::wire::{LetterLine, LetterState};
use seatwise_domain::{Instant, Kind, Problem};
use seatwise_tests::Sqlite;
use seatwise_worker::config::{Config, MailConfig};
use seatwise_worker::mail::deliver;
use seatwise_worker::mail::transport::{Carrier, Mail};
use seatwise_worker::store::outbox::{self, LineRow, Outcome, Told};
use seatwise_worker::store::{Database, Rows as _, Statement};

use crate::support::{KEY, company, learners, lot, start, year};

fn config() -> Config {
    Config {
        origin: "https://licences.example.com".into(),
        mail_from: "Seatwise <licences@example.com>".into(),
        mail: MailConfig::default(),
        token_key: KEY.into(),
        sync_rate: None,
        administrator: None,
    }
}

/// What a provider does with a letter.
type Behaviour = Box<dyn Fn(&Mail<'_>) -> Outcome>;

/// A provider that does as it is told, and takes a letter with the same name once.
struct Provider {
    does: RefCell<Behaviour>,
    knocks: Cell<usize>,
    taken: RefCell<BTreeMap<String, String>>,
}

fn sent() -> Outcome {
    Outcome::Sent { provider_id: None }
}

fn trouble(retry_after: Option<i64>) -> Outcome {
    Outcome::Later { reason: "answer 500".into(), retry_after, trouble: true }
}

impl Provider {
    fn new() -> Self {
        Self { does: RefCell::new(Box::new(|_| sent())), knocks: Cell::new(0), taken: RefCell::default() }
    }

    fn does(&self, how: impl Fn(&Mail<'_>) -> Outcome + 'static) {
        *self.does.borrow_mut() = Box::new(how);
    }

    fn knocks(&self) -> usize {
        self.knocks.replace(0)
    }
}

impl Carrier for Provider {
    async fn send(&self, mail: &Mail<'_>) -> Outcome {
        self.knocks.set(self.knocks.get() + 1);
        let outcome = self.does.borrow()(mail);
        // Whether or not anybody hears of it.
        let taken =
            matches!(&outcome, Outcome::Sent { .. }) || matches!(&outcome, Outcome::Later { reason, .. } if reason == "lost");
        if taken {
            let before = self.taken.borrow_mut().insert(mail.stamp.to_owned(), mail.to.to_owned());
            assert!(before.is_none_or(|before| before == mail.to), "a name is one letter's");
        }
        match outcome {
            Outcome::Sent { .. } => Outcome::Sent { provider_id: Some(format!("id-{}", mail.stamp)) },
            other => other,
        }
    }
}

fn run(database: &Sqlite, provider: &Provider, now: Instant, handfuls: usize) {
    block_on(deliver(database, &config(), Some(provider), now, handfuls)).unwrap();
}

/// Letters to nobody in particular, numbered from 1, that wait since the start.
fn letters(database: &Sqlite, count: usize) {
    database
        .execute(&format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
             INSERT INTO outbox (cause, receiver, letter, data, company_id, created_at, next_try_at, bulk)
             SELECT 'test:' || i, 'learner' || i || '@example.com', 'licence_carried',
               json_object('company', 'Example Learning', 'kind', 'user', 'ends_at', 1826841600000), 'company', {at}, {at}, i % 2 FROM n",
            at = start().0
        ))
        .unwrap();
}

fn sign_in_letter(database: &Sqlite, id: &str, now: Instant) {
    database
        .execute(&format!(
            "INSERT INTO sign_in_links (id, email, browser_hash, asked_at, expires_at) VALUES ('{id}', 'desk@example.com', 'b', {at}, {at} + 600000);
             INSERT INTO outbox (cause, receiver, letter, data, sign_in_id, created_at, next_try_at)
             VALUES ('sign-in:{id}', 'desk@example.com', 'sign_in', '{{}}', '{id}', {at}, {at})",
            at = now.0
        ))
        .unwrap();
}

fn count(database: &Sqlite, what: &str) -> i64 {
    database.query(&format!("SELECT count(*) AS n FROM {what}")).unwrap()[0]["n"].as_i64().unwrap()
}

fn pause(database: &Sqlite) -> Option<(i64, i64)> {
    let rows = database.query("SELECT failures, until FROM mail_pause").unwrap();
    rows.first().map(|row| (row["failures"].as_i64().unwrap(), row["until"].as_i64().unwrap()))
}

fn line(database: &Sqlite, receiver: &str) -> LetterLine {
    let newest = format!("SELECT max(id) AS id FROM outbox WHERE receiver = '{receiver}'");
    let id = database.query(&newest).unwrap()[0]["id"].as_i64().unwrap();
    let one = Statement { sql: outbox::ONE, values: vec!["company".into(), id.into()] };
    let rows: Vec<LineRow> = block_on(database.rows(one)).unwrap();
    outbox::lines(rows).swap_remove(0)
}

fn events(database: &Sqlite) -> Vec<String> {
    let rows = database
        .query("SELECT what, headline, member_id, note, door FROM events WHERE what LIKE 'letter%' ORDER BY seq")
        .unwrap();
    let text = |row: &serde_json::Value| {
        let part = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {} {}", part("what"), row["headline"], part("member_id"), part("note"), part("door"))
    };
    rows.iter().map(text).collect()
}

#[test]
fn a_day_without_the_provider_loses_nothing_and_sends_each_letter_once() {
    let (database, provider) = (company(), Provider::new());
    letters(&database, 1_000);
    let begin = start();
    // Every ten minutes a scheduled run, and requests in between, each with something of its own.
    let (mut knocks, mut at, mut turn) = (0, begin, 0_u32);
    while at < begin.plus(DAY) {
        turn += 1;
        let how = turn % 5;
        provider.does(move |_| match how {
            0 => trouble(None),
            1 => trouble(Some(7 * MINUTE)),
            2 => Outcome::Later { reason: "it could not be reached".into(), retry_after: None, trouble: true },
            3 => Outcome::Later { reason: "no answer in time".into(), retry_after: None, trouble: true },
            _ => Outcome::Later { reason: "lost".into(), retry_after: None, trouble: true },
        });
        run(&database, &provider, at, 100);
        run(&database, &provider, at.plus(3 * MINUTE), 1);
        knocks += provider.knocks();
        at = at.plus(10 * MINUTE);
    }
    assert_eq!(count(&database, "outbox WHERE state = 'queued'"), 1_000, "none is lost, and none is thought to be sent");
    assert!(knocks < 500, "{knocks} knocks in 288 runs: they wait together");
    let lost = provider.taken.borrow().len();
    assert!(lost > 10, "the provider took {lost} of which we never heard");

    provider.does(|_| sent());
    while at < begin.plus(DAY + 4 * HOUR) {
        run(&database, &provider, at, 100);
        at = at.plus(10 * MINUTE);
    }
    assert_eq!(count(&database, "outbox WHERE state = 'sent'"), 1_000);
    let mut receivers: Vec<String> = provider.taken.borrow().values().cloned().collect();
    receivers.sort();
    receivers.dedup();
    assert_eq!((receivers.len(), provider.taken.borrow().len()), (1_000, 1_000), "each once");
    assert_eq!(pause(&database), None);
}

#[test]
fn while_none_leaves_letters_wait_together_and_one_handful_tries_for_all() {
    let (database, provider) = (company(), Provider::new());
    letters(&database, 200);
    provider.does(|_| trouble(None));
    let now = start();
    run(&database, &provider, now, 100);
    assert_eq!(provider.knocks(), 5, "as many as go at once; then it is clear, and the run stops");
    let (failures, until) = pause(&database).unwrap();
    assert_eq!(failures, 1);
    assert!((MINUTE * 3 / 4..=MINUTE * 5 / 4).contains(&(until - now.0)), "about a minute");
    assert_eq!(count(&database, "outbox WHERE tries > 0"), 5, "those that weren't tried aren't counted as tried");

    for seconds in 1..40 {
        run(&database, &provider, now.plus(seconds * SECOND), 1);
    }
    assert_eq!(provider.knocks(), 0, "requests don't knock meanwhile");

    // At the end of the pause the first to ask tries for all, and the others don't.
    let after = Instant(until);
    let probe = block_on(outbox::take(&database, after)).unwrap();
    assert!(probe.probe && probe.letters.len() == 25);
    for _ in 0..3 {
        let other = block_on(outbox::take(&database, after)).unwrap();
        assert!(!other.probe && other.letters.is_empty());
    }
    // Should whoever took them die, the next one tries after a while.
    run(&database, &provider, after.plus(6 * MINUTE), 1);
    assert_eq!(provider.knocks(), 5);
    let mut last = after.plus(6 * MINUTE);
    for longer in [2, 4, 8, 16, 30, 30, 30] {
        let until = pause(&database).unwrap().1;
        let minutes = (until - last.0) / MINUTE;
        assert!((longer * 3 / 4..=longer * 5 / 4).contains(&minutes), "about {longer} minutes: {minutes}");
        last = Instant(until);
        run(&database, &provider, last, 1);
        assert_eq!(provider.knocks(), 5);
    }
    provider.does(|_| sent());
    run(&database, &provider, Instant(pause(&database).unwrap().1), 100);
    assert_eq!(pause(&database), None, "success ends it, and the run goes on");
    assert!(count(&database, "outbox WHERE state = 'sent'") > 150);
}

#[test]
fn the_provider_is_obeyed_when_it_asks_for_more_time() {
    let (database, provider) = (company(), Provider::new());
    letters(&database, 10);
    provider.does(|_| trouble(Some(5 * HOUR)));
    run(&database, &provider, start(), 1);
    assert_eq!(pause(&database).unwrap().1, start().plus(5 * HOUR).0);
    provider.knocks();
    run(&database, &provider, start().plus(5 * HOUR - 1), 100);
    assert_eq!(provider.knocks(), 0);
}

#[test]
fn sign_in_letters_are_tried_all_the_same_and_find_out_that_it_is_over() {
    let (database, provider) = (company(), Provider::new());
    letters(&database, 100);
    provider.does(|_| trouble(None));
    run(&database, &provider, start(), 1);
    let before = pause(&database);
    provider.knocks();
    sign_in_letter(&database, "first", start().plus(SECOND));
    run(&database, &provider, start().plus(SECOND), 1);
    assert_eq!(provider.knocks(), 1, "the sign-in letter alone");
    assert_eq!(pause(&database), before, "which makes the pause no longer");
    provider.does(|_| sent());
    sign_in_letter(&database, "second", start().plus(2 * SECOND));
    run(&database, &provider, start().plus(2 * SECOND), 1);
    assert_eq!(pause(&database), None);
    run(&database, &provider, start().plus(3 * SECOND), 100);
    assert!(count(&database, "outbox WHERE state = 'sent' AND sign_in_id IS NULL") >= 90);
}

#[test]
fn one_letter_that_the_provider_stumbles_over_holds_up_no_other() {
    let (database, provider) = (company(), Provider::new());
    letters(&database, 100);
    provider.does(|mail| if mail.to.starts_with("learner7@") { trouble(None) } else { sent() });
    run(&database, &provider, start(), 100);
    assert_eq!(pause(&database), None);
    assert_eq!(count(&database, "outbox WHERE state = 'sent'"), 99);
    let next = database.query("SELECT next_try_at - created_at AS pause FROM outbox WHERE state = 'queued'").unwrap()[0]["pause"]
        .as_i64()
        .unwrap();
    assert!((MINUTE * 3 / 4..=MINUTE * 5 / 4).contains(&next), "{next}");
}

#[test]
fn what_is_refused_for_good_is_failed_at_once_and_stands_in_the_history() {
    let (database, provider) = (company(), Provider::new());
    lot(&database, "a", Kind::User, 2, year());
    learners(&database, 0..1, false, start()).unwrap();
    letters(&database, 2);
    database.execute("UPDATE outbox SET state = 'sent' WHERE letter IN ('licences_ready', 'order_received')").unwrap();
    // One letter in bulk and one by hand to a member, one to somebody who is none.
    database.execute("UPDATE outbox SET receiver = 'LEARNER0@example.com' WHERE cause = 'test:1'").unwrap();
    provider.does(|_| Outcome::Refused { reason: "answer 422".into() });
    run(&database, &provider, start(), 1);
    assert_eq!(count(&database, "outbox WHERE state = 'queued'"), 0);
    assert_eq!(pause(&database), None, "a refusal is an answer");
    let mut events = events(&database);
    events.sort();
    assert_eq!(
        events,
        ["letter_failed 0 member-000000 answer 422 scheduled_run", "letter_failed 1 member-000000 answer 422 scheduled_run"]
    );
    let letter = line(&database, "learner0@example.com");
    assert_eq!((letter.state, letter.reason.as_deref(), letter.again), (LetterState::Failed, Some("answer 422"), true));
}

#[test]
fn a_letter_is_given_up_after_three_days() {
    let (database, provider) = (company(), Provider::new());
    lot(&database, "a", Kind::User, 1, year());
    learners(&database, 0..1, false, start()).unwrap();
    provider.does(|mail| {
        if mail.to == "learner0@example.com" {
            Outcome::Later { reason: "answer 409".into(), retry_after: None, trouble: false }
        } else {
            sent()
        }
    });
    let mut at = start();
    while at < start().plus(3 * DAY) {
        run(&database, &provider, at, 100);
        assert_eq!(line(&database, "learner0@example.com").state, LetterState::Queued);
        at = at.plus(30 * MINUTE);
    }
    assert_eq!(events(&database), Vec::<String>::new());
    while at < start().plus(3 * DAY + 3 * HOUR) {
        run(&database, &provider, at, 100);
        at = at.plus(30 * MINUTE);
    }
    assert_eq!(line(&database, "learner0@example.com").state, LetterState::Failed);
    assert_eq!(events(&database), ["letter_failed 1 member-000000 answer 409 scheduled_run"]);
}

#[test]
fn letters_that_were_never_tried_are_given_up_after_three_days_too() {
    let (database, provider) = (company(), Provider::new());
    letters(&database, 1_000);
    provider.does(|_| trouble(None));
    let mut at = start();
    while at < start().plus(3 * DAY) {
        run(&database, &provider, at, 100);
        at = at.plus(10 * MINUTE);
    }
    assert_eq!(count(&database, "outbox WHERE state = 'queued'"), 1_000);
    // Portion by portion, so that no run has more to do than it can.
    for _ in 0..20 {
        run(&database, &provider, at, 100);
        at = at.plus(10 * MINUTE);
    }
    assert!(count(&database, "outbox WHERE state = 'failed' AND failure = 'answer 500'") > 900);
}

#[test]
fn a_letter_of_which_somebody_else_heard_later_is_settled_once() {
    let (database, _) = (company(), ());
    letters(&database, 1);
    let first = block_on(outbox::take(&database, start())).unwrap();
    let second = block_on(outbox::take(&database, start().plus(6 * MINUTE))).unwrap();
    let settle = |taken: &outbox::Taken, outcome: Outcome, at: Instant| {
        let outcomes: Vec<_> = taken.letters.iter().map(|letter| (letter.clone(), outcome.clone())).collect();
        block_on(outbox::settle(&database, taken, &outcomes, at, || 0)).unwrap();
    };
    // Whoever took it first comes late with a refusal: the second still has it.
    settle(&first, Outcome::Refused { reason: "late".into() }, start().plus(7 * MINUTE));
    assert_eq!(line(&database, "learner1@example.com").state, LetterState::Queued);
    settle(&second, sent(), start().plus(8 * MINUTE));
    settle(&first, trouble(None), start().plus(9 * MINUTE));
    assert_eq!(line(&database, "learner1@example.com").state, LetterState::Sent);
}

/// A company with one learner, whose invite was sent.
fn invited() -> (Sqlite, Provider) {
    let (database, provider) = (company(), Provider::new());
    lot(&database, "a", Kind::User, 2, year());
    learners(&database, 0..1, false, start()).unwrap();
    run(&database, &provider, start(), 100);
    assert_eq!(line(&database, "learner0@example.com").state, LetterState::Sent);
    (database, provider)
}

fn provider_id(database: &Sqlite, receiver: &str) -> String {
    database.query(&format!("SELECT provider_id FROM outbox WHERE receiver = '{receiver}' ORDER BY id DESC")).unwrap()[0]["provider_id"].as_str().unwrap().to_owned()
}

#[test]
fn a_letter_that_came_back_is_told_once_and_can_be_sent_again_under_another_name() {
    let (database, provider) = invited();
    let now = start().plus(HOUR);
    let id = provider_id(&database, "learner0@example.com");
    let tell = |told, reason| block_on(outbox::tell(&database, (&id, None), told, reason, now)).unwrap();
    tell(Told::Delayed, None);
    assert_eq!(line(&database, "learner0@example.com").state, LetterState::Delayed);
    for _ in 0..3 {
        tell(Told::Bounced, Some("no such user"));
    }
    tell(Told::Delivered, None);
    let letter = line(&database, "learner0@example.com");
    assert_eq!(
        (letter.state, letter.reason.as_deref(), letter.again, letter.at),
        (LetterState::Bounced, Some("no such user"), true, now)
    );
    assert_eq!(events(&database), ["letter_bounced 1 member-000000 no such user scheduled_run"]);

    let again = |company: &str, id: i64| block_on(outbox::send_again(&database, company, id, now)).unwrap();
    assert_eq!(again("other", letter.id), Err(Problem::NotFound));
    assert_eq!(again("company", 999_999), Err(Problem::NotFound));
    let queued = again("company", letter.id).unwrap();
    assert_eq!((queued.state, queued.reason, queued.again, queued.at), (LetterState::Queued, None, false, now));
    assert_eq!(again("company", letter.id), Err(Problem::LetterNotFailed), "once is enough");
    let before = provider.taken.borrow().len();
    run(&database, &provider, now, 1);
    assert_eq!(provider.taken.borrow().len(), before + 1, "for the provider it is another letter");
    // What is told of the first one now is about a letter that nobody knows.
    tell(Told::Complained, None);
    assert_eq!(line(&database, "learner0@example.com").state, LetterState::Sent);
}

#[test]
fn an_invite_is_sent_again_only_while_its_link_works_and_never_elsewhere() {
    let bounced = || {
        let (database, _) = invited();
        let id = provider_id(&database, "learner0@example.com");
        block_on(outbox::tell(&database, (&id, None), Told::Bounced, None, start())).unwrap();
        database
    };
    let refused = |database: &Sqlite| {
        let letter = line(database, "learner0@example.com");
        let again = block_on(outbox::send_again(database, "company", letter.id, start().plus(HOUR))).unwrap();
        assert_eq!((again.unwrap_err(), letter.again), (Problem::LetterNotFailed, false));
    };
    let database = bounced();
    assert!(line(&database, "learner0@example.com").again);
    database.execute("UPDATE invites SET state = 'withdrawn', settled_at = 1").unwrap();
    refused(&database);
    let database = bounced();
    database.execute("UPDATE invites SET nonce = 'newer'").unwrap();
    refused(&database);
    let database = bounced();
    database.execute("UPDATE members SET email = 'right@example.com', email_typed = 'right@example.com'").unwrap();
    refused(&database);
}

#[test]
fn a_members_letters_are_listed_newest_first_with_the_invites_own_beside() {
    let (database, _) = invited();
    database
        .execute(&format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
             INSERT INTO outbox (cause, receiver, letter, data, company_id, created_at, next_try_at)
             SELECT 'more:' || i, 'learner0@example.com', 'licence_carried', '{{}}', CASE i WHEN 30 THEN 'other' ELSE 'company' END, {at} + i, {at} + i FROM n",
            at = start().0
        ))
        .unwrap();
    let results = block_on(
        database
            .batch(vec![outbox::letters_to("company", "member-000000"), outbox::letter_of_invite("company", "member-000000")]),
    )
    .unwrap();
    let letters = outbox::lines(results[0].decode().unwrap());
    assert_eq!(letters.len(), 20);
    assert_eq!(letters[0].written_at, start().plus(29), "another company's letter to the same address is not among them");
    assert!(letters.windows(2).all(|pair| pair[0].id > pair[1].id));
    let invite = outbox::lines(results[1].decode().unwrap());
    assert_eq!((invite.len(), invite[0].letter, invite[0].state), (1, LetterKind::Invite, LetterState::Sent));
}

#[test]
fn an_older_letter_never_brings_the_newer_link() {
    for change in [
        "UPDATE invites SET nonce = 'newer'",
        "UPDATE members SET email = 'right@example.com', email_typed = 'right@example.com'",
        "UPDATE invites SET state = 'withdrawn', settled_at = 1",
    ] {
        let (database, provider) = (company(), Provider::new());
        lot(&database, "a", Kind::User, 1, year());
        learners(&database, 0..1, false, start()).unwrap();
        database.execute(change).unwrap();
        run(&database, &provider, start(), 100);
        assert_eq!(line(&database, "learner0@example.com").state, LetterState::Dropped, "{change}");
    }
}

#[test]
fn what_is_told_before_the_letter_is_settled_is_not_lost() {
    let (database, provider) = (company(), Provider::new());
    letters(&database, 1);
    let taken = block_on(outbox::take(&database, start())).unwrap();
    let stamp = taken.letters[0].stamp();
    block_on(outbox::tell(&database, ("early", Some(&stamp)), Told::Bounced, None, start())).unwrap();
    assert_eq!(line(&database, "learner1@example.com").state, LetterState::Bounced, "what is told of has left");
    // The answer got lost: the letter isn't tried again.
    run(&database, &provider, start().plus(HOUR), 1);
    assert_eq!(provider.knocks(), 0);
    for stamp in ["seatwise-1-1", "nonsense", ""] {
        block_on(outbox::tell(&database, ("other", Some(stamp)), Told::Complained, None, start())).unwrap();
    }
    assert_eq!(line(&database, "learner1@example.com").state, LetterState::Bounced);
}

#[test]
fn a_letter_that_the_provider_could_not_send_after_all_has_failed() {
    let (database, _) = invited();
    let id = provider_id(&database, "learner0@example.com");
    for _ in 0..2 {
        block_on(outbox::tell(&database, (&id, None), Told::Failed, Some("quota"), start().plus(HOUR))).unwrap();
    }
    let letter = line(&database, "learner0@example.com");
    assert_eq!((letter.state, letter.reason.as_deref(), letter.again), (LetterState::Failed, Some("quota"), true));
    assert_eq!(events(&database), ["letter_failed 1 member-000000 quota scheduled_run"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_and_however_often_it_is_told_the_end_is_the_same(
        told in proptest::collection::vec(proptest::sample::select(&[Told::Delayed, Told::Delivered, Told::Bounced, Told::Complained][..]), 1..8),
    ) {
        let (database, provider) = (company(), Provider::new());
        letters(&database, 1);
        run(&database, &provider, start(), 1);
        let id = provider_id(&database, "learner1@example.com");
        for one in &told {
            block_on(outbox::tell(&database, (&id, None), *one, None, start())).unwrap();
        }
        let worst = [
            (Told::Complained, LetterState::Complained),
            (Told::Bounced, LetterState::Bounced),
            (Told::Delivered, LetterState::Delivered),
            (Told::Delayed, LetterState::Delayed),
        ];
        let expected = worst.iter().find(|(one, _)| told.contains(one)).unwrap().1;
        prop_assert_eq!(line(&database, "learner1@example.com").state, expected);
    }
}

#[test]
fn the_desk_sees_what_waits_and_what_came_back() {
    let (database, provider) = invited();
    let id = provider_id(&database, "learner0@example.com");
    block_on(outbox::tell(&database, (&id, None), Told::Bounced, Some("no such user"), start())).unwrap();
    letters(&database, 1_500);
    provider.does(|_| trouble(None));
    run(&database, &provider, start(), 1);
    let state = block_on(outbox::state(&database)).unwrap();
    assert_eq!((state.queued, state.oldest), (1_000, Some(start())), "counted no further than is worth it");
    let paused = state.paused.unwrap();
    assert_eq!((paused.since, paused.reason.as_str()), (start(), "answer 500"));
    assert_eq!(state.failed.len(), 1);
    assert_eq!(
        (state.failed[0].receiver.as_str(), state.failed[0].company.as_deref(), state.failed[0].letter.state),
        ("learner0@example.com", Some("Example Learning"), LetterState::Bounced)
    );
}

#[test]
fn letters_are_forgotten_ninety_days_after_they_were_settled_portion_by_portion() {
    let database = company();
    letters(&database, 1_201);
    database
        .execute(&format!("UPDATE outbox SET state = 'sent', settled_at = {} WHERE cause <> 'test:1201'", start().0))
        .unwrap();
    let forget = |at| block_on(database.batch(vec![outbox::forget(at)])).unwrap();
    forget(start().plus(90 * DAY - 1));
    assert_eq!(count(&database, "outbox"), 1_201);
    for left in [701, 201, 1, 1] {
        forget(start().plus(90 * DAY));
        assert_eq!(count(&database, "outbox"), left);
    }
}
