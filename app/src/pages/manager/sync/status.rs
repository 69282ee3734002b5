//! Where the sync stands, and the end of the dry run.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::policy::SyncShortage;
use seatwise_domain::wire::{SyncNeed, SyncPage, SyncSettings, SyncToken};
use web_sys::SubmitEvent;

use super::Shared;
use crate::load::Submission;
use crate::routes;
use crate::ui::{Age, Banner, Dialog, DialogEnd, Figure, Figures, Pill, Send, Trouble, WayOn};
use crate::words::{self, Tone, number, sync_texts, texts};

/// From how many people on it is asked whether they are to be let in at once.
const MANY: i64 = 25;

/// Whether the end of the dry run would let many people in, or more than there are licences for.
pub(super) fn is_large(page: &SyncPage) -> bool {
    page.held >= MANY || page.needs.iter().any(|need| need.short_by() > 0)
}

/// Whether every token has expired.
fn all_expired(tokens: &[SyncToken], now: seatwise_domain::Instant) -> bool {
    !tokens.is_empty() && tokens.iter().all(|token| token.expires_at.is_some_and(|at| at <= now))
}

/// The status line, and what needs attention.
#[component]
pub(super) fn Status(shared: Shared) -> impl IntoView {
    let settings = shared.part(|page| page.settings.clone());
    let heard = shared.part(|page| page.last_contact);
    let figures = shared.part(|page| (page.users, page.active, page.held, page.without_address));
    let without = shared.part(|page| page.without_address);
    let expired = shared.part(|page| all_expired(&page.tokens, page.now));
    let pill = move || {
        let settings = settings.get();
        let of = match heard.get() {
            _ if settings.paused => (sync_texts().paused(), Tone::PENDING),
            None => (sync_texts().not_heard_of(), Tone::EXPIRED),
            Some(_) if settings.dry_run => (sync_texts().dry_run(), Tone::AVAILABLE),
            Some(_) => (sync_texts().connected(), Tone::IN_USE),
        };
        view! { <Pill of=of/> }
    };
    let contact = move || match heard.get() {
        Some(at) => view! { <Age at=at now=shared.now.into()/> }.into_any(),
        None => sync_texts().no_contact().into_any(),
    };
    let figures = move || {
        let (users, active, held, without) = figures.get();
        let figure = |label, value| Figure { label, value, tone: None, counted: None, explained: None };
        let mut shown = vec![figure(sync_texts().users_sent(), users), figure(sync_texts().active_there(), active)];
        if held > 0 || settings.with(|settings| settings.dry_run) {
            shown.push(figure(sync_texts().held_back(), held));
        }
        if without > 0 {
            shown.push(figure(sync_texts().without_address(), without));
        }
        view! { <Figures figures=shown/> }
    };
    let note = move || {
        let without = without.get();
        match heard.get() {
            None => Some(view! { <p class="note calm">{sync_texts().not_heard_of_text()}</p> }.into_any()),
            Some(_) if without > 0 => Some(view! { <p class="note calm">{sync_texts().lack_address(without)}</p> }.into_any()),
            Some(_) => None,
        }
    };
    let make = move || {
        view! { <button type="button" class="button" on:click=move |_| shared.making.set(true)>{sync_texts().make_token()}</button> }
    };
    view! {
        {move || expired.get().then(|| view! {
            <Banner tone=Tone::OVERDRAWN title=sync_texts().all_expired_title() ways=make><p>{sync_texts().all_expired_text()}</p></Banner>
        })}
        {move || settings.with(|settings| settings.paused).then(|| view! { <Paused shared=shared/> })}
        {move || settings.with(|settings| settings.dry_run).then(|| view! { <DryRun shared=shared/> })}
        <section class="card">
            <header><h2>{sync_texts().status()}</h2>{pill}<span class="end">{sync_texts().last_contact()} ": " {contact}</span></header>
            <div class="body">{figures}{note}</div>
        </section>
    }
}

/// The button that ends the pause.
pub(super) fn resume(shared: Shared, form: Submission) -> impl IntoView {
    let resume = move |_| {
        if let Some(page) = shared.page.value() {
            shared.save(form, SyncSettings { paused: false, ..page.settings }, sync_texts().resumed_toast());
        }
    };
    view! { <button type="button" class="button" aria-disabled=move || form.busy.get().then_some("true") on:click=resume>{sync_texts().resume()}</button> }
}

#[component]
fn Paused(shared: Shared) -> impl IntoView {
    let form = Submission::new();
    view! {
        <Banner
            tone=Tone::PENDING
            title=sync_texts().paused_title()
            ways=move || resume(shared, form)
            trouble=move || view! { <Trouble failure=form.failure/> }
        >
            <p>{sync_texts().paused_text()}</p>
        </Banner>
    }
}

/// What would happen if the dry run ended now.
#[component]
fn DryRun(shared: Shared) -> impl IntoView {
    let form = Submission::new();
    let end = move |_| {
        if let Some(page) = shared.page.value() {
            shared.save(form, SyncSettings { dry_run: false, ..page.settings }, sync_texts().dry_run_ended_toast());
        }
    };
    let outlook = outlook(shared);
    let needs = shared.part(|page| page.needs.clone());
    let ways = move || {
        view! {
            {move || requests(&needs.get())}
            <button type="button" class="button main" aria-disabled=move || form.busy.get().then_some("true") on:click=end>{sync_texts().end_dry_run()}</button>
        }
    };
    view! {
        <Banner tone=Tone::AVAILABLE title=sync_texts().dry_run_title() ways=ways trouble=move || view! { <Trouble failure=form.failure/> }>
            {outlook}
        </Banner>
    }
}

/// The sentences that say what the end of the dry run brings.
fn outlook(shared: Shared) -> impl IntoView {
    let parts = shared.part(|page| (page.held, page.settings.activates, page.needs.clone(), page.shortage, page.overdraft_limit));
    move || {
        let (held, activates, needs, shortage, limit) = parts.get();
        if held == 0 {
            return view! { <p>{sync_texts().dry_run_nobody()}</p> }.into_any();
        }
        let people = if activates { sync_texts().held_active(held) } else { sync_texts().held_invited(held) };
        let lines = needs.iter().filter(|need| need.needed > 0).map(|need| view! { <p>{needed(need, shortage, limit)}</p> });
        view! { <p>{people}</p> {lines.collect_view()} }.into_any()
    }
}

/// How many licences of a kind are needed, how many there are, and what becomes of those who are short.
fn needed(need: &SyncNeed, shortage: SyncShortage, limit: i64) -> String {
    let texts = sync_texts();
    let (short, available) = (need.short_by(), number(need.available));
    if short == 0 {
        return match need.kind {
            Kind::User => texts.enough_user(need.needed, &available),
            Kind::Content => texts.enough_content(need.needed, &available),
        };
    }
    // What is overdrawn already counts towards the limit.
    let room = limit.saturating_add(need.available.min(0)).max(0);
    let what = match shortage {
        SyncShortage::Overdraw if short <= room => texts.would_overdraw(short),
        SyncShortage::Overdraw if room == 0 => texts.would_refuse(short),
        SyncShortage::Overdraw => texts.would_overdraw_some(room, &number(short.saturating_sub(room))),
        SyncShortage::Wait => texts.would_wait(short),
        SyncShortage::Refuse => texts.would_refuse(short),
    };
    match need.kind {
        Kind::User => texts.short_user(need.needed, &available, &what),
        Kind::Content => texts.short_content(need.needed, &available, &what),
    }
}

/// The way to the licences that are short.
fn requests(needs: &[SyncNeed]) -> impl IntoView + use<> {
    let way = |need: &SyncNeed| {
        let (kind, short) = (need.kind, need.short_by());
        let label = texts().request_some(&words::licences(kind, short));
        view! { <WayOn to=routes::request(kind, Some(short)) label=label/> }
    };
    needs.iter().filter(|need| need.short_by() > 0).map(way).collect_view()
}

/// Asks before many people are let in, or more than there are licences for.
#[component]
pub(super) fn EndOfDryRun(shared: Shared) -> impl IntoView {
    let open = Memo::new(move |_| shared.ending.with(Option::is_some));
    let close = Callback::new(move |()| shared.ending.set(None));
    view! {
        <Dialog open=open on_close=close title=sync_texts().end_dry_run() lead=sync_texts().end_dry_run_lead()>
            <EndForm shared=shared on_close=close/>
        </Dialog>
    }
}

#[component]
fn EndForm(shared: Shared, on_close: Callback<()>) -> impl IntoView {
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(settings) = shared.ending.get_untracked() {
            shared.save(form, settings, sync_texts().dry_run_ended_toast());
        }
    };
    let needs = shared.part(|page| page.needs.clone());
    view! {
        <form on:submit=submit>
            <div class="effect">{outlook(shared)}</div>
            <div class="do">{move || requests(&needs.get())}</div>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close instead=sync_texts().keep_dry_run()><Send label=sync_texts().end_dry_run() busy=form.busy/></DialogEnd>
        </form>
    }
}
