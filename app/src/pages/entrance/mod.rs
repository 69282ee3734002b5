//! The ways in: signing in, and accepting an invite.

mod closed;
mod invite;
mod sign_in;

pub(crate) use invite::Invite;
pub(crate) use sign_in::SignIn;

use core::cell::RefCell;

use leptos::prelude::*;
use leptos_router::components::A;

use super::languages::Languages;
use super::look::{Brand, BrandMark, dress};
use crate::routes;
use crate::words::texts;

thread_local! {
    /// The company whose invite was looked at last: whoever goes on to sign in stays in its look.
    static BRAND: RefCell<Option<Brand>> = const { RefCell::new(None) };
}

/// What stands around the pages of somebody who is not in yet.
#[component]
fn Entrance(children: Children) -> impl IntoView {
    // A link that is opened where such a page stands already changes only what follows the #: it starts afresh.
    let opened = window_event_listener(leptos::ev::hashchange, |_| {
        if secret().is_some() {
            let _ = window().location().reload();
        }
    });
    on_cleanup(move || opened.remove());
    let brand = BRAND.with_borrow(Clone::clone);
    if let Some(brand) = &brand {
        dress(&brand.look);
    }
    let mark = match brand {
        Some(brand) => view! { <BrandMark brand=brand/> }.into_any(),
        None => view! { <p class="brand"><span class="mark" aria-hidden="true">"S"</span>{texts().product()}</p> }.into_any(),
    };
    view! {
        <main class="entrance">{mark}<section class="card">{children()}</section><Languages/></main>
    }
}

/// The way from an invite to signing in. The invite's secret stays behind: it signs nobody in.
#[component]
fn ToSignIn(
    /// Whether it is what the page is for.
    #[prop(optional)]
    main: bool,
) -> impl IntoView {
    let class = if main { "button main" } else { "button" };
    view! { <A href=routes::SIGN_IN attr:class=class on:click=move |_| forget_secret()>{texts().sign_in()}</A> }
}

/// The secret behind the # of the address, where it reaches no server and no log.
fn secret() -> Option<String> {
    let hash = window().location().hash().ok()?;
    let secret = hash.trim_start_matches('#');
    (!secret.is_empty()).then(|| secret.to_owned())
}

/// Takes the secret out of the address and so out of the browser's history.
fn forget_secret() {
    let location = window().location();
    let (path, search) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&format!("{path}{search}")));
    }
}
