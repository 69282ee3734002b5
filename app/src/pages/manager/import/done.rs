//! The last step: what the import did, and the way to undo it.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::wire::{Dashboard, Import, ImportState, KindSummary};

use super::check::figure;
use super::undo::UndoDialog;
use super::work::Work;
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::ui::{Banner, WayOn};
use crate::words::{self, Tone, import_texts, texts};

/// The last step.
#[component]
pub(super) fn Done(work: Work) -> impl IntoView {
    let asking = RwSignal::new(false);
    let close = Callback::new(move |()| asking.set(false));
    let undone = Callback::new(move |import: Import| {
        asking.set(false);
        work.heard(import);
    });
    let state = Memo::new(move |_| work.import.with(|import| import.as_ref().map(|import| import.state)));
    let title = move || {
        if state.get() == Some(ImportState::Undone) {
            import_texts().import_undone_title()
        } else {
            import_texts().import_done_title()
        }
    };
    let file = move || work.import.with(|import| import.as_ref().map(|import| import.file.clone()));
    let undoable = move || {
        work.import.get().filter(|import| import.state == ImportState::Done)?.undo_until.filter(|until| *until > words::now())
    };
    view! {
        {move || left_out(work)}
        <section class="card">
            <header><h2 node_ref=work.heading() tabindex="-1">{title}</h2><span class="end">{file}</span></header>
            <div class="body">
                {move || work.import.get().map(|import| figures(work, &import))}
                {move || undoable().map(|until| view! { <p class="calm">{import_texts().import_undo_until(&words::minute(until))}</p> })}
            </div>
        </section>
        <div class="do">
            <WayOn to=routes::USERS label=import_texts().import_see_users() main=true/>
            <button type="button" class="button" on:click=move |_| work.start_over()>{import_texts().import_next()}</button>
            {move || undoable().map(|_| view! { <button type="button" class="button" on:click=move |_| asking.set(true)>{import_texts().import_undo()}</button> })}
        </div>
        {move || work.import.get_untracked().filter(|_| asking.get()).map(|import| view! { <UndoDialog import=import on_close=close on_done=undone/> })}
    }
}

fn figures(work: Work, import: &Import) -> impl IntoView + use<> {
    let undone = import.state == ImportState::Undone;
    let refused = import.unreadable + import.repeated;
    let download = (refused > 0).then(|| {
        let to = client::refused_address(&work.company(), &import.id);
        view! { <a href=to rel="external" download="">{import_texts().import_with_reasons()}</a> }
    });
    let some = |label, count: i64, hint: AnyView| (count > 0).then(|| figure(label, count, hint));
    view! {
        {undone.then(|| view! { <p>{import_texts().import_undone_text(import.undone)}</p> })}
        <dl class="figures tally">
            {figure(import_texts().import_added(), import.added, ().into_any())}
            {some(import_texts().import_brought_back(), import.brought_back, ().into_any())}
            {some(import_texts().import_moved(), import.moved, ().into_any())}
            {undone.then(|| figure(import_texts().import_taken_back(), import.undone, ().into_any()))}
            {some(import_texts().import_left_out(), import.left_out, import_texts().import_left_out_hint().into_any())}
            {some(import_texts().import_refused(), refused, download.into_any())}
        </dl>
    }
}

/// Who was left out because there were too few licences, and which ones to request for them.
fn left_out(work: Work) -> Option<impl IntoView> {
    let count = work
        .import
        .with(|import| import.as_ref().filter(|import| import.state == ImportState::Done).map_or(0, |import| import.left_out));
    (count > 0).then(|| view! { <LeftOut work=work count=count/> })
}

#[component]
fn LeftOut(work: Work, count: i64) -> impl IntoView {
    let dashboard = Loaded::new(move || client::dashboard(work.company()));
    let ways = move || {
        let missing = |kind: Kind, summary: &KindSummary| {
            let missing = count - (summary.balance.available - summary.set_aside).max(0);
            (missing > 0).then(|| {
                let label = texts().request_some(&words::licences(kind, missing));
                view! { <WayOn to=routes::request(kind, Some(missing)) label=label main=kind == Kind::User/> }
            })
        };
        dashboard.value().map(|dashboard: Dashboard| {
            let content = dashboard.content_with_user.then(|| missing(Kind::Content, &dashboard.content));
            view! { {missing(Kind::User, &dashboard.user)} {content} }
        })
    };
    view! {
        <Banner tone=Tone::PENDING title=import_texts().import_left_short(count) ways=move || ways><p>{import_texts().import_left_out_text()}</p></Banner>
    }
}
