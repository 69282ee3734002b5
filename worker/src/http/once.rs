//! Requests that make something, and may come twice.

use serde::Serialize;

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::auth::secret;
use crate::store::idempotency::{self, Kept, Key, LONGEST_KEY};
use crate::store::{Statement, StoreError};
use seatwise_domain::Problem;

/// Makes something once and shows it.
///
/// `make` gets the id of what is to be made and a statement for its batch; `show` reads what was made. With the same
/// key and the same body the same answer comes back and nothing is made; the same key with another body is refused.
/// The key is written in the batch of what is made, so it doesn't matter where a connection or a Worker breaks.
pub(super) async fn once<T: Serialize>(
    ask: &Ask<'_>,
    body: &str,
    make: impl AsyncFnOnce(&str, Option<Statement>) -> Result<(), Made>,
    show: impl AsyncFn(&str) -> Result<T, Failure>,
) -> Result<Answer, Failure> {
    let key = key_of(ask, body)?;
    if let Some(key) = &key
        && let Some(kept) = idempotency::find(ask.database, key).await?
    {
        return repeat(key, kept, show).await;
    }
    let id = secret::new_id()?;
    let keep = key.as_ref().map(|key| idempotency::keep(key, &id, ask.now));
    match make(&id, keep).await {
        Ok(()) => {}
        Err(Made::Store(error)) if error.conflicts_on("idempotency_keys.caller") => {
            // The same request came twice at once, and the other was first.
            let key = key.as_ref().ok_or_else(|| Failure::from(error))?;
            let kept = idempotency::find(ask.database, key).await?.ok_or(Problem::Internal)?;
            return repeat(key, kept, show).await;
        }
        Err(Made::Store(error)) => return Err(error.into()),
        Err(Made::Refused(failure)) => return Err(failure),
    }
    let answer = Answer::json(201, &show(&id).await?)?;
    if let (Some(key), Some(body)) = (&key, answer.body()) {
        idempotency::keep_answer(ask.database, key, 201, body).await?;
    }
    Ok(answer)
}

/// Why nothing was made.
pub(super) enum Made {
    /// The database took nothing.
    Store(StoreError),
    /// It was refused for a reason that the caller understands.
    Refused(Failure),
}

impl From<StoreError> for Made {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<F: Into<Failure>> From<F> for Made
where
    F: NotStoreError,
{
    fn from(failure: F) -> Self {
        Self::Refused(failure.into())
    }
}

/// What becomes a refusal rather than an error of the store.
pub(super) trait NotStoreError {}
impl NotStoreError for Problem {}
impl NotStoreError for Failure {}

fn key_of(ask: &Ask<'_>, body: &str) -> Result<Option<Key>, Failure> {
    let Some(key) = ask.header("Idempotency-Key") else { return Ok(None) };
    if key.is_empty() || key.len() > LONGEST_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::IdempotencyKeyMalformed.into());
    }
    let caller = ask.open()?.who.id().to_owned();
    // The address belongs to what was asked for: one key must not answer for another company or order.
    let request_hash = secret::hash(&format!("{:?} {:?} {body}", ask.action, ask.ids));
    Ok(Some(Key { caller, key, request_hash }))
}

async fn repeat<T: Serialize>(key: &Key, kept: Kept, show: impl AsyncFn(&str) -> Result<T, Failure>) -> Result<Answer, Failure> {
    if !secret::same(&kept.request_hash, &key.request_hash) {
        return Err(Problem::IdempotencyKeyReused.into());
    }
    match (kept.status, kept.answer) {
        (Some(status), Some(answer)) => Ok(Answer::text(status, answer)),
        // What was asked for is made, and its answer got lost on the way: what was made tells it again.
        _ => Answer::json(201, &show(&kept.made).await?),
    }
}
