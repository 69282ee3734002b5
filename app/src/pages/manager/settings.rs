//! A company's settings, each with what follows from it.

use leptos::prelude::*;
use seatwise_domain::wire::Settings;
use web_sys::SubmitEvent;

use crate::client;
use crate::load::{Loaded, Submission};
use crate::session::Account;
use crate::ui::{Card, Check, Field, PageHead, Send, Toasts, Trouble, Waiting};
use crate::words::texts;

/// The settings.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let account = Account::expect();
    let settings = Loaded::new(move || client::settings(account.company_id()));
    // A form that somebody fills in isn't drawn again because the window was looked at.
    let first = Memo::new(move |before: Option<&Option<Settings>>| match before {
        Some(Some(before)) => Some(before.clone()),
        _ => settings.value(),
    });
    view! {
        <PageHead title=texts().settings()/>
        {move || match first.get() {
            Some(settings) => view! { <SettingsForm settings=settings/> }.into_any(),
            None => view! { <Waiting on=settings show=|_| ()/> }.into_any(),
        }}
    }
}

#[component]
fn SettingsForm(settings: Settings) -> impl IntoView {
    let account = Account::expect();
    let platform = RwSignal::new(settings.platform_url.clone().unwrap_or_default());
    let days = RwSignal::new(settings.invite_days.to_string());
    let content = RwSignal::new(settings.content_with_user);
    let form = Submission::new();
    let toasts = Toasts::expect();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let settings = Settings {
            platform_url: Some(platform.get_untracked()).filter(|url| !url.trim().is_empty()),
            content_with_user: content.get_untracked(),
            invite_days: days.get_untracked().trim().parse().unwrap_or_default(),
            ..settings.clone()
        };
        form.send(client::change_settings(account.company_id(), settings), move |_| toasts.tell(texts().saved().to_owned()));
    };
    view! {
        <form class="stack narrow" on:submit=submit novalidate>
            <Card title=texts().learning_platform()>
                <Field name="platform_url" label=texts().platform_url() value=platform kind="url" inputmode="url" hint=texts().platform_url_hint() problem=form.about("platform_url")/>
            </Card>
            <Card title=texts().licences_and_rules()>
                <Check name="content_with_user" label=texts().content_with_user() value=content hint=texts().content_with_user_hint()/>
            </Card>
            <Card title=texts().invites()>
                <Field name="invite_days" label=texts().invite_days() value=days kind="number" inputmode="numeric" min="1" max="365" hint=texts().invite_days_hint() problem=form.about("invite_days")/>
            </Card>
            <Trouble failure=form.failure/>
            <p class="do"><Send label=texts().save() busy=form.busy/></p>
        </form>
    }
}
