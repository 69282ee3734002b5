//! Mail: letters from the outbox, put into words, handed to a transport. It runs right after an answer and in the
//! scheduled run; a provider that is down slows no request and loses nothing.

pub mod letter;
pub mod transport;

use futures_util::{StreamExt as _, stream};
use seatwise_domain::Instant;

use self::letter::Letter;
use self::transport::Transport;
use crate::config::Config;
use crate::store::outbox::{self, Due, Outcome};
use crate::store::{Database, StoreError};

/// How many letters are on their way at once: a Worker has six connections, and D1 needs one.
const AT_ONCE: usize = 5;

/// Sends what is due, at most `chunks` times a handful. Without a transport the letters stay where they are.
///
/// # Errors
/// When the database can't be asked.
pub async fn deliver(
    database: &impl Database,
    config: &Config,
    transport: Option<&Transport>,
    now: Instant,
    chunks: usize,
) -> Result<(), StoreError> {
    let Some(transport) = transport else { return Ok(()) };
    for _ in 0..chunks {
        let due = outbox::take(database, now).await?;
        let last = due.len() < usize::try_from(outbox::CHUNK).unwrap_or(usize::MAX);
        let sent = due.into_iter().map(|letter| async {
            let outcome = send(config, transport, &letter).await;
            (letter, outcome)
        });
        let outcomes: Vec<_> = stream::iter(sent).buffer_unordered(AT_ONCE).collect().await;
        outbox::settle(database, &outcomes, now).await?;
        if last {
            break;
        }
    }
    Ok(())
}

async fn send(config: &Config, transport: &Transport, due: &Due) -> Outcome {
    let letter = match Letter::read(due, config) {
        Ok(Some(letter)) => letter,
        Ok(None) => return Outcome::Dropped,
        Err(reason) => return Outcome::Failed { reason, retry_after: None },
    };
    transport.send(&config.mail_from, due, &letter.write(config, due.receiver_name.as_deref())).await
}
