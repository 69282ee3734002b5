//! Lists of people that come as files: CSV of every sort, or rows that were read elsewhere.
//!
//! Nothing here fails as a whole. Every row of a file is found: as a person to import, or refused with its line, its
//! cells and the reason. A file is read piece by piece and never stands in memory as a whole.

use serde::{Deserialize, Serialize};

use crate::address::{AddressProblem, EmailAddress};
use crate::problem::FieldProblem;
use crate::text::TextProblem;
use crate::texts::problems::Problems;

mod columns;
mod csv;
mod decode;
mod look;
mod rows;

#[cfg(test)]
mod tests;

pub use csv::write_record;
pub use look::{look, look_as};
pub use rows::{Judge, Reader};

/// How the bytes of a file become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252: what older programs of Western Europe write.
    Windows1252,
}

/// The columns that an import knows; positions are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Columns {
    /// The e-mail address. Without it no row can be imported.
    pub email: Option<usize>,
    /// The whole name.
    pub name: Option<usize>,
    /// The first name, for rows without a whole name.
    pub first_name: Option<usize>,
    /// The last name, for rows without a whole name.
    pub last_name: Option<usize>,
    /// The group.
    pub group: Option<usize>,
}

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// How its bytes become text.
    pub encoding: Encoding,
    /// What stands between two cells: one ASCII character. Anything else counts as a comma.
    pub separator: char,
    /// Whether the first record has headings and is no person.
    pub header: bool,
    /// Which columns are read.
    pub columns: Columns,
}

/// What the beginning of a file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// How the file seems to be written.
    pub format: Format,
    /// The headings; nothing when the file has none.
    pub header: Vec<String>,
    /// Up to five records after the headings, long cells cut short.
    pub sample: Vec<Vec<String>>,
}

/// A person to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file where the row begins, counted from 1.
    pub line: u32,
    /// The e-mail address.
    pub email: EmailAddress,
    /// The name, if the row has one.
    pub name: Option<String>,
    /// The group, if the row has one, as it was spelt first in the file.
    pub group: Option<String>,
}

/// A row that can't be imported, as it stood in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line of the file where the row begins, counted from 1; for a quote that is never closed, where it opens.
    pub line: u32,
    /// The cells. Those of a row that is too large, and cells that are longer than any that is read, are cut short.
    pub cells: Vec<String>,
    /// Why it can't be imported.
    pub reason: Reason,
}

/// Why a row can't be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Reason {
    /// It has no e-mail address that can be taken.
    Address {
        /// What is wrong with the address.
        problem: AddressProblem,
    },
    /// Its name can't be taken.
    Name {
        /// What is wrong with the name.
        problem: TextProblem,
    },
    /// Its group can't be taken.
    Group {
        /// What is wrong with the group.
        problem: TextProblem,
    },
    /// Its address stood in the file already, in a row that can be imported.
    Repeated {
        /// The line of that row.
        line: u32,
    },
    /// A quote opens here and is never closed. The lines after it are read on their own.
    NotClosed,
    /// The row, or a cell of it that is read, is too long.
    TooLong,
    /// It has more columns than are read.
    TooManyColumns,
}

impl Reason {
    /// The reason in words of the given language.
    #[must_use]
    pub fn words(&self, texts: &Problems) -> String {
        match self {
            Self::Address { problem: AddressProblem::Empty } => texts.import_no_address().to_owned(),
            Self::Address { problem } => FieldProblem::Address(*problem).words(texts),
            Self::Name { problem } => texts.import_name(&FieldProblem::Text(*problem).words(texts)),
            Self::Group { problem } => texts.import_group(&FieldProblem::Text(*problem).words(texts)),
            Self::Repeated { line } => texts.import_repeated(i64::from(*line)),
            Self::NotClosed => texts.import_not_closed().to_owned(),
            Self::TooLong => texts.import_too_long().to_owned(),
            Self::TooManyColumns => texts.import_too_many_columns().to_owned(),
        }
    }
}

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A person.
    Row(Row),
    /// Something that can't be imported.
    Refused(Refused),
}
