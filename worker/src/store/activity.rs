//! The history as people look through it: narrowed down by person, by what it is about, by the way in and by days. However
//! long it is, a page reads about what it shows, because every list stands in an index. Where that isn't so (what a person
//! did, narrowed down further), a page looks at a number of lines and may come out shorter, or empty; the next one goes on
//! behind it.

use seatwise_domain::order::OrderNumber;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{Activity, ActivityLine, EventKind, EventLine, Page, Topic, Way};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::{Database, StoreError, statement, statements};

/// A list of a company's events from ?3 on and before ?2, newest first, of which ?4 are looked at.
macro_rules! list {
    ($index:literal, $($where:tt)+) => {
        concat!(
            "SELECT seq, at, topic, way FROM events INDEXED BY ",
            $index,
            " WHERE company_id = ?1 AND seq < ?2 AND seq >= ?3 AND ",
            $($where)+
        )
    };
}

/// Everything of one way and one topic.
macro_rules! of {
    ($way:literal, $topic:literal) => {
        list!("events_by_way", "way = ", $way, " AND topic = ", $topic)
    };
}

/// What somebody did, and what happened to them without their doing.
macro_rules! person {
    () => {
        concat!(
            list!("events_by_member", "member_id = ?5"),
            " UNION ALL ",
            list!(
                "events_by_actor",
                "actor_id = ?5 AND (headline = 1 OR door IN ('add_user', 'api', 'invite')) AND member_id IS NOT ?5"
            ),
            " ORDER BY seq DESC LIMIT ?4"
        )
    };
}

statements! {
    // Lists that stand in order are merged into one, each read only as far as it is needed.
    /// Everything.
    ALL = concat!(
        list!("events_by_kind", "kind IS NULL"), " UNION ALL ", list!("events_by_kind", "kind = 'content'"), " UNION ALL ",
        list!("events_by_kind", "kind = 'user'"), " ORDER BY seq DESC LIMIT ?4");
    /// What is about ?5.
    OF_TOPIC = concat!(
        of!("'hand'", "?5"), " UNION ALL ", of!("'import'", "?5"), " UNION ALL ", of!("'sync'", "?5"), " UNION ALL ",
        of!("'rule'", "?5"), " UNION ALL ", of!("'desk'", "?5"), " ORDER BY seq DESC LIMIT ?4");
    /// What came in by ?5. D1 takes no more than five parts in one UNION.
    OF_WAY = concat!(
        "SELECT * FROM (", of!("?5", "'invites'"), " UNION ALL ", of!("?5", "'licences'"), " UNION ALL ", of!("?5", "'expiry'"), " UNION ALL ",
        of!("?5", "'orders'"), " ORDER BY seq DESC LIMIT ?4) UNION ALL SELECT * FROM (", of!("?5", "'people'"), " UNION ALL ",
        of!("?5", "'sync'"), " UNION ALL ", of!("?5", "'settings'"), " ORDER BY seq DESC LIMIT ?4) ORDER BY seq DESC LIMIT ?4");
    /// What is about ?5 and came in by ?6.
    OF_BOTH = concat!(of!("?6", "?5"), " ORDER BY seq DESC LIMIT ?4");
    /// What member ?5 did, and what happened to them.
    OF_PERSON = person!();
    /// Between which events the days ?2 to ?3 (counted from 1970) lie: theirs from the first on, all before the one behind, but
    /// for those that were late.
    BOUNDS = "
        SELECT (SELECT first_seq FROM event_days WHERE company_id = ?1 AND day >= ?2 ORDER BY day LIMIT 1) AS first,
          (SELECT first_seq FROM event_days WHERE company_id = ?1 AND day > ?3 ORDER BY day LIMIT 1) AS behind,
          (SELECT max(late_seq) FROM event_days INDEXED BY event_days_late
            WHERE company_id = ?1 AND day BETWEEN ?2 AND ?3 AND late_seq IS NOT NULL) AS late";
    /// The events of the JSON array ?2 with all that is known.
    LINES = "
        SELECT e.seq, e.at, e.what, e.actor, coalesce(m.name, m.email_typed) AS member, e.kind, e.quantity, o.number AS order_number,
          o.id AS order_id, e.note, e.way, a.id AS actor_id, m.id AS member_id, x.id AS other_id, coalesce(x.name, x.email_typed) AS other,
          e.licence_id, e.lot_id, bought.number AS lot_order, bought.id AS lot_order_id, e.from_state, e.to_state, e.ends_at,
          i.id AS import_id, i.file,
          (SELECT number FROM seals INDEXED BY seals_by_event WHERE company_id = ?1 AND last_seq >= e.seq ORDER BY last_seq LIMIT 1) AS seal
        FROM json_each(?2) AS wanted
        CROSS JOIN events e ON e.seq = wanted.value AND e.company_id = ?1
        LEFT JOIN members m ON m.company_id = ?1 AND m.id = e.member_id
        LEFT JOIN members a ON a.company_id = ?1 AND a.id = e.actor_id AND e.way IN ('hand', 'import')
        LEFT JOIN members x ON x.company_id = ?1 AND x.id = e.other_member_id
        LEFT JOIN orders o ON o.company_id = ?1 AND o.id = e.order_id
        LEFT JOIN lots ON lots.company_id = ?1 AND lots.id = e.lot_id AND e.order_id IS NULL
        LEFT JOIN orders bought ON bought.company_id = ?1 AND bought.id = lots.order_id
        LEFT JOIN imports i ON i.company_id = ?1 AND i.id = e.belongs_to AND e.way = 'import'
        ORDER BY e.seq DESC";
    /// What somebody is called.
    CALLED = "SELECT coalesce(name, email_typed) AS name FROM members WHERE company_id = ?1 AND id = ?2";
}

/// How many lines one page shows, at most.
pub const PAGE_SIZE: usize = 30;
/// How many lines a page looks at where no index knows which of them are wanted.
const LOOKED_AT: usize = 250;

/// Which part of the history.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Who did it or to whom it happened, by id.
    pub person: Option<String>,
    /// What it is about.
    pub topic: Option<Topic>,
    /// The way in.
    pub way: Option<Way>,
    /// From this moment on.
    pub from: Option<Instant>,
    /// Before this moment.
    pub before: Option<Instant>,
}

impl Wanted {
    /// Whether an event belongs to it.
    fn has(&self, key: &Key) -> bool {
        self.topic.is_none_or(|topic| topic.as_str() == key.topic)
            && self.way.is_none_or(|way| way == key.way)
            && self.from.is_none_or(|from| from <= key.at)
            && self.before.is_none_or(|before| key.at < before)
    }
}

#[derive(Deserialize)]
struct Key {
    seq: i64,
    at: Instant,
    topic: String,
    way: Way,
}

#[derive(Deserialize)]
struct Bounds {
    first: Option<i64>,
    behind: Option<i64>,
    late: Option<i64>,
}

#[derive(Deserialize)]
struct Called {
    name: String,
}

#[derive(Deserialize)]
struct Row {
    seq: i64,
    at: Instant,
    what: EventKind,
    actor: Option<String>,
    member: Option<String>,
    kind: Option<Kind>,
    quantity: Option<i64>,
    order_number: Option<OrderNumber>,
    order_id: Option<String>,
    note: Option<String>,
    way: Way,
    actor_id: Option<String>,
    member_id: Option<String>,
    other_id: Option<String>,
    other: Option<String>,
    licence_id: Option<String>,
    lot_id: Option<String>,
    lot_order: Option<OrderNumber>,
    lot_order_id: Option<String>,
    from_state: Option<String>,
    to_state: Option<String>,
    ends_at: Option<Instant>,
    import_id: Option<String>,
    file: Option<String>,
    seal: Option<i64>,
}

impl From<Row> for ActivityLine {
    fn from(row: Row) -> Self {
        Self {
            event: EventLine {
                seq: row.seq,
                at: row.at,
                what: row.what,
                actor: row.actor,
                member: row.member,
                kind: row.kind,
                quantity: row.quantity,
                order: row.order_number,
                order_id: row.order_id,
                note: row.note,
            },
            way: row.way,
            actor_id: row.actor_id,
            member_id: row.member_id,
            other_id: row.other_id,
            other: row.other,
            licence_id: row.licence_id,
            lot_id: row.lot_id,
            lot_order: row.lot_order,
            lot_order_id: row.lot_order_id,
            from: row.from_state,
            to: row.to_state,
            ends_at: row.ends_at,
            import_id: row.import_id,
            file: row.file,
            seal: row.seal,
        }
    }
}

/// The first event that can belong to the days that are wanted, and the first one behind them. `None`: none does.
async fn bounds(database: &impl Database, company_id: &str, wanted: &Wanted) -> Result<Option<(i64, i64)>, StoreError> {
    if wanted.from.is_none() && wanted.before.is_none() {
        return Ok(Some((0, i64::MAX)));
    }
    let day = |at: Instant| at.0.div_euclid(DAY);
    let from = wanted.from.map_or(0, day);
    // Before a midnight is until the day before.
    let until = wanted.before.map_or(i64::from(i32::MAX), |before| day(before.plus(-1)));
    let found: Option<Bounds> = database.row(statement!(BOUNDS, company_id, from, until)).await?;
    Ok(found.and_then(|Bounds { first, behind, late }| {
        let behind = behind.map_or(i64::MAX, |behind| behind.max(late.map_or(0, |late| late.saturating_add(1))));
        Some((first?, behind))
    }))
}

/// Behind all events. What D1 can bind is no larger: whole numbers travel as floating-point ones.
const LARGEST: i64 = (1 << 53) - 1;

/// A page of a company's history behind the event `after`, newest first, with at most `size` lines.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(
    database: &impl Database,
    company_id: &str,
    wanted: &Wanted,
    after: Option<i64>,
    size: usize,
) -> Result<(Page<ActivityLine>, Option<Instant>), StoreError> {
    let Some((first, behind)) = bounds(database, company_id, wanted).await? else {
        return Ok((Page { items: Vec::new(), next: None }, None));
    };
    let before = after.unwrap_or(LARGEST).min(behind).clamp(0, LARGEST);
    let narrowed = wanted.person.is_some() && (wanted.topic.is_some() || wanted.way.is_some());
    let limit = if narrowed { size.max(LOOKED_AT) } else { size.saturating_add(1) };
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let statement = match (&wanted.person, wanted.topic.map(Topic::as_str), wanted.way.map(Way::as_str)) {
        (Some(person), ..) => statement!(OF_PERSON, company_id, before, first, most, person.as_str()),
        (None, Some(topic), Some(way)) => statement!(OF_BOTH, company_id, before, first, most, topic, way),
        (None, Some(topic), None) => statement!(OF_TOPIC, company_id, before, first, most, topic),
        (None, None, Some(way)) => statement!(OF_WAY, company_id, before, first, most, way),
        (None, None, None) => statement!(ALL, company_id, before, first, most),
    };
    let keys: Vec<Key> = database.rows(statement).await?;
    let (mut wanted_keys, mut last) = (Vec::new(), None);
    let mut goes_on = keys.len() >= limit;
    for key in &keys {
        if wanted_keys.len() >= size {
            goes_on = true;
            break;
        }
        if wanted.has(key) {
            wanted_keys.push(key.seq);
        }
        last = Some(key);
    }
    let items = lines(database, company_id, &wanted_keys).await?;
    let last = last.filter(|_| goes_on);
    Ok((Page { items, next: last.map(|key| key.seq.to_string()) }, last.map(|key| key.at)))
}

async fn lines(database: &impl Database, company_id: &str, events: &[i64]) -> Result<Vec<ActivityLine>, StoreError> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let events = serde_json::to_string(events).unwrap_or_default();
    let rows: Vec<Row> = database.rows(statement!(LINES, company_id, events)).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The same for the page that shows it: with what the person is called.
///
/// # Errors
/// When the database can't be asked.
pub async fn read(
    database: &impl Database,
    company_id: &str,
    wanted: &Wanted,
    after: Option<i64>,
) -> Result<Activity, StoreError> {
    let person = match &wanted.person {
        Some(person) => database.row::<Called>(statement!(CALLED, company_id, person.as_str())).await?.map(|row| row.name),
        None => None,
    };
    let (page, looked_until) = page(database, company_id, wanted, after, PAGE_SIZE).await?;
    Ok(Activity { page, looked_until, person })
}
