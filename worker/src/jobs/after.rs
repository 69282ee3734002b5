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
/// For how long it goes on with letters that were put off, once no other answer leaves, in milliseconds.
const LONGEST_LETTERS: i64 = 24 * SECOND;
/// For how long what follows is gathered while answers keep leaving.
const GATHERED: Duration = Duration::from_millis(250);
/// For how long it is while very many do.
const GATHERED_LONGER: Duration = Duration::from_secs(1);
/// How many answers a second are very many. Entra ID sends about 25 requests a second at the most.
const VERY_MANY: usize = 40;
/// After how long whoever was doing it is taken for gone, in milliseconds.
const GONE: i64 = 30 * SECOND;

thread_local! {
    static GOING_SINCE: Cell<Option<i64>> = const { Cell::new(None) };
    /// How many answers have left since.
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
/// and once more where others have come meanwhile. While very many leave, letters are put off: they leave when it is quieter,
/// at the latest with the scheduled run.
pub async fn gathered(database: &D1, config: &Config, transport: Option<&Transport>) {
    let start = clock().0;
    if GOING_SINCE.get().is_some_and(|since| start.saturating_sub(since) < GONE) {
        OTHERS.set(OTHERS.get().saturating_add(1));
        return;
    }
    GOING_SINCE.set(Some(start));
    OTHERS.set(0);
    let mut quiet = true;
    let mut put_off = false;
    loop {
        put_off = once(database, config, transport, usize::from(quiet)).await || (put_off && !quiet);
        let alone = OTHERS.get() == 0;
        let longest = if alone { LONGEST_LETTERS } else { LONGEST };
        if (alone && !put_off) || clock().0.saturating_sub(start) > longest {
            break;
        }
        if !alone {
            // What follows so many answers must not stand in the way of the next ones.
            let (time, very_many) = if quiet { (GATHERED, VERY_MANY / 4) } else { (GATHERED_LONGER, VERY_MANY) };
            Delay::from(time).await;
            quiet = OTHERS.take() < very_many;
            put_off |= !quiet;
        } else {
            quiet = true;
        }
    }
    GOING_SINCE.set(None);
}

/// Seals histories, writes the log of directory sync, and sends so many handfuls of letters; says whether more may be due.
async fn once(database: &D1, config: &Config, transport: Option<&Transport>, handfuls: usize) -> bool {
    let now = clock();
    if let Err(error) = seals::seal_all(database, now, 1).await {
        console_error!("{{\"seals\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
    }
    if let Err(error) = diary::write(database).await {
        console_error!("{{\"sync_log\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
    }
    if handfuls == 0 {
        return false;
    }
    deliver(database, config, transport, now, handfuls).await.unwrap_or_else(|error| {
        console_error!("{{\"mail\":\"failed\",\"error\":{:?}}}", format!("{error:?}"));
        false
    })
}
