//! The fields of the settings, each with what follows from it.

use crate::words::{self, number, settings_texts, texts};
use leptos::prelude::*;
use seatwise_domain::policy::{CarryOver, DrawOrder, SyncShortage};
use seatwise_domain::wire::{ManagerLine, SettingsEffect};

use super::draft::Draft;
use super::frame::DraftForm;
use crate::pages::languages::LanguageField;
use crate::ui::{Card, Check, Choice, Choices, Field, Select};

/// What is counted of the settings as they stand in the form; nothing where nobody counts.
pub(super) type Counted = Signal<Option<SettingsEffect>>;

/// All fields on one page, as the desk has them.
#[component]
pub(crate) fn AllFields(
    /// The settings.
    draft: Draft,
) -> impl IntoView {
    let nothing = Counted::stored(None);
    let fields = move || {
        view! {
            <Platform draft=draft/>
            <LettersIn draft=draft/>
            <Licences draft=draft counted=nothing/>
            <Invites draft=draft counted=nothing/>
        }
    };
    view! { <DraftForm draft=draft fields=fields/> }
}

/// The way to the learning platform.
#[component]
pub(super) fn Platform(draft: Draft) -> impl IntoView {
    let platform = draft.bind(
        |mine| mine.platform_url.clone().unwrap_or_default(),
        |mine, typed: String| mine.platform_url = Some(typed.trim().to_owned()).filter(|url| !url.is_empty()),
    );
    // Only what was saved is known to be an address.
    let saved = move || {
        draft.saved(|saved| saved.platform_url.clone()).map(|url| {
            view! { <p class="note"><a href=url target="_blank" rel="noopener noreferrer">{settings_texts().try_it()}</a></p> }
        })
    };
    view! {
        <Card title=texts().learning_platform()>
            <Field name="platform_url" label=texts().platform_url() value=platform kind="url" inputmode="url" hint=texts().platform_url_hint() problem=draft.form.about("platform_url")/>
            {saved}
        </Card>
    }
}

/// The language of letters to people who haven't chosen one.
#[component]
pub(super) fn LettersIn(draft: Draft) -> impl IntoView {
    let language = draft.bind(|mine| mine.language, |mine, language| mine.language = language);
    view! {
        <Card title=texts().your_language()>
            <LanguageField label=settings_texts().letters_language() hint=settings_texts().letters_language_hint() value=language/>
        </Card>
    }
}

const INVITER: &str = "inviter";
const MANAGER: &str = "manager";
const ADDRESS: &str = "address";

/// Whom learners ask.
#[component]
pub(super) fn ContactFor(draft: Draft, managers: Vec<ManagerLine>) -> impl IntoView {
    let first = managers.first().map(|manager| manager.id.clone());
    let (id, email) = draft.with(|mine| (mine.contact_id.clone(), mine.contact_email.clone()));
    let chosen = RwSignal::new(match (&email, &id) {
        (Some(_), _) => ADDRESS,
        (None, Some(_)) => MANAGER,
        (None, None) => INVITER,
    });
    let (id, email) = (RwSignal::new(id.or(first).unwrap_or_default()), RwSignal::new(email.unwrap_or_default()));
    let wanted = Memo::new(move |_| match chosen.get() {
        MANAGER => (Some(id.get()).filter(|id| !id.is_empty()), None),
        // What is no address is told by the API, an empty one as well.
        ADDRESS => (None, Some(email.get())),
        _ => (None, None),
    });
    let kept = draft.bind(
        |mine| (mine.contact_id.clone(), mine.contact_email.clone()),
        |mine, (id, email)| {
            mine.contact_id = id;
            mine.contact_email = email;
        },
    );
    Effect::new(move |_| kept.set(wanted.get()));
    let words = settings_texts();
    let choices = vec![
        Choice { value: INVITER, label: words.contact_inviter(), hint: words.contact_inviter_hint() },
        Choice { value: MANAGER, label: words.contact_manager(), hint: words.contact_manager_hint() },
        Choice { value: ADDRESS, label: words.contact_address(), hint: words.contact_address_hint() },
    ];
    let option = |manager: ManagerLine| {
        let name = words::called(manager.name.as_deref(), &manager.email).to_owned();
        (manager.id, name)
    };
    let managers = StoredValue::new(managers);
    view! {
        <Card title=words.contact_for_learners()>
            <p class="calm">{words.contact_hint()}</p>
            <Choices name="contact" label=words.contact_for_learners() choices=choices value=chosen/>
            <Show when=move || chosen.get() == MANAGER>
                <Select
                    name="contact_id"
                    label=words.which_manager()
                    options=managers.get_value().into_iter().map(option).collect()
                    value=id
                    on_choose=move |chosen| id.set(chosen)
                    problem=draft.form.about("contact_id")
                />
            </Show>
            <Show when=move || chosen.get() == ADDRESS>
                <Field name="contact_email" label=words.which_address() value=email kind="email" inputmode="email" problem=draft.form.about("contact_email")/>
            </Show>
        </Card>
    }
}

/// Which licences are given out, who gets them, and what happens when there are none.
#[component]
pub(super) fn Licences(draft: Draft, counted: Counted) -> impl IntoView {
    let words = settings_texts();
    let content = draft.bind(|mine| mine.content_with_user, |mine, on| mine.content_with_user = on);
    let draw_order = draft.bind(
        |mine| mine.draw_order.as_str(),
        |mine, word| {
            mine.draw_order = DrawOrder::parse(word).unwrap_or_default();
        },
    );
    let carry_over = draft.bind(
        |mine| mine.carry_over.as_str(),
        |mine, word| {
            mine.carry_over = CarryOver::parse(word).unwrap_or_default();
        },
    );
    let shortage = draft.bind(
        |mine| mine.sync_shortage.as_str(),
        |mine, word| {
            mine.sync_shortage = SyncShortage::parse(word).unwrap_or_default();
        },
    );
    let limit = draft.number(|mine| mine.overdraft_limit, |mine, limit| mine.overdraft_limit = limit);
    let inactive_days = draft.number(|mine| mine.inactive_days, |mine, days| mine.inactive_days = days);
    let content_effect = move || {
        let (now, before) = (content.get(), draft.saved(|saved| saved.content_with_user));
        let counted = counted.get()?;
        let available = number(counted.content_available);
        let text = match (now, before) {
            (true, false) if counted.without_content > 0 => words.without_content(counted.without_content, &available),
            (true, false) => words.all_have_content(&available),
            (false, true) => words.no_more_content().to_owned(),
            _ => return None,
        };
        Some(view! { <p class="effect">{text}</p> })
    };
    let inactive_effect =
        move || counted.get().map(|counted| view! { <p class="effect">{words.would_be_inactive(counted.inactive)}</p> });
    view! {
        <Card title=texts().licences_and_rules()>
            <Check name="content_with_user" label=texts().content_with_user() value=content hint=texts().content_with_user_hint()/>
            <small>{words.usual(words.off())}</small>
            <div aria-live="polite">{content_effect}</div>
            <Choices name="draw_order" label=texts().draw_order() choices=draw_orders() value=draw_order/>
            <small>{words.usual(texts().draw_first())}</small>
            <Choices name="carry_over" label=texts().carry_over() choices=carry_overs() value=carry_over/>
            <small>{words.usual(texts().carry_active())}</small>
        </Card>
        <Card title=texts().directory_sync()>
            <Choices name="sync_shortage" label=texts().sync_shortage() choices=shortages() value=shortage/>
            <small>{words.usual(texts().sync_overdraw())}</small>
            <Show when=move || shortage.get() == SyncShortage::Overdraw.as_str()>
                <Field name="overdraft_limit" label=texts().overdraft_limit() value=limit kind="number" inputmode="numeric" min="0" max="1000000" hint=words.usual("100") problem=draft.form.about("overdraft_limit")/>
            </Show>
        </Card>
        <Card title=texts().inactive_users()>
            <Field name="inactive_days" label=texts().inactive_days() value=inactive_days kind="number" inputmode="numeric" min="7" max="365" hint=format!("{} {}", texts().inactive_days_hint(), words.usual("90")) problem=draft.form.about("inactive_days")/>
            <div aria-live="polite">{inactive_effect}</div>
        </Card>
    }
}

/// For how long invites are open.
#[component]
pub(super) fn Invites(draft: Draft, counted: Counted) -> impl IntoView {
    let words = settings_texts();
    let days = draft.number(|mine| mine.invite_days, |mine, days| mine.invite_days = days);
    let effect = move || {
        let counted = counted.get()?;
        let changed = draft.with(|mine| mine.invite_days) != draft.saved(|saved| saved.invite_days);
        let text = match counted.open_invites {
            0 => words.none_open().to_owned(),
            open => words.open_keep_dates(open),
        };
        changed.then(|| view! { <p class="effect">{text}</p> })
    };
    view! {
        <Card title=texts().invites()>
            <Field name="invite_days" label=texts().invite_days() value=days kind="number" inputmode="numeric" min="1" max="365" hint=format!("{} {}", texts().invite_days_hint(), words.usual("30")) problem=draft.form.about("invite_days")/>
            <div aria-live="polite">{effect}</div>
        </Card>
    }
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
