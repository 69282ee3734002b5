//! The dialogue that adds one user.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::problem::WayOut;
use seatwise_domain::texts::number;
use seatwise_domain::wire::{AddMember, AddedMember};
use web_sys::SubmitEvent;

use crate::client::{self, Failure};
use crate::load::{Loaded, Submission};
use crate::routes;
use crate::session::Account;
use crate::ui::{Check, Dialog, DialogEnd, Field, Send, Trouble, WayOn};
use crate::words::{self, texts};

/// The dialogue.
#[component]
pub(super) fn AddUserDialog(
    /// Whether it is open.
    open: Memo<bool>,
    /// Called when it was closed.
    on_close: Callback<()>,
    /// Called with the new member.
    on_done: Callback<AddedMember>,
) -> impl IntoView {
    view! {
        <Dialog open=open on_close=on_close title=texts().add_user() lead=texts().add_user_lead()>
            <AddUserForm on_close=on_close on_done=on_done/>
        </Dialog>
    }
}

#[component]
fn AddUserForm(on_close: Callback<()>, on_done: Callback<AddedMember>) -> impl IntoView {
    let account = Account::expect();
    let (email, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (learner, manager) = (RwSignal::new(true), RwSignal::new(false));
    let form = Submission::new();
    let figures = Loaded::new(move || client::dashboard(account.company_id()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let member = AddMember {
            email: email.get_untracked(),
            name: Some(name.get_untracked()).filter(|name| !name.trim().is_empty()),
            learner: learner.get_untracked(),
            manager: manager.get_untracked(),
            group: None,
        };
        form.send(client::add_member(account.company_id(), member, form.key()), move |added| on_done.run(added));
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
        let content = figures.content_with_user.then(|| line(Kind::Content, figures.content.balance.available));
        Some(view! { {line(Kind::User, figures.user.balance.available)} {content} }.into_any())
    };
    let ways = move || form.failure.get().map(|failure| view! { <WaysOut failure=failure/> });
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
            <div class="effect" aria-live="polite">{effect}</div>
            <Trouble failure=form.failure ways=ways/>
            <DialogEnd on_close=on_close><Send label=texts().add_and_invite() busy=form.busy/></DialogEnd>
        </form>
    }
}

/// What can be done when licences are short, as buttons.
#[component]
fn WaysOut(failure: Failure) -> impl IntoView {
    let short_by = match &failure {
        Failure::Problem(problem) => problem.short_by,
        Failure::Offline => None,
    };
    let request = move |kind| {
        let label = short_by
            .map_or_else(|| texts().request_licences().to_owned(), |short| texts().request_some(&words::licences(kind, short)));
        view! { <WayOn to=routes::request(kind, short_by) label=label/> }.into_any()
    };
    let way = move |way: &WayOut| match way {
        WayOut::RequestUserLicences => request(Kind::User),
        WayOut::RequestContentLicences => request(Kind::Content),
        WayOut::ChangeContentSetting => view! { <WayOn to=routes::SETTINGS label=texts().change_setting()/> }.into_any(),
        // The dialogue itself brings the member back.
        WayOut::Reactivate => ().into_any(),
        WayOut::SignIn | WayOut::AskForNewLink => view! { <WayOn to=routes::SIGN_IN label=texts().sign_in()/> }.into_any(),
    };
    failure.ways_out().iter().map(way).collect_view()
}
