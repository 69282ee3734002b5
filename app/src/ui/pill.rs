//! A status by colour and by word.

use leptos::prelude::*;

use crate::words::Tone;

/// A status by colour and by word.
#[component]
pub(crate) fn Pill<T: Into<String> + 'static>(
    /// The word and the colour.
    of: (T, Tone),
) -> impl IntoView {
    let (word, Tone(tone)) = of;
    let word: String = word.into();
    view! { <span class="pill" data-tone=tone>{word}</span> }
}
