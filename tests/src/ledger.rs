//! The balance of any past moment, from the history alone. It knows nothing of the tables in which the present is kept,
//! so it can be held against them.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatwise_domain::{Balance, Instant, Kind, Term};

/// A line of the history, as far as balances depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub what: EntryKind,
}

/// What can happen to lots and licences. Members, licences and lots are given by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A lot was assigned. It is in force from its start, or from this entry if that is later, to its end.
    LotStarted {
        /// The lot.
        lot: String,
        /// What its licences open.
        kind: Kind,
        /// How many licences there are.
        quantity: i64,
        /// The first moment of its term.
        starts_at: Instant,
        /// The first moment after its term.
        ends_at: Instant,
    },
    /// A licence was drawn for somebody.
    Drawn {
        /// For whom.
        member: String,
        /// The licence.
        licence: String,
        /// What it opens.
        kind: Kind,
        /// The lot that it was drawn from.
        lot: String,
        /// The first moment after its term.
        ends_at: Instant,
        /// Whether it is in use at once; otherwise it is pending.
        in_use: bool,
    },
    /// A pending licence came into use.
    Activated {
        /// Whose.
        member: String,
        /// The licence.
        licence: String,
    },
    /// A licence was settled onto another lot, or carried over to it.
    Moved {
        /// Whose.
        member: String,
        /// The licence.
        licence: String,
        /// The lot that it belongs to from now on.
        lot: String,
        /// The first moment after its new term.
        ends_at: Instant,
    },
    /// A licence got another end.
    EndChanged {
        /// Whose.
        member: String,
        /// The licence.
        licence: String,
        /// The first moment after its new term.
        ends_at: Instant,
    },
    /// Licences were taken out of a lot that has started.
    LotReduced {
        /// The lot.
        lot: String,
        /// How many.
        by: i64,
    },
    /// A lot ends later. One that has not started is told of with its start.
    LotExtended {
        /// The lot.
        lot: String,
        /// The first moment after its term.
        ends_at: Instant,
    },
    /// A licence expired or was taken back.
    Ended {
        /// Whose.
        member: String,
        /// The licence.
        licence: String,
    },
}

/// A licence that has not been written down as ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// What it opens.
    pub kind: Kind,
    /// The id of the lot that it belongs to.
    pub lot: &'a str,
    /// Whether it is in use; otherwise it is pending.
    pub in_use: bool,
    /// The first moment after its term. It may have come: then the licence has expired, and only the entry that says so
    /// is yet to be written.
    pub ends_at: Instant,
}

/// What a history adds up to after the entries written so far.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// All lots that were named, whether or not they have started yet. Licences share their ids.
    lots: BTreeMap<Arc<str>, Option<Lot>>,
    /// The licences that have not ended, by member. A member has one or two, so a list is the smallest home for them.
    members: BTreeMap<Box<str>, Vec<Licence>>,
    oddities: u64,
}

/// A lot that has been assigned.
#[derive(Clone, Debug)]
struct Lot {
    kind: Kind,
    quantity: i64,
    in_force: Term,
}

#[derive(Clone, Debug)]
struct Licence {
    id: Box<str>,
    lot: Arc<str>,
    ends_at: Instant,
    kind: Kind,
    in_use: bool,
}

impl Licence {
    fn held(&self) -> Held<'_> {
        Held { kind: self.kind, lot: &self.lot, in_use: self.in_use, ends_at: self.ends_at }
    }
}

impl Ledger {
    /// A ledger without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes the next entry. One that doesn't fit what was written before changes nothing; see [`Self::oddities`].
    pub fn write(&mut self, entry: &Entry) {
        if self.fit(entry).is_none() {
            self.oddities = self.oddities.saturating_add(1);
        }
    }

    /// How many entries didn't fit: those about a licence that was not drawn or has ended, and lots that started and
    /// licences that were drawn a second time. A licence that has ended is forgotten, so that it can be drawn anew.
    #[must_use]
    pub const fn oddities(&self) -> u64 {
        self.oddities
    }

    /// The balance at a moment that is not before any entry written so far. The past beyond that is gone: it takes
    /// [`balance_on`].
    ///
    /// A lot counts while it is in force. A licence counts until its own end, whether or not that has been written down.
    #[must_use]
    pub fn balance(&self, kind: Kind, at: Instant) -> Balance {
        let lots = self.lots.values().flatten().filter(|lot| lot.kind == kind && lot.in_force.contains(at));
        let total = lots.fold(0_i64, |sum, lot| sum.saturating_add(lot.quantity));
        let live = self.members.values().flatten().filter(|licence| licence.kind == kind && at < licence.ends_at);
        let (in_use, pending) = live.fold((0_i64, 0_i64), |(in_use, pending), licence| match licence.in_use {
            true => (in_use.saturating_add(1), pending),
            false => (in_use, pending.saturating_add(1)),
        });
        Balance::of(total, in_use, pending)
    }

    /// Where a member's licence stands after all entries; nothing when it was not drawn or has ended.
    #[must_use]
    pub fn held(&self, member: &str, licence: &str) -> Option<Held<'_>> {
        self.members.get(member)?.iter().find(|one| &*one.id == licence).map(Licence::held)
    }

    /// All licences that have not ended after all entries: member, licence, and where it stands. Members go by id, and
    /// the licences of one member in the order in which they were drawn.
    pub fn live(&self) -> impl Iterator<Item = (&str, &str, Held<'_>)> {
        self.members.iter().flat_map(|(member, licences)| licences.iter().map(|one| (&**member, &*one.id, one.held())))
    }

    /// Writes an entry, or finds that it doesn't fit.
    fn fit(&mut self, entry: &Entry) -> Option<()> {
        match &entry.what {
            EntryKind::LotStarted { lot, kind, quantity, starts_at, ends_at } => {
                let place = self.lots.entry(lot.as_str().into()).or_default();
                if place.is_some() {
                    return None;
                }
                let in_force = Term { starts_at: entry.at.max(*starts_at), ends_at: *ends_at };
                *place = Some(Lot { kind: *kind, quantity: *quantity, in_force });
            }
            EntryKind::Drawn { member, licence, kind, lot, ends_at, in_use } => {
                if self.held(member, licence).is_some() {
                    return None;
                }
                let id = licence.as_str().into();
                let drawn = Licence { id, lot: self.lot(lot), ends_at: *ends_at, kind: *kind, in_use: *in_use };
                match self.members.get_mut(member.as_str()) {
                    Some(licences) => {
                        // A list would grow to room for four, which is too much a hundred thousand times.
                        licences.reserve_exact(1);
                        licences.push(drawn);
                    }
                    None => {
                        self.members.insert(member.as_str().into(), vec![drawn]);
                    }
                }
            }
            EntryKind::LotReduced { lot, by } => {
                let lot = self.lots.get_mut(lot.as_str())?.as_mut()?;
                lot.quantity = lot.quantity.saturating_sub(*by);
            }
            EntryKind::LotExtended { lot, ends_at } => {
                if let Some(Some(lot)) = self.lots.get_mut(lot.as_str()) {
                    lot.in_force.ends_at = *ends_at;
                }
            }
            EntryKind::Activated { member, licence } => self.licence(member, licence)?.in_use = true,
            EntryKind::Moved { member, licence, lot, ends_at } => {
                self.held(member, licence)?;
                let lot = self.lot(lot);
                let licence = self.licence(member, licence)?;
                (licence.lot, licence.ends_at) = (lot, *ends_at);
            }
            EntryKind::EndChanged { member, licence, ends_at } => self.licence(member, licence)?.ends_at = *ends_at,
            EntryKind::Ended { member, licence } => {
                let licences = self.members.get_mut(member.as_str())?;
                let place = licences.iter().position(|one| *one.id == **licence)?;
                licences.remove(place);
                if licences.is_empty() {
                    self.members.remove(member.as_str());
                }
            }
        }
        Some(())
    }

    /// A lot's id, to be shared. Lots can be named before they start: an overdraft never does.
    fn lot(&mut self, lot: &str) -> Arc<str> {
        match self.lots.get_key_value(lot) {
            Some((id, _)) => Arc::clone(id),
            None => {
                let id = Arc::<str>::from(lot);
                self.lots.insert(Arc::clone(&id), None);
                id
            }
        }
    }

    fn licence(&mut self, member: &str, licence: &str) -> Option<&mut Licence> {
        self.members.get_mut(member)?.iter_mut().find(|one| &*one.id == licence)
    }
}

/// The balance at a moment of the past, or now: from those of the entries, in the given order, that had been made by
/// then.
#[must_use]
pub fn balance_on(entries: &[Entry], kind: Kind, at: Instant) -> Balance {
    let mut ledger = Ledger::new();
    entries.iter().filter(|entry| entry.at <= at).for_each(|entry| ledger.write(entry));
    ledger.balance(kind, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A throw of the dice for one entry: what, who, which lot, how long, a number, and how much time has passed since.
    type Throw = (u8, usize, usize, i64, i64, i64);

    fn throws() -> impl Strategy<Value = Vec<Throw>> {
        prop::collection::vec((0..10_u8, 0..6_usize, 0..4_usize, 0_i64..30, 0_i64..10, 0_i64..4), 0..60)
    }

    fn kind_of(number: i64) -> Kind {
        Kind::ALL[number as usize % 2]
    }

    fn lot_id(number: usize) -> String {
        format!("lot-{number}")
    }

    /// Everything that a throw can say, whether or not it makes sense.
    fn entry((what, who, lot, length, number, _): Throw, at: Instant) -> Entry {
        let (member, licence) = (format!("member-{}", who / 2), format!("licence-{who}"));
        let (lot, ends_at) = (lot_id(lot), at.plus(length));
        let what = match what {
            0 => {
                let starts_at = at.plus(number - 5);
                EntryKind::LotStarted { lot, kind: kind_of(length), quantity: number, starts_at, ends_at }
            }
            1 | 2 => EntryKind::Drawn { member, licence, kind: kind_of(number), lot, ends_at, in_use: number > 6 },
            3 | 4 => EntryKind::Activated { member, licence },
            5 => EntryKind::Moved { member, licence, lot, ends_at },
            6 => EntryKind::EndChanged { member, licence, ends_at },
            7 => EntryKind::LotReduced { lot, by: number.min(3) },
            8 => EntryKind::LotExtended { lot, ends_at },
            _ => EntryKind::Ended { member, licence },
        };
        Entry { at, what }
    }

    /// A history of anything at all, in the order of time.
    fn any_history() -> impl Strategy<Value = Vec<Entry>> {
        throws().prop_map(|throws| {
            let mut at = Instant(100);
            let one = |throw: Throw| {
                at = at.plus(throw.5);
                entry(throw, at)
            };
            throws.into_iter().map(one).collect()
        })
    }

    /// A history without oddities: every throw is turned into one that fits, and a licence's id is never used again.
    fn a_history() -> impl Strategy<Value = Vec<Entry>> {
        throws().prop_map(|throws| {
            let (mut at, mut lots, mut drawn) = (Instant(100), 0, 0);
            let mut live: Vec<(String, String)> = Vec::new();
            let mut entries = Vec::new();
            for (what, who, lot, length, number, passed) in throws {
                at = at.plus(passed);
                let mut made = entry((what, who, lot, length, number, passed), at);
                let chosen = (!live.is_empty()).then(|| who % live.len().max(1));
                match &mut made.what {
                    EntryKind::LotStarted { lot, .. } => {
                        *lot = lot_id(lots);
                        lots += 1;
                    }
                    EntryKind::LotReduced { lot, .. } | EntryKind::LotExtended { lot, .. } => {
                        if lots == 0 {
                            continue;
                        }
                        *lot = lot_id(lots - 1);
                    }
                    EntryKind::Drawn { member, licence, .. } => {
                        *licence = format!("licence-{drawn}");
                        drawn += 1;
                        live.push((member.clone(), licence.clone()));
                    }
                    EntryKind::Activated { member, licence }
                    | EntryKind::Moved { member, licence, .. }
                    | EntryKind::EndChanged { member, licence, .. } => {
                        let Some(chosen) = chosen else { continue };
                        (*member, *licence) = live[chosen].clone();
                    }
                    EntryKind::Ended { member, licence } => {
                        let Some(chosen) = chosen else { continue };
                        (*member, *licence) = live.remove(chosen);
                    }
                }
                entries.push(made);
            }
            entries
        })
    }

    fn names(entry: &Entry) -> Option<(&str, &str)> {
        match &entry.what {
            EntryKind::LotStarted { .. } | EntryKind::LotReduced { .. } | EntryKind::LotExtended { .. } => None,
            EntryKind::Drawn { member, licence, .. }
            | EntryKind::Activated { member, licence }
            | EntryKind::Moved { member, licence, .. }
            | EntryKind::EndChanged { member, licence, .. }
            | EntryKind::Ended { member, licence } => Some((member, licence)),
        }
    }

    /// Everything that is held, counted anew: each drawing is followed by itself through all that came after it. Only for
    /// histories without oddities.
    fn recount(entries: &[Entry]) -> Vec<(String, String, Kind, String, bool, Instant)> {
        let mut held = Vec::new();
        for (place, drawing) in entries.iter().enumerate() {
            let EntryKind::Drawn { member, licence, kind, lot, ends_at, in_use } = &drawing.what else { continue };
            let own: Vec<_> = entries[place..].iter().filter(|one| names(one) == Some((member, licence))).collect();
            if own.iter().any(|one| matches!(one.what, EntryKind::Ended { .. })) {
                continue;
            }
            let in_use = *in_use || own.iter().any(|one| matches!(one.what, EntryKind::Activated { .. }));
            let lots = own.iter().rev().find_map(|one| match &one.what {
                EntryKind::Moved { lot, .. } => Some(lot),
                _ => None,
            });
            let ends = own.iter().rev().find_map(|one| match &one.what {
                EntryKind::Moved { ends_at, .. } | EntryKind::EndChanged { ends_at, .. } => Some(*ends_at),
                _ => None,
            });
            let lot = lots.unwrap_or(lot).clone();
            held.push((member.clone(), licence.clone(), *kind, lot, in_use, ends.unwrap_or(*ends_at)));
        }
        held.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        held
    }

    fn balance_recounted(entries: &[Entry], kind: Kind, at: Instant) -> Balance {
        let until: Vec<_> = entries.iter().filter(|entry| entry.at.0 <= at.0).cloned().collect();
        let mut total = 0;
        for entry in &until {
            let EntryKind::LotStarted { kind: of, quantity, starts_at, ends_at, lot } = &entry.what else { continue };
            let corrections = until.iter().skip_while(|one| *one != entry);
            let (mut quantity, mut ends_at) = (*quantity, *ends_at);
            for correction in corrections {
                match &correction.what {
                    EntryKind::LotReduced { lot: one, by } if one == lot => quantity -= by,
                    EntryKind::LotExtended { lot: one, ends_at: later } if one == lot => ends_at = *later,
                    _ => {}
                }
            }
            if *of == kind && starts_at.0 <= at.0 && at.0 < ends_at.0 {
                total += quantity;
            }
        }
        let held = recount(&until);
        let count = |wanted| held.iter().filter(|one| one.2 == kind && one.4 == wanted && one.5.0 > at.0).count() as i64;
        Balance { available: total - count(true) - count(false), in_use: count(true), pending: count(false), total }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn the_balance_of_any_moment_is_what_a_recount_finds(entries in a_history()) {
            let last = entries.last().map_or(100, |entry| entry.at.0);
            for at in (90..last + 40).map(Instant) {
                for kind in Kind::ALL {
                    prop_assert_eq!(balance_on(&entries, kind, at), balance_recounted(&entries, kind, at), "{:?} at {:?}", kind, at);
                }
            }
        }

        #[test]
        fn what_is_held_is_what_a_recount_finds(entries in a_history()) {
            let mut ledger = Ledger::new();
            for (written, entry) in entries.iter().enumerate() {
                ledger.write(entry);
                let recounted = recount(&entries[..=written]);
                let own = |(member, licence, held): (&str, &str, Held<'_>)| {
                    (member.to_owned(), licence.to_owned(), held.kind, held.lot.to_owned(), held.in_use, held.ends_at)
                };
                let mut live: Vec<_> = ledger.live().map(own).collect();
                live.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
                prop_assert_eq!(&live, &recounted);
                for (member, licence, ..) in &recounted {
                    let held = ledger.held(member, licence).map(|held| own((member, licence, held)));
                    prop_assert!(held.is_some_and(|held| recounted.contains(&held)));
                }
                if let (Some((member, licence)), EntryKind::Ended { .. }) = (names(entry), &entry.what) {
                    prop_assert_eq!(ledger.held(member, licence), None);
                }
            }
            prop_assert_eq!(ledger.oddities(), 0);
        }

        #[test]
        fn a_ledger_that_is_carried_forward_agrees_with_the_history(entries in any_history()) {
            let mut ledger = Ledger::new();
            for (written, entry) in entries.iter().enumerate() {
                ledger.write(entry);
                // Until the next entry, whenever that is.
                let next = entries.get(written + 1).map_or(entry.at.plus(40), |next| next.at);
                for at in (entry.at.0..next.0).map(Instant) {
                    for kind in Kind::ALL {
                        prop_assert_eq!(ledger.balance(kind, at), balance_on(&entries, kind, at));
                    }
                }
            }
        }

        #[test]
        fn what_does_not_fit_is_counted_and_changes_nothing(entries in any_history()) {
            let (mut all, mut fitting) = (Ledger::new(), Ledger::new());
            let mut odd = 0;
            let (mut lots, mut live) = (Vec::new(), Vec::new());
            for entry in &entries {
                let fits = match (&entry.what, names(entry)) {
                    (EntryKind::LotStarted { lot, .. }, _) => !lots.contains(lot),
                    (EntryKind::Drawn { .. }, Some(names)) => !live.contains(&names),
                    (EntryKind::LotReduced { lot, .. }, _) => lots.contains(lot),
                    (EntryKind::LotExtended { .. }, _) => true,
                    (_, Some(names)) => live.contains(&names),
                    (_, None) => false,
                };
                match (&entry.what, names(entry)) {
                    (EntryKind::LotStarted { lot, .. }, _) if fits => lots.push(lot.clone()),
                    (EntryKind::Drawn { .. }, Some(names)) if fits => live.push(names),
                    (EntryKind::Ended { .. }, Some(names)) => live.retain(|one| *one != names),
                    _ => {}
                }
                all.write(entry);
                if fits { fitting.write(entry) } else { odd += 1 }
                prop_assert_eq!(all.oddities(), odd, "{:?}", entry);
                prop_assert!(all.live().eq(fitting.live()));
                for kind in Kind::ALL {
                    prop_assert_eq!(all.balance(kind, entry.at), fitting.balance(kind, entry.at));
                }
            }
            prop_assert_eq!(fitting.oddities(), 0);
        }
    }

    fn started(at: i64, starts_at: i64, ends_at: i64) -> Entry {
        let (starts_at, ends_at) = (Instant(starts_at), Instant(ends_at));
        let what = EntryKind::LotStarted { lot: lot_id(0), kind: Kind::User, quantity: 5, starts_at, ends_at };
        Entry { at: Instant(at), what }
    }

    #[test]
    fn a_lot_counts_from_its_assignment_or_its_start_to_its_end() {
        let total = |entry: Entry, at| balance_on(&[entry], Kind::User, Instant(at)).total;
        for (at, expected) in [(9, 0), (10, 5), (19, 5), (20, 0)] {
            assert_eq!(total(started(10, 1, 20), at), expected, "assigned after its start, at {at}");
            assert_eq!(total(started(1, 10, 20), at), expected, "assigned before its start, at {at}");
        }
        // Who asks for a moment before the entry is told the truth as well.
        let mut ledger = Ledger::new();
        ledger.write(&started(10, 1, 20));
        assert_eq!(ledger.balance(Kind::User, Instant(9)).total, 0);
    }

    #[test]
    fn a_licence_counts_until_its_end_though_nothing_has_written_that_down() {
        let (member, licence, lot) = ("member".to_owned(), "licence".to_owned(), lot_id(0));
        let drawn = EntryKind::Drawn { member, licence, kind: Kind::User, lot, ends_at: Instant(20), in_use: false };
        let entries = [started(10, 10, 20), Entry { at: Instant(12), what: drawn }];
        let at = |at| balance_on(&entries, Kind::User, Instant(at));
        assert_eq!(at(11), Balance::of(5, 0, 0));
        assert_eq!(at(12), Balance::of(5, 0, 1));
        assert_eq!(at(19), Balance::of(5, 0, 1));
        assert_eq!(at(20), Balance::of(0, 0, 0));
    }

    #[test]
    fn a_hundred_thousand_licences_are_no_burden() {
        let mut ledger = Ledger::new();
        for number in 0..100_000 {
            let (member, licence, lot) = (format!("m{number}"), format!("l{number}"), lot_id(number % 9));
            let what =
                EntryKind::Drawn { member, licence, kind: Kind::Content, lot, ends_at: Instant(50), in_use: number % 2 == 0 };
            ledger.write(&Entry { at: Instant(1), what });
        }
        assert_eq!(ledger.balance(Kind::Content, Instant(2)), Balance::of(0, 50_000, 50_000));
        assert_eq!(ledger.live().count(), 100_000);
    }
}
