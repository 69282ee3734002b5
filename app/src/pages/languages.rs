//! The choice of a language: the browser keeps it, and so does the account where somebody is signed in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::Language;

use crate::client;
use crate::session::Account;
use crate::words::{self, texts};

/// Lets people choose.
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
    view! {
        <select class="languages" aria-label=texts().your_language() on:change=change>{options(words::language())}</select>
    }
}

/// Each language, called as it calls itself.
fn options(chosen: Language) -> impl IntoView {
    let option = move |language: &Language| {
        let (tag, name, here) = (language.as_str(), language.own_name(), *language == chosen);
        view! { <option value=tag lang=tag selected=here>{name}</option> }
    };
    Language::ALL.iter().map(option).collect_view()
}

/// The field of a form for the language that others read.
#[component]
pub(crate) fn LanguageField(
    /// What it asks for.
    label: &'static str,
    /// What helps to choose.
    hint: &'static str,
    /// What is chosen.
    value: RwSignal<Language>,
) -> impl IntoView {
    let change = move |event| {
        if let Some(language) = Language::parse(&event_target_value(&event)) {
            value.set(language);
        }
    };
    view! {
        <div class="field">
            <label for="language">{label}</label>
            <select id="language" aria-describedby="language-hint" on:change=change>{options(value.get_untracked())}</select>
            <small id="language-hint">{hint}</small>
        </div>
    }
}
