//! How far something is that takes a while.

use leptos::prelude::*;

/// A bar that fills. Words beside it say the same, to those who listen too.
#[component]
pub(crate) fn Progress(
    /// What goes on.
    #[prop(into)]
    label: String,
    /// How much of it is done.
    #[prop(into)]
    done: Signal<f64>,
    /// How much there is to do.
    #[prop(into)]
    all: Signal<f64>,
) -> impl IntoView {
    view! { <progress aria-label=label max=move || all.get().max(1.0).to_string() value=move || done.get().to_string()></progress> }
}

/// A count, as a bar measures it.
#[expect(clippy::cast_precision_loss, reason = "counts of people are short of 2^52")]
pub(crate) const fn counted(count: i64) -> f64 {
    count as f64
}
