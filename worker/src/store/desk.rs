//! What account managers see across companies.

use seatwise_domain::matching::fold;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{CompanyLine, ENDING_WITHIN, EndingLot, OrderLine, OverdrawnCompany, Page, WaitingOrder};
use seatwise_domain::{Balance, Instant};
use serde::Deserialize;

use super::{Database, StoreError, lots, orders, statement, statements};

/// Companies with the sums over their lots in force at ?1, less the condition.
macro_rules! company_lines {
    () => {
        "
        SELECT c.id, c.name, c.sort_name, s.name AS account_manager, c.account_manager_id,
          (SELECT count(*) FROM orders o WHERE o.company_id = c.id AND o.status = 'requested') AS waiting_orders,
          coalesce(sum(l.quantity) FILTER (WHERE l.kind = 'user'), 0) AS user_total,
          coalesce(sum(l.in_use) FILTER (WHERE l.kind = 'user'), 0) AS user_in_use,
          coalesce(sum(l.pending) FILTER (WHERE l.kind = 'user'), 0) AS user_pending,
          coalesce(sum(l.quantity) FILTER (WHERE l.kind = 'content'), 0) AS content_total,
          coalesce(sum(l.in_use) FILTER (WHERE l.kind = 'content'), 0) AS content_in_use,
          coalesce(sum(l.pending) FILTER (WHERE l.kind = 'content'), 0) AS content_pending,
          coalesce(sum(l.in_use + l.pending) FILTER (WHERE l.overdraft = 1), 0) AS overdrawn,
          min(l.ends_at) FILTER (WHERE l.overdraft = 0) AS next_expiry
        FROM companies c
        JOIN staff s ON s.id = c.account_manager_id
        LEFT JOIN lots l ON l.company_id = c.id AND l.starts_at <= ?1 AND l.ends_at > ?1
        "
    };
}

/// Lots of companies that end by ?2, the first to end first, behind (end ?3, lot ?4).
macro_rules! ending {
    ($index:literal, $own:literal) => {
        concat!(
            "SELECT ",
            lots::columns!(),
            ", c.id AS company_id, c.name AS company, s.name AS account_manager ",
            lots::sources!($index),
            "CROSS JOIN companies c ON c.id = l.company_id
            CROSS JOIN staff s ON s.id = c.account_manager_id
            WHERE l.closed_at IS NULL AND l.overdraft = 0 AND l.ends_at > ?1 AND l.ends_at <= ?2 AND (l.ends_at, l.id) > (?3, ?4) ",
            $own,
            " ORDER BY l.ends_at, l.id LIMIT ?5"
        )
    };
}

/// Companies that hold more than they have, the longest first, behind (since ?1, lot ?2).
macro_rules! overdrawn {
    ($index:literal, $own:literal) => {
        concat!(
            "SELECT o.id, c.id AS company_id, c.name AS company, s.name AS account_manager, o.kind, o.pending + o.in_use AS overdrawn,
              o.overdrawn_since AS since, c.overdraft_limit AS \"limit\",
              (SELECT max(n.number) FROM orders n INDEXED BY orders_waiting_by_company
                WHERE n.company_id = o.company_id AND n.status = 'requested' AND n.kind = o.kind) AS waiting_order
            FROM lots o INDEXED BY ",
            $index,
            " CROSS JOIN companies c ON c.id = o.company_id
            CROSS JOIN staff s ON s.id = c.account_manager_id
            WHERE o.overdrawn_since IS NOT NULL AND (o.overdrawn_since, o.id) > (?1, ?2) ",
            $own,
            " ORDER BY o.overdrawn_since, o.id LIMIT ?3"
        )
    };
}

/// Orders that wait, oldest first, behind (?2, ?3), each with its company and the balance of its kind.
macro_rules! waiting {
    ($index:literal, $own:literal) => {
        concat!(
            "SELECT ",
            orders::columns!(),
            ",
              NULL AS starts_at, NULL AS ends_at, c.id AS company_id, c.name AS company,
              coalesce(sum(l.quantity), 0) AS total, coalesce(sum(l.in_use), 0) AS in_use, coalesce(sum(l.pending), 0) AS pending
            FROM orders o INDEXED BY ",
            $index,
            " JOIN companies c ON c.id = o.company_id
            LEFT JOIN lots old ON old.company_id = o.company_id AND old.id = o.renews_lot_id
            LEFT JOIN lots l ON l.company_id = o.company_id AND l.kind = o.kind AND l.starts_at <= ?1 AND l.ends_at > ?1
            WHERE o.status = 'requested' AND (o.requested_at, o.id) > (?2, ?3) ",
            $own,
            " GROUP BY o.requested_at, o.id
            ORDER BY o.requested_at, o.id
            LIMIT ?4"
        )
    };
}

/// Companies of which a word begins with ?2 (and not with ?3), by that word, behind (?4, ?5); each once.
macro_rules! search {
    ($index:literal, $own:literal) => {
        concat!(
            "SELECT w.words, w.company_id FROM company_words w ",
            $index,
            " WHERE w.words >= ?2 AND w.words < ?3 AND (w.words, w.company_id) > (?4, ?5) ",
            $own,
            " AND NOT EXISTS (SELECT 1 FROM company_words before INDEXED BY company_words_of
                WHERE before.company_id = w.company_id AND before.words >= ?2 AND before.words < w.words)
            ORDER BY w.words, w.company_id LIMIT ?1"
        )
    };
}

statements! {
    /// Orders that wait, of all companies.
    WAITING = waiting!("orders_waiting", "");
    /// Those of somebody's own companies.
    WAITING_OWN = waiting!("orders_waiting_own", "AND o.account_manager_id = ?5");
    /// A page of companies by name, each with its balances.
    COMPANIES = concat!(company_lines!(), "WHERE (c.sort_name, c.id) > (?2, ?3) GROUP BY c.sort_name, c.id ORDER BY c.sort_name, c.id LIMIT ?4");
    /// Somebody's own.
    COMPANIES_OWN = concat!(company_lines!(), "WHERE c.account_manager_id = ?5 AND (c.sort_name, c.id) > (?2, ?3) GROUP BY c.sort_name, c.id ORDER BY c.sort_name, c.id LIMIT ?4");
    /// Companies of which a word begins with ?2 (and not with ?3), by that word, behind (?4, ?5); each once.
    SEARCH = search!("", "");
    /// Somebody's own.
    SEARCH_OWN = search!("INDEXED BY company_words_own", "AND w.account_manager_id = ?6");
    /// Companies by their ids, in the order of the JSON array ?2.
    LISTED = concat!(company_lines!(), "WHERE c.id IN (SELECT value FROM json_each(?2)) GROUP BY c.id");
    /// One company, as in the list.
    COMPANY = concat!(company_lines!(), "WHERE c.id = ?2 GROUP BY c.id");
    /// What ends soon, of all companies.
    ENDING = ending!("INDEXED BY lots_ending", "");
    /// Of somebody's own.
    ENDING_OWN = ending!("INDEXED BY lots_ending_own", "AND l.account_manager_id = ?6");
    /// What is overdrawn, of all companies.
    OVERDRAWN = overdrawn!("lots_overdrawn", "");
    /// Of somebody's own.
    OVERDRAWN_OWN = overdrawn!("lots_overdrawn_own", "AND o.account_manager_id = ?4");
}

/// How many rows one page of a list shows.
pub const PAGE_SIZE: i64 = 50;

#[derive(Deserialize)]
struct WaitingRow {
    #[serde(flatten)]
    order: orders::Row,
    company_id: String,
    company: String,
    total: i64,
    in_use: i64,
    pending: i64,
}

/// Orders that wait for an account manager, oldest first, behind the order `(requested_at, id)`; `own`: of the companies of
/// one account manager.
///
/// # Errors
/// When the database can't be asked.
pub async fn waiting(
    database: &impl Database,
    now: Instant,
    own: Option<&str>,
    after: (Instant, &str),
) -> Result<Page<WaitingOrder>, StoreError> {
    let statement = match own {
        Some(own) => statement!(WAITING_OWN, now, after.0, after.1, PAGE_SIZE + 1, own),
        None => statement!(WAITING, now, after.0, after.1, PAGE_SIZE + 1),
    };
    let mut rows: Vec<WaitingRow> = database.rows(statement).await?;
    let full = cut(&mut rows, PAGE_SIZE);
    let items: Vec<WaitingOrder> = rows
        .into_iter()
        .map(|row| WaitingOrder {
            order: OrderLine::from(row.order),
            company_id: row.company_id,
            company: row.company,
            balance: Balance::of(row.total, row.in_use, row.pending),
        })
        .collect();
    let next = items.last().filter(|_| full).map(|item| format!("{}.{}", item.order.id, item.order.requested_at.0));
    Ok(Page { items, next })
}

/// Cuts the row off that was read only to know whether there are more.
fn cut<T>(rows: &mut Vec<T>, most: i64) -> bool {
    let size = usize::try_from(most).unwrap_or(usize::MAX);
    let full = rows.len() > size;
    rows.truncate(size);
    full
}

#[derive(Deserialize)]
struct CompanyRow {
    id: String,
    name: String,
    sort_name: String,
    account_manager: String,
    account_manager_id: String,
    overdrawn: i64,
    waiting_orders: i64,
    user_total: i64,
    user_in_use: i64,
    user_pending: i64,
    content_total: i64,
    content_in_use: i64,
    content_pending: i64,
    next_expiry: Option<Instant>,
}

impl From<CompanyRow> for CompanyLine {
    fn from(row: CompanyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            account_manager: row.account_manager,
            account_manager_id: row.account_manager_id,
            overdrawn: row.overdrawn,
            user: Balance::of(row.user_total, row.user_in_use, row.user_pending),
            content: Balance::of(row.content_total, row.content_in_use, row.content_pending),
            next_expiry: row.next_expiry,
            waiting_orders: row.waiting_orders,
        }
    }
}

/// Which of the desk's companies, and how many at once.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// Those that one account manager looks after.
    pub own: Option<&'a str>,
    /// Where the page before ended, as `id.name` or what else the list gave.
    pub after: Option<&'a str>,
    /// How many.
    pub most: i64,
}

impl Which<'_> {
    /// The cursor as id and the rest.
    fn behind(&self) -> (&str, &str) {
        self.after.and_then(|cursor| cursor.split_once('.')).unwrap_or(("", ""))
    }

    /// The cursor as id and a number.
    fn behind_moment(&self) -> (&str, i64) {
        let (id, at) = self.behind();
        at.parse().map_or(("", -1), |at| (id, at))
    }
}

/// A page of companies by name.
///
/// # Errors
/// When the database can't be asked.
pub async fn companies(database: &impl Database, now: Instant, which: Which<'_>) -> Result<Page<CompanyLine>, StoreError> {
    let (id, name) = which.behind();
    let statement = match which.own {
        Some(own) => statement!(COMPANIES_OWN, now, name, id, which.most.saturating_add(1), own),
        None => statement!(COMPANIES, now, name, id, which.most.saturating_add(1)),
    };
    let mut rows: Vec<CompanyRow> = database.rows(statement).await?;
    let full = cut(&mut rows, which.most);
    let next = rows.last().filter(|_| full).map(|row| format!("{}.{}", row.id, row.sort_name));
    Ok(Page { items: rows.into_iter().map(Into::into).collect(), next })
}

#[derive(Deserialize)]
struct Found {
    words: String,
    company_id: String,
}

/// A page of the companies of which a word begins with `text`.
///
/// # Errors
/// When the database can't be asked.
pub async fn search(
    database: &impl Database,
    now: Instant,
    text: &str,
    which: Which<'_>,
) -> Result<Page<CompanyLine>, StoreError> {
    let (id, words) = which.behind();
    let from = fold(text);
    let until = format!("{from}\u{10FFFF}");
    let most = which.most.saturating_add(1);
    let statement = match which.own {
        Some(own) => statement!(SEARCH_OWN, most, from.as_str(), until, words, id, own),
        None => statement!(SEARCH, most, from.as_str(), until, words, id),
    };
    let mut found: Vec<Found> = database.rows(statement).await?;
    let full = cut(&mut found, which.most);
    let next = found.last().filter(|_| full).map(|row| format!("{}.{}", row.company_id, row.words));
    let ids: Vec<&str> = found.iter().map(|row| row.company_id.as_str()).collect();
    let rows: Vec<CompanyRow> = match ids.is_empty() {
        true => Vec::new(),
        false => database.rows(statement!(LISTED, now, serde_json::json!(ids).to_string())).await?,
    };
    let mut items: Vec<CompanyLine> = rows.into_iter().map(Into::into).collect();
    items.sort_by_key(|line| ids.iter().position(|id| *id == line.id));
    Ok(Page { items, next })
}

#[derive(Deserialize)]
struct EndingRow {
    #[serde(flatten)]
    lot: lots::Row,
    company_id: String,
    company: String,
    account_manager: String,
}

/// Lots that end in the next [`ENDING_WITHIN`] days, the first to end first.
///
/// # Errors
/// When the database can't be asked.
pub async fn ending(database: &impl Database, now: Instant, which: Which<'_>) -> Result<Page<EndingLot>, StoreError> {
    let until = now.plus(ENDING_WITHIN.saturating_mul(DAY));
    let (id, at) = which.behind_moment();
    let most = which.most.saturating_add(1);
    let statement = match which.own {
        Some(own) => statement!(ENDING_OWN, now, until, at, id, most, own),
        None => statement!(ENDING, now, until, at, id, most),
    };
    let mut rows: Vec<EndingRow> = database.rows(statement).await?;
    let full = cut(&mut rows, which.most);
    let item = |row: EndingRow| EndingLot {
        lot: row.lot.into(),
        company_id: row.company_id,
        company: row.company,
        account_manager: row.account_manager,
    };
    let items: Vec<EndingLot> = rows.into_iter().map(item).collect();
    let next = items.last().filter(|_| full).map(|item| format!("{}.{}", item.lot.id, item.lot.ends_at.0));
    Ok(Page { items, next })
}

#[derive(Deserialize)]
struct OverdrawnRow {
    id: String,
    #[serde(flatten)]
    line: OverdrawnCompany,
}

/// Companies that hold more licences of a kind than they have, the longest first.
///
/// # Errors
/// When the database can't be asked.
pub async fn overdrawn(database: &impl Database, which: Which<'_>) -> Result<Page<OverdrawnCompany>, StoreError> {
    let (id, since) = which.behind_moment();
    let most = which.most.saturating_add(1);
    let statement = match which.own {
        Some(own) => statement!(OVERDRAWN_OWN, since, id, most, own),
        None => statement!(OVERDRAWN, since, id, most),
    };
    let mut rows: Vec<OverdrawnRow> = database.rows(statement).await?;
    let full = cut(&mut rows, which.most);
    let next = rows.last().filter(|_| full).map(|row| format!("{}.{}", row.id, row.line.since.0));
    Ok(Page { items: rows.into_iter().map(|row| row.line).collect(), next })
}

/// One company, as in the list.
///
/// # Errors
/// When the database can't be asked.
pub async fn company(database: &impl Database, now: Instant, id: &str) -> Result<Option<CompanyLine>, StoreError> {
    Ok(database.row::<CompanyRow>(statement!(COMPANY, now, id)).await?.map(Into::into))
}
