//! The typed catalogue: every text that a person reads, on screens, in letters and in problem documents.
//!
//! A text is a method. One without parameters returns itself; one with parameters fills them in. A language is one
//! array of templates; a language that lacks a text doesn't compile, and a test compares the parameters. In a template
//! `{name}` is a parameter, and forms for one and for several stand as `{count} licence | {count} licences`: the first
//! number decides, by the rules of the language.
//!
//! The Worker has all languages in it, for letters and problem documents. The app has none: it fetches the reader's.

pub mod activity;
mod arabic;
pub mod desk;
pub mod entrance;
mod french;
mod german;
pub mod help;
pub mod importing;
pub mod letters;
pub mod look;
pub mod notices;
pub mod palette;
pub mod problems;
pub mod screens;
pub mod settings;
mod spanish;
pub mod syncing;

use crate::Language;

/// A value that goes into a template.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A count: written as the language writes numbers, and decides between the forms.
    Number(i64),
    /// A text as it is.
    Text(&'a str),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// One text with its parameters.
#[inline(never)]
fn filled(table: &'static Table, index: usize, values: &[(&str, Value<'_>)]) -> String {
    fill(table.language, template(table, index), values)
}

/// Fills a template's parameters in.
#[must_use]
pub fn fill(language: Language, template: &str, values: &[(&str, Value<'_>)]) -> String {
    let count = values.iter().find_map(|(_, value)| if let Value::Number(count) = value { Some(*count) } else { None });
    // A text that doesn't change with the number has one form; the last stands for those that are not there.
    let wanted = count.map_or(0, |count| language.form(count));
    let form = template.split(" | ").take(wanted.saturating_add(1)).last().unwrap_or(template);
    // One pass from left to right, so that a value that looks like a parameter stays a value.
    let mut filled = String::with_capacity(form.len() + 16);
    let mut rest = form;
    while let Some((before, tail)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = tail.split_once('}') else {
            rest = tail;
            break;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, Value::Number(count))) => filled.push_str(&language.number(*count)),
            // Names and addresses run their own way, whatever stands around them (Unicode Standard Annex 9).
            Some((_, Value::Text(text))) if language.right_to_left() => {
                filled.push('\u{2068}');
                filled.push_str(text);
                filled.push('\u{2069}');
            }
            Some((_, Value::Text(text))) => filled.push_str(text),
            None => {}
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// What stands between texts in the file of a language that the app fetches.
pub const BETWEEN: char = '\u{1e}';

/// A language's texts of a catalogue.
#[derive(Debug)]
pub struct Table {
    /// The language.
    pub language: Language,
    /// The templates, in the order of the catalogue.
    pub templates: &'static [&'static str],
}

/// One template: a function of its own for all texts of all catalogues, because there are very many calls.
#[inline(never)]
fn template(table: &'static Table, index: usize) -> &'static str {
    table.templates.get(index).copied().unwrap_or_default()
}

/// Declares a catalogue: a type with one method for each text, and its English templates. What stands in parts with a name
/// is not needed by the pages that people see first; each comes to the app in a file of its own.
macro_rules! texts {
    (
        $(#[$doc:meta])* $name:ident { $( $key:ident $( ( $( $parameter:ident : $type:ty ),+ ) )? = $english:literal; )+ }
        $( $part:ident { $( $other:ident $( ( $( $with:ident : $of:ty ),+ ) )? = $others:literal; )+ } )*
    ) => {
        texts! {
            @all $(#[$doc])* $name
            ([("", &[$( stringify!($key), )+]), $( (stringify!($part), &[$( stringify!($other), )+]), )*])
            {
                $( $key $( ( $( $parameter : $type ),+ ) )? = $english; )+
                $( $( $other $( ( $( $with : $of ),+ ) )? = $others; )+ )*
            }
        }
    };
    (
        @all $(#[$doc:meta])* $name:ident ($parts:expr)
        { $( $key:ident $( ( $( $parameter:ident : $type:ty ),+ ) )? = $english:literal; )+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name(&'static crate::texts::Table);

        #[allow(non_camel_case_types, clippy::enum_variant_names)]
        #[derive(Clone, Copy)]
        pub(in crate::texts) enum Key { $( $key, )+ }

        impl Key {
            pub(in crate::texts) const ALL: &'static [Self] = &[$( Self::$key, )+];
        }

        impl $name {
            /// The names of all texts by part, in the order of the templates. The first part has no name.
            pub const PARTS: &'static [(&'static str, &'static [&'static str])] = &$parts;

            /// The texts in English.
            pub const ENGLISH: Self =
                Self(&crate::texts::Table { language: crate::Language::English, templates: &[$( $english, )+] });

            /// The texts in a language.
            #[must_use]
            pub const fn of(language: crate::Language) -> Self {
                match language {
                    crate::Language::English => Self::ENGLISH,
                    crate::Language::German => Self::GERMAN,
                    crate::Language::French => Self::FRENCH,
                    crate::Language::Spanish => Self::SPANISH,
                    crate::Language::Arabic => Self::ARABIC,
                }
            }

            /// The texts that a table has, in the order of the names.
            #[must_use]
            pub const fn read(table: &'static crate::texts::Table) -> Self {
                Self(table)
            }

            /// The language.
            #[must_use]
            pub const fn language(&self) -> crate::Language {
                self.0.language
            }

            /// The templates with their names and the parameters that they take, for tests and tools.
            pub fn templates(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
                const PARAMETERS: &[&[&str]] = &[$( &[$( $( stringify!($parameter), )+ )?], )+];
                let keys = Self::PARTS.iter().flat_map(|(_, keys)| *keys);
                keys.zip(self.0.templates).zip(PARAMETERS).map(|((key, template), parameters)| (*key, *template, *parameters))
            }

            $( texts!(@method $key $( ( $( $parameter : $type ),+ ) )? $english); )+
        }
    };
    (@method $key:ident $english:literal) => {
        #[doc = $english]
        #[must_use]
        pub fn $key(&self) -> &'static str {
            crate::texts::template(self.0, Key::$key as usize)
        }
    };
    (@method $key:ident ( $( $parameter:ident : $type:ty ),+ ) $english:literal) => {
        #[doc = $english]
        #[must_use]
        pub fn $key(&self, $( $parameter: $type ),+) -> String {
            crate::texts::filled(self.0, Key::$key as usize, &[$( (stringify!($parameter), $parameter.into()) ),+])
        }
    };
}
pub(crate) use texts;

/// Says the texts of a catalogue in another language. A text that is missing, or isn't in the catalogue, doesn't compile.
macro_rules! translation {
    ($name:ident, $constant:ident, $language:ident { $( $key:ident = $text:literal; )+ }) => {
        impl $name {
            /// The texts in this language.
            pub const $constant: Self = {
                const fn text(key: Key) -> &'static str {
                    match key {
                        $( Key::$key => $text, )+
                    }
                }
                #[expect(clippy::indexing_slicing, reason = "it runs while this is compiled, where a wrong index is an error")]
                const TEXTS: &[&str] = &{
                    let mut texts = [""; Key::ALL.len()];
                    let mut index = 0;
                    while index < texts.len() {
                        texts[index] = text(Key::ALL[index]);
                        index += 1;
                    }
                    texts
                };
                Self::read(&crate::texts::Table { language: crate::Language::$language, templates: TEXTS })
            };
        }
    };
}
pub(crate) use translation;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_number_decides_between_one_and_several() {
        let template = "{count} licence for {name} | {count} licences for {name}";
        let filled = |count: i64| fill(Language::English, template, &[("count", count.into()), ("name", "Ines".into())]);
        assert_eq!(filled(1), "1 licence for Ines");
        assert_eq!(filled(0), "0 licences for Ines");
        assert_eq!(filled(1_500), "1,500 licences for Ines");
    }

    fn parameters_in(template: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            template.split('{').skip(1).filter_map(|tail| tail.split_once('}')).map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn check(language: Language, texts: impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])>) {
        for (key, template, parameters) in texts {
            let mut wanted = parameters.to_vec();
            wanted.sort_unstable();
            let forms: Vec<&str> = template.split(" | ").collect();
            assert!(forms.len() == 1 || forms.len() == language.forms(), "{language:?} {key}: {} forms", forms.len());
            // A form may say "yesterday" for one day.
            for name in forms.iter().flat_map(|form| parameters_in(form)) {
                assert!(wanted.contains(&name), "{language:?} {key}: {{{name}}} is not a parameter");
            }
            assert_eq!(parameters_in(template), wanted, "{language:?} {key} uses all its parameters");
            assert!(!template.trim().is_empty(), "{language:?} {key} says something");
            assert!(!template.contains(BETWEEN), "{language:?} {key} has no separator in it");
        }
    }

    #[test]
    fn every_template_of_every_language_uses_its_parameters_and_no_others() {
        for language in Language::ALL.iter().copied() {
            check(language, activity::ActivityTexts::of(language).templates());
            check(language, settings::SettingsTexts::of(language).templates());
            check(language, look::LookTexts::of(language).templates());
            check(language, screens::Screens::of(language).templates());
            check(language, desk::Desk::of(language).templates());
            check(language, entrance::EntranceTexts::of(language).templates());
            check(language, importing::Importing::of(language).templates());
            check(language, notices::NoticeTexts::of(language).templates());
            check(language, syncing::SyncTexts::of(language).templates());
            check(language, letters::Letters::of(language).templates());
            check(language, problems::Problems::of(language).templates());
            check(language, palette::PaletteTexts::of(language).templates());
            check(language, help::HelpTexts::of(language).templates());
        }
    }

    #[test]
    fn names_run_their_own_way_in_a_line_from_right_to_left() {
        assert_eq!(
            fill(Language::Arabic, "{name}: {count}", &[("name", "Ines".into()), ("count", 12.into())]),
            "\u{2068}Ines\u{2069}: 12"
        );
    }

    proptest! {
        #[test]
        fn a_value_is_never_taken_for_a_parameter(value in "\\PC{0,40}") {
            prop_assert_eq!(fill(Language::English, "{a}-{b}", &[("a", value.as_str().into()), ("b", "x".into())]), format!("{value}-x"));
        }
    }
}
