//! What account managers see across companies.

use seatwise_domain::wire::{CompanyLine, OrderLine, Page, WaitingOrder};
use seatwise_domain::{Balance, Instant};
use serde::Deserialize;

use super::{Database, StoreError, orders, statement, statements};

/// Companies with the sums over their lots in force at ?1, less the condition.
macro_rules! company_lines {
    () => {
        "
        SELECT c.id, c.name, s.name AS account_manager,
          (SELECT count(*) FROM orders o WHERE o.company_id = c.id AND o.status = 'requested') AS waiting_orders,
          coalesce(sum(l.quantity) FILTER (WHERE l.kind = 'user'), 0) AS user_total,
          coalesce(sum(l.in_use) FILTER (WHERE l.kind = 'user'), 0) AS user_in_use,
          coalesce(sum(l.pending) FILTER (WHERE l.kind = 'user'), 0) AS user_pending,
          coalesce(sum(l.quantity) FILTER (WHERE l.kind = 'content'), 0) AS content_total,
          coalesce(sum(l.in_use) FILTER (WHERE l.kind = 'content'), 0) AS content_in_use,
          coalesce(sum(l.pending) FILTER (WHERE l.kind = 'content'), 0) AS content_pending,
          min(l.ends_at) FILTER (WHERE l.overdraft = 0) AS next_expiry
        FROM companies c
        JOIN staff s ON s.id = c.account_manager_id
        LEFT JOIN lots l ON l.company_id = c.id AND l.starts_at <= ?1 AND l.ends_at > ?1
        "
    };
}

statements! {
    /// Orders that wait, oldest first, each with its company and the balance of its kind.
    WAITING = "
        SELECT o.id, o.number, o.kind, o.quantity, o.status, o.requested_by, o.requested_at, o.reference, o.message,
          (SELECT g.name FROM groups g WHERE g.company_id = o.company_id AND g.id = o.group_id) AS group_name,
          NULL AS starts_at, NULL AS ends_at, c.id AS company_id, c.name AS company,
          coalesce(sum(l.quantity), 0) AS total, coalesce(sum(l.in_use), 0) AS in_use, coalesce(sum(l.pending), 0) AS pending
        FROM orders o
        JOIN companies c ON c.id = o.company_id
        LEFT JOIN lots l ON l.company_id = o.company_id AND l.kind = o.kind AND l.starts_at <= ?1 AND l.ends_at > ?1
        WHERE o.status = 'requested' AND (o.requested_at, o.id) > (?2, ?3)
        GROUP BY o.requested_at, o.id
        ORDER BY o.requested_at, o.id
        LIMIT ?4";
    /// A page of companies by name, each with its balances.
    COMPANIES = concat!(company_lines!(), "WHERE (c.name, c.id) > (?2, ?3) GROUP BY c.name, c.id ORDER BY c.name, c.id LIMIT ?4");
    /// One company, as in the list.
    COMPANY = concat!(company_lines!(), "WHERE c.id = ?2 GROUP BY c.id");
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

/// Orders that wait for an account manager, oldest first, behind the order `(requested_at, id)`.
///
/// # Errors
/// When the database can't be asked.
pub async fn waiting(database: &impl Database, now: Instant, after: (Instant, &str)) -> Result<Page<WaitingOrder>, StoreError> {
    let mut rows: Vec<WaitingRow> = database.rows(statement!(WAITING, now, after.0, after.1, PAGE_SIZE + 1)).await?;
    let full = cut(&mut rows);
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
fn cut<T>(rows: &mut Vec<T>) -> bool {
    let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let full = rows.len() > size;
    rows.truncate(size);
    full
}

#[derive(Deserialize)]
struct CompanyRow {
    id: String,
    name: String,
    account_manager: String,
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
            user: Balance::of(row.user_total, row.user_in_use, row.user_pending),
            content: Balance::of(row.content_total, row.content_in_use, row.content_pending),
            next_expiry: row.next_expiry,
            waiting_orders: row.waiting_orders,
        }
    }
}

/// A page of companies by name, behind the company `(name, id)`.
///
/// # Errors
/// When the database can't be asked.
pub async fn companies(database: &impl Database, now: Instant, after: (&str, &str)) -> Result<Page<CompanyLine>, StoreError> {
    let mut rows: Vec<CompanyRow> = database.rows(statement!(COMPANIES, now, after.0, after.1, PAGE_SIZE + 1)).await?;
    let full = cut(&mut rows);
    let next = rows.last().filter(|_| full).map(|row| format!("{}.{}", row.id, row.name));
    Ok(Page { items: rows.into_iter().map(Into::into).collect(), next })
}

/// One company, as in the list.
///
/// # Errors
/// When the database can't be asked.
pub async fn company(database: &impl Database, now: Instant, id: &str) -> Result<Option<CompanyLine>, StoreError> {
    Ok(database.row::<CompanyRow>(statement!(COMPANY, now, id)).await?.map(Into::into))
}
