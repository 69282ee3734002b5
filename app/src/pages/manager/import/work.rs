//! What the steps of an import share: the file, what was read of it, and the import that it became.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use seatwise_domain::import::{Format, Look, look};
use seatwise_domain::wire::{Import, ImportState};
use web_sys::Blob;

use super::reading::{self, Halt, Progress, Unreadable};
use crate::client::{self, Failure};
use crate::pages::frame::replacing;
use crate::routes;
use crate::session::Account;
use crate::ui::Connection;

/// The steps, and the moment before it is known which one it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// No file is chosen.
    File,
    /// The import isn't loaded yet.
    Unknown,
    /// There is no such import.
    Missing,
    /// The file is read, and what it would do is shown.
    Check,
    /// It goes on, or stands still on its way.
    Import,
    /// It is over.
    Done,
}

/// A file that was chosen, and how it would be read.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Its name.
    pub(super) name: String,
    /// Its beginning.
    pub(super) head: Arc<[u8]>,
    /// Whether the beginning is all of it.
    pub(super) whole: bool,
    /// What the beginning shows.
    pub(super) look: Look,
}

/// What was read of a file on its way into an import.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// The import.
    pub(super) id: String,
    /// How the file was read.
    pub(super) format: Format,
    /// The first of the rows that can't be read.
    pub(super) unreadable: Vec<Unreadable>,
}

/// What is wrong with a file that was chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It has no row.
    Empty,
    /// The browser can't read it, or no longer.
    Unreadable,
}

/// What the steps share.
#[derive(Clone, Copy)]
pub(super) struct Work {
    /// The import of the address, as it was last heard of.
    pub(super) import: RwSignal<Option<Import>>,
    /// Why something could not be loaded or sent.
    pub(super) failure: RwSignal<Option<Failure>>,
    /// The file.
    pub(super) chosen: RwSignal<Option<Chosen>>,
    /// What was read of it, once it was.
    pub(super) read: RwSignal<Option<Read>>,
    /// What is wrong with it.
    pub(super) wrong: RwSignal<Option<Wrong>>,
    /// How far it is read, while it is.
    pub(super) progress: RwSignal<Option<Progress>>,
    /// Whether somebody wants to let a stopped import go on, and sees what it would do now.
    pub(super) again: RwSignal<bool>,
    account: Account,
    id: Memo<Option<String>>,
    blob: StoredValue<Option<Blob>, LocalStorage>,
    /// Which reading is the newest: older ones end when they notice.
    round: StoredValue<u32>,
    go: Callback<(String, bool)>,
    /// Whether a step was shown before: the first one leaves the focus where it is.
    arrived: StoredValue<bool>,
}

impl Work {
    /// Nothing chosen; an import that the address names is loaded.
    pub(super) fn new() -> Self {
        let path = use_location().pathname;
        let id = Memo::new(move |_| {
            path.with(|path| {
                let rest = path.strip_prefix(routes::IMPORT)?;
                rest.strip_prefix('/').filter(|id| !id.is_empty()).map(str::to_owned)
            })
        });
        let navigate = use_navigate();
        let go = Callback::new(move |(to, replace): (String, bool)| {
            navigate(&to, if replace { replacing() } else { NavigateOptions::default() });
        });
        let work = Self {
            import: RwSignal::new(None),
            failure: RwSignal::new(None),
            chosen: RwSignal::new(None),
            read: RwSignal::new(None),
            wrong: RwSignal::new(None),
            progress: RwSignal::new(None),
            again: RwSignal::new(false),
            account: Account::expect(),
            id,
            blob: StoredValue::new_local(None),
            round: StoredValue::new(0),
            go,
            arrived: StoredValue::new(false),
        };
        Effect::new(move |before: Option<()>| {
            let id = id.get();
            let known = work.import.with_untracked(|import| import.as_ref().map(|import| import.id.clone()));
            if id == known {
                return;
            }
            if before.is_some() {
                work.forget();
            }
            work.load();
        });
        on_cleanup(move || work.halt());
        work
    }

    /// The company.
    pub(super) fn company(self) -> String {
        self.account.company_id()
    }

    /// The id of the import, which changes when a file is read anew.
    pub(super) fn import_id(self) -> Memo<Option<String>> {
        Memo::new(move |_| self.import.with(|import| import.as_ref().map(|import| import.id.clone())))
    }

    /// The step that the address and the import's state lead to.
    pub(super) fn step(self) -> Step {
        let id = self.id.get();
        let again = self.again.get();
        let state = self.import.with(|import| import.as_ref().map(|import| import.state));
        match (id, state) {
            (None, _) => Step::File,
            // While a file is read anew, the draft that it was before stays in sight.
            (_, Some(ImportState::Draft)) => Step::Check,
            (_, Some(ImportState::Stopped)) if again => Step::Check,
            (_, Some(ImportState::Running | ImportState::Stopped | ImportState::Undoing)) => Step::Import,
            (_, Some(ImportState::Done | ImportState::Undone)) => Step::Done,
            (Some(_), None) if self.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.is("not-found"))) => {
                Step::Missing
            }
            (Some(_), None) => Step::Unknown,
        }
    }

    /// A step's heading, which takes the focus: not when it is the first that the page shows.
    pub(super) fn heading(self) -> NodeRef<html::H2> {
        let heading = NodeRef::<html::H2>::new();
        let moves = self.arrived.get_value();
        self.arrived.set_value(true);
        heading.on_load(move |heading| {
            if moves {
                let _ = heading.focus();
            }
        });
        heading
    }

    /// Loads the import of the address.
    pub(super) fn load(self) {
        let Some(id) = self.id.get_untracked() else { return };
        let asked = client::import(self.company(), &id);
        spawn_local(async move {
            let answer = asked.await;
            // The address may have moved on meanwhile.
            if self.id.try_get_untracked().flatten() != Some(id) {
                return;
            }
            match answer {
                Ok(import) => {
                    Connection::found();
                    self.heard(import);
                }
                Err(Failure::Offline) => Connection::lost(move || {
                    if self.id.try_get_untracked().is_some() {
                        self.load();
                    }
                }),
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// Tries again what failed: reading the file where there is one, otherwise loading the import.
    pub(super) fn try_again(self) {
        if self.chosen.with_untracked(Option::is_some) {
            self.read_file();
        } else {
            self.load();
        }
    }

    /// Takes news of the import.
    pub(super) fn heard(self, import: Import) {
        let _ = self.failure.try_set(None);
        if self.import.try_with_untracked(|known| known.as_ref() != Some(&import)) == Some(true) {
            self.import.set(Some(import));
        }
    }

    /// Leads to the page of an import.
    pub(super) fn open(self, import: Import, replace: bool) {
        let to = routes::import(&import.id);
        self.again.set(false);
        self.heard(import);
        self.go.run((to, replace));
    }

    /// Back to the choice of a file.
    pub(super) fn start_over(self) {
        self.forget();
        self.go.run((routes::IMPORT.to_owned(), false));
    }

    /// Ends the reading of a file, wherever it is.
    fn halt(self) {
        let _ = self.round.try_update_value(|round| *round = round.wrapping_add(1));
    }

    fn forget(self) {
        self.halt();
        self.blob.set_value(None);
        self.chosen.set(None);
        self.read.set(None);
        self.wrong.set(None);
        self.progress.set(None);
        self.again.set(false);
        self.failure.set(None);
        self.import.set(None);
    }

    /// Takes a file: looks at its beginning, and reads it where the e-mail column is found.
    pub(super) fn choose(self, name: String, blob: Blob) {
        self.forget();
        self.blob.set_value(Some(blob.clone()));
        let round = self.round.get_value();
        self.progress.set(Some(Progress::of(&blob)));
        spawn_local(async move {
            let head = reading::head(&blob).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            self.progress.set(None);
            let Ok((head, whole)) = head else {
                self.wrong.set(Some(Wrong::Unreadable));
                return;
            };
            let look = look(&head, whole);
            if look.header.is_empty() && look.sample.is_empty() {
                self.wrong.set(Some(Wrong::Empty));
                return;
            }
            let found = look.format.columns.email.is_some();
            self.chosen.set(Some(Chosen { name, head: head.into(), whole, look }));
            if found {
                self.read_file();
            }
        });
    }

    /// Reads the file that was chosen, as it says, into a new draft.
    pub(super) fn read_file(self) {
        let (Some(blob), Some(chosen)) = (self.blob.get_value(), self.chosen.get_untracked()) else { return };
        self.halt();
        let round = self.round.get_value();
        self.failure.set(None);
        self.wrong.set(None);
        self.progress.set(Some(Progress::of(&blob)));
        let format = chosen.look.format.clone();
        let company = self.company();
        spawn_local(async move {
            let alive = move || self.round.try_get_value() == Some(round);
            let outcome = reading::read(company, blob, chosen.name, chosen.look, self.progress, alive).await;
            if !alive() {
                return;
            }
            self.progress.set(None);
            match outcome {
                Ok(outcome) => {
                    let rereads = self.id.get_untracked().is_some();
                    self.read.set(Some(Read { id: outcome.import.id.clone(), format, unreadable: outcome.unreadable }));
                    self.open(outcome.import, rereads);
                }
                Err(Halt::Refused(failure)) => self.failure.set(Some(failure)),
                Err(Halt::Empty) => self.wrong.set(Some(Wrong::Empty)),
                Err(Halt::Unreadable) => self.wrong.set(Some(Wrong::Unreadable)),
                Err(Halt::Left) => {}
            }
        });
    }
}
