//! Letters: what became of them, and which go to whom.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::letter::LetterKind;
use crate::time::Instant;

/// A letter to somebody, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LetterLine {
    /// Its number.
    pub id: i64,
    /// Which letter.
    pub letter: LetterKind,
    /// Where it stands.
    pub state: LetterState,
    /// Since when; for one that is queued, when it is tried next.
    pub at: Instant,
    /// When it was written.
    pub written_at: Instant,
    /// Why it was not sent, or came back.
    pub reason: Option<String>,
    /// Whether it can be sent again.
    pub again: bool,
}

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// It waits to leave.
    Queued,
    /// The mail provider has taken it.
    Sent,
    /// The receiver's mailbox has it.
    Delivered,
    /// The receiver's mailbox makes the provider wait.
    Delayed,
    /// It came back.
    Bounced,
    /// The receiver called it unwanted.
    Complained,
    /// It was given up.
    Failed,
    /// It had lost its point before it left.
    Dropped,
}

/// Which letters go to whom, and when few licences are few.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notices {
    /// What isn't wanted; all else is sent. At most [`MOST_NOTICES_OFF`].
    pub off: Vec<NoticeOff>,
    /// How many days after an invite somebody who hasn't accepted is reminded; nothing: never.
    pub remind_first: Option<i64>,
    /// How many days after an invite they are reminded again.
    pub remind_second: Option<i64>,
    /// Managers are told when fewer user licences than this are available; nothing: never.
    pub low_user: Option<i64>,
    /// Managers are told when fewer content licences than this are available; nothing: never.
    pub low_content: Option<i64>,
    /// The managers who have joined, to choose among. Not read when notices are changed.
    #[serde(default)]
    pub managers: Vec<NoticeReceiver>,
}

/// A letter that isn't wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeOff {
    /// Which letter.
    pub letter: LetterKind,
    /// By whom: `managers`, `account_manager`, `learners`, or the id of one manager.
    pub receiver: String,
}

/// A manager who can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeReceiver {
    /// The member's id.
    pub id: String,
    /// The name; the address where no name is known.
    pub name: String,
}

/// The most letters that a company can switch off one by one.
pub const MOST_NOTICES_OFF: usize = 500;

/// The fewest and the most days after an invite on which somebody can be reminded.
pub const REMIND_DAYS: core::ops::RangeInclusive<i64> = 1..=364;

/// Corrects a member's e-mail address.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CorrectAddress {
    /// The address, as typed.
    pub email: String,
}

/// How letters leave, what waits, and what failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MailState {
    /// How letters leave; nothing: they wait until that is set.
    pub transport: Option<TransportKind>,
    /// Who letters are from.
    pub from: String,
    /// What is missing, or looks like an example.
    pub missing: Vec<MailMissing>,
    /// How many letters wait, counted to 1,000.
    pub queued: i64,
    /// Since when the oldest of them does.
    pub oldest: Option<Instant>,
    /// Why none leaves at the moment.
    pub paused: Option<MailPause>,
    /// The newest letters that failed or came back, of all companies; at most 50.
    pub failed: Vec<FailedLetter>,
    /// The letters that can be looked at.
    pub letters: Vec<LetterKind>,
}

/// A way out for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransportKind {
    /// A mail provider over HTTP.
    Http,
    /// Cloudflare's binding.
    Binding,
    /// A folder on this machine.
    Folder,
}

/// What is missing before letters can leave as they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MailMissing {
    /// There is no way out for letters at all.
    Transport,
    /// The provider's key.
    Token,
    /// The sender is still an example.
    Sender,
    /// The origin of links is still an example, or not https.
    Origin,
    /// The secret with which the provider signs what it tells: deliveries stay unknown.
    Webhook,
}

/// Why no letter leaves at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MailPause {
    /// Since when the provider fails.
    pub since: Instant,
    /// When it is tried again.
    pub until: Instant,
    /// How it fails.
    pub reason: String,
}

/// A letter that failed or came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FailedLetter {
    /// The letter.
    pub letter: LetterLine,
    /// The address that it was sent to.
    pub receiver: String,
    /// The company's id; nothing where it belongs to none.
    pub company_id: Option<String>,
    /// Its name.
    pub company: Option<String>,
}

/// A kind's word for the address of a threshold's field.
#[must_use]
pub const fn low_field(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "low_user",
        Kind::Content => "low_content",
    }
}
