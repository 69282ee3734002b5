//! Imports of users from files.

use futures_util::StreamExt as _;
use seatwise_domain::import::{Columns, Format, Found, Judge, Look, Reader, Reason, Refused, Row, look, write_record};
use seatwise_domain::texts::problems::Problems;
use seatwise_domain::wire::{self, DraftImport, Import, ImportPlan, ImportState, MOST_BYTES, Page, RefusedRow, StartImport};
use seatwise_domain::{Language, Problem};
use serde::Deserialize;
use worker::Date;

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::export::Parts;
use super::once::once;
use crate::auth::secret;
use crate::store::d1::D1;
use crate::store::imports::{self, NotStarted, Working};
use crate::store::{Door, StoreError, companies};

/// How much of a file shows how it is written, in bytes.
const HEAD: usize = 64 * 1024;
/// For how long one request works parts off, in milliseconds: long enough to be worth its way, short enough to see progress.
const STEP_FOR: u64 = 700;
/// For how long a request that imports at once works parts off; the scheduled run goes on.
const APPLY_FOR: u64 = 20_000;
/// The largest row of a JSON file, in bytes.
const LARGEST_ROW: usize = 64 * 1024;
/// The most parts of an import.
const MOST_PARTS: usize = 10_000;

/// The newest imports.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company_id = ask.id()?;
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    Answer::json(200, &Page { items: imports::newest(ask.database, company_id, ask.now).await?, next: None })
}

/// Where an import stands.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    Answer::json(200, &one(ask).await?)
}

async fn one(ask: &Ask<'_>) -> Result<Import, Failure> {
    Ok(imports::one(ask.database, ask.id()?, ask.second_id()?, ask.now).await?.ok_or(Problem::NotFound)?)
}

/// Begins an import whose rows come in parts.
pub(super) async fn draft(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: DraftImport = read(&body)?;
    let draft = tidy(wanted);
    let ask = &*ask;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Import)?);
    once(
        ask,
        &body,
        async |id, keep| Ok(imports::draft(ask.database, company_id, id, &draft, ask.now, &actor, keep).await?),
        async |id| Ok(imports::one(ask.database, company_id, id, ask.now).await?.ok_or(Problem::NotFound)?),
    )
    .await
}

/// A file's name and headings are shown again; nothing in them may be more than text.
fn tidy(draft: DraftImport) -> DraftImport {
    let shown =
        |text: &str, most: usize| text.chars().filter(|c| !seatwise_domain::text::is_unsafe(*c)).take(most).collect::<String>();
    DraftImport {
        file: shown(draft.file.trim(), 120),
        separator: if matches!(draft.separator, ';' | '\t' | '|') { draft.separator } else { ',' },
        header: draft.header.iter().take(500).map(|cell| shown(cell, 200)).collect(),
        columns: draft.columns,
    }
}

/// Takes a part of an import.
pub(super) async fn part(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let part: wire::ImportPart = ask.body().await?;
    if part.rows.len() > wire::MOST_ROWS || part.refused.len() > wire::MOST_ROWS {
        return Err(Problem::BodyTooLarge.into());
    }
    let number = ask.ids.get(2).and_then(|number| number.parse::<usize>().ok()).filter(|number| *number < MOST_PARTS);
    let number = number.ok_or(Problem::NotFound)?;
    let mut judge = Judge::new();
    let (mut rows, mut refused) = (Vec::with_capacity(part.rows.len()), part.refused);
    for row in part.rows {
        match judge.judge(row.line, &row.email, row.name.as_deref(), None, None, row.group.as_deref()) {
            Ok(person) => rows.push(person),
            Err(reason) => {
                let cells = vec![row.email, row.name.unwrap_or_default(), row.group.unwrap_or_default()];
                refused.push(RefusedRow { line: row.line, cells, reason });
            }
        }
    }
    let (company_id, id) = (ask.id()?, ask.second_id()?);
    one(ask).await?;
    let spellings = imports::spellings(ask.database, company_id).await?;
    imports::keep(ask.database, company_id, (id, number), &rows, &refused, part.last, &spellings).await.map_err(named)?;
    Ok(Answer::empty(204))
}

fn named(error: StoreError) -> Failure {
    if error.asserts("not_a_draft") || error.asserts("not_undoable") { Problem::ImportNotOpen.into() } else { error.into() }
}

/// What an import would do now.
pub(super) async fn plan(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let choice = |name: &str| Ok::<_, Failure>(ask.query(name)?.as_deref() == Some("true"));
    let plan = plan_with(ask, ask.second_id()?, (choice("bring_back")?, choice("move_groups")?)).await?;
    Answer::json(200, &plan)
}

async fn plan_with(ask: &Ask<'_>, id: &str, choices: (bool, bool)) -> Result<ImportPlan, Failure> {
    let company_id = ask.id()?;
    let content_with_user = content_with_user(ask).await?;
    let plan = imports::plan(ask.database, company_id, id, choices, content_with_user, ask.now).await?;
    Ok(plan.ok_or(Problem::NotFound)?)
}

async fn content_with_user(ask: &Ask<'_>) -> Result<bool, Failure> {
    Ok(companies::one(ask.database, ask.id()?).await?.ok_or(Problem::NotFound)?.settings.content_with_user)
}

/// Starts an import that would do what was shown, or lets it go on.
pub(super) async fn start(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: StartImport = ask.body().await?;
    let plan = plan_with(ask, ask.second_id()?, (wanted.bring_back, wanted.move_groups)).await?;
    start_as(ask, &plan, &wanted).await?;
    Answer::json(200, &one(ask).await?)
}

async fn start_as(ask: &Ask<'_>, plan: &ImportPlan, wanted: &StartImport) -> Result<(), Failure> {
    let actor = ask.actor(Door::Import)?;
    let started = imports::start(ask.database, ask.id()?, plan, wanted, ask.now, &actor).await;
    started.map_err(|why| match why {
        NotStarted::Changed => Problem::PlanChanged.into(),
        NotStarted::Groups => Problem::TooManyGroups.into(),
        NotStarted::NotOpen => Problem::ImportNotOpen.into(),
        NotStarted::Store(error) => error.into(),
        NotStarted::Short(capacity) => Problem::NotEnoughLicences {
            kind: capacity.kind,
            asked: capacity.needed,
            available: capacity.needed.saturating_sub(capacity.short),
            set_aside: capacity.available.saturating_sub(capacity.needed.saturating_sub(capacity.short)).max(0),
            because_of_setting: capacity.kind == seatwise_domain::Kind::Content,
        }
        .into(),
    })
}

/// Works the next parts of an import off.
pub(super) async fn step(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    one(ask).await?;
    work(ask, ask.second_id()?, STEP_FOR).await?;
    let import = one(ask).await?;
    ask.goes_on = matches!(import.state, ImportState::Running | ImportState::Undoing);
    Answer::json(200, &import)
}

async fn work(ask: &Ask<'_>, id: &str, milliseconds: u64) -> Result<(), Failure> {
    let content_with_user = content_with_user(ask).await?;
    let working = Working { company_id: ask.id()?, content_with_user, token_key: &ask.config.token_key };
    let begun = Date::now().as_millis();
    while imports::step(ask.database, &working, id, ask.now).await? {
        if Date::now().as_millis().saturating_sub(begun) > milliseconds {
            break;
        }
    }
    Ok(())
}

/// Stops an import.
pub(super) async fn stop(ask: &Ask<'_>) -> Result<Answer, Failure> {
    one(ask).await?;
    imports::stop(ask.database, ask.id()?, ask.second_id()?, ask.now).await?;
    Answer::json(200, &one(ask).await?)
}

/// Begins to undo an import; the steps do it.
pub(super) async fn undo(ask: &Ask<'_>) -> Result<Answer, Failure> {
    one(ask).await?;
    imports::undo(ask.database, ask.id()?, ask.second_id()?, ask.now).await.map_err(named)?;
    Answer::json(200, &one(ask).await?)
}

/// Takes a file, streamed: CSV, or JSON rows. With `?apply=true` it is imported at once, if there are enough licences.
pub(super) async fn file(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let content_type = ask.header("Content-Type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let apply = ask.query("apply")?.as_deref() == Some("true");
    let choice = |name: &str| Ok::<_, Failure>(ask.query(name)?.as_deref() == Some("true"));
    let choices = (choice("bring_back")?, choice("move_groups")?);
    if ask.request.inner().body().is_none() {
        return Err(Problem::MalformedBody.into());
    }
    let mut body = ask.request.stream()?;
    let ask = &*ask;
    let name = ask.query("file")?.unwrap_or_else(|| "API".to_owned());
    let id = match media_type.as_str() {
        "text/csv" => {
            let mut head = Vec::new();
            let mut whole = true;
            while let Some(bytes) = body.next().await {
                head.extend(bytes?);
                if head.len() >= HEAD {
                    whole = false;
                    break;
                }
            }
            let Look { format, header, .. } = look(head.get(..HEAD).unwrap_or(&head), whole);
            if format.columns.email.is_none() {
                return Err(Problem::NoAddresses.into());
            }
            let mut taken = Taken::begin(ask, &name, Some((&format, header))).await?;
            let mut reader = Reader::new(&format);
            let mut found = Vec::new();
            reader.push(&head, &mut found);
            drop(head);
            taken.take(&mut found).await?;
            while let Some(bytes) = body.next().await {
                reader.push(&bytes?, &mut found);
                taken.take(&mut found).await?;
            }
            reader.finish(&mut found);
            taken.take(&mut found).await?;
            taken.finish().await?
        }
        "application/json" | "application/x-ndjson" => {
            let mut taken = Taken::begin(ask, &name, None).await?;
            let (mut objects, mut judge, mut line) = (Objects::default(), Judge::new(), 0_u32);
            let mut found = Vec::new();
            while let Some(bytes) = body.next().await {
                objects.push(&bytes?, &mut |object| {
                    line = line.saturating_add(1);
                    let row: JsonRow = serde_json::from_slice(object).map_err(|_| Problem::MalformedBody)?;
                    found.push(row.judged(line, &mut judge));
                    Ok(())
                })?;
                taken.take(&mut found).await?;
            }
            if !objects.ended() {
                return Err(Problem::MalformedBody.into());
            }
            taken.finish().await?
        }
        _ => return Err(Problem::NotAFile.into()),
    };
    let plan = plan_with(ask, &id, choices).await?;
    if !apply {
        return Answer::json(201, &plan);
    }
    let (bring_back, move_groups) = choices;
    start_as(ask, &plan, &StartImport { stamp: plan.stamp.clone(), bring_back, move_groups, first: None }).await?;
    work(ask, &id, APPLY_FOR).await?;
    let import = imports::one(ask.database, ask.id()?, &id, ask.now).await?.ok_or(Problem::NotFound)?;
    Answer::json(if import.state == ImportState::Running { 202 } else { 201 }, &import)
}

/// A file that is being taken: its rows go into parts as they come, so that no more than a part of it is in memory.
struct Taken<'a> {
    ask: &'a Ask<'a>,
    id: String,
    spellings: std::collections::HashMap<String, String>,
    rows: Vec<Row>,
    refused: Vec<RefusedRow>,
    bytes: usize,
    parts: usize,
    all: i64,
}

impl<'a> Taken<'a> {
    async fn begin(ask: &'a Ask<'a>, name: &str, format: Option<(&Format, Vec<String>)>) -> Result<Self, Failure> {
        let (company_id, actor, id) = (ask.id()?, ask.actor(Door::Import)?, secret::new_id()?);
        let (separator, header, columns) = match format {
            Some((format, header)) => (format.separator, header, format.columns.clone()),
            None => {
                let columns = Columns { email: Some(0), name: Some(1), group: Some(2), ..Columns::default() };
                (',', vec!["email".to_owned(), "name".to_owned(), "group".to_owned()], columns)
            }
        };
        let draft = tidy(DraftImport { file: name.to_owned(), separator, header, columns });
        imports::draft(ask.database, company_id, &id, &draft, ask.now, &actor, None).await?;
        let spellings = imports::spellings(ask.database, company_id).await?;
        Ok(Self { ask, id, spellings, rows: Vec::new(), refused: Vec::new(), bytes: 0, parts: 0, all: 0 })
    }

    async fn take(&mut self, found: &mut Vec<Found>) -> Result<(), Failure> {
        for one in found.drain(..) {
            // Rows that are refused are kept too, so they count.
            self.all = self.all.saturating_add(1);
            match one {
                Found::Row(row) => {
                    self.bytes = self.bytes.saturating_add(row.email.typed().len().saturating_mul(2).saturating_add(200));
                    self.rows.push(row);
                }
                Found::Refused(Refused { line, cells, reason }) => {
                    let size: usize = cells.iter().map(String::len).sum();
                    self.bytes = self.bytes.saturating_add(size.saturating_add(100));
                    self.refused.push(RefusedRow { line, cells, reason });
                }
            }
            if self.rows.len() >= wire::MOST_ROWS || self.refused.len() >= wire::MOST_ROWS || self.bytes >= MOST_BYTES {
                self.flush().await?;
            }
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), Failure> {
        if self.all > imports::MOST_ROWS || self.parts >= MOST_PARTS {
            return Err(Problem::ImportTooLarge.into());
        }
        let import = (self.id.as_str(), self.parts);
        imports::keep(self.ask.database, self.ask.id()?, import, &self.rows, &self.refused, false, &self.spellings)
            .await
            .map_err(named)?;
        self.rows.clear();
        self.refused.clear();
        self.bytes = 0;
        self.parts = self.parts.saturating_add(1);
        Ok(())
    }

    async fn finish(mut self) -> Result<String, Failure> {
        if !self.rows.is_empty() || !self.refused.is_empty() {
            self.flush().await?;
        }
        imports::whole(self.ask.database, self.ask.id()?, &self.id, self.parts).await?;
        Ok(self.id)
    }
}

/// A row of a JSON file.
#[derive(Deserialize)]
struct JsonRow {
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    group: Option<String>,
}

impl JsonRow {
    fn judged(self, line: u32, judge: &mut Judge) -> Found {
        let (first, last) = (self.first_name.as_deref(), self.last_name.as_deref());
        match judge.judge(line, &self.email, self.name.as_deref(), first, last, self.group.as_deref()) {
            Ok(row) => Found::Row(row),
            Err(reason) => {
                let short = |text: String| text.chars().take(200).collect::<String>();
                let cells = vec![short(self.email), short(self.name.unwrap_or_default()), short(self.group.unwrap_or_default())];
                Found::Refused(Refused { line, cells, reason })
            }
        }
    }
}

/// Finds the objects in JSON that comes piece by piece: in a list, or one a line.
#[derive(Default)]
struct Objects {
    object: Vec<u8>,
    depth: u32,
    in_text: bool,
    escaped: bool,
    listed: Option<bool>,
    closed: bool,
}

impl Objects {
    fn push(&mut self, bytes: &[u8], each: &mut impl FnMut(&[u8]) -> Result<(), Problem>) -> Result<(), Problem> {
        for byte in bytes.iter().copied() {
            if self.depth == 0 {
                match byte {
                    b'{' if !self.closed => self.listed = Some(self.listed.unwrap_or(false)),
                    b'[' if self.listed.is_none() => self.listed = Some(true),
                    b']' if self.listed == Some(true) && !self.closed => self.closed = true,
                    b',' if self.listed == Some(true) && !self.closed => {}
                    b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf => {}
                    _ => return Err(Problem::MalformedBody),
                }
                if byte != b'{' {
                    continue;
                }
            }
            self.object.push(byte);
            if self.object.len() > LARGEST_ROW {
                return Err(Problem::MalformedBody);
            }
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_text => self.escaped = true,
                b'"' => self.in_text = !self.in_text,
                b'{' | b'[' if !self.in_text => self.depth = self.depth.saturating_add(1),
                b'}' | b']' if !self.in_text => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            if self.depth == 0 {
                each(&self.object)?;
                self.object.clear();
            }
        }
        Ok(())
    }

    /// Whether everything that was opened is closed.
    fn ended(&self) -> bool {
        self.depth == 0 && self.listed.is_none_or(|listed| listed == self.closed)
    }
}

/// The rows that weren't imported, as a file in the format of the one that they come from.
pub(super) struct RefusedFile {
    language: Language,
    company_id: String,
    id: String,
    format: imports::Format,
}

/// Which file that is. Whoever may not see it learns so before it begins.
pub(super) async fn refused(ask: &Ask<'_>) -> Result<RefusedFile, Failure> {
    let (company_id, id) = (ask.id()?.to_owned(), ask.second_id()?.to_owned());
    let format = imports::format(ask.database, &company_id, &id).await?.ok_or(Problem::NotFound)?;
    Ok(RefusedFile { language: ask.language(), company_id, id, format })
}

impl Parts for RefusedFile {
    fn kind(&self) -> (&'static str, &'static str) {
        ("text/csv; charset=utf-8", "not-imported.csv")
    }

    /// First the headings, then the parts of the import by number.
    async fn part(&self, database: &D1, after: Option<&str>) -> Result<(String, Option<String>), StoreError> {
        let Some(from) = after.and_then(|from| from.parse().ok()) else { return Ok((self.head(), Some("0".to_owned()))) };
        let Some((refused, left_out, next)) = imports::refused(database, &self.company_id, &self.id, from).await? else {
            return Ok((String::new(), None));
        };
        Ok((self.rows(&refused, &left_out), Some(next.to_string())))
    }
}

impl RefusedFile {
    fn head(&self) -> String {
        // Spreadsheets take a file for UTF-8 when it says so.
        let mut text = String::from("\u{feff}");
        let mut header = self.format.header.clone();
        if !header.is_empty() {
            header.push(Problems::of(self.language).reason().to_owned());
            write_record(&mut text, &header, self.format.separator, true);
        }
        text
    }

    fn rows(&self, refused: &[RefusedRow], left_out: &[imports::LeftOut]) -> String {
        let texts = Problems::of(self.language);
        let mut text = String::new();
        let width = self.format.header.len();
        let mut write = |mut cells: Vec<String>, reason: String| {
            cells.resize(cells.len().max(width), String::new());
            cells.push(reason);
            write_record(&mut text, &cells, self.format.separator, true);
        };
        for row in refused {
            let reason = if matches!(row.reason, Reason::Repeated { .. }) {
                row.reason.words(&texts)
            } else {
                format!("{} {}", texts.in_line(i64::from(row.line)), row.reason.words(&texts))
            };
            write(row.cells.clone(), reason);
        }
        let columns = &self.format.columns;
        for row in left_out {
            let mut cells = vec![String::new(); width.max(1)];
            let mut set = |column: Option<usize>, value: &str| {
                if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
                    value.clone_into(cell);
                }
            };
            set(columns.email, &row.typed);
            set(columns.name.or(columns.first_name), row.name.as_deref().unwrap_or_default());
            set(columns.group, row.group.as_deref().unwrap_or_default());
            write(cells, texts.no_licence_left().to_owned());
        }
        text
    }
}
