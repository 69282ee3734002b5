//! Lists: filtered, sorted, by pages (RFC 7644 §3.4.2, cursors by RFC 9865).
//!
//! What an index knows is asked for by index: a user's name, the directory's id, an address, an id, whether somebody is
//! active, when somebody was changed. Everything else is looked through, part by part, with the same rules.

use core::cmp::Reverse;
use core::num::IntErrorKind;

use seatwise_domain::Instant;
use serde_json::{Value, json};

use super::answers;
use super::call::{Call, Desk, Failure, Reply};
use super::document::check_schemas;
use super::error::ScimError;
use super::filter::{Filter, Operand, Operator};
use super::groups::{self, Members};
use super::path::AttributePath;
use super::schema::ResourceKind;
use super::select::Selection;
use super::sort::{SortKey, sort_key, sort_path};
use crate::store::d1::LARGEST_SAFE;
use crate::store::directory::groups::{self as stored_groups, StoredGroup};
use crate::store::directory::lists::{self, Which};
use crate::store::directory::users::{self, Stored};
use crate::store::sync::Directory;
use crate::store::{Database, Statement};

/// How many resources one page has, at most.
pub(super) const LARGEST_PAGE: u32 = 200;
/// How many it has where nobody says.
const USUAL_PAGE: i64 = 100;
/// How many users are looked through at a time.
const PART: i64 = 1_000;

/// The schema of a search (RFC 7644 §3.4.3).
const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
/// The schema of a list (RFC 7644 §3.4.2).
const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// In which order.
#[derive(Clone, Copy, Debug)]
struct SortBy {
    path: AttributePath,
    descending: bool,
}

impl SortBy {
    fn read(kind: ResourceKind, path: &str, order: Option<&str>) -> Result<Self, ScimError> {
        let path = sort_path(path, kind)?;
        Ok(Self { path, descending: order.is_some_and(|order| order.trim().eq_ignore_ascii_case("descending")) })
    }

    /// What a document is sorted by. What comes last when sorted up comes first when sorted down (RFC 7644 §3.4.2.3).
    fn key(self, document: &Value) -> Order {
        let key = sort_key(&self.path, document);
        if self.descending { Order::Down(Reverse(key)) } else { Order::Up(key) }
    }
}

/// A place in an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    /// In the order in which they came.
    #[default]
    AsTheyCame,
    Up(SortKey),
    Down(Reverse<SortKey>),
}

/// What is asked for.
struct Wanted {
    filter: Option<Filter>,
    sort: Option<SortBy>,
    selection: Selection,
    /// How many to skip: the index of the first, from 0.
    skip: i64,
    count: i64,
    /// By cursor: behind which place.
    behind: Option<i64>,
}

/// The words of a search, from a query or from the body of a `.search` (RFC 7644 §3.4.3).
fn words(call: &Call) -> Result<Call, ScimError> {
    if call.method != "POST" {
        return Ok(call.clone());
    }
    let Some(body) = call.wanted()?.as_object() else { return Err(ScimError::invalid_syntax("A search is a JSON object.")) };
    check_schemas(body, SEARCH)?;
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => Some(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")),
        _ => None,
    };
    let query = body.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
    Ok(Call { method: "GET".to_owned(), query, body: None, ..call.clone() })
}

fn wanted(call: &Call, kind: ResourceKind) -> Result<Wanted, ScimError> {
    let number = |name: &str| -> Result<Option<i64>, ScimError> {
        let Some(text) = call.parameter(name).filter(|text| !text.trim().is_empty()) else { return Ok(None) };
        text.trim().parse().map(Some).or_else(|error: core::num::ParseIntError| match error.kind() {
            IntErrorKind::PosOverflow => Ok(Some(i64::MAX)),
            IntErrorKind::NegOverflow => Ok(Some(i64::MIN)),
            _ => Err(ScimError::invalid_value(format!("{name} is not a whole number."))),
        })
    };
    let count = number("count").map(|count| count.unwrap_or(USUAL_PAGE));
    // By cursor a page has at least one resource (RFC 9865 §2.1).
    let count = match count {
        Ok(1..) => count?,
        _ if call.parameter("cursor").is_some() => return Err(refused("invalidCount", "count must be a positive whole number.")),
        count => count?,
    };
    let count = count.clamp(0, i64::from(LARGEST_PAGE));
    let skip = number("startIndex")?.unwrap_or(1).clamp(1, LARGEST_SAFE).saturating_sub(1);
    let filter = call.parameter("filter").filter(|text| !text.trim().is_empty());
    let sort = call.parameter("sortBy").filter(|text| !text.trim().is_empty());
    let sort = sort.map(|path| SortBy::read(kind, path, call.parameter("sortOrder"))).transpose()?;
    let behind = match call.parameter("cursor") {
        None => None,
        Some("") => Some(0),
        Some(cursor) => {
            let place = cursor.parse().ok().filter(|place| (1..=LARGEST_SAFE).contains(place));
            Some(place.ok_or_else(|| refused("invalidCursor", "This cursor leads nowhere."))?)
        }
    };
    Ok(Wanted {
        filter: filter.map(|text| Filter::parse(text, kind)).transpose()?,
        sort,
        selection: call.selection(kind),
        skip,
        count,
        behind,
    })
}

/// A mistake that RFC 9865 has a word for.
fn refused(scim_type: &'static str, detail: &str) -> ScimError {
    ScimError { status: 400, scim_type: Some(scim_type), detail: detail.to_owned() }
}

/// A list of users.
pub(super) async fn users<D: Database>(desk: &Desk<'_, D>, call: &Call) -> Result<Reply, Failure> {
    let call = words(call)?;
    let wanted = wanted(&call, ResourceKind::User)?;
    if let Some(look) = wanted.filter.as_ref().and_then(|filter| look_up(desk, filter)) {
        let (directory, results) = desk.look(vec![look], false).await?;
        let fits = |stored: &Stored| matches_user(desk, wanted.filter.as_ref(), stored);
        let found: Vec<Stored> = users::read(&results, 1)?.into_iter().filter(fits).collect();
        return Ok(listed(desk, directory, &wanted, found));
    }
    let (directory, _) = desk.look(Vec::new(), false).await?;
    let company_id = directory.company_id.clone();
    if let Some(which) = which(&wanted) {
        let (found, total) = lists::page(desk.database, &company_id, which, wanted.skip, wanted.count).await?;
        return Ok(page(desk, directory, &wanted, found, total, None));
    }
    if let (Some(behind), None, None) = (wanted.behind, &wanted.filter, &wanted.sort) {
        let mut found = lists::behind(desk.database, &company_id, behind, wanted.count.saturating_add(1)).await?;
        let (_, total) = lists::page(desk.database, &company_id, Which::All, 0, 0).await?;
        let more = i64::try_from(found.len()).unwrap_or_default() > wanted.count;
        found.truncate(usize::try_from(wanted.count).unwrap_or_default());
        let next = found.last().filter(|_| more).map(|last| last.place);
        return Ok(page(desk, directory, &wanted, found, total, next));
    }
    look_through(desk, directory, &wanted).await
}

/// The users who can fit a filter, where an index finds few of them: one of the terms that all have to hold is a look-up.
fn look_up<D>(desk: &Desk<'_, D>, filter: &Filter) -> Option<Statement> {
    let by = |term: &&Filter| -> Option<Statement> {
        let (path, operand) = term.equal_to()?;
        let Operand::Text(text) = operand else { return None };
        match (path.attribute, path.sub) {
            ("id", None) => Some(users::ask_by_id(desk.token_hash, desk.now, text)),
            ("userName", None) => Some(users::ask_by_name(desk.token_hash, desk.now, &text.trim().to_lowercase())),
            ("externalId", None) => Some(users::ask_by_external_id(desk.token_hash, desk.now, text)),
            ("emails", None | Some("value")) => Some(users::ask_by_address(desk.token_hash, desk.now, &text.to_lowercase())),
            _ => None,
        }
    };
    let terms = filter.conjuncts();
    // `emails[type eq "work" and value eq "x"]` needs an address too.
    let inside = |term: &&Filter| -> Option<Statement> {
        let Filter::Has { path, inner } = term else { return None };
        let value = inner.conjuncts().into_iter().find_map(|term| {
            let (path, operand) = term.equal_to()?;
            match operand {
                Operand::Text(text) if path.sub == Some("value") => Some(text),
                _ => None,
            }
        })?;
        (path.attribute == "emails").then(|| users::ask_by_address(desk.token_hash, desk.now, &value.to_lowercase()))
    };
    terms.iter().copied().find_map(|term| by(&term)).or_else(|| terms.iter().copied().find_map(|term| inside(&term)))
}

/// What an index answers as a whole, page by page: no filter, whether somebody is active, when somebody was changed; in the
/// order in which users came, or by name.
fn which(wanted: &Wanted) -> Option<Which> {
    if wanted.behind.is_some() {
        return None;
    }
    let sorted = match &wanted.sort {
        None => None,
        Some(sort) if is(&sort.path, "userName", None) => Some(Which::Named(sort.descending)),
        Some(_) => return None,
    };
    match (&wanted.filter, sorted) {
        (None, None) => Some(Which::All),
        (None, sorted) => sorted,
        (Some(filter), None) => terms(filter),
        _ => None,
    }
}

/// Whether a path is this attribute of the document itself.
fn is(path: &AttributePath, attribute: &str, sub: Option<&str>) -> bool {
    path.schema.is_none() && path.attribute == attribute && path.sub == sub
}

fn one_term(path: &AttributePath, operator: Operator, value: &Operand) -> Option<Which> {
    if is(path, "active", None) {
        let Operand::Boolean(active) = value else { return None };
        return match operator {
            Operator::Equal => Some(Which::Active(*active)),
            Operator::NotEqual => Some(Which::Active(!active)),
            _ => None,
        };
    }
    if !is(path, "meta", Some("lastModified")) {
        return None;
    }
    let Operand::Moment(moment) = value else { return None };
    // Changes are kept to the millisecond: between two of them nothing happens.
    let (at, finer) = (Instant(moment.milliseconds()), moment.is_finer());
    let (before, next) = (Instant(at.0.saturating_sub(1)), Instant(at.0.saturating_add(1)));
    let (first, last) = (Instant(0), Instant::NEVER);
    match operator {
        Operator::Equal if finer => Some(Which::Changed(next, at)),
        Operator::Equal => Some(Which::Changed(at, at)),
        Operator::GreaterOrEqual if !finer => Some(Which::Changed(at, last)),
        Operator::Greater | Operator::GreaterOrEqual => Some(Which::Changed(next, last)),
        Operator::Less if !finer => Some(Which::Changed(first, before)),
        Operator::Less | Operator::LessOrEqual => Some(Which::Changed(first, at)),
        _ => None,
    }
}

/// Terms that all hold, where an index answers them together: two bounds of the moment of the last change.
fn terms(filter: &Filter) -> Option<Which> {
    match filter {
        Filter::Compare { path, operator, value } => one_term(path, *operator, value),
        Filter::Not(inner) => match terms(inner)? {
            Which::Active(active) => Some(Which::Active(!active)),
            _ => None,
        },
        Filter::And(left, right) => match (terms(left)?, terms(right)?) {
            (Which::Changed(from, to), Which::Changed(since, until)) => Some(Which::Changed(from.max(since), to.min(until))),
            _ => None,
        },
        _ => None,
    }
}

/// A user as filters and orders see it: whether somebody is active is known even where the directory took it out.
fn looked_at<D>(desk: &Desk<'_, D>, stored: &Stored) -> Value {
    let mut document = answers::stored_user(desk.base, stored);
    if let Some(document) = document.as_object_mut() {
        document.entry("active").or_insert(Value::Bool(stored.active));
    }
    document
}

fn matches_user<D>(desk: &Desk<'_, D>, filter: Option<&Filter>, stored: &Stored) -> bool {
    filter.is_none_or(|filter| filter.matches(&looked_at(desk, stored)))
}

/// All users, part by part. What fits is kept by its id and what it is sorted by; the page alone is read again.
async fn look_through<D: Database>(desk: &Desk<'_, D>, directory: Directory, wanted: &Wanted) -> Result<Reply, Failure> {
    let mut found: Vec<(Order, i64, String)> = Vec::new();
    let mut behind = 0;
    loop {
        let part = lists::behind(desk.database, &directory.company_id, behind, PART).await?;
        let Some(last) = part.last().map(|user| user.place) else { break };
        behind = last;
        for stored in part.iter().filter(|stored| matches_user(desk, wanted.filter.as_ref(), stored)) {
            let document = looked_at(desk, stored);
            let key = wanted.sort.as_ref().map(|sort| sort.key(&document)).unwrap_or_default();
            found.push((key, stored.place, stored.id.clone()));
        }
        desk.database.pause().await;
    }
    found.sort();
    let (chosen, total, next) = chosen(wanted, found);
    let ids: Vec<String> = chosen.into_iter().map(|(_, _, id)| id).collect();
    let users = lists::by_ids(desk.database, &directory.company_id, &ids).await?;
    Ok(page(desk, directory, wanted, users, total, next))
}

/// The page of what was found, how many there are in all, and where the next page begins.
fn chosen<K>(wanted: &Wanted, found: Vec<(K, i64, String)>) -> (Vec<(K, i64, String)>, i64, Option<i64>) {
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let (skip, count) = (usize::try_from(wanted.skip).unwrap_or_default(), usize::try_from(wanted.count).unwrap_or_default());
    // By cursor: a sorted list is gone through by its index, any other by the place of its last.
    let skip = match (wanted.behind, &wanted.sort) {
        (None, _) => skip,
        (Some(behind), Some(_)) => usize::try_from(behind).unwrap_or_default(),
        (Some(behind), None) => found.iter().position(|(_, place, _)| *place > behind).unwrap_or(found.len()),
    };
    let more = found.len() > skip.saturating_add(count);
    let page: Vec<(K, i64, String)> = found.into_iter().skip(skip).take(count).collect();
    let next = match (wanted.behind, &wanted.sort) {
        (Some(_), Some(_)) if more => i64::try_from(skip.saturating_add(count)).ok(),
        (Some(_), None) if more => page.last().map(|(_, place, _)| *place),
        _ => None,
    };
    (page, total, next.filter(|_| count > 0))
}

/// A few users, all of them read: sorted and cut to the page.
fn listed<D>(desk: &Desk<'_, D>, directory: Directory, wanted: &Wanted, found: Vec<Stored>) -> Reply {
    let key = |stored: &Stored| {
        let document = looked_at(desk, stored);
        wanted.sort.as_ref().map(|sort| sort.key(&document)).unwrap_or_default()
    };
    let mut keyed: Vec<(Order, i64, String)> = found.iter().map(|user| (key(user), user.place, user.id.clone())).collect();
    keyed.sort();
    let (chosen, total, next) = chosen(wanted, keyed);
    let users = chosen.iter().filter_map(|(_, _, id)| found.iter().find(|user| user.id == *id)).cloned().collect();
    page(desk, directory, wanted, users, total, next)
}

fn page<D>(
    desk: &Desk<'_, D>,
    directory: Directory,
    wanted: &Wanted,
    users: Vec<Stored>,
    total: i64,
    next: Option<i64>,
) -> Reply {
    let resources = users.iter().map(|stored| wanted.selection.apply(answers::stored_user(desk.base, stored))).collect();
    answer(directory, wanted, resources, total, next)
}

fn answer(directory: Directory, wanted: &Wanted, resources: Vec<Value>, total: i64, next: Option<i64>) -> Reply {
    let mut body = json!({
        "schemas": [LIST],
        "totalResults": total,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    });
    if let Some(body) = body.as_object_mut() {
        if wanted.behind.is_none() {
            body.insert("startIndex".to_owned(), json!(wanted.skip.saturating_add(1)));
        }
        if let Some(next) = next {
            body.insert("nextCursor".to_owned(), json!(next.to_string()));
        }
    }
    Reply { status: 200, body: Some(body), directory: Some(directory), ..Reply::default() }
}

/// The group that can fit a filter, where an index finds it: one of the terms that all have to hold is a look-up.
fn look_up_group<D>(desk: &Desk<'_, D>, filter: &Filter) -> Option<Statement> {
    filter.conjuncts().into_iter().find_map(|term| {
        let (path, operand) = term.equal_to()?;
        let Operand::Text(text) = operand else { return None };
        match (path.attribute, path.sub) {
            ("id", None) => Some(stored_groups::ask_by_id(desk.token_hash, desk.now, text)),
            ("displayName", None) => Some(stored_groups::ask_by_name(desk.token_hash, desk.now, text.trim())),
            ("externalId", None) => Some(stored_groups::ask_by_external_id(desk.token_hash, desk.now, text)),
            _ => None,
        }
    })
}

/// Who has to be a member, where a filter asks nothing else about members.
fn only_member(filter: &Filter) -> Option<&str> {
    let about: Vec<&Filter> = filter.conjuncts().into_iter().filter(|term| mentions(term, "members", None)).collect();
    let [term] = about.as_slice() else { return None };
    match term.equal_to()? {
        (path, Operand::Text(user)) if matches!(path.sub, None | Some("value")) => Some(user),
        _ => None,
    }
}

/// A list of groups. A company has hundreds of them at the most, so they are looked through, and their members read only
/// where they are asked for or about.
pub(super) async fn groups<D: Database>(desk: &Desk<'_, D>, call: &Call) -> Result<Reply, Failure> {
    let call = words(call)?;
    let wanted = wanted(&call, ResourceKind::Group)?;
    let (directory, mut found) = match wanted.filter.as_ref().and_then(|filter| look_up_group(desk, filter)) {
        Some(ask) => {
            let (directory, results) = desk.look(vec![ask], false).await?;
            (directory, stored_groups::read(&results, 1)?)
        }
        None => {
            let (directory, _) = desk.look(Vec::new(), false).await?;
            let found = all_groups(desk, &directory.company_id).await?;
            (directory, found)
        }
    };
    let sorted = |sub: Option<&str>| wanted.sort.is_some_and(|sort| sort.path.is_about("members", sub));
    let about = |sub: Option<&str>| wanted.filter.as_ref().is_some_and(|filter| mentions(filter, "members", sub)) || sorted(sub);
    let member = wanted.filter.as_ref().and_then(only_member).filter(|_| !sorted(None));
    if let Some(user) = member {
        let inside = stored_groups::of_user(desk.database, &directory.company_id, user, &found).await?;
        found.retain(|group| inside.contains(&group.id));
    }
    let read = match (about(None), about(Some("display"))) {
        (_, true) => Members::Named,
        (true, false) => Members::Ids,
        (false, false) => Members::Unread,
    };
    let mut keyed = Vec::new();
    for group in &found {
        let document = match member {
            Some(user) => groups::with_member(desk.base, group, user),
            None => groups::document(desk, &directory.company_id, group, read).await?,
        };
        if wanted.filter.as_ref().is_none_or(|filter| filter.matches(&document)) {
            let key = wanted.sort.as_ref().map(|sort| sort.key(&document)).unwrap_or_default();
            keyed.push((key, group.place, group.id.clone()));
        }
    }
    keyed.sort();
    let (chosen, total, next) = chosen(&wanted, keyed);
    let mut resources = Vec::new();
    for (_, _, id) in chosen {
        let Some(group) = found.iter().find(|group| group.id == id) else { continue };
        let document = groups::document(desk, &directory.company_id, group, Members::of(&wanted.selection)).await?;
        resources.push(wanted.selection.apply(document));
    }
    Ok(answer(directory, &wanted, resources, total, next))
}

/// Whether a filter asks about an attribute, or this part of it.
fn mentions(filter: &Filter, attribute: &str, sub: Option<&str>) -> bool {
    match filter {
        Filter::And(left, right) | Filter::Or(left, right) => mentions(left, attribute, sub) || mentions(right, attribute, sub),
        Filter::Not(inner) => mentions(inner, attribute, sub),
        Filter::Has { path, inner } => path.is_about(attribute, sub) || mentions(inner, attribute, sub),
        Filter::Present(path) | Filter::Compare { path, .. } => path.is_about(attribute, sub),
    }
}

async fn all_groups<D: Database>(desk: &Desk<'_, D>, company_id: &str) -> Result<Vec<StoredGroup>, Failure> {
    let mut found: Vec<StoredGroup> = Vec::new();
    loop {
        let behind = found.last().map_or(0, |group| group.place);
        let part = lists::groups_behind(desk.database, company_id, behind, PART).await?;
        if part.is_empty() {
            return Ok(found);
        }
        found.extend(part);
    }
}

/// A list of users and groups together (RFC 7644 §3.4.3: a search at the root): users first. Its pages follow a number.
pub(super) async fn everything<D: Database>(desk: &Desk<'_, D>, call: &Call) -> Result<Reply, Failure> {
    let searched = words(call)?;
    let is_of_page = |name: &str| ["count", "startIndex", "cursor"].iter().any(|known| name.eq_ignore_ascii_case(known));
    let (of_page, further): (Vec<_>, Vec<_>) = searched.query.iter().cloned().partition(|(name, _)| is_of_page(name));
    let asked = wanted(&Call { query: of_page, ..searched.clone() }, ResourceKind::User)?;
    if asked.behind.is_some() {
        return Err(refused("invalidCursor", "Users and groups together come by startIndex, not by cursor.").into());
    }
    let page = |skip: i64, count: i64| {
        let numbers = [("startIndex", skip.saturating_add(1)), ("count", count)];
        let numbers = numbers.map(|(name, number)| (name.to_owned(), number.to_string()));
        Call { query: further.iter().cloned().chain(numbers).collect(), ..searched.clone() }
    };
    let of = |reply: &Reply, name: &str| reply.body.as_ref().and_then(|body| body.get(name).cloned()).unwrap_or_default();
    let (mut total, mut resources, mut directory, mut misfit) = (0_i64, Vec::new(), None, None);
    for kind in [ResourceKind::User, ResourceKind::Group] {
        let found = i64::try_from(resources.len()).unwrap_or_default();
        let page = page(asked.skip.saturating_sub(total).max(0), asked.count.saturating_sub(found));
        let listed = match kind {
            ResourceKind::User => users(desk, &page).await,
            ResourceKind::Group => groups(desk, &page).await,
        };
        match listed {
            Ok(reply) => {
                total = total.saturating_add(of(&reply, "totalResults").as_i64().unwrap_or_default());
                if let Value::Array(found) = of(&reply, "Resources") {
                    resources.extend(found);
                }
                directory = reply.directory;
            }
            // What one sort of resource hasn't got, the other may have: a filter that doesn't fit it finds nothing there.
            Err(Failure::Scim(_, error, ..)) if matches!(error.scim_type, Some("invalidFilter" | "invalidPath")) => {
                misfit = Some(error);
            }
            Err(other) => return Err(other),
        }
    }
    if let (None, Some(error)) = (&directory, misfit) {
        return Err(error.into());
    }
    let body = json!({
        "schemas": [LIST],
        "totalResults": total,
        "itemsPerPage": resources.len(),
        "startIndex": asked.skip.saturating_add(1),
        "Resources": resources,
    });
    Ok(Reply { status: 200, body: Some(body), directory, ..Reply::default() })
}
