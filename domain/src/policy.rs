//! What a company decides about its licences.

use serde::{Deserialize, Serialize};

use crate::time::{DAY, Instant};

/// Declares a choice: an enum whose words are the database's and the API's.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $( $(#[$variant_doc:meta])* $variant:ident = $word:literal, )+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $( $(#[$variant_doc])* #[serde(rename = $word)] $variant, )+
        }

        impl $name {
            /// All choices, in the order in which screens show them.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The word that the database and the API use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }

            /// The choice with a word, if there is one.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}
pub(crate) use choice;

choice! {
    /// From which lot a licence is drawn.
    DrawOrder {
        /// The lot that ends first: nothing lapses unused.
        #[default]
        FirstToEnd = "first_to_end",
        /// The lot that ends last: whoever comes keeps the licence longest.
        LastToEnd = "last_to_end",
    }
}

choice! {
    /// Who moves on to another lot when a lot ends.
    CarryOver {
        /// Those who were active in the last [`ACTIVE_DAYS`] days.
        #[default]
        Active = "active",
        /// Everybody.
        All = "all",
        /// Nobody.
        Nobody = "none",
    }
}

choice! {
    /// What a directory sync does with somebody new when no licence is available (requirement C4).
    SyncShortage {
        /// It overdraws, up to a limit: the balance becomes negative.
        #[default]
        Overdraw = "overdraw",
        /// The member waits, and gets the next licence that comes.
        Wait = "wait",
        /// It is refused.
        Refuse = "refuse",
    }
}

choice! {
    /// Who of a directory gets licences.
    SyncScope {
        /// Every active user.
        #[default]
        Everybody = "everybody",
        /// The members of chosen groups.
        Groups = "groups",
    }
}

impl CarryOver {
    /// On which day (in UTC, counted from 1970) or later a holder must have been active to move on at the end of a lot.
    /// Nothing: nobody moves on.
    #[must_use]
    pub const fn active_since(self, ends_at: Instant) -> Option<i64> {
        match self {
            Self::Active => Some(ends_at.0.div_euclid(DAY).saturating_sub(ACTIVE_DAYS)),
            Self::All => Some(0),
            Self::Nobody => None,
        }
    }
}

/// How many calendar days in UTC count as "lately" when licences are carried over.
pub const ACTIVE_DAYS: i64 = 90;

/// The most licences that a directory sync can be allowed to overdraw, and the fewest.
pub const OVERDRAFT_LIMITS: core::ops::RangeInclusive<i64> = 0..=1_000_000;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whoever_moves_on_as_lately_active_moves_on_where_all_do(end in 0..4_000_000_000_000_i64, active_on in 0..50_000_i64) {
            let moves = |policy: CarryOver| policy.active_since(Instant(end)).is_some_and(|since| active_on >= since);
            prop_assert!(moves(CarryOver::All) && !moves(CarryOver::Nobody));
            // To the day, and not to the hour: the whole 90th day before counts.
            prop_assert_eq!(moves(CarryOver::Active), end / DAY - active_on <= ACTIVE_DAYS);
        }
    }
}
