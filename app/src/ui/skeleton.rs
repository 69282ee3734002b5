//! What stands where something is on its way.

use leptos::prelude::*;

use super::Trouble;
use crate::load::Loaded;
use crate::words::texts;

/// Lines that hold the place of what is on its way. They appear after a moment, so that quick answers don't flicker.
#[component]
pub(crate) fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=texts().loading()>
            {(0..lines).map(|_| view! { <span></span> }).collect_view()}
        </div>
    }
}

/// Shows what is loaded: its place while it is on its way, what went wrong, or the thing itself.
#[component]
pub(crate) fn Waiting<T, V>(
    /// What is loaded.
    on: Loaded<T>,
    /// How it is shown.
    show: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match on.get() {
        None => view! { <Skeleton/> }.into_any(),
        Some(Ok(value)) => show(value).into_any(),
        Some(Err(failure)) => view! { <Trouble failure=Some(failure)/> }.into_any(),
    }
}
