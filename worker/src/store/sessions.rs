//! Sessions, and the identities that an address can sign in as.

use seatwise_domain::access::Caller;
use seatwise_domain::time::{DAY, MINUTE};
use seatwise_domain::wire::{Identity, Role};
use seatwise_domain::{Instant, Language};
use serde::Deserialize;

use super::due::anything_due;
use super::{Database, Statement, StoreError, decode_at, flag, statement, statements};

statements! {
    /// Starts a session.
    START = "
        INSERT INTO sessions (token_hash, email, staff_id, company_id, member_id, created_at, seen_at, idle_until, ends_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)";
    /// A session that is still on, with who it belongs to now: a removal or a change of role counts at once.
    FIND = concat!("
        SELECT s.email, s.seen_at, s.ends_at, s.staff_id, s.company_id, s.member_id,
          coalesce(t.name, m.name, m.email_typed) AS name, coalesce(t.email_typed, m.email_typed) AS email_typed,
          c.name AS company, coalesce(m.is_manager, 0) AS is_manager, coalesce(m.is_learner, 0) AS is_learner,
          coalesce(t.role = 'administrator', 0) AS is_administrator,
          ", anything_due!("s.company_id"), " AS due
        FROM sessions s
        LEFT JOIN staff t ON t.id = s.staff_id AND t.removed_at IS NULL
        LEFT JOIN members m ON m.company_id = s.company_id AND m.id = s.member_id AND m.removed_at IS NULL AND m.suspended_at IS NULL
        LEFT JOIN companies c ON c.id = s.company_id
        WHERE s.token_hash = ?1 AND s.idle_until > ?2 AND s.ends_at > ?2 AND (t.id IS NOT NULL OR m.id IS NOT NULL)"
    );
    /// Everything that an address can sign in as.
    IDENTITIES = "
        SELECT t.id AS staff_id, NULL AS company_id, NULL AS member_id, t.name, t.email_typed, NULL AS company, 0 AS is_manager, 0 AS is_learner, t.role = 'administrator' AS is_administrator
        FROM staff t WHERE t.email = ?1 AND t.removed_at IS NULL
        UNION ALL
        SELECT NULL, m.company_id, m.id, coalesce(m.name, m.email_typed), m.email_typed, c.name, m.is_manager, m.is_learner, 0
        FROM members m JOIN companies c ON c.id = m.company_id
        WHERE m.email = ?1 AND m.removed_at IS NULL AND m.suspended_at IS NULL AND m.joined_at IS NOT NULL
        LIMIT 100";
    /// The language that somebody with an address has chosen.
    LANGUAGE = "SELECT language FROM languages WHERE email = ?1";
    /// Somebody chooses one.
    CHOOSE_LANGUAGE = "
        INSERT INTO languages (email, language) VALUES (?1, ?2)
        ON CONFLICT (email) DO UPDATE SET language = excluded.language WHERE language <> excluded.language";
    /// The session was used.
    SEEN = "UPDATE sessions SET seen_at = ?2, idle_until = ?3 WHERE token_hash = ?1";
    /// The member was active.
    ACTIVE = "UPDATE members SET last_active_at = ?3 WHERE company_id = ?1 AND id = ?2";
    /// Goes on as another identity.
    SWITCH = "UPDATE sessions SET staff_id = ?2, company_id = ?3, member_id = ?4 WHERE token_hash = ?1";
    /// Ends a session.
    END = "DELETE FROM sessions WHERE token_hash = ?1";
    /// Forgets sessions that are over.
    FORGET = "DELETE FROM sessions WHERE idle_until <= ?1";
}

/// After how long without use a session ends, in milliseconds.
pub const IDLE_FOR: i64 = 14 * DAY;
/// After how long a session ends in any case, in milliseconds.
pub const OPEN_FOR: i64 = 90 * DAY;
/// How often the use of a session is written down, in milliseconds: not at every request.
const SEEN_EVERY: i64 = 5 * MINUTE;

/// Who an identity is in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// An account manager.
    Staff {
        /// Their id.
        staff_id: String,
    },
    /// A member of a company.
    Member {
        /// The company's id.
        company_id: String,
        /// The member's id.
        member_id: String,
    },
}

impl Who {
    /// The id of the staff or member.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Staff { staff_id } => staff_id,
            Self::Member { member_id, .. } => member_id,
        }
    }

    fn columns(&self) -> (Option<&str>, Option<&str>, Option<&str>) {
        match self {
            Self::Staff { staff_id } => (Some(staff_id), None, None),
            Self::Member { company_id, member_id } => (None, Some(company_id), Some(member_id)),
        }
    }
}

/// A session that is on.
#[derive(Clone, Debug)]
pub struct Open {
    /// The address that was proved.
    pub email: String,
    /// Who goes on with it.
    pub who: Who,
    /// The same, as people see it.
    pub identity: Identity,
    /// Whether time has done something to the company's licences that is not written down.
    pub due: bool,
    seen_at: Instant,
    ends_at: Instant,
}

impl Open {
    /// The same, as the table of routes sees it.
    #[must_use]
    pub fn caller(&self) -> Caller {
        match &self.who {
            Who::Staff { staff_id } => Caller::Staff {
                staff_id: staff_id.clone(),
                administrator: matches!(self.identity.role, Role::Staff { administrator: true }),
            },
            Who::Member { company_id, member_id } => Caller::Member {
                company_id: company_id.clone(),
                member_id: member_id.clone(),
                manager: matches!(self.identity.role, Role::Member { manager: true, .. }),
            },
        }
    }
}

#[derive(Deserialize)]
struct IdentityRow {
    staff_id: Option<String>,
    company_id: Option<String>,
    member_id: Option<String>,
    name: String,
    email_typed: String,
    company: Option<String>,
    #[serde(deserialize_with = "flag")]
    is_manager: bool,
    #[serde(deserialize_with = "flag")]
    is_learner: bool,
    #[serde(deserialize_with = "flag")]
    is_administrator: bool,
}

impl IdentityRow {
    fn read(self) -> Option<(Who, Identity)> {
        let (who, role) = match (self.staff_id, self.company_id, self.member_id) {
            (Some(staff_id), ..) => (Who::Staff { staff_id }, Role::Staff { administrator: self.is_administrator }),
            (None, Some(company_id), Some(member_id)) => {
                let role = Role::Member {
                    company_id: company_id.clone(),
                    company: self.company.unwrap_or_default(),
                    manager: self.is_manager,
                    learner: self.is_learner,
                };
                (Who::Member { company_id, member_id }, role)
            }
            _ => return None,
        };
        let identity = Identity { id: who.id().to_owned(), name: self.name, email: self.email_typed, role };
        Some((who, identity))
    }
}

#[derive(Deserialize)]
struct Row {
    email: String,
    seen_at: Instant,
    ends_at: Instant,
    #[serde(deserialize_with = "flag")]
    due: bool,
    #[serde(flatten)]
    identity: IdentityRow,
}

/// The statement that starts a session.
#[must_use]
pub fn start(token_hash: &str, email: &str, who: &Who, now: Instant) -> Statement {
    let (staff, company, member) = who.columns();
    statement!(START, token_hash, email, staff, company, member, now, now.plus(IDLE_FOR), now.plus(OPEN_FOR))
}

/// The session of a token, if it is on.
///
/// # Errors
/// When the database can't be asked.
pub async fn find(database: &impl Database, token_hash: &str, now: Instant) -> Result<Option<Open>, StoreError> {
    let row: Option<Row> = database.row(statement!(FIND, token_hash, now)).await?;
    Ok(row.and_then(|row| {
        let (who, identity) = row.identity.read()?;
        Some(Open { email: row.email, who, identity, due: row.due, seen_at: row.seen_at, ends_at: row.ends_at })
    }))
}

/// Writes down that a session was used, if that wasn't done a moment ago.
///
/// # Errors
/// When the database takes nothing.
pub async fn seen(database: &impl Database, token_hash: &str, session: &Open, now: Instant) -> Result<(), StoreError> {
    if now < session.seen_at.plus(SEEN_EVERY) {
        return Ok(());
    }
    let idle_until = now.plus(IDLE_FOR).min(session.ends_at);
    let mut batch = vec![statement!(SEEN, token_hash, now, idle_until)];
    if let Who::Member { company_id, member_id } = &session.who {
        batch.push(statement!(ACTIVE, company_id.as_str(), member_id.as_str(), now));
    }
    database.batch(batch).await?;
    Ok(())
}

/// Everything that an address can sign in as: the desk first, then where it manages, then where it learns.
///
/// # Errors
/// When the database can't be asked.
pub async fn identities(database: &impl Database, email: &str) -> Result<Vec<(Who, Identity)>, StoreError> {
    let rows: Vec<IdentityRow> = database.rows(statement!(IDENTITIES, email)).await?;
    Ok(in_order(rows))
}

/// The same, with the language that the person has chosen.
///
/// # Errors
/// When the database can't be asked.
pub async fn of_address(database: &impl Database, email: &str) -> Result<(Vec<(Who, Identity)>, Option<Language>), StoreError> {
    #[derive(Deserialize)]
    struct Chosen {
        language: Language,
    }
    let results = database.batch(vec![statement!(IDENTITIES, email), statement!(LANGUAGE, email)]).await?;
    let chosen: Vec<Chosen> = decode_at(&results, 1)?;
    Ok((in_order(decode_at(&results, 0)?), chosen.first().map(|chosen| chosen.language)))
}

/// Keeps the language that somebody reads.
///
/// # Errors
/// When the database takes nothing.
pub async fn choose_language(database: &impl Database, email: &str, language: Language) -> Result<(), StoreError> {
    database.batch(vec![statement!(CHOOSE_LANGUAGE, email, language.as_str())]).await?;
    Ok(())
}

fn in_order(rows: Vec<IdentityRow>) -> Vec<(Who, Identity)> {
    let mut identities: Vec<_> = rows.into_iter().filter_map(IdentityRow::read).collect();
    identities.sort_by_key(|(_, identity)| match identity.role {
        Role::Staff { .. } => 0,
        Role::Member { manager: true, .. } => 1,
        Role::Member { .. } => 2,
    });
    identities
}

/// Goes on as another identity.
///
/// # Errors
/// When the database takes nothing.
pub async fn switch(database: &impl Database, token_hash: &str, who: &Who) -> Result<(), StoreError> {
    let (staff, company, member) = who.columns();
    database.batch(vec![statement!(SWITCH, token_hash, staff, company, member)]).await?;
    Ok(())
}

/// The statement that ends a session.
#[must_use]
pub fn end(token_hash: &str) -> Statement {
    statement!(END, token_hash)
}

/// Forgets sessions that are over.
#[must_use]
pub fn forget(now: Instant) -> Statement {
    statement!(FORGET, now)
}
