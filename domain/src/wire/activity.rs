//! The history of a company, as it is looked through.

use serde::{Deserialize, Serialize};

use super::{EventLine, Page};
use crate::Instant;
use crate::order::OrderNumber;

/// What events are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Invites, and letters that didn't arrive.
    Invites,
    /// Licences given and taken.
    Licences,
    /// What ended, moved on, or got another end.
    Expiry,
    /// Orders and lots.
    Orders,
    /// People and groups.
    People,
    /// What a company has decided.
    Settings,
    /// Directory sync.
    Sync,
}

impl Topic {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Licences, Self::Invites, Self::People, Self::Orders, Self::Expiry, Self::Sync, Self::Settings];

    /// The word in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invites => "invites",
            Self::Licences => "licences",
            Self::Expiry => "expiry",
            Self::Orders => "orders",
            Self::People => "people",
            Self::Settings => "settings",
            Self::Sync => "sync",
        }
    }

    /// Reads the word; what is no word means all of them.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == word)
    }
}

/// The way in that something came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Somebody of the company, through the app or the API.
    Hand,
    /// An import.
    Import,
    /// The company's directory.
    Sync,
    /// What happens by itself when its time has come.
    Rule,
    /// The account managers' desk.
    Desk,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Hand, Self::Import, Self::Sync, Self::Rule, Self::Desk];

    /// The word in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Import => "import",
            Self::Sync => "sync",
            Self::Rule => "rule",
            Self::Desk => "desk",
        }
    }

    /// Reads the word; what is no word means all of them.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// A page of a company's history, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Activity {
    /// The lines. A page may be shorter than others, or empty, though more follow.
    pub page: Page<ActivityLine>,
    /// Until when the history was looked through, where it goes on.
    pub looked_until: Option<Instant>,
    /// What the person is called whom the page is about.
    pub person: Option<String>,
}

/// A line of the history with all that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActivityLine {
    /// What happened, to whom, and who did it.
    pub event: EventLine,
    /// The way in.
    pub way: Way,
    /// Who did it, by id, where that is a member.
    pub actor_id: Option<String>,
    /// To whom it happened, by id.
    pub member_id: Option<String>,
    /// Who had it before or has it since, by id.
    pub other_id: Option<String>,
    /// The same, by name or address.
    pub other: Option<String>,
    /// The licence, by id.
    pub licence_id: Option<String>,
    /// The lot, by id.
    pub lot_id: Option<String>,
    /// The order that the lot came from.
    pub lot_order: Option<OrderNumber>,
    /// The same, by id.
    pub lot_order_id: Option<String>,
    /// What was before: a state, or a name.
    pub from: Option<String>,
    /// What is since.
    pub to: Option<String>,
    /// The end of a lot, a licence or a group from then on.
    pub ends_at: Option<Instant>,
    /// The import it belongs to, by id.
    pub import_id: Option<String>,
    /// The file of that import.
    pub file: Option<String>,
    /// The number of the seal on it; nothing as long as it isn't sealed.
    pub seal: Option<i64>,
}
