//! E-mail addresses: one rule for all doors.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text::is_unsafe;

/// The longest address that mail can carry, in bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const LONGEST_ADDRESS: usize = 254;
/// The longest part before the @, in bytes (RFC 5321 §4.5.3.1.1).
const LONGEST_LOCAL_PART: usize = 64;
/// The longest label of a domain name, in bytes (RFC 1035 §2.3.4).
const LONGEST_LABEL: usize = 63;

/// An address that mail can be sent to: as it was typed, and in the form that tells whether two are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress {
    typed: String,
    compared: String,
}

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AddressProblem {
    /// There is nothing.
    Empty,
    /// It is longer than mail allows.
    TooLong,
    /// It has no @.
    NoAt,
    /// It has more than one @.
    ManyAts,
    /// Nothing stands before the @.
    NoLocalPart,
    /// What stands after the @ is not a domain name.
    BadDomain,
    /// It has a space, a control character, or a character that addresses don't have.
    BadCharacter,
}

impl EmailAddress {
    /// Reads an address. Spaces around it go, its Unicode is composed (NFC), its domain becomes lower-case and
    /// punycode; the local part keeps what was typed and is compared case-insensitively.
    ///
    /// # Errors
    /// The first reason why it is not an address.
    pub fn parse(text: &str) -> Result<Self, AddressProblem> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(AddressProblem::Empty);
        }
        // Before any work on the text, so that a megabyte of nonsense costs nothing.
        if trimmed.len() > LONGEST_ADDRESS {
            return Err(AddressProblem::TooLong);
        }
        let typed: String = trimmed.nfc().collect();
        let mut parts = typed.split('@');
        let (Some(local), Some(domain)) = (parts.next(), parts.next()) else {
            return Err(AddressProblem::NoAt);
        };
        if parts.next().is_some() {
            return Err(AddressProblem::ManyAts);
        }
        if local.is_empty() {
            return Err(AddressProblem::NoLocalPart);
        }
        if local.len() > LONGEST_LOCAL_PART {
            return Err(AddressProblem::TooLong);
        }
        let bad_dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        if bad_dots || !local.chars().all(allowed_in_local_part) {
            return Err(AddressProblem::BadCharacter);
        }
        let domain = comparable_domain(domain)?;
        let compared = format!("{}@{domain}", local.to_lowercase().nfc().collect::<String>());
        if compared.len() > LONGEST_ADDRESS {
            return Err(AddressProblem::TooLong);
        }
        Ok(Self { typed, compared })
    }

    /// As it was typed, without the spaces around it.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The form by which two addresses are the same.
    #[must_use]
    pub fn compared(&self) -> &str {
        &self.compared
    }
}

/// RFC 5322 `atext`, and letters beyond ASCII (RFC 6531). Quoted local parts are not in use and are not taken.
fn allowed_in_local_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || (!c.is_ascii() && !c.is_whitespace() && !is_unsafe(c))
}

fn comparable_domain(domain: &str) -> Result<String, AddressProblem> {
    let labels: Vec<String> =
        domain.to_lowercase().nfc().collect::<String>().split('.').map(comparable_label).collect::<Result<_, _>>()?;
    // One label alone (localhost) receives no mail from outside.
    if labels.len() < 2 || labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(AddressProblem::BadDomain);
    }
    Ok(labels.join("."))
}

fn comparable_label(label: &str) -> Result<String, AddressProblem> {
    if label.chars().any(|c| c.is_whitespace() || is_unsafe(c)) {
        return Err(AddressProblem::BadCharacter);
    }
    let ascii = if label.is_ascii() {
        label.to_owned()
    } else {
        let encoded = idna::punycode::encode_str(label).ok_or(AddressProblem::BadDomain)?;
        format!("xn--{encoded}")
    };
    let letters = ascii.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let hyphens = ascii.starts_with('-') || ascii.ends_with('-');
    if ascii.is_empty() || ascii.len() > LONGEST_LABEL || !letters || hyphens {
        return Err(AddressProblem::BadDomain);
    }
    Ok(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compared(text: &str) -> Result<String, AddressProblem> {
        EmailAddress::parse(text).map(|address| address.compared().to_owned())
    }

    #[test]
    fn the_same_address_is_the_same_however_it_is_typed() {
        for text in ["ines@example.com", "  Ines@Example.COM ", "INES@EXAMPLE.COM", "ines@example.com\n"] {
            assert_eq!(compared(text).as_deref(), Ok("ines@example.com"), "{text:?}");
        }
        // The same letters, composed and decomposed; and a domain in letters and in punycode.
        assert_eq!(compared("jose\u{301}@example.com"), compared("jos\u{e9}@example.com"));
        assert_eq!(compared("a@b\u{fc}cher.example"), compared("a@xn--bcher-kva.example"));
    }

    #[test]
    fn what_was_typed_is_kept() {
        let address = EmailAddress::parse(" Ines.Carvalho@Example.com ").expect("an address");
        assert_eq!(address.typed(), "Ines.Carvalho@Example.com");
    }

    #[test]
    fn each_mistake_has_its_own_reason() {
        let long = format!("{}@example.com", "a".repeat(65));
        let very_long = "x".repeat(10_000);
        for (text, reason) in [
            ("", AddressProblem::Empty),
            ("   ", AddressProblem::Empty),
            ("ines", AddressProblem::NoAt),
            ("jose@@example.com", AddressProblem::ManyAts),
            ("a@b@example.com", AddressProblem::ManyAts),
            ("@example.com", AddressProblem::NoLocalPart),
            ("ines@", AddressProblem::BadDomain),
            ("ines@localhost", AddressProblem::BadDomain),
            ("ines@example..com", AddressProblem::BadDomain),
            ("ines@-example.com", AddressProblem::BadDomain),
            ("ines@127.0.0.1", AddressProblem::BadDomain),
            ("in es@example.com", AddressProblem::BadCharacter),
            ("ines@exam ple.com", AddressProblem::BadCharacter),
            ("ines\r\nBcc: all@example.com", AddressProblem::BadCharacter),
            ("<ines>@example.com", AddressProblem::BadCharacter),
            ("ines,@example.com", AddressProblem::BadCharacter),
            (".ines@example.com", AddressProblem::BadCharacter),
            ("ines\u{202e}@example.com", AddressProblem::BadCharacter),
            (long.as_str(), AddressProblem::TooLong),
            (very_long.as_str(), AddressProblem::TooLong),
        ] {
            assert_eq!(compared(text), Err(reason), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_read_without_a_panic_and_reading_again_changes_nothing(text in "\\PC{0,80}|[a-zA-Z.é]{1,10}@[a-zü-]{1,8}\\.[a-z]{2,4}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                let again = EmailAddress::parse(address.compared()).expect("what was compared is an address itself");
                prop_assert_eq!(again.compared(), address.compared());
                prop_assert!(!address.typed().contains(['\r', '\n', '\0']));
            }
        }
    }
}
