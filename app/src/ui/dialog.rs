//! A dialogue: the browser's own, which keeps the focus inside and gives it back.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::words::texts;

/// A dialogue that is open while `open` says so. Escape and Cancel close it.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when it was closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it is for.
    #[prop(into)]
    title: String,
    /// What it does, in a sentence or two.
    #[prop(into, optional)]
    lead: String,
    /// Whether it is a panel at the side, with more in it than a question.
    #[prop(optional)]
    panel: bool,
    /// What is in it; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    open_as(element, open);
    let closed = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
        // The browser gives the focus back to where it was; where that is gone, the page's heading takes it.
        let lost =
            document().active_element().is_none_or(|element| element.matches("body, dialog *, [popover] *").unwrap_or(true));
        if let Some(heading) = document().query_selector("h1").ok().flatten().filter(|_| lost) {
            let _ = heading.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    let (title, lead) = (StoredValue::new(title), StoredValue::new(lead));
    view! {
        <dialog node_ref=element class="card dialog" class:panel=panel aria-label=move || title.get_value() on:close=closed>
            <Show when=move || open.get()>
                <h2>{title.get_value()}</h2>
                {(!lead.with_value(String::is_empty)).then(|| view! { <p class="lead">{lead.get_value()}</p> })}
                {children()}
            </Show>
        </dialog>
    }
}

/// Opens and closes the browser's dialogue as `open` says.
pub(crate) fn open_as(element: NodeRef<html::Dialog>, open: Signal<bool>) {
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
}

/// The last line of a dialogue: Cancel, and what it is for.
#[component]
pub(crate) fn DialogEnd(
    /// Called by Cancel.
    #[prop(into)]
    on_close: Callback<()>,
    /// What Cancel is called, where it is a question about cancelling.
    #[prop(optional)]
    instead: Option<&'static str>,
    /// The button that does it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="end">
            <button type="button" class="button" on:click=move |_| on_close.run(())>{instead.unwrap_or_else(|| texts().cancel())}</button>
            {children()}
        </div>
    }
}
