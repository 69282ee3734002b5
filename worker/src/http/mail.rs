//! Mail: how letters do, what they look like, sending one again, and what the provider tells of them.

use seatwise_domain::Problem;
use seatwise_domain::letter::LetterKind;
use seatwise_domain::wire::MailState;

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::mail::letter::sample;
use crate::mail::signature::{Signed, is_signed};
use crate::mail::told;
use crate::store::outbox;

/// A letter that is looked at is drawn and does nothing: it runs nothing, fetches nothing, and stands in our own pages only.
const LETTER_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

/// How letters leave, what waits, and what failed.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let outbox::State { queued, oldest, paused, failed } = outbox::state(ask.database).await?;
    let state = MailState {
        transport: ask.config.mail.transport(),
        from: ask.config.mail_from.clone(),
        missing: ask.config.mail_missing(),
        queued,
        oldest,
        paused,
        failed,
        letters: LetterKind::ALL.to_vec(),
    };
    Answer::json(200, &state)
}

/// A letter with sample values, as HTML or as plain text.
pub(super) fn preview(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let kind = LetterKind::parse(ask.id()?).ok_or(Problem::NotFound)?;
    let written = sample(kind, ask.now).write(ask.config, Some("Ines Carvalho"), ask.language(), None);
    let text = ask.query("as")?.is_some_and(|form| form == "text");
    Ok(if text {
        Answer::document("text/plain; charset=utf-8", format!("{}\n\n{}", written.subject, written.text))
    } else {
        Answer::document("text/html; charset=utf-8", written.html)
    }
    .with("Content-Security-Policy", LETTER_POLICY.to_owned()))
}

/// Sends a letter again that failed or came back.
pub(super) async fn send_again(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let id = ask.second_id()?.parse().map_err(|_| Problem::NotFound)?;
    Answer::json(200, &outbox::send_again(ask.database, ask.id()?, id, ask.now).await??)
}

/// Takes down what the provider tells. Whatever is signed is answered alike: what we don't know is nothing to the provider.
pub(super) async fn event(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let secret = ask.config.mail.webhook_secret.as_deref().ok_or(Problem::NotSigned)?;
    let header = |name: &str| ask.header(&format!("webhook-{name}")).or_else(|| ask.header(&format!("svix-{name}")));
    let (Some(id), Some(timestamp), Some(signatures)) = (header("id"), header("timestamp"), header("signature")) else {
        return Err(Problem::NotSigned.into());
    };
    let body = ask.text().await?;
    if !is_signed(secret, Signed { id: &id, timestamp: &timestamp, signatures: &signatures }, &body, ask.now) {
        return Err(Problem::NotSigned.into());
    }
    if let Some(event) = told::read(&body) {
        let names = (event.provider_id.as_str(), event.stamp.as_deref());
        outbox::tell(ask.database, names, event.told, event.reason.as_deref(), ask.now).await?;
    }
    Ok(Answer::empty(204))
}
