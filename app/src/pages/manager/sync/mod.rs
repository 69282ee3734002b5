//! Directory sync: where it stands, how it is connected, what it does, and what the directory sent.

mod groups;
mod guide;
mod log;
mod problems;
mod rules;
mod said;
mod status;
mod tokens;

use core::time::Duration;

use leptos::prelude::*;
use seatwise_domain::Instant;
use seatwise_domain::wire::{SyncPage as Whole, SyncSettings};

use super::users::UserTabs;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::pages::help_link::HelpLink;
use crate::session::Account;
use crate::ui::{Card, Connection, Empty, PageHead, Toasts, Waiting};
use crate::words::{self, sync_texts, texts};

/// How often the page looks for news while somebody looks at it.
const PAUSE: Duration = Duration::from_secs(10);

/// What all parts of the page share.
#[derive(Clone, Copy)]
struct Shared {
    account: Account,
    toasts: Toasts,
    page: Loaded<Whole>,
    /// This moment, as it goes on.
    now: RwSignal<Instant>,
    /// Whether the dialogue that makes a token is open.
    making: RwSignal<bool>,
    /// What is to hold from the end of the dry run on, while that is asked.
    ending: RwSignal<Option<SyncSettings>>,
}

impl Shared {
    /// One part of the page, which is drawn again only when it is another one.
    fn part<T: Default + Clone + PartialEq + Send + Sync + 'static>(self, part: fn(&Whole) -> T) -> Memo<T> {
        Memo::new(move |before: Option<&T>| {
            let page = self.page.value();
            page.as_ref().map(part).or_else(|| before.cloned()).unwrap_or_default()
        })
    }

    /// Takes what the API answered to a change.
    fn take(self, whole: Whole) {
        self.page.change(|page| *page = whole);
        // Whatever was asked before the change must not show again what was before.
        self.page.reload();
    }

    /// Saves what the sync does, and asks before where many people would be let in.
    fn save(self, form: Submission, settings: SyncSettings, news: &'static str) {
        let ends = self.page.value().is_some_and(|page| page.settings.dry_run && !settings.dry_run && status::is_large(&page));
        if ends && self.ending.with_untracked(Option::is_none) {
            self.ending.set(Some(settings));
            return;
        }
        form.send(client::change_sync(self.account.company_id(), &settings), move |whole| {
            self.ending.set(None);
            self.take(whole);
            self.toasts.tell(news.to_owned());
        });
    }
}

/// The page.
#[component]
pub(crate) fn SyncPage() -> impl IntoView {
    let account = Account::expect();
    let shared = Shared {
        account,
        toasts: Toasts::expect(),
        page: Loaded::new(move || client::sync(account.company_id())),
        now: RwSignal::new(words::now()),
        making: RwSignal::new(false),
        ending: RwSignal::new(None),
    };
    let log = Loaded::new(move || client::sync_log(account.company_id(), None));
    let look = move || {
        if document().hidden() || Connection::is_lost() {
            return;
        }
        shared.now.set(words::now());
        shared.page.renew();
        log.renew();
    };
    if let Ok(handle) = set_interval_with_handle(look, PAUSE) {
        on_cleanup(move || handle.clear());
    }
    let page = shared.page;
    // Once it is there it stays: a look that fails must not take away what somebody is filling in.
    let there = Memo::new(move |before: Option<&bool>| before == Some(&true) || page.get().is_some_and(|page| page.is_ok()));
    let begun = shared.part(|page| !page.tokens.is_empty() || page.last_contact.is_some());
    let shown = move || match (there.get(), begun.get()) {
        (false, _) => view! { <Waiting on=page show=|_| ()/> }.into_any(),
        (true, false) => view! { <Beginning making=shared.making/> }.into_any(),
        (true, true) => view! {
            <div class="stack">
                <status::Status shared=shared/>
                <problems::Problems shared=shared/>
                <tokens::Connect shared=shared/>
                <rules::Rules shared=shared/>
                <groups::Groups shared=shared/>
                <log::SyncLog log=log now=shared.now.into()/>
            </div>
        }
        .into_any(),
    };
    view! {
        <PageHead title=texts().directory_sync()><HelpLink topic="sync" about=texts().directory_sync()/></PageHead>
        <UserTabs/>
        {shown}
        <tokens::Dialogues shared=shared/>
        <status::EndOfDryRun shared=shared/>
    }
}

/// What stands here before the first token.
#[component]
fn Beginning(making: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="stack">
            <section class="card">
                <Empty title=sync_texts().empty_title() text=sync_texts().empty_text()>
                    <button type="button" class="button main" on:click=move |_| making.set(true)>{sync_texts().make_token()}</button>
                </Empty>
            </section>
            <Card title=sync_texts().how_to_connect()><guide::Guides/></Card>
        </div>
    }
}
