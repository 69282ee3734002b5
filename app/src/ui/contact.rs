//! Somebody to ask, and how to reach them.

use leptos::prelude::*;
use seatwise_domain::wire::Contact;

/// Somebody's name, and links that write to them or call them.
#[component]
pub(crate) fn Reach(
    /// Who it is.
    contact: Contact,
) -> impl IntoView {
    let mail = format!("mailto:{}", contact.email);
    let call = |phone: String| {
        let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { <a href=format!("tel:{number}")>{phone}</a> }
    };
    view! { <b>{contact.name}</b> <a href=mail>{contact.email}</a> {contact.phone.map(call)} }
}
