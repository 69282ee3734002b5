//! A company's orders.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use seatwise_domain::wire::{OrderLine, Page};

use super::licences::{LicencesHead, order_number};
use super::request::RequestDialog;
use super::way_back::closing;
use crate::client;
use crate::load::Loaded;
use crate::pages::frame::replacing;
use crate::routes::{self, Wanted};
use crate::session::Account;
use crate::ui::{Day, Empty, More, Pill, Table, Toasts, Waiting};
use crate::words::{self, number, texts};

/// The orders, and the dialogue that requests licences: the address says whether it is open.
#[component]
pub(crate) fn Orders() -> impl IntoView {
    let account = Account::expect();
    let orders = Loaded::new(move || client::orders(account.company_id(), None));
    let query = use_query_map();
    let wanted = Memo::new(move |_| Wanted::read(&query.read()));
    let navigate = use_navigate();
    let toasts = Toasts::expect();
    let done = Callback::new(move |order: OrderLine| {
        navigate(routes::ORDERS, replacing());
        toasts.tell(texts().requested_toast(&order.number.to_string(), &words::licences(order.kind, order.quantity)));
        orders.reload();
    });
    let more = orders.more(move |after| client::orders(account.company_id(), Some(after)));
    view! {
        <LicencesHead page=texts().orders()/>
        <Waiting on=orders show=move |page| view! { <OrderTable page=page more=more leads=true/> }/>
        <RequestDialog wanted=wanted on_close=closing(routes::ORDERS) on_done=done/>
    }
}

/// Orders as a table.
#[component]
pub(crate) fn OrderTable(
    /// The orders.
    page: Page<OrderLine>,
    /// Loads the next page.
    more: Callback<String>,
    /// Whether each leads to its page.
    #[prop(optional)]
    leads: bool,
) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=texts().no_orders() text=texts().no_orders_text()/></section>
        }
        .into_any();
    }
    let head = vec![
        (texts().order(), false),
        (texts().licences(), false),
        (texts().requested_by(), false),
        (texts().on(), false),
        (texts().status(), false),
        (texts().term_or_note(), false),
    ];
    view! {
        <section class="card numbered-rows">
            <Table label=texts().orders() head=head>{page.items.into_iter().map(|order| row(order, leads)).collect_view()}</Table>
            <More next=page.next more=more/>
        </section>
    }
    .into_any()
}

/// How much of an order is assigned, where it is a part that no other word tells.
fn part(order: &OrderLine) -> Option<String> {
    let told = order.open() > 0 || order.assigned == 0 || order.assigned >= order.quantity;
    (!told).then(|| texts().number_assigned(&number(order.assigned), &number(order.quantity)))
}

fn row(order: OrderLine, leads: bool) -> impl IntoView {
    let note = match (order.starts_at, order.ends_at, &order.reason) {
        (Some(starts_at), Some(ends_at), _) => {
            view! { <span><Day at=starts_at/> {crate::words::arrow()} <Day at=ends_at/></span> }.into_any()
        }
        (_, _, Some(reason)) => reason.clone().into_any(),
        _ => order.message.clone().unwrap_or_else(|| "—".to_owned()).into_any(),
    };
    let status = words::order_status(&order);
    let part = part(&order);
    view! {
        <tr>
            <td class="whole" data-label=texts().order()>
                {order_number(Some(order.number), Some(&order.id), leads)}
                {order.reference.map(|reference| view! { <small>{reference}</small> })}
            </td>
            <td data-label=texts().licences()>
                {words::short(order.kind, order.quantity)}
                {part.map(|part| view! { <small>{part}</small> })}
                {order.group.map(|group| view! { <small>{texts().set_aside_for(&group)}</small> })}
            </td>
            <td data-label=texts().requested_by()>{order.requested_by}</td>
            <td data-label=texts().on()><Day at=order.requested_at/></td>
            <td data-label=texts().status()><Pill of=status/></td>
            <td data-label=texts().term_or_note()>{note}</td>
        </tr>
    }
}
