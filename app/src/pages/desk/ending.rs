//! What ends soon, of all companies: the first to end first.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::wire::{DeskList, ENDING_WITHIN, EndingLot, Page};

use super::head::DeskHead;
use super::lists::{self, Export, MineOrAll};
use crate::client;
use crate::load::Loaded;
use crate::routes::{self, DeskPart};
use crate::ui::{Day, Empty, More, Pill, Table, Waiting, WayOn};
use crate::words::{self, Tone, desk_texts, number, texts};

/// The lots that end soon.
#[component]
pub(crate) fn Ending() -> impl IntoView {
    let part = lists::part(routes::ENDING);
    let own = lists::own(part);
    let ending = Loaded::new(move || client::ending(own.get(), None));
    let more = ending.more(move |after| client::ending(own.get_untracked(), Some(&after)));
    view! {
        <DeskHead title=desk_texts().ending()><Export list=DeskList::Ending own=own/></DeskHead>
        <p class="lead">{desk_texts().ending_lead(ENDING_WITHIN)}</p>
        <section class="card">
            <div class="tools"><MineOrAll page=routes::ENDING part=part/></div>
            <Waiting on=ending show=move |page| view! { <EndingTable page=page own=own.get_untracked() more=more/> }/>
        </section>
    }
}

#[component]
fn EndingTable(page: Page<EndingLot>, own: bool, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() {
        let all = own.then(|| DeskPart { all: true, ..DeskPart::default() }.of(routes::ENDING));
        return view! {
            <Empty title=texts().nothing_ends() text=desk_texts().nothing_ends_text()>{all.map(|all| view! { <WayOn to=all label=desk_texts().show_all()/> })}</Empty>
        }
        .into_any();
    }
    let now = words::now();
    let row = move |item: EndingLot| {
        let lot = item.lot;
        let order = lot.order.map(|number| number.to_string());
        let renewal = match lot.renewal {
            Some(number) => number.to_string().into_any(),
            None => view! { <Pill of=(desk_texts().none_yet(), Tone::PENDING)/> }.into_any(),
        };
        view! {
            <tr>
                <td data-label=texts().company()><A href=routes::company(&item.company_id)><bdi>{item.company}</bdi></A></td>
                <td data-label=texts().licences()>{words::licences(lot.kind, lot.quantity)}{order.map(|order| view! { <small>{order}</small> })}</td>
                <td class="num" data-label=desk_texts().held()>{number(lot.in_use.saturating_add(lot.pending))}</td>
                <td data-label=texts().ends()><Day at=lot.ends_at/><small>{desk_texts().in_days(words::days_until(lot.ends_at, now))}</small></td>
                <td class="whole" data-label=texts().renewal()>{renewal}</td>
                <td data-label=texts().account_manager()><bdi>{item.account_manager}</bdi></td>
            </tr>
        }
    };
    let head = vec![
        (texts().company(), false),
        (texts().licences(), false),
        (desk_texts().held(), true),
        (texts().ends(), false),
        (texts().renewal(), false),
        (texts().account_manager(), false),
    ];
    view! {
        <Table label=desk_texts().ending() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
        <More next=page.next more=more/>
    }
    .into_any()
}
