//! Things that are loaded and things that are sent: what every page does the same way.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::wire::Page;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::client::{self, Again, Asked, Failure, Text};
use crate::ui::Connection;

/// Something that a page loads. While it is loaded again, what was there stays: nothing flashes.
pub(crate) struct Loaded<T: Send + Sync + 'static> {
    value: RwSignal<Option<Result<T, Failure>>>,
    round: RwSignal<u32>,
    /// Whether more was added to it than one answer brings.
    grown: StoredValue<bool>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loaded<T> {
    /// Loads something now, whenever a signal that `fetch` reads changes, and when the window is looked at again.
    pub(crate) fn new(fetch: impl Fn() -> Asked<T> + 'static) -> Self {
        let loaded = Self { value: RwSignal::new(None), round: RwSignal::new(0), grown: StoredValue::new(false) };
        load(
            loaded.round,
            loaded.grown,
            Box::new(move || {
                let Asked { text, read, .. } = fetch();
                let take: Take = Box::new(move |text| loaded.take(text.and_then(|text| read(&text))));
                (text, take)
            }),
        );
        loaded
    }

    fn take(self, answer: Result<T, Failure>) {
        match answer {
            Err(Failure::Offline) => {
                Connection::lost(move || self.reload());
                // What was there stays readable; where nothing was, the page says so.
                self.value.update(|value| {
                    if value.is_none() {
                        *value = Some(Err(Failure::Offline));
                    }
                });
            }
            answer => {
                Connection::found();
                // What is as it was isn't drawn again: whoever works in it keeps the focus and the selection.
                if self.value.with_untracked(|value| value.as_ref() != Some(&answer)) {
                    self.value.set(Some(answer));
                }
            }
        }
    }

    /// Loads it again.
    pub(crate) fn reload(self) {
        let _ = self.grown.try_set_value(false);
        reload(self.round);
    }

    /// Loads it again by itself, unless somebody has lengthened it: a list would jump back to its first page.
    pub(crate) fn renew(self) {
        if self.grown.try_get_value() == Some(false) {
            reload(self.round);
        }
    }

    /// Loads it again if it was loaded before: for a page that shares what another one has loaded.
    pub(crate) fn refresh(self) {
        if self.value.with_untracked(Option::is_some) {
            self.reload();
        }
    }

    /// What was loaded, if it is there and no failure.
    pub(crate) fn value(self) -> Option<T> {
        self.value.get().and_then(Result::ok)
    }

    /// What was loaded, or why not; nothing while it is on its way for the first time.
    pub(crate) fn get(self) -> Option<Result<T, Failure>> {
        self.value.get()
    }

    /// Begins with what is known from before, lengthened perhaps.
    pub(crate) fn begin(self, value: T, grown: bool) {
        self.grown.set_value(grown);
        self.value.set(Some(Ok(value)));
    }

    /// Changes what was loaded, where the page knows better than to ask again.
    pub(crate) fn change(self, change: impl FnOnce(&mut T)) {
        let _ = self.grown.try_set_value(true);
        let _ = self.value.try_update(|value| {
            if let Some(Ok(value)) = value {
                change(value);
            }
        });
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loaded<Page<T>> {
    /// Adds the next page of a list to what is there.
    pub(crate) fn more(self, next: impl Fn(String) -> Asked<Page<T>> + Send + Sync + 'static) -> Callback<String> {
        Callback::new(move |after: String| {
            let asked = next(after.clone());
            spawn_local(async move {
                if let Ok(page) = asked.await {
                    self.change(|list| {
                        // What follows a list that is another one by now, or has it already, is of no use.
                        if list.next.as_ref() == Some(&after) {
                            list.items.extend(page.items);
                            list.next = page.next;
                        }
                    });
                }
            });
        })
    }
}

/// Takes an answer, or why there is none.
type Take = Box<dyn FnOnce(Result<String, Failure>)>;

/// What `Loaded::new` does, whatever it is that is loaded: one compiled function for all.
fn load(round: RwSignal<u32>, grown: StoredValue<bool>, fetch: Box<dyn Fn() -> (Text, Take)>) {
    // An answer to an older question must not overwrite the answer to a newer one.
    let newest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        round.track();
        let mine = newest.get_value().wrapping_add(1);
        newest.set_value(mine);
        // Another list begins with its first page.
        grown.set_value(false);
        let (text, take) = fetch();
        spawn_local(async move {
            let answer = text.await;
            if newest.try_get_value() == Some(mine) {
                take(answer);
            }
        });
    });
    on_focus(Box::new(move || {
        // A list that somebody has lengthened would jump back to its first page.
        if grown.try_get_value() == Some(false) {
            reload(round);
        }
    }));
}

fn reload(round: RwSignal<u32>) {
    let _ = round.try_update(|round| *round = round.wrapping_add(1));
}

/// Calls `act` when the window is looked at again, as long as the page is there.
pub(crate) fn on_focus(act: Box<dyn Fn()>) {
    on("focus", act);
}

/// Calls `act` when something happens to the window or in it, as long as the page is there.
fn on(event: &'static str, act: Box<dyn Fn()>) {
    let listener = Closure::<dyn Fn()>::wrap(act).into_js_value();
    let function = listener.unchecked_into::<js_sys::Function>();
    let Some(window) = web_sys::window() else { return };
    if window.add_event_listener_with_callback(event, &function).is_err() {
        return;
    }
    let function = send_wrapper::SendWrapper::new(function);
    on_cleanup(move || {
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback(event, &function);
        }
    });
}

/// How long nothing is typed before what was typed is acted upon.
const QUIET: core::time::Duration = core::time::Duration::from_millis(200);

/// Waits until somebody pauses in typing.
#[derive(Clone, Copy)]
pub(crate) struct Typing(StoredValue<u32>);

impl Typing {
    /// Nothing has been typed.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// Something was typed: calls `act` after a pause, unless more is typed before.
    pub(crate) fn pause(self, act: impl FnOnce() + 'static) {
        let mine = self.0.get_value().wrapping_add(1);
        self.0.set_value(mine);
        set_timeout(
            move || {
                if self.0.try_get_value() == Some(mine) {
                    act();
                }
            },
            QUIET,
        );
    }
}

/// Answers questions one at a time. While one is under way, only the newest is remembered, and asked afterwards.
pub(crate) struct InTurn<Q: Send + Sync + 'static> {
    /// Whether something is under way.
    pub(crate) busy: RwSignal<bool>,
    newest: StoredValue<Option<Q>>,
}

impl<Q: Send + Sync + 'static> Clone for InTurn<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Send + Sync + 'static> Copy for InTurn<Q> {}

impl<Q: Send + Sync + 'static> InTurn<Q> {
    /// Nothing was asked.
    pub(crate) fn new() -> Self {
        Self { busy: RwSignal::new(false), newest: StoredValue::new(None) }
    }

    /// Asks, now or as soon as what is under way is done.
    pub(crate) fn ask<F: Future<Output = ()>>(self, question: Q, answer: impl Fn(Q) -> F + 'static) {
        if self.newest.try_set_value(Some(question)).is_some() || self.busy.try_get_untracked() != Some(false) {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            while let Some(question) = self.newest.try_update_value(Option::take).flatten() {
                answer(question).await;
            }
            let _ = self.busy.try_set(false);
        });
    }

    /// Whether something newer was asked, or the page is gone: an answer that comes now is of no use any more.
    pub(crate) fn outdated(self) -> bool {
        self.newest.try_with_value(Option::is_some).unwrap_or(true)
    }
}

/// A form that is sent. It keeps what was typed, says what went wrong, and can be sent again without doing it twice. Where
/// no answer comes, it sends the same once more by itself, unless something is typed or sent meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Submission {
    /// Whether it is on its way.
    pub(crate) busy: RwSignal<bool>,
    /// Why it was refused.
    pub(crate) failure: RwSignal<Option<Failure>>,
    key: StoredValue<String>,
    /// Counts what is typed and sent: what was sent before is no longer what is meant.
    newest: StoredValue<u32>,
}

impl Submission {
    /// A form that has not been sent.
    pub(crate) fn new() -> Self {
        let form = Self {
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            key: StoredValue::new(client::new_key()),
            newest: StoredValue::new(0),
        };
        on("input", Box::new(move || form.renew()));
        form
    }

    fn renew(self) {
        let _ = self.newest.try_update_value(|newest| *newest = newest.wrapping_add(1));
    }

    /// The key of this attempt. A lost answer is asked for again with the same one.
    pub(crate) fn key(self) -> String {
        self.key.get_value()
    }

    /// What the API says about a field.
    pub(crate) fn about(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.failure.with(|failure| failure.as_ref()?.about(field).map(str::to_owned)))
    }

    /// Sends it, unless it is on its way.
    pub(crate) fn send<T: 'static>(self, ask: Asked<T>, done: impl FnOnce(T) + 'static) {
        let Asked { text, read, again } = ask;
        self.send_text(
            text,
            again,
            Box::new(move |text| {
                let value = read(text)?;
                Ok(Box::new(move || done(value)))
            }),
        );
    }

    fn send_text(self, mut text: Text, again: Option<Again>, read: Read) {
        if self.busy.get_untracked() {
            return;
        }
        self.renew();
        let mine = self.newest.get_value();
        self.busy.set(true);
        spawn_local(async move {
            let mut told = false;
            let answer = loop {
                let answer = text.await;
                let _ = self.busy.try_set(false);
                match (&again, &answer) {
                    (Some(again), Err(Failure::Offline)) => {
                        // Once: those who listen needn't hear it with every try.
                        if !core::mem::replace(&mut told, true) {
                            let _ = self.failure.try_set(Some(Failure::Offline));
                        }
                        Connection::wait().await;
                        if self.newest.try_get_value() != Some(mine) {
                            // Nothing is tried any more. Whether there is a connection, whatever is asked next finds out.
                            return Connection::found();
                        }
                        self.busy.set(true);
                        text = again();
                    }
                    _ => break answer.and_then(|text| read(&text)),
                }
            };
            // Only a lost answer may be asked for again with the same key: any other attempt is a new one.
            match answer {
                Ok(done) => {
                    Connection::found();
                    let _ = self.failure.try_set(None);
                    self.key.set_value(client::new_key());
                    done();
                }
                Err(failure) => {
                    if failure != Failure::Offline {
                        Connection::found();
                        self.key.set_value(client::new_key());
                    }
                    let _ = self.failure.try_set(Some(failure));
                }
            }
        });
    }
}

/// Reads an answer, and says what is to be done then.
type Read = Box<dyn FnOnce(&str) -> Result<Box<dyn FnOnce()>, Failure>>;
