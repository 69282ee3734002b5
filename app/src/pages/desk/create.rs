//! The form that creates a company, with its first manager.

use leptos::prelude::*;
use seatwise_domain::wire::{CompanyLine, CreateCompany, InviteManager};
use web_sys::SubmitEvent;

use crate::client;
use crate::load::Submission;
use crate::pages::languages::LanguageField;
use crate::ui::{Check, DialogEnd, Field, Send, Trouble};
use crate::words::{self, desk_texts, settings_texts, texts};

/// The form.
#[component]
pub(super) fn CreateForm(
    /// Called by Cancel.
    on_close: Callback<()>,
    /// Called with the company, and whether its first manager is invited.
    on_done: Callback<(CompanyLine, bool)>,
) -> impl IntoView {
    let (name, platform) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (email, manager_name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (content, language) = (RwSignal::new(false), RwSignal::new(words::language()));
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let said = |text: RwSignal<String>| Some(text.get_untracked()).filter(|text| !text.trim().is_empty());
        // A name alone is nobody who could be invited: the API says that the address is missing.
        let manager = (said(email).is_some() || said(manager_name).is_some())
            .then(|| InviteManager { email: email.get_untracked(), name: said(manager_name) });
        let invited = manager.is_some();
        let company = CreateCompany {
            name: name.get_untracked(),
            platform_url: said(platform),
            content_with_user: content.get_untracked(),
            language: language.get_untracked(),
            manager,
        };
        form.send(client::create_company(company, form.key()), move |company| on_done.run((company, invited)));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="name" label=desk_texts().company_name() value=name required=true first=true problem=form.about("name")/>
            <Field name="platform_url" label=texts().platform_url() value=platform kind="url" inputmode="url" hint=texts().platform_url_hint() problem=form.about("platform_url")/>
            <Check name="content_with_user" label=texts().content_with_user() value=content/>
            <LanguageField label=settings_texts().letters_language() hint=settings_texts().letters_language_hint() value=language/>
            <fieldset>
                <legend>{desk_texts().first_manager()}</legend>
                <Field name="manager_name" label=texts().name() value=manager_name hint=texts().optional() problem=form.about("manager_name")/>
                <Field name="email" label=texts().email() value=email kind="email" inputmode="email" hint=desk_texts().first_manager_hint() problem=form.about("email")/>
            </fieldset>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=desk_texts().create_company() busy=form.busy/></DialogEnd>
        </form>
    }
}
