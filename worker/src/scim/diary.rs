//! What directories did, on its way into the log. Lines are gathered and written together once answers have left: the log
//! is for people who look, while what happened to members and licences stands in the history, in the same transaction.

use core::cell::RefCell;

use seatwise_domain::Instant;
use seatwise_domain::time::MINUTE;
use seatwise_domain::wire::{SyncEvent, SyncProblem};

use super::call::Done;
use crate::store::sync::{self, Directory, NewLine, Used};
use crate::store::{Database, StoreError};

thread_local! {
    static LINES: RefCell<(Vec<NewLine>, Vec<Used>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Notes that a token was used, at most once a minute; the first request of a minute that changed nothing gets a line.
pub(super) fn used(directory: &Directory, now: Instant, silent: bool) {
    let recent = directory.last_used_at.is_some_and(|last| now.0.saturating_sub(last.0) < MINUTE);
    let noted = LINES.with_borrow(|(_, used)| used.iter().any(|one| one.token_id == directory.id));
    if recent || noted {
        return;
    }
    LINES.with_borrow_mut(|(_, used)| {
        used.push(Used { company_id: directory.company_id.clone(), token_id: directory.id.clone(), at: now });
    });
    if silent {
        let done = Done {
            what: SyncEvent::Contact,
            subject: None,
            member_id: None,
            quantity: None,
            licences: Vec::new(),
            problem: None,
        };
        note(directory, now, done, None);
    }
}

/// Notes what a request did.
pub(super) fn note(directory: &Directory, now: Instant, done: Done, detail: Option<String>) {
    let line = NewLine {
        company_id: directory.company_id.clone(),
        at: now,
        token: directory.name.clone(),
        what: done.what,
        subject: done.subject,
        member_id: done.member_id,
        quantity: done.quantity,
        dry_run: i64::from(directory.sync_dry_run),
        licences: done.licences,
        problem: done.problem,
        detail,
    };
    LINES.with_borrow_mut(|(lines, _)| lines.push(line));
}

/// Notes that a request was refused.
pub(super) fn refused(directory: &Directory, now: Instant, problem: SyncProblem, subject: Option<String>, detail: String) {
    let done =
        Done { what: SyncEvent::Refused, subject, member_id: None, quantity: None, licences: Vec::new(), problem: Some(problem) };
    note(directory, now, done, Some(detail));
}

/// Whether something waits to be written.
pub fn is_empty() -> bool {
    LINES.with_borrow(|(lines, used)| lines.is_empty() && used.is_empty())
}

/// Writes what was gathered.
///
/// # Errors
/// When the database takes nothing; then it is lost, which is told in the Worker's own log.
pub async fn write(database: &impl Database) -> Result<(), StoreError> {
    let (lines, used) = LINES.take();
    sync::log(database, &lines, &used).await
}
