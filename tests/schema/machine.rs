//! A state machine over the real schema: random sequences of everything that can happen to licences, through the store's
//! own SQL, with the invariants of the product checked after each step.
//!
//! The seed is printed; `SEATWISE_SEED` repeats a run, `SEATWISE_OPERATIONS` makes it longer (`make soak`).

use std::collections::BTreeMap;

use futures_executor::block_on;
use seatwise_domain::policy::{CarryOver, DrawOrder, SyncShortage};
use seatwise_domain::seats::{Room, seat};
use seatwise_domain::time::{DAY, HOUR};
use seatwise_domain::wire::Settings;
use seatwise_domain::{Balance, Instant, Kind, Language, Term};
use seatwise_tests::Sqlite;
use seatwise_tests::ledger::{Ledger, balance_on};
use seatwise_worker::auth::secret;
use seatwise_worker::jobs::write_down;
use seatwise_worker::store::gate::Shortage;
use seatwise_worker::store::members::{Adding, NewMember};
use seatwise_worker::store::orders::{Assignment, NewOrder};
use seatwise_worker::store::sessions::Who;
use seatwise_worker::store::taking::{Replacing, Successor};
use seatwise_worker::store::{
    Actor, Door, audit, companies, due, explain, gate, giving, groups, invites, lots, members, notices, orders, seals, sessions,
    taking,
};

use crate::support::{KEY, balance, company, desk, entries, learner, lot_for, member, start};

/// How many operations `make test` runs; `make soak` asks for more.
const OPERATIONS: usize = 50_000;
/// After how many operations a new company starts, so that each stays small and the checks quick.
const EACH_COMPANY: usize = 120;

/// Numbers that look random and come again from the same seed (xorshift64*).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 to `below` - 1.
    fn below(&mut self, below: u64) -> u64 {
        (self.roll() >> 33) % below
    }

    fn among(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.below(u64::try_from(most - least + 1).unwrap())).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(u64::try_from(of.len()).unwrap())).unwrap()]
    }
}

const GROUPS: [&str; 2] = ["north", "south"];

/// One company and what the test knows of it.
struct World {
    database: Sqlite,
    now: Instant,
    lots: usize,
    members: usize,
    settings: Settings,
    /// The balances of both kinds right before midnights that have passed.
    midnights: BTreeMap<Instant, [Balance; 2]>,
}

impl World {
    fn new(dice: &mut Dice) -> Self {
        let database = company();
        for group in GROUPS {
            block_on(groups::create(&database, "company", (group, group), start(), &desk(), None)).unwrap();
        }
        let settings = Settings {
            platform_url: None,
            content_with_user: false,
            invite_days: 30,
            draw_order: dice.one(DrawOrder::ALL),
            carry_over: dice.one(CarryOver::ALL),
            sync_shortage: dice.one(SyncShortage::ALL),
            overdraft_limit: dice.among(0, 6),
            inactive_days: 90,
            contact_id: None,
            contact_email: None,
            language: Language::English,
            version: None,
        };
        block_on(companies::change(&database, "company", &settings, start(), &desk())).unwrap();
        Self { database, now: start(), lots: 0, members: 0, settings, midnights: BTreeMap::new() }
    }

    fn query(&self, sql: &str) -> Vec<serde_json::Value> {
        self.database.query(sql).unwrap()
    }

    fn count(&self, sql: &str) -> i64 {
        self.query(sql)[0].as_object().unwrap().values().next().unwrap().as_i64().unwrap()
    }

    /// As every request does before it reads or changes anything.
    fn catch_up(&self) {
        block_on(due::catch_up(&self.database, "company", self.now)).unwrap();
    }

    fn balances(&self) -> [Balance; 2] {
        Kind::ALL.map(|kind| balance(&self.database, kind, self.now))
    }

    /// Does something at random; says what.
    fn step(&mut self, dice: &mut Dice) -> String {
        match dice.below(100) {
            0..8 => self.assign(dice),
            8..11 => self.assign_in_parts(dice),
            11 => self.correct(dice),
            12..34 => self.add(dice),
            34..48 => self.accept(dice),
            48..62 => self.wait(dice),
            62..68 => self.run(dice),
            68..75 => self.give(dice),
            75..80 => self.take_back(dice),
            80..84 => self.remove(dice),
            84..88 => self.replace(dice),
            88..91 => self.end_early(dice),
            91..93 => self.change_group(dice),
            93..96 => self.act(dice),
            96..98 => self.decide(dice),
            98 => {
                block_on(seals::seal_all(&self.database, self.now, 3)).unwrap();
                "seal".to_owned()
            }
            _ => {
                block_on(audit::repair(&self.database, "company", self.now, &desk())).unwrap();
                "repair".to_owned()
            }
        }
    }

    fn assign(&mut self, dice: &mut Dice) -> String {
        let kind = if dice.below(3) == 0 { Kind::Content } else { Kind::User };
        let quantity = dice.among(1, 12);
        // Also terms that began in the past, are over already, or are still to come; some set aside for a group.
        let starts_at = if dice.below(3) == 0 { self.now } else { self.now.plus(dice.among(-400, 40) * DAY) };
        let months = u32::try_from(dice.among(1, 14)).unwrap();
        let group = (dice.below(4) == 0).then(|| dice.one(&GROUPS));
        self.lots += 1;
        let term = Term::new(starts_at, months).unwrap();
        lot_for(&self.database, &self.lots.to_string(), kind, quantity, term, group, self.now);
        format!("{quantity} {kind:?} licences for {months} months from {starts_at:?} for {group:?}")
    }

    /// An order that is assigned in two parts, or not to its end.
    fn assign_in_parts(&mut self, dice: &mut Dice) -> String {
        self.catch_up();
        self.lots += 1;
        let id = format!("order-parts-{}", self.lots);
        let (kind, quantity) = (dice.one(&Kind::ALL), dice.among(2, 12));
        let order = NewOrder { id: &id, kind, quantity, reference: None, message: None, group: None, renews: None };
        block_on(orders::request(&self.database, "company", &order, self.now, &desk(), None)).unwrap();
        let first = dice.among(1, quantity - 1);
        let term = Term::new(self.now.plus(dice.among(-20, 20) * DAY), 12).unwrap();
        let mut part =
            Assignment { lot_id: &format!("{id}-1"), kind, quantity: first, open: quantity, term, group: None, note: None };
        let assign =
            |part: &Assignment<'_>| block_on(orders::assign(&self.database, "company", &id, part, self.now, &desk(), None));
        assign(&part).unwrap();
        // Once more by somebody who hasn't seen that: nothing.
        let again = format!("{id}-again");
        part.lot_id = &again;
        assert!(assign(&part).unwrap_err().asserts("order_not_open"), "a part is assigned once");
        let rest = quantity - first;
        let end = dice.below(4);
        let done = match end {
            0 => block_on(orders::decline(&self.database, "company", &id, "No more", self.now, &desk())),
            1 => block_on(orders::cancel(&self.database, "company", &id, self.now, &desk())),
            2 => Ok(()),
            _ => assign(&Assignment { lot_id: &format!("{id}-2"), quantity: rest, open: rest, ..part }),
        };
        done.unwrap();
        format!("{first} of {quantity} {kind:?} licences, then {end}")
    }

    /// The account manager takes licences out of a lot, or lets it end later.
    fn correct(&mut self, dice: &mut Dice) -> String {
        self.catch_up();
        let lots = self.query("SELECT id, kind, quantity, pending + in_use AS held, ends_at FROM lots WHERE overdraft = 0 AND closed_at IS NULL ORDER BY id");
        if lots.is_empty() {
            return "no lot to correct".to_owned();
        }
        let lot = &lots[usize::try_from(dice.below(u64::try_from(lots.len()).unwrap())).unwrap()];
        let (id, number) = (lot["id"].as_str().unwrap(), |name: &str| lot[name].as_i64().unwrap());
        let kind = if lot["kind"] == "user" { Kind::User } else { Kind::Content };
        if dice.below(2) == 0 {
            let (from, to) = (number("quantity"), dice.among(0, number("quantity")));
            let before = self.balances();
            let reduced =
                block_on(lots::reduce(&self.database, "company", (id, kind), (from, to), "Ordered too many", self.now, &desk()));
            assert_eq!(reduced.is_ok(), number("held") <= to, "unused licences go, others don't: {reduced:?}");
            if reduced.is_err() {
                assert_eq!(before, self.balances(), "a refusal changes nothing");
            }
            return format!("reduce {id} from {from} to {to}: {reduced:?}");
        }
        let ends_at = Instant(number("ends_at")).plus(dice.among(1, 200) * DAY);
        block_on(lots::extend(&self.database, "company", id, ends_at, "As agreed", self.now, &desk())).unwrap();
        format!("{id} ends at {ends_at:?}")
    }

    /// The lots with room at this moment, as the domain's own choice sees them.
    fn rooms(&self, kind: Kind) -> Vec<(String, Option<String>, Instant, i64)> {
        let sql = format!(
            "SELECT id, group_id, ends_at, quantity - pending - in_use AS free FROM lots
             WHERE overdraft = 0 AND kind = '{}' AND starts_at <= {now} AND ends_at > {now}",
            kind.as_str(),
            now = self.now.0
        );
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let room = |row: &serde_json::Value| {
            (
                text(&row["id"]).unwrap(),
                text(&row["group_id"]),
                Instant(row["ends_at"].as_i64().unwrap()),
                row["free"].as_i64().unwrap(),
            )
        };
        self.query(&sql).iter().map(room).collect()
    }

    fn add(&mut self, dice: &mut Dice) -> String {
        self.catch_up();
        let how_many = if dice.below(4) == 0 { dice.among(2, 9) } else { 1 };
        let content_with_user = dice.below(4) == 0;
        let people: Vec<NewMember> = (0..usize::try_from(how_many).unwrap())
            .map(|index| NewMember {
                manager: dice.below(10) == 0,
                group: (dice.below(3) == 0).then(|| dice.one(&GROUPS).to_owned()),
                ..learner(self.members + index)
            })
            .collect();
        let by_sync = dice.below(3) == 0;
        let shortage = match (by_sync, self.settings.sync_shortage) {
            (true, SyncShortage::Overdraw) => Shortage::Overdraw,
            (true, SyncShortage::Wait) => Shortage::Wait,
            (true, SyncShortage::Refuse) | (false, _) => Shortage::Refuse,
        };
        let door = if by_sync { Door::DirectorySync } else { Door::AddUser };
        let actor = Actor { door, ..desk() };
        let kinds: &[Kind] = if content_with_user { &Kind::ALL } else { &[Kind::User] };
        let asked: Vec<Option<&str>> = people.iter().map(|person| person.group.as_deref()).collect();
        let expected: Vec<Vec<Option<String>>> = kinds.iter().map(|kind| self.seats(*kind, &asked)).collect();
        let enough = expected.iter().flatten().all(Option::is_some);
        let before = self.balances();
        let adding =
            Adding { company_id: "company", content_with_user, token_key: KEY, shortage, belongs_to: by_sync.then_some("sync") };
        let added = block_on(members::add(&self.database, &adding, &people, self.now, &actor, None));
        match &added {
            Ok(()) => {
                assert!(enough || shortage != Shortage::Refuse, "{how_many} were added although {before:?}");
                for (kind, seats) in kinds.iter().zip(&expected) {
                    for (person, seat) in people.iter().zip(seats) {
                        assert_eq!(
                            self.lot_of(&person.id, *kind),
                            self.otherwise(seat.clone(), shortage, *kind),
                            "the choice of lots"
                        );
                    }
                }
            }
            Err(error) => {
                assert!(gate::short_of(error).is_some(), "{error:?}");
                assert!(!enough, "{how_many} were refused although {before:?}");
                assert_ne!(shortage, Shortage::Wait, "whoever can wait is never refused");
                assert_eq!(before, self.balances(), "a refusal changes nothing");
            }
        }
        if added.is_ok() {
            self.members += people.len();
        }
        format!("add {how_many}, content {content_with_user}, {shortage:?}: {added:?}")
    }

    /// Where the domain's rule would seat people: by id of the lot.
    fn seats(&self, kind: Kind, asked: &[Option<&str>]) -> Vec<Option<String>> {
        let rooms = self.rooms(kind);
        let seen: Vec<Room<'_>> = rooms
            .iter()
            .map(|(lot, group, ends_at, free)| Room { lot, group: group.as_deref(), ends_at: *ends_at, free: *free })
            .collect();
        let seats = seat(asked, &seen, self.settings.draw_order);
        seats.into_iter().map(|index| index.map(|index| rooms[index].0.clone())).collect()
    }

    /// Where somebody without a seat is instead.
    fn otherwise(&self, seat: Option<String>, shortage: Shortage, kind: Kind) -> Option<String> {
        if seat.is_some() || shortage != Shortage::Overdraw {
            return seat;
        }
        let overdraft = self.query(&format!("SELECT id FROM lots WHERE overdraft = 1 AND kind = '{}'", kind.as_str()));
        overdraft[0]["id"].as_str().map(str::to_owned)
    }

    fn lot_of(&self, member: &str, kind: Kind) -> Option<String> {
        let kind = kind.as_str();
        let now = self.now.0;
        let sql = format!(
            "SELECT lot_id FROM licences WHERE member_id = '{member}' AND kind = '{kind}' AND status <> 'ended' AND ends_at > {now}"
        );
        self.query(&sql).first().and_then(|row| row["lot_id"].as_str().map(str::to_owned))
    }

    fn accept(&mut self, dice: &mut Dice) -> String {
        let hashes = self.query("SELECT token_hash FROM invites ORDER BY member_id");
        if hashes.is_empty() {
            return "nobody is invited".to_owned();
        }
        let index = usize::try_from(dice.below(u64::try_from(hashes.len()).unwrap())).unwrap();
        let token_hash = hashes[index]["token_hash"].as_str().unwrap().to_owned();
        let invite = match block_on(invites::find(&self.database, &token_hash, self.now)).unwrap() {
            Some(Ok(invite)) => invite,
            closed => return format!("accept: {closed:?}"),
        };
        let who = Who::Member { company_id: invite.company_id.clone(), member_id: invite.member_id.clone() };
        let session = sessions::start(&secret::new_token().unwrap(), &invite.email, &who, self.now);
        let actor = Actor { door: Door::Invite, id: Some(invite.member_id.clone()), name: None };
        let before = self.balances();
        let accepted = block_on(invites::accept(&self.database, &invite, &token_hash, self.now, &actor, vec![session]));
        assert_eq!(accepted, Ok(()), "accepting an open invite never fails for lack of licences");
        let available = |balances: [Balance; 2]| balances.map(|balance| balance.available);
        assert_eq!(available(before), available(self.balances()), "accepting needs no new seat");
        "accept".to_owned()
    }

    fn wait(&mut self, dice: &mut Dice) -> String {
        let hours = if dice.below(4) == 0 { dice.among(1, 60) * 24 } else { dice.among(0, 48) };
        let then = self.now.plus(hours * HOUR);
        // Somebody looks right before the last midnight, and finds what the history must say of it later.
        let midnight = Instant(then.0 - then.0.rem_euclid(DAY));
        if midnight.plus(-1) > self.now {
            self.now = midnight.plus(-1);
            self.catch_up();
            self.midnights.insert(midnight, self.balances());
        }
        self.now = then;
        format!("{hours} hours pass")
    }

    fn run(&mut self, dice: &mut Dice) -> String {
        let totals = |world: &Self| world.balances().map(|balance| balance.total);
        self.catch_up();
        let before = totals(self);
        let times = dice.among(1, 2);
        for _ in 0..times {
            block_on(write_down(&self.database, self.now)).unwrap();
            block_on(notices::tell(&self.database, self.now, 50)).unwrap();
        }
        let untold = "SELECT count(*) FROM lots WHERE closed_at IS NULL AND tell_at <= ";
        assert_eq!(self.count(&format!("{untold}{}", self.now.0)), 0, "everything that was due is told");
        assert_eq!(before, totals(self), "writing expiries down changes no total: it was true before");
        format!("scheduled run, {times} times")
    }

    /// Some members, removed or not.
    fn some(&self, dice: &mut Dice) -> Vec<String> {
        let most = u64::try_from(self.members).unwrap();
        let how_many = dice.among(1, 4);
        // Somebody may be named twice, as a request may.
        (0..how_many).map(|_| member(usize::try_from(dice.below(most)).unwrap())).collect()
    }

    fn give(&mut self, dice: &mut Dice) -> String {
        if self.members == 0 {
            return "nobody is there".to_owned();
        }
        self.catch_up();
        let people = self.some(dice);
        let kinds: &[Kind] = dice.one(&[&[Kind::User], &[Kind::Content], &Kind::ALL]);
        let before = self.balances();
        let given = block_on(giving::give(&self.database, "company", KEY, &people, kinds, self.now, &desk()));
        match &given {
            Ok(()) => {
                for (person, kind) in people.iter().flat_map(|person| kinds.iter().map(move |kind| (person, *kind))) {
                    assert!(self.lot_of(person, kind).is_some(), "{person} got a licence");
                }
            }
            Err(error) => {
                assert!(gate::short_of(error).is_some(), "{error:?}");
                assert_eq!(before, self.balances(), "a refusal changes nothing");
            }
        }
        format!("give {kinds:?} to {people:?}: {given:?}")
    }

    fn take_back(&mut self, dice: &mut Dice) -> String {
        if self.members == 0 {
            return "nobody is there".to_owned();
        }
        self.catch_up();
        let (people, kind) = (self.some(dice), dice.one(&[None, Some(Kind::User), Some(Kind::Content)]));
        block_on(taking::take_back(&self.database, "company", &people, kind, false, self.now, &desk())).unwrap();
        for (person, kind) in people.iter().zip(kind) {
            assert_eq!(self.lot_of(person, kind), None);
        }
        format!("take back {kind:?} from {people:?}")
    }

    fn remove(&mut self, dice: &mut Dice) -> String {
        if self.members == 0 {
            return "nobody is there".to_owned();
        }
        self.catch_up();
        let people = self.some(dice);
        block_on(taking::remove(&self.database, "company", &people, false, self.now, &desk())).unwrap();
        for person in &people {
            let sql = |table: &str, more: &str| format!("SELECT count(*) FROM {table} WHERE member_id = '{person}' {more}");
            assert_eq!(self.count(&sql("licences", "AND status <> 'ended'")), 0);
            assert_eq!(self.count(&sql("sessions", "")) + self.count(&sql("waiting", "")), 0);
            assert_eq!(self.count(&sql("invites", "AND state = 'open'")), 0);
        }
        format!("remove {people:?}")
    }

    fn replace(&mut self, dice: &mut Dice) -> String {
        if self.members == 0 {
            return "nobody is there".to_owned();
        }
        self.catch_up();
        let from = self.some(dice)[0].clone();
        let successor = if dice.below(2) == 0 {
            Successor::New(learner(self.members))
        } else {
            Successor::Member(self.some(dice)[0].clone())
        };
        let lots = Kind::ALL.map(|kind| self.lot_of(&from, kind));
        let before = self.balances();
        let adding = Adding {
            company_id: "company",
            content_with_user: false,
            token_key: KEY,
            shortage: Shortage::Refuse,
            belongs_to: None,
        };
        let replacing = Replacing { member_id: &from, stays: dice.below(2) == 0, successor: successor.clone() };
        let replaced = block_on(taking::replace(&self.database, &adding, &replacing, self.now, &desk(), None));
        match &replaced {
            Ok(()) => {
                let to = match &successor {
                    Successor::New(new) => new.id.clone(),
                    Successor::Member(id) => id.clone(),
                };
                assert_eq!(lots, Kind::ALL.map(|kind| self.lot_of(&to, kind)), "the same licences, another person");
                let available = |balances: [Balance; 2]| balances.map(|balance| balance.available);
                assert_eq!(available(before), available(self.balances()), "giving on needs no new seat");
                if matches!(successor, Successor::New(_)) {
                    self.members += 1;
                }
            }
            Err(error) => {
                assert!(error.asserts("nothing_held") || error.asserts("holds_already"), "{error:?}");
                assert_eq!(before, self.balances(), "a refusal changes nothing");
            }
        }
        format!("replace {from} by {successor:?}: {replaced:?}")
    }

    fn end_early(&mut self, dice: &mut Dice) -> String {
        self.catch_up();
        let first = Instant(self.now.0 - self.now.0.rem_euclid(DAY));
        let ends_at = (dice.below(3) > 0).then(|| first.plus(dice.among(1, 90) * DAY));
        if dice.below(2) == 0 || self.members == 0 {
            let group = dice.one(&GROUPS);
            block_on(groups::set_end(&self.database, "company", group, ends_at, self.now, &desk())).unwrap();
            return format!("the licences of {group} end at {ends_at:?}");
        }
        let person = self.some(dice)[0].clone();
        let set = block_on(groups::set_members_end(
            &self.database,
            "company",
            core::slice::from_ref(&person),
            ends_at,
            self.now,
            &desk(),
        ));
        format!("the licences of {person} end at {ends_at:?}: {set:?}")
    }

    fn change_group(&mut self, dice: &mut Dice) -> String {
        if self.members == 0 {
            return "nobody is there".to_owned();
        }
        self.catch_up();
        let (person, group) = (self.some(dice)[0].clone(), dice.one(&[None, Some("north"), Some("south")]));
        let moved =
            block_on(groups::move_members(&self.database, "company", core::slice::from_ref(&person), group, self.now, &desk()));
        format!("{person} comes into {group:?}: {moved:?}")
    }

    /// Somebody is active.
    fn act(&mut self, dice: &mut Dice) -> String {
        if self.members == 0 {
            return "nobody is there".to_owned();
        }
        self.catch_up();
        let person = self.some(dice)[0].clone();
        let now = self.now.0;
        self.database.execute(&format!("UPDATE members SET last_active_at = {now} WHERE id = '{person}'")).unwrap();
        format!("{person} is active")
    }

    fn decide(&mut self, dice: &mut Dice) -> String {
        self.catch_up();
        self.settings.carry_over = dice.one(CarryOver::ALL);
        self.settings.draw_order = dice.one(DrawOrder::ALL);
        self.settings.sync_shortage = dice.one(SyncShortage::ALL);
        // A lowered limit evicts nobody.
        self.settings.overdraft_limit = dice.among(0, 6);
        let before = self.balances();
        block_on(companies::change(&self.database, "company", &self.settings, self.now, &desk())).unwrap();
        assert_eq!(before, self.balances(), "no setting takes a licence from anybody");
        format!("{:?}", self.settings)
    }

    /// What must be true whatever has happened. `thorough`: also what costs more to find out.
    fn check(&self, thorough: bool) {
        self.catch_up();
        let nothing = |what: &str, sql: &str| assert_eq!(self.count(sql), 0, "{what}");
        nothing(
            "the counters of lots are what the licences say",
            "SELECT count(*) FROM lots
             WHERE pending <> (SELECT count(*) FROM licences l WHERE l.company_id = lots.company_id AND l.lot_id = lots.id AND l.status = 'pending')
               OR in_use <> (SELECT count(*) FROM licences l WHERE l.company_id = lots.company_id AND l.lot_id = lots.id AND l.status = 'in_use')",
        );
        nothing("no lot is oversold", "SELECT count(*) FROM lots WHERE overdraft = 0 AND pending + in_use > quantity");
        nothing(
            "a member holds at most one live licence of a kind",
            "SELECT count(*) FROM (SELECT 1 FROM licences WHERE status <> 'ended' GROUP BY company_id, member_id, kind HAVING count(*) > 1)",
        );
        nothing(
            "no licence ends later than its lot",
            "SELECT count(*) FROM licences l JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id WHERE l.ends_at > lots.ends_at",
        );
        nothing(
            "a lot that is set aside was drawn from by its group, or moved to by it",
            "SELECT count(*) FROM licences l JOIN lots ON lots.id = l.lot_id JOIN members m ON m.id = l.member_id
             WHERE l.status <> 'ended' AND lots.group_id IS NOT NULL AND lots.group_id IS NOT m.group_id
               AND NOT EXISTS (SELECT 1 FROM events e WHERE e.member_id = m.id AND e.what IN ('member_group_changed', 'member_replaced'))",
        );
        nothing(
            "every licence was drawn by one event",
            "SELECT count(*) FROM licences l WHERE (SELECT count(*) FROM events e WHERE e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id AND e.what = 'licence_drawn') <> 1",
        );
        nothing(
            "every licence in use or used was brought into use by one event",
            "SELECT count(*) FROM licences l
             WHERE (SELECT count(*) FROM events e WHERE e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id
               AND (e.what = 'licence_activated' OR (e.what = 'licence_drawn' AND e.to_state = 'in_use'))) <> (l.activated_at IS NOT NULL)",
        );
        nothing(
            "every licence that ended did so by one event, which says why",
            "SELECT count(*) FROM licences l
             WHERE (SELECT count(*) FROM events e WHERE e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id
               AND ((e.what = 'licence_expired' AND l.ended_reason = 'expired') OR (e.what = 'licence_taken_back' AND l.ended_reason = e.to_state))) <> (l.status = 'ended')
               OR (SELECT count(*) FROM events e WHERE e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id
               AND e.what IN ('licence_expired', 'licence_taken_back')) > 1",
        );
        nothing(
            "whoever was removed holds nothing, waits for nothing and can accept nothing",
            "SELECT count(*) FROM members m WHERE m.removed_at IS NOT NULL AND (
               EXISTS (SELECT 1 FROM licences l WHERE l.member_id = m.id AND l.status <> 'ended')
               OR EXISTS (SELECT 1 FROM waiting w WHERE w.member_id = m.id)
               OR EXISTS (SELECT 1 FROM invites i WHERE i.member_id = m.id AND i.state = 'open'))",
        );
        nothing(
            "everybody stands where licences and the line say",
            "SELECT count(*) FROM members m WHERE standing <> CASE
               WHEN m.removed_at IS NOT NULL THEN 'removed'
               ELSE coalesce(
                 (SELECT CASE WHEN lots.overdraft THEN 'overdrawn' ELSE l.status END FROM licences l JOIN lots ON lots.id = l.lot_id
                   WHERE l.member_id = m.id AND l.kind = 'user' AND l.status <> 'ended'),
                 (SELECT 'waiting' FROM waiting w WHERE w.member_id = m.id AND w.kind = 'user'),
                 CASE WHEN m.standing = 'expired' AND EXISTS (SELECT 1 FROM licences l WHERE l.member_id = m.id AND l.kind = 'user' AND l.ended_reason = 'expired')
                   THEN 'expired' ELSE 'none' END) END
               OR user_ends_at IS NOT coalesce((SELECT l.ends_at FROM licences l WHERE l.member_id = m.id AND l.kind = 'user' AND l.status <> 'ended'),
                 CASE WHEN standing = 'expired' THEN user_ends_at END, 253402300799000)",
        );
        nothing(
            "the counters of standings are what the members say",
            "SELECT (SELECT count(*) FROM (
               SELECT * FROM (SELECT '' AS g, standing, count(*) AS n FROM members GROUP BY 2 UNION ALL SELECT group_id, standing, count(*) FROM members WHERE group_id IS NOT NULL GROUP BY 1, 2)
               EXCEPT SELECT group_id, standing, members FROM standings))
             + (SELECT coalesce(sum(members), 0) - 2 * (SELECT count(*) FROM members) + (SELECT count(*) FROM members WHERE group_id IS NULL) FROM standings)",
        );
        nothing(
            "so are those of days of activity",
            "SELECT (SELECT count(*) FROM (SELECT day, members FROM active_days EXCEPT SELECT active_on, count(*) FROM members WHERE standing = 'in_use' GROUP BY 1))
             + (SELECT coalesce(sum(members), 0) - (SELECT count(*) FROM members WHERE standing = 'in_use') FROM active_days)",
        );
        nothing(
            "nobody waits who holds",
            "SELECT count(*) FROM waiting w JOIN licences l ON l.member_id = w.member_id AND l.kind = w.kind AND l.status <> 'ended'",
        );
        nothing(
            "a lot opens once and ends once",
            "SELECT count(*) FROM (SELECT 1 FROM events WHERE what IN ('lot_started', 'lot_ended') GROUP BY what, lot_id HAVING count(*) > 1)",
        );
        nothing(
            "each letter is written once for each receiver",
            "SELECT count(*) FROM (SELECT 1 FROM outbox GROUP BY cause, receiver HAVING count(*) > 1)",
        );
        for kind in Kind::ALL {
            let figures = balance(&self.database, kind, self.now);
            assert_eq!(figures.total, figures.available + figures.in_use + figures.pending);
            let word = kind.as_str();
            let overdrawn = self.count(&format!("SELECT pending + in_use FROM lots WHERE overdraft = 1 AND kind = '{word}'"));
            let waiting = self.count(&format!("SELECT count(*) FROM waiting WHERE kind = '{word}'"));
            let free: i64 = self.rooms(kind).iter().filter(|(_, group, ..)| group.is_none()).map(|(.., free)| free).sum();
            let set_aside: i64 = self.rooms(kind).iter().filter(|(_, group, ..)| group.is_some()).map(|(.., free)| free).sum();
            assert_eq!(figures.available, free + set_aside - overdrawn, "only what is overdrawn makes a balance negative");
            assert!(
                free == 0 || (overdrawn == 0 && waiting == 0),
                "{free} free although {overdrawn} overdrawn, {waiting} waiting"
            );
        }
        if thorough {
            self.check_history();
        }
    }

    /// The history alone says what the tables say, now and at every midnight that has passed.
    fn check_history(&self) {
        let entries = entries(&self.database);
        let mut ledger = Ledger::new();
        entries.iter().for_each(|entry| ledger.write(entry));
        assert_eq!(ledger.oddities(), 0, "the history makes sense");
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(
                ledger.balance(kind, self.now),
                balance(&self.database, kind, self.now),
                "the history's balance of {kind:?}"
            );
            for (midnight, balances) in &self.midnights {
                let expected = balances[index];
                assert_eq!(
                    balance_on(&entries, kind, midnight.plus(-1)),
                    expected,
                    "{kind:?} before {midnight:?}, by the history"
                );
                let explained = block_on(explain::balance(&self.database, "company", kind, *midnight, self.now)).unwrap();
                assert_eq!(explained.then, expected, "{kind:?} before {midnight:?}, by the movements");
            }
        }
        let found = block_on(audit::run(&self.database, "company", self.now)).unwrap();
        assert!(found.differences.is_empty(), "{:#?}", found.differences);
    }
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn whatever_happens_the_invariants_hold() {
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let seed = setting("SEATWISE_SEED", u64::try_from(clock.as_nanos() & 0xFFFF_FFFF).unwrap() | 1);
    let operations = usize::try_from(setting("SEATWISE_OPERATIONS", u64::try_from(OPERATIONS).unwrap())).unwrap();
    println!("SEATWISE_SEED={seed} SEATWISE_OPERATIONS={operations}");
    let mut dice = Dice(seed);
    let mut world = World::new(&mut dice);
    let mut done: Vec<String> = Vec::new();
    for operation in 0..operations {
        if operation > 0 && operation % EACH_COMPANY == 0 {
            world = World::new(&mut dice);
            done.clear();
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            done.push(world.step(&mut dice));
            world.check(operation % 10 == 9);
        }));
        let story = || done.iter().rev().take(8).rev().cloned().collect::<Vec<_>>().join("\n  ");
        assert!(outcome.is_ok(), "after operation {operation} with SEATWISE_SEED={seed}; the last ones:\n  {}", story());
    }
}
