//! The tabs of a section: links to its pages.

use leptos::prelude::*;
use leptos_router::components::A;

/// Links to the pages of a section, the first of which has the others below it.
#[component]
pub(crate) fn Tabs<T: Into<String> + 'static, const N: usize>(
    /// The section.
    label: &'static str,
    /// Each page's address, and what it is called.
    pages: [(T, &'static str); N],
) -> impl IntoView {
    let tab = |(place, (to, label)): (usize, (T, &'static str))| {
        let to: String = to.into();
        view! { <A href=to exact=place == 0>{label}</A> }
    };
    view! { <nav class="tabs" aria-label=label>{pages.into_iter().enumerate().map(tab).collect_view()}</nav> }
}
