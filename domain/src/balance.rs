//! The balance of a company's licences of one kind (requirement A1).

use serde::{Deserialize, Serialize};

/// How many licences there are and where they are. Every figure counts licences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balance {
    /// Free to hand out. Negative when a directory sync has added more members than there are licences (C4).
    pub available: i64,
    /// Held by active learners (A2).
    pub in_use: i64,
    /// Reserved by invites that are not accepted yet (A2).
    pub pending: i64,
    /// In force altogether.
    pub total: i64,
}

impl Balance {
    /// The balance of `total` licences of which some are held. What is not held is available, so the four always add
    /// up, whatever comes in.
    #[must_use]
    pub const fn of(total: i64, in_use: i64, pending: i64) -> Self {
        Self { available: total.saturating_sub(in_use).saturating_sub(pending), in_use, pending, total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_four_figures_always_add_up(total in 0..2_000_000_i64, in_use in 0..2_000_000_i64, pending in 0..2_000_000_i64) {
            let balance = Balance::of(total, in_use, pending);
            prop_assert_eq!(balance.available + balance.in_use + balance.pending, balance.total);
        }
    }
}
