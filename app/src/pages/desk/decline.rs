//! The form that declines what is open of an order.

use leptos::prelude::*;
use seatwise_domain::wire::WaitingOrder;
use web_sys::SubmitEvent;

use super::assign::tell_when_stale;
use crate::client;
use crate::load::Submission;
use crate::ui::{DialogEnd, Field, Send, Trouble};
use crate::words::{self, desk_texts};

/// The form.
#[component]
pub(super) fn DeclineForm(
    /// The order that is declined.
    order: WaitingOrder,
    /// Called by Cancel.
    on_close: Callback<()>,
    /// Called with what there is to tell when it is done.
    on_done: Callback<String>,
    /// Called when the order was changed by somebody else.
    on_stale: Callback<()>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let form = Submission::new();
    tell_when_stale(form, on_stale);
    let WaitingOrder { order, company, .. } = order;
    let number = order.number.to_string();
    let lead = desk_texts().decline_lead(&words::licences(order.kind, order.open()), &company, &number);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let news = desk_texts().declined_toast(&number, &company);
        form.send(client::decline_order(&order.id, reason.get_untracked()), move |_| on_done.run(news));
    };
    view! {
        <p class="lead">{lead}</p>
        <form on:submit=submit novalidate>
            <Field name="reason" label=desk_texts().reason() value=reason hint=desk_texts().managers_read_it() required=true first=true problem=form.about("reason")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=desk_texts().decline() busy=form.busy/></DialogEnd>
        </form>
    }
}
