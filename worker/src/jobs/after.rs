//! What follows once answers have left: seals on histories, letters, the log of directory sync.

use core::cell::Cell;
use core::time::Duration;

use seatwise_domain::Instant;
use seatwise_domain::time::SECOND;
use worker::{Date, Delay, console_error};

use crate::config::Config;
use crate::mail::deliver;
use crate::mail::transport::Transport;
use crate::scim::diary;
use crate::store::d1::D1;
use crate::store::seals;

/// For how long one answer does it for the others, in milliseconds: the platform lets work go on for 30 seconds.
const LONGEST: i64 = 15 * SECOND;
/// For how long what follows is gathered while answers keep leaving.
const GATHERED: Duration = Duration::from_millis(250);
/// After how long whoever was doing it is taken for gone, in milliseconds.
const GONE: i64 = 30 * SECOND;

thread_local! {
    static GOING_SINCE: Cell<Option<i64>> = const { Cell::new(None) };
    /// How many answers have left since, each of which would have sent a handful of letters.
    static OTHERS: Cell<usize> = const { Cell::new(0) };
}

fn clock() -> Instant {
    Instant(i64::try_from(Date::now().as_millis()).unwrap_or_default())
}

/// Does what follows one answer.
pub async fn follow(database: &D1, config: &Config, transport: Option<&Transport>) {
    once(database, config, transport, 1).await;
}

/// Does what follows an answer to a directory, of which there may be thousands at a first sync: one of them does it for all,
/// and once more where others have come meanwhile.
pub async fn gathered(database: &D1, config: &Config, transport: Option<&Transport>) {
    let start = clock();
    if GOING_SINCE.get().is_some_and(|since| start.0.saturating_sub(since) < GONE) {
        OTHERS.set(OTHERS.get().saturating_add(1));
        return;
    }
    GOING_SINCE.set(Some(start.0));
    OTHERS.set(0);
    let mut handfuls = 1;
    loop {
        once(database, config, transport, handfuls).await;
        if OTHERS.get() == 0 || clock().0.saturating_sub(start.0) > LONGEST {
            break;
        }
        // While many answers leave, what follows them must not stand in their way.
        Delay::from(GATHERED).await;
        handfuls = OTHERS.take();
    }
    GOING_SINCE.set(None);
}

/// Seals histories, writes the log of directory sync, and sends so many handfuls of letters.
async fn once(database: &D1, config: &Config, transport: Option<&Transport>, handfuls: usize) {
    let now = clock();
    if let Err(error) = seals::seal_all(database, now, 1).await {
        console_error!("{{\"seals\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
    }
    if let Err(error) = diary::write(database).await {
        console_error!("{{\"sync_log\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
    }
    if let Err(error) = deliver(database, config, transport, now, handfuls).await {
        console_error!("{{\"mail\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
    }
}
