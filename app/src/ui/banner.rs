//! A sentence or two that must not be overlooked, with what can be done about it.

use leptos::prelude::*;

use crate::words::Tone;

/// What must not be overlooked, in the colour of what it means.
#[component]
pub(crate) fn Banner(
    /// What it means.
    tone: Tone,
    /// What is the matter, in a few words.
    #[prop(optional, into)]
    title: Option<String>,
    /// What can be done about it.
    #[prop(optional, into)]
    ways: Option<ViewFnOnce>,
    /// What went wrong in doing so.
    #[prop(optional, into)]
    trouble: Option<ViewFnOnce>,
    /// The same in sentences.
    children: Children,
) -> impl IntoView {
    let ways = ways.map(|ways| view! { <div class="do">{ways.run()}</div> });
    view! {
        <div class="banner" data-tone=tone.0>
            <div>{title.map(|title| view! { <b>{title}</b> })}{children()}</div>
            {ways}
            {trouble.map(ViewFnOnce::run)}
        </div>
    }
}
