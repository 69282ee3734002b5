//! What is told: what went wrong, what was done, what is on its way, and that there is nothing yet.

use std::sync::Arc;

use leptos::prelude::*;
use seatwise_domain::problem::ProblemDocument;

use super::{LONG, LONG_WORD, Section, State};
use crate::client::Failure;
use crate::objects;
use crate::ui::{Banner, Connection, Empty, Skeleton, Toasts, Trouble, WayOn};
use crate::words::Tone;

pub(super) fn sections() -> impl IntoView {
    view! { <Banners/> <Troubles/> <News/> <NothingYet/> <Skeletons/> }
}

#[component]
fn Banners() -> impl IntoView {
    let tones = [
        ("All is well", Tone::IN_USE),
        ("This waits", Tone::PENDING),
        ("This is a try", Tone::AVAILABLE),
        ("12 licences are overdrawn", Tone::OVERDRAWN),
        ("This user was removed", Tone::EXPIRED),
    ];
    let plain = |(title, tone): (&'static str, Tone)| view! { <Banner tone=tone title=title><p>"What that means, and what to do."</p></Banner> };
    view! {
        <Section title="Banner">
            {tones.map(plain)}
            <Banner tone=Tone::OVERDRAWN title="With ways out" ways=|| view! { <WayOn to="/ui" label="Request 12 licences" main=true/><button type="button" class="button">"Later"</button> }>
                <p>{LONG}</p>
            </Banner>
            <Banner tone=Tone::PENDING><p>{LONG_WORD}</p></Banner>
        </Section>
    }
}

/// A refusal as the API would put it.
fn refusal(field: Option<&str>) -> Option<Failure> {
    let about = field.map(|field| format!(r#","field":"{field}""#)).unwrap_or_default();
    let text = format!(
        r#"{{"type":"urn:seatwise:problem:too-few-licences","title":"Not enough licences","status":409,"detail":"You are 1 short. Request more, or take one back.","ways_out":[]{about}}}"#
    );
    objects::from_str::<ProblemDocument>(&text).ok().map(|problem| Failure::Problem(Box::new(problem)))
}

#[component]
fn Troubles() -> impl IntoView {
    view! {
        <Section title="Trouble">
            <State name="A refusal, with a way out">
                <Trouble failure=Signal::stored(refusal(None)) ways=|| view! { <WayOn to="/ui" label="Request 1"/> }/>
            </State>
            <State name="No answer"><Trouble failure=Signal::stored(Some(Failure::Offline))/></State>
            <State name="About a field: it stands there instead"><Trouble failure=Signal::stored(refusal(Some("email")))/></State>
        </Section>
    }
}

#[component]
fn News() -> impl IntoView {
    let toasts = Toasts::expect();
    let tell = move |_| toasts.tell("Ines Carvalho was added and invited.".to_owned());
    let offer = move |_| toasts.offer("12 licences were taken back.".to_owned(), "Undo", Arc::new(|| ()));
    let long = move |_| toasts.tell(format!("{LONG}: {LONG_WORD}"));
    view! {
        <Section title="Toast and strip">
            <p class="do">
                <button type="button" class="button" on:click=tell>"Tell something"</button>
                <button type="button" class="button" on:click=offer>"Offer to undo it"</button>
                <button type="button" class="button" on:click=long>"Tell a lot"</button>
                <button type="button" class="button" on:click=|_| Connection::lost(Connection::found)>"Lose the connection for a while"</button>
            </p>
        </Section>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <Section title="Empty state">
            <Empty title="Nobody yet" text="Add the first user, or let your directory do it.">
                <WayOn to="/ui" label="Add users" main=true/>
                <WayOn to="/ui" label="Connect a directory"/>
            </Empty>
            <Empty title="Nothing found" text=LONG/>
        </Section>
    }
}

#[component]
fn Skeletons() -> impl IntoView {
    view! {
        <Section title="Skeleton">
            <State name="A few lines"><Skeleton/></State>
            <State name="One line"><Skeleton lines=1/></State>
        </Section>
    }
}
