//! Companies and their settings.

use seatwise_domain::policy::{CarryOver, DrawOrder, SyncShortage};
use seatwise_domain::wire::{Contact, EventKind, Settings};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::events::Event;
use super::{Actor, Database, Statement, StoreError, events, flag, statement, statements};
use crate::auth::secret;

statements! {
    /// Writes a company down.
    CREATE = "
        INSERT INTO companies (id, name, account_manager_id, created_at, platform_url)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    /// Its overdraft lot of a kind, for licences that are held without a lot to draw on.
    CREATE_OVERDRAFT = "
        INSERT INTO lots (company_id, id, kind, overdraft, quantity, starts_at, ends_at, opened_at)
        VALUES (?1, ?2, ?3, 1, 0, ?4, ?5, ?4)";
    /// A company with its settings and its account manager.
    ONE = "
        SELECT c.id, c.name, c.platform_url, c.content_with_user, c.invite_days, c.draw_order, c.carry_over, c.sync_shortage, c.overdraft_limit, c.inactive_days,
          s.name AS manager_name, s.email_typed AS manager_email, s.phone AS manager_phone
        FROM companies c JOIN staff s ON s.id = c.account_manager_id
        WHERE c.id = ?1";
    /// Changes a company's settings.
    CHANGE = "
        UPDATE companies SET platform_url = ?2, content_with_user = ?3, invite_days = ?4, draw_order = ?5, carry_over = ?6,
          sync_shortage = ?7, overdraft_limit = ?8, inactive_days = ?9
        WHERE id = ?1";
}

/// A company that is to be created, already checked.
#[derive(Clone, Debug)]
pub struct NewCompany<'a> {
    /// The company's id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The address of its learning platform.
    pub platform_url: Option<&'a str>,
    /// The account manager who looks after it.
    pub account_manager_id: &'a str,
}

/// Creates a company.
///
/// # Errors
/// When the database takes nothing.
pub async fn create(
    database: &impl Database,
    company: &NewCompany<'_>,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.push(statement!(CREATE, company.id, company.name, company.account_manager_id, now, company.platform_url));
    for kind in Kind::ALL {
        batch.push(statement!(CREATE_OVERDRAFT, company.id, secret::new_id()?, kind.as_str(), now, Instant::NEVER));
    }
    batch.push(events::record(company.id, now, actor, &Event::new(EventKind::CompanyCreated)));
    database.batch(batch).await?;
    Ok(())
}

/// A company as the database gives it.
#[derive(Deserialize)]
pub(super) struct Row {
    id: String,
    name: String,
    platform_url: Option<String>,
    #[serde(deserialize_with = "flag")]
    content_with_user: bool,
    invite_days: i64,
    draw_order: DrawOrder,
    carry_over: CarryOver,
    sync_shortage: SyncShortage,
    overdraft_limit: i64,
    inactive_days: i64,
    manager_name: String,
    manager_email: String,
    manager_phone: Option<String>,
}

impl From<Row> for Company {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            settings: Settings {
                platform_url: row.platform_url,
                content_with_user: row.content_with_user,
                invite_days: row.invite_days,
                draw_order: row.draw_order,
                carry_over: row.carry_over,
                sync_shortage: row.sync_shortage,
                overdraft_limit: row.overdraft_limit,
                inactive_days: row.inactive_days,
            },
            account_manager: Contact { name: row.manager_name, email: row.manager_email, phone: row.manager_phone },
        }
    }
}

/// A company.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its settings.
    pub settings: Settings,
    /// Who looks after it.
    pub account_manager: Contact,
}

/// One company.
///
/// # Errors
/// When the database can't be asked.
pub async fn one(database: &impl Database, id: &str) -> Result<Option<Company>, StoreError> {
    Ok(database.row::<Row>(ask(id)).await?.map(Into::into))
}

/// Asks for one company.
pub(super) fn ask(id: &str) -> Statement {
    statement!(ONE, id)
}

/// Changes a company's settings.
///
/// # Errors
/// When the database takes nothing.
pub async fn change(
    database: &impl Database,
    company_id: &str,
    settings: &Settings,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let url = settings.platform_url.as_deref();
    let changed = Event::new(EventKind::SettingsChanged);
    database
        .batch(vec![
            statement!(
                CHANGE,
                company_id,
                url,
                settings.content_with_user,
                settings.invite_days,
                settings.draw_order.as_str(),
                settings.carry_over.as_str(),
                settings.sync_shortage.as_str(),
                settings.overdraft_limit,
                settings.inactive_days,
            ),
            events::record(company_id, now, actor, &changed),
        ])
        .await?;
    Ok(())
}
