//! What ends in the next months, as a chart.

use leptos::prelude::*;
use seatwise_domain::Instant;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::MonthOfExpiries;

use crate::ui::{Bar, BarChart};
use crate::words::{self, number, texts};

/// How long before their end licences are drawn in the warning colour.
const SOON: i64 = 60 * DAY;

/// The chart; a sentence where nothing ends.
pub(super) fn expiries(months: &[MonthOfExpiries], now: Instant) -> AnyView {
    if months.iter().all(|month| month.quantity == 0) {
        return view! { <p class="calm">{texts().nothing_expires()}</p> }.into_any();
    }
    let bar = |month: &MonthOfExpiries| Bar {
        label: words::month(month.month),
        full: words::month_and_year(month.month),
        value: month.quantity,
        shown: number(month.quantity),
        soon: month.month < now.plus(SOON),
    };
    view! { <BarChart label=texts().expiring_in_twelve_months() bars=months.iter().map(bar).collect()/> }.into_any()
}
