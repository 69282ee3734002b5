//! The choice of lots: who is seated where when several come at once. The database makes the same choice with SQL; this
//! is what that SQL is tested against, and what the forecast counts with.

use core::cmp::Ordering;
use std::collections::{BTreeMap, VecDeque};

use crate::policy::DrawOrder;
use crate::time::Instant;

/// A lot with room, as far as the choice needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room<'a> {
    /// The lot's id. It decides between lots that end together.
    pub lot: &'a str,
    /// The group that the lot is earmarked for; nothing when it serves everybody.
    pub group: Option<&'a str>,
    /// The lot's end: the first moment after its term.
    pub ends_at: Instant,
    /// How many seats are left, in licences. None when it isn't above zero.
    pub free: i64,
}

impl Room<'_> {
    /// Which of two rooms is filled first. Lots that end together go by id in both orders, so that the choice is
    /// always the same one.
    fn compare(&self, other: &Self, order: DrawOrder) -> Ordering {
        let by_end = match order {
            DrawOrder::FirstToEnd => self.ends_at.cmp(&other.ends_at),
            DrawOrder::LastToEnd => other.ends_at.cmp(&self.ends_at),
        };
        by_end.then_with(|| self.lot.cmp(other.lot))
    }
}

/// The rooms that serve the same people, in the order in which they are filled: where they are in the caller's list, and
/// how many seats each has left. Those that are full are gone.
type Queue = VecDeque<(usize, i64)>;

/// The rooms with seats, by group.
fn queues<'a>(rooms: impl Iterator<Item = (usize, Room<'a>)>, order: DrawOrder) -> BTreeMap<Option<&'a str>, Queue> {
    let mut sorted: Vec<_> = rooms.filter(|(_, room)| room.free > 0).collect();
    sorted.sort_by(|(_, a), (_, b)| a.compare(b, order));
    let mut queues = BTreeMap::<_, Queue>::new();
    for (index, room) in sorted {
        queues.entry(room.group).or_default().push_back((index, room.free));
    }
    queues
}

/// Takes up to `wanted` seats from the first room of a queue: which room, and how many.
fn take(queue: Option<&mut Queue>, wanted: i64) -> Option<(usize, i64)> {
    let queue = queue?;
    let (index, free) = queue.front_mut()?;
    let taken = (*index, wanted.min(*free));
    *free = free.saturating_sub(taken.1);
    if *free == 0 {
        queue.pop_front();
    }
    Some(taken)
}

/// Seats people, who are given by the group that they are in and in the order in which they come. For each of them: the
/// index of the room in `rooms`, or nothing when no seat is left for them.
///
/// A lot that is earmarked for a group serves its members and nobody else. They sit there first; whoever of them finds
/// no seat there, and everybody else, sits in the lots without a group.
#[must_use]
pub fn seat(people: &[Option<&str>], rooms: &[Room<'_>], order: DrawOrder) -> Vec<Option<usize>> {
    let mut queues = queues(rooms.iter().copied().enumerate(), order);
    let mut one = |group| take(queues.get_mut(&group), 1).map(|(index, _)| index);
    people.iter().map(|&group| one(group).or_else(|| one(None))).collect()
}

/// Seats `people` of the same group, or of none, by the rule of [`seat`] without going through them one by one: how many
/// sit in which room, in the order in which the rooms are filled. `rooms` are given with an index of the caller's own.
/// Those for whom nothing is left are in no room.
#[must_use]
pub fn seat_many<'a>(
    people: i64,
    group: Option<&'a str>,
    rooms: impl Iterator<Item = (usize, Room<'a>)>,
    order: DrawOrder,
) -> Vec<(usize, i64)> {
    let mut queues = queues(rooms, order);
    let mut standing = people;
    core::iter::from_fn(|| {
        // Nobody is left to be seated.
        (standing > 0).then_some(())?;
        let taken = take(queues.get_mut(&group), standing).or_else(|| take(queues.get_mut(&None), standing))?;
        standing = standing.saturating_sub(taken.1);
        Some(taken)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GROUPS: [Option<&str>; 4] = [None, Some("north"), Some("south"), Some("west")];
    const LOTS: [&str; 8] = ["c", "a", "h", "b", "g", "d", "f", "e"];

    fn a_group() -> impl Strategy<Value = Option<&'static str>> {
        prop::sample::select(&GROUPS[..])
    }

    fn an_order() -> impl Strategy<Value = DrawOrder> {
        prop::sample::select(DrawOrder::ALL)
    }

    fn some_people() -> impl Strategy<Value = Vec<Option<&'static str>>> {
        prop::collection::vec(a_group(), 0..40)
    }

    /// Up to eight rooms with ids of their own; ends collide often, and some have no seat or fewer.
    fn some_rooms() -> impl Strategy<Value = Vec<Room<'static>>> {
        prop::collection::vec((a_group(), 0_i64..4, -2_i64..8), 0..=LOTS.len()).prop_map(|rooms| {
            let room = |(lot, (group, end, free)): (&&'static str, (Option<&'static str>, i64, i64))| Room {
                lot,
                group,
                ends_at: Instant(end),
                free,
            };
            LOTS.iter().zip(rooms).map(room).collect()
        })
    }

    /// How many sit in each room.
    fn seated(rooms: &[Room<'_>], seats: &[Option<usize>]) -> Vec<i64> {
        (0..rooms.len()).map(|index| seats.iter().filter(|seat| **seat == Some(index)).count() as i64).collect()
    }

    /// The rule in the plainest words: everybody looks through all rooms and takes the best one that has a seat left.
    fn one_at_a_time(people: &[Option<&str>], rooms: &[Room<'_>], order: DrawOrder) -> Vec<Option<usize>> {
        let mut free: Vec<i64> = rooms.iter().map(|room| room.free).collect();
        let sign = if order == DrawOrder::FirstToEnd { 1 } else { -1 };
        let mut seats = Vec::new();
        for person in people {
            let mut best: Option<usize> = None;
            for (index, room) in rooms.iter().enumerate() {
                let rank = |room: &Room<'_>| (room.group.is_none(), sign * room.ends_at.0, room.lot.to_owned());
                let open = free[index] > 0 && (room.group.is_none() || room.group == *person);
                if open && best.is_none_or(|best| rank(room) < rank(&rooms[best])) {
                    best = Some(index);
                }
            }
            if let Some(best) = best {
                free[best] -= 1;
            }
            seats.push(best);
        }
        seats
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn nobody_sits_where_there_is_no_seat(people in some_people(), rooms in some_rooms(), order in an_order()) {
            let seats = seat(&people, &rooms, order);
            prop_assert_eq!(seats.len(), people.len());
            for (room, taken) in rooms.iter().zip(seated(&rooms, &seats)) {
                prop_assert!(taken <= room.free.max(0), "{taken} in {room:?}");
            }
        }

        #[test]
        fn nobody_stands_while_a_seat_for_them_is_left(people in some_people(), rooms in some_rooms(), order in an_order()) {
            let seats = seat(&people, &rooms, order);
            let taken = seated(&rooms, &seats);
            for (person, _) in people.iter().zip(&seats).filter(|(_, seat)| seat.is_none()) {
                for (room, taken) in rooms.iter().zip(&taken).filter(|(room, _)| room.group.is_none() || room.group == *person) {
                    prop_assert!(*taken >= room.free, "{person:?} stands beside {room:?}");
                }
            }
        }

        #[test]
        fn an_earmarked_lot_serves_its_group_and_serves_it_first(
            people in some_people(), rooms in some_rooms(), order in an_order()
        ) {
            let seats = seat(&people, &rooms, order);
            let taken = seated(&rooms, &seats);
            for (person, seat) in people.iter().zip(&seats) {
                let Some(index) = seat else { continue };
                let group = rooms[*index].group;
                prop_assert!(group.is_none() || group == *person);
                if person.is_some() && group.is_none() {
                    let own = rooms.iter().zip(&taken).filter(|(room, _)| room.group == *person);
                    prop_assert!(own.into_iter().all(|(room, taken)| *taken >= room.free), "a seat of their own group was left");
                }
            }
        }

        #[test]
        fn who_comes_first_is_seated_first(people in some_people(), rooms in some_rooms(), order in an_order()) {
            let seats = seat(&people, &rooms, order);
            // Among those of one group: the earlier has a seat if the later has one, and none is sent to the general
            // lots in favour of somebody later.
            let general = |seat: &Option<usize>| seat.is_some_and(|index| rooms[index].group.is_none());
            for later in 0..people.len() {
                for earlier in 0..later {
                    if people[earlier] == people[later] {
                        prop_assert!(seats[earlier].is_some() || seats[later].is_none());
                        prop_assert!(!general(&seats[earlier]) || seats[later].is_none_or(|index| rooms[index].group.is_none()));
                    }
                    // Among all: nobody stands while somebody later got a general seat.
                    prop_assert!(seats[earlier].is_some() || !general(&seats[later]));
                }
            }
        }

        #[test]
        fn rooms_are_filled_in_order(people in some_people(), rooms in some_rooms(), order in an_order()) {
            let mut taken = vec![0; rooms.len()];
            for seat in seat(&people, &rooms, order).into_iter().flatten() {
                // At the moment at which somebody sits down, all rooms before theirs are full.
                for (index, room) in rooms.iter().enumerate().filter(|(_, room)| room.group == rooms[seat].group) {
                    let before = match order {
                        DrawOrder::FirstToEnd => room.ends_at < rooms[seat].ends_at,
                        DrawOrder::LastToEnd => room.ends_at > rooms[seat].ends_at,
                    };
                    let tied = room.ends_at == rooms[seat].ends_at && room.lot < rooms[seat].lot;
                    prop_assert!(!(before || tied) || taken[index] >= room.free, "{room:?} before {:?}", rooms[seat]);
                }
                taken[seat] += 1;
            }
        }

        #[test]
        fn it_is_what_one_at_a_time_would_be(people in some_people(), rooms in some_rooms(), order in an_order()) {
            prop_assert_eq!(seat(&people, &rooms, order), one_at_a_time(&people, &rooms, order));
        }

        #[test]
        fn many_of_one_group_sit_as_they_would_one_by_one(
            people in -2_i64..60, group in a_group(), rooms in some_rooms(), order in an_order()
        ) {
            let one_by_one = seated(&rooms, &seat(&vec![group; people.max(0) as usize], &rooms, order));
            let mut at_once = vec![0; rooms.len()];
            let mut used = Vec::new();
            for (index, taken) in seat_many(people, group, rooms.iter().copied().enumerate(), order) {
                prop_assert!(taken > 0);
                at_once[index] += taken;
                used.push(index);
            }
            prop_assert_eq!(at_once, one_by_one);
            used.sort_unstable();
            used.dedup();
            prop_assert_eq!(used.len(), seat_many(people, group, rooms.iter().copied().enumerate(), order).len());
        }
    }

    #[test]
    fn a_hundred_thousand_are_seated_at_once() {
        let names: Vec<String> = (0..2_000).map(|number| format!("{number:04}")).collect();
        let group = |number: usize| (!number.is_multiple_of(3)).then(|| names[number % 50].as_str());
        let rooms: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(number, name)| Room { lot: name, group: group(number), ends_at: Instant(number as i64 % 7), free: 40 })
            .collect();
        let people: Vec<_> = (0..100_000).map(group).collect();
        let seats = seat(&people, &rooms, DrawOrder::FirstToEnd);
        assert!(seated_in_total(&seats) <= 80_000);
        assert!(seated_in_total(&seats) > 50_000);
    }

    fn seated_in_total(seats: &[Option<usize>]) -> usize {
        seats.iter().flatten().count()
    }
}
