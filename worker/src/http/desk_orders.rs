//! Orders at the desk.

use seatwise_domain::problem::FieldProblem;
use seatwise_domain::time::{LONGEST_TERM_MONTHS, TERM_MONTHS};
use seatwise_domain::wire::AssignOrder;
use seatwise_domain::{Instant, Problem, Term};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::once::{Made, once};
use crate::auth::secret;
use crate::store::{Door, desk, due, orders};

/// Orders that wait, oldest first.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let cursor = ask.query("after")?;
    let after = cursor.as_deref().and_then(|cursor| cursor.split_once('.'));
    let after = after.and_then(|(id, at)| Some((Instant(at.parse().ok()?), id))).unwrap_or((Instant(0), ""));
    Answer::json(200, &desk::waiting(ask.database, ask.now, after).await?)
}

/// Assigns an order: its lot comes into force (requirements B1, B4).
pub(super) async fn assign(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: AssignOrder = read(&body)?;
    let term = term(&wanted, ask.now)?;
    let ask = &*ask;
    let (order_id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    let of = orders::company_of(ask.database, order_id).await?.ok_or(Problem::NotFound)?;
    let company_id = of.company_id;
    // The address names no company, so nobody has let time catch up with this one.
    due::catch_up(ask.database, &company_id, ask.now).await?;
    once(
        ask,
        &body,
        async |_, keep| {
            let lot_id = secret::new_id().map_err(Failure::from)?;
            match orders::assign(ask.database, &company_id, order_id, (&lot_id, of.kind, term), ask.now, &actor, keep).await {
                // One order makes one lot, however often and at once it is asked for.
                Err(error) if error.asserts("order_not_open") => Err(Made::Refused(Problem::OrderNotOpen.into())),
                other => Ok(other?),
            }
        },
        async |_| Ok(orders::one(ask.database, &company_id, order_id).await?.ok_or(Problem::NotFound)?),
    )
    .await
}

/// The term that the account manager gives: from this moment for 12 months, unless told otherwise (B1).
fn term(wanted: &AssignOrder, now: Instant) -> Result<Term, Failure> {
    let starts_at = match wanted.starts_on.as_deref().map(str::trim).filter(|date| !date.is_empty()) {
        Some(date) => Instant::from_date(date).ok_or(Problem::field("starts_on", FieldProblem::Date))?,
        None => now,
    };
    let months = wanted.months.unwrap_or(TERM_MONTHS);
    let range = FieldProblem::NumberOutOfRange { least: 1, most: i64::from(LONGEST_TERM_MONTHS) };
    Ok(Term::new(starts_at, months).ok_or(Problem::field("months", range))?)
}
