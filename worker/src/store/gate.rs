//! The one gate: every door draws licences here, for one member or for a hundred thousand, in the transaction of what
//! adds them. Whoever is overdrawn, waits, or moves on from a lot that ends takes a seat by the same rule.
//!
//! A draw is one statement for any number of members: they are numbered in order, the lots in force are laid end to end
//! by the choice of lot (first to end first, by default), and each member takes the licence at their number. A lot that
//! is set aside for a group serves that group's members first and nobody else; `seatwise_domain::seats` says the same
//! rule in Rust, and a test compares the two. The CHECK on the lot refuses to oversell; the assertion behind the draw
//! refuses to hand out fewer than were asked for. A CROSS JOIN keeps the order in which SQLite walks: the people first,
//! each looked up once.

use seatwise_domain::wire::EventKind;
use seatwise_domain::{Instant, Kind};

use super::events::word;
use super::notices::{self, company_wants};
use super::{Actor, Statement, StoreError, people, statement, statements};

/// Who asks (`asked`: `member_id`, `licence_id`, `place` from 0) becomes who sits where (`seat`): company ?2, kind ?3, at ?4.
macro_rules! seats {
    ($asked:expr) => {
        concat!(
            "WITH asked AS MATERIALIZED (",
            $asked,
            "),
        person AS MATERIALIZED (
          SELECT asked.member_id, asked.licence_id, asked.place, m.group_id, m.joined_at,
            row_number() OVER (PARTITION BY m.group_id ORDER BY asked.place) - 1 AS turn,
            coalesce(m.licences_end_at, (SELECT g.licences_end_at FROM groups g WHERE g.company_id = ?2 AND g.id = m.group_id)) AS own_end
          FROM asked CROSS JOIN members m ON m.company_id = ?2 AND m.id = asked.member_id
        ),
        lot AS (
          SELECT id, order_id, group_id, ends_at, quantity - pending - in_use AS room,
            ends_at * (SELECT CASE draw_order WHEN 'last_to_end' THEN -1 ELSE 1 END FROM companies WHERE companies.id = ?2) AS turn
          FROM lots
          WHERE company_id = ?2 AND kind = ?3 AND overdraft = 0 AND closed_at IS NULL
            AND starts_at <= ?4 AND ends_at > ?4 AND pending + in_use < quantity
        ),
        laid AS MATERIALIZED (
          SELECT id, order_id, group_id, ends_at, room,
            coalesce(sum(room) OVER (PARTITION BY group_id ORDER BY turn, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
          FROM lot
        ),
        set_aside AS MATERIALIZED (SELECT group_id, sum(room) AS room FROM lot WHERE group_id IS NOT NULL GROUP BY group_id),
        placed AS (
          SELECT member_id, licence_id, joined_at, own_end, group_id AS side, turn
          FROM person WHERE turn < coalesce((SELECT room FROM set_aside WHERE set_aside.group_id = person.group_id), 0)
          UNION ALL
          SELECT member_id, licence_id, joined_at, own_end, NULL, row_number() OVER (ORDER BY place) - 1
          FROM person WHERE turn >= coalesce((SELECT room FROM set_aside WHERE set_aside.group_id = person.group_id), 0)
        ),
        seat AS MATERIALIZED (
          SELECT ?2 AS company_id, placed.member_id, placed.licence_id, placed.joined_at, laid.id AS lot_id, laid.order_id,
            CASE WHEN placed.own_end > ?4 AND placed.own_end < laid.ends_at THEN placed.own_end ELSE laid.ends_at END AS ends_at
          FROM placed CROSS JOIN laid
            ON laid.group_id IS placed.side AND placed.turn >= laid.before AND placed.turn < laid.before + laid.room
        )"
        )
    };
}

/// The people of the JSON array ?1 who are to get a licence of kind ?3 and hold none.
macro_rules! asked_by_name {
    () => {
        concat!(
            "
          SELECT person.value ->> 'member' AS member_id, person.value ->> ?3 AS licence_id, row_number() OVER (ORDER BY person.key) - 1 AS place
          FROM ",
            people!(),
            " AS person
          WHERE person.value ->> ?3 IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM licences held
            WHERE held.company_id = ?2 AND held.member_id = person.value ->> 'member' AND held.kind = ?3 AND held.status <> 'ended'
          )"
        )
    };
}

/// The holders who are overdrawn in kind ?3, oldest first.
macro_rules! overdrawn {
    () => {
        "
          SELECT l.member_id, l.id AS licence_id, row_number() OVER (ORDER BY l.allocated_at, l.member_id) - 1 AS place
          FROM lots o CROSS JOIN licences l INDEXED BY licences_by_lot
            ON l.company_id = o.company_id AND l.lot_id = o.id AND (l.status = 'ended') = 0
          WHERE o.company_id = ?2 AND o.kind = ?3 AND o.overdraft = 1 AND o.pending + o.in_use > 0 AND l.ends_at > ?4
          ORDER BY l.allocated_at, l.member_id LIMIT 20000"
    };
}

/// The members who wait for a licence of kind ?3, in the order in which they came.
macro_rules! in_line {
    () => {
        "
          SELECT w.member_id, w.licence_id, row_number() OVER (ORDER BY w.place) - 1 AS place
          FROM waiting w WHERE w.company_id = ?2 AND w.kind = ?3
          ORDER BY w.place LIMIT 20000"
    };
}

/// The holders of lot ?1 of kind ?3, which ends at ?4, who were active on day ?5 or later: the last active first.
/// Nobody, where no other lot has room: that needs no look at all the holders.
macro_rules! moving_on {
    () => {
        "
          SELECT l.member_id, l.id AS licence_id, row_number() OVER (ORDER BY l.active_on DESC, l.member_id) - 1 AS place
          FROM licences l INDEXED BY licences_by_lot
          WHERE l.company_id = ?2 AND l.lot_id = ?1 AND (l.status = 'ended') = 0 AND l.active_on >= ?5 AND l.ends_at = ?4
            AND EXISTS (SELECT 1 FROM lots ending WHERE ending.company_id = ?2 AND ending.id = ?1 AND ending.closed_at IS NULL)
            AND EXISTS (SELECT 1 FROM lots open WHERE open.company_id = ?2 AND open.kind = ?3 AND open.overdraft = 0 AND open.closed_at IS NULL
              AND open.starts_at <= ?4 AND open.ends_at > ?4 AND open.pending + open.in_use < open.quantity)
          ORDER BY l.active_on DESC, l.member_id LIMIT 20000"
    };
}

/// Moves licences to the seats found: to another lot, and to its end.
macro_rules! move_to_seats {
    ($asked:expr) => {
        concat!(
            seats!($asked),
            "UPDATE licences SET lot_id = seat.lot_id, ends_at = seat.ends_at FROM seat
            WHERE licences.company_id = seat.company_id AND licences.member_id = seat.member_id AND licences.id = seat.licence_id"
        )
    };
}

/// One event for each licence that is about to move to a seat: door ?6, actor ?7 called ?8, what ?9.
macro_rules! record_moves {
    ($asked:expr) => {
        concat!(
            "INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, order_id, from_state, to_state, ends_at, from_lot_id) ",
            seats!($asked),
            "SELECT ?2, ?4, ?6, ?7, ?8, ?9, seat.member_id, ?3, 1, seat.licence_id, seat.lot_id, seat.order_id, l.status, l.status, seat.ends_at, l.lot_id
            FROM seat CROSS JOIN licences l ON l.company_id = seat.company_id AND l.member_id = seat.member_id AND l.id = seat.licence_id"
        )
    };
}

/// Inserts a licence for each seat: in use at once for somebody who has joined before.
macro_rules! draw_seats {
    ($asked:expr) => {
        concat!(
            "INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on) ",
            seats!($asked),
            "SELECT ?2, member_id, licence_id, lot_id, ?3, CASE WHEN joined_at IS NULL THEN 'pending' ELSE 'in_use' END, ?4,
              CASE WHEN joined_at IS NULL THEN NULL ELSE ?4 END, ends_at, CAST(?4 AS INTEGER) / 86400000
            FROM seat"
        )
    };
}

statements! {
    /// Draws a licence of kind ?3 for each person in ?1 who is to get one and doesn't hold one.
    DRAW = draw_seats!(asked_by_name!());
    /// Overdraws for those who got none.
    OVERDRAW = concat!(
        "INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, activated_at, ends_at, active_on)
        WITH asked AS MATERIALIZED (", asked_by_name!(), "),
        person AS (
          SELECT m.id, asked.licence_id, m.joined_at,
            coalesce(m.licences_end_at, (SELECT g.licences_end_at FROM groups g WHERE g.company_id = ?2 AND g.id = m.group_id)) AS own_end
          FROM asked CROSS JOIN members m ON m.company_id = ?2 AND m.id = asked.member_id
        )
        SELECT ?2, person.id, person.licence_id, o.id, ?3, CASE WHEN person.joined_at IS NULL THEN 'pending' ELSE 'in_use' END, ?4,
          CASE WHEN person.joined_at IS NULL THEN NULL ELSE ?4 END,
          CASE WHEN person.own_end > ?4 THEN person.own_end ELSE o.ends_at END, CAST(?4 AS INTEGER) / 86400000
        FROM person CROSS JOIN lots o ON o.company_id = ?2 AND o.kind = ?3 AND o.overdraft = 1"
    );
    /// Insists that the company is overdrawn by no more than it allows, if one of these people is. Whoever has found a seat
    /// has nothing to do with what was overdrawn before the limit was lowered.
    INSIST_LIMIT = concat!("
        INSERT INTO assertions
        SELECT o.pending + o.in_use <= c.overdraft_limit OR NOT EXISTS (
          SELECT 1 FROM ", people!(), " AS person
          CROSS JOIN licences l ON l.company_id = ?2 AND l.member_id = person.value ->> 'member' AND l.id = person.value ->> ?3
          WHERE l.lot_id = o.id), 'overdraft_limit_' || ?3
        FROM companies c JOIN lots o ON o.company_id = c.id AND o.kind = ?3 AND o.overdraft = 1
        WHERE c.id = ?2");
    /// Those who got none wait.
    WAIT = concat!(
        "INSERT INTO waiting (company_id, member_id, kind, since, licence_id, nonce, token_hash)
        WITH asked AS MATERIALIZED (", asked_by_name!(), ")
        SELECT ?2, asked.member_id, ?3, ?4, asked.licence_id, person.value ->> 'nonce', person.value ->> 'token_hash'
        FROM asked JOIN json_each(?1) AS person ON person.value ->> ?3 = asked.licence_id
        WHERE true
        ORDER BY asked.place
        ON CONFLICT (company_id, member_id, kind) DO NOTHING"
    );
    /// One event for each who waits.
    RECORD_WAITING = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, to_state, belongs_to)
        SELECT ?2, ?4, ?5, ?6, ?7, ?8, w.member_id, ?3, 1, w.licence_id, 'waiting', ?9
        FROM json_each(?1) AS person
        CROSS JOIN waiting w ON w.company_id = ?2 AND w.member_id = person.value ->> 'member' AND w.kind = ?3
        WHERE w.licence_id = person.value ->> ?3";
    /// Insists that everybody who was to get a licence of kind ?3 holds one.
    INSIST = concat!("
        INSERT INTO assertions
        SELECT count(*) = count(held.id), 'short_' || ?3
        FROM ", people!(), " AS person
        LEFT JOIN licences held
          ON held.company_id = ?2 AND held.member_id = person.value ->> 'member' AND held.kind = ?3 AND held.status <> 'ended'
        WHERE person.value ->> ?3 IS NOT NULL");
    /// One event for each licence drawn.
    RECORD_DRAWS = concat!("
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, order_id, to_state, ends_at, belongs_to)
        SELECT ?2, ?4, ?5, ?6, ?7, ?8, drawn.member_id, ?3, 1, drawn.id, drawn.lot_id, lots.order_id, drawn.status, drawn.ends_at, ?9
        FROM ", people!(), " AS person
        CROSS JOIN licences drawn ON drawn.company_id = ?2 AND drawn.member_id = person.value ->> 'member' AND drawn.id = person.value ->> ?3
        CROSS JOIN lots ON lots.company_id = ?2 AND lots.id = drawn.lot_id");
    /// Whoever has got a licence in another way waits no longer.
    LEAVE_LINE_BY_NAME = concat!("
        DELETE FROM waiting WHERE place IN (
          SELECT w.place FROM ", people!(), " AS person
          CROSS JOIN waiting w ON w.company_id = ?2 AND w.member_id = person.value ->> 'member' AND w.kind = ?3
          CROSS JOIN licences held
            ON held.company_id = ?2 AND held.member_id = w.member_id AND held.kind = ?3 AND held.status <> 'ended')");
    /// One event for each overdrawn licence that is about to be settled.
    RECORD_SETTLED = record_moves!(overdrawn!());
    /// Settles overdrawn licences.
    SETTLE = move_to_seats!(overdrawn!());
    /// Draws licences for those who wait.
    DRAW_IN_LINE = draw_seats!(in_line!());
    /// One event for each licence drawn for somebody who waited.
    RECORD_IN_LINE = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, order_id, from_state, to_state, ends_at)
        SELECT ?1, ?3, ?4, ?5, ?6, ?7, l.member_id, ?2, 1, l.id, l.lot_id, lots.order_id, 'waiting', l.status, l.ends_at
        FROM waiting w
        CROSS JOIN licences l ON l.company_id = ?1 AND l.member_id = w.member_id AND l.id = w.licence_id
        CROSS JOIN lots ON lots.company_id = ?1 AND lots.id = l.lot_id
        WHERE w.company_id = ?1 AND w.kind = ?2
        ORDER BY w.place";
    /// Invites those of them who have not joined.
    INVITE_IN_LINE = "
        INSERT INTO invites (company_id, member_id, nonce, token_hash, invited_by, created_at, open_until, remind_at)
        SELECT ?1, w.member_id, w.nonce, w.token_hash, c.name, ?3, CAST(?3 AS INTEGER) + 86400000 * c.invite_days,
          CAST(?3 AS INTEGER) + 86400000 * coalesce(c.remind_first, c.remind_second)
        FROM waiting w
        CROSS JOIN licences l ON l.company_id = ?1 AND l.member_id = w.member_id AND l.id = w.licence_id AND l.status = 'pending'
        CROSS JOIN companies c ON c.id = ?1
        WHERE w.company_id = ?1 AND w.kind = ?2 AND NOT EXISTS (
          SELECT 1 FROM invites i WHERE i.company_id = ?1 AND i.member_id = w.member_id AND i.state = 'open' AND i.open_until > ?3)
        ON CONFLICT (company_id, member_id) DO UPDATE SET nonce = excluded.nonce, token_hash = excluded.token_hash,
          invited_by = excluded.invited_by, created_at = excluded.created_at, open_until = excluded.open_until, remind_at = excluded.remind_at, state = 'open', settled_at = NULL";
    /// The letters to them.
    TELL_IN_LINE = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, member_id, created_at, next_try_at)
        SELECT 'waited:' || w.licence_id, m.email_typed, m.name, CASE l.status WHEN 'pending' THEN 'invite' ELSE 'licence_given' END,
          json_object('company', c.name, 'inviter', c.name, 'manager', json(CASE m.is_manager WHEN 1 THEN 'true' ELSE 'false' END),
            'days', c.invite_days, 'kind', l.kind, 'ends_at', l.ends_at),
          ?1, CASE l.status WHEN 'pending' THEN w.member_id END, ?3, ?3
        FROM waiting w
        CROSS JOIN licences l ON l.company_id = ?1 AND l.member_id = w.member_id AND l.id = w.licence_id
        CROSS JOIN members m ON m.company_id = ?1 AND m.id = w.member_id
        CROSS JOIN companies c ON c.id = ?1
        WHERE w.company_id = ?1 AND w.kind = ?2 AND (l.status = 'pending' OR ", company_wants!("licence_given", "learners"), ")
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// Whoever has got a licence waits no longer.
    LEAVE_LINE = "
        DELETE FROM waiting WHERE place IN (
          SELECT w.place FROM waiting w
          CROSS JOIN licences l ON l.company_id = ?1 AND l.member_id = w.member_id AND l.id = w.licence_id
          WHERE w.company_id = ?1 AND w.kind = ?2)";
    /// One event for each licence that is about to be carried over.
    RECORD_CARRIED = record_moves!(moving_on!());
    /// The letters to those who are in use.
    TELL_CARRIED = concat!(
        "INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at, bulk) ",
        seats!(moving_on!()),
        "SELECT 'licence-carried:' || seat.licence_id || ':' || CAST(?4 AS INTEGER), m.email_typed, m.name, 'licence_carried',
          json_object('company', c.name, 'kind', ?3, 'ends_at', seat.ends_at), ?2, ?4, ?4, 1
        FROM seat
        CROSS JOIN companies c ON c.id = ?2
        CROSS JOIN licences l ON l.company_id = seat.company_id AND l.member_id = seat.member_id AND l.id = seat.licence_id AND l.status = 'in_use'
        CROSS JOIN members m ON m.company_id = seat.company_id AND m.id = seat.member_id
        WHERE ", company_wants!("licence_carried", "learners"), "
        ON CONFLICT (cause, receiver) DO NOTHING"
    );
    /// Carries licences over.
    CARRY = move_to_seats!(moving_on!());
    /// Counts them.
    COUNT_CARRIED = "UPDATE lots SET carried = carried + changes() WHERE company_id = ?1 AND id = ?2";
}

/// How many licences one batch carries over or settles, the LIMIT in the statements above.
pub const CHUNK: i64 = 20_000;

/// What to do with those for whom there is no licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// The whole batch fails: [`short_of`] says of which kind there were too few.
    Refuse,
    /// They overdraw, up to the company's limit; beyond it the whole batch fails (requirement C4).
    Overdraw,
    /// They wait, and get the next licence that comes.
    Wait,
}

/// Who draws.
#[derive(Clone, Copy, Debug)]
pub struct Drawing<'a> {
    /// A JSON array of `{"member": id, "user": id, "content": id}`.
    pub people: &'a str,
    /// Whether all of them come in the same batch: nobody of them waits for a licence yet.
    pub new: bool,
    /// Whether managers want to be told when few licences are left.
    pub watched: bool,
}

/// Draws licences of a kind for the people in a JSON array of `{"member": id, "user": id, "content": id}`: under the
/// kind's name stands the id of the licence to be drawn, or nothing for somebody who gets none of this kind. Somebody
/// who holds one already gets no other. `belongs_to`: the import or sync.
///
/// The batch that these statements belong to fails as a whole when there are too few licences; [`short_of`] reads that
/// from its error.
#[must_use]
pub fn draw(
    company_id: &str,
    kind: Kind,
    now: Instant,
    actor: &Actor,
    drawing: Drawing<'_>,
    shortage: Shortage,
    belongs_to: Option<&str>,
) -> Vec<Statement> {
    let (word_of_kind, people) = (kind.as_str(), drawing.people);
    let record = |sql, what: EventKind| {
        let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
        statement!(sql, people, company_id, word_of_kind, now, door, id, name, word(&what), belongs_to)
    };
    let mut batch = vec![statement!(DRAW, people, company_id, word_of_kind, now)];
    match shortage {
        Shortage::Refuse => batch.push(statement!(INSIST, people, company_id, word_of_kind)),
        Shortage::Overdraw => {
            batch.push(statement!(OVERDRAW, people, company_id, word_of_kind, now));
            batch.extend(notices::overdrawn(company_id, kind, now));
            batch.push(statement!(INSIST_LIMIT, people, company_id, word_of_kind));
            batch.push(statement!(INSIST, people, company_id, word_of_kind));
        }
        Shortage::Wait => {
            batch.push(statement!(WAIT, people, company_id, word_of_kind, now));
            batch.push(record(RECORD_WAITING, EventKind::LicenceAwaited));
        }
    }
    batch.push(record(RECORD_DRAWS, EventKind::LicenceDrawn));
    if !drawing.new {
        batch.push(statement!(LEAVE_LINE_BY_NAME, people, company_id, word_of_kind));
    }
    if drawing.watched {
        batch.extend(notices::watch(company_id, kind, now));
    }
    batch
}

/// What must follow wherever licences have become free: overdrawn ones settle first, oldest first, then those who wait
/// get theirs. In the same transaction, so that nobody comes in between.
#[must_use]
pub fn settle(company_id: &str, kind: Kind, at: Instant, actor: &Actor) -> Vec<Statement> {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let watched = notices::watch(company_id, kind, at);
    let kind = kind.as_str();
    let none: Option<&str> = None;
    let settled = vec![
        statement!(RECORD_SETTLED, none, company_id, kind, at, none, door, id, name, word(&EventKind::LicenceSettled)),
        statement!(SETTLE, none, company_id, kind, at),
        statement!(DRAW_IN_LINE, none, company_id, kind, at),
        statement!(RECORD_IN_LINE, company_id, kind, at, door, id, name, word(&EventKind::LicenceDrawn)),
        statement!(INVITE_IN_LINE, company_id, kind, at),
        statement!(TELL_IN_LINE, company_id, kind, at),
        statement!(LEAVE_LINE, company_id, kind),
    ];
    settled.into_iter().chain(watched).collect()
}

/// [`settle`] for both kinds.
#[must_use]
pub fn settle_all(company_id: &str, at: Instant, actor: &Actor) -> Vec<Statement> {
    Kind::ALL.into_iter().flat_map(|kind| settle(company_id, kind, at, actor)).collect()
}

/// Carries the holders of a lot over to others of its kind, at the moment at which it ends: those who were active on day
/// `active_since` (in UTC, counted from 1970) or later, the last active first, as far as there is room. At most [`CHUNK`].
#[must_use]
pub fn carry(company_id: &str, lot: (&str, Kind), ends_at: Instant, active_since: i64, actor: &Actor) -> [Statement; 4] {
    let (lot_id, kind) = (lot.0, lot.1.as_str());
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let what = word(&EventKind::LicenceCarriedOver);
    [
        statement!(RECORD_CARRIED, lot_id, company_id, kind, ends_at, active_since, door, id, name, what),
        statement!(TELL_CARRIED, lot_id, company_id, kind, ends_at, active_since),
        statement!(CARRY, lot_id, company_id, kind, ends_at, active_since),
        statement!(COUNT_CARRIED, company_id, lot_id),
    ]
}

/// The kind of which there were too few licences, if that is why a batch failed.
#[must_use]
pub fn short_of(error: &StoreError) -> Option<Kind> {
    let short = |kind: &Kind| {
        let word = kind.as_str();
        error.asserts(&format!("short_{word}")) || error.asserts(&format!("overdraft_limit_{word}"))
    };
    Kind::ALL.into_iter().find(short)
}
