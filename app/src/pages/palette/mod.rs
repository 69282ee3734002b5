//! The command palette, and the list of shortcuts: fetched when one of them is first opened.

mod entries;
mod find;
mod list;
mod reader;
mod search;
mod shortcuts;

pub(super) use self::shortcuts::ShortcutList;

use leptos::prelude::*;

use self::list::Palette;
use self::reader::Reader;
use self::shortcuts::Shortcuts;
use super::keys::{Keys, Sheet};

/// Both dialogues.
#[component]
pub(crate) fn Sheets() -> impl IntoView {
    Keys::expect().map(|keys| {
        Reader::provide(keys);
        let is = move |sheet| Signal::derive(move || keys.open.get() == Some(sheet));
        let close = Callback::new(move |()| keys.open.set(None));
        view! {
            <Palette keys=keys open=is(Sheet::Palette) on_close=close/>
            <Shortcuts keys=keys open=is(Sheet::Shortcuts) on_close=close/>
        }
    })
}
