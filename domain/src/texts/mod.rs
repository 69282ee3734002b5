//! The typed catalogue: every text that a person reads, on screens, in letters and in problem documents.
//!
//! A text is a method. One without parameters returns itself; one with parameters fills them in. A language is one
//! array of templates; an array that lacks a text doesn't compile, and a test compares the parameters. In a template
//! `{name}` is a parameter, and forms for one and for several stand as `{count} licence | {count} licences`: the first
//! number decides.

pub mod desk;
pub mod importing;
pub mod letters;
pub mod look;
pub mod notices;
pub mod problems;
pub mod screens;
pub mod settings;
pub mod syncing;

/// A value that goes into a template.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A count: grouped in thousands, and decides between the forms.
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

/// A whole number as people write it: thousands grouped, a real minus sign.
#[must_use]
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut shown = String::from(if value < 0 { "\u{2212}" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Fills a template's parameters in.
#[must_use]
pub fn fill(template: &str, values: &[(&str, Value<'_>)]) -> String {
    let one = values.iter().find_map(|(_, value)| if let Value::Number(count) = value { Some(*count == 1) } else { None });
    let form = match (template.split_once(" | "), one) {
        (Some((singular, _)), Some(true)) => singular,
        (Some((_, plural)), _) => plural,
        (None, _) => template,
    };
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
            Some((_, Value::Number(count))) => filled.push_str(&number(*count)),
            Some((_, Value::Text(text))) => filled.push_str(text),
            None => {}
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Declares a catalogue: a type with one method for each text, and its English templates.
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $( $key:ident $( ( $( $parameter:ident : $type:ty ),+ ) )? = $english:literal; )+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            templates: &'static [&'static str; $name::KEYS.len()],
        }

        #[allow(non_camel_case_types, clippy::enum_variant_names)]
        #[derive(Clone, Copy)]
        enum Key { $( $key, )+ }

        impl $name {
            /// The names of all texts, in the order of the templates.
            pub const KEYS: &'static [&'static str] = &[$( stringify!($key), )+];

            /// The texts in English.
            pub const ENGLISH: Self = Self { templates: &[$( $english, )+] };

            /// The templates with their names and the parameters that they take, for tests and tools.
            pub fn templates(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
                const PARAMETERS: &[&[&str]] = &[$( &[$( $( stringify!($parameter), )+ )?], )+];
                Self::KEYS.iter().zip(self.templates).zip(PARAMETERS).map(|((key, template), parameters)| (*key, *template, *parameters))
            }

            fn template(&self, key: Key) -> &'static str {
                self.templates.get(key as usize).copied().unwrap_or_default()
            }

            $( texts!(@method $key $( ( $( $parameter : $type ),+ ) )? $english); )+
        }
    };
    (@method $key:ident $english:literal) => {
        #[doc = $english]
        #[must_use]
        pub fn $key(&self) -> &'static str {
            self.template(Key::$key)
        }
    };
    (@method $key:ident ( $( $parameter:ident : $type:ty ),+ ) $english:literal) => {
        #[doc = $english]
        #[must_use]
        pub fn $key(&self, $( $parameter: $type ),+) -> String {
            crate::texts::fill(self.template(Key::$key), &[$( (stringify!($parameter), $parameter.into()) ),+])
        }
    };
}
pub(crate) use texts;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_grouped_and_have_a_real_minus() {
        for (value, shown) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-12, "\u{2212}12"), (-1_200, "\u{2212}1,200")]
        {
            assert_eq!(number(value), shown);
        }
    }

    #[test]
    fn the_first_number_decides_between_one_and_several() {
        let template = "{count} licence for {name} | {count} licences for {name}";
        let filled = |count: i64| fill(template, &[("count", count.into()), ("name", "Ines".into())]);
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

    fn check(texts: impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])>) {
        for (key, template, parameters) in texts {
            let mut wanted = parameters.to_vec();
            wanted.sort_unstable();
            for form in template.split(" | ") {
                for name in parameters_in(form) {
                    assert!(wanted.contains(&name), "{key}: {{{name}}} is not a parameter");
                }
            }
            assert_eq!(parameters_in(template), wanted, "{key} uses all its parameters");
            assert!(!template.trim().is_empty(), "{key} says something");
        }
    }

    #[test]
    fn every_template_uses_its_parameters_and_no_others() {
        check(screens::Screens::ENGLISH.templates());
        check(desk::Desk::ENGLISH.templates());
        check(importing::Importing::ENGLISH.templates());
        check(notices::NoticeTexts::ENGLISH.templates());
        check(settings::SettingsTexts::ENGLISH.templates());
        check(syncing::SyncTexts::ENGLISH.templates());
        check(look::LookTexts::ENGLISH.templates());
        check(letters::Letters::ENGLISH.templates());
        check(problems::Problems::ENGLISH.templates());
    }

    proptest! {
        #[test]
        fn a_value_is_never_taken_for_a_parameter(value in "\\PC{0,40}") {
            prop_assert_eq!(fill("{a}-{b}", &[("a", value.as_str().into()), ("b", "x".into())]), format!("{value}-x"));
        }
    }
}
