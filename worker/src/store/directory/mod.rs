//! What a company's directory has sent: users and groups, and what follows for members and licences. The directory's own
//! ids and attributes stand here; members, licences and groups keep to their own rules, and every draw goes through the gate.

pub mod groups;
pub mod lists;
pub mod person;
pub mod saving;
pub mod settling;
pub mod users;

use seatwise_domain::Instant;

use super::sync::{self, Directory};
use super::{Database, Statement, StoreError, decode_at};

/// Signs a directory in and asks what else is to be known, in one go. The statements take the token's hash as ?1 and now
/// as ?2, so that they find nothing where the token doesn't work; their results follow behind the first. Whether anything is
/// due in the company is told to whoever `writes`.
///
/// # Errors
/// When the database can't be asked.
pub async fn look<D: Database>(
    database: &D,
    token_hash: &str,
    now: Instant,
    looks: Vec<Statement>,
    writes: bool,
) -> Result<(Option<Directory>, Vec<D::Rows>), StoreError> {
    let mut batch = vec![sync::ask_sign_in(token_hash, now, writes)];
    batch.extend(looks);
    let results = database.batch(batch).await?;
    Ok((decode_at(&results, 0)?.into_iter().next(), results))
}
