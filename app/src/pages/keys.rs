//! The way to the command palette and to what the keyboard does, on every page of those who manage. Only listening is
//! here: what is heard is understood by code that comes when there is first something to understand.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::frame::Link;
use super::later;
use crate::words::texts;

/// What can be open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// The command palette.
    Palette,
    /// The list of shortcuts.
    Shortcuts,
}

/// What the keyboard has to do with a page.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    /// What is open.
    pub(crate) open: RwSignal<Option<Sheet>>,
    /// Whether these are the desk's pages.
    pub(crate) desk: bool,
    /// The pages of the rail.
    links: StoredValue<Vec<Link>>,
    /// Whether what understands keys is wanted.
    wanted: RwSignal<bool>,
    /// What understands them, once it is there.
    reader: StoredValue<Option<Callback<KeyboardEvent>>>,
    /// What was typed for the palette while it was still on its way.
    pub(crate) ahead: StoredValue<String>,
    /// What was pressed before that.
    waiting: StoredValue<Vec<KeyboardEvent>, LocalStorage>,
}

/// What is typed into: there a letter is a letter.
const TYPED_INTO: &str =
    "input:not([type='checkbox'], [type='radio'], [type='button'], [type='submit']), textarea, select, [contenteditable]";

impl Keys {
    /// Makes the keyboard work, as long as the page's frame is there.
    pub(super) fn provide(desk: bool, links: Vec<Link>) -> Self {
        let keys = Self {
            open: RwSignal::new(None),
            desk,
            links: StoredValue::new(links),
            wanted: RwSignal::new(false),
            reader: StoredValue::new(None),
            ahead: StoredValue::new(String::new()),
            waiting: StoredValue::new_local(Vec::new()),
        };
        provide_context(keys);
        let listener = window_event_listener(ev::keydown, move |event| keys.heard(event));
        on_cleanup(move || listener.remove());
        keys
    }

    /// What the frame around this page listens to.
    pub(crate) fn expect() -> Option<Self> {
        use_context()
    }

    /// The pages of the rail.
    pub(super) fn links(self) -> Vec<Link> {
        self.links.get_value()
    }

    /// What a page is called in the rail.
    pub(crate) fn called(self, page: &str) -> Option<&'static str> {
        self.links.with_value(|links| links.iter().find(|link| link.to == page).map(|link| link.label))
    }

    fn heard(self, event: KeyboardEvent) {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        if let Some(reader) = self.reader.get_value() {
            return reader.run(event);
        }
        let commanded = (event.ctrl_key() || event.meta_key()) && is_k(&event);
        if commanded || (is_single(&event) && !is_typed(&event)) {
            // The browser would search for something of its own.
            if commanded || event.key() == "/" {
                event.prevent_default();
            }
            self.waiting.update_value(|waiting| waiting.push(event));
            self.wanted.set(true);
        }
    }

    /// From now on `reader` understands keys, first those that were pressed before.
    pub(crate) fn understand(self, reader: Callback<KeyboardEvent>) {
        self.reader.set_value(Some(reader));
        for event in self.waiting.try_update_value(core::mem::take).unwrap_or_default() {
            reader.run(event);
        }
    }

    /// What understood keys is gone with what stood around the page.
    pub(crate) fn forget(self) {
        let _ = self.reader.try_set_value(None);
    }

    /// The button that opens the palette, and, once it was opened, the palette itself.
    pub(super) fn button(self) -> impl IntoView {
        view! {
            <button type="button" class="seek" aria-keyshortcuts=if on_apple() { "Meta+K" } else { "Control+K" } on:click=move |_| self.open.set(Some(Sheet::Palette))>
                <span>{texts().search_or_go_to()}</span>
                <kbd aria-hidden="true">{palette_keys()}</kbd>
            </button>
        }
    }

    /// What is open, fetched when it is first wanted.
    pub(super) fn sheets(self) -> impl IntoView {
        later::part(later::PALETTE, Signal::derive(move || self.wanted.get() || self.open.get().is_some()))
    }
}

/// Whether it is the key of the palette, on whatever keyboard.
pub(crate) fn is_k(event: &KeyboardEvent) -> bool {
    event.key().eq_ignore_ascii_case("k") || (!event.key().is_ascii() && event.code() == "KeyK")
}

/// Whether it is a letter or a sign, by itself.
pub(crate) fn is_single(event: &KeyboardEvent) -> bool {
    event.key().chars().nth(1).is_none() && !event.ctrl_key() && !event.meta_key() && !event.alt_key()
}

/// Whether it was pressed in a field.
pub(crate) fn is_typed(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(TYPED_INTO).ok().flatten().is_some())
}

/// Whether the keyboard is one of Apple's, where ⌘ is what Control is elsewhere.
pub(crate) fn on_apple() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad"].iter().any(|apple| platform.starts_with(apple))
}

/// The keys that open the palette, as they stand on the keyboard.
pub(crate) fn palette_keys() -> String {
    if on_apple() { "⌘ K".to_owned() } else { format!("{} K", texts().control_key()) }
}
