//! How a file is read: its characters, what stands between its columns, and what each column is used as.

use leptos::prelude::*;
use seatwise_domain::import::{Columns, Encoding, Look, look_as};

use super::work::{Chosen, Work};
use crate::ui::{Select, Table};
use crate::words::{import_texts, texts};

/// What a column can be used as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Email,
    Name,
    FirstName,
    LastName,
    Group,
}

impl Use {
    const ALL: [Self; 5] = [Self::Email, Self::Name, Self::FirstName, Self::LastName, Self::Group];

    const fn value(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Name => "name",
            Self::FirstName => "first-name",
            Self::LastName => "last-name",
            Self::Group => "group",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Email => import_texts().import_email_column(),
            Self::Name => texts().name(),
            Self::FirstName => import_texts().import_first_name(),
            Self::LastName => import_texts().import_last_name(),
            Self::Group => texts().group(),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Email => import_texts().import_word_email(),
            Self::Name => import_texts().import_word_name(),
            Self::FirstName => import_texts().import_word_first_name(),
            Self::LastName => import_texts().import_word_last_name(),
            Self::Group => import_texts().import_word_group(),
        }
    }

    const fn of(self, columns: &mut Columns) -> &mut Option<usize> {
        match self {
            Self::Email => &mut columns.email,
            Self::Name => &mut columns.name,
            Self::FirstName => &mut columns.first_name,
            Self::LastName => &mut columns.last_name,
            Self::Group => &mut columns.group,
        }
    }

    /// What the column at `index` is used as.
    fn at(columns: &Columns, index: usize) -> Option<Self> {
        let mut columns = columns.clone();
        Self::ALL.into_iter().find(|one| *one.of(&mut columns) == Some(index))
    }
}

/// The columns that were found, in words.
pub(super) fn matched(columns: &Columns) -> String {
    let mut columns = columns.clone();
    let words: Vec<&str> = Use::ALL.into_iter().filter(|one| one.of(&mut columns).is_some()).map(Use::word).collect();
    import_texts().import_matched(&words.join(", "))
}

const ENCODINGS: [(Encoding, &str); 4] = [
    (Encoding::Utf8, "utf-8"),
    (Encoding::Utf16Le, "utf-16le"),
    (Encoding::Utf16Be, "utf-16be"),
    (Encoding::Windows1252, "windows-1252"),
];

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => import_texts().import_utf8(),
        Encoding::Utf16Le => import_texts().import_utf16_le(),
        Encoding::Utf16Be => import_texts().import_utf16_be(),
        Encoding::Windows1252 => import_texts().import_windows(),
    }
}

const SEPARATORS: [(char, &str); 4] = [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "bar")];

fn separator(separator: char) -> String {
    match separator {
        ',' => import_texts().import_comma().to_owned(),
        ';' => import_texts().import_semicolon().to_owned(),
        '\t' => import_texts().import_tab().to_owned(),
        '|' => import_texts().import_bar().to_owned(),
        other => other.to_string(),
    }
}

/// The choices, filled in with what was found. Changing one shows at once what stands in the columns then.
#[component]
pub(super) fn HowRead(work: Work) -> impl IntoView {
    let look = Memo::new(move |_| work.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.look.clone())));
    let change = move |change: &dyn Fn(&Chosen) -> Look| {
        work.chosen.update(|chosen| {
            if let Some(chosen) = chosen {
                chosen.look = change(chosen);
            }
        });
    };
    let by = move |encoding: Option<Encoding>, separator: Option<char>, header: Option<bool>| {
        change(&|chosen| {
            let before = &chosen.look.format;
            let mut look = look_as(
                &chosen.head,
                chosen.whole,
                Some(encoding.unwrap_or(before.encoding)),
                Some(separator.unwrap_or(before.separator)),
                Some(header.unwrap_or(before.header)),
            );
            // What somebody has chosen for the columns stays as long as they are the same columns.
            if separator.is_none() && before.columns.email.is_some() {
                look.format.columns = before.columns.clone();
            }
            look
        });
    };
    let encodings = ENCODINGS.iter().map(|(one, value)| ((*value).to_owned(), encoding(*one).to_owned())).collect();
    let chosen_encoding = move || {
        let encoding = look.with(|look| look.as_ref().map(|look| look.format.encoding));
        ENCODINGS.iter().find(|(one, _)| Some(*one) == encoding).map_or("", |(_, value)| value).to_owned()
    };
    let choose_encoding =
        move |value: String| by(ENCODINGS.iter().find(|(_, known)| *known == value).map(|(one, _)| *one), None, None);
    let separators = SEPARATORS.iter().map(|(one, value)| ((*value).to_owned(), separator(*one))).collect();
    let chosen_separator = move || {
        let separator = look.with(|look| look.as_ref().map(|look| look.format.separator));
        SEPARATORS.iter().find(|(one, _)| Some(*one) == separator).map_or("", |(_, value)| value).to_owned()
    };
    let choose_separator =
        move |value: String| by(None, SEPARATORS.iter().find(|(_, known)| *known == value).map(|(one, _)| *one), None);
    let firsts = [("headings", import_texts().import_headings()), ("person", import_texts().import_person())];
    let firsts = firsts.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    let chosen_first = move || match look.with(|look| look.as_ref().is_some_and(|look| look.format.header)) {
        true => "headings".to_owned(),
        false => "person".to_owned(),
    };
    let choose_first = move |value: String| by(None, None, Some(value == "headings"));
    // The rows of the table are made anew only when there are other columns: a choice in it keeps the focus.
    let columns = Memo::new(move |_| {
        look.with(|look| {
            let look = look.as_ref()?;
            let count = look.sample.iter().map(Vec::len).chain([look.header.len()]).max().unwrap_or_default();
            Some((0..count).map(|index| column(look, index)).collect::<Vec<_>>())
        })
    });
    let use_of = move |index: usize| look.with(|look| Use::at(&look.as_ref()?.format.columns, index)).map_or("", Use::value);
    let choose_use = move |index: usize, value: &str| {
        let new = Use::ALL.into_iter().find(|one| one.value() == value);
        change(&|chosen| {
            let mut look = chosen.look.clone();
            let columns = &mut look.format.columns;
            for one in Use::ALL {
                let place = one.of(columns);
                if Some(one) == new {
                    *place = Some(index);
                } else if *place == Some(index) {
                    *place = None;
                }
            }
            look
        });
    };
    let uses = move |(index, (name, sample)): (usize, (String, String))| {
        let label = import_texts().import_column_used_as(&name);
        let option = move |one: Use| view! { <option value=one.value() prop:selected=move || use_of(index) == one.value()>{one.label()}</option> };
        view! {
            <tr>
                <td data-label=import_texts().import_column()>{name}</td>
                <td data-label=import_texts().import_used_as()>
                    <select aria-label=label on:change=move |event| choose_use(index, &event_target_value(&event))>
                        <option value="" prop:selected=move || use_of(index).is_empty()>{import_texts().import_not_used()}</option>
                        {Use::ALL.map(option)}
                    </select>
                </td>
                <td data-label=import_texts().import_examples()>{sample}</td>
            </tr>
        }
    };
    let head = move || {
        vec![
            (import_texts().import_column(), false),
            (import_texts().import_used_as(), false),
            (import_texts().import_examples(), false),
        ]
    };
    view! {
        <div class="ways">
            <Select name="encoding" label=import_texts().import_encoding() options=encodings value=Signal::derive(chosen_encoding) on_choose=Callback::new(choose_encoding)/>
            <Select name="separator" label=import_texts().import_separator() options=separators value=Signal::derive(chosen_separator) on_choose=Callback::new(choose_separator)/>
            <Select name="first-row" label=import_texts().import_first_row() options=firsts value=Signal::derive(chosen_first) on_choose=Callback::new(choose_first)/>
        </div>
        {move || columns.get().map(|columns| view! {
            <div class="columns"><Table label=import_texts().import_columns() head=head()>{columns.into_iter().enumerate().map(uses).collect_view()}</Table></div>
        })}
    }
}

/// A column's name, and what stands in it.
fn column(look: &Look, index: usize) -> (String, String) {
    let name = look
        .header
        .get(index)
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .map_or_else(|| import_texts().import_column_number(i64::try_from(index).unwrap_or_default() + 1), str::to_owned);
    let sample: Vec<&str> = look
        .sample
        .iter()
        .filter_map(|row| row.get(index))
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .take(3)
        .collect();
    (name, sample.join(" · "))
}
