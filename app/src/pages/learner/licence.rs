//! One licence of a learner, or why there is none.

use leptos::prelude::*;
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{MyLicence, MyPlace, MyRenewal};
use seatwise_domain::{Instant, Kind};

use crate::ui::{Day, Pill};
use crate::words::{self, Tone, look_texts, texts};

/// A licence, live or over.
#[component]
pub(super) fn Licence(licence: MyLicence, now: Instant) -> impl IntoView {
    let words = look_texts();
    // An overdrawn licence gets its end with its lot.
    let until = words::known_end(licence.until);
    let user = licence.kind == Kind::User;
    let said = match licence.status {
        Status::InUse => view! { <p class="calm">{if user { words.user_opens() } else { words.content_opens() }}</p> }.into_any(),
        Status::Pending => view! { <p class="calm">{words.user_reserved()}</p> }.into_any(),
        Status::Expired | Status::TakenBack => {
            let what = match (licence.status, user) {
                (Status::Expired, true) => words.user_ended(),
                (Status::Expired, false) => words.content_ended(),
                (_, true) => words.user_taken_back(),
                (_, false) => words.content_taken_back(),
            };
            view! { <p>{what} " " <Day at=licence.until/> ". " {words.kept()}</p> }.into_any()
        }
    };
    let live = matches!(licence.status, Status::InUse | Status::Pending);
    let facts = live.then(|| {
        view! {
            <dl class="facts">
                {licence.since.map(|since| view! { <div><dt>{texts().since()}</dt><dd><Day at=since/></dd></div> })}
                {until.map(|until| view! { <div><dt>{texts().until()}</dt><dd><Day at=until/></dd></div> })}
            </dl>
            {until.map(|until| view! { <Left since=licence.since until=until now=now/> })}
            {licence.renewal.map(|renewal| view! { <Renewal renewal=renewal/> })}
        }
    });
    view! {
        <section class="card licence">
            <header><h2>{words::one_of(licence.kind)}</h2><span class="end"><Pill of=words::status(licence.status)/></span></header>
            <div class="body">{said}{facts}</div>
        </section>
    }
}

/// How much is left, to see and to read.
#[component]
fn Left(since: Option<Instant>, until: Instant, now: Instant) -> impl IntoView {
    let days = words::days_until(until, now);
    let whole = since.map_or(1, |since| until.0.saturating_sub(since.0)).max(1);
    let left = until.0.saturating_sub(now.0).clamp(0, whole);
    let soon = if days <= 30 { Tone::PENDING } else { Tone::IN_USE };
    view! {
        <div class="remaining" data-tone=soon.0>
            <div class="meter" aria-hidden="true">
                <i style:flex-grow=left.to_string()></i><span style:flex-grow=whole.saturating_sub(left).to_string()></span>
            </div>
            <p>{if days == 0 { look_texts().ends_today().to_owned() } else { look_texts().days_left(days) }}</p>
        </div>
    }
}

#[component]
fn Renewal(renewal: MyRenewal) -> impl IntoView {
    match renewal.follows_at {
        Some(at) => view! { <p class="calm">{look_texts().renewed(&renewal.requested_by)} " " <Day at=at/> "."</p> }.into_any(),
        None => view! { <p class="calm">{look_texts().renewal_requested(&renewal.requested_by)}</p> }.into_any(),
    }
}

/// A place in the line.
#[component]
pub(super) fn InLine(place: MyPlace) -> impl IntoView {
    let words = look_texts();
    let taken = if place.kind == Kind::User { words.every_user_taken() } else { words.every_content_taken() };
    let ahead = if place.ahead == 0 { words.you_are_next().to_owned() } else { words.ahead(place.ahead) };
    view! {
        <section class="card licence">
            <header><h2>{words::one_of(place.kind)}</h2><span class="end"><Pill of=(texts().in_line(), Tone::PENDING)/></span></header>
            <div class="body">
                <p><b>{ahead}</b> " " {taken}</p>
                <p class="calm">{words.then_by_itself()}</p>
                <p class="calm">{words.waiting_since()} " " <Day at=place.since/></p>
            </div>
        </section>
    }
}

/// None was ever given.
#[component]
pub(super) fn NeverGiven() -> impl IntoView {
    view! {
        <section class="card licence">
            <header><h2>{look_texts().no_licence_yet()}</h2></header>
            <p class="body">{look_texts().no_licence_yet_text()}</p>
        </section>
    }
}
