//! Whether there is a connection. When it is lost, the app says so, keeps what was typed, and tries again.

use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::task::{Poll, Waker};
use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::*;

use crate::words::texts;

thread_local! {
    static LOST: ArcRwSignal<bool> = ArcRwSignal::new(false);
    /// Whether something came that Seatwise doesn't say: there is a connection, but nobody who answers.
    static FAILING: Cell<bool> = const { Cell::new(false) };
    static RETRIES: RefCell<Vec<Box<dyn Fn()>>> = const { RefCell::new(Vec::new()) };
    /// Whether the next try by itself is on its way.
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// How long to wait before trying again by itself.
const PAUSE: Duration = Duration::from_secs(5);

/// Says that the connection is lost or that Seatwise has a problem, and offers to try again.
#[component]
pub(crate) fn Connection() -> impl IntoView {
    let lost = LOST.with(Clone::clone);
    view! {
        <div role="status" aria-live="polite">
            <Show when=move || lost.get()>
                <div class="strip" data-tone="pending">
                    <p>{if FAILING.get() { texts().failing() } else { texts().offline() }}</p>
                    <button type="button" class="button" on:click=|_| retry()>{texts().try_again()}</button>
                </div>
            </Show>
        </div>
    }
}

impl Connection {
    /// No answer came; `again` asks once more.
    pub(crate) fn lost(again: impl Fn() + 'static) {
        RETRIES.with_borrow_mut(|retries| retries.push(Box::new(again)));
        LOST.with(|lost| {
            if !lost.get_untracked() {
                lost.set(true);
            }
        });
        if !WAITING.replace(true) {
            set_timeout(
                || {
                    WAITING.set(false);
                    retry();
                },
                PAUSE,
            );
        }
    }

    /// Whether no answer has come lately, and it is tried again anyway.
    pub(crate) fn is_lost() -> bool {
        LOST.with(GetUntracked::get_untracked)
    }

    /// Says that the connection is lost, and waits until it is time to try again.
    pub(crate) async fn wait() {
        let time = Rc::new(Cell::new(false));
        let waker = Rc::new(RefCell::new(None::<Waker>));
        Self::lost({
            let (time, waker) = (Rc::clone(&time), Rc::clone(&waker));
            move || {
                time.set(true);
                if let Some(waker) = waker.take() {
                    waker.wake();
                }
            }
        });
        poll_fn(|context| {
            if time.get() {
                return Poll::Ready(());
            }
            waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// An answer came.
    pub(crate) fn found() {
        LOST.with(|lost| {
            if lost.get_untracked() {
                lost.set(false);
            }
        });
        FAILING.set(false);
    }

    /// No answer came, or (`failing`) one that Seatwise doesn't give: a proxy's page, say.
    pub(crate) fn heard(failing: bool) {
        FAILING.set(failing);
    }
}

/// Offers to load a newer release of Seatwise, once `boot.js` has told that there is one.
#[component]
pub(crate) fn NewRelease() -> impl IntoView {
    let there = RwSignal::new(false);
    window_event_listener_untyped("newrelease", move |_| there.set(true));
    let load = |_| {
        let _ = window().location().reload();
    };
    view! {
        <div role="status" aria-live="polite">
            <Show when=move || there.get()>
                <div class="strip">
                    <p>{texts().new_release()}</p>
                    <button type="button" class="button" on:click=load>{texts().load_release()}</button>
                </div>
            </Show>
        </div>
    }
}

/// The name under which the rest of the app tells the connection's state.
pub(crate) struct Connection {}

fn retry() {
    let retries = RETRIES.with_borrow_mut(core::mem::take);
    // Each asks by itself and tells the outcome. The banner stays until an answer comes, so that it doesn't blink.
    for retry in retries {
        retry();
    }
}
