//! The choice of a group, where a company has groups.

use leptos::prelude::*;

use crate::client;
use crate::load::Loaded;
use crate::session::Account;
use crate::words::texts;

/// A choice among the company's groups, or none. Where there are no groups, nothing is shown.
#[component]
pub(crate) fn GroupChoice(
    /// The group's id.
    value: RwSignal<Option<String>>,
    /// What the choice means.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What choosing none is called.
    #[prop(optional)]
    none: Option<&'static str>,
    /// What it asks for.
    #[prop(optional)]
    label: Option<&'static str>,
    /// What is wrong with it.
    #[prop(into, optional)]
    problem: MaybeProp<String>,
) -> impl IntoView {
    let account = Account::expect();
    let groups = Loaded::new(move || client::groups(account.company_id()));
    move || {
        let items = groups.value().map(|groups| groups.items).filter(|items| !items.is_empty())?;
        let chosen = value.get_untracked();
        let choose = move |event| value.set(Some(event_target_value(&event)).filter(|id| !id.is_empty()));
        let option = |group: seatwise_domain::wire::GroupLine| {
            let selected = chosen.as_deref() == Some(group.id.as_str());
            view! { <option value=group.id selected=selected>{group.name}</option> }
        };
        Some(view! {
            <div class="field">
                <label for="group">{label.unwrap_or_else(|| texts().group())}</label>
                <select id="group" name="group" on:change=choose aria-describedby=hint.map(|_| "group-hint")>
                    <option value="">{none.unwrap_or_else(|| texts().no_group())}</option>
                    {items.into_iter().map(option).collect_view()}
                </select>
                {hint.map(|hint| view! { <small id="group-hint">{hint}</small> })}
                <p class="problem" aria-live="polite">{move || problem.get()}</p>
            </div>
        })
    }
}
