//! The scheduled run. It writes down what time has already done and sends what is due; run never, twice, at once or a
//! month late, nothing is wrong and nothing is lost, because every read computes the same from the dates.

pub mod after;

use seatwise_domain::Instant;
use worker::{Env, console_error, console_log};

use crate::config::Config;
use crate::mail;
use crate::mail::transport::Transport;
use crate::store::d1::D1;
use crate::store::directory::saving::Saving;
use crate::store::{
    Database, StoreError, companies, directory, due, expiry, idempotency, imports, notices, outbox, seals, sessions, sign_in,
    sync,
};

/// How many chunks one run works off, of each sort; the next run goes on where this one stopped.
const MOST_CHUNKS: usize = 200;
/// How many companies one run lets time catch up with; the others do so when somebody looks, or in the next run.
const MOST_COMPANIES: i64 = 100;
/// How many seals one run sets on one company's history.
const MOST_SEALS: usize = 20;
/// How many handfuls of letters one run sends.
const MOST_HANDFULS: usize = 100;

/// Runs everything that is due at `scheduled`, in milliseconds since 1970.
pub async fn run(scheduled: f64, env: &Env) {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for 285,000 years")]
    let now = Instant(scheduled as i64);
    let config = match Config::read(env) {
        Ok(config) => config,
        Err(missing) => return console_error!("{{\"run\":\"not configured\",\"why\":{missing:?}}}"),
    };
    let database = match env.d1("DB") {
        Ok(database) => D1::new(database),
        Err(_) => return console_error!("{{\"run\":\"no database\"}}"),
    };
    mail::warn(&config);
    let outcome = everything(&database, &config, Transport::read(env).as_ref(), now).await;
    let (read, written) = (database.rows_read(), database.rows_written());
    match outcome {
        Ok(()) => console_log!("{{\"run\":\"done\",\"rows_read\":{read},\"rows_written\":{written}}}"),
        Err(error) => console_error!(
            "{{\"run\":\"failed\",\"rows_read\":{read},\"rows_written\":{written},\"error\":{:?}}}",
            format!("{error:?}")
        ),
    }
}

async fn everything(
    database: &impl Database,
    config: &Config,
    transport: Option<&Transport>,
    now: Instant,
) -> Result<(), StoreError> {
    write_down(database, now).await?;
    notices::tell(database, now, MOST_CHUNKS).await?;
    go_on_importing(database, config, now).await?;
    settle_directories(database, config, None, MOST_CHUNKS, now).await?;
    let mut forget = vec![sign_in::forget(now), sessions::forget(now), idempotency::forget(now)];
    forget.extend(imports::forget(now));
    forget.push(outbox::forget(now));
    forget.push(sync::forget(now));
    database.batch(forget).await?;
    seals::seal_all(database, now, MOST_SEALS).await?;
    mail::deliver(database, config, transport, now, MOST_HANDFULS).await?;
    Ok(())
}

/// Goes on with imports that nobody watches any more.
async fn go_on_importing(database: &impl Database, config: &Config, now: Instant) -> Result<(), StoreError> {
    for (company_id, id) in imports::going_on(database).await? {
        let Some(company) = companies::one(database, &company_id).await? else { continue };
        let content_with_user = company.settings.content_with_user;
        let working = imports::Working { company_id: &company_id, content_with_user, token_key: &config.token_key };
        for _ in 0..MOST_CHUNKS {
            if !imports::step(database, &working, &id, now).await? {
                break;
            }
            database.pause().await;
        }
    }
    Ok(())
}

/// Brings members and licences to what directories have said while nothing of it was done; of one company, if there is one.
/// At most `chunks` parts of each.
///
/// # Errors
/// When the database can't be asked.
pub async fn settle_directories(
    database: &impl Database,
    config: &Config,
    company_id: Option<&str>,
    chunks: usize,
    now: Instant,
) -> Result<(), StoreError> {
    for company in directory::settling::companies(database, company_id, now).await? {
        if company.due {
            due::catch_up(database, &company.company_id, now).await?;
        }
        let saving = Saving { directory: &company, now, token_key: &config.token_key };
        let mut behind = Some(0);
        for _ in 0..chunks {
            let Some(place) = behind else { break };
            behind = directory::settling::step(database, &saving, place).await?;
            database.pause().await;
        }
    }
    Ok(())
}

/// Writes down what time has done until `now`.
///
/// # Errors
/// When the database takes nothing.
pub async fn write_down(database: &impl Database, now: Instant) -> Result<(), StoreError> {
    for company_id in due::companies(database, now, MOST_COMPANIES).await? {
        due::catch_up(database, &company_id, now).await?;
    }
    for _ in 0..MOST_CHUNKS {
        if !expiry::left(database, now).await? {
            break;
        }
        database.pause().await;
    }
    Ok(())
}
