//! Requests that may come twice: the key is written in the transaction of what the request makes, so that whoever
//! repeats after a lost answer makes nothing twice.

use seatwise_domain::Instant;
use seatwise_domain::time::DAY;
use serde::Deserialize;

use super::{Database, Statement, StoreError, statement, statements};

statements! {
    /// Keeps a key, in the transaction of what it makes.
    KEEP = "INSERT INTO idempotency_keys (caller, key, request_hash, made, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    /// What a key has made.
    FIND = "SELECT request_hash, made, status, answer FROM idempotency_keys WHERE caller = ?1 AND key = ?2";
    /// Keeps the answer as well.
    KEEP_ANSWER = "UPDATE idempotency_keys SET status = ?3, answer = ?4 WHERE caller = ?1 AND key = ?2 AND answer IS NULL";
    /// Forgets keys that nobody will send again.
    FORGET = "DELETE FROM idempotency_keys WHERE created_at < ?1";
}

/// For how long a key is kept, in milliseconds.
const KEPT_FOR: i64 = 7 * DAY;
/// The longest key that is taken, in characters.
pub const LONGEST_KEY: usize = 100;

/// A key that came with a request.
#[derive(Clone, Debug)]
pub struct Key {
    /// Whose key it is.
    pub caller: String,
    /// The key.
    pub key: String,
    /// The hash of what was asked for.
    pub request_hash: String,
}

/// What a key has made before.
#[derive(Clone, Debug, Deserialize)]
pub struct Kept {
    /// The hash of what was asked for then.
    pub request_hash: String,
    /// The id of what was made.
    pub made: String,
    /// The status of the answer, once it is kept.
    pub status: Option<u16>,
    /// The answer, once it is kept.
    pub answer: Option<String>,
}

/// Keeps a key; the batch fails with a conflict on `idempotency_keys.caller` when it is there already.
#[must_use]
pub fn keep(key: &Key, made: &str, now: Instant) -> Statement {
    statement!(KEEP, key.caller.as_str(), key.key.as_str(), key.request_hash.as_str(), made, now)
}

/// What a key has made before, if anything.
///
/// # Errors
/// When the database can't be asked.
pub async fn find(database: &impl Database, key: &Key) -> Result<Option<Kept>, StoreError> {
    database.row(statement!(FIND, key.caller.as_str(), key.key.as_str())).await
}

/// Keeps the answer, so that a repeated request gets the same one.
///
/// # Errors
/// When the database takes nothing.
pub async fn keep_answer(database: &impl Database, key: &Key, status: u16, answer: &str) -> Result<(), StoreError> {
    database.batch(vec![statement!(KEEP_ANSWER, key.caller.as_str(), key.key.as_str(), i64::from(status), answer)]).await?;
    Ok(())
}

/// Forgets old keys.
#[must_use]
pub fn forget(now: Instant) -> Statement {
    statement!(FORGET, now.plus(-KEPT_FOR))
}
