//! How companies look to their learners, and whom those ask.

use seatwise_domain::Instant;
use seatwise_domain::access::Action;
use seatwise_domain::colour::{Colour, Tones};
use seatwise_domain::picture::Picture;
use seatwise_domain::wire::{Contact, EventKind, Logo, Look, LookSettings};
use serde::Deserialize;

use super::events::Event;
use super::{Actor, Database, Statement, StoreError, events, statement, statements};
use crate::auth::secret;

statements! {
    /// A company's look, without its picture.
    ONE = "
        SELECT c.accent, l.hash, l.width, l.height
        FROM companies c LEFT JOIN logos l ON l.company_id = c.id
        WHERE c.id = ?1";
    /// Whom a member asks: the address or the manager that the company has chosen, whoever invited the member, or the first
    /// who manages.
    CONTACT = "
        SELECT c.contact_email, c.name AS company, coalesce(m.name, m.email_typed) AS name, m.email_typed AS email
        FROM companies c
        LEFT JOIN members m ON m.company_id = c.id AND m.id = (
          SELECT k.id FROM members k INDEXED BY members_who_manage
          WHERE k.company_id = ?1 AND k.is_manager = 1 AND k.removed_at IS NULL AND k.joined_at IS NOT NULL AND k.suspended_at IS NULL
          ORDER BY k.id IS (SELECT contact_id FROM companies WHERE id = ?1) DESC,
            k.id IS (SELECT i.invited_by_id FROM invites i WHERE i.company_id = ?1 AND i.member_id = ?2) DESC, k.joined_at, k.id
          LIMIT 1)
        WHERE c.id = ?1";
    /// A logo, by its address.
    LOGO = "SELECT content_type, image FROM logos WHERE hash = ?1 LIMIT 1";
    /// Chooses a colour.
    PAINT = "UPDATE companies SET accent = ?2 WHERE id = ?1";
    /// Keeps a logo, instead of the one before.
    KEEP = "
        INSERT INTO logos (company_id, hash, content_type, width, height, image) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (company_id) DO UPDATE SET hash = excluded.hash, content_type = excluded.content_type, width = excluded.width,
          height = excluded.height, image = excluded.image";
    /// Takes the logo away.
    REMOVE = "DELETE FROM logos WHERE company_id = ?1";
}

/// The address of a logo.
#[must_use]
pub fn address(hash: &str) -> String {
    Action::ShowLogo.address(&[hash])
}

/// A company's look as the database gives it.
#[derive(Deserialize)]
pub(super) struct Row {
    accent: Option<String>,
    hash: Option<String>,
    width: Option<i64>,
    height: Option<i64>,
}

/// Asks for a company's look.
pub(super) fn ask(company_id: &str) -> Statement {
    statement!(ONE, company_id)
}

/// Reads what [`ask`] has asked for.
pub(super) fn read(rows: Vec<Row>) -> LookSettings {
    let Some(row) = rows.into_iter().next() else { return LookSettings { accent: None, look: Look::default() } };
    let logo = match (row.hash, row.width, row.height) {
        (Some(hash), Some(width), Some(height)) => Some(Logo { address: address(&hash), width, height }),
        _ => None,
    };
    let colours = row.accent.as_deref().and_then(Colour::parse).map(|accent| Tones::of(accent).declarations());
    LookSettings { accent: row.accent, look: Look { logo, colours } }
}

/// A company's look.
///
/// # Errors
/// When the database can't be asked.
pub async fn one(database: &impl Database, company_id: &str) -> Result<LookSettings, StoreError> {
    Ok(read(database.rows(ask(company_id)).await?))
}

#[derive(Deserialize)]
pub(super) struct ContactRow {
    contact_email: Option<String>,
    company: String,
    name: Option<String>,
    email: Option<String>,
}

/// Asks whom a member asks; without one: whom learners ask who were invited by nobody in particular.
pub(super) fn ask_contact(company_id: &str, member_id: Option<&str>) -> Statement {
    statement!(CONTACT, company_id, member_id)
}

/// Reads what [`ask_contact`] has asked for. Nobody, where nobody manages and no address was chosen.
pub(super) fn contact(rows: Vec<ContactRow>) -> Option<Contact> {
    let row = rows.into_iter().next()?;
    let (name, email) = match row.contact_email {
        Some(email) => (row.company, email),
        None => (row.name?, row.email?),
    };
    Some(Contact { name, email, phone: None })
}

#[derive(Deserialize)]
struct LogoRow {
    content_type: String,
    image: Vec<u8>,
}

/// A picture, and what sort of picture it is.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its content type: one of those that [`Picture`] knows.
    pub content_type: String,
    /// The file.
    pub file: Vec<u8>,
}

/// The logo with a hash.
///
/// # Errors
/// When the database can't be asked.
pub async fn logo(database: &impl Database, hash: &str) -> Result<Option<Image>, StoreError> {
    let row: Option<LogoRow> = database.row(statement!(LOGO, hash)).await?;
    Ok(row.map(|row| Image { content_type: row.content_type, file: row.image }))
}

/// Chooses a colour, or none.
///
/// # Errors
/// When the database takes nothing.
pub async fn paint(
    database: &impl Database,
    company_id: &str,
    accent: Option<Colour>,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let accent = accent.map(|accent| accent.to_string());
    database.batch(vec![statement!(PAINT, company_id, accent), changed(company_id, now, actor)]).await?;
    Ok(())
}

/// Keeps a logo, already checked, instead of the one before.
///
/// # Errors
/// When the database takes nothing.
pub async fn keep(
    database: &impl Database,
    company_id: &str,
    (picture, file): (Picture, Vec<u8>),
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let (width, height) = (i64::from(picture.width), i64::from(picture.height));
    let hash = secret::hash_of_file(&file);
    let keep = statement!(KEEP, company_id, hash, picture.kind.content_type(), width, height, file);
    database.batch(vec![keep, changed(company_id, now, actor)]).await?;
    Ok(())
}

/// Takes the logo away.
///
/// # Errors
/// When the database takes nothing.
pub async fn remove(database: &impl Database, company_id: &str, now: Instant, actor: &Actor) -> Result<(), StoreError> {
    database.batch(vec![statement!(REMOVE, company_id), changed(company_id, now, actor)]).await?;
    Ok(())
}

fn changed(company_id: &str, now: Instant, actor: &Actor) -> Statement {
    events::record(company_id, now, actor, &Event::new(EventKind::SettingsChanged))
}
