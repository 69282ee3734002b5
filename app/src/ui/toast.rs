//! Short news of what was done, told to those who see and to those who listen.

use core::time::Duration;

use leptos::prelude::*;

/// How long news stands.
const SHOWN_FOR: Duration = Duration::from_secs(6);

/// Where pages leave their news.
#[derive(Clone, Copy)]
pub(crate) struct Toasts(RwSignal<Vec<(u32, String)>>);

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
        let id = self.0.with_untracked(|news| news.last().map_or(0, |(id, _)| id.wrapping_add(1)));
        self.0.update(|news| news.push((id, text)));
        set_timeout(move || self.0.update(|news| news.retain(|(known, _)| *known != id)), SHOWN_FOR);
    }
}

/// Shows the news.
#[component]
pub(crate) fn Announcements() -> impl IntoView {
    let toasts = Toasts::expect();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.0.get() key=|(id, _)| *id let((_, text))>
                <p class="toast">{text}</p>
            </For>
        </div>
    }
}
