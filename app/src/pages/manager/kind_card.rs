//! One kind's figures (requirement A1).

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::wire::{Narrowed, NextExpiry, Standing};
use seatwise_domain::{Balance, Kind};

use crate::routes::{self, List};
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
    /// Whether each figure leads to its explanation, and its name to what it counts.
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
    let figure = |label: &'static str, value: i64, tone, counts: String| {
        let explained = explain.then(|| (routes::explain(kind), texts().explain_figure(label, &number(value))));
        Figure { label, value, tone, counted: explain.then_some(counts), explained }
    };
    // The list of users tells of user licences; who holds content licences stands in the history of today.
    let holders = |standing| match kind {
        Kind::User => List { narrowed: Narrowed::To(standing), ..List::default() }.address(),
        Kind::Content => routes::holders_of(kind),
    };
    let lots = || routes::LICENCES.to_owned();
    let figures = vec![
        figure(texts().available_to_assign(), balance.available, Some(Tone::AVAILABLE), lots()),
        figure(texts().in_use(), balance.in_use, Some(Tone::IN_USE), holders(Standing::InUse)),
        figure(texts().pending_invite(), balance.pending, Some(Tone::PENDING), holders(Standing::Pending)),
        figure(texts().total_licences(), balance.total, None, lots()),
    ];
    let aside = move || {
        if explain && overdrawn > 0 {
            return view! { <A href=routes::explain(kind) scroll=false>{texts().why_negative()}</A> }.into_any();
        }
        let hint = match kind {
            Kind::User => texts().one_learner_each(),
            Kind::Content => texts().one_reader_each(),
        };
        let next = next.clone().map(|next| view! { " · " {texts().next_expire(next.quantity)} " " <Day at=next.ends_at/> });
        let set_aside = (set_aside > 0).then(|| view! { " · " {texts().set_aside(set_aside)} });
        view! { {hint} {set_aside} {next} }.into_any()
    };
    view! {
        <Card title=words::kind(kind) aside=aside>
            <Meter parts=parts/>
            <Figures figures=figures/>
        </Card>
    }
}
