//! How letters leave: what is missing for that, what waits, what failed, and what letters look like.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};
use seatwise_domain::letter::LetterKind;
use seatwise_domain::wire::{FailedLetter, MailMissing, MailPause, MailState, TransportKind};

use super::Desk;
use super::head::DeskHead;
use super::lists::Age;
use crate::client;
use crate::pages::frame::replacing;
use crate::routes;
use crate::ui::{Banner, Card, Table, Waiting};
use crate::words::{self, Tone, desk_texts, number, texts};

/// The page.
#[component]
pub(crate) fn Mail() -> impl IntoView {
    let Desk { mail, .. } = Desk::expect();
    mail.refresh();
    let letters = Memo::new(move |_| mail.value().flatten().map(|state| state.letters).unwrap_or_default());
    view! {
        <DeskHead title=texts().mail() warns=false/>
        <div class="stack">
            <Waiting on=mail show=|state| state.map(|state| view! { <State state=state/> })/>
            {move || Some(letters.get()).filter(|letters| !letters.is_empty()).map(|letters| view! { <Preview letters=letters/> })}
        </div>
    }
}

#[component]
fn State(state: MailState) -> impl IntoView {
    let now = words::now();
    let transport = match state.transport {
        Some(TransportKind::Http) => desk_texts().transport_http(),
        Some(TransportKind::Binding) => desk_texts().transport_binding(),
        Some(TransportKind::Folder) => desk_texts().transport_folder(),
        None => desk_texts().transport_none(),
    };
    let queued = match state.queued {
        0 => desk_texts().no_letter_waits().to_owned(),
        count if count >= 1_000 => texts().many(&number(count)),
        count => number(count),
    };
    let oldest = state.oldest.filter(|_| state.queued > 0).map(|at| {
        view! { <div><dt>{desk_texts().oldest_waits()}</dt><dd><Age since=at now=now/></dd></div> }
    });
    let missing = |missing: MailMissing| {
        let (title, text) = say(missing);
        let tone = if stuck(missing) { Tone::OVERDRAWN } else { Tone::PENDING };
        view! { <Banner tone=tone title=title><p>{text}</p></Banner> }
    };
    view! {
        {state.missing.into_iter().map(missing).collect_view()}
        {state.paused.map(|pause| view! { <Paused pause=pause/> })}
        <section class="card">
            <header><h2>{desk_texts().how_letters_leave()}</h2></header>
            <dl class="facts">
                <div><dt>{desk_texts().way_out()}</dt><dd>{transport}</dd></div>
                <div><dt>{desk_texts().sender()}</dt><dd><bdi>{state.from}</bdi></dd></div>
                <div><dt>{desk_texts().letters_wait()}</dt><dd>{queued}</dd></div>
                {oldest}
            </dl>
        </section>
        <Failed letters=state.failed/>
    }
}

/// Whether no letter leaves while this is missing.
pub(super) const fn stuck(missing: MailMissing) -> bool {
    matches!(missing, MailMissing::Transport | MailMissing::Token)
}

/// What is missing, and what to do about it.
fn say(missing: MailMissing) -> (&'static str, &'static str) {
    let texts = desk_texts();
    match missing {
        MailMissing::Transport => (texts.missing_transport(), texts.missing_transport_text()),
        MailMissing::Token => (texts.missing_token(), texts.missing_token_text()),
        MailMissing::Sender => (texts.missing_sender(), texts.missing_sender_text()),
        MailMissing::Origin => (texts.missing_origin(), texts.missing_origin_text()),
        MailMissing::Webhook => (texts.missing_webhook(), texts.missing_webhook_text()),
    }
}

#[component]
fn Paused(pause: MailPause) -> impl IntoView {
    let now = words::now();
    let wait = pause.until.0.saturating_sub(now.0).max(0) / seatwise_domain::time::MINUTE;
    view! {
        <Banner tone=Tone::PENDING>
            <b>{desk_texts().failing_for()} " " <Age since=pause.since now=now/></b>
            <p>{desk_texts().paused_text(wait.saturating_add(1), &pause.reason)}</p>
        </Banner>
    }
}

#[component]
fn Failed(letters: Vec<FailedLetter>) -> impl IntoView {
    if letters.is_empty() {
        return view! { <Card title=desk_texts().failed_letters()><p class="calm">{desk_texts().no_failed_letters()}</p></Card> }
            .into_any();
    }
    let row = |failed: FailedLetter| {
        let company = failed.company_id.zip(failed.company).map(|(id, name)| {
            view! { <small><A href=routes::company(&id)><bdi>{name}</bdi></A></small> }
        });
        view! {
            <tr>
                <td data-label=texts().letter()>{words::letter(failed.letter.letter)}</td>
                <td data-label=desk_texts().receiver()><bdi>{failed.receiver}</bdi>{company}</td>
                <td data-label=desk_texts().what_became_of_it()>{words::mail(&failed.letter)}</td>
            </tr>
        }
    };
    let head = vec![(texts().letter(), false), (desk_texts().receiver(), false), (desk_texts().what_became_of_it(), false)];
    view! {
        <section class="card">
            <header><h2>{desk_texts().failed_letters()}</h2></header>
            <Table label=desk_texts().failed_letters() head=head>{letters.into_iter().map(row).collect_view()}</Table>
        </section>
    }
    .into_any()
}

/// A letter as its receiver sees it. The address says which, and whether as plain text.
#[component]
fn Preview(letters: Vec<LetterKind>) -> impl IntoView {
    let query = use_query_map();
    let first = letters.first().copied().unwrap_or_default();
    let chosen = Memo::new(move |_| query.read().get_str("letter").and_then(LetterKind::parse).unwrap_or(first));
    let plain = Memo::new(move |_| query.read().get_str("as") == Some("text"));
    let address = |letter: LetterKind, plain: bool| {
        let plain = if plain { "&as=text" } else { "" };
        format!("{}?letter={}{plain}", routes::MAIL, letter.as_str())
    };
    let navigate = use_navigate();
    let choose = move |event| {
        let letter = LetterKind::parse(&event_target_value(&event)).unwrap_or(first);
        navigate(&address(letter, plain.get_untracked()), NavigateOptions { scroll: false, ..replacing() });
    };
    let option = move |letter: LetterKind| {
        view! { <option value=letter.as_str() selected=move || chosen.get() == letter>{words::letter(letter)}</option> }
    };
    let chip = move |as_text: bool, label: &'static str| {
        let current = move || (plain.get() == as_text).then_some("true");
        view! { <li><a class="chip" href=move || address(chosen.get(), as_text) data-noscroll="true" aria-current=current>{label}</a></li> }
    };
    view! {
        <section class="card">
            <header><h2>{desk_texts().look_at_letters()}</h2><span class="end">{desk_texts().look_at_letters_text()}</span></header>
            <div class="tools">
                <select aria-label=texts().letter() on:change=choose>{letters.into_iter().map(option).collect_view()}</select>
                <nav class="chips" aria-label=desk_texts().how_it_is_shown()><ul>{chip(false, desk_texts().as_designed())}{chip(true, desk_texts().as_plain_text())}</ul></nav>
            </div>
            // Nothing in a letter can act on this page: no script runs, no form is sent.
            <iframe class="letter" sandbox="" title=move || words::letter(chosen.get()) src=move || client::preview_address(chosen.get(), plain.get())></iframe>
        </section>
    }
}
