//! The account managers' desk.

mod activity;
mod assign;
mod audit;
mod companies;
mod company;
mod company_settings;
mod create;
mod decline;
mod ending;
mod head;
mod lists;
mod lots;
mod mail;
mod members;
mod orders;
mod overdrawn;
mod overview;
mod people;
mod settle;
mod staff;
mod staff_forms;

pub(crate) use activity::CompanyActivity;
pub(crate) use companies::Companies;
pub(crate) use company::CompanyPage;
pub(crate) use company_settings::CompanySettings;
pub(crate) use ending::Ending;
pub(crate) use mail::Mail;
pub(crate) use members::CompanyUsers;
pub(crate) use orders::WaitingOrders;
pub(crate) use overdrawn::Overdrawn;
pub(crate) use overview::CompanyOverview;
pub(crate) use staff::Staff;

use leptos::prelude::*;
use seatwise_domain::wire::{MailState, Page, Role, WaitingOrder};

use super::frame::{Area, Link};
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::words::{desk_texts, texts};

/// What all pages of the desk share: loaded once, whatever page is looked at.
#[derive(Clone, Copy)]
struct Desk {
    /// The orders that wait for whoever is signed in: the list and the number in the rail are one.
    waiting: Loaded<Page<WaitingOrder>>,
    /// How letters leave.
    mail: Loaded<Option<MailState>>,
}

impl Desk {
    /// Loads it; for somebody who doesn't work at the desk there is nothing to load.
    fn new() -> Self {
        let account = Account::expect();
        let here = move || account.session().is_some_and(|session| matches!(session.identity.role, Role::Staff { .. }));
        Self {
            waiting: Loaded::new(move || if here() { client::waiting_orders(true, None) } else { client::no_orders() }),
            mail: Loaded::new(move || if here() { client::mail() } else { client::no_mail() }),
        }
    }

    /// The desk that this page belongs to.
    fn expect() -> Self {
        use_context().unwrap_or_else(Self::new)
    }
}

/// The id of whoever is signed in, and whether they look after the desk itself.
fn me() -> (String, bool) {
    let session = Account::expect().session();
    session.map_or_else(Default::default, |session| {
        let administrator = matches!(session.identity.role, Role::Staff { administrator: true });
        (session.identity.id, administrator)
    })
}

/// The desk's pages.
#[component]
pub(crate) fn DeskArea() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    let count = Signal::derive(move || desk.waiting.value().and_then(|page| i64::try_from(page.items.len()).ok()));
    let links = vec![
        Link { count, ..Link::new(routes::DESK, texts().orders()) },
        Link::new(routes::COMPANIES, desk_texts().companies()),
        Link::new(routes::ENDING, desk_texts().ending()),
        Link::new(routes::OVERDRAWN, texts().overdrawn()),
        Link::new(routes::STAFF, desk_texts().staff()),
        Link::new(routes::MAIL, texts().mail()),
        Link::new(routes::DESK_HELP, texts().help()),
    ];
    view! { <Area admits=|role| matches!(role, Role::Staff { .. }) links=links desk=true/> }
}
