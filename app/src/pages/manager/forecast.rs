//! What ends in the next months, and what becomes of it.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use seatwise_domain::policy::CarryOver;
use seatwise_domain::wire::{Forecast as Figures, ForecastLot, ForecastMonth, HolderLine, Lots, NotCarried as People};

use super::licences::{LicencesHead, order_number};
use super::renewal;
use crate::client;
use crate::load::Loaded;
use crate::pages::not_found::{Missing, is_missing};
use crate::routes;
use crate::session::Account;
use crate::ui::{Card, Day, Empty, More, PageHead, Table, Waiting};
use crate::words::{self, number, texts};
use leptos::task::spawn_local;

/// The forecast.
#[component]
pub(crate) fn Forecast() -> impl IntoView {
    let account = Account::expect();
    let forecast = Loaded::new(move || client::forecast(account.company_id()));
    let lots = Loaded::new(move || client::lots(account.company_id()));
    view! {
        <LicencesHead page=texts().expiries() help="expiry"/>
        <Waiting on=forecast show=move |forecast| view! { <Shown forecast=forecast lots=lots/> }/>
    }
}

#[component]
fn Shown(forecast: Figures, lots: Loaded<Lots>) -> impl IntoView {
    if forecast.lots.is_empty() {
        return view! { <section class="card"><Empty title=texts().nothing_ends() text=texts().nothing_expires()/></section> }
            .into_any();
    }
    let policy = match forecast.carry_over {
        CarryOver::Active => texts().forecast_active(),
        CarryOver::All => texts().forecast_all(),
        CarryOver::Nobody => texts().forecast_nobody(),
    };
    let head = |first: &'static str| {
        vec![
            (first, false),
            (texts().licences(), false),
            (texts().held_at_the_end(), true),
            (texts().move_on(), true),
            (texts().left_without(), true),
            (texts().unused(), true),
        ]
    };
    let months = forecast.months.into_iter().filter(|month| month.ending > 0 || month.held > 0).map(month).collect_view();
    let lots = forecast.lots.into_iter().map(|line| lot(line, lots)).collect_view();
    let head_of_lots = [head(texts().order()), vec![(texts().renewal(), false)]].concat();
    view! {
        <div class="stack">
            <p class="lead">{policy} " " <A href=routes::SETTINGS_LICENCES>{texts().change_setting()}</A></p>
            <Card title=texts().by_month()><Table label=texts().by_month() head=head(texts().month())>{months}</Table></Card>
            <Card title=texts().by_order()><Table label=texts().by_order() head=head_of_lots>{lots}</Table></Card>
        </div>
    }
    .into_any()
}

fn cells(held: i64, carried: i64, expiring: AnyView, unused: i64) -> impl IntoView {
    view! {
        <td class="num" data-label=texts().held_at_the_end()>{number(held)}</td>
        <td class="num" data-label=texts().move_on()>{number(carried)}</td>
        <td class="num" data-label=texts().left_without()>{expiring}</td>
        <td class="num" data-label=texts().unused()>{number(unused)}</td>
    }
}

fn month(month: ForecastMonth) -> impl IntoView {
    view! {
        <tr>
            <td>{words::month_and_year(month.month)}</td>
            <td data-label=texts().licences()>{words::licences(month.kind, month.ending)}</td>
            {cells(month.held, month.carried, number(month.expiring).into_any(), month.unused)}
        </tr>
    }
}

fn lot(lot: ForecastLot, lots: Loaded<Lots>) -> impl IntoView {
    let order = lot.order.map(|order| order.to_string()).unwrap_or_default();
    // What is known of the lot itself: the page of its order, and whether somebody has thought of renewing it.
    let id = lot.id.clone();
    let known = Memo::new(move |_| {
        let lots = lots.value()?;
        Some((lots.items.into_iter().find(|line| line.id == id)?, lots.now))
    });
    let name = move || {
        let order_id = known.get().and_then(|(lot, _)| lot.order_id);
        order_number(lot.order, order_id.as_deref(), true)
    };
    let renewal = move || known.get().map(|(lot, now)| renewal::way(&lot, now, true));
    let expiring = if lot.expiring > 0 {
        let label = texts().who_is_left_of(lot.expiring, &order);
        view! { <A href=routes::not_carried(&lot.id) attr:aria-label=label>{number(lot.expiring)}</A> }.into_any()
    } else {
        number(0).into_any()
    };
    view! {
        <tr>
            <td>{name}<small><Day at=lot.ends_at/></small></td>
            <td data-label=texts().licences()>{words::licences(lot.kind, lot.ending)}</td>
            {cells(lot.held, lot.carried, expiring, lot.unused)}
            <td data-label=texts().renewal()>{renewal}</td>
        </tr>
    }
}

/// Who would not move on at the end of a lot; after it, who did not.
#[component]
pub(crate) fn NotCarried() -> impl IntoView {
    let account = Account::expect();
    let params = use_params_map();
    let lot = Memo::new(move |_| params.read().get("lot").unwrap_or_default());
    let people = Loaded::new(move || client::not_carried(account.company_id(), &lot.get(), None));
    let more = Callback::new(move |after: String| {
        let asked = client::not_carried(account.company_id(), &lot.get_untracked(), Some(&after));
        spawn_local(async move {
            if let Ok(next) = asked.await {
                people.change(|list| {
                    list.page.items.extend(next.page.items);
                    list.page.next = next.page.next;
                });
            }
        });
    });
    let missing = is_missing(people);
    view! {
        <p class="crumb"><A href=routes::FORECAST>{texts().expiries()}</A></p>
        <Show when=move || !missing.get() fallback=|| view! { <Missing to=routes::FORECAST label=texts().expiries()/> }>
            <PageHead title=texts().who_is_left()/>
            <Waiting on=people show=move |people| view! { <Left people=people more=more/> }/>
        </Show>
    }
}

#[component]
fn Left(people: People, more: Callback<String>) -> impl IntoView {
    let day = words::day(people.ends_at);
    let lead =
        if people.ended { texts().did_not_move_on(people.count, &day) } else { texts().would_not_move_on(people.count, &day) };
    if people.page.items.is_empty() {
        return view! { <section class="card"><Empty title=texts().nobody_is_left() text=texts().nobody_is_left_text()/></section> }.into_any();
    }
    let row = |line: HolderLine| {
        let (name, email) = match line.name {
            Some(name) => (name, Some(line.email)),
            None => (line.email, None),
        };
        view! {
            <tr>
                <td><A href=routes::user(&line.member_id)>{name}</A>{email.map(|email| view! { <small>{email}</small> })}</td>
                <td data-label=texts().last_active()>{words::day_in_utc(line.active_on)}</td>
            </tr>
        }
    };
    let head = vec![(texts().user(), false), (texts().last_active(), false)];
    view! {
        <p class="lead">{lead}</p>
        <section class="card">
            <Table label=texts().who_is_left() head=head>{people.page.items.into_iter().map(row).collect_view()}</Table>
            <More next=people.page.next more=more/>
        </section>
    }
    .into_any()
}
