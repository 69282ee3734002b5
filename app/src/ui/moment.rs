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
