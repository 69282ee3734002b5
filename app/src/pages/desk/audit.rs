//! The audit of one company, at the desk.

use leptos::prelude::*;
use seatwise_domain::wire::{Audit as Found, Difference, Differing};

use crate::client;
use crate::load::Submission;
use crate::ui::{Banner, Card, Table, Trouble};
use crate::words::{Tone, desk_texts, number};

/// A card that runs the audit, says what it has found, and puts right what can be.
#[component]
pub(super) fn Audit(
    /// The company's id.
    company: String,
) -> impl IntoView {
    let found = RwSignal::new(None::<Found>);
    let form = Submission::new();
    let company = StoredValue::new(company);
    let run = move |_| form.send(client::audit(company.get_value()), move |audit| found.set(Some(audit)));
    let repair = move |_| form.send(client::repair_counters(company.get_value()), move |audit| found.set(Some(audit)));
    view! {
        <Card title=desk_texts().audit()>
            <p class="calm">{desk_texts().audit_text()}</p>
            <Trouble failure=form.failure/>
            <div role="status" aria-live="polite">{move || found.get().map(|audit| view! { <Result audit=audit/> })}</div>
            <p class="do">
                <button type="button" class="button" aria-busy=move || form.busy.get().to_string() on:click=run>{desk_texts().run_audit()}</button>
                <Show when=move || found.with(|found| found.as_ref().is_some_and(|audit| audit.repairable))>
                    <button type="button" class="button main" on:click=repair>{desk_texts().put_right()}</button>
                </Show>
            </p>
        </Card>
    }
}

#[component]
fn Result(audit: Found) -> impl IntoView {
    let size = desk_texts().audited(audit.events, &number(audit.sealed), &number(audit.licences));
    if audit.differences.is_empty() {
        return view! { <Banner tone=Tone::IN_USE title=desk_texts().all_is_well()><p>{size}</p></Banner> }.into_any();
    }
    let count = i64::try_from(audit.differences.len()).unwrap_or(i64::MAX);
    let what_next = if audit.repairable { desk_texts().put_right_text() } else { desk_texts().only_by_hand() };
    let row = |difference: Difference| {
        let what = match difference.what {
            Differing::LotCounters => desk_texts().differing_lot(),
            Differing::Holdings => desk_texts().differing_holdings(),
            Differing::Movements => desk_texts().differing_movements(),
            Differing::Licence => desk_texts().differing_licence(),
            Differing::Balance => desk_texts().differing_balance(),
            Differing::Seal => desk_texts().differing_seal(),
        };
        view! {
            <tr>
                <td>{what}</td>
                <td data-label=desk_texts().which()>{difference.which}</td>
                <td data-label=desk_texts().stored()>{difference.stored}</td>
                <td data-label=desk_texts().expected()>{difference.expected}</td>
            </tr>
        }
    };
    let head = vec![
        (desk_texts().what(), false),
        (desk_texts().which(), false),
        (desk_texts().stored(), false),
        (desk_texts().expected(), false),
    ];
    view! {
        <Banner tone=Tone::OVERDRAWN title=desk_texts().differences(count)><p>{size} " " {what_next}</p></Banner>
        <Table label=desk_texts().audit() head=head>{audit.differences.into_iter().map(row).collect_view()}</Table>
    }
    .into_any()
}
