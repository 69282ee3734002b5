//! The dashboard and the lots that it sums up.

use seatwise_domain::wire::{Dashboard, KindSummary, LotLine, Lots, MonthOfExpiries, NextExpiry, Overdrawn};
use seatwise_domain::{Instant, Kind, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::store::{companies, lots as stored, overview};

/// How many events the dashboard shows.
const RECENT: i64 = 5;

/// The dashboard (requirement A1): sums over lots, so its cost doesn't grow with learners.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company_id = ask.id()?;
    let overview = overview::read(ask.database, company_id, ask.now, RECENT).await?.ok_or(Problem::NotFound)?;
    let dashboard = Dashboard {
        company: overview.company.name,
        now: ask.now,
        user: summary(&overview.lots, Kind::User, ask.now),
        content: summary(&overview.lots, Kind::Content, ask.now),
        expiring: MonthOfExpiries::of(&overview.lots, ask.now),
        waiting_orders: overview.waiting_orders,
        content_with_user: overview.company.settings.content_with_user,
        recent: overview.recent,
        platform_known: overview.company.settings.platform_url.is_some(),
        attention: overview.attention,
    };
    Answer::json(200, &dashboard)
}

fn summary(lots: &[LotLine], kind: Kind, now: Instant) -> KindSummary {
    let next_expiry =
        lots.iter().find(|lot| lot.kind == kind && lot.in_force(now) && lot.order.is_some()).map(|lot| NextExpiry {
            lot: lot.id.clone(),
            group_id: lot.group_id.clone(),
            renewal: lot.renewal,
            ends_at: lot.ends_at,
            quantity: lot.quantity,
            held: lot.in_use.saturating_add(lot.pending),
        });
    let set_aside: Vec<LotLine> = lots.iter().filter(|lot| lot.group.is_some()).cloned().collect();
    let set_aside = stored::balance(&set_aside, kind, now).available;
    KindSummary { balance: stored::balance(lots, kind, now), set_aside, next_expiry }
}

/// The company's lots: those in force, those to come, and those that ended in the last year.
pub(super) async fn lots(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company_id = ask.id()?;
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let since = ask.now.plus(-365 * seatwise_domain::time::DAY);
    let lots = stored::ending_after(ask.database, company_id, since).await?;
    // An overdraft is no lot that somebody has ordered.
    let (items, overdrafts): (Vec<LotLine>, Vec<LotLine>) = lots.into_iter().partition(|lot| lot.order.is_some());
    let held = overdrafts.iter().filter(|lot| lot.in_use > 0 || lot.pending > 0);
    let overdrawn = held.map(|lot| Overdrawn { kind: lot.kind, in_use: lot.in_use, pending: lot.pending }).collect();
    Answer::json(200, &Lots { now: ask.now, items, overdrawn })
}
