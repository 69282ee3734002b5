//! The head of a page, and cards on it.

use core::cell::Cell;

use leptos::html;
use leptos::prelude::*;

use crate::words::texts;

thread_local! {
    /// Whether a page was shown before: the first one leaves the focus where the browser puts it.
    static ARRIVED: Cell<bool> = const { Cell::new(false) };
}

/// A page's heading, with what can be done there. It names the tab and takes the focus, so that those who listen hear
/// where they are.
#[component]
pub(crate) fn PageHead(
    /// What the page is.
    #[prop(into)]
    title: String,
    /// What can be done there.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    document().set_title(&texts().page_title(&title));
    heading.on_load(|heading| {
        if ARRIVED.replace(true) {
            let _ = heading.focus();
        }
    });
    view! {
        <div class="head">
            <h1 node_ref=heading tabindex="-1" dir="auto">{title}</h1>
            {children.map(|children| view! { <div class="do">{children()}</div> })}
        </div>
    }
}

/// A card with a heading.
#[component]
pub(crate) fn Card(
    /// What is on it.
    title: &'static str,
    /// What stands at the end of the heading.
    #[prop(optional, into)]
    aside: ViewFn,
    /// What is on it.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            <header><h2>{title}</h2><span class="end">{aside.run()}</span></header>
            <div class="body">{children()}</div>
        </section>
    }
}
