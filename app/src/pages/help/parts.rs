//! What a page of the help consists of.

use leptos::prelude::*;

use crate::pages::keys::Keys;
use crate::pages::palette::ShortcutList;
use crate::routes;
use crate::ui::{Pill, WayOn};
use crate::words::Tone;

/// Words, in the reader's language.
pub(in crate::pages) type Said = fn() -> &'static str;

/// A status as it is shown elsewhere.
pub(super) type Status = fn() -> (&'static str, Tone);

/// A part of a section.
pub(in crate::pages) enum Part {
    /// A paragraph.
    Text(Said),
    /// Several things, one below the other.
    List(&'static [Said]),
    /// What words mean.
    Terms(&'static [(Said, Said)]),
    /// What statuses mean.
    Statuses(&'static [(Status, Said)]),
    /// The next sensible thing to do, on a page of the area that the reader works in.
    Way(Said, &'static str),
    /// All shortcuts.
    Shortcuts,
}

/// Shows a part.
#[component]
pub(super) fn PartView(part: &'static Part, desk: bool) -> impl IntoView {
    match part {
        Part::Text(text) => view! { <p>{text()}</p> }.into_any(),
        Part::List(lines) => view! { <ul>{lines.iter().map(|line| view! { <li>{line()}</li> }).collect_view()}</ul> }.into_any(),
        Part::Terms(terms) => {
            let term = |(term, text): &(Said, Said)| view! { <div><dt>{term()}</dt><dd>{text()}</dd></div> };
            view! { <dl class="terms">{terms.iter().map(term).collect_view()}</dl> }.into_any()
        }
        Part::Statuses(statuses) => {
            let status = |(status, text): &(Status, Said)| view! { <div><dt><Pill of=status()/></dt><dd>{text()}</dd></div> };
            view! { <dl class="terms">{statuses.iter().map(status).collect_view()}</dl> }.into_any()
        }
        Part::Way(label, to) => {
            (to.starts_with(routes::DESK) == desk).then(|| view! { <p class="way"><WayOn to=*to label=label()/></p> }).into_any()
        }
        Part::Shortcuts => Keys::expect().map(|keys| view! { <ShortcutList keys=keys/> }).into_any(),
    }
}
