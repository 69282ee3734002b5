//! A state machine over the real schema: random sequences of everything that can happen to licences, through the store's
//! own SQL, with the invariants of the product checked after each step.
//!
//! The seed is printed; `SEATWISE_SEED` repeats a run, `SEATWISE_OPERATIONS` makes it longer (`make soak`).

use futures_executor::block_on;
use seatwise_domain::time::{DAY, HOUR};
use seatwise_domain::{EmailAddress, Instant, Kind, Term};
use seatwise_tests::Sqlite;
use seatwise_worker::auth::secret;
use seatwise_worker::jobs::write_down;
use seatwise_worker::store::gate::Shortage;
use seatwise_worker::store::members::{Adding, NewMember};
use seatwise_worker::store::sessions::Who;
use seatwise_worker::store::{Actor, Door, gate, invites, members, sessions};

use crate::support::{KEY, balance, company, desk, lot, start};

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
}

/// One company and what the test knows of it.
struct World {
    database: Sqlite,
    now: Instant,
    lots: usize,
    members: usize,
    /// Hashes of the tokens of invites, in the order in which they were sent.
    invites: Vec<String>,
}

impl World {
    fn new() -> Self {
        Self { database: company(), now: start(), lots: 0, members: 0, invites: Vec::new() }
    }

    fn query(&self, sql: &str) -> Vec<serde_json::Value> {
        self.database.query(sql).unwrap()
    }

    fn count(&self, sql: &str) -> i64 {
        self.query(sql)[0].as_object().unwrap().values().next().unwrap().as_i64().unwrap()
    }

    /// Does something at random; says what.
    fn step(&mut self, dice: &mut Dice) -> String {
        match dice.below(100) {
            0..15 => self.assign(dice),
            15..50 => self.add(dice),
            50..75 => self.accept(dice),
            75..90 => {
                let hours = if dice.below(4) == 0 { dice.among(1, 60) * 24 } else { dice.among(0, 48) };
                self.now = self.now.plus(hours * HOUR);
                format!("{hours} hours pass")
            }
            _ => self.run(dice),
        }
    }

    fn assign(&mut self, dice: &mut Dice) -> String {
        let kind = if dice.below(3) == 0 { Kind::Content } else { Kind::User };
        let quantity = dice.among(1, 12);
        // Also terms that began in the past, are over already, or are still to come.
        let starts_at = self.now.plus(dice.among(-400, 40) * DAY);
        let months = u32::try_from(dice.among(1, 14)).unwrap();
        self.lots += 1;
        lot(&self.database, &self.lots.to_string(), kind, quantity, Term::new(starts_at, months).unwrap());
        format!("{quantity} {kind:?} licences for {months} months from {starts_at:?}")
    }

    fn add(&mut self, dice: &mut Dice) -> String {
        let how_many = if dice.below(4) == 0 { dice.among(2, 9) } else { 1 };
        let content_with_user = dice.below(4) == 0;
        let before = (balance(&self.database, Kind::User, self.now), balance(&self.database, Kind::Content, self.now));
        let people: Vec<NewMember> = (0..how_many)
            .map(|index| {
                let number = self.members + usize::try_from(index).unwrap();
                NewMember {
                    id: format!("member-{number:06}"),
                    email: EmailAddress::parse(&format!("m{number}@example.com")).unwrap(),
                    name: None,
                    learner: true,
                    manager: dice.below(10) == 0,
                    group: None,
                }
            })
            .collect();
        let adding =
            Adding { company_id: "company", content_with_user, token_key: KEY, shortage: Shortage::Refuse, belongs_to: None };
        let added = block_on(members::add(&self.database, &adding, &people, self.now, &desk(), None));
        let enough = before.0.available >= how_many && (!content_with_user || before.1.available >= how_many);
        match &added {
            Ok(()) => assert!(enough, "{how_many} were added although {before:?}"),
            Err(error) => {
                assert!(gate::short_of(error).is_some(), "{error:?}");
                assert!(!enough, "{how_many} were refused although {before:?}");
                let after = (balance(&self.database, Kind::User, self.now), balance(&self.database, Kind::Content, self.now));
                assert_eq!(before, after, "a refusal changes nothing");
            }
        }
        if added.is_ok() {
            for row in self.query(&format!("SELECT token_hash FROM invites WHERE member_id >= 'member-{:06}'", self.members)) {
                self.invites.push(row["token_hash"].as_str().unwrap().to_owned());
            }
            self.members += people.len();
        }
        format!("add {how_many}, content {content_with_user}: {added:?}")
    }

    fn accept(&mut self, dice: &mut Dice) -> String {
        if self.invites.is_empty() {
            return "nobody is invited".to_owned();
        }
        let index = usize::try_from(dice.below(u64::try_from(self.invites.len()).unwrap())).unwrap();
        let token_hash = self.invites[index].clone();
        let invite = match block_on(invites::find(&self.database, &token_hash, self.now)).unwrap() {
            Ok(invite) => invite,
            Err(problem) => return format!("accept: {problem:?}"),
        };
        let who = Who::Member { company_id: invite.company_id.clone(), member_id: invite.member_id.clone() };
        let session = sessions::start(&secret::new_token().unwrap(), &invite.email, &who, self.now);
        let actor = Actor { door: Door::Invite, id: Some(invite.member_id.clone()), name: None };
        let before = balance(&self.database, Kind::User, self.now);
        let accepted = block_on(invites::accept(&self.database, &invite, &token_hash, self.now, &actor, vec![session]));
        let after = balance(&self.database, Kind::User, self.now);
        assert_eq!(accepted, Ok(()), "accepting an open invite never fails for lack of licences");
        assert_eq!(before.available, after.available, "accepting needs no new seat");
        "accept".to_owned()
    }

    fn run(&mut self, dice: &mut Dice) -> String {
        let shown = |world: &Self| Kind::ALL.map(|kind| balance(&world.database, kind, world.now).total);
        let before = shown(self);
        let times = dice.among(1, 2);
        for _ in 0..times {
            block_on(write_down(&self.database, self.now)).unwrap();
        }
        assert_eq!(before, shown(self), "writing expiries down changes no total: it was true before");
        format!("scheduled run, {times} times")
    }

    /// What must be true whatever has happened.
    fn check(&self) {
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
            "every licence was drawn by one event",
            "SELECT count(*) FROM licences l WHERE (SELECT count(*) FROM events e WHERE e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id AND e.what = 'licence_drawn') <> 1",
        );
        nothing(
            "every licence in use or used was brought into use by one event",
            "SELECT count(*) FROM licences l
             WHERE (SELECT count(*) FROM events e WHERE e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id AND e.what = 'licence_activated') <> (l.activated_at IS NOT NULL)",
        );
        nothing(
            "every expired licence expired by one event",
            "SELECT count(*) FROM licences l
             WHERE (SELECT count(*) FROM events e WHERE e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id AND e.what = 'licence_expired') <> (l.ended_reason IS 'expired')",
        );
        nothing(
            "each letter is written once for each receiver",
            "SELECT count(*) FROM (SELECT 1 FROM outbox GROUP BY cause, receiver HAVING count(*) > 1)",
        );
        for kind in Kind::ALL {
            let figures = balance(&self.database, kind, self.now);
            assert_eq!(figures.total, figures.available + figures.in_use + figures.pending);
            assert!(figures.available >= 0, "nobody overdraws by hand: {figures:?}");
        }
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
    let mut world = World::new();
    for operation in 0..operations {
        if operation > 0 && operation % EACH_COMPANY == 0 {
            world = World::new();
        }
        let done = world.step(&mut dice);
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| world.check()));
        assert!(checked.is_ok(), "after operation {operation} with SEATWISE_SEED={seed}: {done}");
    }
}
