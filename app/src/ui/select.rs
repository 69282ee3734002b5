//! A choice of one among several, in a list that opens.

use leptos::prelude::*;

/// A choice of one among several, with its label, a hint, and what is wrong with it.
#[component]
pub(crate) fn Select(
    /// The field's name in the request; ids are made from it.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What there is to choose from: each one's word in the request, and what it is called.
    options: Vec<(String, String)>,
    /// The word of the one that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the word of the one that somebody chooses.
    #[prop(into)]
    on_choose: Callback<String>,
    /// What helps to choose.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What is wrong with it.
    #[prop(into, optional)]
    problem: MaybeProp<String>,
    /// Whether it has the focus first.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (hint_id, problem_id) = (format!("{name}-hint"), format!("{name}-problem"));
    let described = {
        let (hint_id, problem_id) = (hint.map(|_| hint_id.clone()), problem_id.clone());
        move || problem.get().map(|_| problem_id.clone()).or_else(|| hint_id.clone())
    };
    let option = move |(word, label): (String, String)| {
        let this = word.clone();
        view! { <option value=word prop:selected=move || value.with(|value| *value == this)>{label}</option> }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                name=name
                autofocus=first
                on:change=move |event| on_choose.run(event_target_value(&event))
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
            >
                {options.into_iter().map(option).collect_view()}
            </select>
            {hint.map(|hint| view! { <small id=hint_id>{hint}</small> })}
            <p class="problem" id=problem_id aria-live="polite">{move || problem.get()}</p>
        </div>
    }
}
