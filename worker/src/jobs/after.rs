//! What follows once answers have left: seals on histories, letters, the log of directory sync. Many answers that leave at
//! once are followed together: one of them does it for all, and once more where others have come meanwhile.

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
    static AGAIN: Cell<bool> = const { Cell::new(false) };
}

fn clock() -> Instant {
    Instant(i64::try_from(Date::now().as_millis()).unwrap_or_default())
}

/// Does what follows, unless somebody does already: then they do it once more.
pub async fn follow(database: &D1, config: &Config, transport: Option<&Transport>) {
    let start = clock();
    if GOING_SINCE.get().is_some_and(|since| start.0.saturating_sub(since) < GONE) {
        AGAIN.set(true);
        return;
    }
    GOING_SINCE.set(Some(start.0));
    loop {
        AGAIN.set(false);
        let now = clock();
        if let Err(error) = seals::seal_all(database, now, 1).await {
            console_error!("{{\"seals\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
        }
        if let Err(error) = diary::write(database).await {
            console_error!("{{\"sync_log\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
        }
        if let Err(error) = deliver(database, config, transport, now, 1).await {
            console_error!("{{\"mail\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
        }
        if !AGAIN.get() || clock().0.saturating_sub(start.0) > LONGEST {
            break;
        }
        // While many answers leave, what follows them is gathered: it must not stand in their way.
        Delay::from(GATHERED).await;
    }
    GOING_SINCE.set(None);
}
