//! What the pages of the settings share: their head, the form around the fields, and what keeps changes from being lost.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::SubmitEvent;

use super::draft::Draft;
use crate::pages::help_link::HelpLink;
use crate::pages::tab::name_tab;
use crate::routes;
use crate::ui::{Banner, PageHead, Send, Tabs, Trouble};
use crate::words::{Tone, settings_texts, texts};

/// The head and the tabs of the settings.
#[component]
pub(in crate::pages::manager) fn SettingsHead(
    /// Which of the settings' pages it is.
    page: &'static str,
) -> impl IntoView {
    let words = settings_texts();
    let pages = [
        (routes::SETTINGS, words.company()),
        (routes::SETTINGS_LICENCES, texts().licences()),
        (routes::SETTINGS_INVITES, texts().invites()),
        (routes::NOTICES, texts().notices()),
        (routes::SETTINGS_PEOPLE, words.people()),
        (routes::SETTINGS_LOOK, words.look()),
    ];
    let head = view! { <PageHead title=texts().settings()><HelpLink topic="settings" about=texts().settings()/></PageHead> };
    name_tab(page, texts().settings());
    view! {
        {head}
        <Tabs label=texts().settings() pages=pages/>
    }
}

/// A form around fields of a draft: it saves them, says what somebody else has saved meanwhile, and asks before changes
/// are left behind.
#[component]
pub(super) fn DraftForm(
    /// The draft.
    draft: Draft,
    /// The fields; made anew when they are filled in anew.
    #[prop(into)]
    fields: ViewFn,
) -> impl IntoView {
    let changed = Memo::new(move |_| draft.changed());
    keep(changed);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.save();
    };
    let round = move || {
        draft.round.track();
        untrack(|| fields.run())
    };
    view! {
        <form class="stack narrow" on:submit=submit novalidate>
            <div role="alert">{move || draft.theirs.get().map(|both| view! { <Meanwhile draft=draft both=both/> })}</div>
            {round}
            <Trouble failure=draft.form.failure/>
            <div class="do saving">
                <Send label=texts().save() busy=draft.form.busy/>
                <Show when=move || changed.get()>
                    <button type="button" class="button" on:click=move |_| draft.discard()>{settings_texts().discard()}</button>
                    <span class="calm" role="status">{settings_texts().unsaved()}</span>
                </Show>
            </div>
        </form>
    }
}

/// What somebody else has saved meanwhile, beside what stands in the form.
#[component]
fn Meanwhile(draft: Draft, both: Vec<usize>) -> impl IntoView {
    let words = settings_texts();
    let text = if both.is_empty() { words.both_kept() } else { words.differs() };
    let line = move |place: usize| {
        draft.both(place).map(|(what, theirs, yours)| {
            view! {
                <li>
                    <span>{words.theirs_and_yours(what, &theirs, &yours)}</span>
                    <button type="button" class="button" aria-label=words.take_theirs_of(what) on:click=move |_| draft.take_theirs(place)>{words.take_theirs()}</button>
                </li>
            }
        })
    };
    view! {
        <Banner tone=Tone::PENDING title=words.saved_meanwhile()>
            <p>{text}</p>
            <ul class="people">{both.into_iter().map(line).collect_view()}</ul>
        </Banner>
    }
}

/// Asks before the page is left while `changed`: by a link, by closing it, or by loading it anew.
pub(in crate::pages::manager) fn keep(changed: Memo<bool>) {
    let unsaved = move || changed.try_get_untracked() == Some(true);
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if unsaved() {
            event.prevent_default();
        }
    });
    // Before the router hears of it.
    let listener = Closure::<dyn Fn(web_sys::Event)>::wrap(Box::new(move |event: web_sys::Event| {
        let link = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = link.and_then(|element| element.closest("a[href^='/']").ok().flatten());
        if link.is_some() && unsaved() && !window().confirm_with_message(settings_texts().leave_unsaved()).unwrap_or(true) {
            event.prevent_default();
            event.stop_propagation();
        }
    }))
    .into_js_value();
    let function = SendWrapper::new(listener.unchecked_into::<js_sys::Function>());
    let _ = document().add_event_listener_with_callback_and_bool("click", &function, true);
    on_cleanup(move || {
        leaving.remove();
        let _ = document().remove_event_listener_with_callback_and_bool("click", &function, true);
    });
}
