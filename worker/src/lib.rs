//! The Worker: the API, the scheduled run and the mail over one D1 database. Entry points only; each hands over at once.

pub mod auth;
pub mod config;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod scim;
pub mod store;

use worker::{Context, Env, Request, Response, ScheduleContext, ScheduledEvent, event};

/// Answers a request.
#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> worker::Result<Response> {
    http::handle(request, env, context).await
}

/// Runs what is due, at the time that the trigger was scheduled for.
#[event(scheduled)]
async fn scheduled(event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    jobs::run(event.schedule(), &env).await;
}
