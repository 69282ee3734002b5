//! What the directory sent, in words.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::wire::{SyncEvent, SyncLicence, SyncLine, SyncOutcome, SyncProblem};

use crate::routes;
use crate::words::sync_texts;

/// Stands in a sentence for whom or what it is about, until that is put there, as a link where there is a page.
const SUBJECT: &str = "\u{0}";

/// A request of the directory as a sentence, in which its subject is a link to the person.
pub(super) fn sentence(line: &SyncLine) -> impl IntoView + use<> {
    let said = what(line);
    let (before, after) =
        said.split_once(SUBJECT).map_or((said.clone(), None), |(before, after)| (before.to_owned(), Some(after.to_owned())));
    let name = line.subject.clone().unwrap_or_else(|| sync_texts().somebody().to_owned());
    let subject = match line.member_id.as_deref() {
        Some(id) => view! { <a href=routes::user(id)>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let licences: Vec<String> = line.licences.iter().map(|licence| outcome(licence, line.dry_run)).collect();
    let licences = (!licences.is_empty()).then(|| format!(": {}", licences.join(", ")));
    view! { {before} {after.is_some().then_some(subject)} {after} {licences} }
}

/// What it did, or would have done.
fn what(line: &SyncLine) -> String {
    let texts = sync_texts();
    let (count, who) = (line.quantity.unwrap_or(1), SUBJECT);
    match (line.what, line.dry_run) {
        (SyncEvent::Contact, _) => texts.did_contact().to_owned(),
        (SyncEvent::UserCreated, false) => texts.did_create(who),
        (SyncEvent::UserCreated, true) => texts.would_create(who),
        (SyncEvent::UserAdopted, false) => texts.did_adopt(who),
        (SyncEvent::UserAdopted, true) => texts.would_adopt(who),
        (SyncEvent::UserChanged, false) => texts.did_change(who),
        (SyncEvent::UserChanged, true) => texts.would_change(who),
        (SyncEvent::UserActivated, false) => texts.did_activate(who),
        (SyncEvent::UserActivated, true) => texts.would_activate(who),
        (SyncEvent::UserDeactivated, false) => texts.did_deactivate(who),
        (SyncEvent::UserDeactivated, true) => texts.would_deactivate(who),
        (SyncEvent::UserDeleted, false) => texts.did_delete(who),
        (SyncEvent::UserDeleted, true) => texts.would_delete(who),
        (SyncEvent::GroupCreated, false) => texts.did_create_group(who),
        (SyncEvent::GroupCreated, true) => texts.would_create_group(who),
        (SyncEvent::GroupChanged, false) => texts.did_change_group(who),
        (SyncEvent::GroupChanged, true) => texts.would_change_group(who),
        (SyncEvent::GroupDeleted, false) => texts.did_delete_group(who),
        (SyncEvent::GroupDeleted, true) => texts.would_delete_group(who),
        (SyncEvent::MembersAdded, false) => texts.did_add(count, who),
        (SyncEvent::MembersAdded, true) => texts.would_add(count, who),
        (SyncEvent::MembersRemoved, false) => texts.did_remove(count, who),
        (SyncEvent::MembersRemoved, true) => texts.would_remove(count, who),
        (SyncEvent::Refused, _) if line.subject.is_some() => texts.was_refused(who),
        (SyncEvent::Refused, _) => texts.was_refused_plain().to_owned(),
    }
}

/// What became of a licence.
fn outcome(licence: &SyncLicence, dry_run: bool) -> String {
    let texts = sync_texts();
    let name = match licence.kind {
        Kind::User => texts.a_user_licence(),
        Kind::Content => texts.a_content_licence(),
    };
    match (licence.outcome, licence.order) {
        (SyncOutcome::Drawn, Some(order)) => texts.drew(name, &order.to_string()),
        (SyncOutcome::Drawn, None) => texts.drew_unknown(name),
        (SyncOutcome::Overdrawn, _) => texts.overdrew(name),
        (SyncOutcome::Waiting, _) => texts.waits(name),
        (SyncOutcome::TakenBack, _) if dry_run => texts.would_go_back(name),
        (SyncOutcome::TakenBack, _) => texts.went_back(name),
    }
}

/// What went wrong, in a few words, and what to do about it.
pub(super) fn problem(problem: SyncProblem) -> (&'static str, &'static str) {
    let texts = sync_texts();
    match problem {
        SyncProblem::NoLicence => (texts.no_licence(), texts.no_licence_todo()),
        SyncProblem::Taken => (texts.taken(), texts.taken_todo()),
        SyncProblem::NoAddress => (texts.no_address(), texts.no_address_todo()),
        SyncProblem::ManagersAddress => (texts.managers_address(), texts.managers_address_todo()),
        SyncProblem::Invalid => (texts.invalid(), texts.invalid_todo()),
        SyncProblem::NotFound => (texts.not_found(), texts.not_found_todo()),
        SyncProblem::Changed => (texts.changed(), texts.changed_todo()),
        SyncProblem::Paused => (texts.while_paused(), texts.while_paused_todo()),
        SyncProblem::Broken => (texts.broken(), texts.broken_todo()),
    }
}
