//! One kind's figures (requirement A1).

use leptos::prelude::*;
use seatwise_domain::wire::NextExpiry;
use seatwise_domain::{Balance, Kind};

use crate::ui::{Card, Day, Figure, Figures, Meter, Part};
use crate::words::{self, Tone, texts};

/// A kind's four figures, and the meter that shows their parts.
#[component]
pub(crate) fn KindCard(
    /// The kind.
    kind: Kind,
    /// Its figures.
    balance: Balance,
    /// The lot that ends next.
    #[prop(optional_no_strip)]
    next: Option<NextExpiry>,
) -> impl IntoView {
    let overdrawn = (-balance.available).max(0);
    let parts = vec![
        // What is overdrawn is in use or pending as well; the meter shows it once, at the end.
        Part { value: balance.in_use.saturating_sub(overdrawn).max(0), tone: Tone::IN_USE },
        Part { value: balance.pending, tone: Tone::PENDING },
        Part { value: balance.available.max(0), tone: Tone::AVAILABLE },
        Part { value: overdrawn, tone: Tone::OVERDRAWN },
    ];
    let figures = vec![
        Figure { label: texts().available_to_assign(), value: balance.available, tone: Some(Tone::AVAILABLE) },
        Figure { label: texts().in_use(), value: balance.in_use, tone: Some(Tone::IN_USE) },
        Figure { label: texts().pending_invite(), value: balance.pending, tone: Some(Tone::PENDING) },
        Figure { label: texts().total_licences(), value: balance.total, tone: None },
    ];
    let aside = move || {
        let hint = match kind {
            Kind::User => texts().one_learner_each(),
            Kind::Content => texts().one_reader_each(),
        };
        let next = next.clone().map(|next| view! { " · " {texts().next_expire(next.quantity)} " " <Day at=next.ends_at/> });
        view! { {hint} {next} }
    };
    view! {
        <Card title=words::kind(kind) aside=aside>
            <Meter parts=parts/>
            <Figures figures=figures/>
        </Card>
    }
}
