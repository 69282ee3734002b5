//! Why a balance is what it is, what will become of it, and what it was.

use serde::{Deserialize, Serialize};

use crate::balance::Balance;
use crate::kind::Kind;
use crate::order::OrderNumber;
use crate::policy::CarryOver;
use crate::time::Instant;
use crate::wire::{EventKind, EventLine, LotLine, Page};

/// A balance as the sum of its lots, and as what moved it since a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// What it is about.
    pub kind: Kind,
    /// When it was so.
    pub now: Instant,
    /// The balance.
    pub balance: Balance,
    /// The lots in force whose sum it is; without what is overdrawn.
    pub lots: Vec<LotLine>,
    /// The first moment of the day that the movements are counted from, in UTC.
    pub since: Instant,
    /// The balance right before that moment.
    pub then: Balance,
    /// What moved it since, summed up.
    pub movements: Vec<Movement>,
    /// The newest events of this kind, newest first.
    pub recent: Vec<EventLine>,
    /// What is overdrawn, if anything is.
    pub overdraft: Option<Overdraft>,
    /// How many members wait for a licence.
    pub waiting: i64,
}

/// Events of one sort, summed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Movement {
    /// What happened.
    pub what: EventKind,
    /// Where the licences were before: `pending`, `in_use`, `in_force`, or nothing.
    pub from: String,
    /// Where they are since; for licences taken back, the reason.
    pub to: String,
    /// How many licences.
    pub licences: i64,
}

impl Movement {
    /// What it adds to each figure of the balance: in use, pending, total. What is available follows from those.
    #[must_use]
    pub fn effect(&self) -> (i64, i64, i64) {
        let of = |state: &str, sign: i64| match state {
            "in_use" => (sign.saturating_mul(self.licences), 0),
            "pending" => (0, sign.saturating_mul(self.licences)),
            _ => (0, 0),
        };
        let held = |left: (i64, i64), right: (i64, i64)| (left.0.saturating_add(right.0), left.1.saturating_add(right.1), 0);
        match self.what {
            EventKind::LotStarted => (0, 0, self.licences),
            EventKind::LotEnded => (0, 0, self.licences.saturating_neg()),
            // A lot that is still to start doesn't count yet, whatever becomes of it.
            EventKind::LotReduced if self.to == "in_force" => (0, 0, self.licences.saturating_neg()),
            EventKind::LicenceDrawn => held(of(&self.to, 1), (0, 0)),
            EventKind::LicenceActivated => held(of(&self.from, -1), of(&self.to, 1)),
            EventKind::LicenceExpired | EventKind::LicenceTakenBack => held(of(&self.from, -1), (0, 0)),
            _ => (0, 0, 0),
        }
    }
}

/// What is held without a lot to draw on (requirement C4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overdraft {
    /// How many licences.
    pub licences: i64,
    /// How many a directory sync may overdraw.
    pub limit: i64,
    /// Those who hold them, at most 50, the oldest first: in this order they settle when licences come.
    pub holders: Vec<OverdrawnLine>,
}

/// Somebody who holds an overdrawn licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverdrawnLine {
    /// The member's id.
    pub member_id: String,
    /// The name, or the address where none is known.
    pub member: String,
    /// Since when.
    pub since: Instant,
    /// Through which door: `directory_sync`, for one.
    pub door: String,
    /// The import or sync that added the member.
    pub belongs_to: Option<String>,
}

/// What ends in the next months and what becomes of it, as far as it can be said today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forecast {
    /// When it was made.
    pub now: Instant,
    /// Who moves on when a lot ends.
    pub carry_over: CarryOver,
    /// This calendar month and the next twelve, each kind, in UTC.
    pub months: Vec<ForecastMonth>,
    /// Each lot that ends in them, the first to end first.
    pub lots: Vec<ForecastLot>,
}

/// What ends in one calendar month. Figures count licences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastMonth {
    /// The month's first moment.
    pub month: Instant,
    /// Of which kind.
    pub kind: Kind,
    /// How many end.
    pub ending: i64,
    /// How many of them are held.
    pub held: i64,
    /// How many holders would move on to other lots.
    pub carried: i64,
    /// How many holders would be left without a licence.
    pub expiring: i64,
    /// How many lapse without ever having been held at the end.
    pub unused: i64,
}

/// What becomes of one lot. Figures count licences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastLot {
    /// The lot's id.
    pub id: String,
    /// Of which kind.
    pub kind: Kind,
    /// The order that it came from.
    pub order: Option<OrderNumber>,
    /// When it ends.
    pub ends_at: Instant,
    /// How many end.
    pub ending: i64,
    /// How many of them are held.
    pub held: i64,
    /// How many holders would move on to other lots.
    pub carried: i64,
    /// How many holders would be left without a licence.
    pub expiring: i64,
    /// How many lapse unused.
    pub unused: i64,
}

/// Somebody who holds or held a licence of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HolderLine {
    /// The member's id.
    pub member_id: String,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The address, as typed.
    pub email: String,
    /// The last day on which the member was active or got the licence: its first moment in UTC.
    pub active_on: Instant,
}

/// Who is not carried over at the end of a lot: who would not be, or who was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotCarried {
    /// When the lot ends or ended.
    pub ends_at: Instant,
    /// Whether that has happened.
    pub ended: bool,
    /// How many they are altogether.
    pub count: i64,
    /// Those who were active longest ago first.
    pub page: Page<HolderLine>,
}

/// Who held a licence on a day, by the history alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoldersOn {
    /// The last moment of the day that was asked for, in UTC, or now where that is earlier.
    pub at: Instant,
    /// Of which kind.
    pub kind: Kind,
    /// The balance at that moment.
    pub balance: Balance,
    /// Who held one.
    pub page: Page<PastHolder>,
}

/// Somebody who held a licence at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastHolder {
    /// The member's id.
    pub member_id: String,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The address, as typed.
    pub email: String,
    /// Whether the licence was in use; otherwise it was pending.
    pub in_use: bool,
    /// Until when it was to last, as it stood at that moment.
    pub ends_at: Instant,
}

/// Why somebody has or hasn't a licence of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "because")]
pub enum Why {
    /// A licence is in use.
    InUse {
        /// Since when.
        since: Instant,
        /// Until when; nothing while it is overdrawn.
        until: Option<Instant>,
        /// The order that it comes from; nothing while it is overdrawn.
        order: Option<OrderNumber>,
    },
    /// A licence is reserved until the invite is accepted.
    Pending {
        /// Since when.
        since: Instant,
        /// Until when the invite is open.
        open_until: Option<Instant>,
        /// The order that it comes from; nothing while it is overdrawn.
        order: Option<OrderNumber>,
    },
    /// None was available, and the member waits.
    Waiting {
        /// Since when.
        since: Instant,
        /// How many wait before.
        ahead: i64,
    },
    /// Its term is over.
    Expired {
        /// When it ended.
        at: Instant,
        /// Why the holder didn't move on to another lot; nothing where it ended early, by an own date or the group's.
        not_carried: Option<NotCarriedBecause>,
    },
    /// It was taken back.
    TakenBack {
        /// When.
        at: Instant,
        /// Who did it, by name.
        by: Option<String>,
    },
    /// It was given to somebody else.
    Replaced {
        /// When.
        at: Instant,
        /// Who did it, by name.
        by: Option<String>,
        /// Who has it since.
        successor: Option<String>,
    },
    /// Nobody accepted the invite in time.
    InviteLapsed {
        /// When.
        at: Instant,
    },
    /// The invite was withdrawn.
    InviteWithdrawn {
        /// When.
        at: Instant,
        /// Who did it, by name.
        by: Option<String>,
    },
    /// The member manages and doesn't learn.
    OnlyManages,
    /// None was ever given.
    NeverGiven,
}

/// Why somebody didn't move on when a lot ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NotCarriedBecause {
    /// The company carries nobody over.
    Policy,
    /// The holder was not active lately.
    Inactive,
    /// Other lots had no room.
    NoRoom,
}
