//! Directory sync for a company's managers: its page, tokens, groups and log. What the directory itself asks is in `scim`.

use seatwise_domain::problem::FieldProblem;
use seatwise_domain::text::GroupName;
use seatwise_domain::wire::{
    ChangeDirectoryGroup, MOST_TOKENS, MadeSyncToken, NewSyncToken, SyncPage, SyncSettings, SyncToken, TOKEN_MONTHS,
};
use seatwise_domain::{Instant, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::auth::secret;
use crate::jobs::settle_directories;
use crate::store::sync::{self, NewToken};
use crate::store::{Door, StoreError};

/// How many parts of what was held back are worked off while somebody waits.
const PARTS_AT_ONCE: usize = 20;

/// The page.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    Answer::json(200, &page(ask).await?)
}

async fn page(ask: &Ask<'_>) -> Result<SyncPage, Failure> {
    let address = format!("{}/scim/v2", ask.config.origin);
    Ok(sync::page(ask.database, ask.id()?, address, ask.now).await?.ok_or(Problem::NotFound)?)
}

/// Changes what sync may do.
pub(super) async fn change(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: SyncSettings = ask.body().await?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    sync::change(ask.database, company_id, &wanted, ask.now, &actor).await?;
    settle(ask).await?;
    show(ask).await
}

/// The last requests.
pub(super) async fn log(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let before = ask.query("after")?.and_then(|place| place.parse().ok());
    Answer::json(200, &sync::lines(ask.database, ask.id()?, before).await?)
}

/// Makes a token. Its secret is in this answer and nowhere else.
pub(super) async fn make_token(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: NewSyncToken = ask.body().await?;
    let name = GroupName::parse(&wanted.name).map_err(|problem| Problem::field("name", problem))?;
    let expires_at = wanted.months.map(|months| expiry(ask.now, months)).transpose()?;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    let (id, token) = (secret::new_id()?, secret::new_token()?);
    let token_hash = secret::hash(&token);
    let new = NewToken { id: &id, name: name.as_str(), token_hash: &token_hash, expires_at, most: MOST_TOKENS };
    refused(sync::make_token(ask.database, company_id, &new, ask.now, &actor).await, "too_many_tokens", Problem::TooManyTokens)?;
    let made = SyncToken {
        id: id.clone(),
        name: name.as_str().to_owned(),
        created_at: ask.now,
        created_by: actor.name,
        expires_at,
        last_used_at: None,
    };
    Answer::json(201, &MadeSyncToken { token: made, secret: token })
}

fn expiry(now: Instant, months: i64) -> Result<Instant, Failure> {
    let (least, most) = (*TOKEN_MONTHS.start(), *TOKEN_MONTHS.end());
    let whole = u32::try_from(months).ok().filter(|_| TOKEN_MONTHS.contains(&months));
    let end = whole.and_then(|months| now.plus_months(months));
    Ok(end.ok_or_else(|| Problem::field("months", FieldProblem::NumberOutOfRange { least, most }))?)
}

/// Takes a token away.
pub(super) async fn revoke_token(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    refused(sync::revoke_token(ask.database, company_id, id, ask.now, &actor).await, "unknown_token", Problem::NotFound)?;
    show(ask).await
}

/// Changes what a group of the directory gives its members.
pub(super) async fn change_group(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: ChangeDirectoryGroup = ask.body().await?;
    let (company_id, id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    let done = sync::change_group(ask.database, company_id, id, &wanted, ask.now, &actor).await;
    refused(done, "unknown_group", Problem::NotFound)?;
    settle(ask).await?;
    show(ask).await
}

/// Does at once what can be done at once of what was held back; the scheduled run does the rest.
async fn settle(ask: &Ask<'_>) -> Result<(), Failure> {
    Ok(settle_directories(ask.database, ask.config, Some(ask.id()?), PARTS_AT_ONCE, ask.now).await?)
}

fn refused(done: Result<(), StoreError>, asserted: &str, problem: Problem) -> Result<(), Failure> {
    match done {
        Err(error) if error.asserts(asserted) => Err(problem.into()),
        other => Ok(other?),
    }
}
