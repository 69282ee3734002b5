//! What stands above the list of users: the search, and what the list can be narrowed down to.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use seatwise_domain::wire::{GroupLine, Narrowed, RosterCounts, Standing};

use crate::client;
use crate::load::{Loaded, Typing};
use crate::routes::{self, List};
use crate::session::Account;
use crate::words::{self, number, texts};

/// What is always there to choose, whatever the figures are.
const ALWAYS: [Narrowed; 3] = [Narrowed::All, Narrowed::To(Standing::InUse), Narrowed::To(Standing::Pending)];

/// What a list can be narrowed down to, in the order in which it is offered.
const OFFERED: [Narrowed; 9] = [
    Narrowed::All,
    Narrowed::To(Standing::InUse),
    Narrowed::To(Standing::Pending),
    Narrowed::To(Standing::Waiting),
    Narrowed::To(Standing::Overdrawn),
    Narrowed::To(Standing::Expired),
    Narrowed::To(Standing::None),
    Narrowed::Inactive,
    Narrowed::To(Standing::Removed),
];

/// How many a list has that is narrowed down; nothing where that isn't counted.
pub(super) fn figure(counts: &RosterCounts, narrowed: Narrowed) -> Option<i64> {
    Some(match narrowed {
        Narrowed::All => counts.all,
        Narrowed::To(Standing::InUse) => counts.in_use,
        Narrowed::To(Standing::Pending) => counts.pending,
        Narrowed::To(Standing::Waiting) => counts.waiting,
        Narrowed::To(Standing::Overdrawn) => counts.overdrawn,
        Narrowed::To(Standing::Expired) => counts.expired,
        Narrowed::To(Standing::None) => counts.none,
        Narrowed::To(Standing::Removed) => counts.removed,
        Narrowed::Inactive => return counts.inactive,
    })
}

fn label(narrowed: Narrowed) -> &'static str {
    match narrowed {
        Narrowed::All => texts().all(),
        Narrowed::To(Standing::Pending) => texts().pending(),
        Narrowed::To(Standing::None) => texts().without_licence(),
        Narrowed::To(standing) => words::standing(standing).0,
        Narrowed::Inactive => texts().inactive(),
    }
}

/// The toolbar.
#[component]
pub(super) fn Toolbar(list: Memo<List>, counts: Signal<Option<RosterCounts>>) -> impl IntoView {
    let navigate = use_navigate();
    let go = Callback::new(move |(list, replace): (List, bool)| {
        navigate(&list.address(), NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    });
    let chips = move |narrowed: Narrowed| {
        let chosen = move || list.with(|list| list.narrowed) == narrowed;
        let shown = move || {
            // What isn't counted may be anybody.
            let some = counts.with(|counts| counts.as_ref().is_some_and(|counts| figure(counts, narrowed) != Some(0)));
            some || ALWAYS.contains(&narrowed) || chosen()
        };
        let to = move || List { narrowed, ..list.get() }.address();
        let count =
            move || counts.with(|counts| figure(counts.as_ref()?, narrowed)).map(|count| view! { <span>{number(count)}</span> });
        let days = move || {
            let days = counts.with(|counts| counts.as_ref().map(|counts| counts.inactive_days))?;
            (narrowed == Narrowed::Inactive).then(|| texts().inactive_since(days))
        };
        view! {
            <Show when=shown>
                <li><a class="chip" href=to data-noscroll="true" aria-current=move || chosen().then_some("true") title=days>{label(narrowed)} " " {count}</a></li>
            </Show>
        }
    };
    view! {
        <div class="tools" role="search">
            <Search list=list go=go/>
            <GroupFilter list=list go=go/>
            <nav class="chips" data-waits=move || counts.with(Option::is_none).then_some("true") aria-label=texts().narrow_down()>
                <ul>{OFFERED.map(chips)}</ul>
                <a class="button quiet" href=routes::help("statuses")>{texts().what_statuses_mean()}</a>
            </nav>
        </div>
    }
}

/// The field that searches while somebody types.
#[component]
fn Search(list: Memo<List>, go: Callback<(List, bool)>) -> impl IntoView {
    let text = RwSignal::new(list.with_untracked(|list| list.search.clone()));
    // What the field itself has asked for: any other search comes from a link, and is shown in the field.
    let own = StoredValue::new(text.get_untracked());
    Effect::new(move |_| {
        let search = list.with(|list| list.search.clone());
        if own.get_value() != search {
            own.set_value(search.clone());
            text.set(search);
        }
    });
    let typing = Typing::new();
    let typed = move |event| {
        text.set(event_target_value(&event));
        typing.pause(move || {
            let search = text.get_untracked().trim().to_owned();
            let list = list.get_untracked();
            if search != list.search {
                own.set_value(search.clone());
                go.run((List { search, ..list }, true));
            }
        });
    };
    view! { <input type="search" aria-label=texts().search_users() placeholder=texts().search_placeholder() prop:value=move || text.get() on:input=typed/> }
}

/// The choice of a group, where a company has groups.
#[component]
fn GroupFilter(list: Memo<List>, go: Callback<(List, bool)>) -> impl IntoView {
    let account = Account::expect();
    let groups = Loaded::new(move || client::groups(account.company_id()));
    let chosen = Memo::new(move |_| list.with(|list| list.group.clone()));
    Effect::new(move |_| {
        let Some(known) = groups.value() else { return };
        let gone = chosen.with(|chosen| chosen.as_ref().is_some_and(|id| known.items.iter().all(|group| group.id != *id)));
        // A group that isn't there narrows nothing down.
        if gone {
            go.run((List { group: None, ..list.get_untracked() }, true));
        }
    });
    let choose = move |event| {
        let group = Some(event_target_value(&event)).filter(|id| !id.is_empty());
        go.run((List { group, ..list.get_untracked() }, false));
    };
    move || {
        let items = groups.value().map(|groups| groups.items).filter(|items| !items.is_empty())?;
        let option = |group: GroupLine| {
            let id = group.id.clone();
            view! { <option value=group.id selected=move || chosen.with(|chosen| chosen.as_deref() == Some(id.as_str()))>{group.name}</option> }
        };
        Some(view! {
            <select aria-label=texts().group() on:change=choose prop:value=move || chosen.get().unwrap_or_default()>
                <option value="">{texts().all_groups()}</option>
                {items.into_iter().map(option).collect_view()}
            </select>
        })
    }
}
