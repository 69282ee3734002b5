//! What goes into letters, as the database has it.

use seatwise_domain::text::is_unsafe;
use serde::{Deserialize, Deserializer};

/// The most characters of a text that a letter shows: no text type keeps more.
const MOST: usize = 600;

/// A text that goes into a letter: one line. The text types of `domain` have looked at it when it was typed; what
/// the database holds may be older than they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(String);

impl Line {
    /// Makes one line of a text: what would break it, or turn its direction, becomes a space.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let safe: String = text.chars().take(MOST).map(|c| if is_unsafe(c) { ' ' } else { c }).collect();
        Self(safe.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

impl core::ops::Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::of(&text))
    }
}

/// An id that goes into a link: nothing but what ids are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    /// What of a text an id can be made of.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(64).collect())
    }
}

impl core::fmt::Display for Id {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::of(&text))
    }
}

/// Reads a flag: JSON's own, or SQLite's 0 and 1.
pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Flag {
        Bool(bool),
        Number(i64),
    }
    Ok(match Flag::deserialize(deserializer)? {
        Flag::Bool(flag) => flag,
        Flag::Number(number) => number != 0,
    })
}

/// What the provider says about a letter, fit to be kept and shown: one line, without the address, and no longer than needed.
#[must_use]
pub(super) fn reason(text: &str) -> Option<String> {
    let line = Line::of(text);
    let words: Vec<&str> = line.split(' ').map(|word| if word.contains('@') { "…" } else { word }).collect();
    let reason: String = words.join(" ").chars().take(200).collect();
    (!reason.is_empty()).then_some(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_one_line() {
        for (text, line) in [
            ("Ines Carvalho", "Ines Carvalho"),
            ("a\r\nBcc: x@example.com", "a Bcc: x@example.com"),
            ("a\0b\u{2028}c\u{2029}d\u{202e}e\u{61c}f", "a b c d e f"),
            ("  \n ", ""),
        ] {
            assert_eq!(&*Line::of(text), line);
        }
        assert_eq!(Line::of(&"x".repeat(10_000)).chars().count(), MOST);
    }

    #[test]
    fn an_id_can_only_be_an_id() {
        assert_eq!(Id::of("aZ09-_/../x?y#z\"><").to_string(), "aZ09-_xyz");
    }

    #[test]
    fn a_reason_has_no_address_in_it() {
        assert_eq!(reason("550 5.1.1 <ines@example.com>: unknown\r\n").as_deref(), Some("550 5.1.1 … unknown"));
        assert_eq!(reason(" \n"), None);
    }
}
