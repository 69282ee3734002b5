//! Dialogues that an address can ask for.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use super::frame::replacing;

/// Whether a dialogue of `page` is open: opened by a button, or by an address that asks for it, which then forgets it.
pub(super) fn asked_for(page: &'static str, name: &'static str) -> RwSignal<bool> {
    let (query, location, navigate) = (use_query_map(), use_location(), use_navigate());
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        let here = location.pathname.with(|path| path.trim_end_matches('/') == page);
        if here && query.read().get_str(name).is_some() {
            open.set(true);
            navigate(page, replacing());
        }
    });
    open
}
