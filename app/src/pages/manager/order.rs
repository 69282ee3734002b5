//! One order: where it stands, what it has become, and whom to ask.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use seatwise_domain::order::OrderStatus;
use seatwise_domain::wire::{Lots, OrderLine, OrderPage, Renewed};
use web_sys::SubmitEvent;

use super::licences::LotTable;
use super::log::Log;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::pages::not_found::{Missing, is_missing};
use crate::routes;
use crate::session::Account;
use crate::ui::{Banner, Card, Day, Dialog, DialogEnd, Empty, PageHead, Pill, Reach, Send, Toasts, Trouble, Waiting};
use crate::words::{self, Tone, texts};

/// The order of the address.
#[component]
pub(crate) fn Order() -> impl IntoView {
    let account = Account::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("order").unwrap_or_default());
    let page = Loaded::new(move || client::order(account.company_id(), &id.get()));
    let number = Memo::new(move |_| page.value().map(|page| page.order.number));
    let open = Memo::new(move |_| page.value().is_some_and(|page| page.order.open() > 0));
    let missing = is_missing(page);
    let cancelling = RwSignal::new(false);
    let close = Callback::new(move |()| cancelling.set(false));
    let toasts = Toasts::expect();
    let done = Callback::new(move |order: OrderLine| {
        close.run(());
        toasts.tell(texts().request_cancelled_toast(&order.number.to_string()));
        page.reload();
    });
    // Who was refused because it has changed meanwhile sees what holds now.
    let stale = Callback::new(move |()| page.reload());
    let cancel = move || {
        let button = || view! { <button type="button" class="button" on:click=move |_| cancelling.set(true)>{texts().cancel_request()}</button> };
        open.get().then(button)
    };
    view! {
        <p class="crumb"><A href=routes::ORDERS>{texts().orders()}</A></p>
        {move || number.get().map(|number| view! { <PageHead title=number.to_string()>{cancel}</PageHead> })}
        <Show when=move || !missing.get() fallback=|| view! { <Missing to=routes::ORDERS label=texts().orders()/> }>
            <Waiting on=page show=|page| view! { <Shown page=page/> }/>
        </Show>
        <Dialog open=cancelling on_close=close title=texts().cancel_request()>
            {untrack(|| page.value()).map(|page| view! { <CancelForm order=page.order on_close=close on_done=done on_stale=stale/> })}
        </Dialog>
    }
}

#[component]
fn Shown(page: OrderPage) -> impl IntoView {
    let account = Account::expect();
    let order = page.order;
    let declined = order.reason.clone().filter(|_| order.status == OrderStatus::Declined).map(|reason| {
        let title = if order.assigned > 0 { texts().rest_declined_because() } else { texts().declined_because() };
        view! { <Banner tone=Tone::OVERDRAWN title=title><p>{reason}</p></Banner> }
    });
    let lots = match (page.lots.is_empty(), order.open() > 0) {
        (false, _) => {
            let lots = Lots { now: page.now, items: page.lots, overdrawn: Vec::new() };
            view! { <h2>{texts().licences_of_order()}</h2><LotTable lots=lots ask=true of_one=true/> }.into_any()
        }
        (true, true) => view! {
            <section class="card"><Empty title=texts().nothing_assigned() text=texts().nothing_assigned_text()/></section>
        }
        .into_any(),
        (true, false) => ().into_any(),
    };
    let contact = move || {
        account.account_manager().map(|contact| {
            view! { <Card title=texts().your_account_manager()><p class="reach"><Reach contact=contact/></p></Card> }
        })
    };
    view! {
        <div class="stack">
            {declined}
            <Facts order=order/>
            {lots}
            <div class="cols">
                <Card title=texts().history()><Log events=page.history/></Card>
                {contact}
            </div>
        </div>
    }
}

/// What was asked for, by whom, and where it stands.
#[component]
fn Facts(order: OrderLine) -> impl IntoView {
    let fact = |label: &'static str, value: AnyView| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let status = words::order_status(&order);
    let settled = order.settled_at.and_then(|at| {
        let what = match order.status {
            OrderStatus::Requested => return None,
            OrderStatus::Assigned => texts().assigned(),
            OrderStatus::Declined => texts().declined(),
            OrderStatus::Cancelled => texts().cancelled(),
        };
        Some(fact(what, view! { <Day at=at/> }.into_any()))
    });
    let assigned = (order.assigned > 0 && order.status != OrderStatus::Assigned)
        .then(|| fact(texts().assigned(), words::licences(order.kind, order.assigned).into_any()));
    let group = order.group.unwrap_or_else(|| texts().for_everybody().to_owned());
    let renews = order.renews.map(|lot: Renewed| {
        let name = lot.order.map(|order| order.to_string()).unwrap_or_default();
        fact(texts().renews(), texts().until_day(&name, &words::day(lot.ends_at)).into_any())
    });
    view! {
        <section class="card">
            <header><h2>{words::licences(order.kind, order.quantity)}</h2><span class="end"><Pill of=status/></span></header>
            <dl class="facts">
                {fact(texts().requested_by(), order.requested_by.into_any())}
                {fact(texts().requested_on(), view! { <Day at=order.requested_at/> }.into_any())}
                {settled}
                {assigned}
                {fact(texts().for_whom(), group.into_any())}
                {renews}
                {order.reference.map(|reference| fact(texts().own_reference(), reference.into_any()))}
                {order.message.map(|message| fact(texts().message(), message.into_any()))}
            </dl>
        </section>
    }
}

#[component]
fn CancelForm(
    order: OrderLine,
    on_close: Callback<()>,
    on_done: Callback<OrderLine>,
    /// Called when it can't be cancelled any more as it was shown.
    on_stale: Callback<()>,
) -> impl IntoView {
    let account = Account::expect();
    let form = Submission::new();
    let (open, name) = (order.open(), order.number.to_string());
    let licences = words::licences(order.kind, open);
    let lead =
        if open == 1 { texts().cancel_request_lead_one(&name, &licences) } else { texts().cancel_request_lead(&name, &licences) };
    let stays = (order.assigned > 0).then(|| texts().what_is_assigned_stays(order.assigned));
    Effect::new(move |_| {
        if form.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.is("order-not-open"))) {
            on_stale.run(());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.send(client::cancel_order(account.company_id(), &order.id), move |order| on_done.run(order));
    };
    view! {
        <p class="lead">{lead} " " {stays}</p>
        <form on:submit=submit>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close instead=texts().keep_request()><Send label=texts().cancel_request() busy=form.busy/></DialogEnd>
        </form>
    }
}
