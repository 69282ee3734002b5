//! Imports of users from files.

use serde::{Deserialize, Serialize};

use super::Capacity;
use crate::import::{Columns, Reason};
use crate::time::Instant;

/// The most rows that one part of an import can have.
pub const MOST_ROWS: usize = 2_500;
/// The most bytes that one part of an import can have, as JSON.
pub const MOST_BYTES: usize = 600_000;
/// For how long an import can be undone, in milliseconds.
pub const UNDO_FOR: i64 = crate::time::DAY;

/// Starts an import whose rows come in parts. Nothing is added before it is started.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftImport {
    /// The file's name.
    pub file: String,
    /// What stands between the file's cells.
    pub separator: char,
    /// The file's headings, for the list of refused rows; empty where it has none.
    pub header: Vec<String>,
    /// Which of them is what.
    #[serde(default)]
    pub columns: Columns,
}

/// A part of an import: rows that can be imported, and rows that can't.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportPart {
    /// People, each address once in the whole import.
    pub rows: Vec<ImportRow>,
    /// Rows that can't be imported.
    #[serde(default)]
    pub refused: Vec<RefusedRow>,
    /// Whether it is the last one. An import can be started when all parts up to it are there.
    #[serde(default)]
    pub last: bool,
}

/// A person to import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportRow {
    /// The line of the file.
    pub line: u32,
    /// The address, as typed.
    pub email: String,
    /// The name, if there is one.
    #[serde(default)]
    pub name: Option<String>,
    /// The group's name, if there is one. A group that isn't there is created.
    #[serde(default)]
    pub group: Option<String>,
}

/// A row that can't be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefusedRow {
    /// The line of the file.
    pub line: u32,
    /// The row as it stood there.
    pub cells: Vec<String>,
    /// Why it can't be imported.
    pub reason: Reason,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Its rows are here, and nothing is added.
    Draft,
    /// It is going on.
    Running,
    /// It was stopped, or stopped by itself: see [`Import::stopped`].
    Stopped,
    /// Everything is added.
    Done,
    /// It is being undone.
    Undoing,
    /// It is undone, as far as nobody had accepted.
    Undone,
}

/// Why an import stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StoppedBecause {
    /// Somebody stopped it.
    Asked,
    /// People were added, removed or moved meanwhile, so that it would do something else than was shown.
    Changed,
    /// There are fewer licences now than were shown.
    Short,
}

/// An import with what it has done, and what it would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Import {
    /// Its id.
    pub id: String,
    /// The file's name.
    pub file: String,
    /// Who imports.
    pub by: Option<String>,
    /// When it began.
    pub created_at: Instant,
    /// Where it stands.
    pub state: ImportState,
    /// Why it stopped, if it did.
    pub stopped: Option<StoppedBecause>,
    /// How many rows are worked off, of how many that can be imported.
    pub worked_off: i64,
    /// Rows that can be imported.
    pub rows: i64,
    /// Rows that can't be read.
    pub unreadable: i64,
    /// Rows that repeat an address of another row.
    pub repeated: i64,
    /// People added until now.
    pub added: i64,
    /// People brought back until now.
    pub brought_back: i64,
    /// People moved to another group until now.
    pub moved: i64,
    /// People left out until now because there are too few licences.
    pub left_out: i64,
    /// Until when it can be undone, if it can.
    pub undo_until: Option<Instant>,
    /// People whom undoing has taken back.
    pub undone: i64,
}

/// What an import would do now. Nothing of it has been done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportPlan {
    /// The import.
    pub import: Import,
    /// How many would be added.
    pub new: i64,
    /// How many are users already.
    pub known: i64,
    /// How many of those are in another group than the file says.
    pub moves: i64,
    /// How many were removed before.
    pub removed: i64,
    /// Groups that would be created, by name.
    pub new_groups: Vec<String>,
    /// How many groups there would be too many.
    pub groups_too_many: i64,
    /// Whether there are enough licences, for each kind that is drawn.
    pub capacity: Vec<Capacity>,
    /// How many of those who need a licence can have one, in the file's order.
    pub fits: i64,
    /// What this plan is recognised by: starting with it does exactly this or nothing.
    pub stamp: String,
}

/// Starts an import, or lets it go on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StartImport {
    /// The stamp of the plan that was shown.
    pub stamp: String,
    /// Whether those who were removed are brought back.
    #[serde(default)]
    pub bring_back: bool,
    /// Whether those who are users already are moved to the group that the file says.
    #[serde(default)]
    pub move_groups: bool,
    /// How many of those who need a licence are imported, in the file's order; the others are left out. Nothing: all.
    #[serde(default)]
    pub first: Option<i64>,
}
