//! Why a balance is what it is: its lots, what moved it, what is overdrawn, who waits. All of it is read from lots and
//! from sums kept by triggers, so it costs the same for ten learners and for a hundred thousand.

use seatwise_domain::time::DAY;
use seatwise_domain::wire::{EventKind, EventLine, LotLine, Movement, OverdrawnLine};
use seatwise_domain::{Balance, Instant, Kind};
use serde::Deserialize;

use super::{Database, StoreError, decode_at, events, lots, statement, statements};

statements! {
    /// What moved a balance since a day, summed up.
    MOVEMENTS = "
        SELECT what, from_state AS \"from\", to_state AS \"to\", sum(licences) AS licences
        FROM movements WHERE company_id = ?1 AND kind = ?2 AND day >= ?3
        GROUP BY what, from_state, to_state
        ORDER BY what, from_state, to_state";
    /// The licences that time has ended since ?3 and nobody has written down yet: they are left in lots that are closed.
    UNWRITTEN = "
        SELECT coalesce(sum(in_use), 0) AS in_use, coalesce(sum(pending), 0) AS pending
        FROM lots INDEXED BY lots_to_empty_by_company
        WHERE company_id = ?1 AND kind = ?2 AND closed_at IS NOT NULL AND emptied_at IS NULL AND ends_at >= ?3";
    /// What a company is overdrawn by, and how much it allows.
    OVERDRAFT = "
        SELECT o.pending + o.in_use AS licences, c.overdraft_limit AS \"limit\"
        FROM companies c JOIN lots o ON o.company_id = c.id AND o.kind = ?2 AND o.overdraft = 1
        WHERE c.id = ?1";
    /// Who is overdrawn, oldest first: the order in which they settle.
    OVERDRAWN = "
        SELECT m.id AS member_id, coalesce(m.name, m.email_typed) AS member, l.allocated_at AS since, coalesce(e.door, '') AS door, e.belongs_to
        FROM lots o
        CROSS JOIN licences l INDEXED BY licences_by_lot ON l.company_id = o.company_id AND l.lot_id = o.id AND (l.status = 'ended') = 0
        CROSS JOIN members m ON m.company_id = l.company_id AND m.id = l.member_id
        LEFT JOIN events e ON e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id AND e.what = 'licence_drawn'
        WHERE o.company_id = ?1 AND o.kind = ?2 AND o.overdraft = 1 AND o.pending + o.in_use > 0
        ORDER BY l.allocated_at, l.member_id
        LIMIT 50";
    /// How many wait.
    WAITING = "SELECT count(*) AS waiting FROM waiting WHERE company_id = ?1 AND kind = ?2";
}

/// A balance with what explains it.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The balance.
    pub balance: Balance,
    /// Its lots that are in force.
    pub lots: Vec<LotLine>,
    /// The balance at the first moment of the day asked for.
    pub then: Balance,
    /// What moved it since.
    pub movements: Vec<Movement>,
    /// The newest events of the kind.
    pub recent: Vec<EventLine>,
    /// What it is overdrawn by, and the limit.
    pub overdraft: (i64, i64),
    /// Who is overdrawn.
    pub overdrawn: Vec<OverdrawnLine>,
    /// How many wait.
    pub waiting: i64,
}

#[derive(Deserialize)]
struct Held {
    in_use: i64,
    pending: i64,
}

#[derive(Deserialize)]
struct OverdraftRow {
    licences: i64,
    limit: i64,
}

#[derive(Deserialize)]
struct WaitingRow {
    waiting: i64,
}

/// Explains the balance of a kind at `now`, with what moved it since the first moment of `since` (a day in UTC).
///
/// # Errors
/// When the database can't be asked.
pub async fn balance(
    database: &impl Database,
    company_id: &str,
    kind: Kind,
    since: Instant,
    now: Instant,
) -> Result<Explained, StoreError> {
    let word = kind.as_str();
    let results = database
        .batch(vec![
            lots::ask(company_id, now),
            statement!(MOVEMENTS, company_id, word, since.0.div_euclid(DAY)),
            statement!(UNWRITTEN, company_id, word, since),
            events::newest_of(company_id, kind),
            statement!(OVERDRAFT, company_id, word),
            statement!(OVERDRAWN, company_id, word),
            statement!(WAITING, company_id, word),
        ])
        .await?;
    let lots = lots::read(decode_at(&results, 0)?);
    let balance = lots::balance(&lots, kind, now);
    let mut movements: Vec<Movement> = decode_at(&results, 1)?;
    // What has ended and isn't written down yet has moved the balance all the same.
    let unwritten = decode_at::<Held>(&results, 2)?.into_iter().next().unwrap_or(Held { in_use: 0, pending: 0 });
    for (from, licences) in [("in_use", unwritten.in_use), ("pending", unwritten.pending)] {
        let found = movements.iter_mut().find(|m| m.what == EventKind::LicenceExpired && m.from == from);
        match found {
            Some(movement) => movement.licences = movement.licences.saturating_add(licences),
            None if licences > 0 => {
                movements.push(Movement { what: EventKind::LicenceExpired, from: from.into(), to: "ended".into(), licences });
            }
            None => {}
        }
    }
    let overdraft = decode_at::<OverdraftRow>(&results, 4)?.into_iter().next().map_or((0, 0), |row| (row.licences, row.limit));
    Ok(Explained {
        then: before(balance, &movements),
        balance,
        lots: lots.into_iter().filter(|lot| lot.kind == kind && lot.in_force(now) && lot.order.is_some()).collect(),
        movements,
        recent: events::read_newest(decode_at(&results, 3)?),
        overdraft,
        overdrawn: decode_at(&results, 5)?,
        waiting: decode_at::<WaitingRow>(&results, 6)?.first().map_or(0, |row| row.waiting),
    })
}

/// The balance before movements happened.
#[must_use]
pub fn before(balance: Balance, movements: &[Movement]) -> Balance {
    let (mut in_use, mut pending, mut total) = (balance.in_use, balance.pending, balance.total);
    for movement in movements {
        let (to_in_use, to_pending, to_total) = movement.effect();
        in_use = in_use.saturating_sub(to_in_use);
        pending = pending.saturating_sub(to_pending);
        total = total.saturating_sub(to_total);
    }
    Balance::of(total, in_use, pending)
}
