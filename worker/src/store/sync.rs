//! Directory sync as a company's managers see it: tokens, settings, groups, the log of requests. What a directory does to
//! users and groups is in `directory` and `directory_groups`.

use seatwise_domain::matching::by_name;
use seatwise_domain::policy::{SyncScope, SyncShortage};
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{
    ChangeDirectoryGroup, DirectoryGroup, EventKind, Page, SyncEvent, SyncLicence, SyncLine, SyncNeed, SyncPage, SyncProblem,
    SyncSettings, SyncToken,
};
use seatwise_domain::{Instant, Kind};
use serde::{Deserialize, Serialize};

use super::due::anything_due;
use super::events::{self, Event, word};
use super::{Actor, Database, Statement, StoreError, decode_at, expiry, flag, gate, lots, statement, statements, taking};

/// The company of the token whose hash is ?1, if it works at ?2.
macro_rules! whose {
    () => {
        "(SELECT t.company_id FROM sync_tokens t
          WHERE t.token_hash = ?1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?2))"
    };
}
pub(super) use whose;

/// The lines of the log, those that `$which` says.
macro_rules! log_lines {
    ($which:literal) => {
        concat!(
            "SELECT place, at, token, what, subject, member_id, quantity, dry_run, licences, problem, detail FROM sync_log ",
            $which,
            " ORDER BY place DESC LIMIT ?3"
        )
    };
}

/// The token whose hash is ?1, if it works at ?2, with its company.
macro_rules! sign_in {
    ($due:expr) => {
        concat!(
            "SELECT t.id, t.name, t.company_id, t.last_used_at, c.name AS company, c.content_with_user, c.sync_shortage, c.overdraft_limit,
          c.sync_paused, c.sync_dry_run, c.sync_activates, c.sync_scope, c.low_user IS NOT NULL OR c.low_content IS NOT NULL AS watched, ",
            $due,
            " AS due
        FROM sync_tokens t CROSS JOIN companies c ON c.id = t.company_id
        WHERE t.token_hash = ?1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?2)"
        )
    };
}

statements! {
    /// The token with a hash, and its company as far as a sync needs to know it.
    SIGN_IN = sign_in!(anything_due!("t.company_id"));
    /// The same for whoever only reads, and changes nothing that is due.
    SIGN_IN_TO_READ = sign_in!("0");
    /// Insists that a directory is as it was a moment ago: the token works, nothing was decided otherwise, nothing is due.
    INSIST_SAME = concat!("
        INSERT INTO assertions SELECT EXISTS (
          SELECT 1 FROM sync_tokens t CROSS JOIN companies c ON c.id = t.company_id
          WHERE t.token_hash = ?1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?2)
            AND c.sync_paused = 0 AND c.sync_dry_run = 0 AND c.sync_activates = ?3 AND c.sync_scope = ?4 AND c.content_with_user = ?5
            AND (c.low_user IS NOT NULL OR c.low_content IS NOT NULL) = ?6
            AND NOT ", anything_due!("t.company_id"), "), 'directory_changed'");
    /// A token was used, and so the directory was heard of.
    USED = "UPDATE sync_tokens SET last_used_at = ?3 WHERE company_id = ?1 AND id = ?2 AND coalesce(last_used_at, 0) < ?3";
    /// So was the company's directory.
    SEEN = "UPDATE companies SET sync_seen_at = ?2 WHERE id = ?1 AND coalesce(sync_seen_at, 0) < ?2";
    /// Writes lines of the log, a JSON array.
    LOG = "
        INSERT INTO sync_log (company_id, at, token, what, subject, member_id, quantity, dry_run, licences, problem, detail)
        SELECT value ->> 'company_id', value ->> 'at', value ->> 'token', value ->> 'what', value ->> 'subject', value ->> 'member_id',
          value ->> 'quantity', value ->> 'dry_run', value -> 'licences', value ->> 'problem', value ->> 'detail'
        FROM json_each(?1)";
    /// Forgets old lines, so many at a time.
    FORGET = "DELETE FROM sync_log WHERE place IN (SELECT place FROM sync_log WHERE at < ?1 ORDER BY at LIMIT 20000)";
    /// What a company decides about its sync, and how many users there are.
    ABOUT = "
        SELECT c.sync_paused, c.sync_dry_run, c.sync_activates, c.sync_scope, c.sync_shortage, c.overdraft_limit, c.sync_seen_at, c.content_with_user,
          coalesce(n.users, 0) AS users, coalesce(n.active, 0) AS active, coalesce(n.held, 0) AS held, coalesce(n.without_address, 0) AS without_address
        FROM companies c LEFT JOIN directory_counts n ON n.company_id = c.id
        WHERE c.id = ?1";
    /// The tokens that weren't taken away.
    TOKENS = "
        SELECT id, name, created_at, created_by, expires_at, last_used_at FROM sync_tokens
        WHERE company_id = ?1 AND revoked_at IS NULL ORDER BY created_at DESC, id LIMIT 20";
    /// The groups of the directory by name.
    GROUPS = "
        SELECT id, shown AS name, licensed, manages FROM directory_groups
        WHERE company_id = ?1 ORDER BY name LIMIT 200";
    /// The log, behind place ?2.
    LINES = log_lines!("WHERE company_id = ?1 AND place < ?2");
    /// What went wrong since ?2.
    PROBLEMS = log_lines!("INDEXED BY sync_log_problems WHERE company_id = ?1 AND problem IS NOT NULL AND at >= ?2");
    /// Changes what a company decides about its sync.
    CHANGE = "
        UPDATE companies SET sync_paused = ?2, sync_dry_run = ?3, sync_activates = ?4, sync_scope = ?5 WHERE id = ?1";
    /// When everybody of the directory may get licences, or the dry run is over, its users are looked at anew.
    UNSETTLE_ALL = "UPDATE directory_users SET settled = 0 WHERE company_id = ?1 AND active = 1 AND settled = 1";
    /// So are those of a group.
    UNSETTLE_GROUP = "
        UPDATE directory_users SET settled = 0
        WHERE company_id = ?1 AND settled = 1 AND id IN (SELECT user_id FROM directory_memberships WHERE company_id = ?1 AND group_id = ?2)";
    /// Makes a token, unless there are ?8 already.
    MAKE_TOKEN = "
        INSERT INTO sync_tokens (company_id, id, name, token_hash, created_at, created_by, expires_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
        WHERE (SELECT count(*) FROM sync_tokens WHERE company_id = ?1 AND revoked_at IS NULL) < ?8";
    /// Insists that the statement before has done it.
    INSIST_DONE = "INSERT INTO assertions SELECT changes() = 1, ?1";
    /// Takes a token away.
    REVOKE_TOKEN = "UPDATE sync_tokens SET revoked_at = ?3 WHERE company_id = ?1 AND id = ?2 AND revoked_at IS NULL";
    /// Whom only group ?2 gave licences, where chosen groups do: a JSON array of members.
    LOSING = "
        SELECT json_group_array(json_object('member', u.member_id)) AS people
        FROM companies c
        CROSS JOIN directory_groups here ON here.company_id = c.id AND here.id = ?2 AND here.licensed = 1
        CROSS JOIN directory_memberships x ON x.company_id = c.id AND x.group_id = here.id
        CROSS JOIN directory_users u ON u.company_id = c.id AND u.id = x.user_id AND u.member_id IS NOT NULL
        WHERE c.id = ?1 AND c.sync_scope = 'groups' AND NOT EXISTS (
          SELECT 1 FROM directory_groups g CROSS JOIN directory_memberships y ON y.company_id = g.company_id AND y.group_id = g.id AND y.user_id = u.id
          WHERE g.company_id = c.id AND g.licensed = 1 AND g.id <> ?2)";
    /// Changes what a group of the directory gives its members.
    CHANGE_GROUP = "UPDATE directory_groups SET licensed = ?3, manages = ?4 WHERE company_id = ?1 AND id = ?2";
    /// One event for each who comes to manage by group ?2, or no longer does: ?8 is what they are from then on.
    RECORD_ROLES = "
        INSERT INTO events (company_id, at, door, actor_id, actor, what, headline, member_id, from_state, to_state)
        SELECT m.company_id, ?3, ?4, ?5, ?6, ?7, 1, m.id, CASE ?8 WHEN 'manager' THEN 'learner' ELSE 'manager' END, ?8
        FROM directory_memberships x
        CROSS JOIN directory_users u ON u.company_id = ?1 AND u.id = x.user_id
        CROSS JOIN members m ON m.company_id = ?1 AND m.id = u.member_id AND m.removed_at IS NULL
        WHERE x.company_id = ?1 AND x.group_id = ?2
          AND CASE ?8 WHEN 'manager' THEN m.is_manager = 0 ELSE m.manages_by_sync = 1 AND NOT EXISTS (
            SELECT 1 FROM directory_groups g CROSS JOIN directory_memberships y ON y.company_id = ?1 AND y.group_id = g.id AND y.user_id = u.id
            WHERE g.company_id = ?1 AND g.manages = 1 AND g.id <> ?2) END";
    /// They manage, or no longer do.
    CHANGE_ROLES = "
        UPDATE members SET is_manager = ?3 = 'manager', manages_by_sync = ?3 = 'manager', is_learner = CASE ?3 WHEN 'manager' THEN is_learner ELSE 1 END
        WHERE company_id = ?1 AND removed_at IS NULL AND CASE ?3 WHEN 'manager' THEN is_manager = 0 ELSE manages_by_sync = 1 END
          AND id IN (SELECT u.member_id FROM directory_memberships x CROSS JOIN directory_users u ON u.company_id = ?1 AND u.id = x.user_id
            WHERE x.company_id = ?1 AND x.group_id = ?2 AND (?3 = 'manager' OR NOT EXISTS (
              SELECT 1 FROM directory_groups g CROSS JOIN directory_memberships y ON y.company_id = ?1 AND y.group_id = g.id AND y.user_id = u.id
              WHERE g.company_id = ?1 AND g.manages = 1 AND g.id <> ?2)))";
}

/// How long the log is kept, in milliseconds.
const KEPT: i64 = 30 * DAY;
/// How many lines one page of the log shows.
const LOG_PAGE: usize = 30;
/// How many problems the page shows.
const MOST_PROBLEMS: i64 = 20;

/// A directory that has signed in.
#[derive(Clone, Debug, Deserialize)]
pub struct Directory {
    /// The token's id.
    pub id: String,
    /// The token's name.
    pub name: String,
    /// The company's id.
    pub company_id: String,
    /// The company's name.
    pub company: String,
    /// When the token was used last, to the minute.
    pub last_used_at: Option<Instant>,
    /// Whether every new user also gets a content licence (C5).
    #[serde(deserialize_with = "flag")]
    pub content_with_user: bool,
    /// What happens when no licence is available.
    pub sync_shortage: SyncShortage,
    /// How many licences of each kind may be overdrawn.
    pub overdraft_limit: i64,
    /// Whether nothing is taken from the directory.
    #[serde(deserialize_with = "flag")]
    pub sync_paused: bool,
    /// Whether nobody is added, invited or given a licence.
    #[serde(deserialize_with = "flag")]
    pub sync_dry_run: bool,
    /// Whether new users need no invite.
    #[serde(deserialize_with = "flag")]
    pub sync_activates: bool,
    /// Who gets licences.
    pub sync_scope: SyncScope,
    /// Whether managers want to be told when few licences are left.
    #[serde(deserialize_with = "flag")]
    pub watched: bool,
    /// Whether time has to catch up with the company.
    #[serde(deserialize_with = "flag")]
    pub due: bool,
}

/// Asks for the directory that a token belongs to.
pub(super) fn ask_sign_in(token_hash: &str, now: Instant, writes: bool) -> Statement {
    let sql = if writes { SIGN_IN } else { SIGN_IN_TO_READ };
    statement!(sql, token_hash, now)
}

/// Insists that a directory is as it was a moment ago.
pub(super) fn insist_same(token_hash: &str, now: Instant, directory: &Directory) -> Statement {
    let (activates, scope) = (directory.sync_activates, directory.sync_scope.as_str());
    statement!(INSIST_SAME, token_hash, now, activates, scope, directory.content_with_user, directory.watched)
}

/// The directory that a token belongs to, if it works.
///
/// # Errors
/// When the database can't be asked.
pub async fn sign_in(database: &impl Database, token_hash: &str, now: Instant) -> Result<Option<Directory>, StoreError> {
    database.row(ask_sign_in(token_hash, now, true)).await
}

/// A line that is to be written into the log.
#[derive(Clone, Debug, Serialize)]
pub struct NewLine {
    /// The company.
    pub company_id: String,
    /// When the request came.
    pub at: Instant,
    /// The token's name.
    pub token: String,
    /// What the request did.
    pub what: SyncEvent,
    /// To whom or what.
    pub subject: Option<String>,
    /// The member, by id.
    pub member_id: Option<String>,
    /// How many members a group gained or lost.
    pub quantity: Option<i64>,
    /// Whether it was only a dry run.
    pub dry_run: i64,
    /// What became of licences.
    pub licences: Vec<SyncLicence>,
    /// What went wrong.
    pub problem: Option<SyncProblem>,
    /// What the directory was told of that.
    pub detail: Option<String>,
}

/// A token that was used.
#[derive(Clone, Debug)]
pub struct Used {
    /// The company.
    pub company_id: String,
    /// The token's id.
    pub token_id: String,
    /// When, in milliseconds; kept to the minute.
    pub at: Instant,
}

/// Writes lines into the log, and notes when tokens were used.
///
/// # Errors
/// When the database takes nothing.
pub async fn log(database: &impl Database, lines: &[NewLine], used: &[Used]) -> Result<(), StoreError> {
    let mut batch = Vec::new();
    for token in used {
        batch.push(statement!(USED, token.company_id.as_str(), token.token_id.as_str(), token.at));
        batch.push(statement!(SEEN, token.company_id.as_str(), token.at));
    }
    if !lines.is_empty() {
        let json = serde_json::to_string(lines).map_err(|error| StoreError::Failed(error.to_string()))?;
        batch.push(statement!(LOG, json));
    }
    if !batch.is_empty() {
        database.batch(batch).await?;
    }
    Ok(())
}

/// Forgets lines of the log that nobody looks at any more.
#[must_use]
pub fn forget(now: Instant) -> Statement {
    statement!(FORGET, Instant(now.0.saturating_sub(KEPT)))
}

#[derive(Deserialize)]
struct About {
    #[serde(deserialize_with = "flag")]
    sync_paused: bool,
    #[serde(deserialize_with = "flag")]
    sync_dry_run: bool,
    #[serde(deserialize_with = "flag")]
    sync_activates: bool,
    sync_scope: SyncScope,
    sync_shortage: SyncShortage,
    overdraft_limit: i64,
    sync_seen_at: Option<Instant>,
    #[serde(deserialize_with = "flag")]
    content_with_user: bool,
    users: i64,
    active: i64,
    held: i64,
    without_address: i64,
}

#[derive(Deserialize)]
struct GroupRow {
    id: String,
    name: String,
    #[serde(deserialize_with = "flag")]
    licensed: bool,
    #[serde(deserialize_with = "flag")]
    manages: bool,
}

#[derive(Deserialize)]
struct LineRow {
    place: i64,
    at: Instant,
    token: String,
    what: SyncEvent,
    subject: Option<String>,
    member_id: Option<String>,
    quantity: Option<i64>,
    #[serde(deserialize_with = "flag")]
    dry_run: bool,
    licences: String,
    problem: Option<SyncProblem>,
    detail: Option<String>,
}

fn line(row: LineRow) -> Result<SyncLine, StoreError> {
    let licences = serde_json::from_str(&row.licences).map_err(|error| StoreError::Failed(error.to_string()))?;
    Ok(SyncLine {
        place: row.place,
        at: row.at,
        token: row.token,
        what: row.what,
        subject: row.subject,
        member_id: row.member_id,
        quantity: row.quantity,
        dry_run: row.dry_run,
        licences,
        problem: row.problem,
        detail: row.detail,
    })
}

/// The page of a company's directory sync. `address`: what belongs into the directory.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(
    database: &impl Database,
    company_id: &str,
    address: String,
    now: Instant,
) -> Result<Option<SyncPage>, StoreError> {
    let week_ago = Instant(now.0.saturating_sub(7 * DAY));
    let results = database
        .batch(vec![
            statement!(ABOUT, company_id),
            statement!(TOKENS, company_id),
            statement!(GROUPS, company_id),
            statement!(PROBLEMS, company_id, week_ago, MOST_PROBLEMS),
            lots::ask(company_id, now),
        ])
        .await?;
    let Some(about) = decode_at::<About>(&results, 0)?.into_iter().next() else { return Ok(None) };
    let lots = lots::read(decode_at(&results, 4)?);
    let (_, open): (Vec<_>, Vec<_>) = lots.into_iter().partition(|lot| lot.group.is_some());
    let need = |kind| SyncNeed { kind, needed: about.held, available: lots::balance(&open, kind, now).available };
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind == Kind::User || about.content_with_user);
    let tokens: Vec<SyncToken> = decode_at(&results, 1)?;
    let groups: Vec<GroupRow> = decode_at(&results, 2)?;
    let group = |row: GroupRow| DirectoryGroup { id: row.id, name: row.name, licensed: row.licensed, manages: row.manages };
    Ok(Some(SyncPage {
        now,
        address,
        settings: SyncSettings {
            paused: about.sync_paused,
            dry_run: about.sync_dry_run,
            activates: about.sync_activates,
            scope: about.sync_scope,
        },
        shortage: about.sync_shortage,
        overdraft_limit: about.overdraft_limit,
        tokens,
        last_contact: about.sync_seen_at,
        users: about.users,
        active: about.active,
        held: about.held,
        without_address: about.without_address,
        needs: kinds.map(need).collect(),
        groups: by_name(groups, |group| &group.name).into_iter().map(group).collect(),
        problems: decode_at(&results, 3)?.into_iter().map(line).collect::<Result<_, _>>()?,
    }))
}

/// A page of the log behind place `before`; none: the newest.
///
/// # Errors
/// When the database can't be asked.
pub async fn lines(database: &impl Database, company_id: &str, before: Option<i64>) -> Result<Page<SyncLine>, StoreError> {
    let asked = i64::try_from(LOG_PAGE).unwrap_or_default().saturating_add(1);
    let before = before.unwrap_or(crate::store::d1::LARGEST_SAFE);
    let rows: Vec<LineRow> = database.rows(statement!(LINES, company_id, before, asked)).await?;
    let more = rows.len() > LOG_PAGE;
    let items = rows.into_iter().take(LOG_PAGE).map(line).collect::<Result<Vec<_>, _>>()?;
    let next = items.last().filter(|_| more).map(|line| line.place.to_string());
    Ok(Page { items, next })
}

/// Changes what a company decides about its sync.
///
/// # Errors
/// When the database takes nothing.
pub async fn change(
    database: &impl Database,
    company_id: &str,
    settings: &SyncSettings,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let SyncSettings { paused, dry_run, activates, scope } = settings;
    let mut batch = vec![statement!(CHANGE, company_id, *paused, *dry_run, *activates, scope.as_str())];
    if *scope == SyncScope::Everybody && !dry_run {
        batch.push(statement!(UNSETTLE_ALL, company_id));
    }
    batch.push(events::record(company_id, now, actor, &Event::new(EventKind::SyncChanged)));
    database.batch(batch).await?;
    Ok(())
}

/// Whom a group no longer gives licences, as the statements take it.
#[derive(Deserialize)]
struct Losing {
    people: String,
}

/// A token that is to be made.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The hash of its secret.
    pub token_hash: &'a str,
    /// When it stops working.
    pub expires_at: Option<Instant>,
    /// How many there may be, this one among them.
    pub most: usize,
}

/// Makes a token.
///
/// # Errors
/// The assertion `too_many_tokens`.
pub async fn make_token(
    database: &impl Database,
    company_id: &str,
    token: &NewToken<'_>,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let most = i64::try_from(token.most).unwrap_or(i64::MAX);
    let by = actor.name.as_deref();
    let made = Event { note: Some(token.name), ..Event::new(EventKind::SyncTokenMade) };
    database
        .batch(vec![
            statement!(MAKE_TOKEN, company_id, token.id, token.name, token.token_hash, now, by, token.expires_at, most),
            statement!(INSIST_DONE, "too_many_tokens"),
            events::record(company_id, now, actor, &made),
        ])
        .await?;
    Ok(())
}

/// Takes a token away: the next request with it is told so.
///
/// # Errors
/// The assertion `unknown_token`.
pub async fn revoke_token(
    database: &impl Database,
    company_id: &str,
    id: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    database
        .batch(vec![
            statement!(REVOKE_TOKEN, company_id, id, now),
            statement!(INSIST_DONE, "unknown_token"),
            events::record(company_id, now, actor, &Event::new(EventKind::SyncTokenRevoked)),
        ])
        .await?;
    Ok(())
}

/// Changes what a group of the directory gives its members. Who gets licences by it is looked at anew; whom only this group
/// gave one gives it back when it no longer does.
///
/// # Errors
/// The assertion `unknown_group`.
pub async fn change_group(
    database: &impl Database,
    company_id: &str,
    group_id: &str,
    change: &ChangeDirectoryGroup,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let (door, id, name) = (actor.door.as_str(), actor.id.as_deref(), actor.name.as_deref());
    let role = if change.manages { "manager" } else { "learner" };
    let what = word(&EventKind::MemberRoleChanged);
    let losing: Option<Losing> =
        if change.licensed { None } else { database.row(statement!(LOSING, company_id, group_id)).await? };
    let mut batch = vec![
        statement!(CHANGE_GROUP, company_id, group_id, change.licensed, change.manages),
        statement!(INSIST_DONE, "unknown_group"),
        statement!(RECORD_ROLES, company_id, group_id, now, door, id, name, what, role),
        statement!(CHANGE_ROLES, company_id, group_id, role),
        events::record(company_id, now, actor, &Event::new(EventKind::SyncChanged)),
    ];
    if change.licensed {
        batch.push(statement!(UNSETTLE_GROUP, company_id, group_id));
    }
    if let Some(Losing { people }) = losing.filter(|losing| losing.people != "[]") {
        batch.extend(expiry::of(company_id, now, &people));
        batch.extend(taking::release(company_id, &people, now, actor));
        batch.extend(gate::settle_all(company_id, now, actor));
    }
    database.batch(batch).await?;
    Ok(())
}
