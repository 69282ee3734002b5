//! The tabs of a section: links to its pages.

use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

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
    let nav = NodeRef::<html::Nav>::new();
    keep_in_view(nav);
    view! { <nav node_ref=nav class="tabs" aria-label=label>{pages.into_iter().enumerate().map(tab).collect_view()}</nav> }
}

/// On a phone links stand in one row that scrolls: the one that the reader is at comes to its middle.
pub(crate) fn keep_in_view(nav: NodeRef<html::Nav>) {
    let location = use_location();
    Effect::new(move |_| {
        location.pathname.track();
        // The link says that it is current only after this.
        request_animation_frame(move || {
            // The page may have gone meanwhile.
            let Some(nav) = nav.try_get_untracked().flatten() else { return };
            if let Ok(Some(link)) = nav.query_selector("[aria-current]") {
                let (row, link) = (nav.get_bounding_client_rect(), link.get_bounding_client_rect());
                nav.scroll_by_with_x_and_y(link.left() + link.width() / 2.0 - row.left() - row.width() / 2.0, 0.0);
            }
        });
    });
}
