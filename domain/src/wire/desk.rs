//! What account managers see and do.

use serde::{Deserialize, Serialize};

use crate::balance::Balance;
use crate::kind::Kind;
use crate::language::Language;
use crate::order::OrderNumber;
use crate::policy::choice;
use crate::time::Instant;
use crate::wire::{Contact, LotLine, OrderLine, Settings};

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

/// Assigns an order, whole or in part.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssignOrder {
    /// How many licences. Left out: all that are open.
    #[serde(default)]
    pub quantity: Option<i64>,
    /// How many are open, as far as you know; when somebody was quicker, nothing is assigned. Left out: all that were
    /// requested.
    #[serde(default)]
    pub open: Option<i64>,
    /// The day on which the term starts, as `YYYY-MM-DD`, in UTC; also in the past. Left out: this moment (B1), or the end
    /// of the lot that is renewed, where that is to come.
    #[serde(default)]
    pub starts_on: Option<String>,
    /// How many months it lasts. Left out: 12.
    #[serde(default)]
    pub months: Option<u32>,
    /// The group that the licences are set aside for, by id; empty: for everybody. Left out: as requested.
    #[serde(default)]
    pub group: Option<String>,
    /// A note to the company's managers.
    #[serde(default)]
    pub note: Option<String>,
}

/// Declines what is open of an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeclineOrder {
    /// Why; the company's managers read it.
    pub reason: String,
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
    /// Whether every new user also gets a content licence (C5).
    #[serde(default)]
    pub content_with_user: bool,
    /// The language of letters to people who haven't chosen one.
    #[serde(default)]
    pub language: Language,
    /// Its first manager, who is invited.
    #[serde(default)]
    pub manager: Option<InviteManager>,
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
    /// The same, by id.
    pub account_manager_id: String,
    /// The balance of user licences.
    pub user: Balance,
    /// The balance of content licences.
    pub content: Balance,
    /// When the next lot ends.
    pub next_expiry: Option<Instant>,
    /// How many of its orders wait.
    pub waiting_orders: i64,
    /// How many licences of both kinds are held without a lot to draw on.
    pub overdrawn: i64,
}

/// One company's page at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompanyPage {
    /// The company.
    pub company: CompanyLine,
    /// What it decides.
    pub settings: Settings,
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

/// Renames a company.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RenameCompany {
    /// The new name.
    pub name: String,
}

/// Hands a company over.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandOver {
    /// To whom, by the staff's id.
    pub staff: String,
}

/// Takes unused licences out of a lot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReduceLot {
    /// How many licences the lot has, as far as you know; when that has changed, nothing is done.
    pub from: i64,
    /// How many it has then: not fewer than are in use or pending.
    pub to: i64,
    /// Why; the company's managers read it.
    pub reason: String,
}

/// Lets a lot end later.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExtendLot {
    /// The first day without it, as `YYYY-MM-DD`, in UTC.
    pub ends_on: String,
    /// Why; the company's managers read it.
    pub reason: String,
}

/// A lot that ends soon, with its company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndingLot {
    /// The lot.
    pub lot: LotLine,
    /// The company's id.
    pub company_id: String,
    /// The company's name.
    pub company: String,
    /// Its account manager's name.
    pub account_manager: String,
}

/// How many days ahead the desk looks for lots that end.
pub const ENDING_WITHIN: i64 = 120;

/// A company that holds more licences of a kind than it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverdrawnCompany {
    /// The company's id.
    pub company_id: String,
    /// The company's name.
    pub company: String,
    /// Its account manager's name.
    pub account_manager: String,
    /// Of which kind.
    pub kind: Kind,
    /// How many are held without a lot to draw on.
    pub overdrawn: i64,
    /// Since when.
    pub since: Instant,
    /// How many the company lets itself be overdrawn by.
    pub limit: i64,
    /// The newest order of this kind that waits.
    pub waiting_order: Option<OrderNumber>,
}

choice! {
    /// The desk's lists that can be exported.
    DeskList {
        /// All companies.
        #[default]
        Companies = "companies",
        /// What ends soon.
        Ending = "ending",
        /// What is overdrawn.
        Overdrawn = "overdrawn",
    }
}

choice! {
    /// What somebody at the desk may do.
    StaffRole {
        /// Looks after companies.
        #[default]
        AccountManager = "account_manager",
        /// Looks after companies and the desk itself.
        Administrator = "administrator",
    }
}

/// Who works at the desk, and what was changed about that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffPage {
    /// Everybody, by name.
    pub items: Vec<StaffLine>,
    /// The newest changes, newest first; at most 20.
    pub history: Vec<StaffEvent>,
}

/// Somebody at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffLine {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address, as typed.
    pub email: String,
    /// The telephone number that companies are shown.
    pub phone: Option<String>,
    /// What they may do.
    pub role: StaffRole,
    /// How many companies they look after.
    pub companies: i64,
    /// How many orders wait for them.
    pub waiting_orders: i64,
    /// Since when they are here.
    pub since: Instant,
}

/// Something that was changed about who works at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffEvent {
    /// When.
    pub at: Instant,
    /// By whom, by name.
    pub actor: String,
    /// What.
    pub what: StaffEventKind,
    /// About whom, by name.
    pub person: String,
    /// Their role from then on.
    pub role: StaffRole,
}

choice! {
    /// What can be changed about who works at the desk.
    StaffEventKind {
        /// Somebody was invited.
        #[default]
        Invited = "invited",
        /// Somebody's name, number or role was changed.
        Changed = "changed",
        /// Somebody was removed.
        Removed = "removed",
    }
}

/// Invites somebody to the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InviteStaff {
    /// The address, as typed.
    pub email: String,
    /// The name.
    pub name: String,
    /// The telephone number that companies are shown.
    #[serde(default)]
    pub phone: Option<String>,
    /// What they may do.
    #[serde(default)]
    pub role: StaffRole,
}

/// Changes somebody's name, telephone number or role.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeStaff {
    /// The name.
    pub name: String,
    /// The telephone number that companies are shown.
    #[serde(default)]
    pub phone: Option<String>,
    /// What they may do.
    pub role: StaffRole,
}

/// Removes somebody from the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemoveStaff {
    /// Who looks after their companies then, by the staff's id; needed where they have some.
    #[serde(default)]
    pub to: Option<String>,
}
