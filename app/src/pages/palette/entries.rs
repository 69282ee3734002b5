//! Pages, actions and topics of the help: what is there to choose without asking anybody.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::wire::{Identity, Role};
use seatwise_domain::{Kind, Language};

use super::find::{Act, Entry, Group};
use super::reader::pages;
use crate::client;
use crate::pages::frame::{go_on_as, place, sign_out};
use crate::pages::help::topics;
use crate::pages::keys::{Keys, Sheet};
use crate::routes;
use crate::session::Account;
use crate::words::{self, palette_texts, texts};

/// What a manager can go to and do.
fn managers() -> Vec<Entry> {
    let page = |title: &'static str, beside: &'static str, to: &'static str| Entry::page(Group::Pages, title, beside, to);
    let action = |title: &'static str, to: String| Entry::page(Group::Actions, title, "", to);
    let (users, licences, settings) = (texts().users(), texts().licences(), texts().settings());
    vec![
        action(texts().request_licences(), routes::request(Kind::User, None)).also(texts().order()),
        action(texts().add_user(), routes::ADD_USER.to_owned()).also(texts().invite()),
        action(texts().import_users(), routes::IMPORT.to_owned()),
        action(texts().create_group(), routes::CREATE_GROUP.to_owned()),
        page(texts().dashboard(), "", routes::DASHBOARD),
        page(users, "", routes::USERS).also(texts().members()),
        page(texts().groups(), users, routes::GROUPS),
        page(texts().directory_sync(), users, routes::SYNC).also("Active Directory Entra ID Okta SCIM"),
        page(licences, "", routes::LICENCES).also(texts().lots()),
        page(texts().orders(), licences, routes::ORDERS),
        page(texts().expiries(), licences, routes::FORECAST),
        page(texts().history(), licences, routes::HISTORY),
        page(texts().activity(), "", routes::ACTIVITY),
        page(settings, "", routes::SETTINGS).also(texts().company()),
        page(texts().licences_and_rules(), settings, routes::SETTINGS_LICENCES).also(texts().content_with_user()),
        page(texts().invites(), settings, routes::SETTINGS_INVITES),
        page(texts().notices(), settings, routes::NOTICES).also(texts().mail()),
        page(texts().managers(), settings, routes::SETTINGS_PEOPLE),
        page(palette_texts().set_company(), settings, routes::SETTINGS_LOOK),
        page(texts().help(), "", routes::HELP),
    ]
}

/// What an account manager can go to and do.
fn desk(keys: Keys, administrator: bool) -> Vec<Entry> {
    let action = |title: &'static str, to: &'static str| Entry::page(Group::Actions, title, "", to);
    let pages = pages(keys.desk).iter().filter_map(|(_, to)| Some(Entry::page(Group::Pages, keys.called(to)?, "", *to)));
    let invite = administrator.then(|| action(palette_texts().invite_colleague(), routes::INVITE_COLLEAGUE));
    let create = action(palette_texts().create_company(), routes::CREATE_COMPANY);
    [create].into_iter().chain(invite).chain(pages).collect()
}

/// What whoever is signed in can do anywhere.
fn everybody(keys: Keys) -> Vec<Entry> {
    let account = Account::expect();
    let session = untrack(|| account.session());
    let learns = session
        .as_ref()
        .is_some_and(|session| matches!(session.identity.role, Role::Member { learner: true, manager: true, .. }));
    let own = learns.then(|| Entry::page(Group::Pages, texts().my_licences(), "", routes::MY_LICENCES));
    let act = |title: String, act: Callback<()>| Entry::new(Group::Actions, title, "", Act::Do(act));
    let switch = go_on_as();
    let other = |identity: Identity| {
        let (name, role) = place(&identity);
        let go_on = Callback::new(move |()| switch.run(identity.id.clone()));
        Entry::new(Group::Actions, palette_texts().go_on_as_other(&name), role, Act::Do(go_on))
    };
    let language = |language: Language| {
        let choose = Callback::new(move |()| {
            spawn_local(async move {
                let _ = client::choose_language(language).await;
                words::choose_language(language);
            });
        });
        act(palette_texts().language_is(language.own_name()), choose).also("language Sprache langue idioma اللغة").when_asked()
    };
    let shortcuts = Callback::new(move |()| keys.open.set(Some(Sheet::Shortcuts)));
    let others = session.map(|session| session.others).unwrap_or_default();
    own.into_iter()
        .chain([act(palette_texts().shortcuts().to_owned(), shortcuts)])
        .chain(others.into_iter().map(other))
        .chain(Language::ALL.iter().copied().filter(|other| *other != words::language()).map(language))
        .chain([act(texts().sign_out().to_owned(), Callback::new(|()| sign_out()))])
        .collect()
}

/// The topics of the help, and their headings.
fn help(keys: Keys) -> Vec<Entry> {
    let mut entries = Vec::new();
    for topic in topics(keys.desk) {
        let address = topic.address(keys.desk);
        entries.push(Entry::page(Group::Help, (topic.title)(), (topic.lead)(), address.clone()));
        entries.extend(
            topic
                .sections
                .iter()
                .map(|section| Entry::page(Group::Help, (section.title)(), (topic.title)(), format!("{address}#{}", section.id))),
        );
    }
    entries
}

/// Everything, in the order in which it is offered.
pub(super) fn all(keys: Keys) -> Vec<Entry> {
    let administrator = untrack(|| Account::expect().session())
        .is_some_and(|session| matches!(session.identity.role, Role::Staff { administrator: true }));
    let mut entries = if keys.desk { desk(keys, administrator) } else { managers() };
    entries.extend(everybody(keys));
    entries.extend(help(keys));
    entries
}
