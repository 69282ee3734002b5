//! Texts that people type: names and notes. A value of these types has been looked at once and can go anywhere: into
//! a mail header, a page, a spreadsheet.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Why a text can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TextProblem {
    /// There is nothing, and something is needed.
    Empty,
    /// It has more characters than are kept.
    TooLong {
        /// The most characters that are kept.
        most: usize,
    },
    /// It has a line break or another character that nobody sees.
    BadCharacter,
    /// It is not a web address that starts with https://.
    NotAWebAddress,
}

/// Characters that must not reach a mail header, a page or a file: controls, line separators, and the marks that
/// change the direction of what follows.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn read_line(text: &str, most: usize) -> Result<String, TextProblem> {
    let trimmed = text.trim();
    // Four bytes are the most that a character takes: longer is refused before any work.
    if trimmed.len() > most.saturating_mul(4) {
        return Err(TextProblem::TooLong { most });
    }
    if trimmed.chars().any(is_unsafe) {
        return Err(TextProblem::BadCharacter);
    }
    let line: String = trimmed.nfc().collect();
    if line.chars().count() > most {
        return Err(TextProblem::TooLong { most });
    }
    Ok(line)
}

macro_rules! line_type {
    ($(#[$doc:meta])* $name:ident, $most:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The most characters that are kept.
            pub const MOST: usize = $most;

            /// Reads one line: spaces around it go, its Unicode is composed (NFC).
            ///
            /// # Errors
            /// When it is empty, too long, or has characters that nobody sees.
            pub fn parse(text: &str) -> Result<Self, TextProblem> {
                let line = read_line(text, Self::MOST)?;
                if line.is_empty() { Err(TextProblem::Empty) } else { Ok(Self(line)) }
            }

            /// The same, where nothing is an answer too.
            ///
            /// # Errors
            /// When it is too long or has characters that nobody sees.
            pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, TextProblem> {
                match text.map(str::trim) {
                    None | Some("") => Ok(None),
                    Some(text) => Self::parse(text).map(Some),
                }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

line_type!(
    /// A person's name.
    PersonName,
    120
);
line_type!(
    /// A company's name.
    CompanyName,
    120
);
line_type!(
    /// A group's name.
    GroupName,
    80
);
line_type!(
    /// A short remark: an order's message, a reason.
    Remark,
    500
);
line_type!(
    /// A telephone number, as people write it.
    Phone,
    40
);
line_type!(
    /// A customer's own number for an order (a purchase order number, say).
    Reference,
    60
);

/// The address of a web page, over https (or http on this very machine, for trying things out).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress(String);

impl WebAddress {
    /// The most characters that are kept.
    pub const MOST: usize = 500;

    /// Reads an address. Nothing is an answer too: `Ok(None)`.
    ///
    /// # Errors
    /// When it isn't an https address with a host, or has characters that addresses don't have.
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, TextProblem> {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let line = read_line(text, Self::MOST)?;
        let rest = line
            .strip_prefix("https://")
            .or_else(|| line.strip_prefix("http://").filter(|rest| rest.starts_with("localhost")))
            .ok_or(TextProblem::NotAWebAddress)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let odd = |c: char| c.is_whitespace() || "\"<>\\^`{|}".contains(c);
        // A user name before the host is how one address is made to look like another.
        if host.is_empty() || host.contains('@') || line.contains(odd) {
            return Err(TextProblem::NotAWebAddress);
        }
        Ok(Some(Self(line)))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_lose_the_spaces_around_them_and_keep_the_rest() {
        assert_eq!(PersonName::parse("  Ines  Carvalho ").expect("a name").as_str(), "Ines  Carvalho");
        assert_eq!(PersonName::parse(" "), Err(TextProblem::Empty));
        assert_eq!(PersonName::parse_optional(Some(" ")), Ok(None));
    }

    #[test]
    fn what_would_break_a_header_or_hide_in_a_page_is_refused() {
        for text in ["a\r\nBcc: x@example.com", "a\nb", "a\0b", "a\u{2028}b", "a\u{202e}b", "a\u{7f}b", "a\u{200b}b", "a\u{61c}b"]
        {
            assert_eq!(PersonName::parse(text), Err(TextProblem::BadCharacter), "{text:?}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        assert!(PersonName::parse(&"é".repeat(120)).is_ok());
        assert_eq!(PersonName::parse(&"é".repeat(121)), Err(TextProblem::TooLong { most: 120 }));
        assert_eq!(PersonName::parse(&"x".repeat(1_000_000)), Err(TextProblem::TooLong { most: 120 }));
    }

    #[test]
    fn only_https_addresses_are_web_addresses() {
        for good in ["https://learn.example.com", "https://example.com/a?b=c#d", "http://localhost:3000/x"] {
            assert_eq!(WebAddress::parse_optional(Some(good)).expect("good").expect("some").as_str(), good);
        }
        for bad in [
            "http://example.com",
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "learn.example.com",
            "https://x@evil.example",
            "https://a\"b",
        ] {
            assert_eq!(WebAddress::parse_optional(Some(bad)), Err(TextProblem::NotAWebAddress), "{bad}");
        }
        assert_eq!(WebAddress::parse_optional(Some("")), Ok(None));
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_one_safe_line(text in "(?s).{0,200}") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert!(!name.as_str().chars().any(is_unsafe));
                prop_assert!(name.as_str().chars().count() <= PersonName::MOST);
            }
        }
    }
}
