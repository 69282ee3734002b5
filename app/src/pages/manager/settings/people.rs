//! Who manages the company's licences.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use seatwise_domain::wire::{AppointManager, ManagerLine, Managers};
use web_sys::SubmitEvent;

use super::frame::SettingsHead;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::routes;
use crate::session::Account;
use crate::ui::{Dialog, DialogEnd, Field, Pill, Send, Toasts, Trouble, Waiting};
use crate::words::{self, Tone, settings_texts, texts};

/// The page.
#[component]
pub(crate) fn PeoplePage() -> impl IntoView {
    let account = Account::expect();
    let managers = Loaded::new(move || client::managers(account.company_id()));
    let (adding, dismissing) = (RwSignal::new(false), RwSignal::new(None::<ManagerLine>));
    let close = Callback::new(move |()| adding.set(false));
    let stay = Callback::new(move |()| dismissing.set(None));
    let toasts = Toasts::expect();
    let added = Callback::new(move |text: String| {
        close.run(());
        toasts.tell(text);
        managers.reload();
    });
    let dismissed = Callback::new(move |person: String| {
        stay.run(());
        toasts.tell(settings_texts().dismissed(&person));
        managers.reload();
    });
    let words = settings_texts();
    view! {
        <SettingsHead page=words.people()/>
        <section class="card narrow">
            <header>
                <h2>{words.who_manages()}</h2>
                <span class="end"><button type="button" class="button main" on:click=move |_| adding.set(true)>{words.add_manager()}</button></span>
            </header>
            <div class="body">
                <p class="calm">{words.who_manages_text()}</p>
                <Waiting on=managers show=move |managers| view! { <List managers=managers dismissing=dismissing/> }/>
            </div>
        </section>
        <Dialog open=adding on_close=close title=words.add_manager() lead=words.add_manager_lead()>
            <Add on_close=close on_done=added/>
        </Dialog>
        <Dialog open=Signal::derive(move || dismissing.with(Option::is_some)) on_close=stay title=words.no_longer_manager()>
            {move || dismissing.get().map(|manager| view! { <Dismiss manager=manager on_close=stay on_done=dismissed/> })}
        </Dialog>
    }
}

fn me() -> Option<String> {
    Account::expect().session().map(|session| session.identity.id)
}

#[component]
fn List(managers: Managers, dismissing: RwSignal<Option<ManagerLine>>) -> impl IntoView {
    let words = settings_texts();
    let me = me();
    // Whoever hasn't accepted can't take over.
    let alone = managers.items.iter().filter(|manager| !manager.invited).count() < 2;
    let line = move |manager: ManagerLine| {
        let name = words::called(manager.name.as_deref(), &manager.email).to_owned();
        let own = me.as_ref() == Some(&manager.id);
        let email = manager.name.is_some().then(|| view! { <small>{manager.email.clone()}</small> });
        let kept = alone && !manager.invited;
        let (invited, label) = (manager.invited, words.dismiss_of(&name));
        let button = (!kept).then(|| {
            view! { <button type="button" class="button" aria-label=label on:click=move |_| dismissing.set(Some(manager.clone()))>{words.no_longer_manager()}</button> }
        });
        view! {
            <li>
                <span>{name}{email}</span>
                {own.then(|| view! { <Pill of=(words.you(), Tone::AVAILABLE)/> })}
                {invited.then(|| view! { <Pill of=(words.invited(), Tone::PENDING)/> })}
                {button}
            </li>
        }
    };
    view! {
        <ul class="people managers">{managers.items.into_iter().map(line).collect_view()}</ul>
        {alone.then(|| view! { <p class="calm">{words.only_manager()}</p> })}
    }
}

#[component]
fn Add(on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let account = Account::expect();
    let (email, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = email.get_untracked().trim().to_owned();
        let wanted =
            AppointManager { email: typed.clone(), name: Some(name.get_untracked()).filter(|name| !name.trim().is_empty()) };
        form.send(client::appoint_manager(account.company_id(), &wanted, form.key()), move |managers: Managers| {
            let added = managers.items.iter().find(|manager| manager.email.eq_ignore_ascii_case(&typed));
            let person = added.map_or(typed.as_str(), |manager| words::called(manager.name.as_deref(), &manager.email));
            let invited = added.is_none_or(|manager| manager.invited);
            let words = settings_texts();
            on_done.run(if invited { words.manager_invited(person) } else { words.manager_added(person) });
        });
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="email" label=texts().email() value=email kind="email" inputmode="email" required=true first=true problem=form.about("email")/>
            <Field name="name" label=texts().name() value=name hint=texts().optional() problem=form.about("name")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=settings_texts().add_manager() busy=form.busy/></DialogEnd>
        </form>
    }
}

#[component]
fn Dismiss(manager: ManagerLine, on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let account = Account::expect();
    let navigate = use_navigate();
    let own = me().as_ref() == Some(&manager.id);
    let name = words::called(manager.name.as_deref(), &manager.email).to_owned();
    let words = settings_texts();
    let lead = match (own, manager.invited) {
        (true, _) => words.dismiss_self_lead().to_owned(),
        (false, true) => words.dismiss_invited_lead(&name),
        (false, false) => words.dismiss_lead(&name),
    };
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (name, navigate) = (name.clone(), navigate.clone());
        form.send(client::dismiss_manager(account.company_id(), &manager.id), move |_: Managers| {
            if own {
                account.refresh();
                navigate(routes::MY_LICENCES, NavigateOptions { replace: true, ..NavigateOptions::default() });
            } else {
                on_done.run(name);
            }
        });
    };
    view! {
        <form on:submit=submit>
            <p class=own.then_some("effect")>{lead}</p>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=words.no_longer_manager() busy=form.busy/></DialogEnd>
        </form>
    }
}
