//! The page behind an invite's link; most people open it on a phone.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use seatwise_domain::wire::{InviteView, ReservedLicence};
use web_sys::SubmitEvent;

use super::{Entrance, forget_secret, secret};
use crate::client::{self, Failure};
use crate::load::{Loaded, Submission};
use crate::routes;
use crate::session::Account;
use crate::ui::{Day, PageHead, Send, Skeleton, Trouble, WayOn};
use crate::words::{self, texts};

/// Says who invites to what, and accepts by a press of a button.
#[component]
pub(crate) fn Invite() -> impl IntoView {
    let token = secret().unwrap_or_default();
    let asked = token.clone();
    let view = Loaded::new(move || client::look_at_invite(asked.clone()));
    let token = StoredValue::new(token);
    view! {
        <Entrance>
            {move || match view.get() {
                None => view! { <Skeleton/> }.into_any(),
                Some(Ok(view)) => view! { <Open view=view token=token.get_value()/> }.into_any(),
                Some(Err(failure)) => view! { <Closed failure=failure/> }.into_any(),
            }}
        </Entrance>
    }
}

#[component]
fn Open(view: InviteView, token: String) -> impl IntoView {
    let account = Account::expect();
    let navigate = use_navigate();
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        form.send(client::accept_invite(token.clone()), move |state| {
            forget_secret();
            account.set(state.session);
            navigate(account.home(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    };
    let hello = view.name.as_deref().map_or_else(|| texts().hello().to_owned(), |name| texts().hello_name(name));
    let what =
        if view.manager { texts().invites_to_manage(&view.invited_by) } else { texts().invites_to_learn(&view.invited_by) };
    let licence = |licence: ReservedLicence| {
        view! { <li><b>{words::one_of(licence.kind)}</b><span>{texts().until()} " " <Day at=licence.ends_at/></span></li> }
    };
    view! {
        <PageHead title=view.company.clone()/>
        <p class="lead">{hello} " " {what}</p>
        {(!view.licences.is_empty()).then(|| view! { <ul class="reserved">{view.licences.into_iter().map(licence).collect_view()}</ul> })}
        <form on:submit=submit>
            <Trouble failure=form.failure ways=|| view! { <WayOn to=routes::SIGN_IN label=texts().sign_in()/> }/>
            <Send label=texts().accept_invite() busy=form.busy/>
        </form>
        <small class="note">{texts().invite_for(&view.email)} " " {texts().open_until()} " " <Day at=view.open_until/> "."</small>
    }
}

#[component]
fn Closed(failure: Failure) -> impl IntoView {
    let (title, detail) = match failure {
        Failure::Offline => (texts().no_answer_title().to_owned(), texts().no_answer().to_owned()),
        Failure::Problem(problem) => (problem.title, problem.detail),
    };
    view! {
        <PageHead title=title/>
        <p class="lead">{detail}</p>
        <p class="do"><WayOn to=routes::SIGN_IN label=texts().sign_in() main=true/></p>
    }
}
