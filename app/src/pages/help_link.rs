//! The way to the help, from where the question arises.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::routes;
use crate::words::texts;

/// A quiet link beside a page's heading.
#[component]
pub(super) fn HelpLink(
    /// The topic, as the help's addresses say it.
    topic: &'static str,
    /// What it is about, for those who hear the link without the heading.
    about: &'static str,
) -> impl IntoView {
    view! { <A href=routes::help(topic) attr:class="button quiet" attr:aria-label=texts().help_about(about)>{texts().help()}</A> }
}
