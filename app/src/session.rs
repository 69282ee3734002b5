//! Who is signed in.

use core::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::Language;
use seatwise_domain::wire::{Contact, Role, Session};

use crate::client::{self, Failure};
use crate::routes;
use crate::ui::Connection;
use crate::words;

/// What the app knows of who is signed in; shared by all pages.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    known: RwSignal<bool>,
    session: RwSignal<Option<Session>>,
}

thread_local! {
    /// How often a session has ended since the page was opened, without anybody's doing.
    static ENDED: Cell<u32> = const { Cell::new(0) };
}

impl Account {
    /// Makes the account known to all pages.
    pub(crate) fn provide() -> Self {
        let account = Self { known: RwSignal::new(false), session: RwSignal::new(None) };
        provide_context(account);
        client::on_signed_out(move || {
            // A visitor who asks for what isn't theirs was never in.
            if account.signed_in() {
                ENDED.set(ENDED.get().wrapping_add(1));
            }
            account.session.set(None);
        });
        account
    }

    /// The account of this app. Without one nobody is signed in.
    pub(crate) fn expect() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Asks the API who is signed in, again and again while there is no connection.
    pub(crate) fn refresh(self) {
        spawn_local(async move {
            match client::session().await {
                Ok(state) => {
                    Connection::found();
                    self.set(state.session);
                    self.known.set(true);
                }
                Err(Failure::Offline) => Connection::lost(move || self.refresh()),
                Err(Failure::Problem(_)) => self.known.set(true),
            }
        });
    }

    /// Whether it is known if somebody is signed in.
    pub(crate) fn known(self) -> bool {
        self.known.get()
    }

    /// Who is signed in.
    pub(crate) fn session(self) -> Option<Session> {
        self.session.get()
    }

    /// How often a session has ended since the page was opened: who comes after that may be somebody else.
    pub(crate) fn ended() -> u32 {
        ENDED.get()
    }

    /// Whether whoever was here was signed out.
    pub(crate) fn was_signed_out(self) -> bool {
        Self::ended() > 0 && !self.signed_in()
    }

    /// Whether anybody is signed in, now.
    pub(crate) fn signed_in(self) -> bool {
        self.session.with_untracked(Option::is_some)
    }

    /// Somebody signed in, or goes on as somebody else.
    pub(crate) fn set(self, session: Option<Session>) {
        if let Some(session) = &session {
            agree_on_language(session.language);
        }
        self.session.set(session);
    }

    /// The page where the person who is signed in works.
    pub(crate) fn home(self) -> &'static str {
        match self.session.get_untracked().map(|session| session.identity.role) {
            None => routes::SIGN_IN,
            Some(Role::Staff { .. }) => routes::DESK,
            Some(Role::Member { manager: true, .. }) => routes::DASHBOARD,
            Some(Role::Member { .. }) => routes::MY_LICENCES,
        }
    }

    /// The company that the person manages or belongs to; empty at the desk.
    pub(crate) fn company_id(self) -> String {
        match self.session.get_untracked().map(|session| session.identity.role) {
            Some(Role::Member { company_id, .. }) => company_id,
            _ => String::new(),
        }
    }

    /// Whom the company's managers ask for licences (requirement B3).
    pub(crate) fn account_manager(self) -> Option<Contact> {
        self.session.get().and_then(|session| session.account_manager)
    }
}

/// What was chosen in this browser counts, also for letters; where nothing was, what the person has chosen elsewhere.
fn agree_on_language(kept: Option<Language>) {
    match (words::chosen_language(), kept) {
        (None, Some(kept)) if kept != words::language() => words::choose_language(kept),
        (None, Some(_)) => {}
        (chosen, kept) => {
            let language = chosen.unwrap_or_else(words::language);
            if kept != Some(language) {
                spawn_local(async move {
                    let _ = client::choose_language(language).await;
                });
            }
        }
    }
}
