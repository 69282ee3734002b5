//! Mail: letters from the outbox, put into words, handed to a transport. It runs right after an answer and in the
//! scheduled run; a provider that is down slows no request and loses nothing.

pub mod letter;
pub mod line;
mod page;
pub mod signature;
#[cfg(test)]
mod tests;
pub mod told;
pub mod transport;
mod words;

use core::cell::Cell;

use futures_util::{StreamExt as _, stream};
use seatwise_domain::texts::letters::Letters;
use seatwise_domain::{EmailAddress, Instant};

use self::letter::Letter;
use self::transport::{Carrier, Mail};
use crate::config::Config;
use crate::store::outbox::{self, Due, Outcome};
use crate::store::{Database, StoreError};

/// How many letters are on their way at once: a Worker has six connections, and D1 needs one.
const AT_ONCE: usize = 5;

/// Sends what is due, at most `chunks` times a handful. Without a transport the letters stay where they are, and while the
/// provider is down they wait together. Says whether more may be due.
///
/// # Errors
/// When the database can't be asked.
pub async fn deliver(
    database: &impl Database,
    config: &Config,
    carrier: Option<&impl Carrier>,
    now: Instant,
    chunks: usize,
) -> Result<bool, StoreError> {
    let Some(carrier) = carrier else { return Ok(false) };
    for _ in 0..chunks {
        let taken = outbox::take(database, now).await?;
        if let Some(pause) = taken.pause.as_ref().filter(|_| !taken.probe) {
            outbox::give_up(database, pause, now).await?;
        }
        let last = taken.letters.len() < usize::try_from(outbox::CHUNK).unwrap_or(usize::MAX);
        let outcomes = send_all(config, carrier, &taken.letters).await;
        let down = outbox::settle(database, &taken, &outcomes, now, chance).await?;
        if last || down {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Tries a handful of letters. When as many as go at once have had trouble and none has left, the others aren't tried.
async fn send_all(config: &Config, carrier: &impl Carrier, letters: &[Due]) -> Vec<(Due, Outcome)> {
    let (troubles, answers) = (Cell::new(0_usize), Cell::new(0_usize));
    let (troubles, answers) = (&troubles, &answers);
    let sent = letters.iter().map(|letter| async move {
        if answers.get() == 0 && troubles.get() >= AT_ONCE {
            return (letter.clone(), Outcome::Held);
        }
        let outcome = send(config, carrier, letter).await;
        match outcome {
            Outcome::Sent { .. } | Outcome::Refused { .. } => answers.set(answers.get().saturating_add(1)),
            Outcome::Later { trouble: true, .. } => troubles.set(troubles.get().saturating_add(1)),
            Outcome::Later { .. } | Outcome::Dropped | Outcome::Held => {}
        }
        (letter.clone(), outcome)
    });
    stream::iter(sent).buffer_unordered(AT_ONCE).collect().await
}

async fn send(config: &Config, carrier: &impl Carrier, due: &Due) -> Outcome {
    let texts = Letters::of(due.language);
    let letter = match Letter::read(due, config) {
        Ok(Some(letter)) => letter,
        Ok(None) => return Outcome::Dropped,
        // A newer version may have written it, and be back soon.
        Err(_) => return Outcome::Later { reason: texts.failure_unreadable().to_owned(), retry_after: None, trouble: false },
    };
    // Two addresses in one, or a header behind it, must not reach the provider, wherever they come from.
    if EmailAddress::parse(&due.receiver).is_err() {
        return Outcome::Refused { reason: texts.failure_no_address().to_owned() };
    }
    let written = letter.write(config, due.receiver_name.as_deref(), due.language, due.look.as_ref());
    carrier.send(&Mail { from: &config.mail_from, to: &due.receiver, stamp: &due.stamp(), written: &written }).await
}

/// A number that nobody foresees.
fn chance() -> u16 {
    let mut bytes = [0_u8; 2];
    // Without randomness letters come back all at once, which is not worth failing for.
    let _ = getrandom::fill(&mut bytes);
    u16::from_le_bytes(bytes)
}

/// Says in the log what is missing before letters can leave as they should.
pub fn warn(config: &Config) {
    let missing = config.mail_missing();
    if !missing.is_empty() {
        worker::console_warn!("{{\"mail\":\"incomplete\",\"missing\":{}}}", serde_json::to_string(&missing).unwrap_or_default());
    }
}
