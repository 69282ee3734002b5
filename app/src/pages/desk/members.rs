//! A company's users as the desk sees them: to look at, not to change.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{MemberLine, Narrowed, Page, Standing};

use super::company::Here;
use crate::client;
use crate::load::{Loaded, Typing};
use crate::pages::frame::replacing;
use crate::routes::{self, List};
use crate::ui::{Day, Empty, More, Pill, Since, Table, Waiting};
use crate::words::{self, desk_texts, texts};

/// The users: searched, and narrowed down by where they stand.
#[component]
pub(crate) fn CompanyUsers() -> impl IntoView {
    let Here { id, .. } = Here::expect();
    let (query, location) = (use_query_map(), use_location());
    let list = Memo::new(move |before: Option<&List>| {
        // On the way to another page the address is no longer about this one.
        let here = location.pathname.with(|path| path.trim_end_matches('/') == routes::company_users(&id.get()));
        if here { List::read(&query.read()) } else { before.cloned().unwrap_or_default() }
    });
    let users = Loaded::new(move || client::members(id.get(), &list.with(List::query), None));
    let more = users.more(move |after| client::members(id.get_untracked(), &list.with_untracked(List::query), Some(&after)));
    let navigate = use_navigate();
    let go = Callback::new(move |(list, replace): (List, bool)| {
        let page = routes::company_users(&id.get_untracked());
        let query = list.query();
        let to = if query.is_empty() { page } else { format!("{page}?{query}") };
        navigate(&to, NavigateOptions { replace, scroll: false, ..replacing() });
    });
    view! {
        <section class="card">
            <div class="tools" role="search"><Search list=list go=go/><ByStanding list=list go=go/></div>
            <Waiting on=users show=move |page| view! { <UserTable page=page more=more/> }/>
        </section>
    }
}

/// The field that searches while somebody types.
#[component]
fn Search(list: Memo<List>, go: Callback<(List, bool)>) -> impl IntoView {
    let typing = Typing::new();
    let typed = move |event| {
        let text = event_target_value(&event);
        typing.pause(move || {
            let (search, list) = (text.trim().to_owned(), list.get_untracked());
            if search != list.search {
                go.run((List { search, ..list }, true));
            }
        });
    };
    let text = list.with_untracked(|list| list.search.clone());
    view! { <input type="search" aria-label=texts().search_users() placeholder=texts().search_placeholder() prop:value=text on:input=typed/> }
}

/// The choice of where they stand.
#[component]
fn ByStanding(list: Memo<List>, go: Callback<(List, bool)>) -> impl IntoView {
    let choose = move |event| {
        let narrowed = Narrowed::parse(&event_target_value(&event));
        go.run((List { narrowed, ..list.get_untracked() }, false));
    };
    let option = |narrowed: Narrowed, label: &'static str| {
        let chosen = list.with_untracked(|list| list.narrowed) == narrowed;
        view! { <option value=narrowed.as_str() selected=chosen>{label}</option> }
    };
    let standing = |standing: Standing| {
        let label = if standing == Standing::None { texts().without_licence() } else { words::standing(standing).0 };
        option(Narrowed::To(standing), label)
    };
    view! {
        <select aria-label=texts().narrow_down() on:change=choose>
            {option(Narrowed::All, desk_texts().everybody())}
            {Standing::ALL.map(standing)}
            {option(Narrowed::Inactive, texts().inactive())}
        </select>
    }
}

#[component]
fn UserTable(page: Page<MemberLine>, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() && page.next.is_none() {
        return view! { <Empty title=texts().nobody_found() text=texts().nobody_here_text()/> }.into_any();
    }
    let now = words::now();
    let row = move |member: MemberLine| {
        let ends =
            match member.user.as_ref().or(member.content.as_ref()).map(|held| (held.status, words::known_end(held.ends_at))) {
                Some((Status::InUse | Status::Pending | Status::Expired, Some(at))) => view! { <Day at=at/> }.into_any(),
                _ => "—".into_any(),
            };
        let active = match member.last_active_at {
            Some(at) => view! { <Since at=at now=now/> }.into_any(),
            None => "—".into_any(),
        };
        let content = match member.content.as_ref() {
            Some(held) => view! { <Pill of=words::status(held.status)/> }.into_any(),
            None => "—".into_any(),
        };
        let called = words::called(member.name.as_deref(), &member.email).to_owned();
        let email = member.name.is_some().then_some(member.email);
        let role = member.manager.then(|| words::role(true, member.learner));
        view! {
            <tr>
                <td data-label=texts().user()><bdi>{called}</bdi>{email.map(|email| view! { <small><bdi>{email}</bdi></small> })}{role.map(|role| view! { <small>{role}</small> })}</td>
                <td data-label=texts().group()><bdi>{member.group.unwrap_or_else(|| "—".to_owned())}</bdi></td>
                <td data-label=texts().licence()><Pill of=words::standing(member.standing)/></td>
                <td data-label=texts().content_licence()>{content}</td>
                <td data-label=texts().ends()>{ends}</td>
                <td data-label=texts().last_active()>{active}</td>
            </tr>
        }
    };
    let head = vec![
        (texts().user(), false),
        (texts().group(), false),
        (texts().licence(), false),
        (texts().content_licence(), false),
        (texts().ends(), false),
        (texts().last_active(), false),
    ];
    view! {
        <Table label=texts().users() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
        <More next=page.next more=more/>
    }
    .into_any()
}
