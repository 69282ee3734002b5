//! What the beginning of a file shows.

use super::csv::{SEPARATORS, Splitter};
use super::decode::{self, Decoder};
use super::rows::bare;
use super::{Columns, Encoding, Format, Look, columns};

/// How many records are compared to find the separator and the columns.
const LOOKED_AT: usize = 50;
/// How many records a person sees.
const SHOWN: usize = 5;

/// Looks at the beginning of a file: its first 64 kB, or the whole of a smaller one; `whole` says which.
#[must_use]
pub fn look(head: &[u8], whole: bool) -> Look {
    look_as(head, whole, None, None, None)
}

/// The same, where a person has chosen the encoding, the separator, or whether the first record has headings. The
/// columns are guessed anew.
#[must_use]
pub fn look_as(head: &[u8], whole: bool, encoding: Option<Encoding>, separator: Option<char>, header: Option<bool>) -> Look {
    let encoding = encoding.unwrap_or_else(|| decode::guess(head, whole));
    let text = decoded(head, whole, encoding);
    let (separator, mut records) = match separator.or_else(|| given_separator(&text)) {
        Some(separator) => (separator, records(&text, whole, separator)),
        None => guess_separator(&text, whole),
    };
    let first = records.first().map(Vec::as_slice).unwrap_or_default();
    let header = header.unwrap_or_else(|| columns::are_headings(first));
    let heading = if header && !records.is_empty() { records.remove(0) } else { Vec::new() };
    let columns = if records.is_empty() && heading.is_empty() { Columns::default() } else { columns::guess(&heading, &records) };
    records.truncate(SHOWN);
    Look { format: Format { encoding, separator, header, columns }, header: heading, sample: records }
}

fn decoded(head: &[u8], whole: bool, encoding: Encoding) -> String {
    let mut text = String::new();
    let mut decoder = Decoder::new(encoding);
    decoder.push(head, &mut |more| text.push_str(more));
    if whole {
        decoder.finish(&mut |more| text.push_str(more));
    }
    text
}

/// The separator of a first line such as `sep=;`.
fn given_separator(text: &str) -> Option<char> {
    let line = text.lines().next()?.split('\r').next()?.trim_matches('"');
    let mut rest = line.get(4..).filter(|_| line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")))?.chars();
    let separator = rest.next().filter(|_| rest.next().is_none())?;
    // What the reader wouldn't split by is no separator.
    (separator == '\t' || (separator.is_ascii_punctuation() && separator != '"')).then_some(separator)
}

/// The first records as they would be read with this separator.
fn records(text: &str, whole: bool, separator: char) -> Vec<Vec<String>> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let mut begun = false;
    let mut each = |record: &super::csv::Record| {
        let first = !std::mem::replace(&mut begun, true);
        if records.len() < LOOKED_AT && !(first && record.separator_line()) {
            let cells = if record.flaw().is_some() { record.short_cells() } else { record.columns_cut_short() };
            records.push(cells.iter().map(|cell| bare(cell).into_owned()).collect());
        }
    };
    let mut splitter = Splitter::new(separator);
    splitter.read(text, &mut each);
    // A record that the end of the head cuts isn't shown, unless there is little else.
    if whole {
        splitter.finish(&mut each);
    } else if records.len() < 2 {
        let mut rest = records.len();
        let mut last = Vec::new();
        splitter.finish(&mut |record| {
            if rest < SHOWN {
                rest += 1;
                last.push(record.short_cells().iter().map(|cell| bare(cell).into_owned()).collect());
            }
        });
        records.append(&mut last);
    }
    records
}

/// The separator by which the first records fall into the same number of columns.
fn guess_separator(text: &str, whole: bool) -> (char, Vec<Vec<String>>) {
    let mut best = (',', Vec::new());
    let mut most = None;
    for separator in SEPARATORS {
        let records = records(text, whole, separator);
        let score = score(&records);
        if most.is_none_or(|most| score > most) {
            most = Some(score);
            best = (separator, records);
        }
    }
    best
}

/// Whether the first record shows an address or its heading, how many of a thousand records have the commonest number
/// of columns, and that number.
fn score(records: &[Vec<String>]) -> (bool, usize, usize) {
    let columns = |length: usize| records.iter().filter(|record| record.len() == length).count();
    let usual = records.iter().map(|record| (columns(record.len()), record.len())).max().unwrap_or_default();
    let first = records.first().map(Vec::as_slice).unwrap_or_default();
    let (agreeing, width) = if usual.1 > 1 { (usual.0 * 1_000 / records.len().max(1), usual.1) } else { (0, 0) };
    (columns::shows_address(first), agreeing, width)
}
