//! The dialogue that requests licences from the account manager (requirement A3).

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::wire::{OrderLine, RequestOrder};
use web_sys::SubmitEvent;

use super::group_choice::GroupChoice;
use crate::client;
use crate::load::Submission;
use crate::session::Account;
use crate::ui::{Dialog, DialogEnd, Field, Send, Trouble};
use crate::words::{self, texts};

/// The dialogue; open while something is wanted.
#[component]
pub(super) fn RequestDialog(
    /// The kind that is wanted, and how many where that is known.
    wanted: Memo<Option<(Kind, Option<i64>)>>,
    /// Called when it was closed.
    on_close: Callback<()>,
    /// Called with the order.
    on_done: Callback<OrderLine>,
) -> impl IntoView {
    let account = Account::expect();
    let lead = account
        .account_manager()
        .map_or_else(|| texts().request_lead_nobody().to_owned(), |contact| texts().request_lead(&contact.name));
    view! {
        <Dialog open=Signal::derive(move || wanted.get().is_some()) on_close=on_close title=texts().request_licences() lead=lead>
            <RequestForm wanted=wanted.get_untracked() on_close=on_close on_done=on_done/>
        </Dialog>
    }
}

#[component]
fn RequestForm(wanted: Option<(Kind, Option<i64>)>, on_close: Callback<()>, on_done: Callback<OrderLine>) -> impl IntoView {
    let account = Account::expect();
    let (kind, quantity) = wanted.unwrap_or((Kind::User, None));
    let kind = RwSignal::new(kind);
    let quantity = RwSignal::new(quantity.map(|quantity| quantity.to_string()).unwrap_or_default());
    let (reference, message) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let group = RwSignal::new(None::<String>);
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let order = RequestOrder {
            kind: kind.get_untracked(),
            // What is no number is told by the API, in the words of all doors.
            quantity: quantity.get_untracked().trim().parse().unwrap_or_default(),
            reference: Some(reference.get_untracked()).filter(|text| !text.is_empty()),
            message: Some(message.get_untracked()).filter(|text| !text.is_empty()),
            group: group.get_untracked(),
        };
        form.send(client::request_order(account.company_id(), order, form.key()), move |order| on_done.run(order));
    };
    let choose =
        move |event| kind.set(if event_target_value(&event) == Kind::Content.as_str() { Kind::Content } else { Kind::User });
    view! {
        <form on:submit=submit>
            <div class="field">
                <label for="kind">{texts().kind()}</label>
                <select id="kind" on:change=choose prop:value=move || kind.get().as_str()>
                    {Kind::ALL.map(|kind| view! { <option value=kind.as_str()>{words::kind(kind)}</option> })}
                </select>
            </div>
            <Field name="quantity" label=texts().how_many() value=quantity kind="number" min="1" max="1000000" inputmode="numeric" required=true first=true problem=form.about("quantity")/>
            <GroupChoice value=group hint=texts().set_aside_hint()/>
            <Field name="reference" label=texts().own_reference() value=reference hint=texts().own_reference_hint() problem=form.about("reference")/>
            <Field name="message" label=texts().message() value=message problem=form.about("message")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().save() busy=form.busy/></DialogEnd>
        </form>
    }
}
