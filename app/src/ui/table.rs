//! Tables, which scroll in a box of their own and become lists on a phone; and the button below a long one.

use leptos::prelude::*;

use crate::words::texts;

/// A table.
#[component]
pub(crate) fn Table(
    /// What it lists.
    label: &'static str,
    /// The columns' headings, and whether numbers stand below them.
    head: Vec<(&'static str, bool)>,
    /// The rows; each cell but the first says its heading in `data-label`, for phones.
    children: Children,
) -> impl IntoView {
    let heading = |(text, numbers): (&'static str, bool)| view! { <th scope="col" class=numbers.then_some("num")>{text}</th> };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table>
                <thead><tr>{head.into_iter().map(heading).collect_view()}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The button that loads the next page of a list, where there is one.
#[component]
pub(crate) fn More(
    /// Where the next page starts.
    next: Option<String>,
    /// Loads it.
    more: Callback<String>,
) -> impl IntoView {
    let button = |next: String| {
        view! { <p class="more"><button type="button" class="button" on:click=move |_| more.run(next.clone())>{texts().show_more()}</button></p> }
    };
    next.map(button)
}
