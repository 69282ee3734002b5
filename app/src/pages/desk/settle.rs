//! Settling orders: the buttons, and the dialogues behind them.

use leptos::prelude::*;
use seatwise_domain::wire::WaitingOrder;

use super::Desk;
use super::assign::AssignForm;
use super::decline::DeclineForm;
use crate::ui::{Dialog, Toasts};
use crate::words::{desk_texts, texts};

/// What is done with an order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Settle {
    Assign,
    Decline,
}

/// What is being done, and with which order.
pub(super) type Settling = RwSignal<Option<(Settle, WaitingOrder)>>;

/// The buttons of an order that is open.
#[component]
pub(super) fn SettleButtons(order: WaitingOrder, settling: Settling) -> impl IntoView {
    let number = order.order.number.to_string();
    let (assign, decline) =
        (desk_texts().assign_order(&number, &order.company), desk_texts().decline_order(&number, &order.company));
    let order = StoredValue::new(order);
    let act = move |what: Settle| move |_| settling.set(Some((what, order.get_value())));
    view! {
        <div class="do">
            <button type="button" class="button main" data-key="a" aria-label=assign on:click=act(Settle::Assign)>{texts().assign()}</button>
            <button type="button" class="button quiet" data-key="d" aria-label=decline on:click=act(Settle::Decline)>{desk_texts().decline()}</button>
        </div>
    }
}

/// The dialogue that is open.
#[component]
pub(super) fn SettleDialogs(
    /// What is being done.
    settling: Settling,
    /// Called when an order has changed, through this dialogue or by somebody who was quicker.
    on_changed: Callback<()>,
) -> impl IntoView {
    let Desk { waiting, .. } = Desk::expect();
    let toasts = Toasts::expect();
    let close = Callback::new(move |()| settling.set(None));
    let changed = Callback::new(move |()| {
        waiting.reload();
        on_changed.run(());
    });
    let done = Callback::new(move |news: String| {
        close.run(());
        toasts.tell(news);
        changed.run(());
    });
    move || {
        settling.get().map(|(what, order)| {
            let title = match what {
                Settle::Assign => desk_texts().assign_licences(),
                Settle::Decline => desk_texts().decline_title(),
            };
            let form = move || match what {
                Settle::Assign => {
                    view! { <AssignForm order=order.clone() on_close=close on_done=done on_stale=changed/> }.into_any()
                }
                Settle::Decline => {
                    view! { <DeclineForm order=order.clone() on_close=close on_done=done on_stale=changed/> }.into_any()
                }
            };
            view! { <Dialog open=true on_close=close title=title>{form()}</Dialog> }
        })
    }
}
