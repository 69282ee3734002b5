//! The letters that there are, and who may choose whom they go to.

use serde::{Deserialize, Serialize};

use crate::policy::choice;

choice! {
    /// The letters.
    LetterKind {
        /// A link and a code to sign in with.
        #[default]
        SignIn = "sign_in",
        /// An invite.
        Invite = "invite",
        /// The same once more, to somebody who hasn't accepted.
        InviteReminder = "invite_reminder",
        /// An order came in.
        OrderReceived = "order_received",
        /// An order waits for longer than it should.
        OrderWaiting = "order_waiting",
        /// A manager cancelled an order.
        OrderCancelled = "order_cancelled",
        /// Licences are ready (requirement B4).
        LicencesReady = "licences_ready",
        /// Some of the licences of an order are ready.
        PartAssigned = "part_assigned",
        /// An order was declined.
        OrderDeclined = "order_declined",
        /// A lot ends in 60, 30 or 7 days.
        LotExpiring = "lot_expiring",
        /// A lot has ended.
        LotEnded = "lot_ended",
        /// More licences are held than there are (requirement C4).
        Overdrawn = "overdrawn",
        /// Few licences are available.
        LowBalance = "low_balance",
        /// An import is over.
        ImportFinished = "import_finished",
        /// A learner's licence ends in 7 days.
        LicenceExpiring = "licence_expiring",
        /// A learner's licence has ended.
        LicenceExpired = "licence_expired",
        /// A learner's licence goes on with another lot.
        LicenceCarried = "licence_carried",
        /// A learner who has joined before has a licence again.
        LicenceGiven = "licence_given",
        /// A learner wasn't active for long.
        Inactive = "inactive",
        /// Somebody is invited to the desk.
        StaffInvited = "staff_invited",
        /// A company was handed over to another account manager.
        HandedOver = "handed_over",
    }
}

choice! {
    /// Receivers whom a company can choose.
    Audience {
        /// The company's managers.
        #[default]
        Managers = "managers",
        /// The company's account manager.
        AccountManager = "account_manager",
        /// The learners whom it is about.
        Learners = "learners",
    }
}

impl LetterKind {
    /// To whom a company may choose to have it sent; to nobody else does it go by choice. All are on at first.
    #[must_use]
    pub const fn chosen_for(self) -> &'static [Audience] {
        match self {
            Self::LicencesReady
            | Self::PartAssigned
            | Self::OrderDeclined
            | Self::LotEnded
            | Self::LowBalance
            | Self::ImportFinished => &[Audience::Managers],
            Self::LotExpiring | Self::Overdrawn => &[Audience::Managers, Audience::AccountManager],
            Self::InviteReminder | Self::LicenceExpiring | Self::LicenceExpired | Self::LicenceCarried | Self::LicenceGiven => {
                &[Audience::Learners]
            }
            // Without these nobody gets in, or nobody acts.
            Self::SignIn
            | Self::Invite
            | Self::OrderReceived
            | Self::OrderWaiting
            | Self::OrderCancelled
            | Self::Inactive
            | Self::StaffInvited
            | Self::HandedOver => &[],
        }
    }
}

/// How many days before the end of a lot its managers and account manager are told, the first first.
pub const EXPIRY_NOTICES: [i64; 3] = [60, 30, 7];

/// How many days before the end of a licence its holder is told.
pub const LEARNER_NOTICE: i64 = 7;

/// When the managers of a lot that ends at `ends_at` are told next, after `after`; never again when nothing is left.
#[must_use]
pub fn next_expiry_notice(ends_at: crate::Instant, after: crate::Instant) -> Option<crate::Instant> {
    let at = |days: &i64| ends_at.plus(days.saturating_mul(crate::time::DAY).saturating_neg());
    EXPIRY_NOTICES.iter().map(at).find(|at| *at > after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Instant;
    use crate::time::DAY;

    #[test]
    fn a_lot_is_told_of_three_times_and_what_was_missed_is_not_told_late() {
        let end = Instant(1_000 * DAY);
        let after = |days: i64| next_expiry_notice(end, Instant((1_000 - days) * DAY)).map(|at| 1_000 - at.0 / DAY);
        assert_eq!(
            [after(365), after(60), after(31), after(30), after(8), after(7), after(0)],
            [Some(60), Some(30), Some(30), Some(7), Some(7), None, None]
        );
    }
}
