//! What the history can be narrowed down to, and what it is narrowed down to.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use seatwise_domain::wire::{MemberLine, Topic, Way};

use super::Place;
use crate::client;
use crate::load::Typing;
use crate::routes::{History, List};
use crate::ui::Select;
use crate::words::{self, activity_texts, texts};

/// What events are about, in a few words.
fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Licences => activity_texts().about_licences(),
        Topic::Invites => activity_texts().about_invites(),
        Topic::People => activity_texts().about_people(),
        Topic::Orders => activity_texts().about_orders(),
        Topic::Expiry => activity_texts().about_expiry(),
        Topic::Sync => texts().directory_sync(),
        Topic::Settings => texts().settings(),
    }
}

/// A way in, in a few words.
pub(super) fn way(way: Way) -> &'static str {
    match way {
        Way::Hand => activity_texts().way_hand(),
        Way::Import => activity_texts().way_import(),
        Way::Sync => texts().directory_sync(),
        Way::Rule => activity_texts().way_rule(),
        Way::Desk => texts().account_manager(),
    }
}

/// The fields, and a chip for each filter that is on.
#[component]
pub(super) fn Filters(part: Memo<History>, person: Memo<Option<String>>, place: Place) -> impl IntoView {
    let navigate = use_navigate();
    let go = Callback::new(move |part: History| {
        navigate(&part.of(&place.page.get_untracked()), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let about = move |word: String| go.run(History { topic: Topic::parse(&word), ..part.get_untracked() });
    let by = move |word: String| go.run(History { way: Way::parse(&word), ..part.get_untracked() });
    let day = |event| Some(event_target_value(&event)).filter(|day| !day.is_empty());
    let from = move |event| go.run(History { from: day(event), ..part.get_untracked() });
    let until = move |event| go.run(History { until: day(event), ..part.get_untracked() });
    let option = |(word, label): (&str, &str)| (word.to_owned(), label.to_owned());
    let topics = [("", activity_texts().everything())].into_iter().chain(Topic::ALL.map(|of| (of.as_str(), topic(of))));
    let ways = [("", activity_texts().all_ways())].into_iter().chain(Way::ALL.map(|of| (of.as_str(), way(of))));
    let (topics, ways) = (topics.map(option).collect(), ways.map(option).collect());
    let chosen = Signal::derive(move || part.with(|part| part.topic.map(Topic::as_str).unwrap_or_default()).to_owned());
    let chosen_way = Signal::derive(move || part.with(|part| part.way.map(Way::as_str).unwrap_or_default()).to_owned());
    view! {
        <div class="tools fields" role="search" aria-label=activity_texts().filters()>
            <PersonField part=part place=place go=go/>
            <Select name="topic" label=activity_texts().about() options=topics value=chosen on_choose=about/>
            <Select name="door" label=activity_texts().way_in() options=ways value=chosen_way on_choose=by/>
            <div class="field">
                <label for="from">{texts().from()}</label>
                <input id="from" type="date" max=words::date_in_utc(0) prop:value=move || part.with(|part| part.from.clone().unwrap_or_default()) on:change=from/>
            </div>
            <div class="field">
                <label for="until">{texts().until()}</label>
                <input id="until" type="date" max=words::date_in_utc(0) prop:value=move || part.with(|part| part.until.clone().unwrap_or_default()) on:change=until/>
            </div>
        </div>
        <Chips part=part person=person place=place/>
    }
}

/// The field that finds a person: the browser offers those whose name or address begins with what is typed.
#[component]
fn PersonField(part: Memo<History>, place: Place, go: Callback<History>) -> impl IntoView {
    let found = RwSignal::new(Vec::<MemberLine>::new());
    let text = RwSignal::new(String::new());
    let typing = Typing::new();
    let typed = move |event| {
        text.set(event_target_value(&event));
        let typed = text.get_untracked().trim().to_lowercase();
        // What is chosen from the list comes as a whole address.
        let chosen =
            found.with_untracked(|found| found.iter().find(|one| one.email.to_lowercase() == typed).map(|one| one.id.clone()));
        if let Some(person) = chosen {
            text.set(String::new());
            found.set(Vec::new());
            go.run(History { person: Some(person), ..part.get_untracked() });
            return;
        }
        typing.pause(move || {
            let list = List { search: text.get_untracked().trim().to_owned(), ..List::default() };
            if list.search.is_empty() {
                return found.set(Vec::new());
            }
            let asked = client::members(place.company.get_untracked(), &list.query(), None);
            leptos::task::spawn_local(async move {
                if let Ok(page) = asked.await {
                    let _ = found.try_set(page.items);
                }
            });
        });
    };
    // Enter takes the one who is meant, where that is clear.
    let enter = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let only = found.with_untracked(|found| match found.as_slice() {
            [one] => Some(one.id.clone()),
            _ => None,
        });
        if let Some(person) = only {
            text.set(String::new());
            found.set(Vec::new());
            go.run(History { person: Some(person), ..part.get_untracked() });
        }
    };
    view! {
        <form class="field" on:submit=enter>
            <label for="person">{activity_texts().person()}</label>
            <input id="person" type="search" list="people" autocomplete="off" placeholder=activity_texts().person_hint() prop:value=move || text.get() on:input=typed/>
            <datalist id="people">
                {move || found.get().into_iter().map(|one| view! { <option value=one.email>{one.name}</option> }).collect_view()}
            </datalist>
        </form>
    }
}

/// The filters that are on, each with the way to take it off.
#[component]
fn Chips(part: Memo<History>, person: Memo<Option<String>>, place: Place) -> impl IntoView {
    let chips = move || {
        let part = part.get();
        let texts = activity_texts();
        let day = |day: &str| words::midnight(day).map_or_else(|| day.to_owned(), words::day_in_utc);
        let of = [
            part.person.as_ref().map(|_| {
                let name = person.get().unwrap_or_else(|| texts.somebody().to_owned());
                (name, History { person: None, ..part.clone() })
            }),
            part.topic.map(|of| (topic(of).to_owned(), History { topic: None, ..part.clone() })),
            part.way.map(|of| (way(of).to_owned(), History { way: None, ..part.clone() })),
            part.from.as_ref().map(|from| (texts.from_chip(&day(from)), History { from: None, ..part.clone() })),
            part.until.as_ref().map(|until| (texts.until_chip(&day(until)), History { until: None, ..part.clone() })),
        ];
        let page = place.page.get();
        let chip = |(label, without): (String, History)| {
            let says = texts.take_off(&label);
            view! { <li><a class="chip" href=without.of(&page) data-noscroll="true" aria-label=says>{label}<span aria-hidden="true">"×"</span></a></li> }
        };
        let chips: Vec<_> = of.into_iter().flatten().map(chip).collect();
        let several = chips.len() > 1;
        (!chips.is_empty()).then(|| {
            let clear = several.then(|| view! { <li><a href=page.clone() data-noscroll="true">{texts.clear_filters()}</a></li> });
            view! { <nav class="chips on" aria-label=texts.filters()><ul>{chips}{clear}</ul></nav> }
        })
    };
    view! { {chips} }
}
