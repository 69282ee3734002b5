//! The company's logo and colour, with a preview of what becomes of the colour where people have to read.

use leptos::html;
use leptos::prelude::*;
use seatwise_domain::colour::{Colour, Tone, Tones};
use seatwise_domain::wire::{LookSettings, Role};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, SubmitEvent};

use super::frame::{SettingsHead, keep};
use crate::client;
use crate::load::{Loaded, Submission};
use crate::session::Account;
use crate::ui::{Card, Field, Send, Toasts, Trouble, Waiting};
use crate::words::{settings_texts, texts};

/// The page.
#[component]
pub(crate) fn LookPage() -> impl IntoView {
    let account = Account::expect();
    let look = Loaded::new(move || client::look(account.company_id()));
    // A form that somebody fills in isn't drawn again because the window was looked at.
    let first = Memo::new(move |before: Option<&Option<LookSettings>>| match before {
        Some(Some(before)) => Some(before.clone()),
        _ => look.value(),
    });
    view! {
        <SettingsHead page=settings_texts().look()/>
        {move || match first.get() {
            Some(look) => view! { <Shown look=look/> }.into_any(),
            None => view! { <Waiting on=look show=|_| ()/> }.into_any(),
        }}
    }
}

#[component]
fn Shown(look: LookSettings) -> impl IntoView {
    let look = RwSignal::new(look);
    view! {
        <div class="stack narrow">
            <p class="calm">{settings_texts().look_text()}</p>
            <LogoCard look=look/>
            <ColourForm look=look/>
        </div>
    }
}

fn company() -> String {
    match Account::expect().session().map(|session| session.identity.role) {
        Some(Role::Member { company, .. }) => company,
        _ => String::new(),
    }
}

/// The logo: a file is taken as soon as it is chosen.
#[component]
fn LogoCard(look: RwSignal<LookSettings>) -> impl IntoView {
    let account = Account::expect();
    let form = Submission::new();
    let toasts = Toasts::expect();
    let input = NodeRef::<html::Input>::new();
    let chosen = move |event: web_sys::Event| {
        let files = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()).and_then(|input| input.files());
        let Some(file) = files.and_then(|files| files.get(0)) else { return };
        form.send(client::keep_logo(account.company_id(), file), move |kept| {
            look.set(kept);
            toasts.tell(settings_texts().logo_kept().to_owned());
        });
        // The same file may be chosen again.
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let remove = move |_| {
        form.send(client::remove_logo(account.company_id()), move |left| {
            look.set(left);
            toasts.tell(settings_texts().logo_removed().to_owned());
        });
    };
    let logo = Memo::new(move |_| look.with(|look| look.look.logo.clone()));
    let words = settings_texts();
    let name = words.logo_of(&company());
    let shown = move || match logo.get() {
        Some(logo) => {
            let picture = |side: &'static str| {
                let (width, height) = (logo.width.to_string(), logo.height.to_string());
                view! { <span class="ground" style:color-scheme=side><img class="logo" src=logo.address.clone() width=width height=height alt=name.clone()/></span> }
            };
            view! { <div class="grounds">{picture("light")}{picture("dark")}</div> }.into_any()
        }
        None => view! { <p class="calm">{words.no_logo()}</p> }.into_any(),
    };
    let label = move || if logo.with(Option::is_some) { words.other_logo() } else { words.choose_logo() };
    view! {
        <Card title=words.logo()>
            {shown}
            <div class="field">
                <label for="logo">{label}</label>
                <input node_ref=input id="logo" type="file" accept="image/png,image/jpeg,image/webp" on:change=chosen aria-describedby="logo-hint"/>
                <small id="logo-hint">{words.logo_hint()}</small>
            </div>
            <Trouble failure=form.failure/>
            <Show when=move || logo.with(Option::is_some)>
                <p class="do"><button type="button" class="button" on:click=remove>{words.remove_logo()}</button></p>
            </Show>
        </Card>
    }
}

#[component]
fn ColourForm(look: RwSignal<LookSettings>) -> impl IntoView {
    let account = Account::expect();
    let typed = RwSignal::new(look.with_untracked(|look| look.accent.clone().unwrap_or_default()));
    let form = Submission::new();
    let toasts = Toasts::expect();
    let wanted = move || Some(typed.get().trim().to_lowercase()).filter(|text| !text.is_empty());
    let changed = Memo::new(move |_| look.with(|look| look.accent.clone()) != wanted());
    keep(changed);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.send(client::change_look(account.company_id(), untrack(wanted)), move |saved| {
            typed.set(saved.accent.clone().unwrap_or_default());
            look.set(saved);
            toasts.tell(settings_texts().look_saved().to_owned());
        });
    };
    let colour = Memo::new(move |_| Colour::parse(&typed.get()));
    let words = settings_texts();
    view! {
        <form on:submit=submit novalidate>
            <Card title=words.colour()>
                <div class="pair picking">
                    <Field name="accent" label=words.colour() value=typed hint=words.colour_hint() problem=form.about("accent")/>
                    <div class="field">
                        <label for="pick">{words.pick_colour()}</label>
                        <input
                            id="pick"
                            type="color"
                            prop:value=move || colour.get().map_or_else(|| "#1f4fd1".to_owned(), |colour| colour.to_string())
                            on:input=move |event| typed.set(event_target_value(&event))
                        />
                    </div>
                </div>
                <div aria-live="polite">{move || colour.get().map(|colour| view! { <Preview accent=colour/> })}</div>
                <Trouble failure=form.failure/>
                <p class="do"><Send label=texts().save() busy=form.busy/></p>
            </Card>
        </form>
    }
}

/// The colour in light and in dark, and what was done so that it can be read.
#[component]
fn Preview(accent: Colour) -> impl IntoView {
    let words = settings_texts();
    let tones = Tones::of(accent);
    let accent = accent.to_string();
    let side = move |dark: bool, tone: Tone| {
        let (title, scheme) = if dark { (words.in_dark(), "dark") } else { (words.in_light(), "light") };
        let said = match (tone.text == accent, dark) {
            (true, _) => words.fits(),
            (false, false) => words.too_pale(),
            (false, true) => words.too_dark(),
        };
        let button = match (tone.button == accent, dark) {
            (true, _) => None,
            (false, false) => Some(words.button_too_pale()),
            (false, true) => Some(words.button_too_dark()),
        };
        view! {
            <section class="ground look" style:color-scheme=scheme
                style:--text-light=tone.text.clone() style:--text-dark=tone.text
                style:--button-light=tone.button.clone() style:--button-dark=tone.button
                style:--ink-light=tone.ink.clone() style:--ink-dark=tone.ink>
                <h3>{title}</h3>
                <p><span class="link">{words.sample_link()}</span></p>
                <p><span class="button main">{words.sample_button()}</span></p>
                <small>{said} " " {button}</small>
            </section>
        }
    };
    view! { <div class="grounds">{side(false, tones.light)}{side(true, tones.dark)}</div> }
}
