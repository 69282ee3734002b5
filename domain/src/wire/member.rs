//! Members and what they hold.

use serde::{Deserialize, Serialize};

use crate::balance::Balance;
use crate::kind::Kind;
use crate::licence::Status;
use crate::time::Instant;
use crate::wire::Contact;

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
    /// Where the newest user licence stands; nothing when there never was one.
    pub user: Option<HeldLicence>,
    /// Where the newest content licence stands.
    pub content: Option<HeldLicence>,
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
    /// The address of the learning platform.
    pub platform_url: Option<String>,
    /// The newest licence of each kind.
    pub licences: Vec<MyLicence>,
    /// Who can be asked for one.
    pub managers: Vec<Contact>,
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
}
