//! The name of the browser's tab where the heading alone doesn't tell one page from another.

use leptos::prelude::*;

use crate::words::texts;

/// Names the tab after a page and the section that it belongs to, which is what its heading says. Called after the head,
/// which names the tab after the section alone.
pub(super) fn name_tab(page: &str, section: &str) {
    document().set_title(&texts().page_title(&format!("{page} · {section}")));
}
