//! Directory sync (requirement B5, by SCIM 2.0): its page, its tokens, its groups and its log.

use serde::{Deserialize, Serialize};

use super::Page;
use crate::kind::Kind;
use crate::order::OrderNumber;
use crate::policy::{SyncScope, SyncShortage};
use crate::time::Instant;

/// What a company's managers see of its directory sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncPage {
    /// When the figures were true.
    pub now: Instant,
    /// The address that belongs into the directory.
    pub address: String,
    /// What the company decides about it.
    pub settings: SyncSettings,
    /// What happens when no licence is available (C4).
    pub shortage: SyncShortage,
    /// How many licences of each kind may be overdrawn.
    pub overdraft_limit: i64,
    /// The tokens that work, or have expired and weren't taken away; the newest first.
    pub tokens: Vec<SyncToken>,
    /// When the directory was heard of last.
    pub last_contact: Option<Instant>,
    /// How many users the directory has sent.
    pub users: i64,
    /// How many of them are active there.
    pub active: i64,
    /// How many active ones are held back until the dry run ends.
    pub held: i64,
    /// How many active ones have no e-mail address, and so nothing to invite them with.
    pub without_address: i64,
    /// How many licences of each kind those who are held back need.
    pub needs: Vec<SyncNeed>,
    /// The groups that the directory has sent, by name; at most 200.
    pub groups: Vec<DirectoryGroup>,
    /// What went wrong in the last seven days, the newest first; at most 20.
    pub problems: Vec<SyncLine>,
}

/// How many licences of a kind are needed when the dry run ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncNeed {
    /// The kind.
    pub kind: Kind,
    /// How many are needed.
    pub needed: i64,
    /// How many are available to everybody.
    pub available: i64,
}

impl SyncNeed {
    /// How many are missing: these would be overdrawn, wait, or be refused.
    #[must_use]
    pub const fn short_by(&self) -> i64 {
        let left = if self.available > 0 { self.needed.saturating_sub(self.available) } else { self.needed };
        if left > 0 { left } else { 0 }
    }
}

/// What a company decides about its directory sync.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncSettings {
    /// Nothing is taken from the directory; it is told to try later.
    pub paused: bool,
    /// Everything is taken and logged, and nobody is added, invited or given a licence.
    pub dry_run: bool,
    /// Whether new users use their licences at once, without an invite.
    pub activates: bool,
    /// Who of the directory gets licences.
    pub scope: SyncScope,
}

/// A token with which a directory signs in. The secret itself is shown once and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncToken {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub created_at: Instant,
    /// Who made it, by name.
    pub created_by: Option<String>,
    /// When it stops working; nothing: never.
    pub expires_at: Option<Instant>,
    /// When it was used last, to the minute.
    pub last_used_at: Option<Instant>,
}

/// A token that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewSyncToken {
    /// What it is called: usually the directory's name.
    pub name: String,
    /// After how many months it stops working; nothing: never.
    pub months: Option<i64>,
}

/// A token that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MadeSyncToken {
    /// The token.
    pub token: SyncToken,
    /// What belongs into the directory. It is never shown again.
    pub secret: String,
}

/// For how many months a token can work, at least and at most.
pub const TOKEN_MONTHS: core::ops::RangeInclusive<i64> = 1..=36;
/// How many tokens a company can have at a time.
pub const MOST_TOKENS: usize = 10;

/// A group that the directory has sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DirectoryGroup {
    /// Its id there.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether its members get licences, where only chosen groups do.
    pub licensed: bool,
    /// Whether its members manage the company's licences.
    pub manages: bool,
}

/// What is to hold for a group of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeDirectoryGroup {
    /// Whether its members get licences, where only chosen groups do.
    pub licensed: bool,
    /// Whether its members manage the company's licences.
    pub manages: bool,
}

/// A request of the directory, as data; the app puts it into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncLine {
    /// Its place in the log.
    pub place: i64,
    /// When it came.
    pub at: Instant,
    /// With which token, by name.
    pub token: String,
    /// What it did, or would have done.
    pub what: SyncEvent,
    /// To whom or what: a name, an address, a group's name.
    pub subject: Option<String>,
    /// The member it is about, by id.
    pub member_id: Option<String>,
    /// How many members a group gained or lost.
    pub quantity: Option<i64>,
    /// Whether it was only a dry run.
    pub dry_run: bool,
    /// What became of the licences.
    pub licences: Vec<SyncLicence>,
    /// What went wrong.
    pub problem: Option<SyncProblem>,
    /// What the directory was told of that.
    pub detail: Option<String>,
}

/// What a request of the directory did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SyncEvent {
    /// It asked for something, and changed nothing.
    Contact,
    /// It sent a new user.
    UserCreated,
    /// It sent a user who is a member already.
    UserAdopted,
    /// It changed a user.
    UserChanged,
    /// A user became active again.
    UserActivated,
    /// A user isn't active any more.
    UserDeactivated,
    /// It deleted a user.
    UserDeleted,
    /// It sent a new group.
    GroupCreated,
    /// It changed a group.
    GroupChanged,
    /// It deleted a group.
    GroupDeleted,
    /// Members came into a group.
    MembersAdded,
    /// Members left a group.
    MembersRemoved,
    /// It was refused.
    Refused,
}

/// What became of a licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncLicence {
    /// What it opens.
    pub kind: Kind,
    /// What became of it.
    pub outcome: SyncOutcome,
    /// The order that it was drawn from.
    pub order: Option<OrderNumber>,
}

/// What became of a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SyncOutcome {
    /// It was drawn from an order.
    Drawn,
    /// It is overdrawn: no order stands behind it.
    Overdrawn,
    /// The user waits for one.
    Waiting,
    /// It went back.
    TakenBack,
}

/// Why a request of the directory was refused, or is not wholly what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SyncProblem {
    /// There is no licence.
    NoLicence,
    /// There is another user with this name or address.
    Taken,
    /// The user has no e-mail address, and so isn't added as long as none comes.
    NoAddress,
    /// The address of somebody who manages isn't changed by a sync.
    ManagersAddress,
    /// It couldn't be understood.
    Invalid,
    /// There is no such user or group.
    NotFound,
    /// It was changed meanwhile.
    Changed,
    /// The sync is paused.
    Paused,
    /// Something broke in Seatwise.
    Broken,
}

/// A page of the log, the newest first.
pub type SyncLog = Page<SyncLine>;
