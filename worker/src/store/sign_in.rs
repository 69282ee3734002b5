//! Requests for sign-in links.

use seatwise_domain::time::{HOUR, MINUTE};
use seatwise_domain::{EmailAddress, Instant, Language};
use serde::Deserialize;

use super::{Database, Statement, StoreError, invites, statement, statements};
use crate::auth::secret;

statements! {
    /// Makes the first account manager, while there is none.
    BOOTSTRAP = "
        INSERT INTO staff (id, email, email_typed, name, created_at)
        SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM staff)";
    /// The newest requests of an address.
    RECENT = "SELECT asked_at FROM sign_in_links WHERE email = ?1 AND asked_at > ?2 ORDER BY asked_at DESC LIMIT ?3";
    /// The newest wins: older links and codes of the address die.
    REPLACE = "UPDATE sign_in_links SET used_at = ?2 WHERE email = ?1 AND used_at IS NULL";
    /// Writes a request down, whether or not the address is known, so that both look alike.
    ASK = "
        INSERT INTO sign_in_links (id, email, browser_hash, asked_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    /// The letter, to addresses that can sign in.
    SEND = "
        INSERT INTO outbox (cause, receiver, letter, data, sign_in_id, created_at, next_try_at, language)
        SELECT 'sign-in:' || ?1, ?3, 'sign_in', '{}', ?1, ?4, ?4, ?5
        WHERE EXISTS (SELECT 1 FROM staff WHERE email = ?2 AND removed_at IS NULL)
          OR EXISTS (SELECT 1 FROM members WHERE email = ?2 AND removed_at IS NULL AND suspended_at IS NULL AND joined_at IS NOT NULL)";
    /// A request by its id.
    BY_ID = "SELECT id, email, browser_hash, expires_at, used_at FROM sign_in_links WHERE id = ?1";
    /// The newest request of a browser.
    BY_BROWSER = "
        SELECT id, email, browser_hash, expires_at, used_at
        FROM sign_in_links WHERE browser_hash = ?1 ORDER BY asked_at DESC LIMIT 1";
    /// Counts a try of a code before it is compared, so that parallel tries count as well.
    TRY_CODE = "UPDATE sign_in_links SET tries = tries + 1 WHERE id = ?1 AND tries < 5 AND used_at IS NULL RETURNING tries";
    /// Uses a request up.
    USE = "UPDATE sign_in_links SET used_at = ?2 WHERE id = ?1 AND used_at IS NULL AND expires_at > ?2";
    /// Insists that the statement before has found its row.
    INSIST = "INSERT INTO assertions SELECT changes() = 1, 'sign_in_ended'";
    /// Forgets requests that are a day old.
    FORGET = "DELETE FROM sign_in_links WHERE asked_at < ?1";
}

/// For how long a link and its code work, in milliseconds.
pub const OPEN_FOR: i64 = 10 * MINUTE;
/// How many times a code may be tried.
pub const MOST_TRIES: i64 = 5;
/// How many letters one address can be sent in [`LETTERS_WITHIN`].
pub const MOST_LETTERS: i64 = 5;
/// The time over which letters to one address are counted, in milliseconds.
pub const LETTERS_WITHIN: i64 = 15 * MINUTE;
/// For how long a request is kept, in milliseconds.
const KEPT_FOR: i64 = 24 * HOUR;

#[derive(Deserialize)]
struct Asked {
    asked_at: Instant,
}

/// When an address may ask again, if it has asked too often.
///
/// # Errors
/// When the database can't be asked.
pub async fn may_ask_at(database: &impl Database, email: &EmailAddress, now: Instant) -> Result<Option<Instant>, StoreError> {
    let recent: Vec<Asked> = database.rows(statement!(RECENT, email.compared(), now.plus(-LETTERS_WITHIN), MOST_LETTERS)).await?;
    let full = i64::try_from(recent.len()).unwrap_or(i64::MAX) >= MOST_LETTERS;
    Ok(recent.last().filter(|_| full).map(|oldest| oldest.asked_at.plus(LETTERS_WITHIN)))
}

/// The first account manager, to be made while there is none.
///
/// # Errors
/// When the platform gives no randomness.
pub fn bootstrap(email: &EmailAddress, name: &str, now: Instant) -> Result<Statement, StoreError> {
    Ok(statement!(BOOTSTRAP, secret::new_id()?, email.compared(), email.typed(), name, now))
}

/// Asks for a link: the request, the letter if the address can sign in, and its invites once more if it can't yet.
///
/// # Errors
/// When the database takes nothing.
pub async fn ask(
    database: &impl Database,
    email: &EmailAddress,
    browser_hash: &str,
    language: Option<Language>,
    now: Instant,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let id = secret::new_id()?;
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend([
        statement!(REPLACE, email.compared(), now),
        statement!(ASK, id.as_str(), email.compared(), browser_hash, now, now.plus(OPEN_FOR)),
        statement!(SEND, id.as_str(), email.compared(), email.typed(), now, language.map(Language::as_str)),
        statement!(invites::SEND_AGAIN, email.compared(), id.as_str(), now),
    ]);
    database.batch(batch).await?;
    Ok(())
}

/// A request for a sign-in link.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    /// Its id: what link and code are derived from.
    pub id: String,
    /// The address that was asked for, in the form that tells whether two are the same.
    pub email: String,
    /// The browser that asked.
    pub browser_hash: String,
    expires_at: Instant,
    used_at: Option<Instant>,
}

impl Request {
    /// Whether it can still be used.
    #[must_use]
    pub fn open(&self, now: Instant) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}

/// A request by its id.
///
/// # Errors
/// When the database can't be asked.
pub async fn by_id(database: &impl Database, id: &str) -> Result<Option<Request>, StoreError> {
    database.row(statement!(BY_ID, id)).await
}

/// The newest request of a browser.
///
/// # Errors
/// When the database can't be asked.
pub async fn by_browser(database: &impl Database, browser_hash: &str) -> Result<Option<Request>, StoreError> {
    database.row(statement!(BY_BROWSER, browser_hash)).await
}

#[derive(Deserialize)]
struct Tries {
    tries: i64,
}

/// Counts a try of a code; says how many are left after it, or nothing when there were none.
///
/// # Errors
/// When the database takes nothing.
pub async fn try_code(database: &impl Database, id: &str) -> Result<Option<i64>, StoreError> {
    Ok(database.row::<Tries>(statement!(TRY_CODE, id)).await?.map(|row| MOST_TRIES - row.tries))
}

/// Uses a request up: the batch fails with the assertion `sign_in_ended` if that has happened before.
#[must_use]
pub fn use_up(id: &str, now: Instant) -> [Statement; 2] {
    [statement!(USE, id, now), statement!(INSIST)]
}

/// Forgets old requests.
#[must_use]
pub fn forget(now: Instant) -> Statement {
    statement!(FORGET, now.plus(-KEPT_FOR))
}
