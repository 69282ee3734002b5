//! The page behind an invite's link; most people open it on a phone.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use seatwise_domain::wire::{InviteView, ReservedLicence};
use web_sys::SubmitEvent;

use super::closed::{Closed, Unknown};
use super::{BRAND, Entrance, ToSignIn, forget_secret, secret};
use crate::client::{self, Looked};
use crate::load::{Loaded, Submission};
use crate::pages::look::{Ask, Brand};
use crate::routes;
use crate::session::Account;
use crate::ui::{Day, PageHead, Send, Skeleton, Trouble};
use crate::words::{self, look_texts};

/// Says who invites to what, and accepts by a press of a button.
#[component]
pub(crate) fn Invite() -> impl IntoView {
    let token = secret().unwrap_or_default();
    let asked = token.clone();
    let view = Loaded::new(move || client::look_at_invite(asked.clone()));
    let token = StoredValue::new(token);
    move || {
        // Nothing of the page before its company is known: it would change, and what is below it would move.
        let Some(looked) = view.get() else {
            return view! { <main class="entrance"><section class="card"><Skeleton/></section></main> }.into_any();
        };
        let brand = match &looked {
            Ok(Looked::Open(view)) => Some(Brand { company: view.company.clone(), look: view.look.clone() }),
            Ok(Looked::Closed(closed)) => Some(Brand { company: closed.company.clone(), look: closed.look.clone() }),
            _ => None,
        };
        BRAND.set(brand);
        view! {
            <Entrance>
                {match looked {
                    Ok(Looked::Open(invite)) => {
                        view! { <Open view=*invite token=token.get_value() on_gone=move || view.reload()/> }.into_any()
                    }
                    Ok(Looked::Closed(closed)) => view! { <Closed closed=*closed/> }.into_any(),
                    Err(failure) => view! { <Unknown failure=failure/> }.into_any(),
                }}
            </Entrance>
        }
        .into_any()
    }
}

#[component]
fn Open(
    /// The invite.
    view: InviteView,
    /// The link's secret.
    token: String,
    /// Called when it can't be accepted any more.
    #[prop(into)]
    on_gone: Callback<()>,
) -> impl IntoView {
    let account = Account::expect();
    let navigate = use_navigate();
    let form = Submission::new();
    let learns = !view.licences.is_empty();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let navigate = navigate.clone();
        form.send(client::accept_invite(token.clone()), move |state| {
            forget_secret();
            account.set(state.session);
            let home = account.home();
            let to = if home == routes::MY_LICENCES { routes::WELCOME } else { home };
            navigate(to, NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    };
    Effect::new(move |_| {
        // Accepted in another tab, or withdrawn this very minute: the page says which.
        if form.failure.with(|failure| matches!(failure, Some(client::Failure::Problem(_)))) {
            on_gone.run(());
        }
    });
    let words = look_texts();
    let hello = view.name.as_deref().map_or_else(|| words.hello().to_owned(), |name| words.hello_name(name));
    let what = if view.manager { words.invites_to_manage(&view.invited_by) } else { words.invites_to_learn(&view.invited_by) };
    let licence = |licence: ReservedLicence| {
        view! { <li><b>{words::one_of(licence.kind)}</b><span>{words.reserved_until()} " " <Day at=licence.ends_at/></span></li> }
    };
    let steps = [
        learns.then(|| words.happens_at_once()),
        view.manager.then(|| words.happens_managing()),
        Some(words.happens_signed_in()),
        (learns && !view.manager).then(|| words.happens_platform()),
    ];
    let left = match words::days_until(view.open_until, words::now()) {
        0 => words.open_today().to_owned(),
        days => words.open_for(days),
    };
    let about = words.invite_from(&view.company);
    view! {
        <PageHead title=about.clone()/>
        <p class="lead">{hello} " " {what}</p>
        {learns.then(|| view! { <ul class="reserved">{view.licences.into_iter().map(licence).collect_view()}</ul> })}
        <form on:submit=submit>
            <Trouble failure=form.failure ways=|| view! { <ToSignIn/> }/>
            <Send label=words.accept_invite() busy=form.busy/>
        </form>
        <section class="then">
            <h2>{words.what_happens()}</h2>
            <ol>{steps.into_iter().flatten().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        </section>
        <small class="note">{words.invite_for(&view.email)} " " {words.open_until()} " " <Day at=view.open_until/> " " {left} "."</small>
        {view.contact.map(|contact| view! { <p class="note">{words.questions()} <Ask contact=contact about=about/></p> })}
    }
}
