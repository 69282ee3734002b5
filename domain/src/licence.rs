//! The life of one licence: pending → in use → ended, with a reason.

use serde::{Deserialize, Serialize};

use crate::time::Instant;

/// Why a licence ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndedReason {
    /// Its term is over (requirement B2).
    Expired,
    /// Its holder was removed.
    Removed,
    /// It was given to somebody else.
    Replaced,
    /// Nobody accepted the invite in time.
    InviteLapsed,
    /// A manager withdrew the invite.
    InviteWithdrawn,
}

/// Where a licence stands, as people see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Reserved for somebody who has not accepted the invite yet.
    Pending,
    /// Held by an active learner.
    InUse,
    /// Its term is over, whether or not the scheduled run has written that down.
    Expired,
    /// Taken back before its end.
    TakenBack,
}

/// What the database says of a licence, before time has its say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Recorded {
    /// Drawn, invite open.
    Pending,
    /// Invite accepted.
    InUse,
    /// Ended, with a reason beside it.
    Ended,
}

impl Status {
    /// The status at `now` of a licence that is recorded as `recorded` and ends at `ends_at`. Expiry is a function of
    /// time: a licence whose end has come is expired even if nothing has written that down.
    #[must_use]
    pub fn at(now: Instant, recorded: Recorded, ends_at: Instant, reason: Option<EndedReason>) -> Self {
        match (recorded, reason) {
            (Recorded::Ended, Some(EndedReason::Expired) | None) => Self::Expired,
            (Recorded::Ended, Some(_)) => Self::TakenBack,
            _ if ends_at <= now => Self::Expired,
            (Recorded::Pending, _) => Self::Pending,
            (Recorded::InUse, _) => Self::InUse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_expires_at_its_end_and_not_a_moment_before() {
        let end = Instant(1_000);
        for (recorded, live) in [(Recorded::Pending, Status::Pending), (Recorded::InUse, Status::InUse)] {
            assert_eq!(Status::at(Instant(999), recorded, end, None), live);
            assert_eq!(Status::at(Instant(1_000), recorded, end, None), Status::Expired);
        }
    }

    #[test]
    fn an_ended_licence_keeps_its_reason_for_ever() {
        for now in [0, 5_000] {
            let at = |reason| Status::at(Instant(now), Recorded::Ended, Instant(1_000), Some(reason));
            assert_eq!(at(EndedReason::Expired), Status::Expired);
            assert_eq!(at(EndedReason::Removed), Status::TakenBack);
            assert_eq!(at(EndedReason::InviteWithdrawn), Status::TakenBack);
        }
    }
}
