//! The way to renew a lot that ends soon.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::Instant;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{ENDING_WITHIN, LotLine};

use crate::routes::{self, Wanted};
use crate::words::texts;

/// Whether it is time to think of renewing a lot, and nobody has.
pub(super) fn is_due(lot: &LotLine, now: Instant) -> bool {
    lot.renewal.is_none() && now < lot.ends_at && lot.ends_at <= now.plus(ENDING_WITHIN.saturating_mul(DAY))
}

/// The button that renews a lot, or the order that already does.
pub(super) fn way(
    lot: &LotLine,
    now: Instant,
    // Whether the reader can request some.
    ask: bool,
) -> AnyView {
    if let Some(order) = lot.renewal {
        let requested = texts().renewal_requested(&order.to_string());
        return if ask { view! { <A href=routes::ORDERS>{requested}</A> }.into_any() } else { requested.into_any() };
    }
    if !ask || !is_due(lot, now) {
        return "—".into_any();
    }
    let wanted = Wanted {
        quantity: Some(lot.quantity),
        group: lot.group_id.clone(),
        renews: Some(lot.id.clone()),
        ..Wanted::of(lot.kind)
    };
    let order = lot.order.map(|order| order.to_string()).unwrap_or_default();
    view! { <A href=wanted.address() attr:class="button" attr:aria-label=texts().renew_order(&order)>{texts().renew()}</A> }
        .into_any()
}
