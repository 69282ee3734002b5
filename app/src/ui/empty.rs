//! What stands where nothing is yet: what to do first.

use leptos::prelude::*;

/// An empty place that says what to do first.
#[component]
pub(crate) fn Empty(
    /// What is missing.
    title: &'static str,
    /// What to do about it.
    text: &'static str,
    /// The button that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="do">{children()}</div> })}
        </div>
    }
}
