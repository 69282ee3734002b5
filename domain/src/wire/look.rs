//! How a company looks to its learners.

use serde::{Deserialize, Serialize};

/// How a company looks on the pages of its learners.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Look {
    /// Its logo.
    pub logo: Option<Logo>,
    /// What its colour becomes where people have to read, as declarations of a style sheet: see [`crate::colour::Tones::declarations`].
    /// Nothing: the product's own colours.
    pub colours: Option<String>,
}

/// A company's logo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Logo {
    /// Its address, which changes with the picture.
    pub address: String,
    /// How wide it is, in pixels.
    pub width: i64,
    /// How high it is.
    pub height: i64,
}

/// A company's look, as its managers choose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LookSettings {
    /// The colour, as `#rrggbb`.
    pub accent: Option<String>,
    /// What becomes of it.
    pub look: Look,
}

/// Chooses a company's colour.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeLook {
    /// The colour, as `#rrggbb`; nothing: the product's own.
    pub accent: Option<String>,
}
