//! Fields of forms, each with its label, a hint, and what is wrong with it.

use leptos::prelude::*;

/// A field for one line.
#[component]
pub(crate) fn Field(
    /// The field's name in the request; ids are made from it.
    name: &'static str,
    /// What it asks for.
    label: &'static str,
    /// What was typed.
    value: RwSignal<String>,
    /// The sort of input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    problem: MaybeProp<String>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// The least number, or the first day.
    #[prop(optional, into)]
    min: Option<String>,
    /// The greatest number.
    #[prop(optional)]
    max: Option<&'static str>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Whether it has the focus first.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (hint_id, problem_id) = (format!("{name}-hint"), format!("{name}-problem"));
    let described = {
        let (hint_id, problem_id) = (hint_id.clone(), problem_id.clone());
        let hinted = hint.is_some();
        move || match (hinted, problem.get().is_some()) {
            (_, true) => Some(problem_id.clone()),
            (true, false) => Some(hint_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=kind
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                autocomplete=autocomplete
                inputmode=inputmode
                min=min
                max=max
                required=required
                autofocus=first
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
            />
            {hint.map(|hint| view! { <small id=hint_id>{hint}</small> })}
            <p class="problem" id=problem_id aria-live="polite">{move || problem.get()}</p>
        </div>
    }
}

/// A box to tick.
#[component]
pub(crate) fn Check(
    /// The field's name; ids are made from it.
    name: &'static str,
    /// What ticking it means.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// What follows from it.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="check">
            <input
                id=name
                type="checkbox"
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
                aria-describedby=described
            />
            <div>
                <label for=name>{label}</label>
                {hint.map(|hint| view! { <small id=hint_id>{hint}</small> })}
            </div>
        </div>
    }
}
