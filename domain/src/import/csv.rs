//! From text to records and back.

/// The most columns that a record can have.
pub(super) const MOST_COLUMNS: usize = 500;
/// The most characters in a cell that is read.
pub(super) const MOST_IN_CELL: usize = 10_000;
/// The most bytes that a record can have, as UTF-8.
pub(super) const MOST_IN_RECORD: usize = 1024 * 1024;
/// How far a quoted cell can go beyond the line where it opens before its quote counts as never closed.
const MOST_QUOTED: usize = 64 * 1024;
/// The same in lines.
const MOST_QUOTED_LINES: u32 = 1_000;
/// What of a cell is kept: just enough to know that it is longer than `MOST_IN_CELL` characters.
const KEPT_IN_CELL: usize = MOST_IN_CELL * 4 + 4;
/// How many cells of a record that is too large are shown, and how many characters of each.
const SHOWN_CELLS: usize = 20;
const SHOWN_IN_CELL: usize = 200;

/// The separators that are looked for, the commonest first.
pub(super) const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// What is wrong with a record as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    NotClosed,
    TooLong,
    TooManyColumns,
}

/// One record. Its cells stand in one text that is used again for the next record, so that a cell costs no memory of
/// its own.
#[derive(Debug)]
pub(super) struct Record {
    line: u32,
    text: String,
    ends: Vec<usize>,
    /// Where the cell begins that is being read.
    start: usize,
    /// That cell goes on, but no more of it is kept.
    full: bool,
    columns: usize,
    /// How long it is in the file, in bytes as UTF-8.
    length: usize,
    blank: bool,
    not_closed: bool,
}

impl Record {
    fn new() -> Self {
        Self {
            line: 1,
            text: String::new(),
            ends: Vec::new(),
            start: 0,
            full: false,
            columns: 0,
            length: 0,
            blank: true,
            not_closed: false,
        }
    }

    fn clear(&mut self, line: u32) {
        self.text.clear();
        self.ends.clear();
        *self = Self { line, text: std::mem::take(&mut self.text), ends: std::mem::take(&mut self.ends), ..Self::new() };
    }

    fn add(&mut self, run: &str) {
        // Files from old systems end with a Ctrl-Z or are filled up with zeros.
        self.blank = self.blank && run.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{1a}').is_empty();
        if self.full || self.columns >= MOST_COLUMNS {
            return;
        }
        let room = (KEPT_IN_CELL - (self.text.len() - self.start).min(KEPT_IN_CELL))
            .min(MOST_IN_RECORD - self.text.len().min(MOST_IN_RECORD));
        let kept = run.get(..run.floor_char_boundary(room)).unwrap_or(run);
        self.full = kept.len() < run.len();
        self.text.push_str(kept);
    }

    fn end_cell(&mut self) {
        if self.columns < MOST_COLUMNS {
            self.ends.push(self.text.len());
        }
        self.columns += 1;
        self.start = self.text.len();
        self.full = false;
    }

    /// The line of the file where it begins; for a quote that is never closed, the line of the quote.
    pub(super) fn line(&self) -> u32 {
        self.line
    }

    /// A cell by its column.
    pub(super) fn cell(&self, column: usize) -> Option<&str> {
        let end = *self.ends.get(column)?;
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..end)
    }

    /// The cells: in full, but a cell that is longer than any that is read is cut short.
    pub(super) fn cells(&self) -> Vec<String> {
        (0..self.ends.len())
            .filter_map(|column| self.cell(column))
            .map(|cell| if too_long(cell) { short(cell) } else { cell })
            .map(str::to_owned)
            .collect()
    }

    /// The first cells, each cut short.
    pub(super) fn short_cells(&self) -> Vec<String> {
        (0..SHOWN_CELLS).filter_map(|column| self.cell(column)).map(|cell| short(cell).to_owned()).collect()
    }

    /// All cells, each cut short.
    pub(super) fn columns_cut_short(&self) -> Vec<String> {
        (0..self.ends.len()).filter_map(|column| self.cell(column)).map(|cell| short(cell).to_owned()).collect()
    }

    /// What is wrong with it as a whole.
    pub(super) fn flaw(&self) -> Option<Flaw> {
        if self.not_closed {
            Some(Flaw::NotClosed)
        } else if self.columns > MOST_COLUMNS {
            Some(Flaw::TooManyColumns)
        } else if self.length > MOST_IN_RECORD {
            Some(Flaw::TooLong)
        } else {
            None
        }
    }

    /// The separator that Excel's own first line gives: `sep=;`. Read with that separator, it is two cells.
    pub(super) fn separator_line(&self) -> bool {
        let cell = self.cell(0).unwrap_or_default();
        let known = cell.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
        let rest = cell.get(4..).unwrap_or_default();
        match self.columns {
            1 => known && rest.chars().count() == 1,
            2 => known && rest.is_empty() && self.cell(1) == Some(""),
            _ => false,
        }
    }
}

/// Whether a cell has more characters than are read.
pub(super) fn too_long(cell: &str) -> bool {
    cell.len() > MOST_IN_CELL && cell.chars().count() > MOST_IN_CELL
}

fn short(cell: &str) -> &str {
    cell.char_indices().nth(SHOWN_IN_CELL).and_then(|(end, _)| cell.get(..end)).unwrap_or(cell)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing of the cell was read, or spaces only.
    Start,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// After a quote that ends the cell, or is the first of two that stand for one.
    Quote,
    /// After the closing quote.
    Closed,
}

/// Splits text into records, piece by piece.
///
/// A quote that is never closed would swallow the rest of the file. It counts as such at the end of the file; when the
/// cell goes on for 1,000 lines or 64 kB after the line where it opens; or when it goes over lines and what follows its
/// closing quote is neither a separator nor the end of a line (then that quote opens a cell of its own, further down).
/// The line where it opens is given as a record with a flaw, and reading goes on with the line after it: until the cell
/// closes, what was read since then is held.
/// A record of more than a megabyte ends with its line, whatever its quotes.
pub(super) struct Splitter {
    separator: u8,
    state: State,
    /// The last character was a carriage return: a line feed after it ends no other line.
    returned: bool,
    line: u32,
    record: Record,
    /// Where the quote stands that opened the cell, and how many lines ended in the cell since.
    quote_line: u32,
    breaks: u32,
    /// How much the record had when the first of these lines ended, and what came after it.
    cut: usize,
    held: String,
}

impl Splitter {
    pub(super) fn new(separator: char) -> Self {
        Self {
            separator: usable(separator),
            state: State::Start,
            returned: false,
            line: 1,
            record: Record::new(),
            quote_line: 1,
            breaks: 0,
            cut: 0,
            held: String::new(),
        }
    }

    /// Reads on.
    pub(super) fn read(&mut self, text: &str, each: &mut dyn FnMut(&Record)) {
        // What a quote has swallowed is read again before the rest. It can hold such a quote itself.
        let mut again: Vec<(String, usize)> = Vec::new();
        let mut at = 0;
        loop {
            let (source, from) = again.last().map_or((text, at), |(held, from)| (held.as_str(), *from));
            let (reached, held) = self.scan(source, from, each);
            match again.last_mut() {
                Some((_, from)) => *from = reached,
                None => at = reached,
            }
            match held {
                Some(held) => again.push((held, 0)),
                None if again.pop().is_none() => return,
                None => {}
            }
        }
    }

    /// Says that no more text comes.
    pub(super) fn finish(&mut self, each: &mut dyn FnMut(&Record)) {
        while self.state == State::Quoted {
            let held = self.give_up(each);
            self.read(&held, each);
        }
        self.end_record(each);
    }

    /// Reads to the end of the text, or until a quote counts as never closed: then what it has swallowed comes back.
    fn scan(&mut self, text: &str, from: usize, each: &mut dyn FnMut(&Record)) -> (usize, Option<String>) {
        let mut at = from;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let separator = self.separator;
            let mut bytes = rest.bytes();
            let run = match self.state {
                State::Quoted => bytes.position(|byte| matches!(byte, b'"' | b'\r' | b'\n')),
                State::Plain => bytes.position(|byte| byte == separator || matches!(byte, b'\r' | b'\n')),
                State::Start | State::Closed => bytes.position(|byte| byte != b' '),
                State::Quote => Some(0),
            };
            let run = rest.get(..run.unwrap_or(rest.len())).unwrap_or_default();
            if !run.is_empty() {
                at += run.len();
                self.returned = false;
                self.record.length += run.len();
                self.record.add(run);
                self.hold(run);
                if self.goes_too_far() {
                    return (at, Some(self.give_up(each)));
                }
                continue;
            }
            let byte = rest.bytes().next().unwrap_or_default();
            let ends_line = matches!(byte, b'\r' | b'\n');
            let second = self.returned && byte == b'\n';
            match self.state {
                // Quotes that open and close by turns over lines could go on to the end of the file.
                State::Quoted if ends_line && self.record.length > MOST_IN_RECORD && !second => self.end_line(each),
                State::Quoted if ends_line => self.break_quoted(if byte == b'\r' { "\r" } else { "\n" }, second),
                State::Quoted => {
                    self.hold("\"");
                    self.state = State::Quote;
                }
                State::Quote if byte == b'"' => {
                    self.record.add("\"");
                    self.hold("\"");
                    self.state = State::Quoted;
                }
                State::Quote => {
                    self.state = State::Closed;
                    continue;
                }
                _ if ends_line => {
                    if !second {
                        self.end_line(each);
                    }
                }
                _ if byte == separator => {
                    self.record.end_cell();
                    self.state = State::Start;
                }
                State::Start if byte == b'"' => self.open(),
                State::Closed if self.breaks > 0 => return (at, Some(self.give_up(each))),
                // A text after the closing quote belongs to the cell: `"Ines" Carvalho`.
                _ => {
                    self.state = State::Plain;
                    continue;
                }
            }
            at += 1;
            self.record.length += 1;
            self.returned = byte == b'\r';
            if self.goes_too_far() {
                return (at, Some(self.give_up(each)));
            }
        }
        (at, None)
    }

    fn open(&mut self) {
        self.record.text.truncate(self.record.start);
        self.record.full = false;
        self.state = State::Quoted;
        self.quote_line = self.line;
        self.breaks = 0;
        self.held.clear();
    }

    /// A line ends within a quoted cell; `second` for the line feed after a carriage return.
    fn break_quoted(&mut self, end: &str, second: bool) {
        // The line feed of the first line's end is not part of the line after it.
        if !(second && self.breaks == 1 && self.held.is_empty()) {
            self.hold(end);
        }
        if !second {
            self.breaks += 1;
            self.line = self.line.saturating_add(1);
            if self.breaks == 1 {
                self.cut = self.record.text.len();
            }
        }
        self.record.add(end);
    }

    fn hold(&mut self, text: &str) {
        if self.breaks > 0 && matches!(self.state, State::Quoted | State::Quote | State::Closed) {
            self.held.push_str(text);
        }
    }

    fn goes_too_far(&self) -> bool {
        self.state == State::Quoted && (self.held.len() > MOST_QUOTED || self.breaks > MOST_QUOTED_LINES)
    }

    fn give_up(&mut self, each: &mut dyn FnMut(&Record)) -> String {
        if self.breaks > 0 {
            self.record.text.truncate(self.cut);
            self.line = self.quote_line.saturating_add(1);
        }
        self.record.end_cell();
        // A record that is refused anyway and began further up keeps its line, so that those lines aren't missed.
        if self.record.line == self.quote_line || self.record.flaw().is_none() {
            self.record.line = self.quote_line;
            self.record.not_closed = true;
        }
        each(&self.record);
        self.start_record();
        std::mem::take(&mut self.held)
    }

    fn end_line(&mut self, each: &mut dyn FnMut(&Record)) {
        self.line = self.line.saturating_add(1);
        self.end_record(each);
    }

    fn end_record(&mut self, each: &mut dyn FnMut(&Record)) {
        self.record.end_cell();
        if !self.record.blank {
            each(&self.record);
        }
        self.start_record();
    }

    fn start_record(&mut self) {
        self.record.clear(self.line);
        self.state = State::Start;
        self.breaks = 0;
        self.returned = false;
    }
}

/// A separator is one ASCII character that means nothing else.
fn usable(separator: char) -> u8 {
    match u8::try_from(separator) {
        Ok(byte) if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | b' ' | b'\0') => byte,
        _ => b',',
    }
}

/// Writes one record (RFC 4180), with quotes where they are needed. `guarded` is for a file that a spreadsheet opens: a
/// `'` goes before each cell that would be taken for a formula there.
pub fn write_record(out: &mut String, cells: impl IntoIterator<Item = impl AsRef<str>>, separator: char, guarded: bool) {
    let separator = char::from(usable(separator));
    for (column, cell) in cells.into_iter().enumerate() {
        let cell = cell.as_ref();
        if column > 0 {
            out.push(separator);
        }
        let guard = guarded && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
        // Whichever separator the reading program takes, what stands in quotes stays together.
        let quoted = cell.contains(['"', '\r', '\n', separator]) || cell.contains(SEPARATORS) || cell.trim().len() < cell.len();
        if quoted {
            out.push('"');
        }
        if guard {
            out.push('\'');
        }
        for (index, part) in cell.split('"').enumerate() {
            if index > 0 {
                out.push_str("\"\"");
            }
            out.push_str(part);
        }
        if quoted {
            out.push('"');
        }
    }
    out.push_str("\r\n");
}
