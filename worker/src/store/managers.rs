//! Who manages a company's licences.

use seatwise_domain::Instant;
use seatwise_domain::wire::EventKind;

use super::events::Event;
use super::{Actor, Database, Statement, StoreError, events, statement, statements};

statements! {
    /// Makes a member a manager.
    APPOINT = "
        UPDATE members SET is_manager = 1, manages_by_sync = 0
        WHERE company_id = ?1 AND id = ?2 AND is_manager = 0 AND removed_at IS NULL";
    /// Takes the right away; the member stays a user.
    DISMISS = "
        UPDATE members SET is_manager = 0, is_learner = 1, manages_by_sync = 0
        WHERE company_id = ?1 AND id = ?2 AND is_manager = 1 AND removed_at IS NULL";
    /// Insists that the statement before has found somebody.
    INSIST_FOUND = "INSERT INTO assertions SELECT changes() = 1, 'unknown_member'";
    /// Insists that somebody manages and can sign in.
    INSIST_LEFT = "
        INSERT INTO assertions SELECT EXISTS (
          SELECT 1 FROM members INDEXED BY members_who_manage
          WHERE company_id = ?1 AND is_manager = 1 AND removed_at IS NULL AND joined_at IS NOT NULL AND suspended_at IS NULL), 'last_manager'";
    /// An invite to do nothing but manage has lost its point.
    WITHDRAW = "
        UPDATE invites SET state = 'withdrawn', settled_at = ?3
        WHERE company_id = ?1 AND member_id = ?2 AND state = 'open' AND NOT EXISTS (
          SELECT 1 FROM licences l WHERE l.company_id = ?1 AND l.member_id = ?2 AND l.status = 'pending')";
}

/// Makes a member a manager.
///
/// # Errors
/// The assertion `unknown_member`, also for somebody who manages already.
pub async fn appoint(
    database: &impl Database,
    company_id: &str,
    member_id: &str,
    now: Instant,
    actor: &Actor,
    first: Option<Statement>,
) -> Result<(), StoreError> {
    let appointed = Event {
        member_id: Some(member_id),
        from: Some("learner"),
        to: Some("manager"),
        ..Event::new(EventKind::MemberRoleChanged)
    };
    let mut batch: Vec<Statement> = first.into_iter().collect();
    batch.extend([
        statement!(APPOINT, company_id, member_id),
        statement!(INSIST_FOUND),
        events::record(company_id, now, actor, &appointed),
    ]);
    database.batch(batch).await?;
    Ok(())
}

/// Takes the right to manage from a member. It counts at their very next request.
///
/// # Errors
/// The assertions `unknown_member` and `last_manager`.
pub async fn dismiss(
    database: &impl Database,
    company_id: &str,
    member_id: &str,
    now: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    let dismissed = Event {
        member_id: Some(member_id),
        from: Some("manager"),
        to: Some("learner"),
        ..Event::new(EventKind::MemberRoleChanged)
    };
    database
        .batch(vec![
            statement!(DISMISS, company_id, member_id),
            statement!(INSIST_FOUND),
            statement!(INSIST_LEFT, company_id),
            statement!(WITHDRAW, company_id, member_id, now),
            events::record(company_id, now, actor, &dismissed),
        ])
        .await?;
    Ok(())
}
