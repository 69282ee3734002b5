//! A company's history, as a list and as a file.

use seatwise_domain::import::write_record;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{ActivityLine, Topic, Way};
use seatwise_domain::{Instant, Kind, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use super::explain::date;
use super::export::{Parts, json, word};
use crate::store::activity::{self, Wanted};
use crate::store::d1::D1;
use crate::store::{StoreError, companies};

/// How many lines a part of an export has.
const EXPORTED_AT_ONCE: usize = 400;

/// Which part of the history the address's query asks for.
fn wanted(ask: &Ask<'_>) -> Result<Wanted, Failure> {
    let text = |name: &str| Ok::<_, Failure>(ask.query(name)?.filter(|text| !text.is_empty()));
    Ok(Wanted {
        person: text("person")?,
        topic: text("topic")?.and_then(|word| Topic::parse(&word)),
        way: text("door")?.and_then(|word| Way::parse(&word)),
        from: date(ask, "from")?,
        before: date(ask, "until")?.map(|day| day.plus(DAY)),
    })
}

async fn company(ask: &Ask<'_>) -> Result<String, Failure> {
    Ok(companies::one(ask.database, ask.id()?).await?.ok_or(Problem::NotFound)?.id)
}

/// A page of the history.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let wanted = wanted(ask)?;
    let company_id = company(ask).await?;
    let after = ask.query("after")?.and_then(|after| after.parse().ok());
    Answer::json(200, &activity::read(ask.database, &company_id, &wanted, after).await?)
}

/// The history as a file, of any size: it leaves while it is read.
pub(super) struct Export {
    company_id: String,
    wanted: Wanted,
    csv: bool,
}

/// What an export is of. Whoever may not see the company learns so before the file begins.
pub(super) async fn export(ask: &Ask<'_>) -> Result<Export, Failure> {
    let wanted = wanted(ask)?;
    let csv = ask.query("format")?.as_deref() != Some("json");
    Ok(Export { company_id: company(ask).await?, wanted, csv })
}

impl Parts for Export {
    fn kind(&self) -> (&'static str, &'static str) {
        if self.csv { ("text/csv; charset=utf-8", "activity.csv") } else { ("application/json", "activity.json") }
    }

    async fn part(&self, database: &D1, after: Option<&str>) -> Result<(String, Option<String>), StoreError> {
        let (company_id, before) = (&self.company_id, after.and_then(|after| after.parse().ok()));
        let (page, _) = activity::page(database, company_id, &self.wanted, before, EXPORTED_AT_ONCE).await?;
        let (first, last) = (after.is_none(), page.next.is_none());
        let text = if self.csv { csv(&page.items, first) } else { json(&page.items, first, last) };
        Ok((text, page.next))
    }
}

const HEADINGS: [&str; 15] = [
    "time", "who", "door", "what", "to whom", "licences", "kind", "order", "from", "to", "ends", "note", "import", "licence",
    "event",
];

fn csv(lines: &[ActivityLine], first: bool) -> String {
    let mut text = String::new();
    if first {
        // Spreadsheets take a file for UTF-8 when it says so.
        text.push('\u{feff}');
        write_record(&mut text, HEADINGS, ',', true);
    }
    for line in lines {
        let event = &line.event;
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        let ends_at = line.ends_at.filter(|at| *at < Instant::NEVER);
        let cells = [
            event.at.rfc3339(),
            some(&event.actor),
            word(&line.way),
            word(&event.what),
            some(&event.member),
            event.quantity.map(|count| count.to_string()).unwrap_or_default(),
            event.kind.map(Kind::as_str).unwrap_or_default().to_owned(),
            event.order.or(line.lot_order).map(|number| number.to_string()).unwrap_or_default(),
            some(&line.from),
            some(&line.to),
            ends_at.map(Instant::rfc3339).unwrap_or_default(),
            some(&event.note),
            some(&line.file),
            some(&line.licence_id),
            event.seq.to_string(),
        ];
        write_record(&mut text, cells, ',', true);
    }
    text
}
