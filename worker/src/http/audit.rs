//! The audit at the desk.

use seatwise_domain::Problem;
use seatwise_domain::wire::{Audit, Differing};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::store::{Door, audit, companies};

/// Recomputes a company's figures from licences and events, and says what differs. It changes nothing.
pub(super) async fn run(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let company_id = ask.id()?;
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let found = audit::run(ask.database, company_id, ask.now).await?;
    let counters = |what: Differing| matches!(what, Differing::LotCounters | Differing::Holdings | Differing::Movements);
    let repairable = found.differences.iter().any(|difference| counters(difference.what));
    let audit = Audit {
        now: ask.now,
        events: found.events,
        sealed: found.sealed,
        licences: found.licences,
        differences: found.differences,
        repairable,
    };
    Answer::json(200, &audit)
}

/// Puts counters right, and audits again.
pub(super) async fn repair(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, actor) = (ask.id()?, ask.actor(Door::Desk)?);
    companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    audit::repair(ask.database, company_id, ask.now, &actor).await?;
    run(ask).await
}
