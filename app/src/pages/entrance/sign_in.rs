//! Signing in by a mailed link, or by the code beside it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use seatwise_domain::wire::{SessionState, SignIn as Proof};
use web_sys::SubmitEvent;

use super::{Entrance, forget_secret, secret};
use crate::client;
use crate::load::Submission;
use crate::routes;
use crate::session::Account;
use crate::ui::{Field, PageHead, Send, Trouble};
use crate::words::{entrance_texts, texts};

/// How far somebody has come.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    /// Types an address.
    Address,
    /// Was sent a link and a code.
    Mailed(String),
    /// Came by the link.
    Link(String),
}

/// The sign-in page.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let account = Account::expect();
    let stage = RwSignal::new(secret().map_or(Stage::Address, Stage::Link));
    let query = use_query_map();
    let navigate = use_navigate();
    let home = navigate.clone();
    Effect::new(move |before: Option<()>| {
        // Whoever is signed in already and asks for no other way in is where they want to be.
        if before.is_none() && stage.get_untracked() == Stage::Address && account.signed_in() {
            home(account.home(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    let done = Callback::new(move |state: SessionState| {
        let to = query.read_untracked().get("to").filter(|to| routes::is_own(to));
        account.set(state.session);
        let to = to.unwrap_or_else(|| account.home().to_owned());
        navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    view! {
        <Entrance>
            {move || match stage.get() {
                Stage::Address => view! { <AskForAddress stage=stage/> }.into_any(),
                Stage::Mailed(email) => view! { <AskForCode email=email stage=stage done=done/> }.into_any(),
                Stage::Link(token) => view! { <ByLink token=token stage=stage done=done/> }.into_any(),
            }}
        </Entrance>
    }
}

#[component]
fn AskForAddress(stage: RwSignal<Stage>) -> impl IntoView {
    let account = Account::expect();
    let email = RwSignal::new(String::new());
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = email.get_untracked();
        form.send(client::ask_to_sign_in(typed.clone()), move |()| stage.set(Stage::Mailed(typed.trim().to_owned())));
    };
    view! {
        <PageHead title=texts().sign_in()/>
        {account.was_signed_out().then(|| view! { <p class="lead">{entrance_texts().signed_out()}</p> })}
        <p class="lead">{entrance_texts().sign_in_lead()}</p>
        <form on:submit=submit novalidate>
            <Field name="email" label=texts().email() value=email kind="email" inputmode="email" autocomplete="email" required=true first=true problem=form.about("email")/>
            <Trouble failure=form.failure/>
            <Send label=entrance_texts().send_link() busy=form.busy/>
        </form>
    }
}

/// A code as the mail shows it: its digits in two groups of four.
fn in_two_groups(typed: &str) -> String {
    let mut digits: Vec<char> = typed.chars().filter(char::is_ascii_digit).take(8).collect();
    if digits.len() > 4 {
        digits.insert(4, ' ');
    }
    digits.into_iter().collect()
}

#[component]
fn AskForCode(email: String, stage: RwSignal<Stage>, done: Callback<SessionState>) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let form = Submission::new();
    Effect::new(move |_| {
        let (typed, grouped) = code.with(|typed| (typed.clone(), in_two_groups(typed)));
        if typed != grouped {
            code.set(grouped);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.send(client::sign_in(Proof::Code(code.get_untracked())), move |state| done.run(state));
    };
    let ended = move || form.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.is("sign-in-ended")));
    view! {
        <PageHead title=entrance_texts().check_your_mail()/>
        <p class="lead">{entrance_texts().mailed_lead(&email)}</p>
        <form on:submit=submit novalidate>
            <Field name="code" label=entrance_texts().code() value=code inputmode="numeric" autocomplete="one-time-code" hint=entrance_texts().code_hint() required=true first=true problem=form.about("code")/>
            <Trouble failure=form.failure/>
            <Show when=move || !ended()><Send label=texts().sign_in() busy=form.busy/></Show>
            <button type="button" class="button quiet" on:click=move |_| stage.set(Stage::Address)>{entrance_texts().other_address()}</button>
        </form>
    }
}

#[component]
fn ByLink(token: String, stage: RwSignal<Stage>, done: Callback<SessionState>) -> impl IntoView {
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let token = token.clone();
        // Opening the link does nothing: programs that look into mails open links as well. A press of the button does.
        forget_secret();
        form.send(client::sign_in(Proof::Token(token)), move |state| done.run(state));
    };
    let refused = move || form.failure.with(|failure| matches!(failure, Some(client::Failure::Problem(_))));
    view! {
        <PageHead title=texts().sign_in()/>
        <p class="lead">{entrance_texts().by_link_lead()}</p>
        <form on:submit=submit>
            <Trouble failure=form.failure/>
            <Show
                when=refused
                fallback=move || view! { <Send label=texts().sign_in() busy=form.busy/> }
            >
                <button type="button" class="button main" on:click=move |_| stage.set(Stage::Address)>{entrance_texts().ask_for_new_link()}</button>
            </Show>
        </form>
    }
}
