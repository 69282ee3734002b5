//! A company's people.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};
use seatwise_domain::wire::{AddedMember, MemberLine, Page};
use seatwise_domain::{Instant, wire::HeldLicence};

use super::add_user::AddUserDialog;
use crate::client;
use crate::load::Loaded;
use crate::pages::frame::replacing;
use crate::routes;
use crate::session::Account;
use crate::ui::{Day, Empty, More, PageHead, Pill, Since, Table, Toasts, Waiting, WayOn};
use crate::words::{self, texts};

/// The people, a search among them, and the dialogue that adds one: the address says whether it is open.
#[component]
pub(crate) fn Users() -> impl IntoView {
    let account = Account::expect();
    let search = RwSignal::new(String::new());
    let asked = RwSignal::new(String::new());
    let members = Loaded::new(move || {
        let (company, text) = (account.company_id(), asked.get());
        if text.is_empty() { client::members(company, None) } else { client::search_members(company, text) }
    });
    let typed = move |event| {
        search.set(event_target_value(&event));
        // A pause in typing sends the question; what was typed before it isn't asked for.
        let text = search.get_untracked();
        set_timeout(
            move || {
                if search.try_get_untracked() == Some(text.clone()) {
                    asked.set(text.trim().to_owned());
                }
            },
            core::time::Duration::from_millis(200),
        );
    };
    let query = use_query_map();
    let adding = Memo::new(move |_| query.read().get_str("add").is_some());
    let navigate = use_navigate();
    let close = Callback::new(move |()| navigate(routes::USERS, replacing()));
    let toasts = Toasts::expect();
    let done = Callback::new(move |added: AddedMember| {
        close.run(());
        toasts.tell(texts().added_toast(words::called(added.member.name.as_deref(), &added.member.email)));
        members.reload();
    });
    let navigate_back = use_navigate();
    let back = Callback::new(move |id: String| {
        navigate_back(&routes::user(&id), replacing());
        toasts.tell(texts().back_again().to_owned());
    });
    let more = members.more(move |after| client::members(account.company_id(), Some(after)));
    view! {
        <PageHead title=texts().users()><AddMenu/></PageHead>
        <UserTabs/>
        <section class="card">
            <div class="tools" role="search">
                <input type="search" aria-label=texts().search_users() placeholder=texts().search_placeholder() prop:value=move || search.get() on:input=typed/>
            </div>
            <Waiting on=members show=move |page| view! { <Members page=page searched=!asked.get_untracked().is_empty() more=more/> }/>
        </section>
        <AddUserDialog open=adding on_close=close on_done=done on_back=back/>
    }
}

/// The tabs of the users section.
#[component]
pub(super) fn UserTabs() -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=texts().users()>
            <A href=routes::USERS exact=true>{texts().users()}</A>
            <A href=routes::GROUPS>{texts().groups()}</A>
        </nav>
    }
}

/// The ways in which users come (requirement B5), as far as they are open.
#[component]
fn AddMenu() -> impl IntoView {
    view! {
        <button type="button" class="button main opens" popovertarget="add-users">{texts().add_users()}</button>
        <div class="card menu" id="add-users" popover="auto">
            <a href=routes::ADD_USER>{texts().add_user()}<small>{texts().add_user_hint()}</small></a>
        </div>
    }
}

#[component]
fn Members(page: Page<MemberLine>, searched: bool, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() && searched {
        return view! { <Empty title=texts().nobody_found() text=texts().nobody_found_text()/> }.into_any();
    }
    if page.items.is_empty() {
        return view! {
            <Empty title=texts().no_users() text=texts().no_users_text()>
                <WayOn to=routes::ADD_USER label=texts().add_user() main=true/>
            </Empty>
        }
        .into_any();
    }
    let now = words::now();
    let head = vec![
        (texts().user(), false),
        (texts().role(), false),
        (texts().user_licence(), false),
        (texts().content_licence(), false),
        (texts().ends(), false),
        (texts().last_active(), false),
    ];
    view! {
        <Table label=texts().users() head=head>{page.items.into_iter().map(|member| row(member, now)).collect_view()}</Table>
        <More next=page.next more=more/>
    }
    .into_any()
}

fn row(member: MemberLine, now: Instant) -> impl IntoView {
    let role = words::role(member.manager, member.learner);
    let invited = member.invited && member.user.is_none();
    let ends_at = member.user.as_ref().or(member.content.as_ref()).and_then(|licence| words::known_end(licence.ends_at));
    let licence = |held: Option<HeldLicence>| match held {
        Some(held) => view! { <Pill of=words::status(held.status)/> }.into_any(),
        None => "—".into_any(),
    };
    let (name, email) = match member.name {
        Some(name) => (name, Some(member.email)),
        None => (member.email, None),
    };
    view! {
        <tr>
            <td data-label=texts().user()><A href=routes::user(&member.id)>{name}</A>{email.map(|email| view! { <small>{email}</small> })}</td>
            <td data-label=texts().role()>{role}{invited.then(|| view! { <small>{texts().invited()}</small> })}{member.group.map(|group| view! { <small>{group}</small> })}</td>
            <td data-label=texts().user_licence()>{licence(member.user)}</td>
            <td data-label=texts().content_licence()>{licence(member.content)}</td>
            <td data-label=texts().ends()>{match ends_at { Some(at) => view! { <Day at=at/> }.into_any(), None => "—".into_any() }}</td>
            <td data-label=texts().last_active()>{match member.last_active_at { Some(at) => view! { <Since at=at now=now/> }.into_any(), None => "—".into_any() }}</td>
        </tr>
    }
}
