//! The end of a long list, which brings more of it when somebody comes near.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverInit};

use crate::words::texts;

/// How far below the window the end may still be when more is asked for.
const NEAR: &str = "800px";

/// The button that brings more, pressed by itself when it comes near.
#[component]
pub(crate) fn Onward(
    /// Whether more is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Whether it may press itself: not after a failure.
    #[prop(into)]
    by_itself: Signal<bool>,
    /// Asks for more.
    on_more: Callback<()>,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let seen = Closure::<dyn Fn(js_sys::Array)>::wrap(Box::new(move |entries: js_sys::Array| {
        let near = entries.iter().any(|entry| {
            let entry = entry.unchecked_into::<web_sys::IntersectionObserverEntry>();
            entry.is_intersecting()
        });
        if near && busy.try_get_untracked() == Some(false) && by_itself.try_get_untracked() == Some(true) {
            on_more.run(());
        }
    }))
    .into_js_value();
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let observer = IntersectionObserver::new_with_options(seen.unchecked_ref(), &options).ok();
    let observer = StoredValue::new_local(observer);
    Effect::new(move |_| {
        // Looked at anew after each answer: an end that is still near brings the next part.
        let waits = !busy.get() && by_itself.get();
        let Some(button) = button.get() else { return };
        observer.with_value(|observer| {
            if let Some(observer) = observer {
                observer.disconnect();
                if waits {
                    observer.observe(&button);
                }
            }
        });
    });
    on_cleanup(move || {
        let _ = observer.try_with_value(|observer| observer.as_ref().map(IntersectionObserver::disconnect));
    });
    view! {
        <p class="more">
            <button node_ref=button type="button" class="button" aria-disabled=move || busy.get().then_some("true") on:click=move |_| {
                if !busy.get_untracked() {
                    on_more.run(());
                }
            }>{texts().show_more()}</button>
        </p>
    }
}
