//! What the sync does: what becomes of new users, who gets licences, and how it runs.

use leptos::prelude::*;
use seatwise_domain::policy::{SyncScope, SyncShortage};
use seatwise_domain::wire::SyncSettings;
use web_sys::SubmitEvent;

use super::Shared;
use crate::load::Submission;
use crate::routes;
use crate::ui::{Banner, Check, Choice, Choices, Send, Trouble};
use crate::words::{Tone, sync_texts, texts};

/// The word of the choice that new users are invited.
const INVITED: &str = "invited";
/// The word of the choice that new users can start at once.
const ACTIVE: &str = "active";

const fn begin(activates: bool) -> &'static str {
    if activates { ACTIVE } else { INVITED }
}

/// The form.
#[component]
pub(super) fn Rules(shared: Shared) -> impl IntoView {
    let settings = shared.part(|page| page.settings.clone());
    let policy = shared.part(|page| (page.shortage, page.overdraft_limit));
    let unchosen = shared.part(|page| !page.groups.iter().any(|group| group.licensed));
    let saved = settings.get_untracked();
    let begins = RwSignal::new(begin(saved.activates));
    let scope = RwSignal::new(saved.scope.as_str());
    let dry_run = RwSignal::new(saved.dry_run);
    let paused = RwSignal::new(saved.paused);
    // What is changed elsewhere is shown here; what somebody has chosen and not saved yet stays.
    Effect::new(move |before: Option<SyncSettings>| {
        let saved = settings.get();
        if let Some(before) = before {
            if before.activates != saved.activates {
                begins.set(begin(saved.activates));
            }
            if before.scope != saved.scope {
                scope.set(saved.scope.as_str());
            }
            if before.dry_run != saved.dry_run {
                dry_run.set(saved.dry_run);
            }
            if before.paused != saved.paused {
                paused.set(saved.paused);
            }
        }
        saved
    });
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let wanted = SyncSettings {
            paused: paused.get_untracked(),
            dry_run: dry_run.get_untracked(),
            activates: begins.get_untracked() == ACTIVE,
            scope: SyncScope::parse(scope.get_untracked()).unwrap_or_default(),
        };
        shared.save(form, wanted, sync_texts().saved_toast());
    };
    let narrower = Memo::new(move |_| match scope.get() == SyncScope::Groups.as_str() {
        true if unchosen.get() => Some(sync_texts().no_group_chosen()),
        true if settings.with(|saved| saved.scope == SyncScope::Everybody) => Some(sync_texts().narrowing()),
        _ => None,
    });
    let warning = move || narrower.get().map(|text| view! { <Banner tone=Tone::PENDING><p>{text}</p></Banner> });
    let when_none = move || {
        let (shortage, limit) = policy.get();
        match shortage {
            SyncShortage::Overdraw => sync_texts().when_overdraw(limit),
            SyncShortage::Wait => sync_texts().when_wait().to_owned(),
            SyncShortage::Refuse => sync_texts().when_refuse().to_owned(),
        }
    };
    view! {
        <section class="card rules">
            <header><h2>{sync_texts().rules()}</h2></header>
            <form class="body" on:submit=submit novalidate>
                <div class="halves">
                    <Choices name="new_users" label=sync_texts().new_users() choices=beginnings() value=begins/>
                    <Choices name="scope" label=sync_texts().who() choices=scopes() value=scope/>
                    <fieldset class="choices">
                        <legend>{sync_texts().running()}</legend>
                        <Check name="dry_run" label=sync_texts().is_dry_run() value=dry_run hint=sync_texts().is_dry_run_hint()/>
                        <Check name="paused" label=sync_texts().is_paused() value=paused hint=sync_texts().is_paused_hint()/>
                    </fieldset>
                    <div class="choices">
                        <p>{sync_texts().when_none()}</p>
                        <p class="calm">{when_none} " " <a href=routes::SETTINGS_LICENCES>{sync_texts().change_in_settings()}</a></p>
                    </div>
                </div>
                <div role="status">{warning}</div>
                <Trouble failure=form.failure/>
                <p class="do"><Send label=texts().save() busy=form.busy/></p>
            </form>
        </section>
    }
}

fn beginnings() -> Vec<Choice> {
    vec![
        Choice { value: INVITED, label: sync_texts().new_invited(), hint: sync_texts().new_invited_hint() },
        Choice { value: ACTIVE, label: sync_texts().new_active(), hint: sync_texts().new_active_hint() },
    ]
}

fn scopes() -> Vec<Choice> {
    let choice = |scope: &SyncScope| {
        let (label, hint) = match scope {
            SyncScope::Everybody => (sync_texts().everybody(), sync_texts().everybody_hint()),
            SyncScope::Groups => (sync_texts().by_groups(), sync_texts().by_groups_hint()),
        };
        Choice { value: scope.as_str(), label, hint }
    };
    SyncScope::ALL.iter().map(choice).collect()
}
