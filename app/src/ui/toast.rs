//! Short news of what was done, told to those who see and to those who listen.

use core::time::Duration;
use std::sync::Arc;

use leptos::prelude::*;

/// How long news stands.
const SHOWN_FOR: Duration = Duration::from_secs(6);

/// How long news stands that something can still be done about.
const OFFERED_FOR: Duration = Duration::from_secs(20);

/// What can be done about news: a word for the button, and what pressing it does. It outlives the page that offers it.
type Offer = (&'static str, Arc<dyn Fn() + Send + Sync>);

#[derive(Clone)]
struct News {
    id: u32,
    text: String,
    offer: Option<Offer>,
}

/// Where pages leave their news.
#[derive(Clone, Copy)]
pub(crate) struct Toasts(RwSignal<Vec<News>>);

impl Toasts {
    /// Makes the place for news known to all pages.
    pub(crate) fn provide() {
        provide_context(Self(RwSignal::new(Vec::new())));
    }

    /// The place for news.
    pub(crate) fn expect() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(Vec::new())))
    }

    /// Tells something.
    pub(crate) fn tell(self, text: String) {
        self.add(text, None);
    }

    /// Tells something, with a button that does something about it.
    pub(crate) fn offer(self, text: String, label: &'static str, act: Arc<dyn Fn() + Send + Sync>) {
        self.add(text, Some((label, act)));
    }

    fn add(self, text: String, offer: Option<Offer>) {
        let id = self.0.with_untracked(|news| news.last().map_or(0, |news| news.id.wrapping_add(1)));
        let time = if offer.is_some() { OFFERED_FOR } else { SHOWN_FOR };
        self.0.update(|news| news.push(News { id, text, offer }));
        self.take_away_after(id, time);
    }

    fn take_away_after(self, id: u32, time: Duration) {
        set_timeout(
            move || {
                // Whoever is at the button, or reads, gets the time that it takes.
                if document().query_selector(".toast:is(:hover, :focus-within)").ok().flatten().is_some() {
                    self.take_away_after(id, SHOWN_FOR);
                } else {
                    self.take_away(id);
                }
            },
            time,
        );
    }

    fn take_away(self, id: u32) {
        self.0.update(|news| news.retain(|known| known.id != id));
    }
}

/// Shows the news.
#[component]
pub(crate) fn Announcements() -> impl IntoView {
    let toasts = Toasts::expect();
    let button = move |id: u32, (label, act): Offer| {
        let press = move |_| {
            toasts.take_away(id);
            act();
        };
        view! { <button type="button" class="button" on:click=press>{label}</button> }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.0.get() key=|news| news.id let(news)>
                <p class="toast">{news.text}{news.offer.map(|offer| button(news.id, offer))}</p>
            </For>
        </div>
    }
}
