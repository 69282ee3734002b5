//! Lists of members, and what is done with many at once.

use seatwise_domain::import::write_record;
use seatwise_domain::wire::{BulkEffect, Changed, MemberLine, Narrowed, PreviewBulk, SomeMembers, SortedBy};
use seatwise_domain::{Instant, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use super::export::{Parts, json, word};
use super::licences::check;
use crate::store::StoreError;
use crate::store::d1::D1;
use crate::store::roster::{self, List};
use crate::store::{Door, bulk, companies};

/// How many members a part of an export has.
const EXPORTED_AT_ONCE: usize = 400;

/// Which list the address's query asks for.
fn wanted(ask: &Ask<'_>) -> Result<List, Failure> {
    let text = |name: &str| Ok::<_, Failure>(ask.query(name)?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
    Ok(List {
        search: text("search")?.map(|text| text.to_lowercase()).unwrap_or_default(),
        narrowed: text("standing")?.map(|word| Narrowed::parse(&word)).unwrap_or_default(),
        group: text("group")?,
        sorted: text("sort")?.map(|word| SortedBy::parse(&word)).unwrap_or_default(),
    })
}

async fn company(ask: &Ask<'_>) -> Result<companies::Company, Failure> {
    Ok(companies::one(ask.database, ask.id()?).await?.ok_or(Problem::NotFound)?)
}

/// A page of members.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company = company(ask).await?;
    let after = ask.query("after")?;
    let list = wanted(ask)?;
    let page = roster::page(ask.database, &company.id, &list, after.as_deref(), list.page_size(), ask.now).await?;
    Answer::json(200, &page)
}

/// How many members stand where.
pub(super) async fn counts(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company = company(ask).await?;
    let group = ask.query("group")?.filter(|group| !group.is_empty());
    Answer::json(200, &roster::counts(ask.database, &company.id, group.as_deref(), ask.now).await?)
}

/// A part of the ids of a list.
pub(super) async fn ids(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company = company(ask).await?;
    let after = ask.query("after")?;
    Answer::json(200, &roster::ids(ask.database, &company.id, &wanted(ask)?, after.as_deref(), ask.now).await?)
}

/// What doing something with many would change.
pub(super) async fn preview(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: PreviewBulk = ask.body().await?;
    check(&wanted.members)?;
    let company = company(ask).await?;
    let both = company.settings.content_with_user;
    let effect: BulkEffect = bulk::preview(ask.database, &company.id, wanted.action, &wanted.members, both).await?;
    Answer::json(200, &effect)
}

/// Sends open invites again.
pub(super) async fn invite_again(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: SomeMembers = ask.body().await?;
    check(&wanted.members)?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::AddUser)?);
    let key = &ask.config.token_key;
    let people = bulk::invite_again(ask.database, company_id, key, &wanted.members, ask.now, &actor).await?;
    Answer::json(200, &Changed { people, before: Vec::new() })
}

/// Writes to members who weren't active for long.
pub(super) async fn remind(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: SomeMembers = ask.body().await?;
    check(&wanted.members)?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    let people = bulk::remind(ask.database, company_id, &wanted.members, ask.now, &actor).await?;
    Answer::json(200, &Changed { people, before: Vec::new() })
}

/// A list as a file, of any size: it leaves while it is read.
pub(super) struct Export {
    company_id: String,
    list: List,
    csv: bool,
    now: Instant,
}

/// What an export is of. Whoever may not see the company learns so before the file begins.
pub(super) async fn export(ask: &Ask<'_>) -> Result<Export, Failure> {
    let company = company(ask).await?;
    let csv = ask.query("format")?.as_deref() != Some("json");
    Ok(Export { company_id: company.id, list: wanted(ask)?, csv, now: ask.now })
}

impl Parts for Export {
    fn kind(&self) -> (&'static str, &'static str) {
        if self.csv { ("text/csv; charset=utf-8", "users.csv") } else { ("application/json", "users.json") }
    }

    async fn part(&self, database: &D1, after: Option<&str>) -> Result<(String, Option<String>), StoreError> {
        let page = roster::page(database, &self.company_id, &self.list, after, EXPORTED_AT_ONCE, self.now).await?;
        let (first, last) = (after.is_none(), page.next.is_none());
        let text = if self.csv { csv(&page.items, first) } else { json(&page.items, first, last) };
        Ok((text, page.next))
    }
}

fn csv(members: &[MemberLine], first: bool) -> String {
    let mut text = String::new();
    if first {
        // Spreadsheets take a file for UTF-8 when it says so.
        text.push('\u{feff}');
        write_record(
            &mut text,
            ["email", "name", "group", "role", "user licence", "ends", "content licence", "content ends", "last active"],
            ',',
            true,
        );
    }
    for member in members {
        let day = |at: Instant| {
            at.calendar_day()
                .filter(|_| at < Instant::NEVER)
                .map_or_else(String::new, |(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
        };
        let role = match (member.manager, member.learner) {
            (true, true) => "manager and learner",
            (true, false) => "manager",
            (false, _) => "learner",
        };
        let held = |licence: &Option<seatwise_domain::wire::HeldLicence>| match licence {
            Some(held) => (word(&held.status), day(held.ends_at)),
            None => (String::new(), String::new()),
        };
        let (content, content_ends) = held(&member.content);
        let (_, ends) = held(&member.user);
        let cells = [
            member.email.clone(),
            member.name.clone().unwrap_or_default(),
            member.group.clone().unwrap_or_default(),
            role.to_owned(),
            member.standing.as_str().to_owned(),
            ends,
            content,
            content_ends,
            member.last_active_at.map(day).unwrap_or_default(),
        ];
        write_record(&mut text, cells, ',', true);
    }
    text
}
