//! Why a balance is what it is, what will become of it, and what it was.

use seatwise_domain::forecast::{LotAhead, lot_ends, months};
use seatwise_domain::problem::FieldProblem;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{Explanation, Forecast, ForecastLot, ForecastMonth, HoldersOn, NotCarried, Overdraft};
use seatwise_domain::{Instant, Kind, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::store::forecast::{Lot, Policy};
use crate::store::holders::{self, After};
use crate::store::{companies, explain, forecast as ahead};

/// How many calendar months the forecast shows: this one and the next twelve.
const MONTHS: u32 = 13;
/// How many days back an explanation starts when nobody says otherwise.
const USUAL_DAYS: i64 = 30;
/// For how many days back a movement is summed up.
const LONGEST_DAYS: i64 = 400;

fn kind(ask: &Ask<'_>) -> Result<Kind, Failure> {
    let word = ask.second_id()?;
    Ok(Kind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(Problem::NotFound)?)
}

/// A day (in UTC) of the address's query.
pub(super) fn date(ask: &Ask<'_>, name: &'static str) -> Result<Option<Instant>, Failure> {
    let Some(text) = ask.query(name)?.filter(|text| !text.is_empty()) else { return Ok(None) };
    Ok(Some(Instant::from_date(&text).ok_or(Problem::field(name, FieldProblem::Date))?))
}

/// A balance as the sum of its lots, and what moved it since `?since=` (a day; 30 days ago, unless told otherwise).
pub(super) async fn balance(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, kind) = (ask.id()?, kind(ask)?);
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let earliest = midnight(ask.now.plus(-LONGEST_DAYS * DAY));
    let since =
        date(ask, "since")?.unwrap_or_else(|| midnight(ask.now.plus(-USUAL_DAYS * DAY))).max(earliest).min(midnight(ask.now));
    let explained = explain::balance(ask.database, company_id, kind, since, ask.now).await?;
    let (licences, limit) = explained.overdraft;
    let overdraft = (licences > 0).then_some(Overdraft { licences, limit, holders: explained.overdrawn });
    let explanation = Explanation {
        kind,
        now: ask.now,
        balance: explained.balance,
        lots: explained.lots,
        since,
        then: explained.then,
        movements: explained.movements,
        recent: explained.recent,
        overdraft,
        waiting: explained.waiting,
    };
    Answer::json(200, &explanation)
}

fn midnight(at: Instant) -> Instant {
    Instant(at.0.saturating_sub(at.0.rem_euclid(DAY)))
}

/// What ends in the next months and what becomes of it.
pub(super) async fn forecast(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (lots, policy) = ahead::read(ask.database, ask.id()?, ask.now).await?.ok_or(Problem::NotFound)?;
    let ends = lot_ends(&lots_ahead(&lots), policy.carry_over, policy.draw_order, ask.now);
    let months = months(&ends, ask.now, MONTHS);
    let end = months.iter().map(|month| month.month).max().and_then(|last| last.plus_months(1)).unwrap_or(Instant::NEVER);
    let month = |month: seatwise_domain::forecast::Month| ForecastMonth {
        month: month.month,
        kind: month.kind,
        ending: month.ending,
        held: month.held,
        carried: month.carried,
        expiring: month.expiring,
        unused: month.unused,
    };
    let order = |id: &str| lots.iter().find(|lot| lot.id == id).and_then(|lot| lot.order_number);
    let lot = |lot: seatwise_domain::forecast::LotEnd| ForecastLot {
        order: order(&lot.lot),
        id: lot.lot,
        kind: lot.kind,
        ends_at: lot.ends_at,
        ending: lot.quantity,
        held: lot.held,
        carried: lot.carried,
        expiring: lot.expiring,
        unused: lot.unused,
    };
    let forecast = Forecast {
        now: ask.now,
        carry_over: policy.carry_over,
        months: months.into_iter().map(month).collect(),
        lots: ends.into_iter().filter(|lot| lot.ends_at < end).map(lot).collect(),
    };
    Answer::json(200, &forecast)
}

fn lots_ahead(lots: &[Lot]) -> Vec<LotAhead<'_>> {
    fn ahead(lot: &Lot) -> LotAhead<'_> {
        LotAhead {
            id: &lot.id,
            kind: lot.kind,
            group: lot.group_id.as_deref(),
            starts_at: lot.starts_at,
            ends_at: lot.ends_at,
            quantity: lot.quantity,
            held: lot.held,
            active: lot.active,
            early: lot.early,
        }
    }
    lots.iter().map(ahead).collect()
}

/// Who would not move on at the end of a lot; after it, who did not.
pub(super) async fn not_carried(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, lot_id) = (ask.id()?, ask.second_id()?);
    let lot = holders::lot(ask.database, company_id, lot_id).await?.ok_or(Problem::NotFound)?;
    let after = ask.query("after")?.as_deref().and_then(After::read).unwrap_or_default();
    let (count, written_down) = match lot.not_carried.filter(|_| lot.closed) {
        Some(count) => (count, Some(lot.emptied)),
        None => {
            let (lots, Policy { carry_over, draw_order }) =
                ahead::read(ask.database, company_id, ask.now).await?.ok_or(Problem::NotFound)?;
            let ends = lot_ends(&lots_ahead(&lots), carry_over, draw_order, ask.now);
            (ends.iter().find(|end| end.lot == lot_id).map_or(0, |end| end.expiring), None)
        }
    };
    let page = holders::of_lot(ask.database, company_id, lot_id, written_down, count, &after).await?;
    Answer::json(200, &NotCarried { ends_at: lot.ends_at, ended: lot.closed, count, page })
}

/// Who held a licence on the day `?on=`, by the history alone.
pub(super) async fn holders_on(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, kind) = (ask.id()?, kind(ask)?);
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let day = date(ask, "on")?.ok_or(Problem::field("on", FieldProblem::Date))?;
    if day > ask.now {
        return Err(Problem::field("on", FieldProblem::NotPast).into());
    }
    let next = day.plus(DAY);
    let at = ask.now.min(next.plus(-1));
    // The balance at the end of a day is the one before all that the next days have moved.
    let balance = explain::balance(ask.database, company_id, kind, next, ask.now).await?.then;
    let after = ask.query("after")?.unwrap_or_default();
    let page = holders::on(ask.database, company_id, kind, at, &after).await?;
    Answer::json(200, &HoldersOn { at, kind, balance, page })
}
