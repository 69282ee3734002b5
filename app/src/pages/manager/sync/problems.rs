//! What went wrong lately: the same kind together, each with what to do about it.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::wire::{SyncLine, SyncProblem};

use super::log::Line;
use super::{Shared, guide, said, status};
use crate::load::Submission;
use crate::routes;
use crate::ui::{Age, Trouble, WayOn};
use crate::words::{self, sync_texts, texts};

/// The problems; nothing where there are none.
#[component]
pub(super) fn Problems(shared: Shared) -> impl IntoView {
    let kinds = shared.part(|page| by_kind(&page.problems));
    move || {
        let kinds = kinds.get();
        let one = |(problem, lines)| view! { <Problem shared=shared problem=problem lines=lines/> };
        (!kinds.is_empty()).then(|| {
            view! {
                <section class="card">
                    <header><h2>{sync_texts().problems()}</h2></header>
                    <ul class="body todo">{kinds.into_iter().map(one).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// The problems by what they are, those with the newest first.
fn by_kind(lines: &[SyncLine]) -> Vec<(SyncProblem, Vec<SyncLine>)> {
    let mut kinds: Vec<(SyncProblem, Vec<SyncLine>)> = Vec::new();
    for line in lines {
        let Some(problem) = line.problem else { continue };
        match kinds.iter_mut().find(|(known, _)| *known == problem) {
            Some((_, same)) => same.push(line.clone()),
            None => kinds.push((problem, vec![line.clone()])),
        }
    }
    kinds
}

#[component]
fn Problem(shared: Shared, problem: SyncProblem, lines: Vec<SyncLine>) -> impl IntoView {
    let (title, todo) = said::problem(problem);
    let count = i64::try_from(lines.len()).unwrap_or_default();
    let newest = lines.first().map(|line| view! { {sync_texts().problem_newest()} " " <Age at=line.at now=shared.now.into()/> });
    let way = way_out(shared, problem, &lines);
    let line = |line: SyncLine| view! { <Line line=line now=shared.now.into() among_same=true/> };
    view! {
        <li>
            <div>
                <b>{title}</b>
                <p>{todo}</p>
                <details class="more-ways">
                    <summary>{sync_texts().problem_count(count)} <small>", " {newest}</small></summary>
                    <ul class="log">{lines.into_iter().map(line).collect_view()}</ul>
                </details>
            </div>
            {way}
        </li>
    }
}

/// The button or link that solves it, where there is one.
fn way_out(shared: Shared, problem: SyncProblem, lines: &[SyncLine]) -> AnyView {
    match problem {
        SyncProblem::NoLicence => {
            let kind = lines.iter().find_map(|line| line.licences.first()).map_or(Kind::User, |licence| licence.kind);
            // Who is sent again and again counts once.
            let mut who: Vec<_> = lines.iter().map(|line| line.subject.as_deref()).collect();
            who.sort_unstable();
            who.dedup();
            let count = i64::try_from(who.len()).unwrap_or_default();
            let label = texts().request_some(&words::licences(kind, count));
            view! { <WayOn to=routes::request(kind, Some(count)) label=label/> }.into_any()
        }
        SyncProblem::Taken | SyncProblem::ManagersAddress => {
            let mut people: Vec<_> = lines.iter().filter_map(|line| line.member_id.as_deref()).collect();
            people.dedup();
            match people.as_slice() {
                [one] => view! { <WayOn to=routes::user(one) label=sync_texts().see_person()/> }.into_any(),
                _ => ().into_any(),
            }
        }
        SyncProblem::NoAddress | SyncProblem::Invalid => {
            view! { <a class="button" href="#guides" on:click=|_| guide::open_first()>{sync_texts().see_mappings()}</a> }
                .into_any()
        }
        SyncProblem::Paused => {
            let form = Submission::new();
            view! {
                {status::resume(shared, form)}
                <Trouble failure=form.failure/>
            }
            .into_any()
        }
        SyncProblem::NotFound | SyncProblem::Changed | SyncProblem::Broken => ().into_any(),
    }
}
