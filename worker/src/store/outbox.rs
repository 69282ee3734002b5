//! Letters that wait to leave, and what became of those that left.
//!
//! A letter is taken for a while, tried, and settled. While the provider is down letters wait together: a handful of which
//! none left opens a pause (`mail_pause`), nobody knocks meanwhile, and after it one handful tries for all. What somebody in front
//! of the screen waits for, a sign-in letter, is tried all the same.

use seatwise_domain::letter::LetterKind;
use seatwise_domain::time::{DAY, HOUR, MINUTE};
use seatwise_domain::wire::{EventKind, FailedLetter, LetterLine, LetterState, LookSettings, MailPause};
use seatwise_domain::{EmailAddress, Instant, Language, Problem};
use serde::Deserialize;
use serde_json::json;

use super::events::word;
use super::{Database, Rows as _, Statement, StoreError, decode_at, flag, look, statement, statements};

/// What [`Due`] is read from.
macro_rules! due {
    () => {
        "id, receiver, receiver_name, letter, data, company_id, member_id, sign_in_id, created_at, queued_at, tries,
          coalesce(language, (SELECT chosen.language FROM languages chosen WHERE chosen.email = lower(receiver)),
            (SELECT c.language FROM companies c WHERE c.id = company_id), 'en') AS language"
    };
}

/// Whether the link in letter `o` still works: its invite is open, goes to the same address as ever, and wasn't replaced by
/// a newer one. An older letter must bring the newer link to nobody, least of all to an address that was wrong.
macro_rules! open_invite {
    () => {
        "invites i ON i.company_id = o.company_id AND i.member_id = o.member_id AND i.state = 'open'
            AND (o.letter <> 'invite' OR substr(o.cause, 1, 6) <> 'invite' OR instr(o.cause, i.nonce) > 0)
          CROSS JOIN members m ON m.company_id = o.company_id AND m.id = o.member_id AND m.email_typed = o.receiver"
    };
}

/// Whether letter `o` can be sent again.
macro_rules! again {
    () => {
        concat!(
            "((o.state = 'failed' OR (o.state = 'sent' AND o.delivery IS 'bounced')) AND o.sign_in_id IS NULL
          AND (o.member_id IS NULL OR EXISTS (SELECT 1 FROM (SELECT 1) CROSS JOIN ",
            open_invite!(),
            ")))"
        )
    };
}

/// What a [`LetterLine`] is read from.
macro_rules! line {
    () => {
        concat!(
            "o.id, o.letter, o.state, o.delivery, o.created_at AS written_at,
          CASE o.state WHEN 'queued' THEN o.next_try_at WHEN 'sent' THEN coalesce(o.delivery_at, o.settled_at) ELSE o.settled_at END AS at,
          CASE o.state WHEN 'sent' THEN o.delivery_reason ELSE o.failure END AS reason, ",
            again!(),
            " AS again"
        )
    };
}

/// Whether what the provider tells of letter `o` is news: what is worse stays, in whatever order it is told.
macro_rules! news {
    () => {
        "o.state IN ('queued', 'sent')
          AND CASE o.delivery WHEN 'delayed' THEN 1 WHEN 'delivered' THEN 2 WHEN 'bounced' THEN 3 WHEN 'complained' THEN 4 ELSE 0 END < ?2"
    };
}

statements! {
    /// When a pause is over, one handful tries for all: this one, if it is the first to ask.
    CLAIM = "UPDATE mail_pause SET until = ?2 WHERE one = 1 AND until <= ?1";
    /// Takes letters that are due, for a while: nobody else takes them meanwhile. Sign-in letters go first, those of imports
    /// last. During a pause only sign-in letters are taken, unless the statement before has claimed its end.
    TAKE = concat!("
        UPDATE outbox SET tries = tries + 1, next_try_at = ?2
        WHERE id IN (
          SELECT id FROM (SELECT id FROM outbox WHERE state = 'queued' AND sign_in_id IS NOT NULL AND next_try_at <= ?1 ORDER BY next_try_at LIMIT ?3)
          UNION ALL
          SELECT id FROM (SELECT id FROM outbox WHERE state = 'queued' AND sign_in_id IS NULL AND bulk = 0 AND next_try_at <= ?1
            AND (changes() = 1 OR NOT EXISTS (SELECT 1 FROM mail_pause WHERE one = 1)) ORDER BY next_try_at LIMIT ?3)
          UNION ALL
          SELECT id FROM (SELECT id FROM outbox WHERE state = 'queued' AND sign_in_id IS NULL AND bulk = 1 AND next_try_at <= ?1
            AND (changes() = 1 OR NOT EXISTS (SELECT 1 FROM mail_pause WHERE one = 1)) ORDER BY next_try_at LIMIT ?3)
          LIMIT ?3
        )
        RETURNING ", due!());
    /// The pause, if there is one.
    PAUSE = "SELECT failures, since, until, reason FROM mail_pause WHERE one = 1";
    /// What the links in letters are derived from, by letter, as far as those links still work.
    NONCES = concat!("
        SELECT o.id, i.nonce FROM json_each(?1) AS taken
        CROSS JOIN outbox o ON o.id = taken.value
        CROSS JOIN ", open_invite!(), "
        WHERE i.open_until > ?2
        UNION ALL
        SELECT o.id, s.id FROM json_each(?1) AS taken
        CROSS JOIN outbox o ON o.id = taken.value
        CROSS JOIN sign_in_links s ON s.id = o.sign_in_id AND s.used_at IS NULL AND s.expires_at > ?2");
    /// One event for each letter to a member that is given up.
    RECORD_FAILED = "
        INSERT INTO events (company_id, at, door, what, headline, member_id, note)
        SELECT o.company_id, ?2, 'scheduled_run', ?3, 1 - o.bulk, m.id, failed.value ->> 'failure'
        FROM json_each(?1) AS failed
        CROSS JOIN outbox o ON o.id = failed.value ->> 'id' AND o.state = 'queued' AND o.tries = failed.value ->> 'tries'
        CROSS JOIN members m ON m.email = failed.value ->> 'email' AND m.company_id = o.company_id";
    /// How the companies look that letters come from.
    LOOKS = "
        SELECT o.id, c.accent, l.hash, l.width, l.height
        FROM json_each(?1) AS taken
        CROSS JOIN outbox o ON o.id = taken.value
        CROSS JOIN companies c ON c.id = o.company_id
        LEFT JOIN logos l ON l.company_id = c.id
        WHERE c.accent IS NOT NULL OR l.hash IS NOT NULL";
    /// Writes down what became of letters: sent, dropped, failed for good, or still queued and tried again later. Whoever has
    /// taken a letter since decides about it, but for one that left: that is so whoever sent it.
    SETTLE = "
        UPDATE outbox SET
          state = outcome.value ->> 'state',
          settled_at = CASE WHEN outcome.value ->> 'state' = 'queued' THEN NULL ELSE ?2 END,
          next_try_at = coalesce(outcome.value ->> 'next_try_at', outbox.next_try_at),
          tries = outbox.tries - coalesce(outcome.value ->> 'held', 0),
          failure = CASE WHEN outcome.value ->> 'held' THEN outbox.failure ELSE outcome.value ->> 'failure' END,
          provider_id = outcome.value ->> 'provider_id'
        FROM json_each(?1) AS outcome
        WHERE outbox.id = outcome.value ->> 'id' AND outbox.state = 'queued'
          AND (outbox.tries = outcome.value ->> 'tries' OR outcome.value ->> 'state' = 'sent')";
    /// Opens a pause, or a longer one.
    OPEN_PAUSE = "
        INSERT INTO mail_pause (one, failures, since, until, reason) VALUES (1, ?1, ?2, ?3, ?4)
        ON CONFLICT (one) DO UPDATE SET failures = excluded.failures, until = excluded.until, reason = excluded.reason";
    /// The provider does again.
    CLEAR_PAUSE = "DELETE FROM mail_pause WHERE one = 1";
    /// Letters that have waited for too long while none left.
    OVERDUE = concat!("
        SELECT ", due!(), " FROM outbox INDEXED BY outbox_due
        WHERE state = 'queued' AND sign_in_id IS NULL AND bulk IN (0, 1) AND next_try_at <= ?1 AND coalesce(queued_at, created_at) <= ?2
        LIMIT ?3");
    /// The newest letters of a company to a member.
    LETTERS_TO = concat!("
        SELECT ", line!(), " FROM members m CROSS JOIN outbox o INDEXED BY outbox_to ON o.company_id = m.company_id AND o.receiver = m.email_typed
        WHERE m.company_id = ?1 AND m.id = ?2
        ORDER BY o.id DESC
        LIMIT 20");
    /// The newest letter with a member's invite.
    LETTER_OF_INVITE = concat!("
        SELECT ", line!(), " FROM invites invite CROSS JOIN outbox o ON o.cause = 'invite:' || invite.nonce
        WHERE invite.company_id = ?1 AND invite.member_id = ?2
        ORDER BY o.id DESC
        LIMIT 1");
    /// One letter of a company.
    ONE = concat!("SELECT ", line!(), " FROM outbox o WHERE o.id = ?2 AND o.company_id = ?1 AND o.sign_in_id IS NULL");
    /// Sends a letter again. It is another one for the provider, because it waits since another moment.
    SEND_AGAIN = concat!("
        UPDATE outbox AS o SET state = 'queued', tries = 0, queued_at = ?3, next_try_at = ?3, bulk = 0, settled_at = NULL, failure = NULL,
          provider_id = NULL, delivery = NULL, delivery_at = NULL, delivery_reason = NULL
        WHERE o.id = ?2 AND o.company_id = ?1 AND ", again!());
    /// The letter that the provider has given a name.
    BY_PROVIDER = "SELECT id, receiver FROM outbox INDEXED BY outbox_by_provider WHERE provider_id = ?1 LIMIT 1";
    /// The letter that we have given a name, when the provider tells of it before it is settled.
    BY_STAMP = "SELECT id, receiver FROM outbox WHERE id = ?1 AND coalesce(queued_at, created_at) = ?2 AND provider_id IS NULL";
    /// The event of a letter that came back, the first time that it is told.
    RECORD_TOLD = concat!("
        INSERT INTO events (company_id, at, door, what, headline, member_id, note)
        SELECT o.company_id, ?3, 'scheduled_run', ?4, 1 - o.bulk, m.id, ?5
        FROM outbox o CROSS JOIN members m ON m.email = ?6 AND m.company_id = o.company_id
        WHERE o.id = ?1 AND ", news!());
    /// Writes down what the provider tells of a letter. One that it tells of has left.
    TELL = concat!("
        UPDATE outbox AS o SET state = 'sent', settled_at = coalesce(settled_at, ?3), failure = NULL, provider_id = ?6,
          delivery = ?4, delivery_at = ?3, delivery_reason = ?5
        WHERE o.id = ?1 AND ", news!());
    /// The same for one that the provider couldn't send after all.
    TELL_FAILED = concat!("
        UPDATE outbox AS o SET state = 'failed', settled_at = ?3, failure = ?4, provider_id = ?5, delivery = NULL, delivery_at = NULL, delivery_reason = NULL
        WHERE o.id = ?1 AND ", news!());
    /// How many letters wait and since when, counted to 1,000.
    WAITING = "
        SELECT count(*) AS queued, min(since) AS oldest FROM (
          SELECT since FROM (SELECT coalesce(queued_at, created_at) AS since FROM outbox INDEXED BY outbox_due_first WHERE state = 'queued' AND sign_in_id IS NOT NULL LIMIT ?1)
          UNION ALL
          SELECT since FROM (SELECT coalesce(queued_at, created_at) AS since FROM outbox INDEXED BY outbox_due WHERE state = 'queued' AND sign_in_id IS NULL LIMIT ?1)
          LIMIT ?1)";
    /// The newest letters that failed or came back.
    FAILED = concat!("
        SELECT ", line!(), ", o.receiver, o.company_id, c.name AS company
        FROM outbox o INDEXED BY outbox_failed LEFT JOIN companies c ON c.id = o.company_id
        WHERE (o.state = 'failed' OR o.delivery IN ('bounced', 'complained'))
        ORDER BY o.settled_at DESC, o.id DESC
        LIMIT 50");
    /// Forgets letters of which nobody asks any more, a portion at a time.
    FORGET = "
        DELETE FROM outbox WHERE id IN (
          SELECT id FROM outbox INDEXED BY outbox_settled WHERE settled_at IS NOT NULL AND settled_at <= ?1 ORDER BY settled_at LIMIT 500)";
}

/// How many letters are taken at once.
pub const CHUNK: i64 = 25;
/// For how long letters are taken, in milliseconds: longer than it takes to send them all.
const TAKEN_FOR: i64 = 5 * MINUTE;
/// The longest pause between two tries of a letter, in milliseconds, but for the chance in it.
const LONGEST_WAIT: i64 = 2 * HOUR;
/// The longest pause of all letters together, in milliseconds, but for the chance in it.
const LONGEST_PAUSE: i64 = 30 * MINUTE;
/// After how long a letter is given up, in milliseconds.
const GIVEN_UP_AFTER: i64 = 3 * DAY;
/// For how long letters are kept when they are settled, in milliseconds.
const KEPT_FOR: i64 = 90 * DAY;
/// How many letters that have waited for too long are given up at once.
const MOST_OVERDUE: i64 = 200;
/// How far those that wait are counted.
const MOST_COUNTED: i64 = 1_000;

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
    /// The company that it is about.
    pub company_id: Option<String>,
    /// Whose invite's link goes into it.
    pub member_id: Option<String>,
    /// Which request's link and code go into it.
    pub sign_in_id: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// Since when it waits, if it was sent again.
    pub queued_at: Option<Instant>,
    /// How many times it was tried, this time included.
    pub tries: i64,
    /// The language that the receiver reads, as far as it is known.
    pub language: Language,
    /// What its link is derived from, if that still works.
    #[serde(skip)]
    pub nonce: Option<String>,
    /// How the company looks that it comes from.
    #[serde(skip)]
    pub look: Option<LookSettings>,
}

impl Due {
    /// Since when it waits.
    #[must_use]
    pub fn since(&self) -> Instant {
        self.queued_at.unwrap_or(self.created_at)
    }

    /// Its name for the provider: the same however often it is tried, another when it is sent again by hand.
    #[must_use]
    pub fn stamp(&self) -> String {
        format!("seatwise-{}-{}", self.since().0, self.id)
    }
}

/// Why no letter leaves at the moment.
#[derive(Clone, Debug, Deserialize)]
pub struct Pause {
    failures: i64,
    since: Instant,
    until: Instant,
    reason: String,
}

/// Letters that were taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The letters.
    pub letters: Vec<Due>,
    /// The pause that there is.
    pub pause: Option<Pause>,
    /// Whether they try for all at the end of a pause.
    pub probe: bool,
}

#[derive(Deserialize)]
struct Nonce {
    id: i64,
    nonce: String,
}

#[derive(Deserialize)]
struct LookRow {
    id: i64,
    #[serde(flatten)]
    look: look::Row,
}

/// Takes the letters that are due, at most [`CHUNK`].
///
/// # Errors
/// When the database takes nothing.
pub async fn take(database: &impl Database, now: Instant) -> Result<Taken, StoreError> {
    let taken_until = now.plus(TAKEN_FOR);
    let batch = vec![statement!(CLAIM, now, taken_until), statement!(TAKE, now, taken_until, CHUNK), statement!(PAUSE)];
    let results = database.batch(batch).await?;
    let probe = results.first().is_some_and(|claimed| claimed.changes() > 0);
    let mut letters: Vec<Due> = decode_at(&results, 1)?;
    let pause = decode_at(&results, 2)?.into_iter().next();
    if !letters.is_empty() {
        let ids = json!(letters.iter().map(|letter| letter.id).collect::<Vec<_>>()).to_string();
        let more = database.batch(vec![statement!(NONCES, ids.as_str(), now), statement!(LOOKS, ids.as_str())]).await?;
        let (nonces, mut looks) = (decode_at::<Nonce>(&more, 0)?, decode_at::<LookRow>(&more, 1)?);
        for letter in &mut letters {
            letter.nonce = nonces.iter().find(|nonce| nonce.id == letter.id).map(|nonce| nonce.nonce.clone());
            if let Some(at) = looks.iter().position(|row| row.id == letter.id) {
                letter.look = Some(look::read(vec![looks.swap_remove(at).look]));
            }
        }
    }
    Ok(Taken { letters, pause, probe })
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It left.
    Sent {
        /// The provider's name for it.
        provider_id: Option<String>,
    },
    /// It has lost its point.
    Dropped,
    /// The provider will never take it; why, without the receiver's address.
    Refused {
        /// Why.
        reason: String,
    },
    /// It didn't leave this time.
    Later {
        /// Why, without the receiver's address.
        reason: String,
        /// How long the provider asks to wait, in milliseconds.
        retry_after: Option<i64>,
        /// Whether that is the provider's trouble, which every letter would have.
        trouble: bool,
    },
    /// It wasn't tried, because none of those before it left.
    Held,
}

/// What a handful of letters says of the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It takes letters, or says why it doesn't take one.
    Does,
    /// None left.
    Down {
        /// Why.
        reason: String,
        /// How long the provider asks to wait, in milliseconds.
        retry_after: Option<i64>,
    },
    /// There was nothing to see it by.
    Unknown,
}

impl Verdict {
    /// What outcomes say of the provider.
    pub fn of<'a>(outcomes: impl Iterator<Item = &'a Outcome> + Clone) -> Self {
        if outcomes.clone().any(|outcome| matches!(outcome, Outcome::Sent { .. } | Outcome::Refused { .. })) {
            return Self::Does;
        }
        let troubles = outcomes.filter_map(|outcome| match outcome {
            Outcome::Later { reason, retry_after, trouble: true } => Some((reason, *retry_after)),
            _ => None,
        });
        let retry_after = troubles.clone().filter_map(|(_, retry_after)| retry_after).max();
        troubles.last().map_or(Self::Unknown, |(reason, _)| Self::Down { reason: reason.clone(), retry_after })
    }
}

/// Writes down what became of letters, and opens or ends a pause accordingly. `chance` gives numbers that nobody foresees.
/// Says whether the provider is down.
///
/// # Errors
/// When the database takes nothing.
pub async fn settle(
    database: &impl Database,
    taken: &Taken,
    outcomes: &[(Due, Outcome)],
    now: Instant,
    chance: impl Fn() -> u16,
) -> Result<bool, StoreError> {
    let verdict = Verdict::of(outcomes.iter().map(|(_, outcome)| outcome));
    let mut batch = write_down(outcomes, now, &chance);
    let down = match verdict {
        Verdict::Down { reason, retry_after } => {
            // Sign-in letters that are tried during a pause say nothing new.
            if taken.pause.is_none() || taken.probe {
                let failures = taken.pause.as_ref().map_or(1, |pause| pause.failures.saturating_add(1));
                let until = now.plus(wait(failures, LONGEST_PAUSE, retry_after, chance()));
                batch.push(statement!(OPEN_PAUSE, failures, now, until, reason));
            }
            true
        }
        Verdict::Does if taken.pause.is_some() => {
            batch.push(statement!(CLEAR_PAUSE));
            false
        }
        // Nothing waits that could try: whatever comes next finds out.
        Verdict::Unknown if taken.probe => {
            batch.push(statement!(CLEAR_PAUSE));
            false
        }
        Verdict::Does | Verdict::Unknown => false,
    };
    if !batch.is_empty() {
        database.batch(batch).await?;
    }
    Ok(down)
}

/// The statements that write down what became of letters.
fn write_down(outcomes: &[(Due, Outcome)], now: Instant, chance: &impl Fn() -> u16) -> Vec<Statement> {
    let mut failed = Vec::new();
    let mut settled = Vec::new();
    for (letter, outcome) in outcomes {
        let (id, tries) = (letter.id, letter.tries);
        let given_up = letter.since().plus(GIVEN_UP_AFTER) <= now;
        settled.push(match outcome {
            Outcome::Sent { provider_id } => json!({ "id": id, "tries": tries, "state": "sent", "provider_id": provider_id }),
            Outcome::Dropped => json!({ "id": id, "tries": tries, "state": "dropped" }),
            Outcome::Held => json!({ "id": id, "tries": tries, "state": "queued", "held": 1, "next_try_at": now }),
            Outcome::Later { reason, retry_after, .. } if !given_up => {
                let next_try_at = now.plus(wait(tries, LONGEST_WAIT, *retry_after, chance()));
                json!({ "id": id, "tries": tries, "state": "queued", "failure": reason, "next_try_at": next_try_at })
            }
            Outcome::Refused { reason } | Outcome::Later { reason, .. } => {
                if let (Some(_), Ok(address)) = (&letter.company_id, EmailAddress::parse(&letter.receiver)) {
                    failed.push(json!({ "id": id, "tries": tries, "email": address.compared(), "failure": reason }));
                }
                json!({ "id": id, "tries": tries, "state": "failed", "failure": reason })
            }
        });
    }
    let mut batch = Vec::new();
    if !failed.is_empty() {
        batch.push(statement!(RECORD_FAILED, json!(failed).to_string(), now, word(&EventKind::LetterFailed)));
    }
    if !settled.is_empty() {
        batch.push(statement!(SETTLE, json!(settled).to_string(), now));
    }
    batch
}

/// How long to wait after so many tries: doubling from a minute, a quarter more or less by chance so that a backlog doesn't
/// come back all at once, and never shorter than the provider asks.
fn wait(tries: i64, longest: i64, retry_after: Option<i64>, chance: u16) -> i64 {
    let doublings = u32::try_from(tries.saturating_sub(1).clamp(0, 12)).unwrap_or_default();
    let base = MINUTE.saturating_mul(1 << doublings).min(longest);
    let by_chance = base.saturating_mul(i64::from(chance)) / i64::from(u16::MAX) / 2;
    (base - base / 4).saturating_add(by_chance).max(retry_after.unwrap_or_default())
}

/// Gives up a portion of the letters that have waited for three days without being tried, because none left for as long.
///
/// # Errors
/// When the database takes nothing.
pub async fn give_up(database: &impl Database, pause: &Pause, now: Instant) -> Result<(), StoreError> {
    let before = now.plus(-GIVEN_UP_AFTER);
    if pause.since > before {
        return Ok(());
    }
    let overdue: Vec<Due> = database.rows(statement!(OVERDUE, now, before, MOST_OVERDUE)).await?;
    if !overdue.is_empty() {
        let refused = |letter: Due| (letter, Outcome::Refused { reason: pause.reason.clone() });
        let outcomes: Vec<_> = overdue.into_iter().map(refused).collect();
        database.batch(write_down(&outcomes, now, &|| 0)).await?;
    }
    Ok(())
}

/// A letter's line as the database gives it.
#[derive(Deserialize)]
pub struct LineRow {
    id: i64,
    letter: String,
    state: String,
    delivery: Option<String>,
    written_at: Instant,
    at: Option<Instant>,
    reason: Option<String>,
    #[serde(deserialize_with = "flag")]
    again: bool,
}

impl LineRow {
    /// The line. None for a letter that this version doesn't know.
    #[must_use]
    pub fn line(self) -> Option<LetterLine> {
        let state = match (self.state.as_str(), self.delivery.as_deref()) {
            ("queued", _) => LetterState::Queued,
            ("failed", _) => LetterState::Failed,
            ("dropped", _) => LetterState::Dropped,
            (_, Some("delivered")) => LetterState::Delivered,
            (_, Some("delayed")) => LetterState::Delayed,
            (_, Some("bounced")) => LetterState::Bounced,
            (_, Some("complained")) => LetterState::Complained,
            _ => LetterState::Sent,
        };
        Some(LetterLine {
            id: self.id,
            letter: LetterKind::parse(&self.letter)?,
            state,
            at: self.at.unwrap_or(self.written_at),
            written_at: self.written_at,
            reason: self.reason,
            again: self.again,
        })
    }
}

/// Asks for the newest letters of a company to a member.
#[must_use]
pub fn letters_to(company_id: &str, member_id: &str) -> Statement {
    statement!(LETTERS_TO, company_id, member_id)
}

/// Asks for the newest letter with a member's invite.
#[must_use]
pub fn letter_of_invite(company_id: &str, member_id: &str) -> Statement {
    statement!(LETTER_OF_INVITE, company_id, member_id)
}

/// Reads what [`letters_to`] and [`letter_of_invite`] have asked for.
#[must_use]
pub fn lines(rows: Vec<LineRow>) -> Vec<LetterLine> {
    rows.into_iter().filter_map(LineRow::line).collect()
}

/// Sends a letter of a company again that failed or came back.
///
/// # Errors
/// `Ok(Err(…))` says that there is no such letter, or that it can't be sent again.
pub async fn send_again(
    database: &impl Database,
    company_id: &str,
    id: i64,
    now: Instant,
) -> Result<Result<LetterLine, Problem>, StoreError> {
    let results = database.batch(vec![statement!(SEND_AGAIN, company_id, id, now), statement!(ONE, company_id, id)]).await?;
    let line = decode_at::<LineRow>(&results, 1)?.into_iter().next().and_then(LineRow::line);
    let sent = results.first().is_some_and(|sent| sent.changes() > 0);
    Ok(line.ok_or(Problem::NotFound).and_then(|line| if sent { Ok(line) } else { Err(Problem::LetterNotFailed) }))
}

/// What the provider tells of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The receiver's mailbox makes it wait.
    Delayed,
    /// The receiver's mailbox has it.
    Delivered,
    /// It came back.
    Bounced,
    /// The receiver called it unwanted.
    Complained,
    /// It couldn't be sent after all.
    Failed,
}

impl Told {
    /// The word that the database uses; none for what isn't about delivery.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Delayed => Some("delayed"),
            Self::Delivered => Some("delivered"),
            Self::Bounced => Some("bounced"),
            Self::Complained => Some("complained"),
            Self::Failed => None,
        }
    }

    /// How bad it is: what is worse stays. A letter that the mailbox has taken did not fail to leave.
    const fn rank(self) -> i64 {
        match self {
            Self::Delayed => 1,
            Self::Delivered | Self::Failed => 2,
            Self::Bounced => 3,
            Self::Complained => 4,
        }
    }
}

#[derive(Deserialize)]
struct Found {
    id: i64,
    receiver: String,
}

/// Writes down what the provider tells of a letter, by the provider's name for it or by ours. What is told twice, or of a
/// letter that nobody knows, changes nothing.
///
/// # Errors
/// When the database takes nothing.
pub async fn tell(
    database: &impl Database,
    (provider_id, stamp): (&str, Option<&str>),
    told: Told,
    reason: Option<&str>,
    now: Instant,
) -> Result<(), StoreError> {
    let mut found: Option<Found> = database.row(statement!(BY_PROVIDER, provider_id)).await?;
    // It may be quicker than we are with writing down how it calls the letter.
    if found.is_none()
        && let Some((since, id)) = stamp.and_then(read_stamp)
    {
        found = database.row(statement!(BY_STAMP, id, since)).await?;
    }
    let Some(letter) = found else { return Ok(()) };
    let rank = told.rank();
    let mut batch = Vec::new();
    let event = match told {
        Told::Bounced => Some(EventKind::LetterBounced),
        Told::Failed => Some(EventKind::LetterFailed),
        Told::Delayed | Told::Delivered | Told::Complained => None,
    };
    if let (Some(event), Ok(address)) = (event, EmailAddress::parse(&letter.receiver)) {
        batch.push(statement!(RECORD_TOLD, letter.id, rank, now, word(&event), reason, address.compared()));
    }
    batch.push(match told.word() {
        Some(delivery) => statement!(TELL, letter.id, rank, now, delivery, reason, provider_id),
        None => statement!(TELL_FAILED, letter.id, rank, now, reason, provider_id),
    });
    database.batch(batch).await?;
    Ok(())
}

/// Since when a letter waits, and its number, from [`Due::stamp`].
fn read_stamp(stamp: &str) -> Option<(i64, i64)> {
    let (since, id) = stamp.strip_prefix("seatwise-")?.split_once('-')?;
    Some((since.parse().ok()?, id.parse().ok()?))
}

/// How letters do, for the desk.
#[derive(Clone, Debug)]
pub struct State {
    /// How many wait, counted to 1,000.
    pub queued: i64,
    /// Since when the oldest of those does.
    pub oldest: Option<Instant>,
    /// Why none leaves at the moment.
    pub paused: Option<MailPause>,
    /// The newest that failed or came back.
    pub failed: Vec<FailedLetter>,
}

#[derive(Deserialize)]
struct Waiting {
    queued: i64,
    oldest: Option<Instant>,
}

#[derive(Deserialize)]
struct FailedRow {
    #[serde(flatten)]
    line: LineRow,
    receiver: String,
    company_id: Option<String>,
    company: Option<String>,
}

/// How letters do.
///
/// # Errors
/// When the database can't be asked.
pub async fn state(database: &impl Database) -> Result<State, StoreError> {
    let results = database.batch(vec![statement!(WAITING, MOST_COUNTED), statement!(PAUSE), statement!(FAILED)]).await?;
    let waiting = decode_at::<Waiting>(&results, 0)?.into_iter().next();
    let paused = decode_at::<Pause>(&results, 1)?.into_iter().next();
    let failed = decode_at::<FailedRow>(&results, 2)?.into_iter().filter_map(|row| {
        let (receiver, company_id, company) = (row.receiver, row.company_id, row.company);
        row.line.line().map(|letter| FailedLetter { letter, receiver, company_id, company })
    });
    Ok(State {
        queued: waiting.as_ref().map_or(0, |waiting| waiting.queued),
        oldest: waiting.and_then(|waiting| waiting.oldest),
        paused: paused.map(|pause| MailPause { since: pause.since, until: pause.until, reason: pause.reason }),
        failed: failed.collect(),
    })
}

/// Forgets a portion of the letters that were settled long ago.
#[must_use]
pub fn forget(now: Instant) -> Statement {
    statement!(FORGET, now.plus(-KEPT_FOR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_the_longest_whatever_chance_says() {
        for chances in [[0, u16::MAX], [u16::MAX, 0], [12_345, 54_321]] {
            let waits: Vec<i64> = (1..30).map(|tries| wait(tries, LONGEST_WAIT, None, chances[tries as usize % 2])).collect();
            assert!(waits.windows(2).take(6).all(|pair| pair[0] < pair[1]), "{waits:?}");
            assert!(waits.iter().all(|wait| (MINUTE * 3 / 4..=LONGEST_WAIT * 5 / 4).contains(wait)), "{waits:?}");
        }
        assert_ne!(wait(1, LONGEST_WAIT, None, 1_000), wait(1, LONGEST_WAIT, None, 40_000), "chance is in it");
    }

    #[test]
    fn the_provider_is_obeyed_when_it_asks_for_more_time() {
        assert_eq!(wait(1, LONGEST_WAIT, Some(HOUR), 0), HOUR);
        assert!(wait(10, LONGEST_WAIT, Some(1), 0) >= HOUR);
        assert_eq!(wait(1, LONGEST_PAUSE, Some(5 * HOUR), u16::MAX), 5 * HOUR);
    }

    #[test]
    fn a_handful_of_which_none_left_says_that_the_provider_is_down() {
        let later = |trouble, retry_after| Outcome::Later { reason: "answer 500".into(), retry_after, trouble };
        let (sent, refused) = (Outcome::Sent { provider_id: None }, Outcome::Refused { reason: String::new() });
        let verdict = |outcomes: &[&Outcome]| Verdict::of(outcomes.iter().copied());
        let down = |retry_after| Verdict::Down { reason: "answer 500".into(), retry_after };
        assert_eq!(verdict(&[&later(true, None), &later(true, Some(5)), &Outcome::Held]), down(Some(5)));
        assert_eq!(verdict(&[&Outcome::Dropped, &later(true, None)]), down(None));
        assert_eq!(verdict(&[&later(true, None), &sent]), Verdict::Does);
        assert_eq!(verdict(&[&later(true, None), &refused]), Verdict::Does);
        assert_eq!(verdict(&[&later(false, None), &Outcome::Dropped]), Verdict::Unknown);
    }

    #[test]
    fn a_stamp_is_read_as_it_was_written() {
        assert_eq!(read_stamp("seatwise-1795305600000-7"), Some((1_795_305_600_000, 7)));
        for other in ["", "seatwise", "seatwise-", "seatwise-1", "other-1-2", "seatwise-1-2-3", "seatwise-a-b"] {
            assert_eq!(read_stamp(other), None, "{other}");
        }
    }
}
