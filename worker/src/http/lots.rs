//! Corrections of lots, from the desk: each with a reason, and an event in the company's history.

use seatwise_domain::order::LARGEST_ORDER;
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::text::Remark;
use seatwise_domain::time::LONGEST_TERM_MONTHS;
use seatwise_domain::wire::{ExtendLot, ReduceLot};
use seatwise_domain::{Instant, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use super::dashboard;
use crate::store::{Door, StoreError, lots};

/// Takes unused licences out of a lot.
pub(super) async fn reduce(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: ReduceLot = ask.body().await?;
    let reason = reason(&wanted.reason)?;
    let most = i64::from(LARGEST_ORDER).min(wanted.from.saturating_sub(1)).max(0);
    if !(0..=most).contains(&wanted.to) {
        return Err(Problem::field("to", FieldProblem::NumberOutOfRange { least: 0, most }).into());
    }
    let (company_id, lot_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Desk)?);
    let lot = lots::correctable(ask.database, company_id, lot_id).await?.ok_or(Problem::NotFound)?;
    let quantities = (wanted.from, wanted.to);
    done(lots::reduce(ask.database, company_id, (lot_id, lot.kind), quantities, reason.as_str(), ask.now, &actor).await)?;
    dashboard::lots(ask).await
}

/// Lets a lot end later.
pub(super) async fn extend(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: ExtendLot = ask.body().await?;
    let reason = reason(&wanted.reason)?;
    let ends_at = Instant::from_date(wanted.ends_on.trim()).ok_or(Problem::field("ends_on", FieldProblem::Date))?;
    let (company_id, lot_id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Desk)?);
    let lot = lots::correctable(ask.database, company_id, lot_id).await?.ok_or(Problem::NotFound)?;
    let latest = lot.term.starts_at.plus_months(LONGEST_TERM_MONTHS).unwrap_or(lot.term.ends_at);
    if ends_at <= lot.term.ends_at || ends_at > latest {
        return Err(Problem::EndsNoLater.into());
    }
    done(lots::extend(ask.database, company_id, lot_id, ends_at, reason.as_str(), ask.now, &actor).await)?;
    dashboard::lots(ask).await
}

fn reason(text: &str) -> Result<Remark, Failure> {
    Ok(Remark::parse(text).map_err(|problem| Problem::field("reason", problem))?)
}

fn done(outcome: Result<(), StoreError>) -> Result<(), Failure> {
    match outcome {
        Err(error) if error.asserts("lot_changed") => Err(Problem::LotChanged.into()),
        other => Ok(other?),
    }
}
