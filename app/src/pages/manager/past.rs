//! Who held a licence on a day, by the history.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use seatwise_domain::Kind;
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{HoldersOn, PastHolder};

use super::KindCard;
use super::kind_choice::KindChoice;
use super::licences::LicencesHead;
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::ui::{Day, Empty, More, Pill, Table, Waiting};
use crate::words::{self, activity_texts, texts};

/// How many people one look brings, at least, where there are so many.
const A_PAGE: usize = 50;
/// How often is looked on by itself: where hardly anybody held one, whoever reads decides whether to go on.
const MOST_LOOKS: u32 = 20;

/// The day, the kind, the balance of then and who held one.
#[component]
pub(crate) fn Past() -> impl IntoView {
    let account = Account::expect();
    let (query, location) = (use_query_map(), use_location());
    let part = Memo::new(move |before: Option<&(String, Kind)>| {
        // On the way to another page the address is no longer about this one.
        let here = location.pathname.with(|path| path.trim_end_matches('/') == routes::HISTORY);
        before.filter(|_| !here).cloned().unwrap_or_else(|| part_of(&query.read()))
    });
    let day = Memo::new(move |_| part.with(|(day, _)| day.clone()));
    let kind = Memo::new(move |_| part.with(|(_, kind)| *kind));
    let holders = Loaded::new(move || client::holders_on(account.company_id(), kind.get(), &day.get(), None));
    let more = Callback::new(move |after: String| {
        let asked = client::holders_on(account.company_id(), kind.get_untracked(), &day.get_untracked(), Some(&after));
        spawn_local(async move {
            if let Ok(next) = asked.await {
                holders.change(|list| {
                    // What follows a list that is another one by now, or has it already, is of no use.
                    if list.page.next.as_ref() == Some(&after) {
                        list.page.items.extend(next.page.items);
                        list.page.next = next.page.next;
                    }
                });
            }
        });
    });
    // How many are to be shown: a page can be short though the list goes on.
    let wanted = RwSignal::new(A_PAGE);
    let looks = StoredValue::new(0_u32);
    Effect::new(move |_| {
        part.track();
        looks.set_value(0);
        wanted.set(A_PAGE);
    });
    Effect::new(move |_| {
        let next = holders.value().filter(|list| list.page.items.len() < wanted.get()).and_then(|list| list.page.next);
        if let Some(next) = next.filter(|_| looks.get_value() < MOST_LOOKS) {
            looks.update_value(|looks| *looks = looks.saturating_add(1));
            more.run(next);
        }
    });
    let press = Callback::new(move |_| {
        let shown = holders.value().map_or(0, |list| list.page.items.len());
        looks.set_value(0);
        wanted.set(shown.saturating_add(A_PAGE));
    });
    let navigate = use_navigate();
    let go = Callback::new(move |(day, kind): (String, Kind)| {
        navigate(&routes::holders(&day, kind), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let chosen = move |event| {
        let value = event_target_value(&event);
        if can_be_asked(&value) {
            go.run((value, kind.get_untracked()));
        }
    };
    // What can't be asked for, such as a day to come, doesn't stay above the list of another day.
    let left =
        move |event: web_sys::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).set_value(&day.get_untracked());
    view! {
        <LicencesHead page=texts().history() help="history#day"/>
        <div class="stack">
            <section class="card">
                <div class="tools apart">
                    <div class="field">
                        <label for="on">{texts().held_on()}</label>
                        <input id="on" type="date" max=words::date_in_utc(0) prop:value=move || day.get() on:change=chosen on:blur=left/>
                    </div>
                    <KindChoice value=kind on_choose=move |kind| go.run((day.get_untracked(), kind))/>
                </div>
                <p class="calm inset">
                    {texts().end_of_day_in_utc()} " "
                    <a href=move || routes::activity_on(&day.get())>{activity_texts().what_happened()}</a>
                </p>
            </section>
            <Waiting on=holders show=move |holders| view! { <Shown holders=holders more=press/> }/>
        </div>
    }
}

/// Whether it is a day of which the history can tell.
fn can_be_asked(day: &str) -> bool {
    words::is_day(day) && day <= words::date_in_utc(0).as_str()
}

/// The day and the kind that an address says; where it says none that there are, today and the first.
fn part_of(query: &ParamsMap) -> (String, Kind) {
    let day = query.get("on").filter(|on| can_be_asked(on)).unwrap_or_else(|| words::date_in_utc(0));
    let content = query.get_str("kind") == Some(Kind::Content.as_str());
    (day, if content { Kind::Content } else { Kind::User })
}

#[component]
fn Shown(holders: HoldersOn, more: Callback<String>) -> impl IntoView {
    let row = |holder: PastHolder| {
        let status = words::status(if holder.in_use { Status::InUse } else { Status::Pending });
        let until = match words::known_end(holder.ends_at) {
            Some(at) => view! { <Day at=at/> }.into_any(),
            None => "—".into_any(),
        };
        let (name, email) = match holder.name {
            Some(name) => (name, Some(holder.email)),
            None => (holder.email, None),
        };
        view! {
            <tr>
                <td><A href=routes::user(&holder.member_id)>{name}</A>{email.map(|email| view! { <small>{email}</small> })}</td>
                <td data-label=texts().status()><Pill of=status/></td>
                <td data-label=texts().until()>{until}</td>
            </tr>
        }
    };
    let head = vec![(texts().user(), false), (texts().status(), false), (texts().until(), false)];
    let list = if holders.page.items.is_empty() && holders.page.next.is_none() {
        view! { <Empty title=texts().nobody_held() text=texts().nobody_held_text()/> }.into_any()
    } else {
        view! {
            <Table label=texts().holders() head=head>{holders.page.items.into_iter().map(row).collect_view()}</Table>
            <More next=holders.page.next more=more/>
        }
        .into_any()
    };
    view! {
        <KindCard kind=holders.kind balance=holders.balance/>
        <section class="card">{list}</section>
    }
}
