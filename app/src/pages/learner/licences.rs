//! What a learner holds, since when and until when, and the way to the learning platform.

use leptos::prelude::*;
use seatwise_domain::Instant;
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{Contact, MyLicence, MyLicences as Held, Role};

use crate::client;
use crate::load::Loaded;
use crate::pages::frame::{LeadToSignIn, Me, Place};
use crate::session::Account;
use crate::ui::{Day, PageHead, Pill, Reach, Waiting, WayOn};
use crate::words::{self, texts};

/// The learner's own page.
#[component]
pub(crate) fn MyLicences() -> impl IntoView {
    let account = Account::expect();
    let role = Memo::new(move |_| account.session().map(|session| session.identity.role));
    move || match role.get() {
        None => view! { <LeadToSignIn/> }.into_any(),
        Some(Role::Staff { .. }) => view! { <NoMember/> }.into_any(),
        Some(Role::Member { manager, .. }) => view! { <Mine manager=manager/> }.into_any(),
    }
}

/// The desk's people hold no licences.
#[component]
fn NoMember() -> impl IntoView {
    let account = Account::expect();
    view! {
        <main class="alone">
            <PageHead title=texts().my_licences()/>
            <p>{texts().staff_hold_none()}</p>
            <p class="do"><WayOn to=account.home() label=texts().go_home() main=true/></p>
        </main>
    }
}

#[component]
fn Mine(manager: bool) -> impl IntoView {
    let account = Account::expect();
    let held = Loaded::new(client::my_licences);
    view! {
        <div class="alone">
            <header><Place/></header>
            <main>
                <PageHead title=texts().my_licences()>
                    {manager.then(|| view! { <WayOn to=account.home() label=texts().back_to_managing()/> })}
                </PageHead>
                <Waiting on=held show=|held| view! { <Shown held=held/> }/>
            </main>
            <footer><Me/></footer>
        </div>
    }
}

#[component]
fn Shown(held: Held) -> impl IntoView {
    let now = held.now;
    let in_use = held.licences.iter().any(|licence| licence.status == Status::InUse);
    let over = held.licences.iter().any(|licence| matches!(licence.status, Status::Expired | Status::TakenBack));
    let platform = held.platform_url.filter(|_| in_use);
    view! {
        <div class="stack">
            {platform.map(|url| view! { <a class="button main wide" href=url rel="noopener">{texts().go_to_platform()}</a> })}
            {held.licences.is_empty().then(|| view! { <section class="card"><div class="body"><p>{texts().no_licence_yet()}</p></div></section> })}
            {held.licences.into_iter().map(|licence| view! { <Licence licence=licence now=now/> }).collect_view()}
            {(over || !in_use).then(|| view! { <WhomToAsk managers=held.managers/> })}
        </div>
    }
}

#[component]
fn Licence(licence: MyLicence, now: Instant) -> impl IntoView {
    // An overdrawn licence gets its end with its lot.
    let until = words::known_end(licence.until);
    let live = matches!(licence.status, Status::InUse | Status::Pending);
    view! {
        <section class="card licence">
            <header><h2>{words::one_of(licence.kind)}</h2><span class="end"><Pill of=words::status(licence.status)/></span></header>
            <dl class="facts">
                {licence.since.map(|since| view! { <div><dt>{texts().since()}</dt><dd><Day at=since/></dd></div> })}
                {until.map(|until| view! { <div><dt>{texts().until()}</dt><dd><Day at=until/></dd></div> })}
                {until.filter(|_| live).map(|until| view! { <div><dt>{texts().left()}</dt><dd>{texts().days(words::days_until(until, now))}</dd></div> })}
            </dl>
        </section>
    }
}

#[component]
fn WhomToAsk(managers: Vec<Contact>) -> impl IntoView {
    let contact = |contact: Contact| view! { <li><Reach contact=contact/></li> };
    view! {
        <section class="card">
            <header><h2>{texts().whom_to_ask()}</h2></header>
            <div class="body"><p>{texts().whom_to_ask_text()}</p><ul class="contacts">{managers.into_iter().map(contact).collect_view()}</ul></div>
        </section>
    }
}
