//! A company's settings, each with what follows from it.

use leptos::prelude::*;
use seatwise_domain::policy::{CarryOver, DrawOrder, SyncShortage};
use seatwise_domain::wire::Settings;
use web_sys::SubmitEvent;

use crate::client::{self, Asked};
use crate::load::{Loaded, Submission};
use crate::routes;
use crate::session::Account;
use crate::ui::{Card, Check, Choice, Choices, Field, PageHead, Send, Tabs, Toasts, Trouble, Waiting};
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
    let save = Callback::new(move |settings| client::change_settings(account.company_id(), settings));
    view! {
        <SettingsHead/>
        {move || match first.get() {
            Some(settings) => view! { <SettingsForm settings=settings save=save/> }.into_any(),
            None => view! { <Waiting on=settings show=|_| ()/> }.into_any(),
        }}
    }
}

/// The head and the tabs of the settings.
#[component]
pub(super) fn SettingsHead() -> impl IntoView {
    view! {
        <PageHead title=texts().settings()/>
        <Tabs label=texts().settings() pages=[(routes::SETTINGS, texts().general()), (routes::NOTICES, texts().notices())]/>
    }
}

/// The form; the desk has it too.
#[component]
pub(crate) fn SettingsForm(
    /// The settings as they are.
    settings: Settings,
    /// Saves them.
    save: Callback<Settings, Asked<Settings>>,
) -> impl IntoView {
    let before = StoredValue::new(settings.clone());
    let platform = RwSignal::new(settings.platform_url.clone().unwrap_or_default());
    let days = RwSignal::new(settings.invite_days.to_string());
    let content = RwSignal::new(settings.content_with_user);
    let draw_order = RwSignal::new(settings.draw_order.as_str());
    let carry_over = RwSignal::new(settings.carry_over.as_str());
    let shortage = RwSignal::new(settings.sync_shortage.as_str());
    let limit = RwSignal::new(settings.overdraft_limit.to_string());
    let inactive_days = RwSignal::new(settings.inactive_days.to_string());
    let form = Submission::new();
    let toasts = Toasts::expect();
    let manages = !Account::expect().company_id().is_empty();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let settings = Settings {
            platform_url: Some(platform.get_untracked()).filter(|url| !url.trim().is_empty()),
            content_with_user: content.get_untracked(),
            invite_days: days.get_untracked().trim().parse().unwrap_or_default(),
            draw_order: chosen(DrawOrder::ALL, DrawOrder::as_str, draw_order.get_untracked()),
            carry_over: chosen(CarryOver::ALL, CarryOver::as_str, carry_over.get_untracked()),
            sync_shortage: chosen(SyncShortage::ALL, SyncShortage::as_str, shortage.get_untracked()),
            // What is no number is told by the API.
            overdraft_limit: limit.get_untracked().trim().parse().unwrap_or(-1),
            inactive_days: inactive_days.get_untracked().trim().parse().unwrap_or_default(),
            ..before.get_value()
        };
        form.send(save.run(settings), move |_| toasts.tell(texts().saved().to_owned()));
    };
    view! {
        <form class="stack narrow" on:submit=submit novalidate>
            <Card title=texts().learning_platform()>
                <Field name="platform_url" label=texts().platform_url() value=platform kind="url" inputmode="url" hint=texts().platform_url_hint() problem=form.about("platform_url")/>
            </Card>
            <Card title=texts().licences_and_rules()>
                <Check name="content_with_user" label=texts().content_with_user() value=content hint=texts().content_with_user_hint()/>
                <Choices name="draw_order" label=texts().draw_order() choices=draw_orders() value=draw_order/>
                <Choices name="carry_over" label=texts().carry_over() choices=carry_overs() value=carry_over/>
            </Card>
            <Card title=texts().directory_sync()>
                <Choices name="sync_shortage" label=texts().sync_shortage() choices=shortages() value=shortage/>
                <Show when=move || shortage.get() == SyncShortage::Overdraw.as_str()>
                    <Field name="overdraft_limit" label=texts().overdraft_limit() value=limit kind="number" inputmode="numeric" min="0" max="1000000" problem=form.about("overdraft_limit")/>
                </Show>
                // The desk has the form as well, and not the page.
                {manages.then(|| view! { <p class="note"><a href=routes::SYNC>{texts().set_up_sync()}</a></p> })}
            </Card>
            <Card title=texts().invites()>
                <Field name="invite_days" label=texts().invite_days() value=days kind="number" inputmode="numeric" min="1" max="365" hint=texts().invite_days_hint() problem=form.about("invite_days")/>
            </Card>
            <Card title=texts().inactive_users()>
                <Field name="inactive_days" label=texts().inactive_days() value=inactive_days kind="number" inputmode="numeric" min="7" max="365" hint=texts().inactive_days_hint() problem=form.about("inactive_days")/>
            </Card>
            <Trouble failure=form.failure/>
            <p class="do"><Send label=texts().save() busy=form.busy/></p>
        </form>
    }
}

/// The choice with a word; the usual one, should there be no such word.
fn chosen<T: Copy + Default>(all: &[T], word_of: fn(T) -> &'static str, word: &str) -> T {
    all.iter().copied().find(|one| word_of(*one) == word).unwrap_or_default()
}

fn draw_orders() -> Vec<Choice> {
    let choice = |order: &DrawOrder| match order {
        DrawOrder::FirstToEnd => Choice { value: order.as_str(), label: texts().draw_first(), hint: texts().draw_first_hint() },
        DrawOrder::LastToEnd => Choice { value: order.as_str(), label: texts().draw_last(), hint: texts().draw_last_hint() },
    };
    DrawOrder::ALL.iter().map(choice).collect()
}

fn carry_overs() -> Vec<Choice> {
    let choice = |policy: &CarryOver| {
        let (label, hint) = match policy {
            CarryOver::Active => (texts().carry_active(), texts().carry_active_hint()),
            CarryOver::All => (texts().carry_all(), texts().carry_all_hint()),
            CarryOver::Nobody => (texts().carry_nobody(), texts().carry_nobody_hint()),
        };
        Choice { value: policy.as_str(), label, hint }
    };
    CarryOver::ALL.iter().map(choice).collect()
}

fn shortages() -> Vec<Choice> {
    let choice = |policy: &SyncShortage| {
        let (label, hint) = match policy {
            SyncShortage::Overdraw => (texts().sync_overdraw(), texts().sync_overdraw_hint()),
            SyncShortage::Wait => (texts().sync_wait(), texts().sync_wait_hint()),
            SyncShortage::Refuse => (texts().sync_refuse(), texts().sync_refuse_hint()),
        };
        Choice { value: policy.as_str(), label, hint }
    };
    SyncShortage::ALL.iter().map(choice).collect()
}
