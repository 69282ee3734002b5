//! What is only read: figures, states, tables, charts, moments and people.

use leptos::prelude::*;
use seatwise_domain::Instant;
use seatwise_domain::time::{DAY, HOUR, MINUTE};
use seatwise_domain::wire::Contact;

use super::{LONG, LONG_WORD, Section, State};
use crate::ui::{Age, Bar, BarChart, Day, Figure, Figures, Meter, Part, Pill, Progress, Reach, Since, Table};
use crate::words::{Tone, number};

/// Every tone, and a status that has it.
const TONES: [(&str, Tone); 5] = [
    ("In use", Tone::IN_USE),
    ("Pending invite", Tone::PENDING),
    ("Available", Tone::AVAILABLE),
    ("Overdrawn", Tone::OVERDRAWN),
    ("Ended", Tone::EXPIRED),
];

/// The moment that counts as now, so that the page is always the same.
const NOW: Instant = Instant(1_804_982_400_000);

pub(super) fn sections() -> impl IntoView {
    view! { <Pills/> <MetersAndFigures/> <HowFar/> <Tables/> <Charts/> <Moments/> <People/> }
}

#[component]
fn Pills() -> impl IntoView {
    view! {
        <Section title="Pill">
            <p class="do">{TONES.map(|tone| view! { <Pill of=tone/> })}</p>
            <State name="More words than usual"><Pill of=("120 of 300 are assigned", Tone::AVAILABLE)/></State>
        </Section>
    }
}

/// A meter, and the figures that say the same.
fn balance(name: &'static str, [in_use, pending, available, overdrawn]: [i64; 4], explained: bool) -> impl IntoView {
    let part = |value, tone| Part { value, tone };
    let parts = vec![
        part(in_use, Tone::IN_USE),
        part(pending, Tone::PENDING),
        part(available, Tone::AVAILABLE),
        part(overdrawn, Tone::OVERDRAWN),
    ];
    let figure = |label, value, tone| Figure {
        label,
        value,
        tone,
        counted: None,
        explained: explained.then(|| ("/ui".to_owned(), format!("{label}: {}. Why?", number(value)))),
    };
    let figures = vec![
        figure("Available to assign", available - overdrawn, Some(Tone::AVAILABLE)),
        figure("In use", in_use + overdrawn, Some(Tone::IN_USE)),
        figure("Pending invite", pending, Some(Tone::PENDING)),
        figure("Total licences", in_use + pending + available, None),
    ];
    view! { <State name=name><Meter parts=parts/><Figures figures=figures/></State> }
}

#[component]
fn MetersAndFigures() -> impl IntoView {
    view! {
        <Section title="Meter and figures">
            {balance("As usual; each figure is a link to its explanation", [640, 120, 240, 0], true)}
            {balance("Below zero", [48, 6, 0, 12], false)}
            {balance("Nothing yet", [0, 0, 0, 0], false)}
            {balance("Long numbers, and parts too small to see", [1_234_567, 1, 9_876_543, 0], false)}
        </Section>
    }
}

#[component]
fn HowFar() -> impl IntoView {
    let far = |done: f64| view! { <div class="progress"><Progress label="Import" done=done all=100.0/><span>{done.to_string()} " of 100"</span></div> };
    view! {
        <Section title="Progress">
            {far(0.0)} {far(42.0)} {far(100.0)}
        </Section>
    }
}

#[component]
fn Tables() -> impl IntoView {
    let head = || vec![("User", false), ("Status", false), ("Ends", false), ("Licences", true)];
    let row = |(user, email, status, days, count): (&'static str, &'static str, usize, i64, i64)| {
        view! {
            <tr data-below=(count < 0).then_some("zero")>
                <td>{user}<small>{email}</small></td>
                <td data-label="Status">{TONES.get(status).map(|tone| view! { <Pill of=*tone/> })}</td>
                <td data-label="Ends"><Day at=NOW.plus(days * DAY)/></td>
                <td class="num" data-label="Licences">{number(count)}</td>
            </tr>
        }
    };
    let rows = [
        ("Ines Carvalho", "ines@example.com", 0, 90, 1),
        ("Tomasz Wrona", "tomasz@example.com", 1, 12, 12_000),
        (LONG, LONG_WORD, 3, 365, -12),
    ];
    view! {
        <Section title="Table">
            <Table label="Rows, one of them long and below zero, and their sum" head=head()>
                {rows.map(row)}
                <tr class="sum"><td>"Together"</td><td></td><td></td><td class="num" data-label="Licences">{number(11_989)}</td></tr>
            </Table>
            <Table label="A row that ends in buttons" head=vec![("Group", false), ("Members", true), ("What can be done", false)]>
                <tr>
                    <td>"Team North"</td>
                    <td class="num" data-label="Members">{number(24)}</td>
                    <td><div class="do"><button type="button" class="button">"Rename"</button><button type="button" class="button" data-danger="">"Remove"</button></div></td>
                </tr>
            </Table>
        </Section>
    }
}

#[component]
fn Charts() -> impl IntoView {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let chart = move |label: &'static str, values: [i64; 12]| {
        let bars = months
            .into_iter()
            .zip(values)
            .enumerate()
            .map(|(place, (month, value))| Bar {
                label: month.to_owned(),
                full: format!("{month} 2027"),
                value,
                shown: number(value),
                soon: place < 2,
            })
            .collect();
        view! { <State name=label><BarChart label=label bars=bars/></State> }
    };
    view! {
        <Section title="Chart">
            <div class="halves">
                {chart("As usual", [120, 0, 40, 0, 0, 700, 0, 12, 0, 0, 1, 400])}
                {chart("Nothing ends", [0; 12])}
                {chart("Long numbers", [123_456, 98_765, 1, 0, 0, 0, 0, 0, 0, 0, 54_321, 1_000])}
            </div>
        </Section>
    }
}

#[component]
fn Moments() -> impl IntoView {
    let since = |age: i64| view! { <li><Since at=NOW.plus(-age) now=NOW/></li> };
    view! {
        <Section title="Moment">
            <State name="A day"><Day at=NOW/></State>
            <State name="How long ago"><ul>{[0, 5 * MINUTE, 3 * HOUR, 2 * DAY, 90 * DAY].map(since)}</ul></State>
            <State name="An age that goes on"><Age at=NOW.plus(-HOUR) now=Signal::stored(NOW)/></State>
        </Section>
    }
}

#[component]
fn People() -> impl IntoView {
    let person = |name: &str, email: &str, phone: Option<&str>| {
        let contact = Contact { name: name.to_owned(), email: email.to_owned(), phone: phone.map(str::to_owned) };
        view! { <p class="reach"><Reach contact=contact/></p> }
    };
    view! {
        <Section title="Contact">
            <div class="halves">
                {person("Robin Hale", "desk@example.com", Some("+44 20 7946 0000"))}
                {person("Sam Okafor", "manager@example.com", None)}
                {person(LONG, LONG_WORD, Some("+44 20 7946 0001"))}
            </div>
        </Section>
    }
}
