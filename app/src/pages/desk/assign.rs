//! The dialogue that assigns an order.

use leptos::prelude::*;
use seatwise_domain::Term;
use seatwise_domain::time::TERM_MONTHS;
use seatwise_domain::wire::{AssignOrder, OrderLine, WaitingOrder};
use web_sys::SubmitEvent;

use crate::client;
use crate::load::Submission;
use crate::ui::{Dialog, DialogEnd, Field, Send, Trouble};
use crate::words::{self, texts};

/// The dialogue; open while there is an order.
#[component]
pub(super) fn AssignDialog(
    /// The order that is assigned.
    order: RwSignal<Option<WaitingOrder>>,
    /// Called when it was closed.
    on_close: Callback<()>,
    /// Called with the order as it is then.
    on_done: Callback<OrderLine>,
    /// Called when the order was settled by somebody else.
    on_stale: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open=Signal::derive(move || order.with(Option::is_some)) on_close=on_close title=texts().assign_licences()>
            {move || order.get().map(|order| view! { <AssignForm order=order on_close=on_close on_done=on_done on_stale=on_stale/> })}
        </Dialog>
    }
}

#[component]
fn AssignForm(
    order: WaitingOrder,
    on_close: Callback<()>,
    on_done: Callback<OrderLine>,
    on_stale: Callback<()>,
) -> impl IntoView {
    let starts_on = RwSignal::new(String::new());
    let months = RwSignal::new(TERM_MONTHS.to_string());
    let form = Submission::new();
    let id = order.order.id.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let assignment = AssignOrder {
            starts_on: Some(starts_on.get_untracked()).filter(|date| !date.is_empty()),
            // What is no number is told by the API.
            months: Some(months.get_untracked().trim().parse().unwrap_or_default()),
        };
        form.send(client::assign_order(id.clone(), assignment, form.key()), move |order| on_done.run(order));
    };
    Effect::new(move |_| {
        if form.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.is("order-not-open"))) {
            on_stale.run(());
        }
    });
    let term = move || {
        let start = starts_on.get();
        let start = if start.is_empty() { Some(words::now()) } else { words::midnight(&start) };
        let term = Term::new(start?, months.get().trim().parse().ok()?)?;
        Some(texts().term_until(&words::day_in_utc(term.ends_at)))
    };
    let what = texts().assign_lead(
        &words::licences(order.order.kind, order.order.quantity),
        &order.company,
        &order.order.number.to_string(),
    );
    view! {
        <p class="lead">{what}</p>
        <form on:submit=submit novalidate>
            <Field name="starts_on" label=texts().starts_on() value=starts_on kind="date" hint=texts().starts_on_hint() first=true problem=form.about("starts_on")/>
            <Field name="months" label=texts().months() value=months kind="number" min="1" max="120" inputmode="numeric" problem=form.about("months")/>
            <p class="effect" aria-live="polite">{term}</p>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().assign() busy=form.busy/></DialogEnd>
        </form>
    }
}
