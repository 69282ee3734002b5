//! The panel that explains a balance: the lots whose sum it is, and what moved it since a day.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use seatwise_domain::wire::{Explanation, LotLine, Overdraft};
use seatwise_domain::{Balance, Kind};

use super::licences::order_number;
use super::log::Log;
use super::way_back::closing;
use crate::client;
use crate::load::Loaded;
use crate::pages::help_link::HelpLink;
use crate::routes;
use crate::session::Account;
use crate::ui::{Banner, Day, Dialog, Since, Table, Waiting, WayOn};
use crate::words::{self, Tone, number, texts};

/// The panel for the kind of the address.
#[component]
pub(crate) fn Explain() -> impl IntoView {
    let params = use_params_map();
    let kind = Memo::new(move |_| {
        let word = params.read().get("kind").unwrap_or_default();
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word)
    });
    let close = closing(routes::DASHBOARD);
    move || {
        kind.get().map(|kind| {
            let title = texts().explain_title(words::kind(kind));
            name_tab_meanwhile(&title);
            view! {
                <Dialog open=true on_close=close title=title panel=true>
                    <Panel kind=kind on_close=close/>
                </Dialog>
            }
        })
    }
}

/// Names the tab after the panel while it is open.
fn name_tab_meanwhile(title: &str) {
    let title = texts().page_title(title);
    document().set_title(&title);
    on_cleanup(move || {
        // Another page may have named it by now.
        if document().title() == title {
            document().set_title(&texts().page_title(texts().dashboard()));
        }
    });
}

#[component]
fn Panel(kind: Kind, on_close: Callback<()>) -> impl IntoView {
    let account = Account::expect();
    let since = RwSignal::new(words::date_in_utc(-30));
    let explained = Loaded::new(move || {
        let day = since.get();
        client::explanation(account.company_id(), kind, Some(&day).filter(|day| !day.is_empty()).map(String::as_str))
    });
    let today = words::date_in_utc(0);
    let since_field = move || {
        view! {
            <div class="field aside">
                <label for="since">{texts().since_day()}</label>
                <input id="since" type="date" max=today.clone() prop:value=move || since.get() on:change=move |event| since.set(event_target_value(&event))/>
            </div>
        }
    };
    view! {
        <div class="stack">
            <p class="do"><HelpLink topic="figures#negative" about=words::kind(kind)/><button type="button" class="button" on:click=move |_| on_close.run(())>{texts().close()}</button></p>
            <section>
                <h3>{texts().sum_of_lots()}</h3>
                <Waiting on=explained show=|explained| view! { <Sum explained=explained/> }/>
            </section>
            <section>
                <h3>{texts().what_moved_it()}</h3>
                {since_field()}
                <Waiting on=explained show=|explained| view! { <Moves explained=explained/> }/>
            </section>
            <section>
                <h3>{texts().recent_activity()}</h3>
                <Waiting on=explained show=|explained| view! { <Log events=explained.recent/> }/>
            </section>
        </div>
    }
}

/// The cells of the four figures.
fn cells(in_use: String, pending: String, available: String, total: String) -> impl IntoView {
    view! {
        <td class="num" data-label=texts().available()>{available}</td>
        <td class="num" data-label=texts().in_use()>{in_use}</td>
        <td class="num" data-label=texts().pending_invite()>{pending}</td>
        <td class="num" data-label=texts().total_licences()>{total}</td>
    }
}

fn figures(balance: Balance) -> impl IntoView {
    cells(number(balance.in_use), number(balance.pending), number(balance.available), number(balance.total))
}

fn head(first: &'static str) -> Vec<(&'static str, bool)> {
    vec![
        (first, false),
        (texts().available(), true),
        (texts().in_use(), true),
        (texts().pending_invite(), true),
        (texts().total(), true),
    ]
}

/// The lots, what is overdrawn, and their sum.
#[component]
fn Sum(explained: Explanation) -> impl IntoView {
    let held = |field: fn(&LotLine) -> i64| explained.lots.iter().map(field).sum::<i64>();
    let balance = explained.balance;
    let overdrawn = Balance::of(0, balance.in_use - held(|lot| lot.in_use), balance.pending - held(|lot| lot.pending));
    let lot = |lot: LotLine| {
        let name = order_number(lot.order, lot.order_id.as_deref(), true);
        let group = lot.group.map(|group| view! { <small>{texts().set_aside_for(&group)}</small> });
        view! {
            <tr>
                <td>{name}<small>{texts().until()} " " <Day at=lot.ends_at/></small>{group}</td>
                {figures(Balance::of(lot.quantity, lot.in_use, lot.pending))}
            </tr>
        }
    };
    let overdrawn_row = (overdrawn.available < 0)
        .then(|| view! { <tr data-below="zero"><td>{texts().overdrawn()}</td>{figures(overdrawn)}</tr> });
    let kind = explained.kind;
    let overdraft = explained.overdraft.map(|overdraft| view! { <Overdrawn kind=kind overdraft=overdraft/> });
    let waiting = (explained.waiting > 0).then(|| view! { <p class="lead">{texts().people_wait(explained.waiting)}</p> });
    view! {
        <Table label=texts().sum_of_lots() head=head(texts().order())>
            {explained.lots.into_iter().map(lot).collect_view()}
            {overdrawn_row}
            <tr class="sum"><td>{texts().together()}</td>{figures(balance)}</tr>
        </Table>
        {overdraft}
        {waiting}
    }
}

/// Who is overdrawn, since when and through which door, and what settles it.
#[component]
fn Overdrawn(kind: Kind, overdraft: Overdraft) -> impl IntoView {
    let now = words::now();
    let person = |line: seatwise_domain::wire::OverdrawnLine| {
        let door = words::door(&line.door, line.belongs_to.as_deref());
        view! {
            <li>
                <span><a href=routes::user(&line.member_id)>{line.member}</a><small>{door}</small></span>
                <Since at=line.since now=now/>
            </li>
        }
    };
    let missing = overdraft.licences;
    let title = match kind {
        Kind::User => texts().overdrawn_user(missing),
        Kind::Content => texts().overdrawn_content(missing),
    };
    let request = move || {
        view! { <WayOn to=routes::request(kind, Some(missing)) label=texts().request_some(&words::licences(kind, missing)) main=true/> }
    };
    view! {
        <Banner tone=Tone::OVERDRAWN title=title ways=request><p>{texts().what_settles(overdraft.limit)}</p></Banner>
        <ul class="people">{overdraft.holders.into_iter().map(person).collect_view()}</ul>
    }
}

/// The balance of then, each sort of movement, and the balance of now.
#[component]
fn Moves(explained: Explanation) -> impl IntoView {
    // Movements that are told by the same words are one line.
    let mut lines: Vec<(&'static str, (i64, i64, i64))> = Vec::new();
    for movement in &explained.movements {
        let (text, effect) = (words::movement(movement), movement.effect());
        match lines.iter_mut().find(|(known, _)| *known == text) {
            Some((_, sum)) => *sum = (sum.0 + effect.0, sum.1 + effect.1, sum.2 + effect.2),
            None => lines.push((text, effect)),
        }
    }
    // First what brings licences, then what hands them out, then what brings them back.
    let place = |text: &str| words::MOVEMENTS.iter().position(|known| known() == text);
    lines.sort_by_key(|(text, _)| place(text));
    let row = |(text, (in_use, pending, total)): (&'static str, (i64, i64, i64))| {
        let signed = words::signed;
        view! { <tr><td>{text}</td>{cells(signed(in_use), signed(pending), signed(total - in_use - pending), signed(total))}</tr> }
    };
    let quiet = lines.is_empty().then(|| view! { <tr><td>{texts().nothing_moved()}</td></tr> });
    view! {
        <Table label=texts().what_moved_it() head=head(texts().movement())>
            <tr class="sum"><td>{texts().before_day(&words::day_in_utc(explained.since))}</td>{figures(explained.then)}</tr>
            {lines.into_iter().filter(|(_, effect)| *effect != (0, 0, 0)).map(row).collect_view()}
            {quiet}
            <tr class="sum"><td>{texts().now()}</td>{figures(explained.balance)}</tr>
        </Table>
    }
}
