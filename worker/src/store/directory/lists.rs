//! Lists of users and groups: a page where an index has the order, a part to look through where none has.

use seatwise_domain::Instant;
use serde::Deserialize;

use super::groups::{StoredGroup, group_lines};
use super::users::{Stored, UserRow, groups_of_user, user_columns, user_lines};
use crate::store::{Database, Statement, StoreError, decode_at, statement, statements};

statements! {
    /// Users in the order in which they came.
    PAGE = concat!(user_lines!(), "WHERE u.company_id = ?1 ORDER BY u.place LIMIT ?2 OFFSET ?3");
    /// The same, of those who are active or not.
    PAGE_ACTIVE = concat!(user_lines!(), "WHERE u.company_id = ?1 AND u.active = ?4 ORDER BY u.place LIMIT ?2 OFFSET ?3");
    /// Users by the moment of their last change, from ?4 to ?5.
    PAGE_CHANGED = concat!(user_lines!(), "WHERE u.company_id = ?1 AND u.modified_at BETWEEN ?4 AND ?5 ORDER BY u.modified_at, u.place LIMIT ?2 OFFSET ?3");
    /// Users by name.
    PAGE_NAMED = concat!(user_lines!(), "WHERE u.company_id = ?1 ORDER BY u.user_name LIMIT ?2 OFFSET ?3");
    /// Users by name, the last first.
    PAGE_NAMED_LAST = concat!(user_lines!(), "WHERE u.company_id = ?1 ORDER BY u.user_name DESC LIMIT ?2 OFFSET ?3");
    /// Users behind a place.
    BEHIND = concat!(user_lines!(), "WHERE u.company_id = ?1 AND u.place > ?2 ORDER BY u.place LIMIT ?3");
    /// Users by their ids, in the order of the JSON array ?2.
    BY_IDS = concat!(
        "SELECT * FROM json_each(?2) AS listed CROSS JOIN (", user_lines!(), "WHERE u.company_id = ?1) AS line ON line.id = listed.value ORDER BY listed.key"
    );
    /// How many there are.
    COUNT = "SELECT users, active FROM directory_counts WHERE company_id = ?1";
    /// How many were changed from ?2 to ?3.
    COUNT_CHANGED = "SELECT count(*) AS users, 0 AS active FROM directory_users u WHERE u.company_id = ?1 AND u.modified_at BETWEEN ?2 AND ?3";
    /// Groups behind a place.
    GROUPS_BEHIND = concat!(group_lines!(), "WHERE g.company_id = ?1 AND g.place > ?2 ORDER BY g.place LIMIT ?3");
}

/// Which users, where an index knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those who are active, or those who aren't.
    Active(bool),
    /// Those who were changed from one moment to another, both included; in that order.
    Changed(Instant, Instant),
    /// All by name; the last first, where it says so.
    Named(bool),
}

#[derive(Deserialize)]
struct Counts {
    users: i64,
    active: i64,
}

fn lines(rows: Vec<UserRow>) -> Result<Vec<Stored>, StoreError> {
    rows.into_iter().map(UserRow::read).collect()
}

/// A page of users, and how many there are in all.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(
    database: &impl Database,
    company_id: &str,
    which: Which,
    skip: i64,
    count: i64,
) -> Result<(Vec<Stored>, i64), StoreError> {
    let counted = statement!(COUNT, company_id);
    let (page, counted): (Statement, Statement) = match which {
        Which::All => (statement!(PAGE, company_id, count, skip), counted),
        Which::Active(active) => (statement!(PAGE_ACTIVE, company_id, count, skip, active), counted),
        Which::Named(last_first) => {
            let sql = if last_first { PAGE_NAMED_LAST } else { PAGE_NAMED };
            (statement!(sql, company_id, count, skip), counted)
        }
        Which::Changed(from, to) => {
            (statement!(PAGE_CHANGED, company_id, count, skip, from, to), statement!(COUNT_CHANGED, company_id, from, to))
        }
    };
    let results = database.batch(vec![counted, page]).await?;
    let counts = decode_at::<Counts>(&results, 0)?.into_iter().next().unwrap_or(Counts { users: 0, active: 0 });
    let total = match which {
        Which::Active(true) => counts.active,
        Which::Active(false) => counts.users.saturating_sub(counts.active),
        Which::All | Which::Named(_) | Which::Changed(..) => counts.users,
    };
    Ok((lines(decode_at(&results, 1)?)?, total))
}

/// At most `count` users who came behind a place.
///
/// # Errors
/// When the database can't be asked.
pub async fn behind(database: &impl Database, company_id: &str, place: i64, count: i64) -> Result<Vec<Stored>, StoreError> {
    lines(database.rows(statement!(BEHIND, company_id, place, count)).await?)
}

/// Users by their ids, in that order.
///
/// # Errors
/// When the database can't be asked.
pub async fn by_ids(database: &impl Database, company_id: &str, ids: &[String]) -> Result<Vec<Stored>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    lines(database.rows(statement!(BY_IDS, company_id, serde_json::json!(ids).to_string())).await?)
}

/// At most `count` groups that came behind a place.
///
/// # Errors
/// When the database can't be asked.
pub async fn groups_behind(
    database: &impl Database,
    company_id: &str,
    place: i64,
    count: i64,
) -> Result<Vec<StoredGroup>, StoreError> {
    database.rows(statement!(GROUPS_BEHIND, company_id, place, count)).await
}
