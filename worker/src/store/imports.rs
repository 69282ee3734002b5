//! Imports of users from files. Rows come in parts and are kept; a plan says what they would do; once started, part after
//! part is worked off, each in one transaction that also says that it is done. So it makes no difference who works a part
//! off, the browser that watches or the scheduled run, nor where one of them breaks; and nothing but what the plan has
//! shown is done, because each part insists on it.

use std::collections::{HashMap, HashSet};

use seatwise_domain::import::{Columns, Reason, Row as Person};
use seatwise_domain::wire::{
    Capacity, DraftImport, EventKind, Import, ImportPlan, ImportState, RefusedRow, StartImport, StoppedBecause, UNDO_FOR,
};
use seatwise_domain::{EmailAddress, Instant, Kind};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::events::word;
use super::gate::Shortage;
use super::members::{Adding, NewMember};
use super::notices::manager_wants;
use super::taking::{self, Because};
use super::{
    Actor, Database, Door, Rows as _, Statement, StoreError, decode_at, expiry, flag, gate, giving, groups, members, statement,
    statements,
};
use crate::auth::secret;

/// What each row of part `p` would do now, a letter a row: `n` a new user, `k` known and left alone, `m` known and in
/// another group than the row says, `r` removed before.
macro_rules! verdicts {
    () => {
        "(SELECT group_concat(verdict, '' ORDER BY place) FROM (
          SELECT row.key AS place, CASE
            WHEN m.id IS NULL THEN 'n'
            WHEN m.removed_at IS NOT NULL THEN 'r'
            WHEN row.value ->> 'group' IS NOT NULL AND row.value ->> 'group' IS NOT (SELECT g.name FROM groups g WHERE g.company_id = m.company_id AND g.id = m.group_id) THEN 'm'
            ELSE 'k' END AS verdict
          FROM json_each(p.rows) AS row LEFT JOIN members m ON m.email = row.value ->> 'email' AND m.company_id = p.company_id))"
    };
}

/// The columns of an import.
macro_rules! import_columns {
    () => {
        "SELECT id, file, by_id, by_name, created_at, state, stopped, started_at, done_at, bring_back, move_groups, first, rows, unreadable,
          repeated, worked_off, added, brought_back, moved, left_out, undone, told FROM imports "
    };
}

statements! {
    /// Begins an import.
    DRAFT = "
        INSERT INTO imports (company_id, id, file, separator, header, columns, by_id, by_name, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// One import.
    ONE = concat!(import_columns!(), "WHERE company_id = ?1 AND id = ?2");
    /// The newest imports.
    NEWEST = concat!(import_columns!(), "WHERE company_id = ?1 AND (state <> 'draft' OR (created_at > ?2 AND parts = (SELECT count(*) FROM import_parts p WHERE p.company_id = imports.company_id AND p.import_id = imports.id))) ORDER BY created_at DESC, id DESC LIMIT 20");
    /// Imports that are going on, in all companies.
    GOING_ON = "SELECT company_id, id FROM imports WHERE state IN ('running', 'undoing') ORDER BY created_at LIMIT 20";
    /// Insists that an import takes parts, and this one is in order.
    INSIST_DRAFT = "INSERT INTO assertions SELECT EXISTS (SELECT 1 FROM imports WHERE company_id = ?1 AND id = ?2 AND state = 'draft' AND rows <= 500000), 'not_a_draft'";
    /// Keeps a part, once.
    KEEP_PART = "
        INSERT INTO import_parts (company_id, import_id, number, rows, refused, groups, row_count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (company_id, import_id, number) DO NOTHING";
    /// Counts it, if it was kept just now.
    COUNT_PART = "
        UPDATE imports SET rows = rows + ?3, unreadable = unreadable + ?4, repeated = repeated + ?5
        WHERE company_id = ?1 AND id = ?2 AND changes() = 1";
    /// How many parts there are.
    COUNT_PARTS = "UPDATE imports SET parts = ?3 WHERE company_id = ?1 AND id = ?2 AND state = 'draft'";
    /// What the rows that aren't worked off would do.
    VERDICTS = concat!(
        "SELECT ", verdicts!(), " AS verdicts FROM import_parts p WHERE p.company_id = ?1 AND p.import_id = ?2 AND p.applied IS NULL ORDER BY p.number"
    );
    /// The groups that they name and that aren't there.
    NEW_GROUPS = "
        SELECT DISTINCT named.value AS name FROM import_parts p CROSS JOIN json_each(p.groups) AS named
        WHERE p.company_id = ?1 AND p.import_id = ?2 AND p.applied IS NULL
          AND NOT EXISTS (SELECT 1 FROM groups g WHERE g.company_id = ?1 AND g.name = named.value)
        ORDER BY 1 LIMIT 1000";
    /// How many groups there are.
    COUNT_GROUPS = "SELECT count(*) AS count FROM groups WHERE company_id = ?1";
    /// How many licences of kind ?3 those who need one need, how many there are at ?4, and how many of them, in the file's
    /// order, can have one: what is set aside for a group serves its members first, as in the gate. ?5: whether those who
    /// were removed are brought back.
    FITS = "
        WITH needs AS (
          SELECT row_number() OVER (ORDER BY p.number, row.key) - 1 AS place, coalesce(m.group_id, g.id, '') AS group_id
          FROM import_parts p CROSS JOIN json_each(p.rows) AS row
          LEFT JOIN members m ON m.email = row.value ->> 'email' AND m.company_id = p.company_id
          LEFT JOIN groups g ON g.company_id = p.company_id AND g.name = row.value ->> 'group'
          WHERE p.company_id = ?1 AND p.import_id = ?2 AND p.applied IS NULL AND (m.id IS NULL OR (?5 AND m.removed_at IS NOT NULL))
        ),
        lot AS (
          SELECT coalesce(group_id, '') AS group_id, sum(quantity - pending - in_use) AS room FROM lots
          WHERE company_id = ?1 AND kind = ?3 AND overdraft = 0 AND closed_at IS NULL AND starts_at <= ?4 AND ends_at > ?4 GROUP BY 1
        ),
        turned AS (
          SELECT place, group_id, row_number() OVER (PARTITION BY group_id ORDER BY place) - 1 AS turn FROM needs
        ),
        open AS (
          SELECT place, group_id = '' OR turn >= coalesce((SELECT room FROM lot WHERE lot.group_id = turned.group_id), 0) AS open FROM turned
        ),
        counted AS (SELECT place, sum(open) OVER (ORDER BY place) AS taken FROM open)
        SELECT count(*) AS needed, (SELECT coalesce(sum(room), 0) FROM lot) AS available,
          coalesce(min(CASE WHEN taken > (SELECT coalesce(sum(room), 0) FROM lot WHERE group_id = '') THEN place END), count(*)) AS fits
        FROM counted";
    /// Insists that an import can be started.
    INSIST_STARTABLE = "INSERT INTO assertions SELECT EXISTS (SELECT 1 FROM imports WHERE company_id = ?1 AND id = ?2 AND state IN ('draft', 'stopped')
      AND parts = (SELECT count(*) FROM import_parts p WHERE p.company_id = ?1 AND p.import_id = ?2)), 'not_startable'";
    /// Creates the groups that are named and aren't there.
    CREATE_GROUPS = "INSERT INTO groups (company_id, id, name) SELECT ?1, value ->> 'id', value ->> 'name' FROM json_each(?2) WHERE true ON CONFLICT (company_id, name) DO NOTHING";
    /// One event for each.
    RECORD_GROUPS = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, to_state, belongs_to)
        SELECT ?1, ?3, ?4, ?5, ?6, ?7, 1, g.name, ?8 FROM json_each(?2) AS named CROSS JOIN groups g ON g.company_id = ?1 AND g.id = named.value ->> 'id'";
    /// Writes the plan down: part by part, what each row is to do.
    PLAN_PARTS = concat!("UPDATE import_parts AS p SET verdicts = ", verdicts!(), " WHERE p.company_id = ?1 AND p.import_id = ?2 AND p.applied IS NULL");
    /// It runs.
    START = "
        UPDATE imports SET state = 'running', stopped = NULL, started_at = coalesce(started_at, ?3), by_id = ?4, by_name = ?5,
          bring_back = ?6, move_groups = ?7, first = CASE WHEN ?8 IS NULL THEN NULL ELSE added + brought_back + CAST(?8 AS INTEGER) END
        WHERE company_id = ?1 AND id = ?2";
    /// The next part, with its rows.
    NEXT_PART = "SELECT number, rows, verdicts FROM import_parts WHERE company_id = ?1 AND import_id = ?2 AND applied IS NULL ORDER BY number LIMIT 1";
    /// Who the rows of part ?3 are about, of whom it isn't news.
    KNOWN = "
        SELECT row.key AS place, m.id AS member, m.group_id AS was
        FROM import_parts p CROSS JOIN json_each(p.rows) AS row CROSS JOIN members m ON m.email = row.value ->> 'email' AND m.company_id = p.company_id
        WHERE p.company_id = ?1 AND p.import_id = ?2 AND p.number = ?3 AND substr(p.verdicts, row.key + 1, 1) IN ('r', 'm')";
    /// Insists that a part is still to be worked off.
    INSIST_OPEN = "
        INSERT INTO assertions SELECT EXISTS (
          SELECT 1 FROM imports i JOIN import_parts p ON p.company_id = i.company_id AND p.import_id = i.id
          WHERE i.company_id = ?1 AND i.id = ?2 AND i.state = 'running' AND p.number = ?3 AND p.applied IS NULL), 'part_done'";
    /// Insists that it would still do what was planned.
    INSIST_PLANNED = concat!(
        "INSERT INTO assertions SELECT EXISTS (SELECT 1 FROM import_parts p WHERE p.company_id = ?1 AND p.import_id = ?2 AND p.number = ?3 AND p.verdicts = ",
        verdicts!(), "), 'plan_changed'"
    );
    /// Keeps a list of people for the statements that follow.
    LIST = "INSERT INTO lists (key, people) VALUES (?1, ?2)";
    /// Takes it away again.
    UNLIST = "DELETE FROM lists WHERE key = ?1";
    /// Writes down what a part has done.
    APPLIED = "UPDATE import_parts SET applied = ?4, left_out = ?5 WHERE company_id = ?1 AND import_id = ?2 AND number = ?3";
    /// And how many that were.
    COUNT = "
        UPDATE imports SET worked_off = worked_off + ?3, added = added + ?4, brought_back = brought_back + ?5, moved = moved + ?6, left_out = left_out + ?7
        WHERE company_id = ?1 AND id = ?2";
    /// One event for the import as a whole: those who came since the last one.
    RECORD_IMPORTED = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, quantity, belongs_to)
        SELECT company_id, ?3, 'import', by_id, by_name, 'users_imported', 1, added + brought_back - told, id
        FROM imports WHERE company_id = ?1 AND id = ?2 AND state = 'running' AND added + brought_back > told";
    /// The letter to whoever has started it, unless they have stopped it themselves: ?4 is where it stands.
    TELL_IMPORTED = concat!("
        INSERT INTO outbox (cause, receiver, receiver_name, letter, data, company_id, created_at, next_try_at)
        SELECT 'import-finished:' || i.id || ':' || i.worked_off, m.email_typed, m.name, 'import_finished',
          json_object('company', c.name, 'import_id', i.id, 'file', i.file, 'added', i.added, 'brought_back', i.brought_back, 'moved', i.moved,
            'left_out', i.left_out, 'unreadable', i.unreadable, 'stopped', json(CASE ?4 WHEN 'done' THEN 'false' ELSE 'true' END)),
          c.id, ?3, ?3
        FROM imports i
        CROSS JOIN companies c ON c.id = i.company_id
        CROSS JOIN members m ON m.company_id = i.company_id AND m.id = i.by_id AND m.removed_at IS NULL
        WHERE i.company_id = ?1 AND i.id = ?2 AND i.state = 'running' AND ?5 IS NOT 'asked' AND ", manager_wants!("'import_finished'"), "
        ON CONFLICT (cause, receiver) DO NOTHING");
    /// It is done, or has stopped.
    END = "
        UPDATE imports SET state = ?4, stopped = ?5, done_at = CASE WHEN ?4 = 'done' THEN ?3 END, told = added + brought_back
        WHERE company_id = ?1 AND id = ?2 AND state = 'running'";
    /// Insists that an import can be undone, and begins to.
    INSIST_UNDOABLE = "
        INSERT INTO assertions SELECT EXISTS (SELECT 1 FROM imports WHERE company_id = ?1 AND id = ?2
          AND state IN ('done', 'stopped') AND started_at + ?4 > CAST(?3 AS INTEGER)), 'not_undoable'";
    /// It is being undone.
    UNDO = "UPDATE imports SET state = 'undoing', stopped = NULL WHERE company_id = ?1 AND id = ?2";
    /// The next part that isn't undone, the last first.
    NEXT_UNDO = "SELECT number, applied FROM import_parts WHERE company_id = ?1 AND import_id = ?2 AND applied IS NOT NULL AND undone = 0 ORDER BY number DESC LIMIT 1";
    /// Of those whom part ?3 has added, brought back or moved: who hasn't been active since, and who is still where it has moved them.
    STILL_THERE = "
        SELECT m.id AS member, done.value ->> 'what' AS what, done.value ->> 'was' AS was
        FROM import_parts p CROSS JOIN json_each(p.applied) AS done
        CROSS JOIN imports i ON i.company_id = p.company_id AND i.id = p.import_id
        CROSS JOIN members m ON m.company_id = p.company_id AND m.id = done.value ->> 'member' AND m.removed_at IS NULL
        WHERE p.company_id = ?1 AND p.import_id = ?2 AND p.number = ?3
          AND CASE done.value ->> 'what' WHEN 'm' THEN m.group_id IS done.value ->> 'to' ELSE coalesce(m.last_active_at, 0) < i.started_at END";
    /// Insists that a part isn't undone yet, and that nobody of those whom it takes back has come meanwhile.
    INSIST_UNDOING = "
        INSERT INTO assertions SELECT
          EXISTS (SELECT 1 FROM imports i JOIN import_parts p ON p.company_id = i.company_id AND p.import_id = i.id
            WHERE i.company_id = ?1 AND i.id = ?2 AND i.state = 'undoing' AND p.number = ?3 AND p.undone = 0)
          AND NOT EXISTS (SELECT 1 FROM json_each(?4) AS gone CROSS JOIN members m ON m.company_id = ?1 AND m.id = gone.value ->> 'member'
            CROSS JOIN imports i ON i.company_id = ?1 AND i.id = ?2 WHERE coalesce(m.last_active_at, 0) >= i.started_at),
          'part_done'";
    /// It is undone.
    UNDONE_PART = "UPDATE import_parts SET undone = 1 WHERE company_id = ?1 AND import_id = ?2 AND number = ?3";
    /// And how many that were.
    COUNT_UNDONE = "UPDATE imports SET undone = undone + ?3 WHERE company_id = ?1 AND id = ?2";
    /// One event for undoing as a whole.
    RECORD_UNDONE = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, quantity, belongs_to)
        SELECT company_id, ?3, 'import', by_id, by_name, 'import_undone', 1, undone, id FROM imports WHERE company_id = ?1 AND id = ?2 AND state = 'undoing'";
    /// All of it is undone.
    END_UNDO = "UPDATE imports SET state = 'undone' WHERE company_id = ?1 AND id = ?2 AND state = 'undoing'";
    /// How a file is written, for its list of refused rows.
    FORMAT = "SELECT file, separator, header, columns FROM imports WHERE company_id = ?1 AND id = ?2";
    /// The rows of part ?3 and later that weren't imported.
    REFUSED = "
        SELECT number, refused, coalesce(left_out, '[]') AS left_out FROM import_parts
        WHERE company_id = ?1 AND import_id = ?2 AND number >= ?3 ORDER BY number LIMIT 1";
    /// Forgets the rows of imports from before ?1, and of drafts from before ?2.
    FORGET_PARTS = "
        DELETE FROM import_parts WHERE (company_id, import_id) IN (
          SELECT company_id, id FROM imports INDEXED BY imports_forgotten
          WHERE created_at < ?2 AND (created_at < ?1 OR state = 'draft') AND state NOT IN ('running', 'undoing') ORDER BY created_at DESC LIMIT 200)";
    /// Forgets drafts.
    FORGET_DRAFTS = "DELETE FROM imports WHERE (company_id, id) IN (
        SELECT company_id, id FROM imports INDEXED BY imports_forgotten WHERE created_at < ?1 AND state = 'draft' ORDER BY created_at DESC LIMIT 200)";
}

/// For how long the rows of an import are kept, in milliseconds.
const KEPT_FOR: i64 = 7 * seatwise_domain::time::DAY;
/// The most rows of an import.
pub const MOST_ROWS: i64 = 500_000;

/// An import as the database gives it.
#[derive(Clone, Debug, Deserialize)]
struct Row {
    id: String,
    file: String,
    by_id: Option<String>,
    by_name: Option<String>,
    created_at: Instant,
    state: ImportState,
    stopped: Option<StoppedBecause>,
    started_at: Option<Instant>,
    #[serde(deserialize_with = "flag")]
    bring_back: bool,
    #[serde(deserialize_with = "flag")]
    move_groups: bool,
    first: Option<i64>,
    rows: i64,
    unreadable: i64,
    repeated: i64,
    worked_off: i64,
    added: i64,
    brought_back: i64,
    moved: i64,
    left_out: i64,
    undone: i64,
}

impl Row {
    fn actor(&self) -> Actor {
        Actor { door: Door::Import, id: self.by_id.clone(), name: self.by_name.clone() }
    }

    fn line(self, now: Instant) -> Import {
        let undoable = matches!(self.state, ImportState::Done | ImportState::Stopped)
            && self.added.saturating_add(self.brought_back).saturating_add(self.moved) > 0;
        Import {
            undo_until: self.started_at.map(|at| at.plus(UNDO_FOR)).filter(|until| undoable && *until > now),
            id: self.id,
            file: self.file,
            by: self.by_name,
            created_at: self.created_at,
            state: self.state,
            stopped: self.stopped,
            worked_off: self.worked_off,
            rows: self.rows,
            unreadable: self.unreadable,
            repeated: self.repeated,
            added: self.added,
            brought_back: self.brought_back,
            moved: self.moved,
            left_out: self.left_out,
            undone: self.undone,
        }
    }
}

/// Begins an import. Nothing is added before it is started.
///
/// # Errors
/// When the database takes nothing.
pub async fn draft(
    database: &impl Database,
    company_id: &str,
    id: &str,
    draft: &DraftImport,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.push(statement!(
        DRAFT,
        company_id,
        id,
        draft.file.as_str(),
        draft.separator.to_string(),
        json!(draft.header).to_string(),
        json!(draft.columns).to_string(),
        actor.id.as_deref(),
        actor.name.as_deref(),
        now,
    ));
    database.batch(batch).await?;
    Ok(())
}

async fn row(database: &impl Database, company_id: &str, id: &str) -> Result<Option<Row>, StoreError> {
    database.row(statement!(ONE, company_id, id)).await
}

/// One import.
///
/// # Errors
/// When the database can't be asked.
pub async fn one(database: &impl Database, company_id: &str, id: &str, now: Instant) -> Result<Option<Import>, StoreError> {
    Ok(row(database, company_id, id).await?.map(|row| row.line(now)))
}

/// The newest imports. Drafts that nobody has started for a day are left out.
///
/// # Errors
/// When the database can't be asked.
pub async fn newest(database: &impl Database, company_id: &str, now: Instant) -> Result<Vec<Import>, StoreError> {
    let rows: Vec<Row> = database.rows(statement!(NEWEST, company_id, now.plus(-UNDO_FOR))).await?;
    Ok(rows.into_iter().map(|row| row.line(now)).collect())
}

/// A person as a part keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    line: u32,
    email: String,
    typed: String,
    name: Option<String>,
    group: Option<String>,
}

/// The company's groups by lower-cased name, for groups that a file spells in another way.
///
/// # Errors
/// When the database can't be asked.
pub async fn spellings(database: &impl Database, company_id: &str) -> Result<HashMap<String, String>, StoreError> {
    Ok(groups::list(database, company_id).await?.into_iter().map(|group| (group.name.to_lowercase(), group.name)).collect())
}

/// Keeps a part of an import. The same part can come twice.
///
/// # Errors
/// The assertion `not_a_draft`.
pub async fn keep(
    database: &impl Database,
    company_id: &str,
    import: (&str, usize),
    people: &[Person],
    refused: &[RefusedRow],
    last: bool,
    spellings: &HashMap<String, String>,
) -> Result<(), StoreError> {
    let spelt = |group: &String| spellings.get(&group.to_lowercase()).unwrap_or(group).clone();
    let kept: Vec<Kept> = people
        .iter()
        .map(|person| Kept {
            line: person.line,
            email: person.email.compared().to_owned(),
            typed: person.email.typed().to_owned(),
            name: person.name.clone(),
            group: person.group.as_ref().map(spelt),
        })
        .collect();
    let named: HashSet<&str> = kept.iter().filter_map(|person| person.group.as_deref()).collect();
    let repeated = refused.iter().filter(|row| matches!(row.reason, Reason::Repeated { .. })).count();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let number = count(import.1);
    let mut batch = vec![
        statement!(INSIST_DRAFT, company_id, import.0),
        statement!(
            KEEP_PART,
            company_id,
            import.0,
            number,
            json!(kept).to_string(),
            json!(refused).to_string(),
            json!(named).to_string(),
            count(kept.len())
        ),
        statement!(
            COUNT_PART,
            company_id,
            import.0,
            count(kept.len()),
            count(refused.len().saturating_sub(repeated)),
            count(repeated)
        ),
    ];
    if last {
        batch.push(statement!(COUNT_PARTS, company_id, import.0, number.saturating_add(1)));
    }
    database.batch(batch).await?;
    Ok(())
}

/// Says how many parts a draft has: all of them are here.
///
/// # Errors
/// When the database takes nothing.
pub async fn whole(database: &impl Database, company_id: &str, id: &str, parts: usize) -> Result<(), StoreError> {
    database.batch(vec![statement!(COUNT_PARTS, company_id, id, i64::try_from(parts).unwrap_or(i64::MAX))]).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Verdicts {
    verdicts: Option<String>,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

#[derive(Deserialize)]
struct Count {
    count: i64,
}

#[derive(Deserialize)]
struct Fits {
    needed: i64,
    available: i64,
    fits: i64,
}

/// The kinds that newcomers draw.
fn kinds(content_with_user: bool) -> &'static [Kind] {
    if content_with_user { &Kind::ALL } else { &[Kind::User] }
}

/// What an import would do now.
///
/// # Errors
/// When the database can't be asked.
pub async fn plan(
    database: &impl Database,
    company_id: &str,
    id: &str,
    choices: (bool, bool),
    content_with_user: bool,
    now: Instant,
) -> Result<Option<ImportPlan>, StoreError> {
    let (bring_back, move_groups) = choices;
    let mut batch = vec![
        statement!(ONE, company_id, id),
        statement!(VERDICTS, company_id, id),
        statement!(NEW_GROUPS, company_id, id),
        statement!(COUNT_GROUPS, company_id),
    ];
    batch.extend(kinds(content_with_user).iter().map(|kind| statement!(FITS, company_id, id, kind.as_str(), now, bring_back)));
    let results = database.batch(batch).await?;
    let Some(import) = decode_at::<Row>(&results, 0)?.into_iter().next() else { return Ok(None) };
    let verdicts: Vec<String> = decode_at::<Verdicts>(&results, 1)?.into_iter().filter_map(|row| row.verdicts).collect();
    let new_groups: Vec<String> = decode_at::<Name>(&results, 2)?.into_iter().map(|row| row.name).collect();
    let groups = decode_at::<Count>(&results, 3)?.first().map_or(0, |row| row.count);
    let (mut capacity, mut fits) = (Vec::new(), i64::MAX);
    for (index, kind) in kinds(content_with_user).iter().enumerate() {
        if let Some(row) = decode_at::<Fits>(&results, index.saturating_add(4))?.first() {
            fits = fits.min(row.fits);
            let short = row.needed.saturating_sub(row.fits);
            capacity.push(Capacity { kind: *kind, needed: row.needed, available: row.available, short });
        }
    }
    let count = |letter: char| {
        i64::try_from(verdicts.iter().map(|part| part.chars().filter(|verdict| *verdict == letter).count()).sum::<usize>())
            .unwrap_or(i64::MAX)
    };
    let most = i64::try_from(groups::MOST).unwrap_or(i64::MAX);
    let many = groups.saturating_add(i64::try_from(new_groups.len()).unwrap_or(i64::MAX));
    // Whatever decides what happens is in the stamp: the rows' verdicts, the choices, the rule about content, and how many fit.
    let stamp = secret::hash(&format!("{id} {bring_back} {move_groups} {content_with_user} {fits} {}", verdicts.join(" ")));
    Ok(Some(ImportPlan {
        new: count('n'),
        known: count('k').saturating_add(count('m')),
        moves: count('m'),
        removed: count('r'),
        groups_too_many: many.saturating_sub(most).max(0),
        new_groups,
        capacity,
        fits,
        stamp,
        import: import.line(now),
    }))
}

/// Why an import isn't started.
#[derive(Debug)]
pub enum NotStarted {
    /// It would do something else than was shown.
    Changed,
    /// Too few licences of a kind: how many are needed, and how many there are.
    Short(Capacity),
    /// It would create too many groups.
    Groups,
    /// It is over, or running.
    NotOpen,
    /// The database took nothing.
    Store(StoreError),
}

impl From<StoreError> for NotStarted {
    fn from(error: StoreError) -> Self {
        if error.asserts("not_startable") { Self::NotOpen } else { Self::Store(error) }
    }
}

/// Starts an import that would do what `plan` says, or lets it go on.
///
/// # Errors
/// See [`NotStarted`]; nothing has changed then.
pub async fn start(
    database: &impl Database,
    company_id: &str,
    plan: &ImportPlan,
    start: &StartImport,
    now: Instant,
    actor: &Actor,
) -> Result<(), NotStarted> {
    if plan.stamp != start.stamp {
        return Err(NotStarted::Changed);
    }
    if plan.groups_too_many > 0 {
        return Err(NotStarted::Groups);
    }
    let first = start.first.unwrap_or(i64::MAX);
    if let Some(short) =
        plan.capacity.iter().find(|capacity| capacity.needed.min(first) > capacity.needed.saturating_sub(capacity.short))
    {
        return Err(NotStarted::Short(*short));
    }
    let id = plan.import.id.as_str();
    let named = plan
        .new_groups
        .iter()
        .map(|name| Ok(json!({ "id": secret::new_id()?, "name": name })))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let named = json!(named).to_string();
    let (door, actor_id, name) = (Door::Import.as_str(), actor.id.as_deref(), actor.name.as_deref());
    database
        .batch(vec![
            statement!(INSIST_STARTABLE, company_id, id),
            statement!(CREATE_GROUPS, company_id, named.as_str()),
            statement!(RECORD_GROUPS, company_id, named.as_str(), now, door, actor_id, name, word(&EventKind::GroupCreated), id),
            statement!(PLAN_PARTS, company_id, id),
            statement!(START, company_id, id, now, actor_id, name, start.bring_back, start.move_groups, start.first),
        ])
        .await?;
    Ok(())
}

#[derive(Deserialize)]
struct Part {
    number: i64,
    rows: String,
    verdicts: Option<String>,
}

#[derive(Deserialize)]
struct Known {
    place: usize,
    member: String,
    was: Option<String>,
}

/// What was done about somebody.
#[derive(Serialize)]
struct Done<'a> {
    member: &'a str,
    /// `n` added, `r` brought back, `m` moved.
    what: &'static str,
    /// The group before, of who was moved.
    was: Option<&'a str>,
    /// The group since.
    to: Option<&'a str>,
}

/// What everybody who works parts off needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Working<'a> {
    /// The company.
    pub company_id: &'a str,
    /// Whether every new user also gets a content licence (C5).
    pub content_with_user: bool,
    /// The key that invite links are derived from.
    pub token_key: &'a str,
}

/// Works the next part of an import off, or undoes one; says whether there may be more to do.
///
/// # Errors
/// When the database takes nothing.
pub async fn step(database: &impl Database, working: &Working<'_>, id: &str, now: Instant) -> Result<bool, StoreError> {
    let Some(import) = row(database, working.company_id, id).await? else { return Ok(false) };
    match import.state {
        ImportState::Running => apply(database, working, &import, now).await,
        ImportState::Undoing => undo_part(database, working, &import, now).await,
        _ => Ok(false),
    }
}

async fn apply(database: &impl Database, working: &Working<'_>, import: &Row, now: Instant) -> Result<bool, StoreError> {
    let (company_id, id) = (working.company_id, import.id.as_str());
    let Some(part) = database.row::<Part>(statement!(NEXT_PART, company_id, id)).await? else {
        end(database, company_id, id, "done", None, now).await?;
        return Ok(false);
    };
    let mut batch =
        vec![statement!(INSIST_OPEN, company_id, id, part.number), statement!(INSIST_PLANNED, company_id, id, part.number)];
    batch.extend(work(database, working, import, &part, now).await?);
    match database.batch(batch).await {
        Ok(_) => Ok(true),
        // Somebody else has worked it off, or has stopped the import: what is next says the next look.
        Err(error) if error.asserts("part_done") => Ok(true),
        Err(error) if error.asserts("plan_changed") || error.conflicts_on("members.email") => {
            end(database, company_id, id, "stopped", Some("changed"), now).await?;
            Ok(false)
        }
        Err(error) if gate::short_of(&error).is_some() => {
            end(database, company_id, id, "stopped", Some("short"), now).await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// What a part does.
async fn work(
    database: &impl Database,
    working: &Working<'_>,
    import: &Row,
    part: &Part,
    now: Instant,
) -> Result<Vec<Statement>, StoreError> {
    let (company_id, id, actor) = (working.company_id, import.id.as_str(), import.actor());
    let rows: Vec<Kept> = serde_json::from_str(&part.rows).map_err(|error| StoreError::Failed(error.to_string()))?;
    let verdicts = part.verdicts.as_deref().unwrap_or_default();
    let wanted = |verdict: char| verdict == 'r' && import.bring_back || verdict == 'm' && import.move_groups;
    let known: HashMap<usize, Known> = if verdicts.chars().any(wanted) {
        let rows: Vec<Known> = database.rows(statement!(KNOWN, company_id, id, part.number)).await?;
        rows.into_iter().map(|row| (row.place, row)).collect()
    } else {
        HashMap::new()
    };
    let groups: HashMap<String, String> = if rows.iter().any(|row| row.group.is_some()) {
        groups::list(database, company_id).await?.into_iter().map(|group| (group.name, group.id)).collect()
    } else {
        HashMap::new()
    };
    let mut room = import.first.map_or(i64::MAX, |first| first.saturating_sub(import.added).saturating_sub(import.brought_back));
    let (mut newcomers, mut back, mut moved, mut left_out) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let before = usize::try_from(part.number).unwrap_or_default().saturating_mul(seatwise_domain::wire::MOST_ROWS);
    for (place, (row, verdict)) in rows.iter().zip(verdicts.chars()).enumerate() {
        let group = row.group.as_ref().and_then(|name| groups.get(name));
        match (verdict, known.get(&place)) {
            ('n', _) | ('r', Some(_)) if room <= 0 && wanted_now(verdict, import) => left_out.push(row),
            ('n', _) => {
                room = room.saturating_sub(1);
                // It was an address when the part came.
                let Ok(email) = EmailAddress::parse(&row.typed) else { continue };
                newcomers.push(NewMember {
                    id: secret::new_ordered_id(now, before.saturating_add(place))?,
                    email,
                    name: row.name.clone(),
                    learner: true,
                    manager: false,
                    group: group.cloned(),
                });
            }
            ('r', Some(known)) if import.bring_back => {
                room = room.saturating_sub(1);
                back.push(known);
            }
            ('m', Some(known)) if import.move_groups => moved.push((known, group)),
            _ => {}
        }
    }
    let mut done: Vec<Done<'_>> = Vec::new();
    done.extend(newcomers.iter().map(|person| Done { member: &person.id, what: "n", was: None, to: None }));
    done.extend(back.iter().map(|known| Done { member: &known.member, what: "r", was: None, to: None }));
    done.extend(moved.iter().map(|(known, group)| Done {
        member: &known.member,
        what: "m",
        was: known.was.as_deref(),
        to: group.map(String::as_str),
    }));
    let kinds = kinds(working.content_with_user);
    let mut batch = Vec::new();
    let comers = newcomers.iter().map(|person| person.id.as_str()).chain(back.iter().map(|known| known.member.as_str()));
    let people = giving::asked(working.token_key, comers, kinds)?;
    // Where all are new, the lists travel once, and the statements name them.
    let (new, asked) = (format!("{id}/{}/new", part.number), format!("{id}/{}/asked", part.number));
    let once = back.is_empty() && !newcomers.is_empty();
    if once {
        batch.push(statement!(LIST, asked.as_str(), people.as_str()));
    }
    if !newcomers.is_empty() {
        let adding = Adding {
            company_id,
            content_with_user: working.content_with_user,
            token_key: working.token_key,
            shortage: gate::Shortage::Refuse,
            belongs_to: Some(id),
        };
        batch.push(statement!(LIST, new.as_str(), members::listed(&adding, &newcomers, false)?));
        batch.extend(members::add_rows(&adding, &new, now, &actor));
    }
    if !back.is_empty() {
        batch.extend(expiry::of(company_id, now, &people));
    }
    if !newcomers.is_empty() || !back.is_empty() {
        let people = if once { &asked } else { &people };
        batch.extend(giving::give_to(company_id, people, (kinds, Shortage::Refuse), once, now, &actor, Some(id)));
        batch.push(statement!(UNLIST, new.as_str()));
        batch.push(statement!(UNLIST, asked.as_str()));
    }
    if !moved.is_empty() {
        let moving: Vec<_> = moved.iter().map(|(known, group)| json!({ "member": known.member, "group": group })).collect();
        batch.extend(groups::moves(company_id, &json!(moving).to_string(), now, &actor, Some(id)));
        batch.extend(gate::settle_all(company_id, now, &actor));
    }
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    batch.push(statement!(APPLIED, company_id, id, part.number, json!(done).to_string(), json!(left_out).to_string()));
    batch.push(statement!(
        COUNT,
        company_id,
        id,
        count(rows.len()),
        count(newcomers.len()),
        count(back.len()),
        count(moved.len()),
        count(left_out.len())
    ));
    Ok(batch)
}

/// Whether a row with this verdict draws a licence.
const fn wanted_now(verdict: char, import: &Row) -> bool {
    verdict == 'n' || verdict == 'r' && import.bring_back
}

/// An import is done, or stops.
async fn end(
    database: &impl Database,
    company_id: &str,
    id: &str,
    state: &str,
    stopped: Option<&str>,
    now: Instant,
) -> Result<bool, StoreError> {
    let results = database
        .batch(vec![
            statement!(RECORD_IMPORTED, company_id, id, now),
            statement!(TELL_IMPORTED, company_id, id, now, state, stopped),
            statement!(END, company_id, id, now, state, stopped),
        ])
        .await?;
    Ok(results.last().is_some_and(|ended| ended.changes() > 0))
}

/// Stops an import that is running; says whether it was.
///
/// # Errors
/// When the database takes nothing.
pub async fn stop(database: &impl Database, company_id: &str, id: &str, now: Instant) -> Result<bool, StoreError> {
    end(database, company_id, id, "stopped", Some("asked"), now).await
}

/// Begins to undo an import.
///
/// # Errors
/// The assertion `not_undoable`.
pub async fn undo(database: &impl Database, company_id: &str, id: &str, now: Instant) -> Result<(), StoreError> {
    database.batch(vec![statement!(INSIST_UNDOABLE, company_id, id, now, UNDO_FOR), statement!(UNDO, company_id, id)]).await?;
    Ok(())
}

#[derive(Deserialize)]
struct UndoPart {
    number: i64,
}

#[derive(Deserialize)]
struct StillThere {
    member: String,
    what: String,
    was: Option<String>,
}

async fn undo_part(database: &impl Database, working: &Working<'_>, import: &Row, now: Instant) -> Result<bool, StoreError> {
    let (company_id, id, actor) = (working.company_id, import.id.as_str(), import.actor());
    let Some(part) = database.row::<UndoPart>(statement!(NEXT_UNDO, company_id, id)).await? else {
        database.batch(vec![statement!(RECORD_UNDONE, company_id, id, now), statement!(END_UNDO, company_id, id)]).await?;
        return Ok(false);
    };
    let there: Vec<StillThere> = database.rows(statement!(STILL_THERE, company_id, id, part.number)).await?;
    let (moved, gone): (Vec<_>, Vec<_>) = there.into_iter().partition(|row| row.what == "m");
    let gone: Vec<String> = gone.into_iter().map(|row| row.member).collect();
    let people = taking::people(&gone);
    let mut batch = vec![statement!(INSIST_UNDOING, company_id, id, part.number, people.as_str())];
    if !gone.is_empty() {
        let why = Because { reason: Some("removed"), other: None, step: Some(id) };
        batch.extend(expiry::of(company_id, now, &people));
        batch.extend(taking::leave(company_id, &people, now, &actor, why));
    }
    if !moved.is_empty() {
        let moving: Vec<_> = moved.iter().map(|row| json!({ "member": row.member, "group": row.was })).collect();
        batch.extend(groups::moves(company_id, &json!(moving).to_string(), now, &actor, Some(id)));
    }
    batch.extend(gate::settle_all(company_id, now, &actor));
    batch.push(statement!(UNDONE_PART, company_id, id, part.number));
    batch.push(statement!(COUNT_UNDONE, company_id, id, i64::try_from(gone.len()).unwrap_or(i64::MAX)));
    match database.batch(batch).await {
        // Somebody else has undone it, or somebody has come at this moment: the next look says.
        Err(error) if error.asserts("part_done") => Ok(true),
        other => other.map(|_| true),
    }
}

#[derive(Deserialize)]
struct GoingOn {
    company_id: String,
    id: String,
}

/// Imports that are going on, in all companies, as company and id.
///
/// # Errors
/// When the database can't be asked.
pub async fn going_on(database: &impl Database) -> Result<Vec<(String, String)>, StoreError> {
    let rows: Vec<GoingOn> = database.rows(statement!(GOING_ON)).await?;
    Ok(rows.into_iter().map(|row| (row.company_id, row.id)).collect())
}

/// How a file is written.
#[derive(Clone, Debug)]
pub struct Format {
    /// Its name.
    pub file: String,
    /// What stands between its cells.
    pub separator: char,
    /// Its headings.
    pub header: Vec<String>,
    /// Which of them is what.
    pub columns: Columns,
}

#[derive(Deserialize)]
struct FormatRow {
    file: String,
    separator: String,
    header: String,
    columns: String,
}

/// How the file of an import is written.
///
/// # Errors
/// When the database can't be asked.
pub async fn format(database: &impl Database, company_id: &str, id: &str) -> Result<Option<Format>, StoreError> {
    let Some(row) = database.row::<FormatRow>(statement!(FORMAT, company_id, id)).await? else { return Ok(None) };
    Ok(Some(Format {
        file: row.file,
        separator: row.separator.chars().next().unwrap_or(','),
        header: read(&row.header)?,
        columns: read(&row.columns)?,
    }))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Failed(error.to_string()))
}

#[derive(Deserialize)]
struct RefusedPart {
    number: i64,
    refused: String,
    left_out: String,
}

/// A row for which there was no licence.
#[derive(Clone, Debug, Deserialize)]
pub struct LeftOut {
    /// The address, as typed.
    pub typed: String,
    /// The name.
    pub name: Option<String>,
    /// The group's name.
    pub group: Option<String>,
}

/// The rows of one part that weren't imported, and the number of the part behind it.
///
/// # Errors
/// When the database can't be asked.
pub async fn refused(
    database: &impl Database,
    company_id: &str,
    id: &str,
    from: i64,
) -> Result<Option<(Vec<RefusedRow>, Vec<LeftOut>, i64)>, StoreError> {
    let Some(part) = database.row::<RefusedPart>(statement!(REFUSED, company_id, id, from)).await? else { return Ok(None) };
    Ok(Some((read(&part.refused)?, read(&part.left_out)?, part.number.saturating_add(1))))
}

/// Forgets the rows of old imports, and drafts that nobody has started.
#[must_use]
pub fn forget(now: Instant) -> [Statement; 2] {
    let (old, unused) = (now.plus(-KEPT_FOR), now.plus(-UNDO_FOR));
    [statement!(FORGET_PARTS, old, unused), statement!(FORGET_DRAFTS, unused)]
}
