//! A company's lots.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::order::OrderNumber;
use seatwise_domain::wire::{LotLine, Lots as Loads, MonthOfExpiries, Overdrawn};
use seatwise_domain::{Instant, Kind};

use super::expiries::expiries;
use super::renewal;
use crate::client;
use crate::load::Loaded;
use crate::pages::help_link::HelpLink;
use crate::pages::tab::name_tab;
use crate::routes;
use crate::session::Account;
use crate::ui::{Card, Day, Empty, PageHead, Pill, Table, Tabs, Waiting, WayOn};
use crate::words::{self, Tone, number, texts};

/// The head and the tabs of the licences section.
#[component]
pub(super) fn LicencesHead(
    /// Which of the section's pages it is.
    page: &'static str,
    /// The topic of the help that the page is about.
    #[prop(default = "licences")]
    help: &'static str,
) -> impl IntoView {
    let head = view! {
        <PageHead title=texts().licences()>
            <HelpLink topic=help about=texts().licences()/>
            <WayOn to=routes::request(Kind::User, None) label=texts().request_licences() main=true/>
        </PageHead>
    };
    name_tab(page, texts().licences());
    view! {
        {head}
        <Tabs label=texts().licences() pages=[
            (routes::LICENCES, texts().overview()),
            (routes::ORDERS, texts().orders()),
            (routes::FORECAST, texts().expiries()),
            (routes::HISTORY, texts().history()),
        ]/>
    }
}

/// The overview: what ends when, and every lot.
#[component]
pub(crate) fn Lots() -> impl IntoView {
    let account = Account::expect();
    let lots = Loaded::new(move || client::lots(account.company_id()));
    let chart = |lots: &Loads| {
        let all = || view! { <A href=routes::FORECAST>{texts().all_expiries()}</A> };
        let bars = expiries(&MonthOfExpiries::of(&lots.items, lots.now), lots.now);
        view! { <Card title=texts().expiring_in_twelve_months() aside=all>{bars}</Card> }
    };
    let show = move |lots: Loads| {
        let chart = (!lots.items.is_empty()).then(|| chart(&lots));
        view! { <div class="stack">{chart}<LotTable lots=lots ask=true/></div> }
    };
    view! {
        <LicencesHead page=texts().overview()/>
        <Waiting on=lots show=show/>
    }
}

/// An order's number, which leads to its page where the reader has one.
pub(super) fn order_number(number: Option<OrderNumber>, id: Option<&str>, leads: bool) -> AnyView {
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    match id.filter(|_| leads) {
        Some(id) => view! { <A href=routes::order(id)>{number}</A> }.into_any(),
        None => number.into_any(),
    }
}

/// Lots as a table.
#[component]
pub(crate) fn LotTable(
    /// The lots.
    lots: Loads,
    /// Whether the reader can request some.
    ask: bool,
    /// Whether they are the lots of one order, which then needs no column.
    #[prop(optional)]
    of_one: bool,
) -> impl IntoView {
    if lots.items.is_empty() && lots.overdrawn.is_empty() {
        return view! {
            <section class="card">
                <Empty title=texts().no_lots() text=if ask { texts().no_lots_text() } else { texts().no_lots_desk() }>
                    {ask.then(|| view! { <WayOn to=routes::request(Kind::User, None) label=texts().request_licences() main=true/> })}
                </Empty>
            </section>
        }
        .into_any();
    }
    let now = lots.now;
    let renewals = lots.items.iter().any(|lot| renewal::is_due(lot, now) || lot.renewal.is_some());
    let shown = Columns { order: !of_one, renewal: renewals, ask };
    let mut head = vec![
        (texts().licences(), false),
        (texts().in_use(), true),
        (texts().pending_invite(), true),
        (texts().available(), true),
        (texts().from(), false),
        (texts().until(), false),
        (texts().status(), false),
    ];
    if shown.order {
        head.insert(0, (texts().order(), false));
    }
    if shown.renewal {
        head.push((texts().renewal(), false));
    }
    let rows = lots.items.into_iter().map(|lot| row(lot, now, shown)).collect_view();
    let overdrawn = lots.overdrawn.into_iter().map(|held| overdrawn(held, shown)).collect_view();
    let class = if of_one { "card" } else { "card numbered-rows" };
    view! { <section class=class><Table label=texts().lots() head=head>{rows}{overdrawn}</Table></section> }.into_any()
}

/// Which columns there are beside those that are always there.
#[derive(Clone, Copy)]
struct Columns {
    /// The order that a lot came from.
    order: bool,
    /// The way to renew it.
    renewal: bool,
    /// Whether the reader can request some, and open orders.
    ask: bool,
}

/// What is held without a lot: with it the rows come to what the dashboard says.
fn overdrawn(held: Overdrawn, shown: Columns) -> impl IntoView {
    let missing = held.in_use.saturating_add(held.pending);
    let order = shown.order.then(|| view! { <td class="whole" data-label=texts().order()>"—"</td> });
    let way = || {
        shown.ask.then(|| view! { <WayOn to=routes::request(held.kind, Some(missing)) label=texts().request_number(missing)/> })
    };
    let renewal = shown.renewal.then(|| view! { <td data-label=texts().renewal()>{way()}</td> });
    view! {
        <tr>
            {order}
            <td data-label=texts().licences()>{words::licences(held.kind, 0)}</td>
            <td class="num" data-label=texts().in_use()>{number(held.in_use)}</td>
            <td class="num" data-label=texts().pending_invite()>{number(held.pending)}</td>
            <td class="num" data-label=texts().available() data-below="zero">{number(missing.saturating_neg())}</td>
            <td data-label=texts().from()>"—"</td>
            <td data-label=texts().until()>"—"</td>
            <td data-label=texts().status()><Pill of=(texts().overdrawn(), Tone::OVERDRAWN)/></td>
            {renewal}
        </tr>
    }
}

fn row(lot: LotLine, now: Instant, shown: Columns) -> impl IntoView {
    let state = if lot.ends_at <= now {
        (texts().expired(), Tone::EXPIRED)
    } else if now < lot.starts_at {
        (texts().to_come(), Tone::PENDING)
    } else {
        (texts().in_force(), Tone::IN_USE)
    };
    let held = lot.in_use.saturating_add(lot.pending);
    // What nobody held at the end is no longer there to assign.
    let available = if lot.ends_at <= now { 0 } else { lot.quantity.saturating_sub(held) };
    let renewal = shown.renewal.then(|| view! { <td data-label=texts().renewal()>{renewal::way(&lot, now, shown.ask)}</td> });
    let order = shown.order.then(|| {
        view! { <td class="whole" data-label=texts().order()>{order_number(lot.order, lot.order_id.as_deref(), shown.ask)}</td> }
    });
    view! {
        <tr>
            {order}
            <td data-label=texts().licences()>
                {words::licences(lot.kind, lot.quantity)}
                {lot.group.map(|group| view! { <small>{texts().set_aside_for(&group)}</small> })}
                {lot.note.map(|note| view! { <small>{note}</small> })}
            </td>
            <td class="num" data-label=texts().in_use()>{number(lot.in_use)}</td>
            <td class="num" data-label=texts().pending_invite()>{number(lot.pending)}</td>
            <td class="num" data-label=texts().available()>{number(available)}</td>
            <td data-label=texts().from()><Day at=lot.starts_at/></td>
            <td data-label=texts().until()><Day at=lot.ends_at/></td>
            <td data-label=texts().status()><Pill of=state/></td>
            {renewal}
        </tr>
    }
}
