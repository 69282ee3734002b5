//! Buttons and links that look like buttons.

use leptos::prelude::*;
use leptos_router::components::A;

/// The button that sends a form; it says while that is on its way.
#[component]
pub(crate) fn Send(
    /// What pressing it does.
    label: &'static str,
    /// Whether it is on its way.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="submit" class="button main" aria-disabled=move || busy.get().then_some("true") aria-busy=move || busy.get().to_string()>
            {label}
        </button>
    }
}

/// A link to a page that looks like a button.
#[component]
pub(crate) fn WayOn(
    /// The page's address.
    #[prop(into)]
    to: String,
    /// What is there.
    #[prop(into)]
    label: String,
    /// Whether it is what the page is for.
    #[prop(optional)]
    main: bool,
) -> impl IntoView {
    let class = if main { "button main" } else { "button" };
    view! { <A href=to attr:class=class>{label}</A> }
}
