//! Companies that hold more licences than they have: the longest first.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::Kind;
use seatwise_domain::wire::{DeskList, OverdrawnCompany, Page};

use super::head::DeskHead;
use super::lists::{self, Age, Export, MineOrAll};
use crate::client;
use crate::load::Loaded;
use crate::routes::{self, DeskPart};
use crate::ui::{Day, Empty, More, Table, Waiting, WayOn};
use crate::words::{self, desk_texts, number, texts};

/// The companies.
#[component]
pub(crate) fn Overdrawn() -> impl IntoView {
    let part = lists::part(routes::OVERDRAWN);
    let own = lists::own(part);
    let overdrawn = Loaded::new(move || client::overdrawn(own.get(), None));
    let more = overdrawn.more(move |after| client::overdrawn(own.get_untracked(), Some(&after)));
    view! {
        <DeskHead title=texts().overdrawn()><Export list=DeskList::Overdrawn own=own/></DeskHead>
        <p class="lead">{desk_texts().overdrawn_lead()}</p>
        <section class="card">
            <div class="tools"><MineOrAll page=routes::OVERDRAWN part=part/></div>
            <Waiting on=overdrawn show=move |page| view! { <OverdrawnTable page=page own=own.get_untracked() more=more/> }/>
        </section>
    }
}

#[component]
fn OverdrawnTable(page: Page<OverdrawnCompany>, own: bool, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() {
        let all = own.then(|| DeskPart { all: true, ..DeskPart::default() }.of(routes::OVERDRAWN));
        return view! {
            <Empty title=desk_texts().none_overdrawn() text=desk_texts().none_overdrawn_text()>{all.map(|all| view! { <WayOn to=all label=desk_texts().show_all()/> })}</Empty>
        }
        .into_any();
    }
    let now = words::now();
    let row = move |item: OverdrawnCompany| {
        let some = match item.kind {
            Kind::User => texts().number_user(&number(item.overdrawn)),
            Kind::Content => texts().number_content(&number(item.overdrawn)),
        };
        view! {
            <tr>
                <td data-label=texts().company()><A href=routes::company(&item.company_id)><bdi>{item.company}</bdi></A></td>
                <td data-label=texts().overdrawn()><span data-below="zero">{some}</span></td>
                <td data-label=texts().since()><Day at=item.since/><small><Age since=item.since now=now/></small></td>
                <td class="num" data-label=desk_texts().limit()>{number(item.limit)}</td>
                <td class="whole" data-label=desk_texts().order_that_waits()>{item.waiting_order.map_or_else(|| "—".to_owned(), |number| number.to_string())}</td>
                <td data-label=texts().account_manager()><bdi>{item.account_manager}</bdi></td>
            </tr>
        }
    };
    let head = vec![
        (texts().company(), false),
        (texts().overdrawn(), false),
        (texts().since(), false),
        (desk_texts().limit(), true),
        (desk_texts().order_that_waits(), false),
        (texts().account_manager(), false),
    ];
    view! {
        <Table label=texts().overdrawn() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
        <More next=page.next more=more/>
    }
    .into_any()
}
