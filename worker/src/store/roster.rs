//! The list of a company's users: searched, narrowed down, sorted, counted. However many there are, a request reads about
//! as many rows as it shows: every order stands in an index. Where a search is narrowed down, a page may be shorter than
//! others, or empty, and the next one goes on behind it.

use seatwise_domain::Instant;
use seatwise_domain::matching::fold;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{MemberIds, MemberLine, Narrowed, Page, RosterCounts, SortedBy, Standing};
use serde::Deserialize;

use super::{Database, StoreError, decode_at, members, statement, statements};

/// One arm of a list: those who stand in one place, behind a key and an id, in the order of an index.
macro_rules! arm {
    ($standing:literal, $key:literal, $index:literal, $where:literal) => {
        concat!(
            "SELECT * FROM (SELECT m.id, m.",
            $key,
            " AS key, m.group_id, m.standing, m.active_on FROM members m INDEXED BY ",
            $index,
            " WHERE instr(?2, '",
            $standing,
            ",') > 0 AND m.company_id = ?1 AND m.standing = '",
            $standing,
            "' ",
            $where,
            " AND (m.",
            $key,
            ", m.id) > (?3, ?4) ORDER BY m.",
            $key,
            ", m.id LIMIT ?5)"
        )
    };
}

/// All arms: ?2 names those that are wanted, each with a comma behind; the others cost nothing.
macro_rules! arms {
    ($key:literal, $index:literal, $where:literal) => {
        concat!(
            // D1 takes no more than five parts in one UNION.
            "SELECT * FROM (",
            arm!("in_use", $key, $index, $where),
            " UNION ALL ",
            arm!("pending", $key, $index, $where),
            " UNION ALL ",
            arm!("waiting", $key, $index, $where),
            " UNION ALL ",
            arm!("overdrawn", $key, $index, $where),
            ") UNION ALL SELECT * FROM (",
            arm!("expired", $key, $index, $where),
            " UNION ALL ",
            arm!("none", $key, $index, $where),
            " UNION ALL ",
            arm!("removed", $key, $index, $where),
            ") ORDER BY key, id"
        )
    };
}

/// Those whose `$key` starts with a text: behind the key ?2 (at first the text itself) and the id ?3, up to ?4.
macro_rules! starting {
    ($key:literal, $index:literal) => {
        concat!(
            "SELECT m.id, m.",
            $key,
            " AS key, m.group_id, m.standing, m.active_on, m.sort_name, m.last_name_first FROM members m INDEXED BY ",
            $index,
            " WHERE m.company_id = ?1 AND m.removed_at IS NULL AND m.",
            $key,
            " < ?4 AND (m.",
            $key,
            ", m.id) > (?2, ?3) ORDER BY m.",
            $key,
            ", m.id LIMIT ?5"
        )
    };
}

statements! {
    /// By name.
    BY_NAME = arms!("sort_name", "members_by_standing", "");
    /// By name, of one group.
    BY_NAME_OF_GROUP = arms!("sort_name", "members_of_group", "AND m.group_id = ?6");
    /// By the end of the user licence.
    BY_END = arms!("user_ends_at", "members_by_end", "");
    /// By the end of the user licence, of one group.
    BY_END_OF_GROUP = arms!("user_ends_at", "members_of_group_by_end", "AND m.group_id = ?6");
    /// A small group as a whole, with the day of the last activity: sorted where it is read, since that reads no row twice.
    SMALL_GROUP_BY_ACTIVITY = "
        SELECT m.id, m.active_on AS key, m.group_id, m.standing, m.active_on FROM members m INDEXED BY members_of_group
        WHERE m.company_id = ?1 AND m.group_id = ?2 AND (m.active_on, m.id) > (?3, ?4)";
    /// By the day of the last activity, of a large group: others are passed over.
    LARGE_GROUP_BY_ACTIVITY = arms!("active_on", "members_by_activity", "AND m.group_id = ?6");
    /// By the day of the last activity.
    BY_ACTIVITY = arms!("active_on", "members_by_activity", "");
    /// Everybody by name.
    EVERYBODY = "
        SELECT m.id, m.sort_name AS key, m.group_id, m.standing, m.active_on FROM members m INDEXED BY members_by_name
        WHERE m.company_id = ?1 AND m.removed_at IS NULL AND (m.sort_name, m.id) > (?2, ?3) ORDER BY m.sort_name, m.id LIMIT ?4";
    /// Those whose name starts with a text.
    NAME_STARTS = starting!("sort_name", "members_by_name");
    /// Those whose last name starts with a text.
    LAST_NAME_STARTS = starting!("last_name_first", "members_by_last_name");
    /// Those whose address starts with a text.
    ADDRESS_STARTS = starting!("email", "members_by_address");
    /// Those who were removed and whose name starts with a text.
    REMOVED_STARTS = "
        SELECT m.id, m.sort_name AS key, m.group_id, m.standing, m.active_on FROM members m INDEXED BY members_by_standing
        WHERE m.company_id = ?1 AND m.standing = 'removed' AND m.sort_name < ?4 AND (m.sort_name, m.id) > (?2, ?3)
        ORDER BY m.sort_name, m.id LIMIT ?5";
    /// How many stand where, in group ?2; an empty one means all.
    COUNTS = "SELECT standing, members FROM standings WHERE company_id = ?1 AND group_id = ?2";
    /// How many of those with a licence in use were last active before day ?2.
    INACTIVE = "SELECT coalesce(sum(members), 0) AS members FROM active_days WHERE company_id = ?1 AND day < ?2";
    /// After how many days somebody is inactive.
    DAYS = "SELECT inactive_days FROM companies WHERE id = ?1";
}

/// How many members one page of a list shows, at most.
const PAGE_SIZE: usize = 30;
/// How many where a page is merged from all standings, or from the parts of a search, each of which is read that far; or where
/// a group is read as a whole.
const MERGED_PAGE_SIZE: usize = 20;
/// Up to how many members a group is small: no larger one is read as a whole.
const SMALL_GROUP: i64 = 2_000;
/// How many rows each part of a search looks at, at least: a standing or a group may leave out most of them.
const MOST_LOOKED_AT: usize = 25;

/// Which list.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// What names or addresses start with, in lower case; empty: everybody. Names are compared folded, addresses as they are.
    pub search: String,
    /// What it is narrowed down to.
    pub narrowed: Narrowed,
    /// Of which group, by id.
    pub group: Option<String>,
    /// In which order. A search is in the order of names, then last names, then addresses; those who are inactive stand in
    /// the order of their activity.
    pub sorted: SortedBy,
}

impl List {
    /// How many members one page shows.
    #[must_use]
    pub fn page_size(&self) -> usize {
        let all = self.narrowed == Narrowed::All;
        let merged =
            if self.group.is_some() { all || self.sorted == SortedBy::Active } else { all && self.sorted != SortedBy::Name };
        if merged || !self.search.is_empty() { MERGED_PAGE_SIZE } else { PAGE_SIZE }
    }
}

#[derive(Clone, Debug, Deserialize)]
struct Key {
    id: String,
    key: serde_json::Value,
    group_id: Option<String>,
    standing: Standing,
    active_on: i64,
    /// Of a search: the names.
    #[serde(default)]
    sort_name: Option<String>,
    #[serde(default)]
    last_name_first: Option<String>,
}

impl Key {
    /// Whether an earlier part of a search has found the member too.
    fn found_before(&self, folded: &str, phase: usize) -> bool {
        let starts = |name: &Option<String>| name.as_ref().is_some_and(|name| name.starts_with(folded));
        (phase > 0 && starts(&self.sort_name)) || (phase > 1 && starts(&self.last_name_first))
    }

    fn cursor(&self, phase: usize) -> String {
        let key = match &self.key {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        format!("{phase}.{}.{key}", self.id)
    }
}

/// Where a list goes on.
#[derive(Clone, Debug, Default)]
struct After {
    /// Of a search: which of its parts.
    phase: usize,
    id: String,
    key: String,
}

impl After {
    /// What isn't understood starts the list from its beginning.
    fn read(cursor: Option<&str>) -> Self {
        let read = |cursor: &str| {
            let mut parts = cursor.splitn(3, '.');
            let (phase, id, key) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
            Some(Self { phase, id: id.to_owned(), key: key.to_owned() })
        };
        cursor.and_then(read).unwrap_or_default()
    }

    /// The key as a number; before the first where there is none.
    fn number(&self) -> i64 {
        self.key.parse().unwrap_or(-1)
    }
}

fn standings(narrowed: Narrowed) -> &'static str {
    match narrowed {
        Narrowed::All => "in_use,pending,waiting,overdrawn,expired,none,",
        Narrowed::To(Standing::InUse) | Narrowed::Inactive => "in_use,",
        Narrowed::To(Standing::Pending) => "pending,",
        Narrowed::To(Standing::Waiting) => "waiting,",
        Narrowed::To(Standing::Overdrawn) => "overdrawn,",
        Narrowed::To(Standing::Expired) => "expired,",
        Narrowed::To(Standing::None) => "none,",
        Narrowed::To(Standing::Removed) => "removed,",
    }
}

/// The first `size` of a list behind a cursor, and the cursor behind them.
async fn keys(
    database: &impl Database,
    company_id: &str,
    list: &List,
    after: Option<&str>,
    size: usize,
    now: Instant,
) -> Result<(Vec<String>, Option<String>), StoreError> {
    let after = After::read(after);
    let inactive_before = if list.narrowed == Narrowed::Inactive { inactive_before(database, company_id, now).await? } else { 0 };
    let wanted = |key: &Key| {
        let stands = match list.narrowed {
            Narrowed::All => key.standing != Standing::Removed,
            Narrowed::Inactive => key.standing == Standing::InUse && key.active_on < inactive_before,
            Narrowed::To(standing) => key.standing == standing,
        };
        stands && list.group.as_ref().is_none_or(|group| key.group_id.as_ref() == Some(group))
    };
    if !list.search.is_empty() {
        return found(database, company_id, list, &after, size, wanted).await;
    }
    let arms = standings(list.narrowed);
    let sorted = if list.narrowed == Narrowed::Inactive { SortedBy::Active } else { list.sorted };
    let limit = size.saturating_add(1);
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let (id, key, number) = (after.id.as_str(), after.key.as_str(), after.number());
    let small = match &list.group {
        Some(group) if sorted == SortedBy::Active => {
            let members: Vec<Members> = database.rows(statement!(COUNTS, company_id, group.as_str())).await?;
            members.iter().fold(0_i64, |sum, row| sum.saturating_add(row.members)) <= SMALL_GROUP
        }
        _ => false,
    };
    let statement = match (sorted, &list.group) {
        (SortedBy::Name, Some(group)) => statement!(BY_NAME_OF_GROUP, company_id, arms, key, id, most, group.as_str()),
        (SortedBy::Name, None) if list.narrowed == Narrowed::All => statement!(EVERYBODY, company_id, key, id, most),
        (SortedBy::Name, None) => statement!(BY_NAME, company_id, arms, key, id, most),
        (SortedBy::End, Some(group)) => statement!(BY_END_OF_GROUP, company_id, arms, number, id, most, group.as_str()),
        (SortedBy::End, None) => statement!(BY_END, company_id, arms, number, id, most),
        (SortedBy::Active, Some(group)) if small => statement!(SMALL_GROUP_BY_ACTIVITY, company_id, group.as_str(), number, id),
        (SortedBy::Active, Some(group)) => {
            statement!(LARGE_GROUP_BY_ACTIVITY, company_id, arms, number, id, most, group.as_str())
        }
        (SortedBy::Active, None) => statement!(BY_ACTIVITY, company_id, arms, number, id, most),
    };
    let mut rows: Vec<Key> = database.rows(statement).await?;
    if small {
        rows.retain(&wanted);
        rows.sort_unstable_by(|one, other| (one.active_on, &one.id).cmp(&(other.active_on, &other.id)));
        rows.truncate(limit);
    }
    // An arm that is full may go on before the end of another: behind its last row nothing is sure yet.
    let one_arm = small || (list.narrowed == Narrowed::All && sorted == SortedBy::Name && list.group.is_none());
    let (mut sure, mut ended) = (rows.len(), true);
    for standing in Standing::ALL {
        let of_arm = rows.iter().enumerate().filter(|(_, row)| one_arm || row.standing == standing);
        let (count, last) = of_arm.fold((0_usize, 0), |(count, _), (index, _)| (count.saturating_add(1), index));
        if count >= limit {
            ended = false;
            sure = sure.min(last.saturating_add(1));
        }
    }
    // In the order of activity whoever was active lately ends the list of those who weren't.
    let over = list.narrowed == Narrowed::Inactive && rows.iter().any(|row| row.active_on >= inactive_before);
    let mut ids = Vec::new();
    let mut last = None;
    for row in rows.iter().take(sure) {
        if ids.len() >= size {
            return Ok((ids, last));
        }
        if wanted(row) {
            ids.push(row.id.clone());
        }
        last = Some(row.cursor(0));
    }
    Ok((ids, last.filter(|_| !ended && !over)))
}

/// A search: first by name, then by last name, then by address.
async fn found(
    database: &impl Database,
    company_id: &str,
    list: &List,
    after: &After,
    size: usize,
    wanted: impl Fn(&Key) -> bool,
) -> Result<(Vec<String>, Option<String>), StoreError> {
    let folded = fold(&list.search);
    let limit = size.max(MOST_LOOKED_AT);
    let phases: &[&'static str] = if list.narrowed == Narrowed::To(Standing::Removed) {
        &[REMOVED_STARTS]
    } else {
        &[NAME_STARTS, LAST_NAME_STARTS, ADDRESS_STARTS]
    };
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let (mut ids, mut last): (Vec<String>, Option<String>) = (Vec::new(), None);
    for (phase, sql) in phases.iter().enumerate().skip(after.phase) {
        let text = if *sql == ADDRESS_STARTS { list.search.as_str() } else { folded.as_str() };
        let end = format!("{text}{}", char::MAX);
        let (key, id) =
            if phase == after.phase && after.key.as_str() >= text { (after.key.as_str(), after.id.as_str()) } else { (text, "") };
        let statement = statement!(*sql, company_id, key, id, end.as_str(), most);
        let rows: Vec<Key> = database.rows(statement).await?;
        let full = rows.len() >= limit;
        for row in rows {
            if ids.len() >= size {
                return Ok((ids, last));
            }
            last = Some(row.cursor(phase));
            if wanted(&row) && !row.found_before(&folded, phase) {
                ids.push(row.id);
            }
        }
        if full {
            return Ok((ids, last));
        }
        last = Some(format!("{}..", phase.saturating_add(1)));
    }
    Ok((ids, None))
}

/// A page of a list. It may be shorter than others, or empty, though more follow.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(
    database: &impl Database,
    company_id: &str,
    list: &List,
    after: Option<&str>,
    size: usize,
    now: Instant,
) -> Result<Page<MemberLine>, StoreError> {
    let (ids, next) = keys(database, company_id, list, after, size, now).await?;
    Ok(Page { items: members::lines(database, company_id, &ids, now).await?, next })
}

/// A part of the ids of a list.
///
/// # Errors
/// When the database can't be asked.
pub async fn ids(
    database: &impl Database,
    company_id: &str,
    list: &List,
    after: Option<&str>,
    now: Instant,
) -> Result<MemberIds, StoreError> {
    let (ids, next) = keys(database, company_id, list, after, 2_500, now).await?;
    Ok(MemberIds { ids, next })
}

#[derive(Deserialize)]
struct Count {
    standing: Standing,
    members: i64,
}

#[derive(Deserialize)]
struct Members {
    members: i64,
}

#[derive(Deserialize)]
struct Days {
    inactive_days: i64,
}

async fn inactive_days(database: &impl Database, company_id: &str) -> Result<i64, StoreError> {
    Ok(database.row::<Days>(statement!(DAYS, company_id)).await?.map_or(90, |row| row.inactive_days))
}

/// The first day, counted from 1970, of those on which nobody inactive was active.
async fn inactive_before(database: &impl Database, company_id: &str, now: Instant) -> Result<i64, StoreError> {
    Ok(first_active_day(now, inactive_days(database, company_id).await?))
}

/// How many count as inactive after so many days (the company's own, unless told otherwise), and how many are invited.
///
/// # Errors
/// When the database can't be asked.
pub async fn affected(
    database: &impl Database,
    company_id: &str,
    days: Option<i64>,
    now: Instant,
) -> Result<(i64, i64), StoreError> {
    let days = match days {
        Some(days) => days,
        None => inactive_days(database, company_id).await?,
    };
    let batch = vec![statement!(INACTIVE, company_id, first_active_day(now, days)), statement!(COUNTS, company_id, "")];
    let results = database.batch(batch).await?;
    let inactive = decode_at::<Members>(&results, 0)?.first().map_or(0, |sum| sum.members);
    let pending = decode_at::<Count>(&results, 1)?.into_iter().filter(|count| count.standing == Standing::Pending);
    Ok((inactive, pending.map(|count| count.members).sum()))
}

fn first_active_day(now: Instant, days: i64) -> i64 {
    now.0.div_euclid(DAY).saturating_sub(days)
}

/// How many members stand where, in a group or altogether.
///
/// # Errors
/// When the database can't be asked.
pub async fn counts(
    database: &impl Database,
    company_id: &str,
    group: Option<&str>,
    now: Instant,
) -> Result<RosterCounts, StoreError> {
    let rows: Vec<Count> = database.rows(statement!(COUNTS, company_id, group.unwrap_or_default())).await?;
    let of = |standing| rows.iter().find(|row| row.standing == standing).map_or(0, |row| row.members);
    let inactive_days = inactive_days(database, company_id).await?;
    let inactive = match group {
        Some(_) => None,
        None => {
            let row: Option<Members> =
                database.row(statement!(INACTIVE, company_id, first_active_day(now, inactive_days))).await?;
            Some(row.map_or(0, |row| row.members))
        }
    };
    let removed = of(Standing::Removed);
    Ok(RosterCounts {
        all: rows.iter().map(|row| row.members).sum::<i64>().saturating_sub(removed),
        in_use: of(Standing::InUse),
        pending: of(Standing::Pending),
        waiting: of(Standing::Waiting),
        overdrawn: of(Standing::Overdrawn),
        expired: of(Standing::Expired),
        none: of(Standing::None),
        removed,
        inactive,
        inactive_days,
    })
}
