//! The head of the desk's pages.

use leptos::prelude::*;
use leptos_router::components::A;

use super::{Desk, mail};
use crate::routes;
use crate::ui::{Banner, PageHead};
use crate::words::{Tone, desk_texts};

/// A page's head, and below it a line that warns while no letter can leave.
#[component]
pub(super) fn DeskHead(
    /// What the page is.
    #[prop(into)]
    title: String,
    /// Whether it warns: not where the same is said at length.
    #[prop(default = true)]
    warns: bool,
    /// What can be done there.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let desk = Desk::expect();
    let stuck = Memo::new(move |_| {
        let missing = desk.mail.value().flatten().map(|mail| mail.missing).unwrap_or_default();
        warns && missing.into_iter().any(mail::stuck)
    });
    let head = match children {
        Some(children) => view! { <PageHead title=title>{children()}</PageHead> }.into_any(),
        None => view! { <PageHead title=title/> }.into_any(),
    };
    view! {
        {head}
        <Show when=move || stuck.get()>
            <Banner tone=Tone::OVERDRAWN ways=|| view! { <A href=routes::MAIL>{desk_texts().letters_stuck_see()}</A> }>
                <p>{desk_texts().letters_stuck()}</p>
            </Banner>
        </Show>
    }
}
