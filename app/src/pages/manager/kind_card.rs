//! One kind's figures (requirement A1).

use leptos::prelude::*;
use seatwise_domain::wire::NextExpiry;
use seatwise_domain::{Balance, Kind};

use crate::routes;
use crate::ui::{Card, Day, Figure, Figures, Meter, Part};
use crate::words::{self, Tone, number, texts};

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
    /// How many of the available ones are set aside for groups.
    #[prop(optional)]
    set_aside: i64,
    /// Whether each figure leads to its explanation.
    #[prop(optional)]
    explain: bool,
) -> impl IntoView {
    let overdrawn = (-balance.available).max(0);
    let parts = vec![
        // What is overdrawn is in use or pending as well; the meter shows it once, at the end.
        Part { value: balance.in_use.saturating_sub(overdrawn).max(0), tone: Tone::IN_USE },
        Part { value: balance.pending, tone: Tone::PENDING },
        Part { value: balance.available.max(0), tone: Tone::AVAILABLE },
        Part { value: overdrawn, tone: Tone::OVERDRAWN },
    ];
    let figure = |label: &'static str, value: i64, tone| {
        let explained = explain.then(|| (routes::explain(kind), texts().explain_figure(label, &number(value))));
        Figure { label, value, tone, explained }
    };
    let figures = vec![
        figure(texts().available_to_assign(), balance.available, Some(Tone::AVAILABLE)),
        figure(texts().in_use(), balance.in_use, Some(Tone::IN_USE)),
        figure(texts().pending_invite(), balance.pending, Some(Tone::PENDING)),
        figure(texts().total_licences(), balance.total, None),
    ];
    let aside = move || {
        let hint = match kind {
            Kind::User => texts().one_learner_each(),
            Kind::Content => texts().one_reader_each(),
        };
        let next = next.clone().map(|next| view! { " · " {texts().next_expire(next.quantity)} " " <Day at=next.ends_at/> });
        let set_aside = (set_aside > 0).then(|| view! { " · " {texts().set_aside(set_aside)} });
        view! { {hint} {set_aside} {next} }
    };
    view! {
        <Card title=words::kind(kind) aside=aside>
            <Meter parts=parts/>
            <Figures figures=figures/>
        </Card>
    }
}
