//! What a company has decided, and its name: changed from the desk, and said in the company's history.

use leptos::prelude::*;
use seatwise_domain::wire::Settings;
use web_sys::SubmitEvent;

use super::audit::Audit;
use super::company::Here;
use crate::client;
use crate::load::Submission;
use crate::pages::manager::{AllFields, Draft, Way};
use crate::ui::{Card, Field, Send, Toasts, Trouble};
use crate::words::{desk_texts, texts};

/// The page.
#[component]
pub(crate) fn CompanySettings() -> impl IntoView {
    let Here { id, company } = Here::expect();
    // A form that somebody fills in isn't drawn again because the window was looked at.
    let first = Memo::new(move |before: Option<&Option<(String, Settings)>>| match before {
        Some(Some(before)) => Some(before.clone()),
        _ => company.value().map(|shown| (shown.company.name, shown.settings)),
    });
    let way = Way {
        read: Callback::new(move |()| client::settings(id.get_untracked())),
        save: Callback::new(move |settings: Settings| client::change_company_settings(&id.get_untracked(), &settings)),
    };
    view! {
        {move || first.get().map(|(name, settings)| view! {
            <div class="stack">
                <NameForm name=name/>
                <AllFields draft=untrack(|| Draft::new(settings, way))/>
                <div class="stack narrow"><Audit company=id.get_untracked()/></div>
            </div>
        })}
    }
}

#[component]
fn NameForm(name: String) -> impl IntoView {
    let Here { id, company } = Here::expect();
    let name = RwSignal::new(name);
    let form = Submission::new();
    let toasts = Toasts::expect();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.send(client::rename_company(&id.get_untracked(), name.get_untracked()), move |page| {
            toasts.tell(desk_texts().company_renamed_toast(&page.company.name));
            company.reload();
        });
    };
    view! {
        <form class="stack narrow" on:submit=submit novalidate>
            <Card title=texts().name()>
                <Field name="company_name" label=desk_texts().company_name() value=name required=true problem=form.about("name")/>
                <Trouble failure=form.failure/>
                <p class="do"><Send label=texts().rename() busy=form.busy/></p>
            </Card>
        </form>
    }
}
