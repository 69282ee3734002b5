//! The app's files. Their names carry a hash of what is in them, so each can be kept for ever, and one that isn't there
//! must not be answered with the app's page, as other addresses are.

use seatwise_domain::Problem;
use worker::{Env, Request, Response};

use super::answer::{Answer, with_common_headers};
use super::ask::language_of;

/// Serves a file under `/assets/`.
///
/// # Errors
/// When the files can't be reached.
pub(super) async fn serve(request: Request, env: &Env) -> worker::Result<Response> {
    let language = language_of(&request);
    let response = env.assets("ASSETS")?.fetch_request(request).await?;
    let page = response.headers().get("Content-Type")?.is_some_and(|kind| kind.starts_with("text/html"));
    if page { with_common_headers(Answer::problem(&Problem::NotFound, language).respond()?) } else { Ok(response) }
}

/// Serves the API's description, which is a file among the others.
///
/// # Errors
/// When the files can't be reached.
pub(super) async fn description(request: &Request, env: &Env) -> worker::Result<Response> {
    let mut address = request.url()?;
    address.set_path("/openapi.json");
    let mut file = env.assets("ASSETS")?.fetch(address, None).await?;
    let answer = Answer::text(200, file.text().await?);
    with_common_headers(answer.respond()?)
}
