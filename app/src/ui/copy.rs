//! A value that is copied into something else.

use core::time::Duration;

use js_sys::futures::JsFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::words::texts;

/// How long the button says that it was done.
const SHOWN_FOR: Duration = Duration::from_secs(3);

/// A field that can only be read, with a button that copies what stands in it.
#[component]
pub(crate) fn Copyable(
    /// The field's name; ids are made from it.
    name: &'static str,
    /// What it is.
    #[prop(into)]
    label: String,
    /// The value.
    #[prop(into)]
    value: Signal<String>,
    /// What helps to put it where it belongs.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(false);
    let select = move || {
        if let Some(field) = field.get_untracked() {
            field.select();
        }
    };
    let copy = move |_| {
        select();
        spawn_local(async move {
            let Some(value) = value.try_get_untracked() else { return };
            // Without the right to write there, the value stands selected: the keys that copy do it.
            if JsFuture::from(window().navigator().clipboard().write_text(&value)).await.is_ok() {
                let _ = copied.try_set(true);
                let over = move || {
                    let _ = copied.try_set(false);
                };
                set_timeout(over, SHOWN_FOR);
            }
        });
    };
    let hint_id = format!("{name}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    let (full, done) = (texts().copy_named(&label), texts().copied_named(&label));
    let named = move || if copied.get() { done.clone() } else { full.clone() };
    // What is copied is for machines: it runs from left to right in every language.
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <div class="copy">
                <input node_ref=field id=name readonly dir="ltr" spellcheck="false" prop:value=move || value.get() on:focus=move |_| select() aria-describedby=described/>
                <button type="button" class="button" aria-label=named on:click=copy>{move || if copied.get() { texts().copied() } else { texts().copy() }}</button>
            </div>
            {hint.map(|hint| view! { <small id=hint_id>{hint}</small> })}
            <p class="told" role="status">{move || copied.get().then(|| texts().copied())}</p>
        </div>
    }
}
