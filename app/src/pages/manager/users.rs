//! A company's people: the list, and what is done with one or many of them.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use seatwise_domain::wire::{AddedMember, RosterCounts};

use super::add_user::AddUserDialog;
use super::bulk_form::{BulkDialogs, Work};
use super::roster::{Roster, RosterTable};
use super::selection::{Selection, SelectionBar};
use super::toolbar::Toolbar;
use crate::client;
use crate::load::Loaded;
use crate::pages::frame::replacing;
use crate::pages::help_link::HelpLink;
use crate::pages::later;
use crate::routes::{self, List};
use crate::session::Account;
use crate::ui::{Menu, PageHead, Tabs, Toasts};
use crate::words::{self, texts};

/// The people. The address says which of them, in which order, and whether the dialogue that adds one is open.
#[component]
pub(crate) fn Users() -> impl IntoView {
    let account = Account::expect();
    let (query, location) = (use_query_map(), use_location());
    let list = Memo::new(move |before: Option<&List>| {
        // On the way to another page the address is no longer about this one.
        let here = location.pathname.with(|path| path.trim_end_matches('/') == routes::USERS);
        if here { List::read(&query.read()) } else { before.cloned().unwrap_or_default() }
    });
    let group = Memo::new(move |_| list.with(|list| list.group.clone()));
    let counts = Loaded::new(move || client::member_counts(account.company_id(), group.get().as_deref()));
    let figures = Signal::derive(move || counts.value());
    let selection = Selection::new(list);
    let roster = Roster::new(list, selection);
    let on_changed = Callback::new(move |()| {
        roster.reload();
        counts.reload();
    });
    let work = Work { roster, selection, doing: RwSignal::new(None), on_changed };

    let adding = Memo::new(move |_| query.read().get_str("add").is_some());
    let navigate = use_navigate();
    let close = Callback::new(move |()| {
        navigate(&list.get_untracked().address(), NavigateOptions { scroll: false, ..replacing() });
    });
    let toasts = Toasts::expect();
    let done = Callback::new(move |added: AddedMember| {
        close.run(());
        toasts.tell(texts().added_toast(words::called(added.member.name.as_deref(), &added.member.email)));
        on_changed.run(());
    });
    let navigate_back = use_navigate();
    let back = Callback::new(move |id: String| {
        navigate_back(&routes::user(&id), replacing());
        toasts.tell(texts().back_again().to_owned());
    });
    let dialogs = Dialogs { work, counts: figures, adding, close, done, back };
    provide_context(dialogs);
    let wanted = Signal::derive(move || adding.get() || work.doing.with(Option::is_some));
    let picked = Signal::derive(move || selection.count() > 0);
    view! {
        <PageHead title=texts().users()><HelpLink topic="users" about=texts().users()/><Export list=list/><AddMenu list=list/></PageHead>
        <UserTabs/>
        <section class="card">
            <Toolbar list=list counts=figures/>
            {later::part(later::USER_PICKED, picked)}
            <RosterTable roster=roster selection=selection/>
        </section>
        {later::part(later::USER_DIALOGS, wanted)}
    }
}

/// What the dialogues of the list work on.
#[derive(Clone, Copy)]
struct Dialogs {
    work: Work,
    counts: Signal<Option<RosterCounts>>,
    adding: Memo<bool>,
    close: Callback<()>,
    done: Callback<AddedMember>,
    back: Callback<String>,
}

/// Who is picked, and what can be done with them.
#[component]
pub(crate) fn UserPicked() -> impl IntoView {
    use_context::<Dialogs>().map(|Dialogs { work, counts, .. }| {
        view! { <SelectionBar roster=work.roster selection=work.selection counts=counts doing=work.doing/> }
    })
}

/// The dialogues of the list: what is done with many, and the one that adds somebody.
#[component]
pub(crate) fn UserDialogs() -> impl IntoView {
    use_context::<Dialogs>().map(|Dialogs { work, adding, close, done, back, .. }| {
        view! {
            <BulkDialogs work=work/>
            <AddUserDialog open=adding on_close=close on_done=done on_back=back/>
        }
    })
}

/// The tabs of the users section.
#[component]
pub(super) fn UserTabs() -> impl IntoView {
    view! {
        <Tabs label=texts().users() pages=[
            (routes::USERS, texts().users()),
            (routes::GROUPS, texts().groups()),
            (routes::SYNC, texts().directory_sync()),
        ]/>
    }
}

/// The ways in which users come (requirement B5).
#[component]
fn AddMenu(list: Memo<List>) -> impl IntoView {
    view! {
        <Menu id="add-users" label=texts().add_users() main=true>
            <a href=move || list.with(List::adding) data-noscroll="true">{texts().add_user()}<small>{texts().add_user_hint()}</small></a>
            <a href=routes::IMPORT>{texts().import_users()}<small>{texts().import_users_hint()}</small></a>
            <a href=routes::SYNC>{texts().sync_users()}<small>{texts().sync_users_hint()}</small></a>
        </Menu>
    }
}

/// The list as a file, as it is narrowed down and sorted.
#[component]
fn Export(list: Memo<List>) -> impl IntoView {
    let account = Account::expect();
    let address = move |format| list.with(|list| client::export_address(&account.company_id(), &list.query(), format));
    view! {
        <Menu id="export" label=texts().export()>
            <a href=move || address("csv") download="">{texts().export_csv()}<small>{texts().export_csv_hint()}</small></a>
            <a href=move || address("json") download="">{texts().export_json()}<small>{texts().export_json_hint()}</small></a>
        </Menu>
    }
}
