//! What keys do: they open the command palette, go to pages, and walk through lists.

use leptos::prelude::*;
use seatwise_domain::Kind;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::pages::keys::{Keys, Sheet, is_k, is_single, is_typed, on_apple};
use crate::routes;

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

/// The pages to which g and another key lead.
pub(super) fn pages(desk: bool) -> &'static [(&'static str, &'static str)] {
    if desk { &DESK_PAGES } else { &MANAGERS_PAGES }
}

/// Understands keys.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    keys: Keys,
    /// When g was pressed last.
    going: StoredValue<f64>,
}

impl Reader {
    /// Begins to understand.
    pub(super) fn provide(keys: Keys) {
        let reader = Self { keys, going: StoredValue::new(f64::MIN) };
        keys.understand(Callback::new(move |event: KeyboardEvent| reader.pressed(&event)));
        on_cleanup(move || keys.forget());
    }

    fn pressed(self, event: &KeyboardEvent) {
        let key = letter(event);
        let dialogue = || document().query_selector("dialog[open]").ok().flatten().is_some();
        // On an Apple keyboard Control K belongs to whoever types.
        let commanded = if on_apple() { event.meta_key() } else { event.ctrl_key() };
        if commanded && !event.alt_key() && !event.shift_key() && is_k(event) {
            let open = self.keys.open.get_untracked();
            if open.is_some() || !dialogue() {
                event.prevent_default();
                self.keys.open.set(open.is_none().then_some(Sheet::Palette));
            }
            return;
        }
        if self.keys.open.get_untracked() == Some(Sheet::Palette) && is_single(event) && !is_typed(event) {
            // Whoever knows what they want types before the field is there.
            self.keys.ahead.update_value(|ahead| ahead.push_str(&event.key()));
            event.prevent_default();
            return;
        }
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || (event.shift_key() && key != "?");
        // The list of shortcuts says only a moment after it has gone that it has.
        let palette = self.keys.open.get_untracked() == Some(Sheet::Palette);
        if modified || !single() || palette || dialogue() {
            return;
        }
        if is_typed(event) {
            return;
        }
        let gone = self.going.get_value();
        self.going.set_value(f64::MIN);
        let done = if event.time_stamp() - gone < SOON {
            pages(self.keys.desk).iter().find(|(known, _)| *known == key).map(|(_, page)| follow(page)).is_some()
        } else {
            self.act(&key, event)
        };
        if done {
            event.prevent_default();
        }
    }

    /// Does what a key stands for; says whether it stands for anything.
    fn act(self, key: &str, event: &KeyboardEvent) -> bool {
        match key {
            "j" => return walk(true),
            "k" => return walk(false),
            _ if event.repeat() => return false,
            "g" => self.going.set_value(event.time_stamp()),
            "?" => self.keys.open.set(Some(Sheet::Shortcuts)),
            "/" => match document().query_selector("main input[type='search']").ok().flatten() {
                Some(field) => drop(field.unchecked_into::<HtmlElement>().focus()),
                None => self.keys.open.set(Some(Sheet::Palette)),
            },
            "x" => return row().is_some_and(|row| press(&row, "input[type='checkbox']")),
            "r" if !self.keys.desk => follow(&routes::request(Kind::User, None)),
            letter if letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                // What a row or a page can do says itself by which key.
                let marked = format!("[data-key='{letter}']");
                let pressed = row().is_some_and(|row| press(&row, &marked))
                    || document().query_selector(&format!("main .head {marked}")).ok().flatten().is_some_and(click);
                if !pressed && letter == "n" {
                    follow(if self.keys.desk { routes::CREATE_COMPANY } else { routes::ADD_USER });
                    return true;
                }
                return pressed;
            }
            _ => return false,
        }
        true
    }
}

/// Whether shortcuts of one key work in this browser.
pub(crate) fn single() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(KEPT_AS).ok().flatten()).is_none_or(|kept| kept != OFF)
}

/// Lets shortcuts of one key work, or not. A browser that keeps nothing forgets it.
pub(crate) fn choose_single(on: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = if on { storage.remove_item(KEPT_AS) } else { storage.set_item(KEPT_AS, OFF) };
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

/// Goes to a page as a link does: whatever asks before a page is left is asked.
fn follow(to: &str) {
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
