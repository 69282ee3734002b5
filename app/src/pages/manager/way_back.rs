//! Where somebody came from, so that closing what an address has opened leads back there.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::pages::frame::replacing;

/// Whether going back leads to where the address was opened.
#[derive(Clone, Copy)]
pub(super) struct WayBack {
    address: Memo<String>,
    /// The address that wasn't come to by a link: what was before it may be anything.
    arrived: StoredValue<String>,
}

impl WayBack {
    /// Watches the address, as long as the managers' pages are there.
    pub(super) fn provide() {
        let location = use_location();
        let address = Memo::new(move |_| location.pathname.get() + "?" + &location.search.get());
        let way = Self { address, arrived: StoredValue::new(address.get_untracked()) };
        provide_context(way);
        // The browser's own buttons.
        let listener = window_event_listener(ev::popstate, move |_| way.arrived.set_value(address.get_untracked()));
        on_cleanup(move || listener.remove());
        Effect::new(move |_| {
            // What is come to once more, by a link then, can be left by going back.
            if address.get() != way.arrived.get_value() {
                way.arrived.set_value(String::new());
            }
        });
    }

    /// Goes back, if that leads to where the address was opened.
    fn take(self) -> bool {
        let address = self.address.get_untracked();
        let known = self.arrived.get_value() != address;
        // Pressed twice, it goes back once.
        self.arrived.set_value(address);
        known && window().history().and_then(|history| history.back()).is_ok()
    }
}

/// Closes what the address has opened: back to where it was opened, or on to `page` where nobody knows that.
pub(super) fn closing(page: &'static str) -> Callback<()> {
    let way = use_context::<WayBack>();
    let navigate = use_navigate();
    Callback::new(move |()| {
        if !way.is_some_and(WayBack::take) {
            navigate(page, NavigateOptions { scroll: false, ..replacing() });
        }
    })
}
