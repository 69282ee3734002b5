//! Letters that wait to leave.

use seatwise_domain::Instant;
use seatwise_domain::time::{DAY, HOUR, MINUTE};
use serde::Deserialize;
use serde_json::json;

use super::{Database, StoreError, statement, statements};

statements! {
    /// Takes letters that are due, for a while: nobody else takes them meanwhile. Sign-in letters go first, those of imports last.
    TAKE = "
        UPDATE outbox SET tries = tries + 1, next_try_at = ?2
        WHERE id IN (
          SELECT id FROM (SELECT id FROM outbox WHERE state = 'queued' AND sign_in_id IS NOT NULL AND next_try_at <= ?1 ORDER BY next_try_at LIMIT ?3)
          UNION ALL
          SELECT id FROM (SELECT id FROM outbox WHERE state = 'queued' AND sign_in_id IS NULL AND bulk = 0 AND next_try_at <= ?1 ORDER BY next_try_at LIMIT ?3)
          UNION ALL
          SELECT id FROM (SELECT id FROM outbox WHERE state = 'queued' AND sign_in_id IS NULL AND bulk = 1 AND next_try_at <= ?1 ORDER BY next_try_at LIMIT ?3)
          LIMIT ?3
        )
        RETURNING id, receiver, receiver_name, letter, data, company_id, member_id, sign_in_id, created_at, tries";
    /// What the links in letters are derived from, by letter, as far as those links still work.
    NONCES = "
        SELECT o.id, i.nonce FROM json_each(?1) AS taken
        CROSS JOIN outbox o ON o.id = taken.value
        CROSS JOIN invites i ON i.company_id = o.company_id AND i.member_id = o.member_id AND i.state = 'open' AND i.open_until > ?2
        UNION ALL
        SELECT o.id, s.id FROM json_each(?1) AS taken
        CROSS JOIN outbox o ON o.id = taken.value
        CROSS JOIN sign_in_links s ON s.id = o.sign_in_id AND s.used_at IS NULL AND s.expires_at > ?2";
    /// Writes down what became of letters: sent, dropped, failed for good, or still queued and tried again later.
    SETTLE = "
        UPDATE outbox SET
          state = outcome.value ->> 'state',
          settled_at = CASE WHEN outcome.value ->> 'state' = 'queued' THEN NULL ELSE ?2 END,
          next_try_at = coalesce(outcome.value ->> 'next_try_at', outbox.next_try_at),
          failure = outcome.value ->> 'failure'
        FROM json_each(?1) AS outcome
        WHERE outbox.id = outcome.value ->> 'id' AND outbox.state = 'queued'";
}

/// How many letters are taken at once.
pub const CHUNK: i64 = 25;
/// For how long letters are taken, in milliseconds: longer than it takes to send them all.
const TAKEN_FOR: i64 = 5 * MINUTE;
/// The longest pause between two tries, in milliseconds.
const LONGEST_PAUSE: i64 = 6 * HOUR;
/// After how long a letter is given up, in milliseconds.
const GIVEN_UP_AFTER: i64 = 3 * DAY;

/// A letter that is due.
#[derive(Clone, Debug, Deserialize)]
pub struct Due {
    /// Its number.
    pub id: i64,
    /// The address.
    pub receiver: String,
    /// The name, if it is known.
    pub receiver_name: Option<String>,
    /// Which letter.
    pub letter: String,
    /// What goes into it, as JSON.
    pub data: String,
    /// Whose invite's link goes into it.
    pub member_id: Option<String>,
    /// Which request's link and code go into it.
    pub sign_in_id: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// How many times it was tried, this time included.
    pub tries: i64,
    /// What its link is derived from, if that still works.
    #[serde(skip)]
    pub nonce: Option<String>,
}

#[derive(Deserialize)]
struct Nonce {
    id: i64,
    nonce: String,
}

/// Takes the letters that are due, at most [`CHUNK`].
///
/// # Errors
/// When the database takes nothing.
pub async fn take(database: &impl Database, now: Instant) -> Result<Vec<Due>, StoreError> {
    let mut letters: Vec<Due> = database.rows(statement!(TAKE, now, now.plus(TAKEN_FOR), CHUNK)).await?;
    let has_link = |letter: &&Due| letter.member_id.is_some() || letter.sign_in_id.is_some();
    let with_links: Vec<i64> = letters.iter().filter(has_link).map(|letter| letter.id).collect();
    if !with_links.is_empty() {
        let ids = serde_json::to_string(&with_links).map_err(|error| StoreError::Failed(error.to_string()))?;
        let nonces: Vec<Nonce> = database.rows(statement!(NONCES, ids, now)).await?;
        for letter in &mut letters {
            letter.nonce = nonces.iter().find(|nonce| nonce.id == letter.id).map(|nonce| nonce.nonce.clone());
        }
    }
    Ok(letters)
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It left.
    Sent,
    /// It has lost its point.
    Dropped,
    /// It didn't leave; why, and how long the provider asks to wait, in milliseconds.
    Failed {
        /// Why, without the receiver's address.
        reason: String,
        /// How long the provider asks to wait.
        retry_after: Option<i64>,
    },
}

/// Writes down what became of letters.
///
/// # Errors
/// When the database takes nothing.
pub async fn settle(database: &impl Database, outcomes: &[(Due, Outcome)], now: Instant) -> Result<(), StoreError> {
    let settled = |(letter, outcome): &(Due, Outcome)| match outcome {
        Outcome::Sent => json!({ "id": letter.id, "state": "sent" }),
        Outcome::Dropped => json!({ "id": letter.id, "state": "dropped" }),
        Outcome::Failed { reason, .. } if letter.created_at.plus(GIVEN_UP_AFTER) <= now => {
            json!({ "id": letter.id, "state": "failed", "failure": reason })
        }
        Outcome::Failed { reason, retry_after } => {
            json!({ "id": letter.id, "state": "queued", "failure": reason, "next_try_at": now.plus(pause(letter, *retry_after)) })
        }
    };
    if !outcomes.is_empty() {
        let outcomes = json!(outcomes.iter().map(settled).collect::<Vec<_>>()).to_string();
        database.batch(vec![statement!(SETTLE, outcomes, now)]).await?;
    }
    Ok(())
}

/// How long to wait before the next try: doubling from a minute, spread by the letter's number so that a backlog
/// doesn't come back all at once, and never shorter than the provider asks.
fn pause(letter: &Due, retry_after: Option<i64>) -> i64 {
    let doublings = u32::try_from(letter.tries.saturating_sub(1).clamp(0, 12)).unwrap_or_default();
    let base = MINUTE.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    let spread = base / 4 * (letter.id.rem_euclid(16)) / 16;
    base.saturating_add(spread).max(retry_after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(id: i64, tries: i64) -> Due {
        Due {
            id,
            receiver: "ines@example.com".into(),
            receiver_name: None,
            letter: "sign_in".into(),
            data: "{}".into(),
            member_id: None,
            sign_in_id: None,
            created_at: Instant(0),
            tries,
            nonce: None,
        }
    }

    #[test]
    fn pauses_grow_and_stay_within_bounds() {
        for id in 0..40 {
            let pauses: Vec<i64> = (1..30).map(|tries| pause(&letter(id, tries), None)).collect();
            assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]), "{pauses:?}");
            assert!(pauses.iter().all(|pause| (MINUTE..=LONGEST_PAUSE * 5 / 4).contains(pause)), "{pauses:?}");
        }
    }

    #[test]
    fn the_provider_is_obeyed_when_it_asks_for_more_time() {
        assert_eq!(pause(&letter(0, 1), Some(HOUR)), HOUR);
        assert!(pause(&letter(0, 10), Some(1)) >= HOUR);
    }
}
