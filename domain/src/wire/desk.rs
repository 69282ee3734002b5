//! What account managers see and do.

use serde::{Deserialize, Serialize};

use crate::balance::Balance;
use crate::time::Instant;
use crate::wire::{Contact, OrderLine};

/// An order that waits, with its company and what assigning it would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitingOrder {
    /// The order.
    pub order: OrderLine,
    /// The company's id.
    pub company_id: String,
    /// The company's name.
    pub company: String,
    /// The balance of the order's kind now.
    pub balance: Balance,
}

/// Assigns an order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssignOrder {
    /// The day on which the term starts, as `YYYY-MM-DD`, in UTC; also in the past. Left out: this moment (B1).
    #[serde(default)]
    pub starts_on: Option<String>,
    /// How many months it lasts. Left out: 12.
    #[serde(default)]
    pub months: Option<u32>,
}

/// Creates a company.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateCompany {
    /// Its name.
    pub name: String,
    /// The address of its learning platform.
    #[serde(default)]
    pub platform_url: Option<String>,
}

/// A company in the desk's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompanyLine {
    /// The company's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its account manager's name.
    pub account_manager: String,
    /// The balance of user licences.
    pub user: Balance,
    /// The balance of content licences.
    pub content: Balance,
    /// When the next lot ends.
    pub next_expiry: Option<Instant>,
    /// How many of its orders wait.
    pub waiting_orders: i64,
}

/// One company's page at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompanyPage {
    /// The company.
    pub company: CompanyLine,
    /// The address of its learning platform.
    pub platform_url: Option<String>,
    /// Its managers.
    pub managers: Vec<ManagerLine>,
    /// Who looks after it.
    pub account_manager: Contact,
}

/// A manager of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ManagerLine {
    /// The member's id.
    pub id: String,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The address, as typed.
    pub email: String,
    /// Whether the invite waits to be accepted.
    pub invited: bool,
}

/// Invites a manager.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InviteManager {
    /// The address, as typed.
    pub email: String,
    /// The name; may be left out.
    #[serde(default)]
    pub name: Option<String>,
}

/// What recomputing a company's figures from licences and events has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Audit {
    /// When it was done.
    pub now: Instant,
    /// How many events the history has.
    pub events: i64,
    /// How many of them are sealed.
    pub sealed: i64,
    /// How many licences were compared, ended ones included.
    pub licences: i64,
    /// What differs; empty when all is well. At most 100.
    pub differences: Vec<Difference>,
    /// Whether the differences can be put right by recomputing counters.
    pub repairable: bool,
}

/// Something that is not what the licences or the history say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// What it is about.
    pub what: Differing,
    /// Which one: a lot's, a licence's or an event's id.
    pub which: String,
    /// What is stored.
    pub stored: String,
    /// What it should be.
    pub expected: String,
}

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Differing {
    /// A lot's counters are not what its licences say. Can be put right.
    LotCounters,
    /// The sums by end and activity are not what the licences say. Can be put right.
    Holdings,
    /// The movements are not what the events say. Can be put right.
    Movements,
    /// A licence is not what the history says.
    Licence,
    /// The balance is not what the history says.
    Balance,
    /// An event was changed, added or taken away after it was sealed.
    Seal,
}
