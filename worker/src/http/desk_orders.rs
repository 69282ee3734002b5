//! Orders at the desk.

use seatwise_domain::order::OrderStatus;
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::text::Remark;
use seatwise_domain::time::{LONGEST_TERM_MONTHS, TERM_MONTHS};
use seatwise_domain::wire::{AssignOrder, DeclineOrder};
use seatwise_domain::{Instant, Problem, Term};

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::once::{Made, once};
use crate::auth::secret;
use crate::store::{Door, desk, due, orders};

/// Orders that wait, oldest first; with `own=true` those of one's own companies.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let cursor = ask.query("after")?;
    let after = cursor.as_deref().and_then(|cursor| cursor.split_once('.'));
    let after = after.and_then(|(id, at)| Some((Instant(at.parse().ok()?), id))).unwrap_or((Instant(0), ""));
    Answer::json(200, &desk::waiting(ask.database, ask.now, ask.own()?, after).await?)
}

/// Assigns an order, whole or in part: its lot comes into force (requirements B1, B4).
pub(super) async fn assign(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: AssignOrder = read(&body)?;
    let note = Remark::parse_optional(wanted.note.as_deref()).map_err(|problem| Problem::field("note", problem))?;
    let ask = &*ask;
    let (order_id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    let order = orders::open(ask.database, order_id).await?.ok_or(Problem::NotFound)?;
    let term = term(&wanted, order.renews_until, ask.now)?;
    // Left out, it is what somebody sees who has just read the order as it was requested: then nothing is assigned twice.
    let open = wanted.open.unwrap_or(order.quantity);
    let quantity = wanted.quantity.unwrap_or(open);
    if !(1..=open.max(1)).contains(&quantity) {
        return Err(Problem::field("quantity", FieldProblem::NumberOutOfRange { least: 1, most: open.max(1) }).into());
    }
    let company_id = order.company_id;
    // The address names no company, so nobody has let time catch up with this one.
    due::catch_up(ask.database, &company_id, ask.now).await?;
    once(
        ask,
        &body,
        async |_, keep| {
            let lot_id = secret::new_id().map_err(Failure::from)?;
            let lot = orders::Assignment {
                lot_id: &lot_id,
                kind: order.kind,
                quantity,
                open,
                term,
                group: wanted.group.as_deref().map(|group| Some(group).filter(|group| !group.is_empty())),
                note: note.as_ref().map(Remark::as_str),
            };
            match orders::assign(ask.database, &company_id, order_id, &lot, ask.now, &actor, keep).await {
                // One assignment makes one lot, however often and at once it is asked for.
                Err(error) if error.asserts("order_not_open") => Err(Made::Refused(not_open(ask, order_id).await?)),
                Err(error) if error.is_foreign_key() => Err(Problem::NotFound.into()),
                other => Ok(other?),
            }
        },
        async |_| Ok(orders::one(ask.database, &company_id, order_id).await?.ok_or(Problem::NotFound)?),
    )
    .await
}

/// Why an order couldn't be assigned: it is settled, or another number of its licences is open.
async fn not_open(ask: &Ask<'_>, order_id: &str) -> Result<Failure, Failure> {
    let order = orders::open(ask.database, order_id).await?.ok_or(Problem::NotFound)?;
    let changed = order.status == OrderStatus::Requested;
    Ok(if changed { Problem::OrderChanged } else { Problem::OrderNotOpen }.into())
}

/// Declines what is open of an order, with a reason.
pub(super) async fn decline(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: DeclineOrder = ask.body().await?;
    let reason = Remark::parse(&wanted.reason).map_err(|problem| Problem::field("reason", problem))?;
    let (order_id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    let company_id = orders::open(ask.database, order_id).await?.ok_or(Problem::NotFound)?.company_id;
    match orders::decline(ask.database, &company_id, order_id, reason.as_str(), ask.now, &actor).await {
        Err(error) if error.asserts("order_not_open") => return Err(Problem::OrderNotOpen.into()),
        other => other?,
    }
    Answer::json(200, &orders::one(ask.database, &company_id, order_id).await?.ok_or(Problem::NotFound)?)
}

/// The term that the account manager gives: for 12 months (B1) from this moment, or from the end of the lot that is renewed,
/// unless told otherwise.
fn term(wanted: &AssignOrder, renews_until: Option<Instant>, now: Instant) -> Result<Term, Failure> {
    let starts_at = match wanted.starts_on.as_deref().map(str::trim).filter(|date| !date.is_empty()) {
        Some(date) => Instant::from_date(date).ok_or(Problem::field("starts_on", FieldProblem::Date))?,
        None => renews_until.filter(|until| *until > now).unwrap_or(now),
    };
    let months = wanted.months.unwrap_or(TERM_MONTHS);
    let range = FieldProblem::NumberOutOfRange { least: 1, most: i64::from(LONGEST_TERM_MONTHS) };
    Ok(Term::new(starts_at, months).ok_or(Problem::field("months", range))?)
}
