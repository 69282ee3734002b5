//! Letters that a company can do without, and those that time or a balance causes: what ends soon, invites and orders that
//! wait, licences that are few, licences that nobody has paid for.
//!
//! A letter is written in the transaction of what causes it, to those who want it. What only time causes is found by the
//! scheduled run through an index on the moment at which it is next to be told, so a run that comes late tells what is due
//! now and not the whole backlog.

use seatwise_domain::letter::{LEARNER_NOTICE, LetterKind};
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{EventKind, NoticeOff, NoticeReceiver, Notices};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;
use serde_json::json;

use super::events::{Event, word};
use super::{Actor, Database, Rows as _, Statement, StoreError, decode_at, events, orders, statement, statements};

/// Whether the manager `m` of the company `c` wants the letter that `$letter` names.
macro_rules! manager_wants {
    ($letter:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM notices_off n WHERE n.company_id = c.id AND n.letter = ",
            $letter,
            " AND n.receiver IN ('managers', m.id))"
        )
    };
}
pub(super) use manager_wants;

/// Whether the company `c` wants a letter to go to a sort of receivers.
macro_rules! company_wants {
    ($letter:literal, $receiver:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM notices_off n WHERE n.company_id = c.id AND n.letter = '",
            $letter,
            "' AND n.receiver = '",
            $receiver,
            "')"
        )
    };
}
pub(super) use company_wants;

/// How few licences of kind ?2 are few to the company `c`.
macro_rules! threshold {
    () => {
        "CASE ?2 WHEN 'user' THEN c.low_user ELSE c.low_content END"
    };
}

/// How many licences of kind ?2 are available to the company `c` at ?3.
macro_rules! available {
    () => {
        "(SELECT coalesce(sum(l.quantity - l.pending - l.in_use), 0) FROM lots l
          WHERE l.company_id = c.id AND l.kind = ?2 AND l.starts_at <= ?3 AND l.ends_at > ?3)"
    };
}

/// The lots whose end is to be told at ?1, at most 100.
macro_rules! lots_to_tell {
    () => {
        "(SELECT * FROM lots INDEXED BY lots_to_tell
          WHERE tell_at IS NOT NULL AND closed_at IS NULL AND tell_at <= ?1 ORDER BY tell_at, company_id, id LIMIT 100)"
    };
}

/// What a letter about the end of the lot `l` says; `$staff`: whether it goes to the account manager.
macro_rules! about_lot {
    ($staff:literal) => {
        concat!(
            "json_object('company', c.name, 'company_id', c.id, 'lot_id', l.id, 'number', o.number, 'kind', l.kind, 'quantity', l.quantity,
            'held', l.pending + l.in_use, 'ends_at', l.ends_at,
            'days', CASE WHEN l.ends_at - CAST(?1 AS INTEGER) > 2592000000 THEN 60 WHEN l.ends_at - CAST(?1 AS INTEGER) > 604800000 THEN 30 ELSE 7 END,
            'renewal', (SELECT max(n.number) FROM orders n INDEXED BY orders_renewing
              WHERE n.company_id = l.company_id AND n.renews_lot_id = l.id AND n.status IN ('requested', 'assigned')),
            'staff', json('",
            $staff,
            "'))"
        )
    };
}

/// Each (lot, end, notice) is told once.
macro_rules! lot_cause {
    () => {
        "'lot-expiring:' || l.id || ':' || l.ends_at || ':' || l.tell_at"
    };
}

/// The invites whose people are to be reminded at ?1, at most 500.
macro_rules! invites_to_remind {
    () => {
        "(SELECT * FROM invites INDEXED BY invites_to_remind
          WHERE state = 'open' AND remind_at IS NOT NULL AND remind_at <= ?1 ORDER BY remind_at, company_id, member_id LIMIT 500)"
    };
}

/// Those of them who have the invite, haven't joined, and whose company wants it.
macro_rules! people_to_remind {
    () => {
        concat!(
            "FROM ",
            invites_to_remind!(),
            " i
            CROSS JOIN companies c ON c.id = i.company_id
            CROSS JOIN members m ON m.company_id = i.company_id AND m.id = i.member_id AND m.joined_at IS NULL AND m.removed_at IS NULL
            WHERE i.open_until > ?1 AND ",
            company_wants!("invite_reminder", "learners"),
            " AND NOT EXISTS (SELECT 1 FROM outbox q WHERE q.cause = 'invite:' || i.nonce AND q.state = 'queued')"
        )
    };
}

/// The orders of which the account manager is to be reminded at ?1, at most 100.
macro_rules! orders_to_remind {
    () => {
        "(SELECT * FROM orders INDEXED BY orders_to_remind
          WHERE status = 'requested' AND remind_at IS NOT NULL AND remind_at <= ?1 ORDER BY remind_at, id LIMIT 100)"
    };
}

statements! {
    /// A company's choices.
    CHOICES = "SELECT remind_first, remind_second, low_user, low_content FROM companies WHERE id = ?1";
    /// What it doesn't want.
    OFF = "SELECT letter, receiver FROM notices_off WHERE company_id = ?1 ORDER BY letter, receiver";
    /// Its managers who have joined.
    MANAGERS = "
        SELECT m.id, coalesce(m.name, m.email_typed) AS name FROM members m INDEXED BY members_who_manage
        WHERE m.company_id = ?1 AND m.is_manager = 1 AND m.removed_at IS NULL AND m.joined_at IS NOT NULL ORDER BY m.id LIMIT 200";
    /// Changes the choices.
    CHANGE = "UPDATE companies SET remind_first = ?2, remind_second = ?3, low_user = ?4, low_content = ?5 WHERE id = ?1";
    /// Everything is wanted again.
    WANT_ALL = "DELETE FROM notices_off WHERE company_id = ?1";
    /// But what stands in the JSON array ?2.
    SWITCH_OFF = "
        INSERT INTO notices_off (company_id, letter, receiver)
        SELECT ?1, value ->> 'letter', value ->> 'receiver' FROM json_each(?2) WHERE true
        ON CONFLICT (company_id, letter, receiver) DO NOTHING";
    /// Managers are told that few licences of kind ?2 are available, once until it is over.
    TELL_LOW = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'low-balance:' || c.id || ':' || ?2 || ':' || CAST(?3 AS INTEGER), m.email_typed, m.name, 'low_balance',
          json_object('company', c.name, 'kind', ?2, 'available', ", available!(), ", 'threshold', ", threshold!(), "), c.id, ?3, ?3
        FROM companies c
        CROSS JOIN members m INDEXED BY members_who_manage ON m.company_id = c.id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE c.id = ?1 AND ", threshold!(), " IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM low_balances b WHERE b.company_id = c.id AND b.kind = ?2)
          AND ", available!(), " < ", threshold!(), " AND m.joined_at IS NOT NULL AND ", manager_wants!("'low_balance'"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// They have been told.
    NOTE_LOW = concat!("
        INSERT INTO low_balances (company_id, kind, since)
        SELECT c.id, ?2, ?3 FROM companies c WHERE c.id = ?1 AND ", threshold!(), " IS NOT NULL AND ", available!(), " < ", threshold!(), "
        ON CONFLICT (company_id, kind) DO NOTHING");
    /// It is over.
    CLEAR_LOW = concat!("
        DELETE FROM low_balances WHERE company_id = ?1 AND kind = ?2 AND NOT EXISTS (
          SELECT 1 FROM companies c WHERE c.id = ?1 AND ", threshold!(), " IS NOT NULL AND ", available!(), " < ", threshold!(), ")");
    /// Since when a company is overdrawn.
    MARK_OVERDRAWN = "
        UPDATE lots SET overdrawn_since = ?3
        WHERE company_id = ?1 AND kind = ?2 AND overdraft = 1 AND pending + in_use > 0 AND overdrawn_since IS NULL";
    /// Managers are told that it is, once a day however many were added.
    TELL_OVERDRAWN = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'overdrawn:' || c.id || ':' || ?2 || ':' || CAST(?3 AS INTEGER) / 86400000, m.email_typed, m.name, 'overdrawn',
          json_object('company', c.name, 'company_id', c.id, 'kind', ?2, 'overdrawn', o.pending + o.in_use, 'staff', json('false')), c.id, ?3, ?3
        FROM companies c
        CROSS JOIN lots o ON o.company_id = c.id AND o.kind = ?2 AND o.overdraft = 1 AND o.pending + o.in_use > 0
        CROSS JOIN members m INDEXED BY members_who_manage ON m.company_id = c.id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE c.id = ?1 AND m.joined_at IS NOT NULL AND ", manager_wants!("'overdrawn'"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// So is the account manager.
    TELL_STAFF_OVERDRAWN = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'overdrawn:' || c.id || ':' || ?2 || ':' || CAST(?3 AS INTEGER) / 86400000, s.email_typed, s.name, 'overdrawn',
          json_object('company', c.name, 'company_id', c.id, 'kind', ?2, 'overdrawn', o.pending + o.in_use, 'staff', json('true')), c.id, ?3, ?3
        FROM companies c
        CROSS JOIN lots o ON o.company_id = c.id AND o.kind = ?2 AND o.overdraft = 1 AND o.pending + o.in_use > 0
        CROSS JOIN staff s ON s.id = c.account_manager_id AND s.removed_at IS NULL
        WHERE c.id = ?1 AND ", company_wants!("overdrawn", "account_manager"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// Managers are told that a lot ends.
    TELL_ENDING = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT ", lot_cause!(), ", m.email_typed, m.name, 'lot_expiring', ", about_lot!("false"), ", c.id, ?1, ?1
        FROM ", lots_to_tell!(), " l
        CROSS JOIN companies c ON c.id = l.company_id
        CROSS JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        CROSS JOIN members m INDEXED BY members_who_manage ON m.company_id = c.id AND m.is_manager = 1 AND m.removed_at IS NULL
        WHERE l.ends_at > ?1 AND l.quantity > 0 AND m.joined_at IS NOT NULL AND ", manager_wants!("'lot_expiring'"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// So is the account manager.
    TELL_STAFF_ENDING = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT ", lot_cause!(), ", s.email_typed, s.name, 'lot_expiring', ", about_lot!("true"), ", c.id, ?1, ?1
        FROM ", lots_to_tell!(), " l
        CROSS JOIN companies c ON c.id = l.company_id
        CROSS JOIN orders o ON o.company_id = l.company_id AND o.id = l.order_id
        CROSS JOIN staff s ON s.id = c.account_manager_id AND s.removed_at IS NULL
        WHERE l.ends_at > ?1 AND l.quantity > 0 AND ", company_wants!("lot_expiring", "account_manager"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// When they are told next: 60, 30 and 7 days before the end, as far as that is to come.
    TOLD_ENDING = concat!("
        UPDATE lots SET tell_at = CASE
          WHEN ends_at - 2592000000 > CAST(?1 AS INTEGER) THEN ends_at - 2592000000
          WHEN ends_at - 604800000 > CAST(?1 AS INTEGER) THEN ends_at - 604800000 END
        WHERE (company_id, id) IN (SELECT company_id, id FROM ", lots_to_tell!(), ")");
    /// Those who hold licences that end by ?2, and have not been told: the first to end first, by lot and last activity.
    HOLDINGS_TO_TELL = "
        SELECT company_id, lot_id, ends_at, active_on FROM holdings INDEXED BY holdings_to_tell
        WHERE told = 0 AND ends_at > ?1 AND ends_at <= ?2 ORDER BY ends_at LIMIT 100";
    /// The last of the next 1,000 of them behind ?5.
    LAST_OF_CHUNK = "
        SELECT member_id FROM licences INDEXED BY licences_by_lot
        WHERE company_id = ?1 AND lot_id = ?2 AND (status = 'ended') = 0 AND ends_at = ?3 AND active_on = ?4 AND member_id > ?5
        ORDER BY member_id LIMIT 1 OFFSET 999";
    /// Learners are told that their licences end: those behind ?5, up to ?6 (nothing: all). Not those who were given it in the
    /// last days before its end, nor those who will move on to another lot.
    TELL_LEARNERS = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at, bulk)
        SELECT 'licence-expiring:' || l.id || ':' || l.ends_at, m.email_typed, m.name, 'licence_expiring',
          json_object('company', c.name, 'kind', l.kind, 'ends_at', l.ends_at), c.id, ?7, ?7, 1
        FROM lots ending
        CROSS JOIN companies c ON c.id = ending.company_id
        CROSS JOIN licences l INDEXED BY licences_by_lot ON l.company_id = ending.company_id AND l.lot_id = ending.id
          AND (l.status = 'ended') = 0 AND l.ends_at = ?3 AND l.active_on = ?4 AND l.member_id > ?5 AND (?6 IS NULL OR l.member_id <= ?6)
        CROSS JOIN members m ON m.company_id = l.company_id AND m.id = l.member_id AND m.removed_at IS NULL
        WHERE ending.company_id = ?1 AND ending.id = ?2 AND l.status = 'in_use' AND l.allocated_at < l.ends_at - 604800000
          AND ", company_wants!("licence_expiring", "learners"), "
          AND NOT (l.ends_at = ending.ends_at AND CASE c.carry_over WHEN 'all' THEN 1 WHEN 'active' THEN l.active_on >= l.ends_at / 86400000 - 90 ELSE 0 END
            AND (SELECT coalesce(sum(o.quantity - o.pending - o.in_use), 0) FROM lots o
              WHERE o.company_id = ?1 AND o.kind = ending.kind AND o.id <> ending.id AND o.overdraft = 0 AND o.closed_at IS NULL
                AND o.group_id IS NULL AND o.starts_at <= ending.ends_at AND o.ends_at > ending.ends_at) >= ending.pending + ending.in_use)
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// They have been told.
    TOLD_LEARNERS = "UPDATE holdings SET told = 1 WHERE company_id = ?1 AND lot_id = ?2 AND ends_at = ?3 AND active_on = ?4";
    /// One event for each who is reminded of an invite.
    RECORD_REMINDED = concat!("
        INSERT INTO events (company_id, at, door, what, member_id)
        SELECT i.company_id, ?1, 'scheduled_run', ?2, i.member_id ", people_to_remind!());
    /// The letters to them.
    REMIND = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, member_id, created_at, next_try_at, bulk)
        SELECT 'invite-reminder:' || i.nonce || ':' || i.remind_at, m.email_typed, m.name, 'invite_reminder',
          json_object('company', c.name, 'inviter', i.invited_by, 'manager', json(CASE m.is_manager WHEN 1 THEN 'true' ELSE 'false' END),
            'days', max(1, (i.open_until - CAST(?1 AS INTEGER)) / 86400000)),
          i.company_id, i.member_id, ?1, ?1, 1 ", people_to_remind!(), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// When they are reminded next, if that is to come.
    REMINDED = concat!("
        UPDATE invites SET remind_at = (
          SELECT CASE WHEN invites.created_at + 86400000 * c.remind_second > CAST(?1 AS INTEGER) THEN invites.created_at + 86400000 * c.remind_second END
          FROM companies c WHERE c.id = invites.company_id)
        WHERE (company_id, member_id) IN (SELECT company_id, member_id FROM ", invites_to_remind!(), ")");
    /// Account managers are reminded of orders that wait.
    TELL_WAITING = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'order-waiting:' || o.id || ':' || o.remind_at, s.email_typed, s.name, 'order_waiting',
          json_object('company', c.name, 'person', o.requested_by, 'number', o.number, 'kind', o.kind, 'quantity', o.quantity - o.assigned,
            'requested_at', o.requested_at), c.id, ?1, ?1
        FROM ", orders_to_remind!(), " o
        CROSS JOIN companies c ON c.id = o.company_id
        CROSS JOIN staff s ON s.id = c.account_manager_id AND s.removed_at IS NULL
        WHERE true
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// When they are reminded next.
    TOLD_WAITING = concat!("UPDATE orders SET remind_at = ?2 WHERE id IN (SELECT id FROM ", orders_to_remind!(), ")");
}

#[derive(Deserialize)]
struct Choices {
    remind_first: Option<i64>,
    remind_second: Option<i64>,
    low_user: Option<i64>,
    low_content: Option<i64>,
}

#[derive(Deserialize)]
struct OffRow {
    letter: LetterKind,
    receiver: String,
}

/// Which letters go to whom in a company.
///
/// # Errors
/// When the database can't be asked.
pub async fn read(database: &impl Database, company_id: &str) -> Result<Option<Notices>, StoreError> {
    let results = database
        .batch(vec![statement!(CHOICES, company_id), statement!(OFF, company_id), statement!(MANAGERS, company_id)])
        .await?;
    let Some(choices) = decode_at::<Choices>(&results, 0)?.into_iter().next() else { return Ok(None) };
    let off = decode_at::<OffRow>(&results, 1)?.into_iter();
    Ok(Some(Notices {
        off: off.map(|row| NoticeOff { letter: row.letter, receiver: row.receiver }).collect(),
        remind_first: choices.remind_first,
        remind_second: choices.remind_second,
        low_user: choices.low_user,
        low_content: choices.low_content,
        managers: decode_at::<NoticeReceiver>(&results, 2)?,
    }))
}

/// Chooses which letters go to whom.
///
/// # Errors
/// When the database takes nothing.
pub async fn change(
    database: &impl Database,
    company_id: &str,
    notices: &Notices,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let off: Vec<_> = notices.off.iter().map(|off| json!({ "letter": off.letter, "receiver": off.receiver })).collect();
    let mut batch = vec![
        statement!(CHANGE, company_id, notices.remind_first, notices.remind_second, notices.low_user, notices.low_content),
        statement!(WANT_ALL, company_id),
        statement!(SWITCH_OFF, company_id, json!(off).to_string()),
        events::record(company_id, now, actor, &Event::new(EventKind::SettingsChanged)),
    ];
    batch.extend(Kind::ALL.into_iter().flat_map(|kind| watch(company_id, kind, now)));
    database.batch(batch).await?;
    Ok(())
}

/// What must follow wherever the balance of a kind has moved: managers are told when few licences are left, once until
/// there are enough again.
#[must_use]
pub fn watch(company_id: &str, kind: Kind, now: Instant) -> [Statement; 3] {
    let kind = kind.as_str();
    [
        statement!(CLEAR_LOW, company_id, kind, now),
        statement!(TELL_LOW, company_id, kind, now),
        statement!(NOTE_LOW, company_id, kind, now),
    ]
}

/// What must follow where a kind was overdrawn (requirement C4): since when, and letters to managers and account manager.
#[must_use]
pub fn overdrawn(company_id: &str, kind: Kind, now: Instant) -> [Statement; 3] {
    let kind = kind.as_str();
    [
        statement!(MARK_OVERDRAWN, company_id, kind, now),
        statement!(TELL_OVERDRAWN, company_id, kind, now),
        statement!(TELL_STAFF_OVERDRAWN, company_id, kind, now),
    ]
}

/// Tells what time alone causes, as far as it is due at `now`; at most `chunks` times of each sort.
///
/// # Errors
/// When the database takes nothing.
pub async fn tell(database: &impl Database, now: Instant, chunks: usize) -> Result<(), StoreError> {
    let reminder = now.plus_working_days(orders::NEXT_REMINDER);
    let ending = || vec![statement!(TELL_ENDING, now), statement!(TELL_STAFF_ENDING, now), statement!(TOLD_ENDING, now)];
    let invites = || {
        let what = word(&EventKind::InviteReminded);
        vec![statement!(RECORD_REMINDED, now, what), statement!(REMIND, now), statement!(REMINDED, now)]
    };
    let waiting = || vec![statement!(TELL_WAITING, now), statement!(TOLD_WAITING, now, reminder)];
    let sorts: [&dyn Fn() -> Vec<Statement>; 3] = [&ending, &invites, &waiting];
    for sort in sorts {
        for _ in 0..chunks {
            // The last statement moves on those whom the ones before have found.
            if database.batch(sort()).await?.last().is_none_or(|moved| moved.changes() == 0) {
                break;
            }
            database.pause().await;
        }
    }
    learners(database, now, chunks).await
}

#[derive(Deserialize)]
struct Holding {
    company_id: String,
    lot_id: String,
    ends_at: Instant,
    active_on: i64,
}

#[derive(Deserialize)]
struct Last {
    member_id: String,
}

/// Tells learners whose licences end in the next days.
async fn learners(database: &impl Database, now: Instant, chunks: usize) -> Result<(), StoreError> {
    let mut left = chunks;
    loop {
        let until = now.plus(LEARNER_NOTICE.saturating_mul(DAY));
        let holdings: Vec<Holding> = database.rows(statement!(HOLDINGS_TO_TELL, now, until)).await?;
        if holdings.is_empty() {
            return Ok(());
        }
        for holding in holdings {
            let of =
                |sql| statement!(sql, holding.company_id.as_str(), holding.lot_id.as_str(), holding.ends_at, holding.active_on);
            let mut behind = String::new();
            loop {
                if left == 0 {
                    return Ok(());
                }
                left = left.saturating_sub(1);
                let mut ask = of(LAST_OF_CHUNK);
                ask.values.push(behind.as_str().into());
                let last = database.row::<Last>(ask).await?.map(|row| row.member_id);
                let mut tell = of(TELL_LEARNERS);
                tell.values.extend([behind.as_str().into(), last.as_deref().into(), now.into()]);
                let mut batch = vec![tell];
                if last.is_none() {
                    batch.push(of(TOLD_LEARNERS));
                }
                database.batch(batch).await?;
                database.pause().await;
                match last {
                    Some(last) => behind = last,
                    None => break,
                }
            }
        }
    }
}
