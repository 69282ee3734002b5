//! What the member who asks holds.

use seatwise_domain::Problem;
use seatwise_domain::wire::MyLicences;

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::store::{companies, mine};

/// The member's licences, the way to the learning platform, and whom to ask.
pub(super) async fn licences(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, member_id) = ask.member()?;
    let company = companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let mine = mine::read(ask.database, company_id, member_id, ask.now).await?;
    Answer::json(
        200,
        &MyLicences {
            company: company.name,
            look: mine.look,
            platform_url: company.settings.platform_url,
            licences: mine.licences,
            waiting: mine.waiting,
            contact: mine.contact,
            now: ask.now,
        },
    )
}
