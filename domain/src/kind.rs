//! The two kinds of licence (requirement C1).

use serde::{Deserialize, Serialize};

/// What a licence opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Its holder may sign in to the learning platform.
    User,
    /// Its holder may open content.
    Content,
}

impl Kind {
    /// Both kinds, in the order in which screens show them.
    pub const ALL: [Self; 2] = [Self::User, Self::Content];

    /// The word that the database and the API use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Content => "content",
        }
    }
}
