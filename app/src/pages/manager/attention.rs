//! What needs attention, each with the action that solves it.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{Dashboard, KindSummary};

use crate::routes;
use crate::ui::WayOn;
use crate::words::{self, Tone, texts};

/// How long before its end a lot needs attention.
const SOON: i64 = 60 * DAY;

struct Item {
    tone: Tone,
    title: String,
    text: String,
    action: Option<(String, String)>,
}

fn of_kind(dashboard: &Dashboard, kind: Kind, summary: &KindSummary) -> Vec<Item> {
    let mut items = Vec::new();
    let available = summary.balance.available;
    if available < 0 {
        items.push(Item {
            tone: Tone::OVERDRAWN,
            title: texts().overdrawn_by(-available, words::kind(kind)),
            text: texts().overdrawn_text().to_owned(),
            action: Some((routes::request(kind, Some(-available)), texts().request_number(-available))),
        });
    } else if available == 0 && summary.balance.total > 0 {
        items.push(Item {
            tone: Tone::PENDING,
            title: texts().none_available(words::kind(kind)),
            text: match kind {
                Kind::User => texts().none_available_user(),
                Kind::Content => texts().none_available_content(),
            }
            .to_owned(),
            action: Some((routes::request(kind, None), texts().request().to_owned())),
        });
    }
    if let Some(next) = summary.next_expiry.as_ref().filter(|next| next.ends_at <= dashboard.now.plus(SOON)) {
        items.push(Item {
            tone: Tone::PENDING,
            title: texts().expire_in(&words::licences(kind, next.quantity), words::days_until(next.ends_at, dashboard.now)),
            text: texts().of_them_held(next.held),
            action: Some((routes::request(kind, Some(next.quantity)), texts().renew().to_owned())),
        });
    }
    items
}

/// The list of what needs attention.
#[component]
pub(super) fn Attention(
    /// What the dashboard knows.
    dashboard: Dashboard,
) -> impl IntoView {
    let mut items = of_kind(&dashboard, Kind::User, &dashboard.user);
    items.extend(of_kind(&dashboard, Kind::Content, &dashboard.content));
    if dashboard.waiting_orders > 0 {
        items.push(Item {
            tone: Tone::AVAILABLE,
            title: texts().orders_waiting(dashboard.waiting_orders),
            text: texts().orders_waiting_text().to_owned(),
            action: Some((routes::ORDERS.to_owned(), texts().view().to_owned())),
        });
    }
    if items.is_empty() {
        return view! { <p class="calm">{texts().nothing_needs_attention()}</p> }.into_any();
    }
    let item = |item: Item| {
        view! {
            <li>
                <span class="dot" data-tone=item.tone.0></span>
                <div><b>{item.title}</b><p>{item.text}</p></div>
                {item.action.map(|(to, label)| view! { <WayOn to=to label=label/> })}
            </li>
        }
    };
    view! { <ul class="todo">{items.into_iter().map(item).collect_view()}</ul> }.into_any()
}
