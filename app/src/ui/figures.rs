//! Figures in a row, and a meter that shows their parts.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::words::{Tone, number};

/// A figure with its name.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    /// What it counts.
    pub(crate) label: &'static str,
    /// How many.
    pub(crate) value: i64,
    /// The colour that stands for it in the meter.
    pub(crate) tone: Option<Tone>,
    /// Where what it counts is listed.
    pub(crate) counted: Option<String>,
    /// Where it is explained, and how that link is called.
    pub(crate) explained: Option<(String, String)>,
}

/// Figures in a row.
#[component]
pub(crate) fn Figures(
    /// The figures.
    figures: Vec<Figure>,
) -> impl IntoView {
    let figure = |figure: Figure| {
        let value = match figure.explained {
            Some((to, label)) => view! { <A href=to attr:aria-label=label scroll=false>{number(figure.value)}</A> }.into_any(),
            None => number(figure.value).into_any(),
        };
        let label = match figure.counted {
            Some(to) => view! { <A href=to>{figure.label}</A> }.into_any(),
            None => figure.label.into_any(),
        };
        view! {
            <div>
                <dt>{figure.tone.map(|tone| view! { <span class="dot" data-tone=tone.0></span> })}{label}</dt>
                <dd data-below=(figure.value < 0).then_some("zero")>{value}</dd>
            </div>
        }
    };
    view! { <dl class="figures">{figures.into_iter().map(figure).collect_view()}</dl> }
}

/// A part of a meter.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// How much of the whole.
    pub(crate) value: i64,
    /// Its colour.
    pub(crate) tone: Tone,
}

/// A meter that shows parts of a whole. The figures beside it say the same in words.
#[component]
pub(crate) fn Meter(
    /// The parts, in order.
    parts: Vec<Part>,
) -> impl IntoView {
    let part = |part: Part| view! { <i data-tone=part.tone.0 style:flex-grow=part.value.to_string()></i> };
    view! { <div class="meter" aria-hidden="true">{parts.into_iter().filter(|part| part.value > 0).map(part).collect_view()}</div> }
}
