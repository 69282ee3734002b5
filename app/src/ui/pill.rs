//! A status by colour and by word.

use leptos::prelude::*;

use crate::words::Tone;

/// A status by colour and by word.
#[component]
pub(crate) fn Pill(
    /// The word and the colour.
    of: (&'static str, Tone),
) -> impl IntoView {
    view! { <span class="pill" data-tone=of.1.0>{of.0}</span> }
}
