//! The dialogue that adds one user.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::wire::{AddMember, AddedMember, KindSummary};
use web_sys::SubmitEvent;

use super::group_choice::GroupChoice;
use super::ways_out::WaysOut;
use crate::client::{self, Failure};
use crate::load::{Loaded, Submission};
use crate::objects;
use crate::session::Account;
use crate::ui::{Check, Dialog, DialogEnd, Field, Send, Trouble};
use crate::words::{self, number, texts};

/// The dialogue.
#[component]
pub(super) fn AddUserDialog(
    /// Whether it is open.
    open: Memo<bool>,
    /// Called when it was closed.
    on_close: Callback<()>,
    /// Called with the new member.
    on_done: Callback<AddedMember>,
    /// Called with the id of somebody who is back.
    on_back: Callback<String>,
) -> impl IntoView {
    let cancelled = Callback::new(move |()| {
        forget();
        on_close.run(());
    });
    view! {
        <Dialog open=open on_close=cancelled title=texts().add_user() lead=texts().add_user_lead()>
            <AddUserForm on_close=cancelled on_done=on_done on_back=on_back/>
        </Dialog>
    }
}

/// Under which name the browser keeps what was typed until it is sent or cancelled, as long as the tab is open: whoever is
/// signed out meanwhile finds it again.
const KEPT_AS: &str = "add-user";

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

/// Keeps what was typed, for the identity that has typed it.
fn keep(whose: &str, typed: &AddMember) {
    if let (Some(storage), Ok(typed)) = (storage(), serde_json::to_string(typed)) {
        let _ = storage.set_item(KEPT_AS, &(whose.to_owned() + " " + &typed));
    }
}

/// What this identity has typed and neither sent nor cancelled. What another one has typed is nobody's business here.
fn kept(whose: &str) -> Option<AddMember> {
    let kept = storage()?.get_item(KEPT_AS).ok().flatten()?;
    let typed = kept.strip_prefix(whose)?.strip_prefix(' ').and_then(|typed| objects::from_str(typed).ok());
    if typed.is_none() {
        forget();
    }
    typed
}

fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEPT_AS);
    }
}

#[component]
fn AddUserForm(on_close: Callback<()>, on_done: Callback<AddedMember>, on_back: Callback<String>) -> impl IntoView {
    let account = Account::expect();
    let whose = untrack(|| account.session()).map(|session| session.identity.id).unwrap_or_default();
    let before = kept(&whose);
    let (email, name) = match &before {
        Some(before) => (before.email.clone(), before.name.clone().unwrap_or_default()),
        None => (String::new(), String::new()),
    };
    let (email, name) = (RwSignal::new(email), RwSignal::new(name));
    let (learner, manager) = before.as_ref().map_or((true, false), |before| (before.learner, before.manager));
    let (learner, manager) = (RwSignal::new(learner), RwSignal::new(manager));
    let group = RwSignal::new(before.and_then(|before| before.group));
    let typed = move || AddMember {
        email: email.get(),
        name: Some(name.get()).filter(|name| !name.trim().is_empty()),
        learner: learner.get(),
        manager: manager.get(),
        group: group.get(),
    };
    Effect::new(move |_| {
        let typed = typed();
        if typed.email.is_empty() && typed.name.is_none() {
            forget();
        } else {
            keep(&whose, &typed);
        }
    });
    let form = Submission::new();
    let figures = Loaded::new(move || client::dashboard(account.company_id()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let ask = client::add_member(account.company_id(), untrack(typed), form.key());
        form.send(ask, move |added| {
            forget();
            on_done.run(added);
        });
    };
    // The number to add is checked against the number available before anything is sent (B7), for both kinds (C5).
    let effect = move || {
        let figures = figures.value()?;
        if !learner.get() {
            return Some(view! { <p>{texts().no_licence_drawn()}</p> }.into_any());
        }
        let line = |kind, available: i64| {
            let words = if available < 1 {
                texts().none_left(words::kind(kind), &number(available))
            } else {
                texts().available_before_and_after(words::kind(kind), &number(available), &number(available.saturating_sub(1)))
            };
            view! { <p data-below=(available < 1).then_some("zero")>{words}</p> }
        };
        // What is set aside for groups is there for their members alone; whether this is one, the API knows best.
        let open = |summary: &KindSummary| match group.get() {
            Some(_) => summary.balance.available,
            None => summary.balance.available.saturating_sub(summary.set_aside),
        };
        let content = figures.content_with_user.then(|| line(Kind::Content, open(&figures.content)));
        Some(view! { {line(Kind::User, open(&figures.user))} {content} }.into_any())
    };
    // Somebody who was here before is brought back rather than added.
    let back = Submission::new();
    let bring_back = move |id: String| {
        let ask = client::give_licences(account.company_id(), vec![id.clone()], None);
        back.send(ask, move |_| {
            forget();
            on_back.run(id);
        });
    };
    let failure = Signal::derive(move || back.failure.get().or_else(|| form.failure.get()));
    let ways = move || {
        let failure = failure.get()?;
        let removed = match &failure {
            Failure::Problem(problem) => problem.member.clone(),
            Failure::Offline => None,
        };
        Some(match removed {
            Some(id) => view! {
                <button type="button" class="button" on:click=move |_| bring_back(id.clone())>{texts().bring_back()}</button>
            }
            .into_any(),
            None => view! { <WaysOut failure=failure/> }.into_any(),
        })
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="email" label=texts().email() value=email kind="email" inputmode="email" required=true first=true problem=form.about("email")/>
            <Field name="name" label=texts().name() value=name hint=texts().optional() problem=form.about("name")/>
            <fieldset>
                <legend>{texts().role()}</legend>
                <Check name="learner" label=texts().learner() value=learner hint=texts().learner_hint()/>
                <Check name="manager" label=texts().manager() value=manager hint=texts().manager_hint()/>
                <p class="problem" aria-live="polite">{move || form.about("learner").get()}</p>
            </fieldset>
            <GroupChoice value=group/>
            <div class="effect" aria-live="polite">{effect}</div>
            <Trouble failure=failure ways=ways/>
            <DialogEnd on_close=on_close><Send label=texts().add_and_invite() busy=form.busy/></DialogEnd>
        </form>
    }
}
