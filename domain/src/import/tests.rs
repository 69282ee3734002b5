use std::fmt::Write as _;

use proptest::prelude::*;

use super::csv::Splitter;
use super::*;
use crate::text::is_unsafe;

fn read(format: &Format, pieces: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut reader = Reader::new(format);
    for piece in pieces {
        reader.push(piece.as_ref(), &mut found);
    }
    reader.finish(&mut found);
    found
}

fn format_of(email: usize, name: usize, group: usize) -> Format {
    Format {
        encoding: Encoding::Utf8,
        separator: ',',
        header: false,
        columns: Columns { email: Some(email), name: Some(name), group: Some(group), ..Columns::default() },
    }
}

/// How the file is read and what is found in it, as the expected outcomes are written.
fn outcome(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let Format { encoding, separator, header, columns } = look(head, head.len() == bytes.len()).format;
    let mut text = format!("{encoding:?} {separator:?} {}", if header { "headings" } else { "no headings" });
    for (name, column) in [
        ("email", columns.email),
        ("name", columns.name),
        ("first_name", columns.first_name),
        ("last_name", columns.last_name),
        ("group", columns.group),
    ] {
        if let Some(column) = column {
            write!(text, " {name}={column}").expect("a string");
        }
    }
    text.push('\n');
    for found in read(&Format { encoding, separator, header, columns }, [bytes]) {
        match found {
            Found::Row(Row { line, email, name, group }) => {
                let (name, group) = (name.unwrap_or_default(), group.unwrap_or_default());
                writeln!(text, "{line} {}|{name}|{group}", email.typed())
            }
            Found::Refused(Refused { line, reason, .. }) => match reason {
                Reason::Address { problem } => writeln!(text, "{line} refused address {problem:?}"),
                Reason::Name { problem } => writeln!(text, "{line} refused name {problem:?}"),
                Reason::Group { problem } => writeln!(text, "{line} refused group {problem:?}"),
                Reason::Repeated { line: first } => writeln!(text, "{line} refused repeated {first}"),
                Reason::NotClosed => writeln!(text, "{line} refused not closed"),
                Reason::TooLong => writeln!(text, "{line} refused too long"),
                Reason::TooManyColumns => writeln!(text, "{line} refused too many columns"),
            },
        }
        .expect("a string");
    }
    text
}

#[test]
fn every_odd_file_is_read_as_expected() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/files/import");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    assert!(files.len() >= 60, "{} files", files.len());
    let mut wrong = String::new();
    for path in files {
        let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
        let outcome = outcome(&std::fs::read(&path).expect("a file"));
        if outcome != expected {
            write!(wrong, "\n{}\nexpected:\n{expected}found:\n{outcome}", path.display()).expect("a string");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn reasons_have_words() {
    let texts = &Problems::ENGLISH;
    for (reason, words) in [
        (Reason::Address { problem: AddressProblem::ManyAts }, "Not an e-mail address: more than one @ sign."),
        (Reason::Repeated { line: 14 }, "The same address stands in line 14 already."),
        (Reason::NotClosed, "A quotation mark opens here and is never closed."),
        (
            Reason::Name { problem: TextProblem::BadCharacter },
            "The name can't be taken. Use one line, without hidden characters.",
        ),
    ] {
        assert_eq!(reason.words(texts), words);
    }
    let json = serde_json::to_string(&Reason::Repeated { line: 14 }).expect("json");
    assert_eq!(json, r#"{"what":"repeated","line":14}"#);
    for reason in [Reason::Name { problem: TextProblem::TooLong { most: 120 } }, Reason::TooLong] {
        let json = serde_json::to_string(&reason).expect("json");
        assert_eq!(serde_json::from_str::<Reason>(&json).expect("a reason"), reason, "{json}");
    }
}

#[test]
fn a_refused_row_is_given_as_it_stood() {
    let found = read(&format_of(0, 1, 2), ["jose@@example.com , \"Jos\u{e9}, \"\"J\"\"\",=\"007\"\r\n"]);
    let [Found::Refused(refused)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(refused.cells, ["jose@@example.com ", "José, \"J\"", "=\"007\""]);
}

#[test]
fn a_quote_that_is_never_closed_takes_its_own_line_only() {
    let found = read(&format_of(0, 1, 2), ["a@example.com,\"Ines,Sales\r\nb@example.com,Zoe,Sales\r\n"]);
    let [Found::Refused(refused), Found::Row(row)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((refused.line, refused.cells.as_slice()), (1, ["a@example.com", "Ines,Sales"].map(str::to_owned).as_slice()));
    assert_eq!((row.line, row.name.as_deref()), (2, Some("Zoe")));
}

#[test]
fn quotes_that_open_on_every_line_take_no_longer_than_others() {
    // Each of these would swallow what follows, up to the limit, again and again.
    for line in ["a@example.com,\"\n", "\"\"\"\n", "x\",\"\n", "\"a\n\n\n", "\",\"\"\n", "\"\" \"\"\" \"\n"] {
        let file = line.repeat(500_000 / line.len());
        let begun = std::time::Instant::now();
        let found = read(&format_of(0, 1, 2), [file]);
        assert!(!found.is_empty());
        assert!(begun.elapsed().as_secs() < 20, "{line:?} took {:?}", begun.elapsed());
    }
}

#[test]
fn what_is_too_large_is_refused_and_what_follows_is_read() {
    let huge = "x".repeat(3_000_000);
    let wide = ",y".repeat(1_000_000);
    let file = format!("a@example.com,{huge}\r\nb@example.com{wide}\nc@example.com,\"{huge}\"\rd@example.com,Ines");
    let found = read(&format_of(0, 1, 2), file.as_bytes().chunks(1_000));
    let [Found::Refused(first), Found::Refused(second), Found::Refused(third), Found::Row(row)] = found.as_slice() else {
        panic!("{} found", found.len())
    };
    assert_eq!([first.reason, second.reason, third.reason], [Reason::TooLong, Reason::TooManyColumns, Reason::TooLong]);
    assert_eq!([first.line, second.line, third.line, row.line], [1, 2, 3, 4]);
    assert_eq!((first.cells.len(), first.cells[1].len()), (2, 200));
    assert_eq!((second.cells.len(), second.cells[0].as_str()), (20, "b@example.com"));
}

#[test]
fn a_record_over_lines_cant_take_the_rest_of_the_file() {
    // Every line closes the quote of the line before and opens one.
    let file = "x\",\"\r\n".repeat(500_000);
    let found = read(&format_of(0, 1, 2), [format!("{file}a@example.com,Ines\r\n")]);
    let lines: Vec<(u32, Option<Reason>)> = found
        .iter()
        .map(|found| match found {
            Found::Row(row) => (row.line, None),
            Found::Refused(refused) => (refused.line, Some(refused.reason)),
        })
        .collect();
    assert_eq!(lines.first(), Some(&(1, Some(Reason::TooManyColumns))));
    // Of a megabyte each, none is left out.
    assert!(lines.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 1024 * 1024 / 6 + 2), "{lines:?}");
    assert_eq!(lines.last(), Some(&(500_001, None)), "{lines:?}");
}

#[test]
fn a_long_cell_counts_only_where_it_is_read() {
    let photo = "x".repeat(50_000);
    let file = format!("a@example.com,Ines,Sales,{photo}\nb@example.com,{photo}\nc@@example.com,Ines,Sales,\"{photo}\"\n");
    let found = read(&format_of(0, 1, 2), [file]);
    let [Found::Row(_), Found::Refused(second), Found::Refused(third)] = found.as_slice() else {
        panic!("{} found", found.len())
    };
    assert_eq!(second.reason, Reason::TooLong);
    assert_eq!(third.reason, Reason::Address { problem: AddressProblem::ManyAts });
    assert_eq!(third.cells[3].len(), 200);
}

#[test]
fn a_person_can_choose_otherwise() {
    let file = b"mail,x;y\nines@example.com,Zo\xeb;2\n";
    assert_eq!(look(file, true).sample, [["ines@example.com", "Zoë;2"]]);
    let look = look_as(file, true, Some(Encoding::Utf8), Some(';'), Some(false));
    assert_eq!(look.sample, [["mail,x", "y"], ["ines@example.com,Zo\u{fffd}", "2"]]);
    assert!(look.header.is_empty());
    assert_eq!(look.format.columns.email, None);
}

#[test]
fn the_head_of_a_larger_file_shows_whole_records_only() {
    let look = look(b"mail;name\na@example.com;Ines\nb@example.com;Zo", false);
    assert_eq!(look.header, ["mail", "name"]);
    assert_eq!(look.sample, [["a@example.com", "Ines"]]);
    assert_eq!(super::look(b"", true).format.columns, Columns::default());
}

#[test]
fn rows_that_come_from_elsewhere_are_judged_alike() {
    let mut judge = Judge::new();
    let row = judge.judge(1, "Ines@Example.com", None, Some("Ines"), Some("Carvalho"), Some("/Sales/North")).expect("a row");
    assert_eq!((row.name.as_deref(), row.group.as_deref()), (Some("Ines Carvalho"), Some("Sales/North")));
    assert_eq!(judge.judge(2, "ines@example.com", None, None, None, None), Err(Reason::Repeated { line: 1 }));
    let row = judge.judge(3, "zoe@example.com", Some(" "), None, Some("Zoe"), Some("sales/north")).expect("a row");
    assert_eq!((row.name.as_deref(), row.group.as_deref()), (Some("Zoe"), Some("Sales/North")));
}

#[test]
fn formulas_are_guarded_and_the_guard_goes_again() {
    let cells = ["=1+1", "+49", "-", "@x", "\tx", "\rx", "\0x", "a=b", "a;b", " a"];
    let mut out = String::new();
    write_record(&mut out, cells, ',', true);
    assert_eq!(out, "'=1+1,'+49,'-,'@x,\"'\tx\",\"'\rx\",'\0x,a=b,\"a;b\",\" a\"\r\n");
    let found = read(&format_of(0, 1, 2), ["'+ines@example.com,'=Ines,'Sales"]);
    let [Found::Row(row)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        (row.email.typed(), row.name.as_deref(), row.group.as_deref()),
        ("+ines@example.com", Some("=Ines"), Some("'Sales"))
    );
}

fn split(text: &str, separator: char, step: usize) -> Vec<(u32, Vec<String>)> {
    let mut records = Vec::new();
    let mut each = |record: &csv::Record| records.push((record.line(), record.cells()));
    let mut splitter = Splitter::new(separator);
    let characters: Vec<char> = text.chars().collect();
    for piece in characters.chunks(step) {
        splitter.read(&piece.iter().collect::<String>(), &mut each);
    }
    splitter.finish(&mut each);
    records
}

/// Bytes as odd files have them: mostly what means something to the reader.
fn odd_bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => prop::sample::select(vec!["\"", ",", "\n", "\r\n", "\r", ";", " ", "\"\"", "=\"", "a@example.com", "Ines", "\u{feff}", "é"])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn any_format() -> impl Strategy<Value = Format> {
    let encoding = prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252]);
    let column = || prop::option::of(0_usize..4);
    let columns = (Just(Some(0)), column(), column(), column(), column())
        .prop_map(|(email, name, first_name, last_name, group)| Columns { email, name, first_name, last_name, group });
    (encoding, prop::sample::select(vec![',', ';', '\t', '"', 'é']), any::<bool>(), columns)
        .prop_map(|(encoding, separator, header, columns)| Format { encoding, separator, header, columns })
}

/// One line of a file and whether it is whole: a good row, a bad one, or one with a quote that is never closed.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_u32..50).prop_map(|number| format!("u{number}@example.com,Ines,Sales")),
        (0_u32..50).prop_map(|number| format!("\"u{number}@example.com\",\"Carvalho, \"\"Ines\"\"\",\"Sales\"")),
        Just("jose@@example.com,,".to_owned()),
        Just("x,\"Ines, Sales".to_owned()),
        Just("\"x,Ines,Sales".to_owned()),
        Just("x,Ines \"the best\",\"S\"ales".to_owned()),
    ]
}

proptest! {
    #[test]
    fn whatever_the_bytes_and_however_cut_the_same_is_found(bytes in odd_bytes(), format in any_format(), cuts in prop::collection::vec(1_usize..20, 1..20)) {
        let whole = read(&format, [&bytes]);
        let mut rest = bytes.as_slice();
        let mut pieces = Vec::new();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, after) = rest.split_at((*cut).min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        prop_assert_eq!(&whole, &read(&format, pieces));
        prop_assert_eq!(&whole, &read(&format, bytes.chunks(1)));
        for whole in [true, false] {
            prop_assert!(look(&bytes, whole).sample.len() <= 5);
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        records in prop::collection::vec(prop::collection::vec("[ -~éα\r\n\t\"]{0,12}|\\PC{0,12}", 1..6), 0..12),
        separator in prop::sample::select(vec![',', ';', '\t', '|']),
        step in 1_usize..9,
    ) {
        let mut out = String::new();
        for record in &records {
            write_record(&mut out, record, separator, false);
        }
        let read: Vec<Vec<String>> = split(&out, separator, step).into_iter().map(|(_, cells)| cells).collect();
        let full: Vec<Vec<String>> =
            records.into_iter().filter(|record| record.iter().any(|cell| !cell.trim().is_empty())).collect();
        prop_assert_eq!(read, full);
    }

    #[test]
    fn every_line_is_accounted_for(lines in prop::collection::vec(line(), 0..40), end in prop::sample::select(vec!["\n", "\r\n", "\r"])) {
        let file = lines.join(end);
        let found = read(&format_of(0, 1, 2), [&file]);
        let numbers: Vec<usize> = found
            .iter()
            .map(|found| match found {
                Found::Row(row) => row.line as usize,
                Found::Refused(refused) => refused.line as usize,
            })
            .collect();
        prop_assert_eq!(numbers, (1..=lines.len()).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_accepted_is_safe(bytes in odd_bytes(), format in any_format(), name in "(?s).{0,20}", group in "(?s).{0,20}") {
        let mut found = read(&format, [&bytes]);
        let mut record = String::new();
        write_record(&mut record, ["ines@example.com", &name, &group], ',', false);
        found.extend(read(&format_of(0, 1, 2), [record]));
        for found in found {
            if let Found::Row(Row { email, name, group, .. }) = found {
                for text in [Some(email.typed().to_owned()), Some(email.compared().to_owned()), name, group].into_iter().flatten() {
                    prop_assert!(!text.is_empty());
                    prop_assert!(!text.chars().any(|c| is_unsafe(c) || c == char::REPLACEMENT_CHARACTER), "{:?}", text);
                }
            }
        }
    }
}
