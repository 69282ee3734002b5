//! Who holds or held licences: of a lot, and on a day in the past.

use seatwise_domain::policy::CarryOver;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{HolderLine, Page, PastHolder};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::{Database, StoreError, flag, statement, statements};

statements! {
    /// One lot, for its list of holders.
    LOT = "
        SELECT l.kind, l.ends_at, l.closed_at IS NOT NULL AS closed, l.emptied_at IS NOT NULL AS emptied, l.not_carried, c.carry_over
        FROM lots l JOIN companies c ON c.id = l.company_id
        WHERE l.company_id = ?1 AND l.id = ?2 AND l.overdraft = 0";
    /// The holders of a lot to its end, those who were active longest ago first, behind (day ?3, member ?4).
    HOLDERS = "
        SELECT l.member_id, m.name, m.email_typed AS email, l.active_on
        FROM lots
        CROSS JOIN licences l INDEXED BY licences_by_lot
          ON l.company_id = lots.company_id AND l.lot_id = lots.id AND (l.status = 'ended') = 0 AND l.ends_at = lots.ends_at
        CROSS JOIN members m ON m.company_id = l.company_id AND m.id = l.member_id
        WHERE lots.company_id = ?1 AND lots.id = ?2 AND (l.active_on, l.member_id) > (?3, ?4)
        ORDER BY l.active_on, l.member_id
        LIMIT ?5";
    /// Those who held a licence of a lot when it ended and didn't move on.
    WERE_HOLDERS = "
        SELECT l.member_id, m.name, m.email_typed AS email, l.active_on
        FROM lots
        CROSS JOIN licences l INDEXED BY licences_by_lot
          ON l.company_id = lots.company_id AND l.lot_id = lots.id AND (l.status = 'ended') = ?6 AND l.ends_at = lots.ends_at
        CROSS JOIN members m ON m.company_id = l.company_id AND m.id = l.member_id
        WHERE lots.company_id = ?1 AND lots.id = ?2 AND (l.active_on, l.member_id) > (?3, ?4) AND coalesce(l.ended_reason, 'expired') = 'expired'
        ORDER BY l.active_on, l.member_id
        LIMIT ?5";
    /// The next ?6 people by name behind (name ?4, id ?5), those who were removed among them, and what each held of kind ?2
    /// at ?3, by the history alone.
    ON = "
        SELECT p.id AS member_id, p.sort_name, p.name, p.email, e.to_state = 'in_use' AS in_use,
          CASE WHEN e.to_state IN ('pending', 'in_use') AND e.ends_at > ?3 THEN e.ends_at END AS ends_at
        FROM (
          SELECT * FROM (
            SELECT m.id, m.sort_name, m.name, m.email_typed AS email FROM members m INDEXED BY members_by_name
            WHERE m.company_id = ?1 AND m.removed_at IS NULL AND (m.sort_name, m.id) > (?4, ?5) ORDER BY m.sort_name, m.id LIMIT ?6)
          UNION ALL SELECT * FROM (
            SELECT m.id, m.sort_name, m.name, m.email_typed FROM members m INDEXED BY members_by_standing
            WHERE m.company_id = ?1 AND m.standing = 'removed' AND (m.sort_name, m.id) > (?4, ?5) ORDER BY m.sort_name, m.id LIMIT ?6)
          ORDER BY sort_name, id LIMIT ?6) p
        LEFT JOIN events e ON e.company_id = ?1 AND e.member_id = p.id AND e.seq = (
          SELECT last.seq FROM events last INDEXED BY events_by_member
          WHERE last.company_id = ?1 AND last.member_id = p.id AND last.kind = ?2 AND last.at <= ?3 AND last.licence_id IS NOT NULL
            AND last.what IN ('licence_drawn', 'licence_activated', 'licence_settled', 'licence_carried_over', 'licence_end_changed',
              'licence_expired', 'licence_taken_back')
          ORDER BY last.seq DESC LIMIT 1)
        ORDER BY p.sort_name, p.id";
}

/// How many people one page of a list shows.
pub const PAGE_SIZE: i64 = 50;

/// A lot, for its list of holders.
#[derive(Clone, Debug, Deserialize)]
pub struct Lot {
    /// Its kind.
    pub kind: Kind,
    /// When it ends.
    pub ends_at: Instant,
    /// Whether that has happened.
    #[serde(deserialize_with = "flag")]
    pub closed: bool,
    /// Whether those who didn't move on are written down as expired.
    #[serde(deserialize_with = "flag")]
    pub emptied: bool,
    /// How many didn't move on, once it has ended.
    pub not_carried: Option<i64>,
    /// Who moves on when it ends.
    pub carry_over: CarryOver,
}

/// One lot of a company.
///
/// # Errors
/// When the database can't be asked.
pub async fn lot(database: &impl Database, company_id: &str, lot_id: &str) -> Result<Option<Lot>, StoreError> {
    database.row(statement!(LOT, company_id, lot_id)).await
}

#[derive(Deserialize)]
struct Row {
    member_id: String,
    name: Option<String>,
    email: String,
    active_on: i64,
}

impl From<Row> for HolderLine {
    fn from(row: Row) -> Self {
        let active_on = Instant(row.active_on.saturating_mul(DAY));
        Self { member_id: row.member_id, name: row.name, email: row.email, active_on }
    }
}

/// Where a list of holders goes on: behind this day (counted from 1970) and member.
#[derive(Clone, Debug, Default)]
pub struct After {
    /// The day of the last activity.
    pub active_on: i64,
    /// The member's id.
    pub member_id: String,
    /// How many were shown before.
    pub shown: i64,
}

impl After {
    /// Reads what [`Page::next`] said.
    #[must_use]
    pub fn read(cursor: &str) -> Option<Self> {
        let mut parts = cursor.splitn(3, '.');
        let (shown, day, member) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { active_on: day.parse().ok()?, member_id: member.to_owned(), shown: shown.parse().ok()? })
    }
}

/// Holders of a lot, those who were active longest ago first, of whom `count` altogether are to be shown: before the
/// lot's end those who hold a licence to that end, after it those who didn't move on.
///
/// # Errors
/// When the database can't be asked.
pub async fn of_lot(
    database: &impl Database,
    company_id: &str,
    lot_id: &str,
    written_down: Option<bool>,
    count: i64,
    after: &After,
) -> Result<Page<HolderLine>, StoreError> {
    let left = count.saturating_sub(after.shown).max(0);
    let wanted = left.min(PAGE_SIZE);
    // The first page starts before the first day.
    let day = if after.member_id.is_empty() { -1 } else { after.active_on };
    let rows: Vec<Row> = match written_down {
        None => database.rows(statement!(HOLDERS, company_id, lot_id, day, after.member_id.as_str(), wanted)).await?,
        Some(ended) => {
            database.rows(statement!(WERE_HOLDERS, company_id, lot_id, day, after.member_id.as_str(), wanted, ended)).await?
        }
    };
    let shown = after.shown.saturating_add(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    let next = rows.last().filter(|_| shown < count).map(|row| format!("{shown}.{}.{}", row.active_on, row.member_id));
    Ok(Page { items: rows.into_iter().map(Into::into).collect(), next })
}

#[derive(Deserialize)]
struct PastRow {
    member_id: String,
    sort_name: String,
    name: Option<String>,
    email: String,
    in_use: Option<i64>,
    /// Nothing with those who held none.
    ends_at: Option<Instant>,
}

/// Who held a licence of a kind at a moment in the past, by the history alone and in the order of names; behind the cursor
/// `after`. It looks at so many people as a page shows at most: where some of them held none the page is shorter, or empty,
/// and the next one goes on behind it.
///
/// # Errors
/// When the database can't be asked.
pub async fn on(
    database: &impl Database,
    company_id: &str,
    kind: Kind,
    at: Instant,
    after: &str,
) -> Result<Page<PastHolder>, StoreError> {
    let (id, name) = after.split_once('.').unwrap_or_default();
    let mut rows: Vec<PastRow> = database.rows(statement!(ON, company_id, kind.as_str(), at, name, id, PAGE_SIZE + 1)).await?;
    let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let full = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| full).map(|row| format!("{}.{}", row.member_id, row.sort_name));
    let holder = |row: PastRow| {
        let in_use = row.in_use == Some(1);
        row.ends_at.map(|ends_at| PastHolder { member_id: row.member_id, name: row.name, email: row.email, in_use, ends_at })
    };
    Ok(Page { items: rows.into_iter().filter_map(holder).collect(), next })
}
