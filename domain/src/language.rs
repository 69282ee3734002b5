//! The languages that Seatwise speaks, and how each writes numbers and counts.

use serde::{Deserialize, Serialize};

use crate::policy::choice;

choice! {
    /// A language of screens and letters.
    Language {
        /// English, with British spelling.
        #[default]
        English = "en",
        /// German.
        German = "de",
        /// French.
        French = "fr",
        /// Spanish.
        Spanish = "es",
        /// Arabic, written from right to left, with the digits 0 to 9.
        Arabic = "ar",
    }
}

impl Language {
    /// What the language calls itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Arabic => "العربية",
        }
    }

    /// The tag (BCP 47) by which dates are written.
    #[must_use]
    pub const fn for_dates(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::Arabic => "ar-u-nu-latn",
            Self::German | Self::French | Self::Spanish => self.as_str(),
        }
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub const fn right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }

    /// The first of the languages that somebody reads which we speak: an `Accept-Language` header (RFC 9110, section
    /// 12.5.4), or a list with the best first.
    #[must_use]
    pub fn best(accepted: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for range in accepted.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            let Some(language) = tag.split('-').next().and_then(|primary| Self::parse(&primary.to_ascii_lowercase())) else {
                continue;
            };
            if weight > 0.0 && best.is_none_or(|(_, found)| weight > found) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }

    /// How many forms a text has that changes with a number.
    #[must_use]
    pub const fn forms(self) -> usize {
        match self {
            Self::Arabic => 6,
            Self::English | Self::German | Self::French | Self::Spanish => 2,
        }
    }

    /// Which of the forms goes with a number (Unicode CLDR, cardinal plural rules).
    #[must_use]
    pub const fn form(self, count: i64) -> usize {
        let count = count.unsigned_abs();
        match self {
            Self::English | Self::German | Self::Spanish => (count != 1) as usize,
            Self::French => (count > 1) as usize,
            Self::Arabic => match (count, count % 100) {
                (0..=2, _) => count as usize,
                (_, 3..=10) => 3,
                (_, 11..=99) => 4,
                _ => 5,
            },
        }
    }

    /// A whole number as people write it: thousands grouped, a real minus sign.
    #[must_use]
    pub fn number(self, value: i64) -> String {
        let (separator, least) = match self {
            Self::English | Self::Arabic => (',', 4),
            Self::German => ('.', 4),
            Self::French => ('\u{202f}', 4),
            // Spanish groups from five digits on.
            Self::Spanish => ('.', 5),
        };
        let digits = value.unsigned_abs().to_string();
        let mut shown = String::new();
        if value < 0 {
            // A mark keeps the sign before the digits in a line that runs from right to left.
            shown.push_str(if self.right_to_left() { "\u{200e}\u{2212}" } else { "\u{2212}" });
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && digits.len() >= least && (digits.len() - index).is_multiple_of(3) {
                shown.push(separator);
            }
            shown.push(digit);
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_grouped_as_each_language_does_and_have_a_real_minus() {
        for (language, value, shown) in [
            (Language::English, 0, "0"),
            (Language::English, 999, "999"),
            (Language::English, 1_234_567, "1,234,567"),
            (Language::English, -1_200, "\u{2212}1,200"),
            (Language::German, 1_234_567, "1.234.567"),
            (Language::French, 12_000, "12\u{202f}000"),
            (Language::Spanish, 1_200, "1200"),
            (Language::Spanish, 12_000, "12.000"),
            (Language::Arabic, -12, "\u{200e}\u{2212}12"),
        ] {
            assert_eq!(language.number(value), shown);
        }
    }

    #[test]
    fn forms_follow_the_rules_of_each_language() {
        let forms = |language: Language| [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1_000].map(|count| language.form(count));
        assert_eq!(forms(Language::English), [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert_eq!(forms(Language::French), [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert_eq!(forms(Language::Arabic), [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 5]);
    }

    #[test]
    fn the_best_language_that_we_speak_is_found() {
        for (accepted, found) in [
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("nl,fr-CA;q=0.7,en;q=0.5", Some(Language::French)),
            ("en;q=0.5, es;q=0.9", Some(Language::Spanish)),
            ("AR-EG", Some(Language::Arabic)),
            ("de;q=0, en;q=0.1", Some(Language::English)),
            ("nl, pt", None),
            ("", None),
            ("*", None),
        ] {
            assert_eq!(Language::best(accepted), found, "{accepted}");
        }
    }

    proptest! {
        #[test]
        fn every_number_has_a_form(count: i64) {
            for language in Language::ALL {
                prop_assert!(language.form(count) < language.forms());
            }
        }

        #[test]
        fn no_header_is_too_odd(accepted in "\\PC{0,60}") {
            let _ = Language::best(&accepted);
        }
    }
}
