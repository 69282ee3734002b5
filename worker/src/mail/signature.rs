//! Whether what a provider tells comes from the provider: Standard Webhooks, which Svix, and so Resend, signs by.
//!
//! The signature is `HMAC-SHA256(secret, id.timestamp.body)` in base64, as `v1,…`; there may be several while a secret is
//! being replaced. The timestamp keeps anybody from telling an old story again later.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use seatwise_domain::Instant;
use seatwise_domain::time::MINUTE;
use sha2::Sha256;

/// How far the sender's clock and ours may be apart, in milliseconds.
const TOLERANCE: i64 = 5 * MINUTE;
/// The most signatures that are looked at.
const MOST: usize = 10;

/// The headers that a message is signed with.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The message's id.
    pub id: &'a str,
    /// When it was sent, in seconds since 1970.
    pub timestamp: &'a str,
    /// Its signatures.
    pub signatures: &'a str,
}

/// Whether a message is signed with the secret (`whsec_…`) and is not an old one.
#[must_use]
pub fn is_signed(secret: &str, signed: Signed<'_>, body: &str, now: Instant) -> bool {
    let Ok(key) = STANDARD.decode(secret.strip_prefix("whsec_").unwrap_or(secret)) else { return false };
    let Ok(sent) = signed.timestamp.parse::<i64>() else { return false };
    let apart = sent.saturating_mul(1_000).saturating_sub(now.0).saturating_abs();
    if key.is_empty() || signed.id.is_empty() || apart > TOLERANCE {
        return false;
    }
    let candidates = signed.signatures.split(' ').filter_map(|one| one.strip_prefix("v1,")).take(MOST);
    candidates.filter_map(|signature| STANDARD.decode(signature).ok()).any(|signature| {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return false };
        for part in [signed.id, ".", signed.timestamp, ".", body] {
            mac.update(part.as_bytes());
        }
        // In a time that doesn't tell where the two differ.
        mac.verify_slice(&signature).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of the specification.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const TIMESTAMP: &str = "1614265330";
    const BODY: &str = r#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const NOW: Instant = Instant(1_614_265_330_000);

    fn check(secret: &str, id: &str, timestamp: &str, signatures: &str, body: &str, now: Instant) -> bool {
        is_signed(secret, Signed { id, timestamp, signatures }, body, now)
    }

    #[test]
    fn the_specifications_own_example_is_signed() {
        assert!(check(SECRET, ID, TIMESTAMP, SIGNATURE, BODY, NOW));
        assert!(check(&SECRET["whsec_".len()..], ID, TIMESTAMP, SIGNATURE, BODY, NOW), "the prefix is for people");
        let several = format!("v1,AAAA v2,{} v1a,x {SIGNATURE}", &SIGNATURE[3..]);
        assert!(check(SECRET, ID, TIMESTAMP, &several, BODY, NOW), "one of several is enough");
        for apart in [-TOLERANCE, TOLERANCE] {
            assert!(check(SECRET, ID, TIMESTAMP, SIGNATURE, BODY, NOW.plus(apart)));
        }
    }

    #[test]
    fn anything_else_is_not() {
        assert!(!check("whsec_AAAA", ID, TIMESTAMP, SIGNATURE, BODY, NOW));
        for secret in ["", "whsec_", "whsec_*"] {
            assert!(!check(secret, ID, TIMESTAMP, SIGNATURE, BODY, NOW), "{secret}");
        }
        assert!(!check(SECRET, "msg_other", TIMESTAMP, SIGNATURE, BODY, NOW));
        assert!(!check(SECRET, ID, "1614265331", SIGNATURE, BODY, NOW));
        assert!(!check(SECRET, ID, TIMESTAMP, SIGNATURE, r#"{"test": 2432232315}"#, NOW));
        for signatures in ["", "v1,", "v1", &SIGNATURE[3..], "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="] {
            assert!(!check(SECRET, ID, TIMESTAMP, signatures, BODY, NOW), "{signatures}");
        }
        for apart in [-TOLERANCE - 1, TOLERANCE + 1] {
            assert!(!check(SECRET, ID, TIMESTAMP, SIGNATURE, BODY, NOW.plus(apart)), "too old or too new");
        }
        for timestamp in ["", "now", "9223372036854775807", "-9223372036854775808"] {
            assert!(!check(SECRET, ID, timestamp, SIGNATURE, BODY, NOW), "{timestamp}");
        }
    }
}
