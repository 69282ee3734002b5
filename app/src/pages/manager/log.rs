//! Lines of the history.

use leptos::prelude::*;
use seatwise_domain::wire::EventLine;

use crate::ui::Since;
use crate::words;

/// Events, one a line: who did what, and how long ago.
#[component]
pub(crate) fn Log(
    /// The events, newest first.
    events: Vec<EventLine>,
) -> impl IntoView {
    let line = |event: EventLine| {
        let (actor, what) = words::event(&event);
        view! { <li><span><b>{actor}</b> " " {what}</span><Since at=event.at now=words::now()/></li> }
    };
    view! { <ul class="log">{events.into_iter().map(line).collect_view()}</ul> }
}
