//! What went wrong, in words, next to its cause.

use leptos::prelude::*;

use crate::client::Failure;
use crate::words::texts;

/// A failure in words, with what can be done about it. What is about a field stands at that field instead.
#[component]
pub(crate) fn Trouble(
    /// The failure, if there is one.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
    /// The ways out.
    #[prop(optional, into)]
    ways: ViewFn,
) -> impl IntoView {
    let ways = StoredValue::new(ways);
    let shown = move || {
        let (title, detail) = match failure.get()? {
            Failure::Offline => (texts().no_answer_title().to_owned(), texts().no_answer().to_owned()),
            Failure::Problem(problem) if problem.field.is_some() => return None,
            Failure::Problem(problem) => (problem.title, problem.detail),
        };
        Some(view! {
            <div class="banner" data-tone="overdrawn">
                <div><b>{title}</b><p>{detail}</p></div>
                <div class="do">{ways.with_value(|ways| ways.run())}</div>
            </div>
        })
    };
    view! { <div role="alert">{shown}</div> }
}
