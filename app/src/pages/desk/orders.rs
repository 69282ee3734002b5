//! Orders that wait, oldest first.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::Kind;
use seatwise_domain::texts::number;
use seatwise_domain::wire::{OrderLine, Page, WaitingOrder};

use super::assign::AssignDialog;
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::ui::{Empty, More, PageHead, Since, Table, Toasts, Waiting, WayOn};
use crate::words::{self, texts};

/// The orders, and the dialogue that assigns one.
#[component]
pub(crate) fn WaitingOrders() -> impl IntoView {
    let orders =
        use_context::<super::Waiting>().map_or_else(|| Loaded::new(|| client::waiting_orders(None)), |waiting| waiting.0);
    orders.refresh();
    let assigning = RwSignal::new(None::<WaitingOrder>);
    let close = Callback::new(move |()| assigning.set(None));
    let toasts = Toasts::expect();
    let done = Callback::new(move |order: OrderLine| {
        let company = assigning.get_untracked().map(|order| order.company).unwrap_or_default();
        close.run(());
        toasts.tell(texts().assigned_toast(&words::licences(order.kind, order.quantity), &company));
        orders.change(|page| page.items.retain(|item| item.order.id != order.id));
        orders.reload();
    });
    // Somebody else may have been first: the list is read again.
    let stale = Callback::new(move |()| orders.reload());
    let more = orders.more(move |after| client::waiting_orders(Some(after)));
    view! {
        <PageHead title=texts().waiting_orders()/>
        <Waiting on=orders show=move |page| view! { <WaitingTable page=page assigning=assigning more=more/> }/>
        <AssignDialog order=assigning on_close=close on_done=done on_stale=stale/>
    }
}

#[component]
fn WaitingTable(page: Page<WaitingOrder>, assigning: RwSignal<Option<WaitingOrder>>, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card">
                <Empty title=texts().no_waiting_orders() text=texts().no_waiting_orders_text()>
                    <WayOn to=routes::COMPANIES label=texts().companies()/>
                </Empty>
            </section>
        }
        .into_any();
    }
    let now = words::now();
    let row = move |item: WaitingOrder| {
        let order = item.order.clone();
        let available = item.balance.available;
        let after = available.saturating_add(order.quantity);
        let short = match order.kind {
            Kind::User => texts().number_user(&number(order.quantity)),
            Kind::Content => texts().number_content(&number(order.quantity)),
        };
        let name = texts().assign_order(&order.number.to_string(), &item.company);
        let (company_id, company) = (item.company_id.clone(), item.company.clone());
        view! {
            <tr>
                <td data-label=texts().company()><A href=routes::company(&company_id)>{company}</A><small>{order.requested_by}</small></td>
                <td data-label=texts().order()>{order.number.to_string()}{order.reference.map(|reference| view! { <small>{reference}</small> })}</td>
                <td data-label=texts().licences()>{short}{order.message.map(|message| view! { <small>{message}</small> })}</td>
                <td data-label=texts().requested()><Since at=order.requested_at now=now/></td>
                <td data-label=texts().available_now_and_after()>{number(available)} " → " {number(after)}</td>
                <td class="num">
                    <button type="button" class="button main" aria-label=name on:click=move |_| assigning.set(Some(item.clone()))>{texts().assign()}</button>
                </td>
            </tr>
        }
    };
    let head = vec![
        (texts().company(), false),
        (texts().order(), false),
        (texts().licences(), false),
        (texts().requested(), false),
        (texts().available_now_and_after(), false),
        (texts().assign(), false),
    ];
    view! {
        <section class="card">
            <Table label=texts().waiting_orders() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
            <More next=page.next more=more/>
        </section>
    }
    .into_any()
}
