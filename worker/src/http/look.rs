//! How a company looks to its learners: its colour, and its logo, which everybody may fetch.

use seatwise_domain::Problem;
use seatwise_domain::colour::Colour;
use seatwise_domain::picture::{MOST_BYTES, Picture, PictureProblem};
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::wire::ChangeLook;
use worker::{Headers, Response};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::store::Door;
use crate::store::look::{self, Image};

/// A company's look.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    Answer::json(200, &look::one(ask.database, ask.id()?).await?)
}

/// Chooses a colour.
pub(super) async fn change(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: ChangeLook = ask.body().await?;
    let accent = wanted.accent.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let accent =
        accent.map(|text| Colour::parse(text).ok_or_else(|| Problem::field("accent", FieldProblem::Colour))).transpose()?;
    look::paint(ask.database, ask.id()?, accent, ask.now, &ask.actor(Door::Api)?).await?;
    show(ask).await
}

/// Takes a logo. What it is said to be doesn't count, only what is in it; but what isn't said to be a picture, a page of
/// another site could send without asking.
pub(super) async fn keep(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    if !ask.media_type().to_ascii_lowercase().starts_with("image/") {
        return Err(Problem::Picture(PictureProblem::Unreadable).into());
    }
    let file = match ask.bytes(MOST_BYTES).await {
        Err(Failure::Problem(Problem::BodyTooLarge)) => return Err(Problem::Picture(PictureProblem::TooLarge).into()),
        file => file?,
    };
    let picture = Picture::read(&file).map_err(Problem::Picture)?;
    look::keep(ask.database, ask.id()?, (picture, file), ask.now, &ask.actor(Door::Api)?).await?;
    show(ask).await
}

/// Takes the logo away.
pub(super) async fn remove(ask: &Ask<'_>) -> Result<Answer, Failure> {
    look::remove(ask.database, ask.id()?, ask.now, &ask.actor(Door::Api)?).await?;
    show(ask).await
}

/// A logo, for everybody who has its address.
pub(super) async fn logo(ask: &Ask<'_>) -> Result<Image, Failure> {
    Ok(look::logo(ask.database, ask.id()?).await?.ok_or(Problem::NotFound)?)
}

/// The response with a picture. It never changes, because its address does; letters show it on other sites; and whoever
/// opens it alone gets a page that can do nothing.
pub(super) fn respond(image: Image) -> worker::Result<Response> {
    let headers = Headers::new();
    for (name, value) in [
        ("Cache-Control", "public, max-age=31536000, immutable"),
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"),
        ("Content-Type", image.content_type.as_str()),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
    ] {
        headers.set(name, value)?;
    }
    Ok(Response::from_bytes(image.file)?.with_headers(headers))
}
