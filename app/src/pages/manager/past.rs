//! Who held a licence on a day, by the history.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
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

/// The day, the kind, the balance of then and who held one.
#[component]
pub(crate) fn Past() -> impl IntoView {
    let account = Account::expect();
    let query = use_query_map();
    let day = RwSignal::new(words::date_in_utc(0));
    let kind = RwSignal::new(Kind::User);
    // A link can say which day and which kind.
    Effect::new(move |_| {
        let query = query.read();
        if let Some(on) = query.get("on").filter(|on| words::midnight(on).is_some()) {
            day.set(on);
        }
        if query.get_str("kind") == Some(Kind::Content.as_str()) {
            kind.set(Kind::Content);
        }
    });
    let holders = Loaded::new(move || client::holders_on(account.company_id(), kind.get(), &day.get(), None));
    let more = Callback::new(move |after: String| {
        let asked = client::holders_on(account.company_id(), kind.get_untracked(), &day.get_untracked(), Some(&after));
        spawn_local(async move {
            if let Ok(next) = asked.await {
                holders.change(|list| {
                    list.page.items.extend(next.page.items);
                    list.page.next = next.page.next;
                });
            }
        });
    });
    let chosen = move |event| {
        let value = event_target_value(&event);
        if !value.is_empty() {
            day.set(value);
        }
    };
    view! {
        <LicencesHead help="history#day"/>
        <div class="stack">
            <section class="card">
                <div class="tools">
                    <div class="field">
                        <label for="on">{texts().held_on()}</label>
                        <input id="on" type="date" max=words::date_in_utc(0) prop:value=move || day.get() on:change=chosen/>
                    </div>
                    <KindChoice value=kind/>
                </div>
                <p class="calm inset">
                    {texts().end_of_day_in_utc()} " "
                    <a href=move || routes::activity_on(&day.get())>{activity_texts().what_happened()}</a>
                </p>
            </section>
            <Waiting on=holders show=move |holders| view! { <Shown holders=holders more=more/> }/>
        </div>
    }
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
    let list = if holders.page.items.is_empty() {
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
