//! What lies ahead: for each lot that ends, how many licences lapse unused, how many of those held move on to another
//! lot, and how many expire. It is today's figures played forward: nobody joins, nobody leaves, no lot is bought.

use core::iter;

use crate::kind::Kind;
use crate::policy::{CarryOver, DrawOrder};
use crate::seats::{self, Room};
use crate::time::{Instant, Term};

/// A lot as it stands now. All figures count licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotAhead<'a> {
    /// The lot's id.
    pub id: &'a str,
    /// What its licences open.
    pub kind: Kind,
    /// The group that it is earmarked for; nothing when it serves everybody.
    pub group: Option<&'a str>,
    /// The first moment of its term.
    pub starts_at: Instant,
    /// The first moment after its term; [`Instant::NEVER`] for an overdraft, which is left out of the forecast.
    pub ends_at: Instant,
    /// How many there are.
    pub quantity: i64,
    /// How many are held now, pending or in use. Those whose own end has passed are not among them.
    pub held: i64,
    /// How many of those held had activity in the last [`ACTIVE_DAYS`](crate::policy::ACTIVE_DAYS) days.
    pub active: i64,
    /// How many of those held end before the lot does, by an end date of their own.
    pub early: i64,
}

/// What becomes of a lot at its end. All figures count licences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotEnd {
    /// The lot's id.
    pub lot: String,
    /// What its licences open.
    pub kind: Kind,
    /// The first moment after its term.
    pub ends_at: Instant,
    /// How many there are.
    pub quantity: i64,
    /// How many are still held at the end, among them those who were carried over to it.
    pub held: i64,
    /// How many of those held move on to another lot.
    pub carried: i64,
    /// How many of those held don't move on: they expire.
    pub expiring: i64,
    /// How many lapse without anybody holding them.
    pub unused: i64,
}

/// What ends in one calendar month in UTC: the sums over the lots that end in it. All figures count licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// The month's first moment.
    pub month: Instant,
    /// What the licences open.
    pub kind: Kind,
    /// How many there are in the lots that end.
    pub ending: i64,
    /// How many of them are still held at the end.
    pub held: i64,
    /// How many of those held move on to another lot.
    pub carried: i64,
    /// How many of those held expire.
    pub expiring: i64,
    /// How many lapse without anybody holding them.
    pub unused: i64,
}

/// What becomes of every lot that ends after `now`, the first to end first and those that end together by id.
///
/// At a lot's end, those who are carried over take seats in the lots of its kind that are in force then: first in those
/// of the lot's own group, then in those without a group, in the given order. They count as active when the next lot
/// ends. The seats of those who end early are not given to anybody: when they become free isn't known here.
#[must_use]
pub fn lot_ends(lots: &[LotAhead<'_>], policy: CarryOver, order: DrawOrder, now: Instant) -> Vec<LotEnd> {
    let mut ahead: Vec<_> = lots.iter().filter(|lot| now < lot.ends_at && lot.ends_at != Instant::NEVER).collect();
    ahead.sort_by_key(|lot| (lot.ends_at, lot.id));
    // How many were carried over to each lot so far.
    let mut arrived = vec![0_i64; ahead.len()];
    let mut ends = Vec::with_capacity(ahead.len());
    for (index, lot) in ahead.iter().enumerate() {
        let came = arrived.get(index).copied().unwrap_or(0);
        let held = lot.held.max(0).saturating_add(came).saturating_sub(lot.early.max(0)).max(0);
        let eligible = match policy {
            CarryOver::All => held,
            CarryOver::Active => lot.active.max(0).saturating_add(came).min(held),
            CarryOver::Nobody => 0,
        };
        // Those that ended before this one, and the lot itself, are no longer in force.
        let rooms = ahead.iter().zip(&arrived).enumerate().filter(|(_, (other, _))| {
            other.kind == lot.kind && Term { starts_at: other.starts_at, ends_at: other.ends_at }.contains(lot.ends_at)
        });
        let rooms = rooms.map(|(index, (other, came))| {
            let free = other.quantity.saturating_sub(other.held.max(0)).saturating_sub(*came);
            (index, Room { lot: other.id, group: other.group, ends_at: other.ends_at, free })
        });
        let seated = seats::seat_many(eligible, lot.group, rooms, order);
        let mut carried = 0_i64;
        for (index, taken) in seated {
            carried = carried.saturating_add(taken);
            if let Some(arrived) = arrived.get_mut(index) {
                *arrived = arrived.saturating_add(taken);
            }
        }
        ends.push(LotEnd {
            lot: lot.id.to_owned(),
            kind: lot.kind,
            ends_at: lot.ends_at,
            quantity: lot.quantity,
            held,
            carried,
            expiring: held.saturating_sub(carried),
            unused: lot.quantity.saturating_sub(held).max(0),
        });
    }
    ends
}

/// The sums for `count` calendar months in UTC, the first of which is the month of `now`: both kinds for every month,
/// user licences first, also when nothing ends. Fewer months where the calendar ends, which is after the year 9999.
#[must_use]
pub fn months(ends: &[LotEnd], now: Instant, count: u32) -> Vec<Month> {
    let first = now.calendar_day().and_then(|(year, month, _)| Instant::from_date(&format!("{year:04}-{month:02}-01")));
    let start = |months: u32| first.and_then(|first| first.plus_months(months));
    (0..count)
        .map_while(|index| Some((start(index)?, start(index.checked_add(1)?)?)))
        .flat_map(|(month, next)| Kind::ALL.into_iter().zip(iter::repeat((month, next))))
        .map(|(kind, (month, next))| {
            let nothing = Month { month, kind, ending: 0, held: 0, carried: 0, expiring: 0, unused: 0 };
            let then = ends.iter().filter(|end| end.kind == kind && month <= end.ends_at && end.ends_at < next);
            then.fold(nothing, |sum, end| Month {
                ending: sum.ending.saturating_add(end.quantity),
                held: sum.held.saturating_add(end.held),
                carried: sum.carried.saturating_add(end.carried),
                expiring: sum.expiring.saturating_add(end.expiring),
                unused: sum.unused.saturating_add(end.unused),
                ..sum
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const GROUPS: [Option<&str>; 3] = [None, Some("north"), Some("south")];
    const IDS: [&str; 10] = ["c", "a", "h", "b", "g", "d", "f", "e", "j", "i"];

    fn day(date: &str) -> Instant {
        Instant::from_date(date).expect("a date")
    }

    fn now() -> Instant {
        day("2026-11-22")
    }

    fn an_order() -> impl Strategy<Value = DrawOrder> {
        prop::sample::select(DrawOrder::ALL)
    }

    fn a_policy() -> impl Strategy<Value = CarryOver> {
        prop::sample::select(CarryOver::ALL)
    }

    /// Up to ten lots, some over, some to come, some overdrawn. They start and end with a third of a
    /// year, so that they meet, and some end a moment before it.
    fn some_lots() -> impl Strategy<Value = Vec<LotAhead<'static>>> {
        let kind = prop::sample::select(&Kind::ALL[..]);
        let group = prop::sample::select(&GROUPS[..]);
        let lot = (kind, group, 0_u32..12, 1_u32..5, 0_i64..12, 0_i64..14, 0_i64..14, 0_i64..5, 0..20_u8);
        prop::collection::vec(lot, 0..=IDS.len()).prop_map(|lots| {
            let lot = |(id, (kind, group, start, length, quantity, held, active, early, overdraft)): (&&'static str, _)| {
                let first = |third: u32| day("2025-11-01").plus_months(third * 4).expect("a month");
                let starts_at = first(start);
                let ends_at = match overdraft {
                    0 => Instant::NEVER,
                    1..=13 => first(start + length),
                    _ => first(start + length).plus(-1),
                };
                // Nobody holds what hasn't started, and rarely is more held than there is.
                let held = if starts_at > now() { 0_i64 } else { std::cmp::min(held, quantity + i64::from(overdraft == 1)) };
                let (active, early) = (std::cmp::min(active, held), std::cmp::min(early, held));
                LotAhead { id, kind, group, starts_at, ends_at, quantity, held, active, early }
            };
            IDS.iter().zip(lots).map(lot).collect()
        })
    }

    /// The same again with one person after another, each with a seat of their own and no shared code.
    fn person_by_person(lots: &[LotAhead<'_>], policy: CarryOver, order: DrawOrder, now: Instant) -> Vec<LotEnd> {
        // Per lot, everybody in it: whether they stay to the end, and whether they are active. Which of the active ones
        // end early isn't known, so as many stay active as can be.
        let mut people: BTreeMap<&str, Vec<(bool, bool)>> = BTreeMap::new();
        for lot in lots {
            let one = |number| (number < lot.held - lot.early, number < lot.active);
            people.insert(lot.id, (0..lot.held).map(one).collect());
        }
        let mut ahead: Vec<_> = lots.iter().filter(|lot| lot.ends_at > now && lot.ends_at.0 != Instant::NEVER.0).collect();
        ahead.sort_by_key(|lot| lot.id);
        ahead.sort_by_key(|lot| lot.ends_at);
        let mut ends = Vec::new();
        for lot in &ahead {
            let staying: Vec<_> = people[lot.id].iter().filter(|person| person.0).copied().collect();
            let moves = |active: bool| match policy {
                CarryOver::All => true,
                CarryOver::Active => active,
                CarryOver::Nobody => false,
            };
            let mut carried = 0;
            for _ in staying.iter().filter(|person| moves(person.1)) {
                let room = |other: &&&LotAhead<'_>| {
                    other.kind == lot.kind
                        && other.starts_at <= lot.ends_at
                        && other.ends_at > lot.ends_at
                        && (other.group.is_none() || other.group == lot.group)
                        && (people[other.id].len() as i64) < other.quantity
                };
                let sign = if order == DrawOrder::FirstToEnd { 1 } else { -1 };
                let best =
                    ahead.iter().filter(room).min_by_key(|other| (other.group.is_none(), sign * other.ends_at.0, other.id));
                if let Some(best) = best {
                    people.get_mut(best.id).expect("a lot").push((true, true));
                    carried += 1;
                }
            }
            let held = staying.len() as i64;
            ends.push(LotEnd {
                lot: lot.id.to_owned(),
                kind: lot.kind,
                ends_at: lot.ends_at,
                quantity: lot.quantity,
                held,
                carried,
                expiring: held - carried,
                unused: (lot.quantity - held).max(0),
            });
        }
        ends
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn it_is_what_person_by_person_would_be(lots in some_lots(), policy in a_policy(), order in an_order()) {
            prop_assert_eq!(lot_ends(&lots, policy, order, now()), person_by_person(&lots, policy, order, now()));
        }

        #[test]
        fn every_lot_that_ends_is_there_once_and_in_order(lots in some_lots(), policy in a_policy(), order in an_order()) {
            let ends = lot_ends(&lots, policy, order, now());
            prop_assert!(ends.is_sorted_by(|a, b| (a.ends_at, &a.lot) < (b.ends_at, &b.lot)));
            let expected = lots.iter().filter(|lot| lot.ends_at > now() && lot.ends_at != Instant::NEVER);
            prop_assert_eq!(ends.len(), expected.count());
        }

        #[test]
        fn the_figures_add_up(lots in some_lots(), policy in a_policy(), order in an_order()) {
            for end in lot_ends(&lots, policy, order, now()) {
                prop_assert_eq!(end.carried + end.expiring, end.held, "{:?}", end);
                prop_assert!(end.carried >= 0 && end.expiring >= 0 && end.unused >= 0, "{end:?}");
                if end.held <= end.quantity {
                    prop_assert_eq!(end.held + end.unused, end.quantity, "{:?}", end);
                } else {
                    prop_assert_eq!(end.unused, 0, "{:?}", end);
                }
            }
        }

        #[test]
        fn nobody_is_carried_where_nobody_should_be(lots in some_lots(), order in an_order()) {
            prop_assert!(lot_ends(&lots, CarryOver::Nobody, order, now()).iter().all(|end| end.carried == 0));
        }

        #[test]
        fn nobody_is_carried_when_there_is_no_other_lot(lots in some_lots(), policy in a_policy(), order in an_order()) {
            for lot in lots {
                prop_assert!(lot_ends(&[lot], policy, order, now()).iter().all(|end| end.carried == 0));
            }
        }

        #[test]
        fn nobody_is_carried_to_a_lot_that_is_not_in_force_or_of_another_kind_or_group(
            lots in some_lots(), policy in a_policy(), order in an_order()
        ) {
            for end in lot_ends(&lots, policy, order, now()) {
                let own = lots.iter().find(|lot| lot.id == end.lot).expect("a lot");
                let fits = |lot: &&LotAhead<'_>| lot.kind == own.kind
                    && lot.starts_at <= end.ends_at && end.ends_at < lot.ends_at && lot.ends_at != Instant::NEVER
                    && (lot.group.is_none() || lot.group == own.group);
                let most: i64 = lots.iter().filter(fits).map(|lot| (lot.quantity - lot.held).max(0)).sum();
                prop_assert!(end.carried <= most, "{end:?} but room for {most}");
            }
        }

        #[test]
        fn all_are_never_fewer_than_the_active(lots in some_lots(), order in an_order()) {
            let all = lot_ends(&lots, CarryOver::All, order, now());
            let active = lot_ends(&lots, CarryOver::Active, order, now());
            // A single lot may carry fewer, because others have filled the room before it; the sum up to any lot can't.
            let mut sums = (0, 0);
            for (all, active) in all.iter().zip(&active) {
                prop_assert!(all.held >= active.held);
                sums = (sums.0 + all.carried, sums.1 + active.carried);
                prop_assert!(sums.0 >= sums.1, "{sums:?} up to {}", all.lot);
            }
        }

        #[test]
        fn no_lot_is_filled_beyond_its_quantity(lots in some_lots(), policy in a_policy(), order in an_order()) {
            for end in lot_ends(&lots, policy, order, now()) {
                let lot = lots.iter().find(|lot| lot.id == end.lot).expect("a lot");
                // Those who came are what is held at the end beyond those who were there and stayed.
                let came = end.held - (lot.held - lot.early);
                prop_assert!(came >= 0);
                prop_assert!(came == 0 || lot.held + came <= lot.quantity, "{came} came to {lot:?}");
            }
        }

        #[test]
        fn the_months_hold_what_ends_in_them(
            lots in some_lots(), policy in a_policy(), order in an_order(), count in 0_u32..40
        ) {
            let ends = lot_ends(&lots, policy, order, now());
            let months = months(&ends, now(), count);
            prop_assert_eq!(months.len(), count as usize * 2);
            let after = day("2026-11-01").plus_months(count).expect("a month");
            for kind in Kind::ALL {
                let within: Vec<_> = ends.iter().filter(|end| end.kind == kind && end.ends_at < after).collect();
                let of_kind: Vec<_> = months.iter().filter(|month| month.kind == kind).collect();
                type Figures = (i64, i64, i64, i64, i64);
                let add = |a: Figures, b: Figures| (a.0 + b.0, a.1 + b.1, a.2 + b.2, a.3 + b.3, a.4 + b.4);
                let expected =
                    within.iter().map(|e| (e.quantity, e.held, e.carried, e.expiring, e.unused)).fold((0, 0, 0, 0, 0), add);
                let sums = of_kind.iter().map(|m| (m.ending, m.held, m.carried, m.expiring, m.unused)).fold((0, 0, 0, 0, 0), add);
                prop_assert_eq!(sums, expected);
            }
            for (place, month) in months.iter().enumerate() {
                prop_assert_eq!(month.kind, Kind::ALL[place % 2]);
                prop_assert_eq!(Some(month.month), day("2026-11-01").plus_months(place as u32 / 2));
                let (year, number, _) = month.month.calendar_day().expect("a day");
                let in_it = |end: &&LotEnd| end.kind == month.kind
                    && end.ends_at.calendar_day().is_some_and(|(y, m, _)| (y, m) == (year, number));
                prop_assert_eq!(month.ending, ends.iter().filter(in_it).map(|end| end.quantity).sum::<i64>());
            }
        }

        #[test]
        fn any_figures_are_borne(
            figures in prop::collection::vec(any::<[i64; 6]>(), 0..6), policy in a_policy(), order in an_order(),
            now in any::<i64>(), count in 0_u32..30
        ) {
            let lot = |[starts_at, ends_at, quantity, held, active, early]: [i64; 6]| LotAhead {
                id: "lot", kind: Kind::User, group: None, starts_at: Instant(starts_at), ends_at: Instant(ends_at),
                quantity, held, active, early,
            };
            let lots: Vec<_> = figures.into_iter().map(lot).collect();
            let ends = lot_ends(&lots, policy, order, Instant(now));
            prop_assert!(ends.iter().all(|end| end.held >= 0 && end.carried <= end.held));
            let _ = months(&ends, Instant(now), count);
        }
    }

    fn lot(id: &'static str, starts: &str, ends: &str, quantity: i64, held: i64) -> LotAhead<'static> {
        let (starts_at, ends_at) = (day(starts), day(ends));
        LotAhead { id, kind: Kind::User, group: None, starts_at, ends_at, quantity, held, active: held, early: 0 }
    }

    #[test]
    fn who_is_carried_over_sits_there_from_then_on() {
        let lots = [
            lot("first", "2026-01-01", "2027-01-01", 10, 8),
            lot("second", "2026-06-01", "2027-06-01", 10, 7),
            lot("third", "2027-06-01", "2028-06-01", 6, 0),
        ];
        let ends = lot_ends(&lots, CarryOver::All, DrawOrder::FirstToEnd, now());
        let figures: Vec<_> = ends.iter().map(|end| (end.held, end.carried, end.expiring, end.unused)).collect();
        // Three find room in the second lot; at its end it is full, and six of ten find room in the third.
        assert_eq!(figures, [(8, 3, 5, 2), (10, 6, 4, 0), (6, 0, 6, 0)]);
    }

    #[test]
    fn a_month_is_a_calendar_month_in_utc() {
        let last = LotAhead { ends_at: day("2027-01-01").plus(-1), ..lot("last", "2026-01-01", "2027-01-01", 3, 0) };
        let lots = [last, lot("first", "2026-01-01", "2027-01-01", 5, 0)];
        let ends = lot_ends(&lots, CarryOver::Active, DrawOrder::FirstToEnd, now());
        let ending: Vec<_> = months(&ends, now(), 3).iter().map(|month| month.ending).collect();
        assert_eq!(ending, [0, 0, 3, 0, 5, 0]);
    }

    #[test]
    fn months_beyond_the_calendar_are_left_out() {
        assert_eq!(months(&[], Instant(i64::MAX), 12), []);
        assert_eq!(months(&[], day("2026-11-22"), 0), []);
        assert!(months(&[], day("9999-11-22"), 2).len() <= 4);
    }
}
