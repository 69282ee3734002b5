//! Bringing members and licences to what a directory has said while nothing of it was done: during a dry run, or before a
//! group gave licences.

use std::collections::HashMap;

use seatwise_domain::Instant;
use serde_json::json;

use super::groups;
use super::person::Person;
use super::saving::{self, Planned, Saving, ToSave};
use super::users::{MemberNow, MemberRow, Stored, UserRow, groups_of_user, user_columns, user_lines};
use crate::store::due::anything_due;
use crate::store::sync::Directory;
use crate::store::{Database, StoreError, statement, statements};

statements! {
    /// Companies with users who are to be settled.
    COMPANIES = concat!("
        SELECT 'sync' AS id, 'Directory sync' AS name, c.id AS company_id, c.name AS company, NULL AS last_used_at, c.content_with_user,
          c.sync_shortage, c.overdraft_limit, c.sync_paused, c.sync_dry_run, c.sync_activates, c.sync_scope,
          c.low_user IS NOT NULL OR c.low_content IS NOT NULL AS watched, ", anything_due!("c.id"), " AS due
        FROM (SELECT DISTINCT company_id FROM directory_users INDEXED BY directory_users_to_settle WHERE settled = 0 LIMIT 100) AS waiting
        CROSS JOIN companies c ON c.id = waiting.company_id
        WHERE c.sync_dry_run = 0 AND c.sync_paused = 0 AND (?1 IS NULL OR c.id = ?1)");
    /// Users of a company who are to be settled, behind a place.
    UNSETTLED = concat!(
        user_lines!(),
        "WHERE u.company_id = ?1 AND u.settled = 0 AND u.place > ?2 ORDER BY u.place LIMIT 25"
    );
    /// The members with the addresses of the JSON array ?2.
    MEMBERS_AT = "
        SELECT m.id, m.email, m.email_typed, m.name, m.joined_at IS NOT NULL AS joined, m.removed_at IS NOT NULL AS removed,
          m.suspended_at IS NOT NULL AS suspended, m.is_manager, m.group_id,
          (SELECT u.id FROM directory_users u WHERE u.company_id = m.company_id AND u.member_id = m.id) AS user_id
        FROM json_each(?2) AS address CROSS JOIN members m ON m.email = address.value AND m.company_id = ?1";
}

/// Companies in which users are to be settled; only the one with an id, if there is one.
///
/// # Errors
/// When the database can't be asked.
pub async fn companies(database: &impl Database, company_id: Option<&str>, now: Instant) -> Result<Vec<Directory>, StoreError> {
    database.rows(statement!(COMPANIES, company_id, now)).await
}

/// Settles the next users of a company behind a place; says where to go on, or that there are no more. Who can't be
/// settled, because there are too few licences, stays as they are.
///
/// # Errors
/// When the database can't be asked.
pub async fn step(database: &impl Database, saving: &Saving<'_>, behind: i64) -> Result<Option<i64>, StoreError> {
    let company_id = saving.directory.company_id.as_str();
    if behind == 0 {
        groups::link(database, saving).await?;
    }
    let rows: Vec<UserRow> = database.rows(statement!(UNSETTLED, company_id, behind)).await?;
    let stored = rows.into_iter().map(UserRow::read).collect::<Result<Vec<Stored>, _>>()?;
    let Some(last) = stored.last().map(|user| user.place) else { return Ok(None) };
    let people: Vec<Person> = stored.iter().map(|user| Person { active: user.active, ..Person::read_text(&user.data) }).collect();
    let addresses: Vec<&str> = people.iter().filter_map(|person| person.email.as_ref()).map(|email| email.compared()).collect();
    let found: Vec<MemberRow> = database.rows(statement!(MEMBERS_AT, company_id, json!(addresses).to_string())).await?;
    let found = found.into_iter().map(MemberNow::from);
    let members: HashMap<String, MemberNow> = found.map(|member| (member.email.clone(), member)).collect();
    let mut planned = Vec::new();
    for (user, person) in stored.iter().zip(&people) {
        let member = person.email.as_ref().and_then(|email| members.get(email.compared())).cloned();
        let to_save = ToSave { id: &user.id, before: Some(user), person, member, settling: true };
        // Somebody else has the address: that one stays, and this one waits on.
        if !to_save.shares() {
            planned.push(saving::plan(saving, &to_save)?);
        }
    }
    let together = planned.iter().flat_map(|one| one.batch.clone()).collect::<Vec<_>>();
    if !together.is_empty() && database.batch(together).await.is_err() {
        for Planned { batch, .. } in planned {
            // Each by itself: whoever there is no licence for keeps nobody else from theirs.
            let _ = database.batch(batch).await;
        }
    }
    Ok(Some(last))
}
