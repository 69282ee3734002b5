//! A bar chart, drawn as SVG and told as a list.

use leptos::prelude::*;

/// One bar.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    /// What stands below it.
    pub(crate) label: String,
    /// The same in full, for those who listen.
    pub(crate) full: String,
    /// How high it is.
    pub(crate) value: i64,
    /// The value as people write it.
    pub(crate) shown: String,
    /// Whether it needs attention.
    pub(crate) soon: bool,
}

const HEIGHT: i64 = 150;
const FLOOR: i64 = 120;
const TALLEST: i64 = 96;
const STEP: i64 = 50;

/// A bar chart.
#[component]
pub(crate) fn BarChart(
    /// What it shows.
    label: &'static str,
    /// The bars.
    bars: Vec<Bar>,
) -> impl IntoView {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or_default().max(1);
    // Time runs as the language does.
    let last = i64::try_from(bars.len()).unwrap_or_default().saturating_sub(1);
    let place = move |index: i64| if crate::words::language().right_to_left() { last.saturating_sub(index) } else { index };
    let width = STEP.saturating_mul(i64::try_from(bars.len()).unwrap_or_default());
    let told: Vec<String> = bars.iter().filter(|bar| bar.value > 0).map(|bar| format!("{}: {}", bar.full, bar.shown)).collect();
    let drawn = bars
        .into_iter()
        .zip(0_i64..)
        .map(|(bar, index)| {
            let height = if bar.value > 0 { bar.value.saturating_mul(TALLEST) / most } else { 0 }.max(2);
            let left = place(index).saturating_mul(STEP);
            let middle = left + STEP / 2;
            view! {
                <g>
                    <rect class=if bar.soon { "soon" } else { "later" } x=left + 8 y=FLOOR - height width="34" height=height rx="3"/>
                    {(bar.value > 0).then(|| view! { <text class="value" x=middle y=FLOOR - height - 8>{bar.shown}</text> })}
                    <text x=middle y="140">{bar.label}</text>
                </g>
            }
        })
        .collect_view();
    view! {
        <svg class="chart" viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=label aria-hidden="true">{drawn}</svg>
        <ul class="told">{told.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
    }
}
