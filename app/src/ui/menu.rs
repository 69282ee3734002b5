//! A button that opens a menu below it: the browser's own popover.

use leptos::html;
use leptos::prelude::*;

/// A button and its menu. Whatever is pressed in the menu closes it.
#[component]
pub(crate) fn Menu(
    /// The menu's id.
    #[prop(into)]
    id: String,
    /// What the button says.
    label: &'static str,
    /// The same in full for those who listen, where the button alone doesn't say enough.
    #[prop(optional, into)]
    full: Option<String>,
    /// Whether it is what the page is for.
    #[prop(optional)]
    main: bool,
    /// Whether it stands among quiet ones.
    #[prop(optional)]
    quiet: bool,
    /// What there is to choose from.
    children: Children,
) -> impl IntoView {
    let class = match (main, quiet) {
        (true, _) => "button main opens",
        (_, true) => "button quiet opens",
        _ => "button opens",
    };
    let menu = NodeRef::<html::Div>::new();
    let close = move |_| {
        if let Some(menu) = menu.get_untracked() {
            let _ = menu.hide_popover();
        }
    };
    // Several menus on a page: each stands at its own button.
    let anchor = format!("--{id}");
    view! {
        <button type="button" class=class popovertarget=id.clone() aria-label=full style:anchor-name=anchor.clone()>{label}</button>
        <div node_ref=menu class="card menu" id=id popover="auto" style:position-anchor=anchor on:click=close>{children()}</div>
    }
}
