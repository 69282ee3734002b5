//! The help: for each page what it means and what to do when.

mod parts;
mod topics;

pub(super) use self::topics::topics;

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_params_map};
use wasm_bindgen::JsCast;

use self::parts::PartView;
use self::topics::{Section, Topic};
use super::keys::Keys;
use super::not_found::Missing;
use crate::routes;
use crate::ui::PageHead;
use crate::words::{palette_texts, texts};

/// All topics, or the one that the address says.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let desk = Keys::expect().is_some_and(|keys| keys.desk);
    let params = use_params_map();
    let word = Memo::new(move |_| params.read().get("topic"));
    move || match word.get() {
        None => view! { <Contents desk=desk/> }.into_any(),
        Some(word) => match topics(desk).iter().find(|topic| topic.word == word) {
            Some(topic) => view! { <Page topic=topic desk=desk/> }.into_any(),
            None => view! { <Unknown desk=desk/> }.into_any(),
        },
    }
}

fn home(desk: bool) -> &'static str {
    if desk { routes::DESK_HELP } else { routes::HELP }
}

/// The table of contents.
#[component]
fn Contents(desk: bool) -> impl IntoView {
    let words = palette_texts();
    let topic = |topic: &'static Topic| {
        let address = topic.address(desk);
        let headings = topic.sections.iter().map(|section| {
            view! { <li><A href=format!("{address}#{}", section.id)>{(section.title)()}</A></li> }
        });
        let headings = headings.collect_view();
        view! {
            <section class="card topic">
                <h2><A href=address.clone()>{(topic.title)()}</A></h2>
                <p class="calm">{(topic.lead)()}</p>
                <ul>{headings}</ul>
            </section>
        }
    };
    view! {
        <PageHead title=texts().help()/>
        <p class="lead">{words.help_lead()}</p>
        <div class="topics">{topics(desk).iter().map(topic).collect_view()}</div>
    }
}

/// One topic.
#[component]
fn Page(topic: &'static Topic, desk: bool) -> impl IntoView {
    let words = palette_texts();
    reach_heading();
    let section = move |section: &'static Section| {
        let parts = section.parts.iter().map(|part| view! { <PartView part=part desk=desk/> }).collect_view();
        view! {
            <section class="card about">
                <h2 id=section.id tabindex="-1">{(section.title)()}</h2>
                {parts}
            </section>
        }
    };
    let on_page = (topic.sections.len() > 1).then(|| {
        let link = |section: &'static Section| {
            view! { <li><a href=format!("{}#{}", topic.address(desk), section.id)>{(section.title)()}</a></li> }
        };
        view! {
            <nav aria-labelledby="on-this-page">
                <h2 id="on-this-page">{words.on_this_page()}</h2>
                <ul>{topic.sections.iter().map(link).collect_view()}</ul>
            </nav>
        }
    });
    let other = |other: &'static Topic| {
        let here = (other.word == topic.word).then_some("page");
        view! { <li><a href=other.address(desk) aria-current=here>{(other.title)()}</a></li> }
    };
    view! {
        <p class="crumb"><A href=home(desk)>{texts().help()}</A></p>
        <PageHead title=(topic.title)()/>
        <p class="lead">{(topic.lead)()}</p>
        <div class="helps">
            <div class="stack">{topic.sections.iter().map(section).collect_view()}</div>
            <div class="beside">
                {on_page}
                <nav aria-labelledby="all-topics">
                    <h2 id="all-topics">{words.help_topics_all()}</h2>
                    <ul>{topics(desk).iter().map(other).collect_view()}</ul>
                </nav>
            </div>
        </div>
    }
}

/// Goes to the heading that the address says, now and whenever it says another one.
fn reach_heading() {
    let location = use_location();
    Effect::new(move |_| {
        let hash = location.hash.get();
        // The page's own heading takes the focus first.
        request_animation_frame(move || {
            let heading = document().get_element_by_id(hash.trim_start_matches('#'));
            if let Some(heading) = heading.filter(|heading| heading.matches("main h2").unwrap_or(false)) {
                heading.scroll_into_view();
                let _ = heading.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        });
    });
}

/// What stands at an address that is no topic.
#[component]
fn Unknown(desk: bool) -> impl IntoView {
    view! { <Missing to=home(desk) label=palette_texts().help_topics_all()/> }
}
