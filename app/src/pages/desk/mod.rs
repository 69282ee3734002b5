//! The account managers' desk.

mod assign;
mod audit;
mod companies;
mod company;
mod orders;

pub(crate) use companies::Companies;
pub(crate) use company::CompanyPage;
pub(crate) use orders::WaitingOrders;

use leptos::prelude::*;
use seatwise_domain::wire::{Page, Role, WaitingOrder};

use super::frame::{Area, Link};
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::words::texts;

/// The orders that wait: the list and the number in the rail are one.
#[derive(Clone, Copy)]
struct Waiting(Loaded<Page<WaitingOrder>>);

/// The desk's pages.
#[component]
pub(crate) fn DeskArea() -> impl IntoView {
    let account = Account::expect();
    let waiting = Loaded::new(move || {
        let at_the_desk = account.session().is_some_and(|session| session.identity.role == Role::Staff);
        if at_the_desk { client::waiting_orders(None) } else { client::no_orders() }
    });
    provide_context(Waiting(waiting));
    let count = Signal::derive(move || waiting.value().and_then(|page| i64::try_from(page.items.len()).ok()));
    let links =
        vec![Link { count, ..Link::new(routes::DESK, texts().orders()) }, Link::new(routes::COMPANIES, texts().companies())];
    view! { <Area admits=|role| matches!(role, Role::Staff) links=links/> }
}
