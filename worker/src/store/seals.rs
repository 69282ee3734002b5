//! Seals on the history. A seal is the hash of the one before and of a company's events since: whoever changes, adds or
//! takes away an event afterwards breaks its seal and all that follow. SQLite has no such hash, so a seal is set right
//! after the transaction that wrote the events, and by the scheduled run where that didn't happen.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use seatwise_domain::Instant;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{Database, StoreError, statement, statements};

/// A company's events of one sort behind ?2, each as it is sealed: every column, as one JSON array. Another order or
/// another column would be another history.
macro_rules! lines_where {
    ($kind:literal) => {
        concat!(
            "SELECT seq, CASE WHEN note IS NULL THEN json_array(",
            sealed!(),
            ") ELSE json_array(",
            sealed!(),
            ", note) END AS line
        FROM events INDEXED BY events_by_kind WHERE company_id = ?1 AND seq > ?2 AND ",
            $kind
        )
    };
}

/// What is sealed of every event. A note, which events of long ago didn't have, follows where there is one.
macro_rules! sealed {
    () => {
        "seq, company_id, at, door, actor_id, actor, what, headline, member_id, kind, quantity,
          licence_id, lot_id, order_id, from_state, to_state, starts_at, ends_at, from_lot_id, other_member_id, belongs_to"
    };
}

statements! {
    /// A company's newest seal.
    NEWEST = "SELECT number, last_seq, hash FROM seals WHERE company_id = ?1 ORDER BY number DESC LIMIT 1";
    /// A company's events behind ?2, as they are sealed, at most ?3.
    LINES = concat!(
        // The index goes by kind, so three ordered lists are merged into one.
        lines_where!("kind IS NULL"), " UNION ALL ", lines_where!("kind = 'content'"), " UNION ALL ", lines_where!("kind = 'user'"),
        " ORDER BY seq LIMIT ?3"
    );
    /// Sets a seal.
    SET = "
        INSERT INTO seals (company_id, number, last_seq, events, hash, sealed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    /// Companies with events behind the last that is sealed everywhere, and the newest event of all.
    UNSEALED = "
        SELECT DISTINCT company_id, (SELECT max(seq) FROM events) AS newest
        FROM events NOT INDEXED WHERE seq > (SELECT seq FROM sealed_until WHERE one = 1) LIMIT ?1";
    /// All is sealed until here.
    ADVANCE = "UPDATE sealed_until SET seq = ?1 WHERE one = 1 AND seq < ?1";
}

/// How many events one seal covers at most.
pub const LONGEST: i64 = 2_000;

/// A line of the history with its number.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// The event's number.
    pub seq: i64,
    /// The event, as it is sealed.
    pub line: String,
}

#[derive(Deserialize)]
struct Newest {
    number: i64,
    last_seq: i64,
    hash: String,
}

/// The hash of a seal: of the seal before and of the lines since.
#[must_use]
pub fn hash<'a>(before: &str, lines: impl Iterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    hasher.update(before.as_bytes());
    for line in lines {
        hasher.update(b"\n");
        hasher.update(line.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hasher.finalize())
}

/// A company's events behind number `after`, as they are sealed, at most `most`.
///
/// # Errors
/// When the database can't be asked.
pub async fn lines(database: &impl Database, company_id: &str, after: i64, most: i64) -> Result<Vec<Line>, StoreError> {
    database.rows(statement!(LINES, company_id, after, most)).await
}

/// Seals what is not sealed of a company's history, at most `most` seals; says whether there may be more. Where two do it
/// at once, the second one's seal is refused, and it has nothing left to do.
///
/// # Errors
/// When the database takes nothing.
pub async fn seal(database: &impl Database, company_id: &str, now: Instant, most: usize) -> Result<bool, StoreError> {
    let newest: Option<Newest> = database.row(statement!(NEWEST, company_id)).await?;
    let mut last = newest.unwrap_or_else(|| Newest { number: 0, last_seq: 0, hash: String::new() });
    for _ in 0..most {
        let lines = lines(database, company_id, last.last_seq, LONGEST).await?;
        let Some(end) = lines.last() else { return Ok(false) };
        let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let next = Newest {
            number: last.number.saturating_add(1),
            last_seq: end.seq,
            hash: hash(&last.hash, lines.iter().map(|line| line.line.as_str())),
        };
        let set = statement!(SET, company_id, next.number, next.last_seq, count, next.hash.as_str(), now);
        match database.batch(vec![set]).await {
            Ok(_) => {}
            Err(StoreError::Failed(message)) if message.contains("seals are append-only") => return Ok(true),
            Err(error) => return Err(error),
        }
        if count < LONGEST {
            return Ok(false);
        }
        last = next;
    }
    Ok(true)
}

#[derive(Deserialize)]
struct Unsealed {
    company_id: String,
    newest: i64,
}

/// How many companies one run seals.
const COMPANIES: i64 = 200;

/// Seals what is not sealed of all histories, at most `most` seals a company.
///
/// # Errors
/// When the database takes nothing.
pub async fn seal_all(database: &impl Database, now: Instant, most: usize) -> Result<(), StoreError> {
    let unsealed: Vec<Unsealed> = database.rows(statement!(UNSEALED, COMPANIES)).await?;
    let mut more = i64::try_from(unsealed.len()).unwrap_or(i64::MAX) >= COMPANIES;
    for company in &unsealed {
        more |= seal(database, &company.company_id, now, most).await?;
    }
    if let (false, Some(company)) = (more, unsealed.first()) {
        database.batch(vec![statement!(ADVANCE, company.newest)]).await?;
    }
    Ok(())
}
