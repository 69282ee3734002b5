//! The parts of the settings that are saved together: company, licences, invites.

use leptos::prelude::*;
use seatwise_domain::wire::{INACTIVE_DAYS, Managers, Notices, Role, Settings};

use super::draft::{Draft, Way};
use super::fields::{ContactFor, Counted, Invites, LettersIn, Licences, Platform};
use super::frame::{DraftForm, SettingsHead};
use crate::client;
use crate::load::{Loaded, Typing};
use crate::routes;
use crate::session::Account;
use crate::ui::{Card, Waiting};
use crate::words::{settings_texts, texts};

/// Who the company is to its learners: name, platform, contact.
#[component]
pub(crate) fn CompanyPage() -> impl IntoView {
    let account = Account::expect();
    let managers = Loaded::new(move || client::managers(account.company_id()));
    let managers = first(managers);
    let name = move || match account.session().map(|session| session.identity.role) {
        Some(Role::Member { company, .. }) => company,
        _ => String::new(),
    };
    let name = StoredValue::new(name());
    let words = settings_texts();
    view! {
        <Section page=words.company() show=move |draft| {
            let asked = move || {
                managers.get().map(|managers: Managers| {
                    // Whoever hasn't accepted yet can't be asked.
                    let asked = managers.items.into_iter().filter(|manager| !manager.invited).collect::<Vec<_>>();
                    untrack(|| view! { <ContactFor draft=draft managers=asked/> })
                })
            };
            let fields = move || {
                view! {
                    <Card title=words.company()>
                        <dl class="facts">
                            <div><dt>{words.company_name()}</dt><dd>{name.get_value()}</dd><dd><small>{words.company_name_hint()}</small></dd></div>
                            <div><dt>{words.times()}</dt><dd><small>{words.times_hint()}</small></dd></div>
                        </dl>
                    </Card>
                    {asked}
                    <Platform draft=draft/>
                    <LettersIn draft=draft/>
                }
            };
            view! { <DraftForm draft=draft fields=fields/> }.into_any()
        }/>
    }
}

/// Which licences are given out, and what happens by itself.
#[component]
pub(crate) fn LicencesPage() -> impl IntoView {
    view! {
        <Section page=texts().licences() show=|draft| {
            let counted = counted(draft);
            let fields = move || view! { <Licences draft=draft counted=counted/> };
            view! {
                <div class="stack">
                    <DraftForm draft=draft fields=fields/>
                    <div class="narrow"><Card title=settings_texts().elsewhere()>
                        <ul class="people">
                            <li><a href=routes::GROUPS>{settings_texts().groups_text()}</a></li>
                            <li><a href=routes::SYNC>{settings_texts().sync_text()}</a></li>
                        </ul>
                    </Card></div>
                </div>
            }.into_any()
        }/>
    }
}

/// How long invites are open, and when people are reminded.
#[component]
pub(crate) fn InvitesPage() -> impl IntoView {
    let account = Account::expect();
    let notices = Loaded::new(move || client::notices(account.company_id()));
    view! {
        <Section page=texts().invites() show=move |draft| {
            let counted = counted(draft);
            let fields = move || view! { <Invites draft=draft counted=counted/> };
            view! {
                <div class="stack">
                    <DraftForm draft=draft fields=fields/>
                    <div class="narrow"><Card title=settings_texts().reminders()>
                        <p>{move || notices.value().map(|notices| reminders(&notices))}</p>
                        <p class="note"><a href=routes::NOTICES>{settings_texts().change_reminders()}</a></p>
                    </Card></div>
                </div>
            }.into_any()
        }/>
    }
}

fn reminders(notices: &Notices) -> String {
    let words = settings_texts();
    match (notices.remind_first, notices.remind_second) {
        (Some(first), Some(second)) => words.reminders_twice(first, second),
        (Some(days), None) | (None, Some(days)) => words.reminders_once(days),
        (None, None) => words.reminders_never().to_owned(),
    }
}

/// What was loaded first: a form that somebody fills in isn't drawn again because the window was looked at.
fn first<T: Clone + PartialEq + Send + Sync + 'static>(loaded: Loaded<T>) -> Memo<Option<T>> {
    Memo::new(move |before: Option<&Option<T>>| match before {
        Some(Some(before)) => Some(before.clone()),
        _ => loaded.value(),
    })
}

/// A part of the settings, once they are loaded.
#[component]
fn Section(
    /// What it is called.
    page: &'static str,
    /// What stands there.
    show: impl Fn(Draft) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let account = Account::expect();
    let settings = Loaded::new(move || client::settings(account.company_id()));
    let loaded = first(settings);
    let way = Way {
        read: Callback::new(move |()| client::settings(account.company_id())),
        save: Callback::new(move |settings: Settings| client::change_settings(account.company_id(), settings)),
    };
    view! {
        <SettingsHead page=page/>
        {move || match loaded.get() {
            // What is saved or typed later must not make another draft of what was loaded first.
            Some(settings) => untrack(|| show(Draft::new(settings, way))),
            None => view! { <Waiting on=settings show=|_| ()/> }.into_any(),
        }}
    }
}

/// Counts what the settings in the form would do, while they are typed.
fn counted(draft: Draft) -> Counted {
    let account = Account::expect();
    let days = RwSignal::new(draft.saved(|saved| saved.inactive_days));
    let typing = Typing::new();
    Effect::new(move |_| {
        let typed = draft.with(|mine| mine.inactive_days);
        if INACTIVE_DAYS.contains(&typed) && days.get_untracked() != typed {
            typing.pause(move || {
                let _ = days.try_set(typed);
            });
        }
    });
    let effect = Loaded::new(move || client::settings_effect(account.company_id(), days.get()));
    Signal::derive(move || effect.value())
}
