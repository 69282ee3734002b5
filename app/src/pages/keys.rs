//! What the keyboard does on every page of those who manage: it opens the command palette, goes to pages, and walks through
//! lists. Only listening is here; the palette and the list of shortcuts come when they are first opened.

use leptos::ev;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use leptos_router::ChooseView;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use seatwise_domain::Kind;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::frame::{Link, replacing};
use super::later;
use crate::routes;
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
    /// Whether shortcuts of one key work.
    pub(crate) single: RwSignal<bool>,
    /// Whether these are the desk's pages.
    pub(crate) desk: bool,
    /// The pages of the rail.
    links: StoredValue<Vec<Link>>,
}

/// Under which name the browser keeps that shortcuts of one key are off.
const KEPT_AS: &str = "shortcuts";
const OFF: &str = "off";

/// How long after g another key says where to go, in milliseconds.
const SOON: f64 = 1_500.0;

/// Where g and another key lead.
const MANAGERS_PAGES: [(&str, &str); 7] = [
    ("d", routes::DASHBOARD),
    ("u", routes::USERS),
    ("l", routes::LICENCES),
    ("o", routes::ORDERS),
    ("a", routes::ACTIVITY),
    ("s", routes::SETTINGS),
    ("h", routes::HELP),
];
const DESK_PAGES: [(&str, &str); 7] = [
    ("o", routes::DESK),
    ("c", routes::COMPANIES),
    ("e", routes::ENDING),
    ("v", routes::OVERDRAWN),
    ("s", routes::STAFF),
    ("m", routes::MAIL),
    ("h", routes::DESK_HELP),
];

/// What is typed into: there a letter is a letter.
const TYPED_INTO: &str =
    "input:not([type='checkbox'], [type='radio'], [type='button'], [type='submit']), textarea, select, [contenteditable]";

impl Keys {
    /// Makes the keyboard work, as long as the page's frame is there.
    pub(super) fn provide(desk: bool, links: Vec<Link>) -> Self {
        let storage = window().local_storage().ok().flatten();
        let off = storage.and_then(|storage| storage.get_item(KEPT_AS).ok().flatten()).is_some_and(|kept| kept == OFF);
        let keys = Self { open: RwSignal::new(None), single: RwSignal::new(!off), desk, links: StoredValue::new(links) };
        provide_context(keys);
        // When g was pressed last.
        let going = StoredValue::new(f64::MIN);
        let listener = window_event_listener(ev::keydown, move |event| keys.pressed(&event, going));
        on_cleanup(move || listener.remove());
        keys
    }

    /// What the frame around this page listens to.
    pub(crate) fn expect() -> Option<Self> {
        use_context()
    }

    /// The pages to which g and another key lead.
    pub(crate) fn pages(self) -> &'static [(&'static str, &'static str)] {
        if self.desk { &DESK_PAGES } else { &MANAGERS_PAGES }
    }

    /// The pages of the rail.
    pub(super) fn links(self) -> Vec<Link> {
        self.links.get_value()
    }

    /// What a page is called in the rail.
    pub(crate) fn called(self, page: &str) -> Option<&'static str> {
        self.links.with_value(|links| links.iter().find(|link| link.to == page).map(|link| link.label))
    }

    /// Lets shortcuts of one key work, or not. A browser that keeps nothing forgets it.
    pub(crate) fn choose_single(self, on: bool) {
        self.single.set(on);
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = if on { storage.remove_item(KEPT_AS) } else { storage.set_item(KEPT_AS, OFF) };
        }
    }

    fn pressed(self, event: &KeyboardEvent, going: StoredValue<f64>) {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let key = letter(event);
        let dialogue = || document().query_selector("dialog[open]").ok().flatten().is_some();
        // On an Apple keyboard Control K belongs to whoever types.
        let commanded = if on_apple() { event.meta_key() } else { event.ctrl_key() };
        if commanded && !event.alt_key() && !event.shift_key() && key == "k" {
            let open = self.open.get_untracked();
            if open.is_some() || !dialogue() {
                event.prevent_default();
                self.open.set(open.is_none().then_some(Sheet::Palette));
            }
            return;
        }
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || (event.shift_key() && key != "?");
        if modified || !self.single.get_untracked() || self.open.get_untracked().is_some() || dialogue() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest(TYPED_INTO).ok().flatten().is_some()) {
            return;
        }
        let gone = going.get_value();
        going.set_value(f64::MIN);
        let done = if event.time_stamp() - gone < SOON {
            self.pages().iter().find(|(known, _)| *known == key).map(|(_, page)| follow(page)).is_some()
        } else {
            self.act(&key, event, going)
        };
        if done {
            event.prevent_default();
        }
    }

    /// Does what a key stands for; says whether it stands for anything.
    fn act(self, key: &str, event: &KeyboardEvent, going: StoredValue<f64>) -> bool {
        match key {
            "j" => return walk(true),
            "k" => return walk(false),
            _ if event.repeat() => return false,
            "g" => going.set_value(event.time_stamp()),
            "?" => self.open.set(Some(Sheet::Shortcuts)),
            "/" => match document().query_selector("main input[type='search']").ok().flatten() {
                Some(field) => drop(field.unchecked_into::<HtmlElement>().focus()),
                None => self.open.set(Some(Sheet::Palette)),
            },
            "x" => return row().is_some_and(|row| press(&row, "input[type='checkbox']")),
            "r" if !self.desk => follow(&routes::request(Kind::User, None)),
            letter if letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                // What a row or a page can do says itself by which key.
                let marked = format!("[data-key='{letter}']");
                let pressed = row().is_some_and(|row| press(&row, &marked))
                    || document().query_selector(&format!("main .head {marked}")).ok().flatten().is_some_and(click);
                if !pressed && letter == "n" {
                    follow(if self.desk { routes::CREATE_COMPANY } else { routes::ADD_USER });
                    return true;
                }
                return pressed;
            }
            _ => return false,
        }
        true
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
        let wanted = Memo::new(move |before: Option<&bool>| before == Some(&true) || self.open.get().is_some());
        let there = RwSignal::new(false);
        let fetched = StoredValue::new_local(None::<AnyView>);
        Effect::new(move |_| {
            if wanted.get() {
                spawn_local(ScopedFuture::new(async move {
                    let view = later::PALETTE.choose().await;
                    let _ = fetched.try_set_value(Some(view));
                    let _ = there.try_set(true);
                }));
            }
        });
        move || there.get().then(|| fetched.try_update_value(Option::take).flatten())
    }
}

/// The key that was pressed, as a letter of the Latin alphabet where the keyboard has another one.
fn letter(event: &KeyboardEvent) -> String {
    let key = event.key();
    if key.is_ascii() {
        return key.to_ascii_lowercase();
    }
    match event.code().as_str() {
        "Slash" if event.shift_key() => "?".to_owned(),
        "Slash" => "/".to_owned(),
        code => code.strip_prefix("Key").unwrap_or_default().to_ascii_lowercase(),
    }
}

/// Whether the keyboard is one of Apple's, where ⌘ is what Control is elsewhere.
fn on_apple() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad"].iter().any(|apple| platform.starts_with(apple))
}

/// The keys that open the palette, as they stand on the keyboard.
pub(crate) fn palette_keys() -> String {
    if on_apple() { "⌘ K".to_owned() } else { format!("{} K", texts().control_key()) }
}

/// Goes to a page as a link does: whatever asks before a page is left is asked.
pub(crate) fn follow(to: &str) {
    let Ok(link) = document().create_element("a") else { return };
    let Some(body) = document().body() else { return };
    if link.set_attribute("href", to).is_ok() && body.append_child(&link).is_ok() {
        click(link.clone());
        link.remove();
    }
}

fn click(element: Element) -> bool {
    element.unchecked_into::<HtmlElement>().click();
    true
}

fn press(within: &Element, what: &str) -> bool {
    within.query_selector(what).ok().flatten().is_some_and(click)
}

/// The row of a list in which the focus is.
fn row() -> Option<Element> {
    document().active_element()?.closest("main tbody tr").ok().flatten()
}

/// Moves the focus to the next row of the list, or to the one before; to the first where it is in none.
fn walk(on: bool) -> bool {
    let mut next = match row() {
        Some(row) if on => row.next_element_sibling(),
        Some(row) => row.previous_element_sibling(),
        None => document().query_selector("main tbody tr").ok().flatten(),
    };
    while let Some(row) = next {
        if let Some(link) = row.query_selector("a[href], button").ok().flatten() {
            let _ = link.unchecked_into::<HtmlElement>().focus();
            return true;
        }
        next = if on { row.next_element_sibling() } else { row.previous_element_sibling() };
    }
    false
}

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
