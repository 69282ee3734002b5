//! The design system at a glance: every part of `ui` in every state. For developers, so in English only, and left out of
//! what goes to people (see `later.rs`).

mod pressed;
mod shown;
mod told;
mod typed;

use leptos::prelude::*;

use crate::ui::PageHead;

/// All parts in all states.
#[component]
pub(crate) fn Gallery() -> impl IntoView {
    view! {
        <main id="main">
            <PageHead title="Parts"/>
            <p class="lead">"Every part of the interface in every state. Hover and focus are the browser's: try them here."</p>
            <div class="stack">
                <div class="stack" id="pressed">{pressed::sections()}</div>
                <div class="stack" id="typed">{typed::sections()}</div>
                <div class="stack" id="shown">{shown::sections()}</div>
                <div class="stack" id="told">{told::sections()}</div>
            </div>
        </main>
    }
}

/// What one part looks like, state by state.
#[component]
fn Section(
    /// The part.
    title: &'static str,
    /// Its states.
    children: Children,
) -> impl IntoView {
    let id = title.to_lowercase().replace(' ', "-");
    view! {
        <section class="card" id=id aria-label=title>
            <header><h2>{title}</h2></header>
            <div class="body stack">{children()}</div>
        </section>
    }
}

/// One state of a part, called by its name.
#[component]
fn State(
    /// What it is called.
    name: &'static str,
    /// The part in that state.
    children: Children,
) -> impl IntoView {
    view! { <div><small>{name}</small><div>{children()}</div></div> }
}

/// A word longer than any line of a phone.
const LONG_WORD: &str = "rechtsschutzversicherungsgesellschaften.weiterbildung@donaudampfschifffahrt.example.com";
/// A sentence longer than a line.
const LONG: &str =
    "Whoever joins the company through the directory sync gets a licence of this lot as long as there are any left in it";
