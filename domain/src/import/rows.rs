//! From records to people.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;

use unicode_normalization::UnicodeNormalization;

use super::csv::{Flaw, Record, Splitter, too_long};
use super::decode::Decoder;
use super::{Columns, Format, Found, Reason, Refused, Row};
use crate::address::{AddressProblem, EmailAddress};
use crate::text::{GroupName, PersonName, TextProblem};

/// Reads a file piece by piece.
pub struct Reader {
    decoder: Decoder,
    splitter: Splitter,
    rows: Rows,
}

impl Reader {
    /// Starts at the beginning of a file.
    #[must_use]
    pub fn new(format: &Format) -> Self {
        Self {
            decoder: Decoder::new(format.encoding),
            splitter: Splitter::new(format.separator),
            rows: Rows { columns: format.columns.clone(), begun: false, heading_to_come: format.header, judge: Judge::new() },
        }
    }

    /// Reads the next bytes; what they complete is added to `found`.
    pub fn push(&mut self, bytes: &[u8], found: &mut Vec<Found>) {
        let Self { decoder, splitter, rows } = self;
        decoder.push(bytes, &mut |text| splitter.read(text, &mut |record| rows.take(record, found)));
    }

    /// Says that the file ends here.
    pub fn finish(&mut self, found: &mut Vec<Found>) {
        let Self { decoder, splitter, rows } = self;
        decoder.finish(&mut |text| splitter.read(text, &mut |record| rows.take(record, found)));
        splitter.finish(&mut |record| rows.take(record, found));
    }
}

struct Rows {
    columns: Columns,
    begun: bool,
    heading_to_come: bool,
    judge: Judge,
}

impl Rows {
    fn take(&mut self, record: &Record, found: &mut Vec<Found>) {
        let first = !std::mem::replace(&mut self.begun, true);
        if first && record.separator_line() {
            return;
        }
        // A heading is nobody. Only a quote in it that swallows something must be told.
        if std::mem::take(&mut self.heading_to_come) && record.flaw() != Some(Flaw::NotClosed) {
            return;
        }
        found.push(self.judge(record).map_or_else(Found::Refused, Found::Row));
    }

    fn judge(&mut self, record: &Record) -> Result<Row, Refused> {
        let line = record.line();
        if let Some(flaw) = record.flaw() {
            let reason = match flaw {
                Flaw::NotClosed => Reason::NotClosed,
                Flaw::TooLong => Reason::TooLong,
                Flaw::TooManyColumns => Reason::TooManyColumns,
            };
            return Err(Refused { line, cells: record.short_cells(), reason });
        }
        let Columns { email, name, first_name, last_name, group } = &self.columns;
        let mapped = [email, name, first_name, last_name, group].map(|column| column.and_then(|column| record.cell(column)));
        if mapped.into_iter().flatten().any(too_long) {
            return Err(Refused { line, cells: record.short_cells(), reason: Reason::TooLong });
        }
        let [email, name, first_name, last_name, group] = mapped.map(|cell| cell.map(bare));
        self.judge
            .judge(
                line,
                email.as_deref().unwrap_or_default(),
                name.as_deref(),
                first_name.as_deref(),
                last_name.as_deref(),
                group.as_deref(),
            )
            .map_err(|reason| Refused { line, cells: record.cells(), reason })
    }
}

/// A cell without what spreadsheets and exports put around it: spaces, `="…"` that keeps zeros at the beginning, and
/// the `'` before what would be a formula.
pub(super) fn bare(cell: &str) -> Cow<'_, str> {
    let cell = cell.trim();
    if let Some(inner) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        let inner = inner.trim();
        return if inner.contains("\"\"") { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) };
    }
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => Cow::Borrowed(rest),
        _ => Cow::Borrowed(cell),
    }
}

/// Judges rows one after the other, wherever they come from: the same rules, and the same memory of what came before.
#[derive(Default)]
pub struct Judge {
    /// By the hash of an address, its place in `taken`. Two addresses with the same hash take two places.
    places: HashMap<u64, usize>,
    /// Where each address that was taken ends in `addresses`, and its line. One text for all of them: a million
    /// addresses with a place of their own each would need twice the memory.
    taken: Vec<(usize, u32)>,
    addresses: String,
    /// The first spelling of each group, by its lower-case form.
    groups: HashMap<String, String>,
}

impl Judge {
    /// Starts without any rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Judges the next row. The name is `name`, or else the first and the last name together.
    ///
    /// # Errors
    /// The first reason why the row can't be imported. An address counts as taken only once its row was.
    pub fn judge(
        &mut self,
        line: u32,
        email: &str,
        name: Option<&str>,
        first_name: Option<&str>,
        last_name: Option<&str>,
        group: Option<&str>,
    ) -> Result<Row, Reason> {
        // What stands for a character that was lost in decoding belongs to no address and no name.
        let lost = |text: &str| text.contains(char::REPLACEMENT_CHARACTER);
        if lost(email) {
            return Err(Reason::Address { problem: AddressProblem::BadCharacter });
        }
        let email = EmailAddress::parse(email).map_err(|problem| Reason::Address { problem })?;

        let filled = |text: Option<&'_ str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let name = match (filled(name), filled(first_name), filled(last_name)) {
            (Some(name), _, _) => Some(name),
            (None, Some(first), Some(last)) => Some(format!("{first} {last}")),
            (None, first, last) => first.or(last),
        };
        let name = match name {
            Some(name) if lost(&name) => Err(TextProblem::BadCharacter),
            name => PersonName::parse_optional(name.as_deref()),
        }
        .map_err(|problem| Reason::Name { problem })?
        .map(|name| name.as_str().to_owned());

        // An organisational unit of Google is a path from the root: /Sales/North.
        let group = group.map(str::trim).map(|group| group.strip_prefix('/').unwrap_or(group));
        let group = match group {
            Some(group) if lost(group) => Err(TextProblem::BadCharacter),
            group => GroupName::parse_optional(group),
        }
        .map_err(|problem| Reason::Group { problem })?;

        self.remember(line, email.compared())?;
        let group = group.map(|group| self.first_spelling(&group));
        Ok(Row { line, email, name, group })
    }

    fn remember(&mut self, line: u32, address: &str) -> Result<(), Reason> {
        let mut hash = self.places.hasher().hash_one(address);
        loop {
            match self.places.entry(hash) {
                Entry::Vacant(entry) => {
                    entry.insert(self.taken.len());
                    self.addresses.push_str(address);
                    self.taken.push((self.addresses.len(), line));
                    return Ok(());
                }
                Entry::Occupied(entry) => {
                    let place = *entry.get();
                    let start = place.checked_sub(1).and_then(|before| self.taken.get(before)).map_or(0, |(end, _)| *end);
                    let (end, line) = self.taken.get(place).copied().unwrap_or_default();
                    if self.addresses.get(start..end) == Some(address) {
                        return Err(Reason::Repeated { line });
                    }
                    hash = hash.wrapping_add(1);
                }
            }
        }
    }

    fn first_spelling(&mut self, group: &GroupName) -> String {
        let compared: String = group.as_str().to_lowercase().nfc().collect();
        self.groups.entry(compared).or_insert_with(|| group.as_str().to_owned()).clone()
    }
}
