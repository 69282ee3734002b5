//! A company's lots.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::texts::number;
use seatwise_domain::wire::{LotLine, Lots as Loads};
use seatwise_domain::{Instant, Kind};

use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::ui::{Day, Empty, PageHead, Pill, Table, Waiting, WayOn};
use crate::words::{self, Tone, texts};

/// The head and the tabs of the licences section.
#[component]
pub(super) fn LicencesHead() -> impl IntoView {
    view! {
        <PageHead title=texts().licences()>
            <WayOn to=routes::request(Kind::User, None) label=texts().request_licences() main=true/>
        </PageHead>
        <nav class="tabs" aria-label=texts().licences()>
            <A href=routes::LICENCES exact=true>{texts().overview()}</A>
            <A href=routes::ORDERS>{texts().orders()}</A>
            <A href=routes::FORECAST>{texts().forecast()}</A>
            <A href=routes::HISTORY>{texts().history()}</A>
        </nav>
    }
}

/// The overview: every lot.
#[component]
pub(crate) fn Lots() -> impl IntoView {
    let account = Account::expect();
    let lots = Loaded::new(move || client::lots(account.company_id()));
    view! {
        <LicencesHead/>
        <Waiting on=lots show=|lots| view! { <LotTable lots=lots ask=true/> }/>
    }
}

/// Lots as a table.
#[component]
pub(crate) fn LotTable(
    /// The lots.
    lots: Loads,
    /// Whether the reader can request some.
    ask: bool,
) -> impl IntoView {
    if lots.items.is_empty() {
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
    let head = vec![
        (texts().order(), false),
        (texts().licences(), false),
        (texts().in_use(), true),
        (texts().pending_invite(), true),
        (texts().available(), true),
        (texts().from(), false),
        (texts().until(), false),
        (texts().status(), false),
    ];
    view! {
        <section class="card">
            <Table label=texts().lots() head=head>{lots.items.into_iter().map(|lot| row(lot, now)).collect_view()}</Table>
        </section>
    }
    .into_any()
}

fn row(lot: LotLine, now: Instant) -> impl IntoView {
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
    view! {
        <tr>
            <td data-label=texts().order()>{lot.order.map(|number| number.to_string())}{lot.group.map(|group| view! { <small>{texts().set_aside_for(&group)}</small> })}</td>
            <td data-label=texts().licences()>{words::licences(lot.kind, lot.quantity)}</td>
            <td class="num" data-label=texts().in_use()>{number(lot.in_use)}</td>
            <td class="num" data-label=texts().pending_invite()>{number(lot.pending)}</td>
            <td class="num" data-label=texts().available()>{number(available)}</td>
            <td data-label=texts().from()><Day at=lot.starts_at/></td>
            <td data-label=texts().until()><Day at=lot.ends_at/></td>
            <td data-label=texts().status()><Pill of=state/></td>
        </tr>
    }
}
