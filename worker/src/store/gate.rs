//! The one gate: every door draws licences here, for one member or for a hundred thousand, in the transaction of what
//! adds them.
//!
//! A draw is one statement for any number of members: they are numbered in order, the lots in force are laid end to
//! end by the choice of lot (first to end first, by default), and each member takes the licence at their number. The
//! CHECK on the lot refuses to oversell; the assertion behind the draw refuses to hand out fewer than were asked for.
//! A CROSS JOIN keeps the order in which SQLite walks: the people first, each looked up once.

use seatwise_domain::wire::EventKind;
use seatwise_domain::{Instant, Kind};

use super::events::word;
use super::{Actor, Statement, StoreError, statement, statements};

statements! {
    /// Draws a licence of kind ?3 for each person in ?1 who is to get one and doesn't hold one.
    DRAW = "
        INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, ends_at)
        WITH asked AS (
          SELECT person.value ->> 'member' AS member_id, person.value ->> ?3 AS licence_id, row_number() OVER (ORDER BY person.key) - 1 AS place
          FROM json_each(?1) AS person
          WHERE person.value ->> ?3 IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM licences held
            WHERE held.company_id = ?2 AND held.member_id = person.value ->> 'member' AND held.kind = ?3 AND held.status <> 'ended'
          )
        ),
        choice AS (
          SELECT id, ends_at, quantity - pending - in_use AS room,
            ends_at * (SELECT CASE draw_order WHEN 'last_to_end' THEN -1 ELSE 1 END FROM companies WHERE companies.id = ?2) AS turn
          FROM lots
          WHERE company_id = ?2 AND kind = ?3 AND overdraft = 0 AND group_id IS NULL
            AND starts_at <= ?4 AND ends_at > ?4 AND pending + in_use < quantity
        ),
        laid AS (
          SELECT id, ends_at, room,
            coalesce(sum(room) OVER (ORDER BY turn, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
          FROM choice
        )
        SELECT ?2, asked.member_id, asked.licence_id, laid.id, ?3, 'pending', ?4, laid.ends_at
        FROM asked CROSS JOIN laid ON asked.place >= laid.before AND asked.place < laid.before + laid.room";
    /// Insists that everybody who was to get a licence of kind ?3 has it.
    INSIST = "
        INSERT INTO assertions
        SELECT count(*) = count(drawn.id), 'short_' || ?3
        FROM json_each(?1) AS person
        LEFT JOIN licences drawn ON drawn.company_id = ?2 AND drawn.member_id = person.value ->> 'member' AND drawn.id = person.value ->> ?3
        WHERE person.value ->> ?3 IS NOT NULL";
    /// One event for each licence drawn.
    RECORD_DRAWS = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, member_id, kind, quantity, licence_id, lot_id, order_id, to_state)
        SELECT ?2, ?4, ?5, ?6, ?7, ?8, drawn.member_id, ?3, 1, drawn.id, drawn.lot_id, lots.order_id, drawn.status
        FROM json_each(?1) AS person
        CROSS JOIN licences drawn ON drawn.company_id = ?2 AND drawn.member_id = person.value ->> 'member' AND drawn.id = person.value ->> ?3
        CROSS JOIN lots ON lots.company_id = ?2 AND lots.id = drawn.lot_id";
}

/// Draws licences of a kind for the people in a JSON array of `{"member": id, "user": id, "content": id}`: under the
/// kind's name stands the id of the licence to be drawn, or nothing for somebody who gets none of this kind.
///
/// The batch that these statements belong to fails as a whole when there are too few licences; [`short_of`] reads that
/// from its error.
#[must_use]
pub fn draw(company_id: &str, kind: Kind, now: Instant, actor: &Actor, people: &str) -> [Statement; 3] {
    [
        statement!(DRAW, people, company_id, kind.as_str(), now),
        statement!(INSIST, people, company_id, kind.as_str()),
        statement!(
            RECORD_DRAWS,
            people,
            company_id,
            kind.as_str(),
            now,
            actor.door.as_str(),
            actor.id.as_deref(),
            actor.name.as_deref(),
            word(&EventKind::LicenceDrawn),
        ),
    ]
}

/// The kind of which there were too few licences, if that is why a batch failed.
#[must_use]
pub fn short_of(error: &StoreError) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| error.asserts(&format!("short_{}", kind.as_str())))
}
