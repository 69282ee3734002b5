//! Writing down what time has already done: lots that have ended, licences that have expired, invites that have lapsed.
//!
//! Every statement reads the same set by the same words before the last one changes it, in one transaction, so events,
//! letters and rows always agree; run twice, it finds nothing the second time.

use seatwise_domain::Instant;
use seatwise_domain::wire::EventKind;

use super::events::word;
use super::{Database, Rows as _, StoreError, statement, statements};

statements! {
    /// One event for each lot that has ended, with how many were held.
    RECORD_LOTS = "
        INSERT INTO events (company_id, at, door, what, headline, kind, quantity, lot_id, order_id, to_state)
        SELECT company_id, ends_at, 'scheduled_run', ?2, 1, kind, quantity, id, order_id, 'ended'
        FROM lots WHERE closed_at IS NULL AND ends_at <= ?1";
    /// The letter to every manager of each company whose lot has ended.
    TELL_MANAGERS = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'lot-ended:' || l.id, m.email_typed, m.name, 'lot_ended',
          json_object('company', c.name, 'number', o.number, 'kind', l.kind, 'quantity', l.quantity, 'held', l.in_use, 'ends_at', l.ends_at),
          l.company_id, ?1, ?1
        FROM lots l
        JOIN companies c ON c.id = l.company_id
        JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        JOIN members m INDEXED BY members_who_manage ON m.company_id = l.company_id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE l.closed_at IS NULL AND l.ends_at <= ?1 AND m.joined_at IS NOT NULL
        ON CONFLICT (cause, receiver) DO NOTHING";
    /// Closes the lots that have ended.
    CLOSE_LOTS = "UPDATE lots SET closed_at = ?1 WHERE closed_at IS NULL AND ends_at <= ?1";
    /// One event for each licence that has expired, first ended first, at most ?2.
    RECORD_EXPIRED = "
        INSERT INTO events (company_id, at, door, what, member_id, kind, quantity, licence_id, lot_id, from_state, to_state)
        SELECT company_id, ends_at, 'scheduled_run', ?3, member_id, kind, 1, id, lot_id, status, 'ended'
        FROM licences WHERE status <> 'ended' AND ends_at <= ?1
        ORDER BY ends_at, company_id, member_id, id LIMIT ?2";
    /// The letter to each learner who held one.
    TELL_LEARNERS = "
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'licence-expired:' || due.id, m.email_typed, m.name, 'licence_expired',
          json_object('company', c.name, 'kind', due.kind, 'ends_at', due.ends_at), due.company_id, ?1, ?1
        FROM (
          SELECT company_id, member_id, id, kind, status, ends_at
          FROM licences WHERE status <> 'ended' AND ends_at <= ?1
          ORDER BY ends_at, company_id, member_id, id LIMIT ?2
        ) AS due
        JOIN companies c ON c.id = due.company_id
        JOIN members m ON m.company_id = due.company_id AND m.id = due.member_id
        WHERE due.status = 'in_use' AND m.removed_at IS NULL
        ON CONFLICT (cause, receiver) DO NOTHING";
    /// Ends the licences that have expired.
    EXPIRE = "
        UPDATE licences SET status = 'ended', ended_at = ends_at, ended_reason = 'expired'
        WHERE (company_id, member_id, id) IN (
          SELECT company_id, member_id, id
          FROM licences WHERE status <> 'ended' AND ends_at <= ?1
          ORDER BY ends_at, company_id, member_id, id LIMIT ?2
        )";
    /// One event for each invite that has lapsed.
    RECORD_LAPSED = "
        INSERT INTO events (company_id, at, door, what, headline, member_id, from_state, to_state)
        SELECT company_id, open_until, 'scheduled_run', ?3, 1, member_id, 'open', 'lapsed'
        FROM invites WHERE state = 'open' AND open_until <= ?1
        ORDER BY open_until, company_id, member_id LIMIT ?2";
    /// The licences of lapsed invites go back to their lots.
    FREE_LAPSED = "
        UPDATE licences SET status = 'ended', ended_at = ?1, ended_reason = 'invite_lapsed'
        WHERE status = 'pending' AND (company_id, member_id) IN (
          SELECT company_id, member_id FROM invites WHERE state = 'open' AND open_until <= ?1
          ORDER BY open_until, company_id, member_id LIMIT ?2
        )";
    /// Closes the invites that have lapsed.
    LAPSE = "
        UPDATE invites SET state = 'lapsed', settled_at = ?1
        WHERE (company_id, member_id) IN (
          SELECT company_id, member_id FROM invites WHERE state = 'open' AND open_until <= ?1
          ORDER BY open_until, company_id, member_id LIMIT ?2
        )";
}

/// How many licences one batch ends: small enough for D1's 30 seconds by a wide margin.
pub const CHUNK: i64 = 5_000;

/// Closes the lots that have ended: events, letters to all managers, and the mark that it was done. It goes before
/// [`licences`], because it counts who still held one.
///
/// # Errors
/// When the database takes nothing.
pub async fn lots(database: &impl Database, now: Instant) -> Result<(), StoreError> {
    database
        .batch(vec![
            statement!(RECORD_LOTS, now, word(&EventKind::LotEnded)),
            statement!(TELL_MANAGERS, now),
            statement!(CLOSE_LOTS, now),
        ])
        .await?;
    Ok(())
}

/// Ends one chunk of the licences that have expired; says whether there may be more.
///
/// # Errors
/// When the database takes nothing.
pub async fn licences(database: &impl Database, now: Instant) -> Result<bool, StoreError> {
    let results = database
        .batch(vec![
            statement!(RECORD_EXPIRED, now, CHUNK, word(&EventKind::LicenceExpired)),
            statement!(TELL_LEARNERS, now, CHUNK),
            statement!(EXPIRE, now, CHUNK),
        ])
        .await?;
    Ok(results.first().is_some_and(|recorded| recorded.changes() >= CHUNK))
}

/// Lapses one chunk of the invites whose days are over; says whether there may be more.
///
/// # Errors
/// When the database takes nothing.
pub async fn invites(database: &impl Database, now: Instant) -> Result<bool, StoreError> {
    let results = database
        .batch(vec![
            statement!(RECORD_LAPSED, now, CHUNK, word(&EventKind::InviteLapsed)),
            statement!(FREE_LAPSED, now, CHUNK),
            statement!(LAPSE, now, CHUNK),
        ])
        .await?;
    Ok(results.first().is_some_and(|recorded| recorded.changes() >= CHUNK))
}
