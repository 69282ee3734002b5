//! A choice of one among a few, each with what follows from it.

use leptos::prelude::*;

/// One of the things to choose from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its word in the request.
    pub(crate) value: &'static str,
    /// What it is.
    pub(crate) label: &'static str,
    /// What follows from it.
    pub(crate) hint: &'static str,
}

/// Radio buttons, below what they decide.
#[component]
pub(crate) fn Choices(
    /// The name of the group; ids are made from it.
    name: &'static str,
    /// What they decide.
    label: &'static str,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// The word of the one that is chosen.
    value: RwSignal<&'static str>,
) -> impl IntoView {
    let choice = move |choice: Choice| {
        let (id, hint_id) = (format!("{name}-{}", choice.value), format!("{name}-{}-hint", choice.value));
        view! {
            <div class="check">
                <input
                    id=id.clone()
                    type="radio"
                    name=name
                    value=choice.value
                    prop:checked=move || value.get() == choice.value
                    on:change=move |_| value.set(choice.value)
                    aria-describedby=hint_id.clone()
                />
                <div>
                    <label for=id>{choice.label}</label>
                    <small id=hint_id>{choice.hint}</small>
                </div>
            </div>
        }
    };
    view! { <fieldset class="choices"><legend>{label}</legend>{choices.into_iter().map(choice).collect_view()}</fieldset> }
}
