//! Moments: short to read, exact on hover.

use leptos::prelude::*;
use seatwise_domain::Instant;

use crate::words;

/// A day.
#[component]
pub(crate) fn Day(
    /// The moment.
    at: Instant,
) -> impl IntoView {
    view! { <time datetime=words::iso(at) title=words::moment(at)>{words::day(at)}</time> }
}

/// How long ago a moment was.
#[component]
pub(crate) fn Since(
    /// The moment.
    at: Instant,
    /// This moment.
    now: Instant,
) -> impl IntoView {
    view! { <time datetime=words::iso(at) title=words::moment(at)>{words::ago(at, now)}</time> }
}

/// How long ago a moment was, which stays true while the page is open.
#[component]
pub(crate) fn Age(
    /// The moment.
    at: Instant,
    /// This moment, as it goes on.
    now: Signal<Instant>,
) -> impl IntoView {
    view! { <time datetime=words::iso(at) title=words::moment(at)>{move || words::ago(at, now.get())}</time> }
}
