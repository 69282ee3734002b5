//! Random values, and the secrets that are derived from them.
//!
//! A link in a letter carries `HMAC-SHA256(key, purpose ‖ nonce)`. The nonce is random and stored; the key is a secret of
//! the Worker. So a letter can be written again from its row, and whoever reads the database can't make a link.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use seatwise_domain::Instant;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// What a derived secret is good for. Secrets of one purpose are useless for another.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// The link of an invite.
    Invite,
    /// The link of a sign-in letter.
    SignInLink,
    /// The code of a sign-in letter.
    SignInCode,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Invite => b"invite:",
            Self::SignInLink => b"sign-in-link:",
            Self::SignInCode => b"sign-in-code:",
        }
    }
}

/// How many digits a sign-in code has.
pub const CODE_DIGITS: usize = 8;
const CODE_RANGE: u64 = 100_000_000;

/// A random value could not be had; nothing that needs one may go on.
#[derive(Clone, Copy, Debug)]
pub struct NoRandomness;

fn random_text<const BYTES: usize>() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; BYTES];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A new id: 128 random bits in 22 characters.
///
/// # Errors
/// When the platform gives no randomness.
pub fn new_id() -> Result<String, NoRandomness> {
    random_text::<16>()
}

/// A new id that sorts behind those made before `now`, and behind those with smaller numbers made at the same moment:
/// many rows with such ids are written side by side. Half of it is random, so that nobody makes the same.
///
/// # Errors
/// When the system has no randomness.
pub fn new_ordered_id(now: Instant, number: usize) -> Result<String, NoRandomness> {
    /// In the order of ASCII, which is the database's.
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut id = String::with_capacity(22);
    let mut write = |value: u64, digits: u32| {
        for digit in (0..digits).rev() {
            let index = usize::try_from((value >> (5 * digit)) & 31).unwrap_or_default();
            id.push(char::from(DIGITS.get(index).copied().unwrap_or(b'0')));
        }
    };
    write(u64::try_from(now.0).unwrap_or_default(), 9);
    write(u64::try_from(number).unwrap_or_default(), 4);
    id.extend(new_id()?.chars().take(9));
    Ok(id)
}

/// A new bearer secret: 256 random bits in 43 characters.
///
/// # Errors
/// When the platform gives no randomness.
pub fn new_token() -> Result<String, NoRandomness> {
    random_text::<32>()
}

/// The form in which a secret is stored.
#[must_use]
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// The hash of a file, as a part of its address: 22 characters, as many as an id has.
#[must_use]
pub fn hash_of_file(file: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(file)).chars().take(22).collect()
}

/// The secret of a purpose and a nonce: 43 characters.
#[must_use]
pub fn derive(key: &str, purpose: Purpose, nonce: &str) -> String {
    URL_SAFE_NO_PAD.encode(derive_bytes(key, purpose, nonce))
}

/// The sign-in code of a request: eight digits.
#[must_use]
pub fn derive_code(key: &str, nonce: &str) -> String {
    let bytes = derive_bytes(key, Purpose::SignInCode, nonce);
    let number = bytes.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    // 2^64 is so much larger than 10^8 that no code is noticeably likelier than another.
    format!("{:0CODE_DIGITS$}", number % CODE_RANGE)
}

fn derive_bytes(key: &str, purpose: Purpose, nonce: &str) -> [u8; 32] {
    // HMAC takes keys of any length, so this can't fail; a fallback that can't be guessed either keeps it total.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return Sha256::digest([key.as_bytes(), purpose.label(), nonce.as_bytes()].concat()).into();
    };
    mac.update(purpose.label());
    mac.update(nonce.as_bytes());
    mac.finalize().into_bytes().into()
}

/// Whether two secrets are the same, in a time that doesn't tell where they differ.
#[must_use]
pub fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_by_key_purpose_and_nonce() {
        let secret = derive("key", Purpose::Invite, "nonce");
        assert_eq!(secret.len(), 43);
        assert_eq!(secret, derive("key", Purpose::Invite, "nonce"));
        assert_ne!(secret, derive("other", Purpose::Invite, "nonce"));
        assert_ne!(secret, derive("key", Purpose::SignInLink, "nonce"));
        assert_ne!(secret, derive("key", Purpose::Invite, "another"));
    }

    #[test]
    fn codes_are_eight_digits() {
        for nonce in 0..2_000 {
            let code = derive_code("key", &nonce.to_string());
            assert!(code.len() == CODE_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        }
    }

    #[test]
    fn ids_and_tokens_are_long_and_never_the_same() {
        let (one, other) = (new_id().unwrap(), new_id().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.len(), new_token().unwrap().len()), (22, 43));
    }

    #[test]
    fn the_stored_form_is_not_the_secret() {
        assert_ne!(hash("secret"), "secret");
        assert!(same("secret", "secret") && !same("secret", "secreT") && !same("secret", "secret "));
    }
}
