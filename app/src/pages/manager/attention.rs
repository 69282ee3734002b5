//! What needs attention, each with the action that solves it.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{Dashboard, KindSummary, Narrowed, NextExpiry, SortedBy, Standing};

use crate::routes::{self, List, Wanted};
use crate::ui::WayOn;
use crate::words::{self, Tone, texts};

/// How long before its end a lot needs attention.
const SOON: i64 = 60 * DAY;
/// How long before its end an invite needs attention.
const INVITE_SOON: i64 = 7 * DAY;

/// One thing that needs attention.
struct Item {
    /// How much it matters: the least comes first.
    rank: u8,
    tone: Tone,
    title: String,
    text: String,
    action: Option<(String, String)>,
}

fn of_kind(dashboard: &Dashboard, kind: Kind, summary: &KindSummary) -> Vec<Item> {
    let mut items = Vec::new();
    // What is set aside for groups is nobody else's, and settles nothing of what is overdrawn.
    let missing = summary.set_aside.saturating_sub(summary.balance.available);
    let outside = summary.set_aside > 0;
    // Content licences hold everybody up when each new user needs one (C5); else only those who want content.
    let text = match kind {
        Kind::User => texts().none_available_user(),
        Kind::Content if dashboard.content_with_user => texts().none_available_blocks(),
        Kind::Content => texts().none_available_content(),
    };
    let wanted = summary.balance.total > 0 || (kind == Kind::Content && dashboard.content_with_user);
    if missing > 0 {
        items.push(Item {
            rank: 0,
            tone: Tone::OVERDRAWN,
            title: match kind {
                Kind::User => texts().overdrawn_user(missing),
                Kind::Content => texts().overdrawn_content(missing),
            },
            text: text.to_owned(),
            action: Some((routes::request(kind, Some(missing)), texts().request_number(missing))),
        });
    } else if missing == 0 && wanted {
        items.push(Item {
            rank: 1,
            tone: Tone::PENDING,
            title: match (kind, outside) {
                (Kind::User, false) => texts().no_user_available(),
                (Kind::User, true) => texts().no_user_outside_groups(),
                (Kind::Content, false) => texts().no_content_available(),
                (Kind::Content, true) => texts().no_content_outside_groups(),
            }
            .to_owned(),
            text: text.to_owned(),
            action: Some((routes::request(kind, None), texts().request().to_owned())),
        });
    }
    if let Some(next) = summary.next_expiry.as_ref().filter(|next| next.ends_at <= dashboard.now.plus(SOON)) {
        items.push(Item {
            rank: 2,
            tone: Tone::PENDING,
            title: {
                let days = texts().days(words::days_until(next.ends_at, dashboard.now));
                match kind {
                    Kind::User => texts().user_expire_in(next.quantity, &days),
                    Kind::Content => texts().content_expire_in(next.quantity, &days),
                }
            },
            text: match (next.renewal, next.held) {
                (Some(order), _) => texts().renewal_is_requested(&order.to_string()),
                (None, 0) => texts().none_held().to_owned(),
                (None, held) if held >= next.quantity => texts().all_held().to_owned(),
                (None, held) => texts().of_them_held(held),
            },
            action: Some(match next.renewal {
                Some(_) => (routes::ORDERS.to_owned(), texts().view().to_owned()),
                None => (renew(kind, next), texts().renew().to_owned()),
            }),
        });
    }
    items
}

/// The dialogue that renews the lot that ends next.
fn renew(kind: Kind, next: &NextExpiry) -> String {
    let wanted = Wanted {
        quantity: Some(next.quantity),
        group: next.group_id.clone(),
        renews: Some(next.lot.clone()),
        ..Wanted::of(kind)
    };
    wanted.address()
}

/// What waits with people: each leads to them.
fn of_people(dashboard: &Dashboard) -> Vec<Item> {
    let attention = &dashboard.attention;
    let list = |narrowed, sorted| List { narrowed, sorted, ..List::default() }.address();
    let mut items = Vec::new();
    if attention.waiting > 0 {
        items.push(Item {
            rank: 1,
            tone: Tone::PENDING,
            title: texts().users_waiting(attention.waiting),
            text: texts().users_waiting_text().to_owned(),
            action: Some((list(Narrowed::To(Standing::Waiting), SortedBy::Name), texts().view().to_owned())),
        });
    }
    if let Some(name) = &attention.mail_failed_to {
        items.push(Item {
            rank: 2,
            tone: Tone::OVERDRAWN,
            title: texts().mails_failed(attention.mails_failed, &name.name),
            text: texts().mails_failed_text().to_owned(),
            action: Some((routes::user(&name.id), texts().view().to_owned())),
        });
    }
    let pending = dashboard.user.balance.pending.max(1);
    if let Some(ends_at) = attention.first_invite_ends_at.filter(|ends_at| *ends_at <= dashboard.now.plus(INVITE_SOON)) {
        items.push(Item {
            rank: 4,
            tone: Tone::PENDING,
            title: texts().invites_end(pending, &texts().days(words::days_until(ends_at, dashboard.now))),
            text: texts().invites_end_text().to_owned(),
            action: Some((list(Narrowed::To(Standing::Pending), SortedBy::End), texts().view().to_owned())),
        });
    }
    if let Some(days) = attention.inactive_days {
        items.push(Item {
            rank: 5,
            tone: Tone::AVAILABLE,
            title: texts().users_inactive(days),
            text: texts().users_inactive_text().to_owned(),
            action: Some((list(Narrowed::Inactive, SortedBy::Active), texts().view().to_owned())),
        });
    }
    items
}

fn of_all(dashboard: &Dashboard) -> Vec<Item> {
    let mut items = of_kind(dashboard, Kind::User, &dashboard.user);
    items.extend(of_kind(dashboard, Kind::Content, &dashboard.content));
    if dashboard.waiting_orders > 0 {
        items.push(Item {
            rank: 3,
            tone: Tone::AVAILABLE,
            title: texts().orders_waiting(dashboard.waiting_orders),
            text: texts().orders_waiting_text().to_owned(),
            action: Some((routes::ORDERS.to_owned(), texts().view().to_owned())),
        });
    }
    items.extend(of_people(dashboard));
    items.sort_by_key(|item| item.rank);
    items
}

/// The list of what needs attention, by what the dashboard knows.
pub(super) fn attention(dashboard: &Dashboard) -> AnyView {
    let items = of_all(dashboard);
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
