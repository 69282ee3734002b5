//! The desk's lists across companies.

use seatwise_domain::Instant;
use seatwise_domain::Problem;
use seatwise_domain::import::write_record;
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::wire::{CompanyLine, DeskList, EndingLot, OverdrawnCompany};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use super::export::Parts;
use crate::store::StoreError;
use crate::store::d1::D1;
use crate::store::desk::{self, PAGE_SIZE, Which};

/// How many rows of an export are read at once.
const EXPORTED_AT_ONCE: i64 = 500;

/// A page of companies: by name, or those of which a word begins with `search`.
pub(super) async fn companies(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (after, search) = (ask.query("after")?, ask.query("search")?);
    let which = Which { own: ask.own()?, after: after.as_deref(), most: PAGE_SIZE };
    let page = match search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => desk::search(ask.database, ask.now, text, which).await?,
        None => desk::companies(ask.database, ask.now, which).await?,
    };
    Answer::json(200, &page)
}

/// What ends in the next months.
pub(super) async fn ending(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let after = ask.query("after")?;
    let which = Which { own: ask.own()?, after: after.as_deref(), most: PAGE_SIZE };
    Answer::json(200, &desk::ending(ask.database, ask.now, which).await?)
}

/// What is overdrawn.
pub(super) async fn overdrawn(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let after = ask.query("after")?;
    let which = Which { own: ask.own()?, after: after.as_deref(), most: PAGE_SIZE };
    Answer::json(200, &desk::overdrawn(ask.database, which).await?)
}

/// One of the lists as CSV, read page by page while it leaves.
pub(super) struct Export {
    list: DeskList,
    own: Option<String>,
    search: String,
    now: Instant,
}

/// Prepares an export.
pub(super) async fn export(ask: &Ask<'_>) -> Result<Export, Failure> {
    let list = ask.query("list")?.unwrap_or_default();
    let list = DeskList::parse(&list).ok_or(Problem::field("list", FieldProblem::Choice))?;
    let search = ask.query("search")?.unwrap_or_default().trim().to_owned();
    Ok(Export { list, own: ask.own()?.map(str::to_owned), search, now: ask.now })
}

impl Parts for Export {
    fn kind(&self) -> (&'static str, &'static str) {
        let name = match self.list {
            DeskList::Companies => "companies.csv",
            DeskList::Ending => "ending.csv",
            DeskList::Overdrawn => "overdrawn.csv",
        };
        ("text/csv; charset=utf-8", name)
    }

    async fn part(&self, database: &D1, after: Option<&str>) -> Result<(String, Option<String>), StoreError> {
        let which = Which { own: self.own.as_deref(), after, most: EXPORTED_AT_ONCE };
        let mut text = String::new();
        if after.is_none() {
            // Spreadsheets take a file for UTF-8 when it says so.
            text.push('\u{feff}');
            write_record(&mut text, head(self.list).iter().copied(), ',', true);
        }
        let next = match self.list {
            DeskList::Companies if !self.search.is_empty() => {
                rows(&mut text, desk::search(database, self.now, &self.search, which).await?, company)
            }
            DeskList::Companies => rows(&mut text, desk::companies(database, self.now, which).await?, company),
            DeskList::Ending => rows(&mut text, desk::ending(database, self.now, which).await?, ending_lot),
            DeskList::Overdrawn => rows(&mut text, desk::overdrawn(database, which).await?, overdrawn_company),
        };
        Ok((text, next))
    }
}

fn rows<T>(text: &mut String, page: seatwise_domain::wire::Page<T>, cells: fn(&T) -> Vec<String>) -> Option<String> {
    for item in &page.items {
        write_record(text, cells(item), ',', true);
    }
    page.next
}

const fn head(list: DeskList) -> &'static [&'static str] {
    match list {
        DeskList::Companies => &[
            "company",
            "account manager",
            "user available",
            "user in use",
            "user pending",
            "user total",
            "content available",
            "content in use",
            "content pending",
            "content total",
            "overdrawn",
            "next expiry",
            "orders waiting",
        ],
        DeskList::Ending => {
            &["company", "account manager", "order", "kind", "licences", "held", "starts", "ends", "group", "renewal"]
        }
        DeskList::Overdrawn => &["company", "account manager", "kind", "overdrawn", "since", "limit", "order waiting"],
    }
}

fn day(at: Instant) -> String {
    at.calendar_day().map_or_else(String::new, |(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}

fn company(line: &CompanyLine) -> Vec<String> {
    let figures = [line.user, line.content].map(|balance| [balance.available, balance.in_use, balance.pending, balance.total]);
    [line.name.clone(), line.account_manager.clone()]
        .into_iter()
        .chain(figures.into_iter().flatten().map(|count| count.to_string()))
        .chain([line.overdrawn.to_string(), line.next_expiry.map(day).unwrap_or_default(), line.waiting_orders.to_string()])
        .collect()
}

fn ending_lot(item: &EndingLot) -> Vec<String> {
    let lot = &item.lot;
    vec![
        item.company.clone(),
        item.account_manager.clone(),
        lot.order.map(|number| number.to_string()).unwrap_or_default(),
        lot.kind.as_str().to_owned(),
        lot.quantity.to_string(),
        lot.in_use.saturating_add(lot.pending).to_string(),
        day(lot.starts_at),
        day(lot.ends_at),
        lot.group.clone().unwrap_or_default(),
        lot.renewal.map(|number| number.to_string()).unwrap_or_default(),
    ]
}

fn overdrawn_company(line: &OverdrawnCompany) -> Vec<String> {
    vec![
        line.company.clone(),
        line.account_manager.clone(),
        line.kind.as_str().to_owned(),
        line.overdrawn.to_string(),
        day(line.since),
        line.limit.to_string(),
        line.waiting_order.map(|number| number.to_string()).unwrap_or_default(),
    ]
}
