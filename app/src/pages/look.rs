//! What the pages of newcomers and learners share: the look of their company, its words, and whom to ask.

use core::cell::Cell;

use leptos::prelude::*;
use seatwise_domain::wire::{Contact, Look};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    /// How many times the page was put into a company's colours.
    static DRESSED: Cell<u32> = const { Cell::new(0) };
}

/// A company as its people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Brand {
    /// Its name.
    pub(super) company: String,
    /// How it looks.
    pub(super) look: Look,
}

/// Puts the page into a company's colours, as long as what calls this is there.
pub(super) fn dress(look: &Look) {
    let Some(root) = document().document_element().map(|root| root.unchecked_into::<HtmlElement>()) else { return };
    let mine = DRESSED.get().wrapping_add(1);
    DRESSED.set(mine);
    let root = SendWrapper::new(root);
    let colours = look.colours.as_deref();
    root.set_class_name(if colours.is_some() { "look" } else { "" });
    root.style().set_css_text(colours.unwrap_or_default());
    on_cleanup(move || {
        // The next page may be there already.
        if DRESSED.get() == mine {
            root.set_class_name("");
            root.style().set_css_text("");
        }
    });
}

/// The company's logo and name.
#[component]
pub(super) fn BrandMark(
    /// The company.
    brand: Brand,
) -> impl IntoView {
    let letter = super::frame::mark(&brand.company);
    let mark = match brand.look.logo {
        Some(logo) => {
            view! { <img class="logo" src=logo.address width=logo.width.to_string() height=logo.height.to_string() alt=""/> }
                .into_any()
        }
        None => view! { <span class="mark" aria-hidden="true">{letter}</span> }.into_any(),
    };
    view! { <p class="brand">{mark}<span>{brand.company}</span></p> }
}

/// Somebody to ask, with a letter that is begun already.
#[component]
pub(super) fn Ask(
    /// Who it is.
    contact: Contact,
    /// What the letter is about.
    about: String,
) -> impl IntoView {
    let subject = js_sys::encode_uri_component(&about).as_string().unwrap_or_default();
    let mail = format!("mailto:{}?subject={subject}", contact.email);
    view! { <span class="reach"><b>{contact.name}</b><a href=mail>{contact.email}</a></span> }
}
