//! A company's orders.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use seatwise_domain::wire::{OrderLine, Page};
use seatwise_domain::{Kind, texts::number};

use super::licences::LicencesHead;
use super::request::RequestDialog;
use crate::client;
use crate::load::Loaded;
use crate::pages::frame::replacing;
use crate::routes;
use crate::session::Account;
use crate::ui::{Day, Empty, More, Pill, Table, Toasts, Waiting};
use crate::words::{self, texts};

/// The orders, and the dialogue that requests licences: the address says whether it is open.
#[component]
pub(crate) fn Orders() -> impl IntoView {
    let account = Account::expect();
    let orders = Loaded::new(move || client::orders(account.company_id(), None));
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        let query = query.read();
        let kind = match query.get_str("request")? {
            "content" => Kind::Content,
            _ => Kind::User,
        };
        Some((kind, query.get_str("quantity").and_then(|text| text.parse::<i64>().ok()).filter(|quantity| *quantity > 0)))
    });
    let navigate = use_navigate();
    let close = Callback::new(move |()| navigate(routes::ORDERS, replacing()));
    let toasts = Toasts::expect();
    let done = Callback::new(move |order: OrderLine| {
        close.run(());
        toasts.tell(texts().requested_toast(&order.number.to_string(), &words::licences(order.kind, order.quantity)));
        orders.reload();
    });
    let more = orders.more(move |after| client::orders(account.company_id(), Some(after)));
    view! {
        <LicencesHead/>
        <Waiting on=orders show=move |page| view! { <OrderTable page=page more=more/> }/>
        <RequestDialog wanted=wanted on_close=close on_done=done/>
    }
}

/// Orders as a table.
#[component]
pub(crate) fn OrderTable(
    /// The orders.
    page: Page<OrderLine>,
    /// Loads the next page.
    more: Callback<String>,
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
        <section class="card">
            <Table label=texts().orders() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
            <More next=page.next more=more/>
        </section>
    }
    .into_any()
}

fn row(order: OrderLine) -> impl IntoView {
    let note = match (order.starts_at, order.ends_at) {
        (Some(starts_at), Some(ends_at)) => view! { <span><Day at=starts_at/> " → " <Day at=ends_at/></span> }.into_any(),
        _ => order.message.clone().unwrap_or_else(|| "—".to_owned()).into_any(),
    };
    let short = match order.kind {
        Kind::User => texts().number_user(&number(order.quantity)),
        Kind::Content => texts().number_content(&number(order.quantity)),
    };
    view! {
        <tr>
            <td data-label=texts().order()>{order.number.to_string()}{order.reference.map(|reference| view! { <small>{reference}</small> })}</td>
            <td data-label=texts().licences()>{short}</td>
            <td data-label=texts().requested_by()>{order.requested_by}</td>
            <td data-label=texts().on()><Day at=order.requested_at/></td>
            <td data-label=texts().status()><Pill of=words::order_status(order.status)/></td>
            <td data-label=texts().term_or_note()>{note}</td>
        </tr>
    }
}
