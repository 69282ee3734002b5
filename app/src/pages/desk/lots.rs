//! A company's lots at the desk, and how they are corrected: each with a reason that its managers read.

use leptos::prelude::*;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{ExtendLot, LotLine, Lots as Found, ReduceLot};
use seatwise_domain::{Instant, Kind};
use web_sys::SubmitEvent;

use super::company::Here;
use crate::client;
use crate::load::Submission;
use crate::ui::{Day, Dialog, DialogEnd, Empty, Field, Menu, Pill, Send, Table, Toasts, Trouble};
use crate::words::{self, Tone, desk_texts, number, texts};

/// How a lot is corrected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Correction {
    Reduce,
    Extend,
}

impl Correction {
    fn label(self) -> &'static str {
        match self {
            Self::Reduce => desk_texts().reduce(),
            Self::Extend => texts().extend(),
        }
    }

    fn lead(self, lot: &LotLine) -> String {
        let order = order_of(lot);
        match self {
            Self::Reduce => desk_texts().reduce_lead(held(lot), &order, &words::licences(lot.kind, lot.quantity)),
            Self::Extend => desk_texts().extend_lead(&order, &words::day(lot.ends_at)),
        }
    }
}

fn order_of(lot: &LotLine) -> String {
    lot.order.map(|number| number.to_string()).unwrap_or_default()
}

const fn held(lot: &LotLine) -> i64 {
    lot.in_use.saturating_add(lot.pending)
}

/// What is being corrected.
pub(super) type Correcting = RwSignal<Option<(Correction, LotLine)>>;

/// The lots as a table.
#[component]
pub(super) fn Lots(lots: Found, correcting: Correcting) -> impl IntoView {
    if lots.items.is_empty() {
        return view! { <section class="card"><Empty title=texts().no_lots() text=texts().no_lots_desk()/></section> }.into_any();
    }
    let now = lots.now;
    let head = vec![
        (texts().order(), false),
        (texts().licences(), false),
        (texts().in_use(), true),
        (texts().pending(), true),
        (texts().available(), true),
        (desk_texts().from_until(), false),
        (texts().status(), false),
        (desk_texts().correct(), false),
    ];
    view! {
        <section class="card">
            <header><h2>{texts().lots()}</h2></header>
            <Table label=texts().lots() head=head>{lots.items.into_iter().map(|lot| row(lot, now, correcting)).collect_view()}</Table>
        </section>
    }
    .into_any()
}

/// The dialogue that corrects a lot.
#[component]
pub(super) fn LotDialogs(
    /// What is being corrected.
    correcting: Correcting,
    /// Called when it is.
    on_changed: Callback<()>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let close = Callback::new(move |()| correcting.set(None));
    let done = Callback::new(move |news: String| {
        close.run(());
        toasts.tell(news);
        on_changed.run(());
    });
    let form = move |correction: Correction, lot: LotLine| match correction {
        Correction::Reduce => view! { <ReduceForm lot=lot on_close=close on_done=done/> }.into_any(),
        Correction::Extend => view! { <ExtendForm lot=lot on_close=close on_done=done/> }.into_any(),
    };
    move || {
        correcting.get().map(|(correction, lot)| {
            view! { <Dialog open=true on_close=close title=correction.label() lead=correction.lead(&lot)>{form(correction, lot.clone())}</Dialog> }
        })
    }
}

fn row(lot: LotLine, now: Instant, correcting: Correcting) -> impl IntoView {
    let over = lot.ends_at <= now;
    let state = if over {
        (texts().expired(), Tone::EXPIRED)
    } else if now < lot.starts_at {
        (texts().to_come(), Tone::PENDING)
    } else {
        (texts().in_force(), Tone::IN_USE)
    };
    // What nobody held at the end is no longer there to assign.
    let available = if over { 0 } else { lot.quantity.saturating_sub(held(&lot)) };
    let order = order_of(&lot);
    let some = match lot.kind {
        Kind::User => texts().number_user(&number(lot.quantity)),
        Kind::Content => texts().number_content(&number(lot.quantity)),
    };
    let renewal = lot.renewal.map(|number| view! { <small>{desk_texts().renewed_by(&number.to_string())}</small> });
    let menu = (!over).then(|| {
        let (id, full) = (format!("lot-{}", lot.id), desk_texts().correct_order(&order));
        let reducible = held(&lot) < lot.quantity;
        let lot = StoredValue::new(lot.clone());
        let item = move |correction: Correction| view! {
            <button type="button" class="button" on:click=move |_| correcting.set(Some((correction, lot.get_value())))>{correction.label()}</button>
        };
        view! { <Menu id=id label=desk_texts().correct() full=full quiet=true>{reducible.then(|| item(Correction::Reduce))}{item(Correction::Extend)}</Menu> }
    });
    view! {
        <tr>
            <td data-label=texts().order()>
                {order}
                {lot.group.map(|group| view! { <small>{texts().set_aside_for(&group)}</small> })}
                {lot.note.map(|note| view! { <small><bdi>{note}</bdi></small> })}
            </td>
            <td data-label=texts().licences()>{some}</td>
            <td class="num" data-label=texts().in_use()>{number(lot.in_use)}</td>
            <td class="num" data-label=texts().pending()>{number(lot.pending)}</td>
            <td class="num" data-label=texts().available()>{number(available)}</td>
            <td data-label=desk_texts().from_until()><span><Day at=lot.starts_at/> {crate::words::arrow()} <Day at=lot.ends_at/></span>{renewal}</td>
            <td data-label=texts().status()><Pill of=state/></td>
            <td>{menu}</td>
        </tr>
    }
}

#[component]
fn ReduceForm(lot: LotLine, on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let Here { id, .. } = Here::expect();
    let (to, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Submission::new();
    let (least, most) = (held(&lot), lot.quantity);
    let effect = move || {
        let to = to.with(|text| text.trim().parse::<i64>()).ok().filter(|to| (least..most).contains(to))?;
        let goes = words::licences(lot.kind, most.saturating_sub(to));
        Some(desk_texts().reduce_effect(&goes, &number(most.saturating_sub(least)), &number(to.saturating_sub(least))))
    };
    let (lot_id, order) = (lot.id.clone(), order_of(&lot));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // What is no number is told by the API.
        let to = to.get_untracked().trim().parse().unwrap_or(-1);
        let reduce = ReduceLot { from: most, to, reason: reason.get_untracked() };
        let news = desk_texts().reduced_toast(&order);
        form.send(client::reduce_lot(&id.get_untracked(), &lot_id, &reduce), move |_| on_done.run(news));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="to" label=desk_texts().new_quantity() value=to kind="number" inputmode="numeric" min=least.to_string() required=true first=true hint=desk_texts().at_least_held(least) problem=form.about("to")/>
            <Field name="reason" label=desk_texts().reason() value=reason required=true hint=desk_texts().managers_read_it() problem=form.about("reason")/>
            <p class="effect" aria-live="polite">{effect}</p>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=desk_texts().reduce() busy=form.busy/></DialogEnd>
        </form>
    }
}

#[component]
fn ExtendForm(lot: LotLine, on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let Here { id, .. } = Here::expect();
    let (day, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Submission::new();
    let earliest = words::iso_day(lot.ends_at.plus(DAY));
    let order = order_of(&lot);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let extend = ExtendLot { ends_on: day.get_untracked(), reason: reason.get_untracked() };
        let news = desk_texts().extended_toast(&order);
        form.send(client::extend_lot(&id.get_untracked(), &lot.id, &extend), move |_| on_done.run(news));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="ends_on" label=texts().last_day_before() value=day kind="date" min=earliest required=true first=true hint=desk_texts().extend_hint() problem=form.about("ends_on")/>
            <Field name="reason" label=desk_texts().reason() value=reason required=true hint=desk_texts().managers_read_it() problem=form.about("reason")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().extend() busy=form.busy/></DialogEnd>
        </form>
    }
}
