//! The audit: a company's figures recomputed from its licences, and its licences from its history. It changes nothing;
//! putting counters right is another step, which somebody has to ask for.

use seatwise_domain::wire::{Difference, Differing, EventKind};
use seatwise_domain::{Balance, Instant, Kind};
use serde::Deserialize;

use super::events::Event;
use super::seals;
use super::{Actor, Database, StoreError, decode_at, events, explain, statement, statements};

statements! {
    /// Lots whose counters are not what their licences say.
    LOTS = "
        SELECT l.id AS which, l.pending || ' pending, ' || l.in_use || ' in use' AS stored,
          coalesce(h.pending, 0) || ' pending, ' || coalesce(h.in_use, 0) || ' in use' AS expected
        FROM lots l
        LEFT JOIN (
          SELECT lot_id, sum(status = 'pending') AS pending, sum(status = 'in_use') AS in_use
          FROM licences WHERE company_id = ?1 AND status <> 'ended' GROUP BY lot_id
        ) h ON h.lot_id = l.id
        WHERE l.company_id = ?1 AND (l.pending <> coalesce(h.pending, 0) OR l.in_use <> coalesce(h.in_use, 0))
        LIMIT 100";
    /// Sums by end and activity that are not what the licences say, both ways.
    HOLDINGS = "
        WITH counted AS (
          SELECT lot_id, ends_at, active_on, sum(status = 'pending') AS pending, sum(status = 'in_use') AS in_use
          FROM licences WHERE company_id = ?1 AND status <> 'ended' GROUP BY lot_id, ends_at, active_on
        ),
        kept AS (SELECT lot_id, ends_at, active_on, pending, in_use FROM holdings WHERE company_id = ?1)
        SELECT lot_id AS which, 'until ' || ends_at || ', active ' || active_on || ': ' || pending || ' pending, ' || in_use || ' in use' AS stored, '' AS expected
        FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
        UNION ALL
        SELECT lot_id, '', 'until ' || ends_at || ', active ' || active_on || ': ' || pending || ' pending, ' || in_use || ' in use'
        FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
        LIMIT 100";
    /// Movements that are not what the events say, both ways.
    MOVEMENTS = "
        WITH counted AS (
          SELECT kind, at / 86400000 AS day, what, coalesce(from_state, '') AS from_state, coalesce(to_state, '') AS to_state, sum(quantity) AS licences
          FROM events WHERE company_id = ?1 AND kind IS NOT NULL
            AND what IN ('lot_started', 'lot_ended', 'lot_reduced', 'licence_drawn', 'licence_activated', 'licence_expired', 'licence_taken_back')
          GROUP BY 1, 2, 3, 4, 5
        ),
        kept AS (SELECT kind, day, what, from_state, to_state, licences FROM movements WHERE company_id = ?1)
        SELECT kind || ' ' || what || ' on day ' || day AS which, licences AS stored, '' AS expected FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
        UNION ALL
        SELECT kind || ' ' || what || ' on day ' || day, '', licences FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
        LIMIT 100";
    /// Licences that are not what the last event about them says.
    LICENCES = "
        SELECT l.id AS which, l.status || ' in ' || l.lot_id || ' until ' || l.ends_at AS stored,
          coalesce(CASE WHEN e.to_state IN ('pending', 'in_use') THEN e.to_state ELSE 'ended' END || ' in ' || e.lot_id || ' until ' || e.ends_at, 'no event') AS expected
        FROM licences l
        LEFT JOIN events e ON e.seq = (
          SELECT max(seq) FROM events last INDEXED BY events_by_member
          WHERE last.company_id = l.company_id AND last.member_id = l.member_id AND last.licence_id = l.id
            AND last.what <> 'licence_awaited')
        WHERE l.company_id = ?1 AND (
          e.seq IS NULL
          OR (l.status <> 'ended' AND (e.to_state <> l.status OR e.lot_id <> l.lot_id OR e.ends_at IS NOT l.ends_at))
          OR (l.status = 'ended' AND e.to_state IN ('pending', 'in_use')))
        LIMIT 100";
    /// Events about licences that are not there.
    LOST = "
        SELECT e.seq AS which, 'no licence' AS stored, e.licence_id AS expected
        FROM events e INDEXED BY events_by_kind
        WHERE e.company_id = ?1 AND e.what = 'licence_drawn' AND NOT EXISTS (
          SELECT 1 FROM licences l WHERE l.company_id = e.company_id AND l.member_id = e.member_id AND l.id = e.licence_id)
        LIMIT 100";
    /// Events of a kind that there isn't: seals go by kind, so no seal would cover them.
    STRAY = "
        SELECT seq AS which, kind AS stored, '' AS expected
        FROM events INDEXED BY events_by_kind WHERE company_id = ?1 AND kind NOT IN ('user', 'content') LIMIT 100";
    /// How much there is.
    SIZE = "
        SELECT (SELECT count(*) FROM events INDEXED BY events_by_kind WHERE company_id = ?1) AS events,
          (SELECT coalesce(sum(events), 0) FROM seals WHERE company_id = ?1) AS sealed,
          (SELECT count(*) FROM licences WHERE company_id = ?1) AS licences";
    /// A company's seals behind number ?2.
    SEALS = "SELECT number, last_seq, events, hash FROM seals WHERE company_id = ?1 AND number > ?2 ORDER BY number LIMIT 500";
    /// Puts the counters of lots right.
    REPAIR_LOTS = "
        UPDATE lots SET
          pending = (SELECT count(*) FROM licences l INDEXED BY licences_by_lot
            WHERE l.company_id = ?1 AND l.lot_id = lots.id AND (l.status = 'ended') = 0 AND l.status = 'pending'),
          in_use = (SELECT count(*) FROM licences l INDEXED BY licences_by_lot
            WHERE l.company_id = ?1 AND l.lot_id = lots.id AND (l.status = 'ended') = 0 AND l.status = 'in_use')
        WHERE company_id = ?1";
    /// Takes the sums by end and activity away.
    CLEAR_HOLDINGS = "DELETE FROM holdings WHERE company_id = ?1";
    /// Counts them anew.
    REPAIR_HOLDINGS = "
        INSERT INTO holdings (company_id, lot_id, ends_at, active_on, early, pending, in_use)
        SELECT l.company_id, l.lot_id, l.ends_at, l.active_on, l.ends_at < lots.ends_at, sum(l.status = 'pending'), sum(l.status = 'in_use')
        FROM licences l CROSS JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id
        WHERE l.company_id = ?1 AND l.status <> 'ended'
        GROUP BY l.lot_id, l.ends_at, l.active_on";
    /// Takes the movements away.
    CLEAR_MOVEMENTS = "DELETE FROM movements WHERE company_id = ?1";
    /// Sums them up anew.
    REPAIR_MOVEMENTS = "
        INSERT INTO movements (company_id, kind, day, what, from_state, to_state, licences)
        SELECT company_id, kind, at / 86400000, what, coalesce(from_state, ''), coalesce(to_state, ''), sum(quantity)
        FROM events INDEXED BY events_by_kind WHERE company_id = ?1 AND kind IS NOT NULL
          AND what IN ('lot_started', 'lot_ended', 'lot_reduced', 'licence_drawn', 'licence_activated', 'licence_expired', 'licence_taken_back')
        GROUP BY kind, at / 86400000, what, coalesce(from_state, ''), coalesce(to_state, '')";
}

/// What an audit has found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many events there are.
    pub events: i64,
    /// How many of them are sealed.
    pub sealed: i64,
    /// How many licences there are, ended ones included.
    pub licences: i64,
    /// What differs.
    pub differences: Vec<Difference>,
}

#[derive(Deserialize)]
struct Size {
    events: i64,
    sealed: i64,
    licences: i64,
}

#[derive(Deserialize)]
struct Row {
    which: serde_json::Value,
    stored: serde_json::Value,
    expected: serde_json::Value,
}

#[derive(Deserialize)]
struct Seal {
    number: i64,
    last_seq: i64,
    events: i64,
    hash: String,
}

fn shown(value: serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Recomputes a company's figures in one transaction, so that nothing can change meanwhile, and checks the seals.
///
/// # Errors
/// When the database can't be asked.
pub async fn run(database: &impl Database, company_id: &str, now: Instant) -> Result<Found, StoreError> {
    let comparisons = [
        (Differing::LotCounters, LOTS),
        (Differing::Holdings, HOLDINGS),
        (Differing::Movements, MOVEMENTS),
        (Differing::Licence, LICENCES),
        (Differing::Licence, LOST),
        (Differing::Seal, STRAY),
    ];
    let mut batch = vec![statement!(SIZE, company_id)];
    batch.extend(comparisons.iter().map(|(_, sql)| statement!(sql, company_id)));
    let results = database.batch(batch).await?;
    let size = decode_at::<Size>(&results, 0)?.into_iter().next().unwrap_or(Size { events: 0, sealed: 0, licences: 0 });
    let mut differences = Vec::new();
    for (index, (what, _)) in comparisons.iter().enumerate() {
        let rows: Vec<Row> = decode_at(&results, index.saturating_add(1))?;
        differences.extend(rows.into_iter().map(|row| Difference {
            what: *what,
            which: shown(row.which),
            stored: shown(row.stored),
            expected: shown(row.expected),
        }));
    }
    for kind in Kind::ALL {
        // Taking back all that ever moved a balance must lead to nothing.
        let explained = explain::balance(database, company_id, kind, Instant(0), now).await?;
        if explained.then != Balance::default() {
            let history = explain::before(Balance::default(), &explained.movements);
            let held =
                |balance: Balance| format!("{} in use, {} pending, {} in all", balance.in_use, balance.pending, balance.total);
            differences.push(Difference {
                what: Differing::Balance,
                which: kind.as_str().to_owned(),
                stored: held(explained.balance),
                expected: held(Balance::of(
                    history.total.saturating_neg(),
                    history.in_use.saturating_neg(),
                    history.pending.saturating_neg(),
                )),
            });
        }
    }
    differences.extend(broken_seal(database, company_id).await?);
    differences.truncate(100);
    Ok(Found { events: size.events, sealed: size.sealed, licences: size.licences, differences })
}

/// The first seal that doesn't fit the events that it covers.
async fn broken_seal(database: &impl Database, company_id: &str) -> Result<Option<Difference>, StoreError> {
    // Events with numbers below the first can only have been put in later.
    let (mut number, mut last_seq, mut before) = (0, -(1 << 52), String::new());
    loop {
        let seals: Vec<Seal> = database.rows(statement!(SEALS, company_id, number)).await?;
        if seals.is_empty() {
            return Ok(None);
        }
        for seal in seals {
            let lines = seals::lines(database, company_id, last_seq, seal.events).await?;
            let hash = seals::hash(&before, lines.iter().map(|line| line.line.as_str()));
            let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
            let end = lines.last().map_or(last_seq, |line| line.seq);
            if (seal.number, seal.events, seal.last_seq) != (number.saturating_add(1), count, end) || seal.hash != hash {
                let first = lines.first().map_or_else(|| (last_seq.saturating_add(1)).to_string(), |line| line.seq.to_string());
                return Ok(Some(Difference {
                    what: Differing::Seal,
                    which: format!("{first} – {}", seal.last_seq),
                    stored: format!("{count} events, {hash}"),
                    expected: format!("{} events, {}", seal.events, seal.hash),
                }));
            }
            (number, last_seq, before) = (seal.number, seal.last_seq, seal.hash);
        }
    }
}

/// Puts counters right by what the licences and the history say. Licences and events themselves are not touched.
///
/// # Errors
/// When the database takes nothing: a lot that is oversold by its licences stays as it is.
pub async fn repair(database: &impl Database, company_id: &str, now: Instant, actor: &Actor) -> Result<(), StoreError> {
    database
        .batch(vec![
            statement!(REPAIR_LOTS, company_id),
            statement!(CLEAR_HOLDINGS, company_id),
            statement!(REPAIR_HOLDINGS, company_id),
            statement!(CLEAR_MOVEMENTS, company_id),
            statement!(REPAIR_MOVEMENTS, company_id),
            events::record(company_id, now, actor, &Event::new(EventKind::CountersRepaired)),
        ])
        .await?;
    Ok(())
}
