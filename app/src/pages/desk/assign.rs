//! The form that assigns an order, whole or in part.

use leptos::prelude::*;
use seatwise_domain::Term;
use seatwise_domain::time::TERM_MONTHS;
use seatwise_domain::wire::{AssignOrder, OrderLine, WaitingOrder};
use web_sys::SubmitEvent;

use crate::client;
use crate::load::{Loaded, Submission};
use crate::ui::{DialogEnd, Field, Select, Send, Trouble};
use crate::words::{self, desk_texts, number, texts};

/// Tells when a form was refused because somebody else was quicker.
pub(super) fn tell_when_stale(form: Submission, on_stale: Callback<()>) {
    Effect::new(move |_| {
        let stale = form
            .failure
            .with(|failure| failure.as_ref().is_some_and(|failure| failure.is("order-not-open") || failure.is("order-changed")));
        if stale {
            on_stale.run(());
        }
    });
}

/// The form.
#[component]
pub(super) fn AssignForm(
    /// The order that is assigned.
    order: WaitingOrder,
    /// Called by Cancel.
    on_close: Callback<()>,
    /// Called with what there is to tell when it is done.
    on_done: Callback<String>,
    /// Called when the order was changed by somebody else.
    on_stale: Callback<()>,
) -> impl IntoView {
    let WaitingOrder { order, company_id, company, balance } = order;
    let (kind, open) = (order.kind, order.open());
    let quantity = RwSignal::new(open.to_string());
    let (starts_on, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let months = RwSignal::new(TERM_MONTHS.to_string());
    let group = RwSignal::new(None::<String>);
    let form = Submission::new();
    tell_when_stale(form, on_stale);
    let wanted = move || quantity.with(|text| text.trim().parse::<i64>()).ok().filter(|wanted| (1..=open).contains(wanted));
    let old_end = order.renews.as_ref().map(|old| old.ends_at).filter(|end| words::now() < *end);
    let effect = move || {
        let now = words::now();
        let typed = starts_on.get();
        let start = if typed.is_empty() { Some(old_end.unwrap_or(now)) } else { words::midnight(&typed) };
        let term = start.and_then(|start| Term::new(start, months.get().trim().parse().ok()?));
        let end = term.map(|term| view! { <p>{desk_texts().term_until(&words::day_in_utc(term.ends_at))}</p> });
        let after = term.zip(wanted()).map(|(term, wanted)| {
            let after = number(balance.available.saturating_add(wanted));
            let (kind, before) = (words::kind(kind), number(balance.available));
            let line = if term.contains(now) {
                texts().available_before_and_after(kind, &before, &after)
            } else if now < term.starts_at {
                desk_texts().available_from(kind, &before, &words::day_in_utc(term.starts_at))
            } else {
                desk_texts().available_never(kind, &before)
            };
            view! { <p>{line}</p> }
        });
        let rest = wanted().map(|wanted| open.saturating_sub(wanted)).filter(|rest| *rest > 0);
        let rest = rest.map(|rest| view! { <p>{desk_texts().stays_open(rest)}</p> });
        view! { {end} {after} {rest} }
    };
    let lead = desk_texts().assign_lead(&words::licences(kind, open), &company, &order.number.to_string());
    let start_hint = match old_end {
        Some(end) => desk_texts().starts_on_renewal(&words::day_in_utc(end)),
        None => desk_texts().starts_on_hint().to_owned(),
    };
    let asked = order.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let assignment = AssignOrder {
            // What is no number is told by the API.
            quantity: Some(quantity.get_untracked().trim().parse().unwrap_or_default()),
            open: Some(open),
            starts_on: Some(starts_on.get_untracked()).filter(|date| !date.is_empty()),
            months: Some(months.get_untracked().trim().parse().unwrap_or_default()),
            group: group.get_untracked(),
            note: Some(note.get_untracked()).filter(|note| !note.trim().is_empty()),
        };
        let news = desk_texts().assigned_toast(&words::licences(kind, assignment.quantity.unwrap_or_default()), &company);
        form.send(client::assign_order(asked.id.clone(), assignment, form.key()), move |order| {
            on_done.run(if order.open() > 0 { format!("{news} {}", desk_texts().stays_open(order.open())) } else { news });
        });
    };
    view! {
        <p class="lead">{lead}</p>
        <form on:submit=submit novalidate>
            <div class="pair">
                <Field name="quantity" label=texts().how_many() value=quantity kind="number" min="1" max="1000000" inputmode="numeric" first=true problem=form.about("quantity")/>
                <Field name="months" label=desk_texts().months() value=months kind="number" min="1" max="120" inputmode="numeric" problem=form.about("months")/>
            </div>
            <Field name="starts_on" label=desk_texts().starts_on() value=starts_on kind="date" hint=start_hint problem=form.about("starts_on")/>
            <ForWhom company=company_id order=order value=group/>
            <Field name="note" label=desk_texts().note_to_managers() value=note hint=texts().optional() problem=form.about("note")/>
            <div class="effect" aria-live="polite">{effect}</div>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().assign() busy=form.busy/></DialogEnd>
        </form>
    }
}

/// For which group, where the company has groups.
#[component]
fn ForWhom(company: String, order: OrderLine, value: RwSignal<Option<String>>) -> impl IntoView {
    /// The word for leaving it as the managers want it: no id has so few letters.
    const AS_REQUESTED: &str = "requested";
    let groups = Loaded::new(move || client::groups(company.clone()));
    move || {
        let items = groups.value().map(|groups| groups.items).filter(|items| !items.is_empty())?;
        let choose = move |word: String| value.set(Some(word).filter(|word| word != AS_REQUESTED));
        let chosen = Signal::derive(move || value.get().unwrap_or_else(|| AS_REQUESTED.to_owned()));
        let requested = order.group.as_deref().map_or_else(
            || desk_texts().for_everybody_as_requested().to_owned(),
            |group| desk_texts().for_group_as_requested(group),
        );
        let everybody = order.group.is_some().then(|| (String::new(), texts().for_everybody().to_owned()));
        let others = items.into_iter().filter(|group| Some(&group.id) != order.group_id.as_ref());
        let options = core::iter::once((AS_REQUESTED.to_owned(), requested))
            .chain(everybody)
            .chain(others.map(|group| (group.id, group.name)))
            .collect();
        Some(view! { <Select name="group" label=texts().for_whom() options=options value=chosen on_choose=choose/> })
    }
}
