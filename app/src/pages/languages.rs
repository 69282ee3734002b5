//! The choice of a language: the browser keeps it, and so does the account where somebody is signed in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::Language;

use crate::client;
use crate::session::Account;
use crate::words::{self, texts};

/// Lets people choose; each language is called as it calls itself.
#[component]
pub(crate) fn Languages() -> impl IntoView {
    let account = Account::expect();
    let change = move |event| {
        let Some(language) = Language::parse(&event_target_value(&event)) else { return };
        spawn_local(async move {
            if account.signed_in() {
                let _ = client::choose_language(language).await;
            }
            words::choose_language(language);
        });
    };
    let option = |language: &Language| {
        let (tag, name, here) = (language.as_str(), language.own_name(), *language == words::language());
        view! { <option value=tag lang=tag selected=here>{name}</option> }
    };
    view! {
        <select class="languages" aria-label=texts().your_language() on:change=change>{Language::ALL.iter().map(option).collect_view()}</select>
    }
}
