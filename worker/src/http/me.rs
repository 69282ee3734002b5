//! What the member who asks holds.

use seatwise_domain::Problem;
use seatwise_domain::wire::MyLicences;

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::store::{companies, members};

/// The member's licences, the way to the learning platform, and whom to ask.
pub(super) async fn licences(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let (company_id, member_id) = ask.member()?;
    let company = companies::one(ask.database, company_id).await?.ok_or(Problem::NotFound)?;
    let licences = members::licences(ask.database, company_id, ask.now, member_id).await?;
    let managers = members::contacts(members::managers(ask.database, company_id).await?);
    let platform_url = company.settings.platform_url;
    Answer::json(200, &MyLicences { company: company.name, platform_url, licences, managers, now: ask.now })
}
