//! Which letters go to whom.

use seatwise_domain::letter::{Audience, LetterKind};
use seatwise_domain::order::LARGEST_ORDER;
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::wire::{MOST_NOTICES_OFF, NoticeOff, Notices, REMIND_DAYS};
use seatwise_domain::{Kind, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::store::{Door, notices};

/// A company's choices.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    Answer::json(200, &notices::read(ask.database, ask.id()?).await?.ok_or(Problem::NotFound)?)
}

/// Changes them.
pub(super) async fn change(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: Notices = ask.body().await?;
    let days = (*REMIND_DAYS.start(), *REMIND_DAYS.end());
    within("remind_first", wanted.remind_first, days)?;
    // The second time comes after the first.
    let least = wanted.remind_first.map_or(days.0, |first| first.saturating_add(1).min(days.1));
    within("remind_second", wanted.remind_second, (least, days.1))?;
    for (kind, low) in Kind::ALL.into_iter().zip([wanted.low_user, wanted.low_content]) {
        within(seatwise_domain::wire::low_field(kind), low, (1, i64::from(LARGEST_ORDER)))?;
    }
    if wanted.off.len() > MOST_NOTICES_OFF || !wanted.off.iter().all(can_be_chosen) {
        return Err(Problem::field("off", FieldProblem::Choice).into());
    }
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    notices::change(ask.database, company_id, &wanted, ask.now, &actor).await?;
    show(ask).await
}

fn within(field: &'static str, number: Option<i64>, (least, most): (i64, i64)) -> Result<(), Failure> {
    match number {
        Some(number) if !(least..=most).contains(&number) => {
            Err(Problem::field(field, FieldProblem::NumberOutOfRange { least, most }).into())
        }
        _ => Ok(()),
    }
}

/// Whether a company may do without it: a sort of receivers that the letter has, or one manager's id where managers get it.
fn can_be_chosen(off: &NoticeOff) -> bool {
    let (kind, receivers): (LetterKind, _) = (off.letter, off.letter.chosen_for());
    match Audience::parse(&off.receiver) {
        Some(audience) => receivers.contains(&audience),
        None => kind.chosen_for().contains(&Audience::Managers) && is_id(&off.receiver),
    }
}

fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
