//! What the desk's lists share: whose companies they are about, the export, and how long something waits.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use seatwise_domain::Instant;
use seatwise_domain::time::{DAY, HOUR, MINUTE};
use seatwise_domain::wire::DeskList;

use crate::client;
use crate::routes::DeskPart;
use crate::words::{self, desk_texts, texts};

/// The part of the list at `page` that the address says.
pub(super) fn part(page: &'static str) -> Memo<DeskPart> {
    let (query, location) = (use_query_map(), use_location());
    Memo::new(move |before: Option<&DeskPart>| {
        // On the way to another page the address is no longer about this one.
        let here = location.pathname.with(|path| path.trim_end_matches('/') == page);
        if here { DeskPart::read(&query.read()) } else { before.cloned().unwrap_or_default() }
    })
}

/// Whether a list is about one's own companies.
pub(super) fn own(part: Memo<DeskPart>) -> Memo<bool> {
    Memo::new(move |_| !part.with(|part| part.all))
}

/// The switch between one's own companies and all.
#[component]
pub(super) fn MineOrAll(
    /// The list's page.
    page: &'static str,
    /// What the address says.
    part: Memo<DeskPart>,
) -> impl IntoView {
    let chip = move |all: bool, label: &'static str| {
        let to = move || DeskPart { all, ..part.get() }.of(page);
        let chosen = move || (part.with(|part| part.all) == all).then_some("true");
        view! { <li><a class="chip" href=to data-noscroll="true" aria-current=chosen>{label}</a></li> }
    };
    view! {
        <nav class="chips" aria-label=desk_texts().whose_companies()><ul>{chip(false, desk_texts().mine())}{chip(true, texts().all())}</ul></nav>
    }
}

/// The list as a file, as it is shown.
#[component]
pub(super) fn Export(
    /// Which list.
    list: DeskList,
    /// Whether it is about one's own companies.
    own: Memo<bool>,
    /// What it was searched for.
    #[prop(optional, into)]
    search: Signal<String>,
) -> impl IntoView {
    view! { <a class="button" href=move || search.with(|search| client::desk_export_address(list, own.get(), search)) download="">{desk_texts().export_as_csv()}</a> }
}

/// How long something has lasted, in a word.
#[component]
pub(super) fn Age(
    /// Since when.
    since: Instant,
    /// This moment.
    now: Instant,
) -> impl IntoView {
    let age = match now.0.saturating_sub(since.0) {
        age if age < MINUTE => texts().just_now().to_owned(),
        age if age < HOUR => desk_texts().minutes(age / MINUTE),
        age if age < DAY => desk_texts().hours(age / HOUR),
        age => texts().days(age / DAY),
    };
    view! { <time datetime=words::iso(since) title=words::moment(since)>{age}</time> }
}
