//! What a member sees of their own.

use seatwise_domain::wire::{Contact, Look, MyLicence, MyPlace, MyRenewal};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::{Database, StoreError, decode_at, look, members, statement, statements, why};

statements! {
    /// The orders that renew what a member holds, the newest first; none where nobody moves on when licences end.
    RENEWALS = "
        SELECT l.kind, o.requested_by, (SELECT min(next.starts_at) FROM lots next WHERE next.order_id = o.id) AS follows_at
        FROM companies c
        CROSS JOIN licences l ON l.company_id = c.id AND l.member_id = ?2 AND l.status <> 'ended'
        CROSS JOIN orders o INDEXED BY orders_renewing ON o.company_id = c.id AND o.renews_lot_id = l.lot_id AND o.status IN ('requested', 'assigned')
        WHERE c.id = ?1 AND c.carry_over <> 'none'
        ORDER BY o.number DESC
        LIMIT 10";
}

/// What a member sees of their own.
#[derive(Clone, Debug)]
pub struct Mine {
    /// How the company looks.
    pub look: Look,
    /// The newest licence of each kind.
    pub licences: Vec<MyLicence>,
    /// What the member waits for.
    pub waiting: Vec<MyPlace>,
    /// Who can be asked.
    pub contact: Option<Contact>,
}

#[derive(Deserialize)]
struct RenewalRow {
    kind: Kind,
    requested_by: String,
    follows_at: Option<Instant>,
}

/// What a member holds, waits for, and whom they ask.
///
/// # Errors
/// When the database can't be asked.
pub async fn read(database: &impl Database, company_id: &str, member_id: &str, now: Instant) -> Result<Mine, StoreError> {
    let results = database
        .batch(vec![
            members::ask(company_id, now, member_id),
            statement!(RENEWALS, company_id, member_id),
            statement!(why::WAITING, company_id, member_id),
            look::ask(company_id),
            look::ask_contact(company_id, Some(member_id)),
        ])
        .await?;
    let renewals: Vec<RenewalRow> = decode_at(&results, 1)?;
    let mut licences = match decode_at(&results, 0)?.into_iter().next() {
        Some(row) => members::held(row, now)?,
        None => Vec::new(),
    };
    for licence in &mut licences {
        let renewal = renewals.iter().find(|renewal| renewal.kind == licence.kind);
        licence.renewal =
            renewal.map(|renewal| MyRenewal { requested_by: renewal.requested_by.clone(), follows_at: renewal.follows_at });
    }
    Ok(Mine {
        look: look::read(decode_at(&results, 3)?).look,
        licences,
        waiting: decode_at(&results, 2)?,
        contact: look::contact(decode_at(&results, 4)?),
    })
}
