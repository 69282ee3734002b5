//! What the desk sees of one company at first: its figures, its people, its orders and lots, and what happened.

use leptos::prelude::*;
use seatwise_domain::wire::{CompanyLine, CompanyPage, Dashboard, KindSummary, OrderLine, Page, WaitingOrder};
use seatwise_domain::{Balance, Kind};

use super::company::Here;
use super::lots::{Correcting, LotDialogs, Lots};
use super::orders::Wanted;
use super::people::{AccountManager, Managers};
use super::settle::{SettleButtons, SettleDialogs, Settling};
use crate::client;
use crate::load::Loaded;
use crate::pages::manager::{KindCard, Log};
use crate::ui::{Card, Day, Empty, More, Pill, Table, Waiting};
use crate::words::{self, desk_texts, texts};

/// The page.
#[component]
pub(crate) fn CompanyOverview() -> impl IntoView {
    let Here { id, company } = Here::expect();
    let dashboard = Loaded::new(move || client::dashboard(id.get()));
    let lots = Loaded::new(move || client::lots(id.get()));
    let orders = Loaded::new(move || client::orders(id.get(), None));
    let changed = Callback::new(move |()| {
        company.reload();
        dashboard.reload();
        lots.reload();
        orders.reload();
    });
    let settling: Settling = RwSignal::new(None);
    let correcting: Correcting = RwSignal::new(None);
    let more = orders.more(move |after| client::orders(id.get_untracked(), Some(after)));
    let line = Memo::new(move |_| company.value().map(|shown| shown.company));
    view! {
        <div class="stack">
            <Waiting on=dashboard show=|dashboard| view! { <Figures dashboard=dashboard/> }/>
            <Waiting on=company show=|shown: CompanyPage| view! {
                <div class="halves">
                    <Managers managers=shown.managers/>
                    <AccountManager company=shown.company contact=shown.account_manager/>
                </div>
            }/>
            <Waiting on=orders show=move |page| view! { <Orders page=page company=line settling=settling more=more/> }/>
            <Waiting on=lots show=move |found| view! { <Lots lots=found correcting=correcting/> }/>
            <Waiting on=dashboard show=|dashboard: Dashboard| view! { <Card title=texts().recent_activity()><Log events=dashboard.recent/></Card> }/>
        </div>
        <SettleDialogs settling=settling on_changed=changed/>
        <LotDialogs correcting=correcting on_changed=changed/>
    }
}

#[component]
fn Figures(dashboard: Dashboard) -> impl IntoView {
    let card = |kind, summary: KindSummary| {
        view! { <KindCard kind=kind balance=summary.balance next=summary.next_expiry set_aside=summary.set_aside/> }
    };
    view! { <div class="stack">{card(Kind::User, dashboard.user)}{card(Kind::Content, dashboard.content)}</div> }
}

/// The company's orders; those that are open can be settled.
#[component]
fn Orders(
    page: Page<OrderLine>,
    company: Memo<Option<CompanyLine>>,
    settling: Settling,
    more: Callback<String>,
) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <section class="card"><Empty title=texts().no_orders() text=desk_texts().no_orders_desk()/></section> }
            .into_any();
    }
    let row = move |order: OrderLine| {
        let settle = (order.open() > 0).then(|| {
            let order = StoredValue::new(order.clone());
            move || {
                let item = company.get().map(|company| waiting(order.get_value(), company));
                item.map(|item| view! { <SettleButtons order=item settling=settling/> })
            }
        });
        let note = match (order.starts_at, order.ends_at, order.reason.clone()) {
            (_, _, Some(reason)) => view! { <small><bdi>{reason}</bdi></small> }.into_any(),
            (Some(starts_at), Some(ends_at), None) => {
                view! { <span><Day at=starts_at/> {crate::words::arrow()} <Day at=ends_at/></span> }.into_any()
            }
            _ => "—".into_any(),
        };
        let status = words::order_status(&order);
        view! {
            <tr>
                <td data-label=texts().order()>
                    {order.number.to_string()}
                    {order.reference.clone().map(|reference| view! { <small><bdi>{reference}</bdi></small> })}
                    <small><bdi>{order.requested_by.clone()}</bdi> ", " <Day at=order.requested_at/></small>
                </td>
                <td data-label=texts().licences()><Wanted order=order.clone()/></td>
                <td data-label=texts().status()><Pill of=status/></td>
                <td data-label=texts().term_or_note()>{note}</td>
                <td>{settle}</td>
            </tr>
        }
    };
    let head = vec![
        (texts().order(), false),
        (texts().licences(), false),
        (texts().status(), false),
        (texts().term_or_note(), false),
        (desk_texts().assign_or_decline(), false),
    ];
    view! {
        <section class="card">
            <header><h2>{texts().orders()}</h2></header>
            <Table label=texts().orders() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
            <More next=page.next more=more/>
        </section>
    }
    .into_any()
}

/// An order as the desk's list has it.
fn waiting(order: OrderLine, company: CompanyLine) -> WaitingOrder {
    let balance: Balance = match order.kind {
        Kind::User => company.user,
        Kind::Content => company.content,
    };
    WaitingOrder { order, company_id: company.id, company: company.name, balance }
}
