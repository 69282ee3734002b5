//! Companies and their settings.

use seatwise_domain::matching::fold;
use seatwise_domain::policy::{CarryOver, DrawOrder, SyncShortage};
use seatwise_domain::wire::{Contact, EventKind, Settings};
use seatwise_domain::{Instant, Kind, Language};
use serde::Deserialize;
use serde_json::json;

use super::events::Event;
use super::gate::Shortage;
use super::members::{Adding, NewMember};
use super::{Actor, Database, Statement, StoreError, events, flag, members, statement, statements};
use crate::auth::secret;

statements! {
    /// Writes a company down.
    CREATE = "
        INSERT INTO companies (id, name, account_manager_id, created_at, platform_url, content_with_user, language, sort_name)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    /// Lists it under every word of its name, the JSON array ?2.
    LIST = "
        INSERT INTO company_words (words, company_id, account_manager_id)
        SELECT DISTINCT value, ?1, (SELECT account_manager_id FROM companies WHERE id = ?1) FROM json_each(?2)";
    /// Takes it out of the list.
    UNLIST = "DELETE FROM company_words WHERE company_id = ?1";
    /// Renames it.
    RENAME = "UPDATE companies SET name = ?2, sort_name = ?3 WHERE id = ?1";
    /// Its overdraft lot of a kind, for licences that are held without a lot to draw on.
    CREATE_OVERDRAFT = "
        INSERT INTO lots (company_id, id, kind, overdraft, quantity, starts_at, ends_at, opened_at, account_manager_id)
        VALUES (?1, ?2, ?3, 1, 0, ?4, ?5, ?4, ?6)";
    /// A company with its settings and its account manager.
    ONE = "
        SELECT c.id, c.name, c.platform_url, c.content_with_user, c.invite_days, c.draw_order, c.carry_over, c.sync_shortage, c.overdraft_limit, c.inactive_days,
          c.contact_id, c.contact_email, c.language, c.settings_version, s.name AS manager_name, s.email_typed AS manager_email, s.phone AS manager_phone
        FROM companies c JOIN staff s ON s.id = c.account_manager_id
        WHERE c.id = ?1";
    /// Changes a company's settings, if they are still those of version ?13; whatever they are, if there is none.
    CHANGE = "
        UPDATE companies SET platform_url = ?2, content_with_user = ?3, invite_days = ?4, draw_order = ?5, carry_over = ?6,
          sync_shortage = ?7, overdraft_limit = ?8, inactive_days = ?9, contact_id = ?10, contact_email = ?11, language = ?12,
          settings_version = settings_version + 1
        WHERE id = ?1 AND settings_version = coalesce(?13, settings_version)";
    /// Insists that the statement before has found its row.
    INSIST = "INSERT INTO assertions SELECT changes() = 1, 'settings_changed'";
    /// Insists that the manager whom learners ask is one.
    INSIST_CONTACT = "
        INSERT INTO assertions SELECT EXISTS (
          SELECT 1 FROM members WHERE company_id = ?1 AND id = ?2 AND is_manager = 1 AND removed_at IS NULL), 'unknown_contact'";
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
    /// Whether every new user also gets a content licence (C5).
    pub content_with_user: bool,
    /// The language of letters to people who haven't chosen one.
    pub language: Language,
    /// Its first manager, who is invited.
    pub manager: Option<NewMember>,
}

/// What follows from each word of a name on, folded: what a search for a company looks through.
fn words_of(name: &str) -> String {
    let mut rest = fold(name);
    let mut found = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            return json!(found).to_string();
        }
        found.push(trimmed.to_owned());
        rest = trimmed.split_once(char::is_whitespace).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    }
}

/// Creates a company, with its first manager if there is one.
///
/// # Errors
/// When the database takes nothing.
pub async fn create(
    database: &impl Database,
    company: &NewCompany<'_>,
    token_key: &str,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let mut batch: Vec<Statement> = first.into_iter().collect();
    let staff = company.account_manager_id;
    batch.push(statement!(
        CREATE,
        company.id,
        company.name,
        staff,
        now,
        company.platform_url,
        company.content_with_user,
        company.language.as_str(),
        fold(company.name)
    ));
    batch.push(statement!(LIST, company.id, words_of(company.name)));
    for kind in Kind::ALL {
        batch.push(statement!(CREATE_OVERDRAFT, company.id, secret::new_id()?, kind.as_str(), now, Instant::NEVER, staff));
    }
    batch.push(events::record(company.id, now, actor, &Event::new(EventKind::CompanyCreated)));
    if let Some(manager) = &company.manager {
        let shortage = Shortage::Refuse;
        let adding = Adding { company_id: company.id, content_with_user: false, token_key, shortage, belongs_to: None };
        batch.extend(members::adding_them(&adding, core::slice::from_ref(manager), now, actor)?);
    }
    database.batch(batch).await?;
    Ok(())
}

/// Renames a company.
///
/// # Errors
/// When the database takes nothing.
pub async fn rename(
    database: &impl Database,
    company_id: &str,
    name: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let renamed = Event { to: Some(name), ..Event::new(EventKind::CompanyRenamed) };
    database
        .batch(vec![
            statement!(RENAME, company_id, name, fold(name)),
            statement!(UNLIST, company_id),
            statement!(LIST, company_id, words_of(name)),
            events::record(company_id, now, actor, &renamed),
        ])
        .await?;
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
    contact_id: Option<String>,
    contact_email: Option<String>,
    language: Language,
    settings_version: i64,
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
                contact_id: row.contact_id,
                contact_email: row.contact_email,
                language: row.language,
                version: Some(row.settings_version),
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
/// The assertions `settings_changed`, when they are of another version by now, and `unknown_contact`.
pub async fn change(
    database: &impl Database,
    company_id: &str,
    settings: &Settings,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let url = settings.platform_url.as_deref();
    let changed = Event::new(EventKind::SettingsChanged);
    let mut batch = vec![
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
            settings.contact_id.as_deref(),
            settings.contact_email.as_deref(),
            settings.language.as_str(),
            settings.version,
        ),
        statement!(INSIST),
        events::record(company_id, now, actor, &changed),
    ];
    batch.extend(settings.contact_id.as_deref().map(|contact| statement!(INSIST_CONTACT, company_id, contact)));
    database.batch(batch).await?;
    Ok(())
}
