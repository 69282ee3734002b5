//! The last requests of the directory.

use leptos::prelude::*;
use seatwise_domain::Instant;
use seatwise_domain::wire::{SyncLine, SyncLog as Listed};

use super::said;
use crate::client::{self, Failure};
use crate::load::Loaded;
use crate::session::Account;
use crate::ui::{Age, More, Pill, Skeleton, Trouble};
use crate::words::{Tone, sync_texts};

/// The log, the newest first, with the way to what came before.
#[component]
pub(super) fn SyncLog(log: Loaded<Listed>, now: Signal<Instant>) -> impl IntoView {
    let account = Account::expect();
    let more = log.more(move |after| client::sync_log(account.company_id(), Some(after)));
    // What was there stays when a look fails.
    let lines = Memo::new(move |before: Option<&Vec<SyncLine>>| {
        log.value().map(|log| log.items).or_else(|| before.cloned()).unwrap_or_default()
    });
    let next = Memo::new(move |_| log.value().and_then(|log| log.next));
    let none = Memo::new(move |before: Option<&Option<Option<Failure>>>| match (log.get(), before) {
        (Some(Ok(_)), _) | (_, Some(None)) => None,
        (Some(Err(failure)), _) => Some(Some(failure)),
        (None, _) => Some(None),
    });
    let empty = Memo::new(move |_| lines.with(Vec::is_empty));
    let shown = move || match none.get() {
        Some(None) => view! { <Skeleton/> }.into_any(),
        Some(failure) => view! { <Trouble failure=failure/> }.into_any(),
        None if empty.get() => view! { <p class="body calm">{sync_texts().log_empty()}</p> }.into_any(),
        None => view! {
            <ul class="body log">
                // A line stays as it is; only new ones are drawn.
                <For each=move || lines.get() key=|line| line.place let(line)><Line line=line now=now/></For>
            </ul>
            {move || next.get().map(|next| view! { <More next=Some(next) more=more/> })}
        }
        .into_any(),
    };
    view! {
        <section class="card">
            <header><h2>{sync_texts().log()}</h2></header>
            {shown}
        </section>
    }
}

/// A request, when it came, and what went wrong with it.
#[component]
pub(super) fn Line(
    line: SyncLine,
    now: Signal<Instant>,
    /// Whether it stands among others with the same problem, which need not be named again.
    #[prop(optional)]
    among_same: bool,
) -> impl IntoView {
    let wrong = match (line.problem, line.detail.clone()) {
        (Some(_), detail) if among_same => detail,
        (Some(problem), Some(detail)) => Some(format!("{}: {detail}", said::problem(problem).0)),
        (Some(problem), None) => Some(said::problem(problem).0.to_owned()),
        (None, detail) => detail,
    };
    let dry = line.dry_run.then(|| view! { " " <Pill of=(sync_texts().dry_run(), Tone::AVAILABLE)/> });
    view! {
        <li>
            <span>
                <b>{line.token.clone()}</b> " " {said::sentence(&line)} {dry}
                {wrong.map(|wrong| view! { <small data-below=line.problem.map(|_| "zero")>{wrong}</small> })}
            </span>
            <Age at=line.at now=now/>
        </li>
    }
}
