//! The dialogue that requests licences from the account manager (requirement A3).

use leptos::prelude::*;
use seatwise_domain::wire::{OrderLine, RequestOrder};
use web_sys::SubmitEvent;

use super::group_choice::GroupChoice;
use super::kind_choice::KindChoice;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::routes::Wanted;
use crate::session::Account;
use crate::ui::{Dialog, DialogEnd, Field, Send, Trouble};
use crate::words::{self, texts};

/// The dialogue; open while something is wanted.
#[component]
pub(super) fn RequestDialog(
    /// What is wanted, as far as it is known.
    wanted: Memo<Option<Wanted>>,
    /// Called when it was closed.
    on_close: Callback<()>,
    /// Called with the order.
    on_done: Callback<OrderLine>,
) -> impl IntoView {
    view! {
        <Dialog open=Signal::derive(move || wanted.get().is_some()) on_close=on_close title=texts().request_licences()>
            {wanted.get_untracked().map(|wanted| view! { <RequestForm wanted=wanted on_close=on_close on_done=on_done/> })}
        </Dialog>
    }
}

/// Who gets the order, and when the term starts.
fn lead(account: Account, renews: bool) -> String {
    match (account.account_manager(), renews) {
        (Some(contact), false) => texts().request_lead(&contact.name),
        (None, false) => texts().request_lead_nobody().to_owned(),
        (Some(contact), true) => texts().renewal_lead(&contact.name),
        (None, true) => texts().renewal_lead_nobody().to_owned(),
    }
}

#[component]
fn RequestForm(wanted: Wanted, on_close: Callback<()>, on_done: Callback<OrderLine>) -> impl IntoView {
    let account = Account::expect();
    let kind = RwSignal::new(wanted.kind);
    let quantity = RwSignal::new(wanted.quantity.map(|quantity| quantity.to_string()).unwrap_or_default());
    let (reference, message) = (RwSignal::new(String::new()), RwSignal::new(wanted.message.unwrap_or_default()));
    let group = RwSignal::new(wanted.group);
    let renews = StoredValue::new(wanted.renews);
    let renewal = renews.with_value(Option::is_some);
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let order = RequestOrder {
            renews: renews.get_value(),
            kind: kind.get_untracked(),
            // What is no number is told by the API, in the words of all doors.
            quantity: quantity.get_untracked().trim().parse().unwrap_or_default(),
            reference: Some(reference.get_untracked()).filter(|text| !text.is_empty()),
            message: Some(message.get_untracked()).filter(|text| !text.is_empty()),
            group: group.get_untracked(),
        };
        form.send(client::request_order(account.company_id(), order, form.key()), move |order| on_done.run(order));
    };
    // A renewal is of the kind that its lot is.
    let what = match renews.get_value() {
        Some(lot) => view! { <Renewal lot=lot/> }.into_any(),
        None => view! {
            <KindChoice value=kind on_choose=move |of| kind.set(of)/>
        }
        .into_any(),
    };
    view! {
        <p class="lead">{move || lead(account, renewal)}</p>
        <form on:submit=submit>
            {what}
            <p class="problem" role="alert">{form.about("renews")}</p>
            <Field name="quantity" label=texts().how_many() value=quantity kind="number" min="1" max="1000000" inputmode="numeric" required=true first=true problem=form.about("quantity")/>
            <GroupChoice value=group hint=texts().whose_licences_hint() none=texts().for_everybody() label=texts().for_whom() problem=form.about("group")/>
            <Field name="reference" label=texts().own_reference() value=reference hint=texts().own_reference_hint() problem=form.about("reference")/>
            <Field name="message" label=texts().message() value=message problem=form.about("message")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().save() busy=form.busy/></DialogEnd>
        </form>
    }
}

/// Which lot is renewed, and what that means.
#[component]
fn Renewal(
    /// The lot's id.
    lot: String,
) -> impl IntoView {
    let account = Account::expect();
    let lots = Loaded::new(move || client::lots(account.company_id()));
    let said = move || {
        let lot = lots.value()?.items.into_iter().find(|line| line.id == lot)?;
        let order = lot.order.map(|order| order.to_string()).unwrap_or_default();
        Some(texts().renews_lot(&order, &words::licences(lot.kind, lot.quantity), &words::day(lot.ends_at)))
    };
    view! { <p class="effect">{said}</p> }
}
