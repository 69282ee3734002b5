//! Orders that wait, oldest first.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::Kind;
use seatwise_domain::wire::{OrderLine, Page, WaitingOrder};

use super::Desk;
use super::head::DeskHead;
use super::lists::{self, Age, MineOrAll};
use super::settle::{SettleButtons, SettleDialogs, Settling};
use crate::client;
use crate::load::Loaded;
use crate::routes::{self, DeskPart};
use crate::ui::{Empty, More, Table, Waiting, WayOn};
use crate::words::{self, desk_texts, number, texts};

/// The orders, and the dialogues that settle one.
#[component]
pub(crate) fn WaitingOrders() -> impl IntoView {
    let Desk { waiting, .. } = Desk::expect();
    waiting.refresh();
    let part = lists::part(routes::DESK);
    let own = lists::own(part);
    view! {
        <DeskHead title=desk_texts().waiting_orders()/>
        <section class="card">
            <div class="tools"><MineOrAll page=routes::DESK part=part/></div>
            {move || {
                let own = own.get();
                let orders = if own { waiting } else { Loaded::new(|| client::waiting_orders(false, None)) };
                view! { <Orders orders=orders own=own/> }
            }}
        </section>
    }
}

/// The list of one's own companies' orders, or of all.
#[component]
fn Orders(orders: Loaded<Page<WaitingOrder>>, own: bool) -> impl IntoView {
    let settling: Settling = RwSignal::new(None);
    let changed = Callback::new(move |()| orders.reload());
    let more = orders.more(move |after| client::waiting_orders(own, Some(&after)));
    view! {
        <Waiting on=orders show=move |page| view! { <WaitingTable page=page own=own settling=settling more=more/> }/>
        <SettleDialogs settling=settling on_changed=changed/>
    }
}

#[component]
fn WaitingTable(page: Page<WaitingOrder>, own: bool, settling: Settling, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() {
        let all = DeskPart { all: true, ..DeskPart::default() }.of(routes::DESK);
        return if own {
            view! {
                <Empty title=desk_texts().none_of_mine_wait() text=desk_texts().no_waiting_orders_text()>
                    <WayOn to=all label=desk_texts().show_all()/>
                    <WayOn to=routes::COMPANIES label=desk_texts().companies()/>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Empty title=desk_texts().no_waiting_orders() text=desk_texts().no_waiting_orders_text()>
                    <WayOn to=routes::COMPANIES label=desk_texts().companies()/>
                </Empty>
            }
            .into_any()
        };
    }
    let now = words::now();
    let row = move |item: WaitingOrder| {
        let available = item.balance.available;
        let after = available.saturating_add(item.order.open());
        let (company_id, company) = (item.company_id.clone(), item.company.clone());
        let order = item.order.clone();
        let below = |value: i64| (value < 0).then_some("zero");
        view! {
            <tr>
                <td data-label=texts().company()><A href=routes::company(&company_id)><bdi>{company}</bdi></A><small><bdi>{order.requested_by.clone()}</bdi></small></td>
                <td class="whole" data-label=texts().order()>{order.number.to_string()}{order.reference.clone().map(|reference| view! { <small><bdi>{reference}</bdi></small> })}</td>
                <td data-label=texts().licences()>
                    <Wanted order=order.clone()/>
                    {(order.assigned > 0).then(|| view! { <small>{desk_texts().assigned_so_far(order.assigned)}</small> })}
                </td>
                <td data-label=desk_texts().waits()><Age since=order.requested_at now=now/></td>
                <td class="whole" data-label=desk_texts().available_now_and_after()><span><bdi data-below=below(available)>{number(available)}</bdi> {crate::words::arrow()} <bdi data-below=below(after)>{number(after)}</bdi></span></td>
                <td><SettleButtons order=item settling=settling/></td>
            </tr>
        }
    };
    let head = vec![
        (texts().company(), false),
        (texts().order(), false),
        (texts().licences(), false),
        (desk_texts().waits(), false),
        (desk_texts().available_now_and_after(), false),
        (desk_texts().assign_or_decline(), false),
    ];
    view! {
        <Table label=desk_texts().waiting_orders() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
        <More next=page.next more=more/>
    }
    .into_any()
}

/// What an order asks for, and what is to be known about that.
#[component]
pub(super) fn Wanted(order: OrderLine) -> impl IntoView {
    let some = match order.open() {
        open if order.assigned > 0 && open > 0 => desk_texts().open_of(&number(open), &number(order.quantity)),
        _ => number(order.quantity),
    };
    let some = match order.kind {
        Kind::User => texts().number_user(&some),
        Kind::Content => texts().number_content(&some),
    };
    let renews = order.renews.map(|old| {
        let number = old.order.map(|number| number.to_string()).unwrap_or_default();
        desk_texts().renews_order(&number, &words::day(old.ends_at))
    });
    view! {
        <span>{some}</span>
        {order.group.map(|group| view! { <small>{texts().set_aside_for(&group)}</small> })}
        {renews.map(|renews| view! { <small>{renews}</small> })}
        {order.message.map(|message| view! { <small><bdi>{message}</bdi></small> })}
    }
}
