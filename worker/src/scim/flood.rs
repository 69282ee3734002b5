//! Flood protection: how many requests a token may make. A first sync of 50,000 users is far below it (Entra ID sends
//! about 25 requests a second at the most); a client that has gone wild is not.
//!
//! It counts in the memory of the Worker's instance, so it costs no row and no time. A directory's connections end at few
//! instances; a limit that each of them keeps is one.

use core::cell::RefCell;
use std::collections::HashMap;

use seatwise_domain::Instant;

/// How many requests a second a token may make for ever.
pub(super) const USUAL_RATE: i64 = 500;
/// For how many seconds' worth of requests it may be faster.
const BURST_SECONDS: i64 = 10;
/// How many tokens are remembered.
const MOST_TOKENS: usize = 1_000;

thread_local! {
    static BUCKETS: RefCell<HashMap<String, Bucket>> = RefCell::new(HashMap::new());
}

/// What a token may still do: thousandths of requests, so that nothing is lost between two milliseconds.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: i64,
    at: Instant,
}

/// Takes one request from what a token may do at `rate` requests a second. Otherwise: how many seconds to wait.
fn take(bucket: Option<Bucket>, rate: i64, now: Instant) -> Result<Bucket, i64> {
    let full = rate.saturating_mul(BURST_SECONDS).saturating_mul(1000);
    let before = bucket.unwrap_or(Bucket { left: full, at: now });
    let gained = now.0.saturating_sub(before.at.0).max(0).saturating_mul(rate);
    let left = before.left.saturating_add(gained).min(full);
    if left < 1000 {
        let missing = 1000_i64.saturating_sub(left);
        return Err(missing
            .saturating_add(rate.saturating_mul(1000))
            .saturating_sub(1)
            .div_euclid(rate.saturating_mul(1000).max(1))
            .max(1));
    }
    Ok(Bucket { left: left.saturating_sub(1000), at: now })
}

/// Lets a request of a token pass, or says how many seconds it has to wait.
pub(super) fn pass(token_hash: &str, rate: i64, now: Instant) -> Result<(), i64> {
    BUCKETS.with_borrow_mut(|buckets| {
        let next = take(buckets.get(token_hash).copied(), rate.max(1), now)?;
        if buckets.len() >= MOST_TOKENS && !buckets.contains_key(token_hash) {
            // Whoever makes up tokens pushes out what has rested longest.
            buckets.retain(|_, bucket| now.0.saturating_sub(bucket.at.0) < BURST_SECONDS.saturating_mul(1000));
            if buckets.len() >= MOST_TOKENS {
                buckets.clear();
            }
        }
        buckets.insert(token_hash.to_owned(), next);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_a_flood_waits() {
        let start = Instant(1_000_000);
        let mut bucket = None;
        for _ in 0..50 {
            bucket = Some(take(bucket, 5, start).expect("a burst"));
        }
        assert_eq!(take(bucket, 5, start).map(|_| ()), Err(1));
        // A fifth of a second later there is one more, and no second one.
        let later = Instant(start.0 + 200);
        let next = take(bucket, 5, later).expect("one more");
        assert!(take(Some(next), 5, later).is_err());
    }

    #[test]
    fn the_first_sync_of_a_large_company_is_never_told_to_wait() {
        // Entra ID's 25 requests a second, for half an hour.
        let mut bucket = None;
        for number in 0..45_000_i64 {
            bucket = Some(take(bucket, USUAL_RATE, Instant(number * 40)).expect("no flood"));
        }
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing_away() {
        let bucket = take(None, 1, Instant(10_000)).expect("the first");
        assert!(take(Some(bucket), 1, Instant(0)).is_ok_and(|next| next.left <= bucket.left));
    }
}
