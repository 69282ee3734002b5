//! Groups of members, and dates on which licences end early.

use serde::{Deserialize, Serialize};

use crate::time::Instant;

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupLine {
    /// The group's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When the licences of its members end, where that is before their lots do.
    pub licences_end_at: Option<Instant>,
    /// How many members it has.
    pub members: i64,
}

/// A company's groups, and when that was so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Groups {
    /// The groups, by name.
    pub items: Vec<GroupLine>,
    /// When this was so.
    pub now: Instant,
}

/// Creates a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CreateGroup {
    /// Its name.
    pub name: String,
}

/// Sets the day on which licences end (requirement B2).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetEnd {
    /// The first day without a licence, as `YYYY-MM-DD`, in UTC, after today. Nothing: they end with their lots. A day
    /// after the lot's end changes nothing, because no licence outlives its lot.
    pub ends_on: Option<String>,
}

/// Puts a member into a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetGroup {
    /// The group's id; nothing: none.
    pub group: Option<String>,
}
