//! A company's orders.

use seatwise_domain::Problem;
use seatwise_domain::order::LARGEST_ORDER;
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::text::{Reference, Remark};
use seatwise_domain::wire::RequestOrder;

use super::answer::{Answer, Failure};
use super::ask::{Ask, read};
use super::once::once;
use crate::store::{Door, companies, orders};

/// A page of orders, newest first.
pub(super) async fn list(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company_id = ask.id()?;
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let below = ask.query("after")?.and_then(|cursor| cursor.parse::<u32>().ok()).map_or(i64::from(u32::MAX), i64::from);
    Answer::json(200, &orders::page(ask.database, company_id, below).await?)
}

/// Requests licences from the account manager (requirement A3).
pub(super) async fn request(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let body = ask.text().await?;
    let wanted: RequestOrder = read(&body)?;
    let most = i64::from(LARGEST_ORDER);
    if !(1..=most).contains(&wanted.quantity) {
        return Err(Problem::field("quantity", FieldProblem::NumberOutOfRange { least: 1, most }).into());
    }
    let reference =
        Reference::parse_optional(wanted.reference.as_deref()).map_err(|problem| Problem::field("reference", problem))?;
    let message = Remark::parse_optional(wanted.message.as_deref()).map_err(|problem| Problem::field("message", problem))?;
    let ask = &*ask;
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Api)?);
    once(
        ask,
        &body,
        async |id, keep| {
            let order = orders::NewOrder {
                id,
                kind: wanted.kind,
                quantity: wanted.quantity,
                reference: reference.as_ref().map(Reference::as_str),
                message: message.as_ref().map(Remark::as_str),
                group: wanted.group.as_deref(),
                renews: wanted.renews.as_deref(),
            };
            match orders::request(ask.database, company_id, &order, ask.now, &actor, keep).await {
                Err(error) if error.is_foreign_key() || error.asserts("unknown_lot") => Err(Problem::NotFound.into()),
                other => Ok(other?),
            }
        },
        async |id| Ok(orders::one(ask.database, company_id, id).await?.ok_or(Problem::NotFound)?),
    )
    .await
}

/// One order with its lots and its history.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let page = orders::whole(ask.database, ask.id()?, ask.second_id()?, ask.now).await?.ok_or(Problem::NotFound)?;
    Answer::json(200, &page)
}

/// Cancels what is open of an order.
pub(super) async fn cancel(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, id, actor) = (ask.id()?, ask.second_id()?, ask.actor(Door::Api)?);
    orders::one(ask.database, company_id, id).await?.ok_or(Problem::NotFound)?;
    match orders::cancel(ask.database, company_id, id, ask.now, &actor).await {
        Err(error) if error.asserts("order_not_open") => return Err(Problem::OrderNotOpen.into()),
        other => other?,
    }
    Answer::json(200, &orders::one(ask.database, company_id, id).await?.ok_or(Problem::NotFound)?)
}
