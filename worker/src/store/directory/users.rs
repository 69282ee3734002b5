//! Users as the directory sent them: finding them.

use seatwise_domain::{EmailAddress, Instant};
use serde::Deserialize;

use crate::store::sync::whose;
use crate::store::{Rows, Statement, StoreError, decode_at, flag, statement, statements};

/// The groups of user `u`, who is member `m`: those that are not the member's group here, and the one that is.
macro_rules! groups_of_user {
    () => {
        "(SELECT json_group_array(json_object('id', g.id, 'shown', g.shown, 'group', g.group_id, 'licensed', g.licensed, 'manages', g.manages)) FROM (
            SELECT g.id, g.shown, g.group_id, g.licensed, g.manages
            FROM directory_memberships x INDEXED BY directory_memberships_extra
            CROSS JOIN directory_groups g ON g.company_id = x.company_id AND g.id = x.group_id
            WHERE x.company_id = u.company_id AND x.user_id = u.id AND x.extra = 1
            UNION ALL
            SELECT g.id, g.shown, g.group_id, g.licensed, g.manages
            FROM directory_groups g INDEXED BY directory_groups_of_group
            WHERE g.company_id = u.company_id AND g.group_id = m.group_id AND EXISTS (
              SELECT 1 FROM directory_memberships y
              WHERE y.company_id = g.company_id AND y.group_id = g.id AND y.user_id = u.id AND y.extra = 0)
          ) AS g)"
    };
}

/// What is asked of user `u` and member `m`.
macro_rules! user_columns {
    () => {
        concat!(
            "SELECT u.place, u.id, u.user_name, u.member_id, u.email, u.active, u.settled, u.data, u.version, u.created_at, u.modified_at,
          m.email AS member_email, m.email_typed, m.name AS member_name, m.joined_at IS NOT NULL AS joined, m.removed_at IS NOT NULL AS removed,
          m.suspended_at IS NOT NULL AS suspended, m.is_manager, m.group_id, ",
            groups_of_user!(),
            " AS groups "
        )
    };
}

/// A user with the member that it is.
macro_rules! user_lines {
    () => {
        concat!(
            user_columns!(),
            "FROM directory_users u LEFT JOIN members m ON m.company_id = u.company_id AND m.id = u.member_id "
        )
    };
}
pub(super) use {groups_of_user, user_columns, user_lines};

statements! {
    /// The user with an id.
    BY_ID = concat!(user_lines!(), "WHERE u.company_id = ", whose!(), " AND u.id = ?3");
    /// The user with a name.
    BY_NAME = concat!(user_lines!(), "WHERE u.company_id = ", whose!(), " AND u.user_name = ?3");
    /// The users with an id that the directory gave them.
    BY_EXTERNAL_ID = concat!(user_lines!(), "WHERE u.company_id = ", whose!(), " AND u.external_id = ?3 ORDER BY u.place LIMIT 1000");
    /// The users with an address.
    BY_ADDRESS = concat!(
        user_columns!(),
        "FROM directory_addresses a CROSS JOIN directory_users u ON u.company_id = a.company_id AND u.id = a.user_id
        LEFT JOIN members m ON m.company_id = u.company_id AND m.id = u.member_id
        WHERE a.company_id = ", whose!(), " AND a.email = ?3 LIMIT 1000"
    );
    /// The member with an address, and the user that it is.
    MEMBER_AT = concat!("
        SELECT m.id, m.email, m.email_typed, m.name, m.joined_at IS NOT NULL AS joined, m.removed_at IS NOT NULL AS removed,
          m.suspended_at IS NOT NULL AS suspended, m.is_manager, m.group_id,
          (SELECT u.id FROM directory_users u WHERE u.company_id = m.company_id AND u.member_id = m.id) AS user_id
        FROM members m WHERE m.email = ?3 AND m.company_id = ", whose!());
}

/// A group that a user is in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct InGroup {
    /// The directory group's id.
    pub id: String,
    /// Its name.
    pub shown: String,
    /// The group here that it became.
    pub group: Option<String>,
    /// Whether its members get licences, where only chosen groups do.
    #[serde(deserialize_with = "flag")]
    pub licensed: bool,
    /// Whether its members manage.
    #[serde(deserialize_with = "flag")]
    pub manages: bool,
}

/// A member, as far as a sync needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberNow {
    /// The member's id.
    pub id: String,
    /// The address, in the form that tells whether two are the same.
    pub email: String,
    /// The address as typed.
    pub email_typed: String,
    /// The name.
    pub name: Option<String>,
    /// Whether the member has joined.
    pub joined: bool,
    /// Whether the member was removed.
    pub removed: bool,
    /// Whether the member is no longer active in the directory.
    pub suspended: bool,
    /// Whether the member manages.
    pub manager: bool,
    /// The group here.
    pub group: Option<String>,
    /// The user of the directory that the member is.
    pub user: Option<String>,
}

/// A user, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The place in the order in which users came.
    pub place: i64,
    /// The user's id.
    pub id: String,
    /// The name, in the form that tells whether two are the same.
    pub user_name: String,
    /// The address that counts, in that form.
    pub email: Option<String>,
    /// Whether the directory says that the user is active.
    pub active: bool,
    /// Whether the member is as the directory wants.
    pub settled: bool,
    /// The attributes, as JSON.
    pub data: String,
    /// How often it was written.
    pub version: i64,
    /// When it came.
    pub created_at: Instant,
    /// When it was changed last.
    pub modified_at: Instant,
    /// The member that it is.
    pub member: Option<MemberNow>,
    /// The groups that it is in.
    pub groups: Vec<InGroup>,
}

impl Stored {
    /// Whether a group of the user gives licences.
    #[must_use]
    pub fn licensed(&self) -> bool {
        self.groups.iter().any(|group| group.licensed)
    }
}

#[derive(Deserialize)]
pub(super) struct UserRow {
    place: i64,
    id: String,
    user_name: String,
    member_id: Option<String>,
    email: Option<String>,
    #[serde(deserialize_with = "flag")]
    active: bool,
    #[serde(deserialize_with = "flag")]
    settled: bool,
    data: String,
    version: i64,
    created_at: Instant,
    modified_at: Instant,
    member_email: Option<String>,
    email_typed: Option<String>,
    member_name: Option<String>,
    joined: i64,
    removed: i64,
    suspended: i64,
    is_manager: Option<i64>,
    group_id: Option<String>,
    groups: String,
}

impl UserRow {
    pub(super) fn read(self) -> Result<Stored, StoreError> {
        let member = match (self.member_id, self.member_email, self.email_typed) {
            (Some(member), Some(email), Some(email_typed)) => Some(MemberNow {
                id: member,
                email,
                email_typed,
                name: self.member_name,
                joined: self.joined != 0,
                removed: self.removed != 0,
                suspended: self.suspended != 0,
                manager: self.is_manager == Some(1),
                group: self.group_id,
                user: Some(self.id.clone()),
            }),
            _ => None,
        };
        Ok(Stored {
            place: self.place,
            id: self.id,
            user_name: self.user_name,
            email: self.email,
            active: self.active,
            settled: self.settled,
            data: self.data,
            version: self.version,
            created_at: self.created_at,
            modified_at: self.modified_at,
            member,
            groups: serde_json::from_str(&self.groups).map_err(|error| StoreError::Failed(error.to_string()))?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct MemberRow {
    id: String,
    email: String,
    email_typed: String,
    name: Option<String>,
    joined: i64,
    removed: i64,
    suspended: i64,
    is_manager: i64,
    group_id: Option<String>,
    user_id: Option<String>,
}

/// Asks for the user with an id.
#[must_use]
pub fn ask_by_id(token_hash: &str, now: Instant, id: &str) -> Statement {
    statement!(BY_ID, token_hash, now, id)
}

/// Asks for the user with a name, in the form that tells whether two are the same.
#[must_use]
pub fn ask_by_name(token_hash: &str, now: Instant, user_name: &str) -> Statement {
    statement!(BY_NAME, token_hash, now, user_name)
}

/// Asks for the users with an id that the directory gave them.
#[must_use]
pub fn ask_by_external_id(token_hash: &str, now: Instant, external_id: &str) -> Statement {
    statement!(BY_EXTERNAL_ID, token_hash, now, external_id)
}

/// Asks for the users with an address, in lower case.
#[must_use]
pub fn ask_by_address(token_hash: &str, now: Instant, address: &str) -> Statement {
    statement!(BY_ADDRESS, token_hash, now, address)
}

/// Asks for the member with an address.
#[must_use]
pub fn ask_member_at(token_hash: &str, now: Instant, email: Option<&EmailAddress>) -> Statement {
    statement!(MEMBER_AT, token_hash, now, email.map(EmailAddress::compared))
}

/// Reads users that were asked for.
///
/// # Errors
/// When a column doesn't fit.
pub fn read(results: &[impl Rows], index: usize) -> Result<Vec<Stored>, StoreError> {
    decode_at::<UserRow>(results, index)?.into_iter().map(UserRow::read).collect()
}

impl From<MemberRow> for MemberNow {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            email_typed: row.email_typed,
            name: row.name,
            joined: row.joined != 0,
            removed: row.removed != 0,
            suspended: row.suspended != 0,
            manager: row.is_manager != 0,
            group: row.group_id,
            user: row.user_id,
        }
    }
}

/// Reads the member that was asked for.
///
/// # Errors
/// When a column doesn't fit.
pub fn read_member(results: &[impl Rows], index: usize) -> Result<Option<MemberNow>, StoreError> {
    Ok(decode_at::<MemberRow>(results, index)?.into_iter().next().map(Into::into))
}
