//! What a company's managers see: dashboard, lots, settings.

use serde::{Deserialize, Serialize};

use crate::balance::Balance;
use crate::kind::Kind;
use crate::language::Language;
use crate::order::OrderNumber;
use crate::policy::{CarryOver, DrawOrder, SyncShortage};
use crate::time::{Instant, Term};
use crate::wire::ManagerLine;

/// The dashboard (requirement A1). It is read from lots and a handful of events, so its cost doesn't grow with learners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dashboard {
    /// The company's name.
    pub company: String,
    /// When the figures were true.
    pub now: Instant,
    /// User licences.
    pub user: KindSummary,
    /// Content licences.
    pub content: KindSummary,
    /// What ends in this calendar month and each of the next twelve, in UTC.
    pub expiring: Vec<MonthOfExpiries>,
    /// How many orders wait for the account manager.
    pub waiting_orders: i64,
    /// Whether every new user also gets a content licence (C5).
    pub content_with_user: bool,
    /// The newest events, newest first.
    pub recent: Vec<EventLine>,
    /// Whether the address of the learning platform is known.
    pub platform_known: bool,
    /// Who and what waits for somebody to do something.
    pub attention: Attention,
}

/// Who and what waits for somebody to do something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attention {
    /// How many wait for a licence.
    pub waiting: i64,
    /// When the first of the open invites ends.
    pub first_invite_ends_at: Option<Instant>,
    /// After how many days without activity somebody is inactive (C3), if anybody is.
    pub inactive_days: Option<i64>,
    /// How many mails to members didn't arrive in the last two weeks, up to 100.
    pub mails_failed: i64,
    /// To whom the newest of them went.
    pub mail_failed_to: Option<NamedMember>,
}

/// A member by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NamedMember {
    /// The member's id.
    pub id: String,
    /// What the member is called: the name, or else the address.
    pub name: String,
}

/// One kind's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KindSummary {
    /// The four figures.
    pub balance: Balance,
    /// How many of the available ones are set aside for groups.
    pub set_aside: i64,
    /// The lot that ends next.
    pub next_expiry: Option<NextExpiry>,
}

/// The lot that ends next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextExpiry {
    /// The lot's id.
    pub lot: String,
    /// The group that it is set aside for, by id.
    pub group_id: Option<String>,
    /// The newest order that renews it and was neither declined nor cancelled.
    pub renewal: Option<OrderNumber>,
    /// When.
    pub ends_at: Instant,
    /// How many licences end then.
    pub quantity: i64,
    /// How many of them are held.
    pub held: i64,
}

/// What ends in one calendar month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MonthOfExpiries {
    /// The month's first moment.
    pub month: Instant,
    /// Licences that end in it, of both kinds.
    pub quantity: i64,
}

/// How many calendar months the chart shows: this one and the next twelve, so that the end of a term that starts today
/// is among them.
const MONTHS: u32 = 13;

impl MonthOfExpiries {
    /// What is still to end in each of the coming months.
    #[must_use]
    pub fn of(lots: &[LotLine], now: Instant) -> Vec<Self> {
        let first = now.calendar_day().and_then(|(year, month, _)| Instant::from_date(&format!("{year:04}-{month:02}-01")));
        let start = |months: u32| first.and_then(|first| first.plus_months(months));
        (0..MONTHS)
            .filter_map(|index| Some((start(index)?, start(index.saturating_add(1))?)))
            .map(|(month, next)| {
                let ends_then = |lot: &&LotLine| now < lot.ends_at && month <= lot.ends_at && lot.ends_at < next;
                Self { month, quantity: lots.iter().filter(ends_then).map(|lot| lot.quantity).sum() }
            })
            .collect()
    }
}

/// A line of the history, as data; the app puts it into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventLine {
    /// Its place in the history.
    pub seq: i64,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub what: EventKind,
    /// Who did it, by name; nothing for the scheduled run.
    pub actor: Option<String>,
    /// To whom it happened, by name or address.
    pub member: Option<String>,
    /// The kind of licence.
    pub kind: Option<Kind>,
    /// How many licences.
    pub quantity: Option<i64>,
    /// The order it belongs to.
    pub order: Option<OrderNumber>,
    /// The same, by id.
    pub order_id: Option<String>,
    /// A reason, in the words of whoever gave it.
    pub note: Option<String>,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The company was created.
    CompanyCreated,
    /// The company's settings were changed.
    SettingsChanged,
    /// Licences were requested.
    OrderRequested,
    /// An order was assigned, whole or in part: it became a lot.
    OrderAssigned,
    /// The account manager declined what was open of an order.
    OrderDeclined,
    /// A manager cancelled what was open of an order.
    OrderCancelled,
    /// Unused licences were taken out of a lot.
    LotReduced,
    /// A lot ends later than before.
    LotExtended,
    /// Another account manager looks after the company.
    AccountManagerChanged,
    /// The company has another name.
    CompanyRenamed,
    /// A lot came into force.
    LotStarted,
    /// A lot's term was over.
    LotEnded,
    /// Somebody was added.
    MemberAdded,
    /// A licence was drawn for somebody: pending.
    LicenceDrawn,
    /// Somebody accepted an invite.
    InviteAccepted,
    /// A pending licence came into use.
    LicenceActivated,
    /// A licence's term was over.
    LicenceExpired,
    /// A licence went back to its lot before its end: the reason is the state it went to.
    LicenceTakenBack,
    /// Somebody waits for a licence.
    LicenceAwaited,
    /// An overdrawn licence got a lot to draw on.
    LicenceSettled,
    /// A licence moved on to another lot when its own ended.
    LicenceCarriedOver,
    /// A licence got another end.
    LicenceEndChanged,
    /// An invite lapsed.
    InviteLapsed,
    /// A manager withdrew an invite.
    InviteWithdrawn,
    /// Somebody was invited again.
    InviteSent,
    /// Somebody was reminded of their invite.
    InviteReminded,
    /// A letter to somebody was given up: it could not be sent for days.
    LetterFailed,
    /// A letter to somebody came back.
    LetterBounced,
    /// Somebody's e-mail address was corrected.
    MemberAddressChanged,
    /// Somebody was removed.
    MemberRemoved,
    /// The directory says that somebody is no longer active.
    MemberSuspended,
    /// The directory says that somebody is active again.
    MemberResumed,
    /// Somebody came to manage the company's licences, by a group of the directory, or no longer does.
    MemberRoleChanged,
    /// Somebody who was removed is back.
    MemberReactivated,
    /// Somebody was given the licence of somebody else.
    MemberReplaced,
    /// Somebody came into a group, or left one.
    MemberGroupChanged,
    /// Somebody's own end date was set or taken away.
    MemberEndChanged,
    /// A group was created.
    GroupCreated,
    /// A group's end date was set or taken away.
    GroupEndChanged,
    /// A group got another name.
    GroupRenamed,
    /// A group was removed, or merged into another.
    GroupRemoved,
    /// Users were imported from a file.
    UsersImported,
    /// An import was undone.
    ImportUndone,
    /// Somebody who wasn't active for long was written to.
    MemberReminded,
    /// What directory sync may do was changed.
    SyncChanged,
    /// A token for directory sync was made.
    SyncTokenMade,
    /// A token for directory sync was taken away.
    SyncTokenRevoked,
    /// Counters were put right by what the licences and the history say.
    CountersRepaired,
}

/// A lot: licences of one kind that end together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LotLine {
    /// The lot's id.
    pub id: String,
    /// What its licences open.
    pub kind: Kind,
    /// How many there are.
    pub quantity: i64,
    /// How many are in use.
    pub in_use: i64,
    /// How many wait for an invite to be accepted.
    pub pending: i64,
    /// The first moment.
    pub starts_at: Instant,
    /// The first moment after it.
    pub ends_at: Instant,
    /// The order that it came from.
    pub order: Option<OrderNumber>,
    /// The same, by id.
    pub order_id: Option<String>,
    /// The group that it is set aside for, by name.
    pub group: Option<String>,
    /// The same, by id.
    pub group_id: Option<String>,
    /// What the account manager noted with it.
    pub note: Option<String>,
    /// The newest order that renews it and was neither declined nor cancelled.
    pub renewal: Option<OrderNumber>,
}

impl LotLine {
    /// Whether the lot is in force at `now`: only then do its licences count.
    #[must_use]
    pub fn in_force(&self, now: Instant) -> bool {
        Term { starts_at: self.starts_at, ends_at: self.ends_at }.contains(now)
    }
}

/// The lots, and the moment at which that was so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lots {
    /// When the figures were true.
    pub now: Instant,
    /// The lots: the first to end first.
    pub items: Vec<LotLine>,
    /// What is held without a lot, of each kind of which there is any.
    #[serde(default)]
    pub overdrawn: Vec<Overdrawn>,
}

/// Licences of a kind that are held without a lot to draw on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overdrawn {
    /// The kind.
    pub kind: Kind,
    /// How many are in use.
    pub in_use: i64,
    /// How many wait for an invite to be accepted.
    pub pending: i64,
}

/// A company's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Settings {
    /// The address of the learning platform.
    pub platform_url: Option<String>,
    /// Whether every new user also gets a content licence (C5).
    pub content_with_user: bool,
    /// For how many days an invite is open.
    pub invite_days: i64,
    /// From which lot a licence is drawn.
    #[serde(default)]
    pub draw_order: DrawOrder,
    /// Who moves on to another lot when a lot ends.
    #[serde(default)]
    pub carry_over: CarryOver,
    /// What a directory sync does when no licence is available (C4).
    #[serde(default)]
    pub sync_shortage: SyncShortage,
    /// How many licences of each kind a directory sync may overdraw.
    #[serde(default = "usual_overdraft_limit")]
    pub overdraft_limit: i64,
    /// After how many days without activity somebody is inactive (C3).
    #[serde(default = "usual_inactive_days")]
    pub inactive_days: i64,
    /// The manager whom learners ask, by id. Nobody: whoever invited them, or else the first who manages.
    #[serde(default)]
    pub contact_id: Option<String>,
    /// The address that learners write to instead.
    #[serde(default)]
    pub contact_email: Option<String>,
    /// The language of letters to people who haven't chosen one.
    #[serde(default)]
    pub language: Language,
    /// Which settings these are: each change counts one more. A change that names an older one is refused, so that nobody
    /// undoes what somebody else has saved meanwhile; one that names none counts whatever it follows on.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What settings would do, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingsEffect {
    /// How many users with a licence in use would count as inactive.
    pub inactive: i64,
    /// How many invites are open.
    pub open_invites: i64,
    /// How many hold a user licence and no content licence, at least.
    pub without_content: i64,
    /// How many content licences are available.
    pub content_available: i64,
}

/// Makes somebody a manager: a user, or somebody new, who is invited.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AppointManager {
    /// The address, as typed.
    pub email: String,
    /// The name of somebody new; may be left out.
    #[serde(default)]
    pub name: Option<String>,
}

/// Who manages a company's licences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Managers {
    /// The managers, those who have joined first.
    pub items: Vec<ManagerLine>,
}

const fn usual_inactive_days() -> i64 {
    90
}

/// The fewest and the most days without activity after which somebody can be called inactive.
pub const INACTIVE_DAYS: core::ops::RangeInclusive<i64> = 7..=365;

const fn usual_overdraft_limit() -> i64 {
    100
}

/// The fewest and the most days for which an invite can be open.
pub const INVITE_DAYS: core::ops::RangeInclusive<i64> = 1..=365;
