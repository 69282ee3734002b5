//! The list of users: what it can be narrowed down to, and what is done with many at once.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::time::Instant;
use crate::wire::LetterLine;

/// Where a member stands with regard to the user licence. Each member stands in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The licence is in use.
    InUse,
    /// The licence waits for the invite to be accepted.
    Pending,
    /// The member waits for a licence.
    Waiting,
    /// The licence has no lot to draw on.
    Overdrawn,
    /// The newest licence has ended by itself.
    Expired,
    /// The member holds none: never given, taken back, or not needed.
    None,
    /// The member was removed.
    Removed,
}

impl Standing {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::InUse, Self::Pending, Self::Waiting, Self::Overdrawn, Self::Expired, Self::None, Self::Removed];

    /// The word that API and database use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InUse => "in_use",
            Self::Pending => "pending",
            Self::Waiting => "waiting",
            Self::Overdrawn => "overdrawn",
            Self::Expired => "expired",
            Self::None => "none",
            Self::Removed => "removed",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == word)
    }
}

/// What a list of users is narrowed down to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Narrowed {
    /// Everybody who wasn't removed.
    #[default]
    All,
    /// Those who stand in one place.
    To(Standing),
    /// Those whose licence is in use, and who weren't active for the company's number of days (requirement C3).
    Inactive,
}

impl Narrowed {
    /// The word in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::To(standing) => standing.as_str(),
            Self::Inactive => "inactive",
        }
    }

    /// Reads the word; what is no word means everybody.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "inactive" => Self::Inactive,
            word => Standing::parse(word).map_or(Self::All, Self::To),
        }
    }
}

/// In which order a list of users stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortedBy {
    /// By name.
    #[default]
    Name,
    /// By the end of the user licence: the first to end first.
    End,
    /// By the day of the last activity: the longest ago first.
    Active,
}

impl SortedBy {
    /// The word in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::End => "end",
            Self::Active => "active",
        }
    }

    /// Reads the word; what is no word means by name.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "end" => Self::End,
            "active" => Self::Active,
            _ => Self::Name,
        }
    }
}

/// How many users stand where, in a group or altogether.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RosterCounts {
    /// Everybody who wasn't removed.
    pub all: i64,
    /// With a licence in use.
    pub in_use: i64,
    /// Invited, not yet joined.
    pub pending: i64,
    /// Waiting for a licence.
    pub waiting: i64,
    /// Overdrawn.
    pub overdrawn: i64,
    /// Expired.
    pub expired: i64,
    /// Without a licence.
    pub none: i64,
    /// Removed.
    pub removed: i64,
    /// With a licence in use, and not active for the company's number of days; nothing for a group, where it isn't counted.
    pub inactive: Option<i64>,
    /// After how many days without activity somebody is inactive (requirement C3).
    pub inactive_days: i64,
}

/// A part of the ids of a list, for a selection that is larger than a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberIds {
    /// The ids, in the order of the list.
    pub ids: Vec<String>,
    /// What to send as `after` to get the next part; nothing on the last one.
    pub next: Option<String>,
}

/// What can be done with many users at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    /// Sends open invites again.
    InviteAgain,
    /// Withdraws open invites: the licences go back.
    Withdraw,
    /// Gives user licences; whoever was removed is back.
    Give,
    /// Gives content licences.
    GiveContent,
    /// Takes content licences back.
    TakeBackContent,
    /// Takes all licences back.
    TakeBack,
    /// Moves to a group.
    Move,
    /// Sets an end date.
    SetEnd,
    /// Writes to those who weren't active for long.
    Remind,
    /// Removes those who don't manage.
    Remove,
}

/// Asks what doing something with many would change.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreviewBulk {
    /// What would be done.
    pub action: BulkAction,
    /// The members' ids, at most 5,000.
    pub members: Vec<String>,
}

/// What doing something with many would change. Figures of several parts of a selection can be added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BulkEffect {
    /// How many people it would change something for.
    pub people: i64,
    /// How many of the asked-for stay as they are.
    pub left_alone: i64,
    /// How many of those stay because they manage.
    pub managers: i64,
    /// How many user licences would be free afterwards; below zero: are needed.
    pub user: i64,
    /// How many content licences would be free afterwards; below zero: are needed.
    pub content: i64,
}

/// Members, for what is done with many at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SomeMembers {
    /// The members' ids, at most 5,000.
    pub members: Vec<String>,
}

/// Moves members to a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MoveMembers {
    /// The members' ids, at most 5,000.
    pub members: Vec<String>,
    /// The group's id; nothing: out of their groups.
    pub group: Option<String>,
}

/// Sets the day on which members' licences end.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndMembers {
    /// The members' ids, at most 5,000.
    pub members: Vec<String>,
    /// The first day without a licence, as `YYYY-MM-DD`, in UTC, after today. Nothing: they end with their groups or lots.
    pub ends_on: Option<String>,
}

/// What was done with many, and how it was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changed {
    /// How many it has changed something for.
    pub people: i64,
    /// How it was before, by group or date; to undo it, set these again.
    pub before: Vec<Before>,
}

/// Members who were in the same group, or had the same end date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Before {
    /// The group's id, or the day as `YYYY-MM-DD`; nothing where there was none.
    pub was: Option<String>,
    /// The members' ids.
    pub members: Vec<String>,
}

/// Renames a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RenameGroup {
    /// Its new name.
    pub name: String,
}

/// Removes a group: its members and the licences set aside for it go to another, or belong to none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveGroup {
    /// The id of the group that takes them over; nothing: they belong to none.
    pub into: Option<String>,
}

/// An invite, and what became of its letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InviteLine {
    /// Where it stands: `open`, `accepted`, `lapsed` or `withdrawn`.
    pub state: String,
    /// When it was made.
    pub sent_at: Instant,
    /// Until when it can be accepted.
    pub open_until: Instant,
    /// The newest letter with it.
    pub mail: Option<LetterLine>,
}

/// What a kind of licence is needed for, and whether there is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Capacity {
    /// The kind.
    pub kind: Kind,
    /// How many are needed.
    pub needed: i64,
    /// How many are available, those set aside for groups included.
    pub available: i64,
    /// How many are missing.
    pub short: i64,
}
