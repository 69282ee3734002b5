//! The choice of a group, where a company has groups.

use leptos::prelude::*;

use crate::client;
use crate::load::Loaded;
use crate::session::Account;
use crate::ui::Select;
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
        let nobody = (String::new(), none.unwrap_or_else(|| texts().no_group()).to_owned());
        let options = core::iter::once(nobody).chain(items.into_iter().map(|group| (group.id, group.name))).collect();
        let chosen = Signal::derive(move || value.get().unwrap_or_default());
        let choose = move |id: String| value.set(Some(id).filter(|id| !id.is_empty()));
        let label = label.unwrap_or_else(|| texts().group());
        Some(
            view! { <Select name="group" label=label options=options value=chosen on_choose=choose nostrip:hint=hint problem=problem/> },
        )
    }
}
