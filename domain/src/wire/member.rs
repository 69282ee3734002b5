//! Members and what they hold.

use serde::{Deserialize, Serialize};

use crate::balance::Balance;
use crate::kind::Kind;
use crate::licence::Status;
use crate::order::OrderNumber;
use crate::time::Instant;
use crate::wire::{Contact, EventLine, InviteLine, LetterLine, Look, Standing, Why};

/// Adds a member (requirement B5).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddMember {
    /// The address, as typed.
    pub email: String,
    /// The name; may be left out.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether the person learns, and so gets a licence (B6).
    #[serde(default = "yes")]
    pub learner: bool,
    /// Whether the person manages the company's licences.
    #[serde(default)]
    pub manager: bool,
    /// The group that the person belongs to, by id.
    #[serde(default)]
    pub group: Option<String>,
}

const fn yes() -> bool {
    true
}

/// A member who was just added, and the balance since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddedMember {
    /// The member.
    pub member: MemberLine,
    /// The balance of user licences afterwards.
    pub balance: Balance,
}

/// A member in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberLine {
    /// The member's id.
    pub id: String,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The address, as typed.
    pub email: String,
    /// Whether the person manages the company's licences.
    pub manager: bool,
    /// Whether the person learns.
    pub learner: bool,
    /// Whether an invite waits to be accepted.
    pub invited: bool,
    /// Whether the company's directory says that the person is no longer active: they can't sign in.
    #[serde(default)]
    pub suspended: bool,
    /// Where the member stands with regard to the user licence.
    pub standing: Standing,
    /// Where the newest user licence stands; nothing when there never was one.
    pub user: Option<HeldLicence>,
    /// Where the newest content licence stands.
    pub content: Option<HeldLicence>,
    /// The group that the person belongs to, by name.
    pub group: Option<String>,
    /// When the member was last seen.
    pub last_active_at: Option<Instant>,
}

/// A licence in a member's hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeldLicence {
    /// Where it stands now.
    pub status: Status,
    /// When it ends or ended.
    pub ends_at: Instant,
}

/// What the member who asks holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyLicences {
    /// The company.
    pub company: String,
    /// How it looks.
    pub look: Look,
    /// The address of the learning platform.
    pub platform_url: Option<String>,
    /// The newest licence of each kind.
    pub licences: Vec<MyLicence>,
    /// What the member waits for.
    pub waiting: Vec<MyPlace>,
    /// Who can be asked.
    pub contact: Option<Contact>,
    /// When this was so.
    pub now: Instant,
}

/// A licence as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyLicence {
    /// What it opens.
    pub kind: Kind,
    /// Where it stands now.
    pub status: Status,
    /// Since when it is in use.
    pub since: Option<Instant>,
    /// When it ends or ended.
    pub until: Instant,
    /// What follows on it, if somebody has seen to that.
    pub renewal: Option<MyRenewal>,
}

/// An order that renews the licences of which a member holds one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyRenewal {
    /// Who has requested it.
    pub requested_by: String,
    /// When the new ones begin; nothing while they aren't assigned.
    pub follows_at: Option<Instant>,
}

/// A place in the line for the next free licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyPlace {
    /// What it will open.
    pub kind: Kind,
    /// Since when the member waits.
    pub since: Instant,
    /// How many come first.
    pub ahead: i64,
}

/// Gives licences to members, or brings back those who were removed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GiveLicences {
    /// The members' ids, at most [`MOST_MEMBERS`].
    pub members: Vec<String>,
    /// Of which kind. Nothing: a user licence, and a content licence where every new user gets one (C5).
    #[serde(default)]
    pub kind: Option<Kind>,
}

/// Takes licences back from members, who stay members.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeBack {
    /// The members' ids, at most [`MOST_MEMBERS`].
    pub members: Vec<String>,
    /// Of which kind. Nothing: all that they hold.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Whether those who have joined keep theirs: only invites are withdrawn.
    #[serde(default)]
    pub pending_only: bool,
}

/// Removes members; their records stay.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveMembers {
    /// The members' ids, at most [`MOST_MEMBERS`].
    pub members: Vec<String>,
    /// Whether those who manage stay, whoever else goes.
    #[serde(default)]
    pub keep_managers: bool,
}

/// Gives a member's licences on to somebody else.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplaceMember {
    /// The other's address, as typed.
    pub email: String,
    /// The other's name; may be left out.
    #[serde(default)]
    pub name: Option<String>,
}

/// The most members that one request can be about.
pub const MOST_MEMBERS: usize = 5_000;

/// The balances after something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Balances {
    /// Of user licences.
    pub user: Balance,
    /// Of content licences.
    pub content: Balance,
}

/// One member, with what there is to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberPage {
    /// The member.
    pub member: MemberLine,
    /// When this was so.
    pub now: Instant,
    /// The group's id.
    pub group_id: Option<String>,
    /// The day on which the member's licences end, where that is before their lots do.
    pub licences_end_at: Option<Instant>,
    /// When the member was added.
    pub created_at: Instant,
    /// When the first invite was accepted.
    pub joined_at: Option<Instant>,
    /// When the member was removed.
    pub removed_at: Option<Instant>,
    /// The newest invite, if there was one.
    pub invite: Option<InviteLine>,
    /// Why the member has or hasn't a user licence.
    pub user: Why,
    /// Why the member has or hasn't a content licence.
    pub content: Why,
    /// Every licence that the member holds or held, the newest first.
    pub licences: Vec<LicenceLine>,
    /// The newest letters to the member, the newest first; at most 20.
    pub letters: Vec<LetterLine>,
    /// What happened, newest first.
    pub history: Vec<EventLine>,
}

/// A licence that somebody holds or held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LicenceLine {
    /// What it opens.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// Since when it is held.
    pub from: Instant,
    /// Until when; nothing while it is overdrawn.
    pub until: Option<Instant>,
    /// The order that it comes from; nothing while it is overdrawn.
    pub order: Option<OrderNumber>,
}
