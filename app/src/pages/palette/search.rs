//! What the API is asked for while somebody types: users, orders and companies.

use leptos::prelude::*;
use seatwise_domain::order::OrderNumber;
use seatwise_domain::wire::{CompanyLine, MemberLine, OrderLine};

use super::find::{Entry, Group};
use crate::client::{self, Failure};
use crate::load::{InTurn, Typing};
use crate::routes::{self, DeskPart, List};
use crate::session::Account;
use crate::words::{self, number, palette_texts, texts};

/// How many of a sort are shown.
pub(super) const MOST: usize = 6;

/// What the API has found.
#[derive(Clone, Copy)]
pub(super) struct Search {
    desk: bool,
    account: Account,
    /// What fits what was typed last.
    pub(super) found: RwSignal<Vec<Entry>>,
    /// The newest orders, or those that wait: looked through here.
    orders: RwSignal<Vec<Entry>>,
    /// Whether an answer is on its way.
    pub(super) waits: RwSignal<bool>,
    /// Whether one was lost.
    pub(super) lost: RwSignal<bool>,
    typing: Typing,
    turn: InTurn<String>,
    /// Asks for the orders, at most once each time that the palette opens.
    listing: InTurn<()>,
}

impl Search {
    /// Nothing is asked yet.
    pub(super) fn new(desk: bool) -> Self {
        Self {
            desk,
            account: Account::expect(),
            found: RwSignal::new(Vec::new()),
            orders: RwSignal::new(Vec::new()),
            waits: RwSignal::new(false),
            lost: RwSignal::new(false),
            typing: Typing::new(),
            turn: InTurn::new(),
            listing: InTurn::new(),
        }
    }

    /// The palette was opened.
    pub(super) fn open(self) {
        self.found.set(Vec::new());
        self.waits.set(false);
        self.lost.set(false);
        self.listing.ask((), move |()| self.list());
    }

    /// The orders that can be looked through here.
    pub(super) fn orders(self) -> Vec<Entry> {
        self.orders.get()
    }

    /// Something else was typed.
    pub(super) fn typed(self, text: &str) {
        let text = text.trim().to_owned();
        self.waits.set(!text.is_empty());
        self.lost.set(false);
        if text.is_empty() {
            self.found.set(Vec::new());
        }
        self.typing.pause(move || self.turn.ask(text, move |text| self.ask(text)));
    }

    async fn list(self) {
        let orders: Result<Vec<Entry>, Failure> = if self.desk {
            client::waiting_orders(false, None).await.map(|page| {
                let entry = |item: seatwise_domain::wire::WaitingOrder| {
                    order(&item.order, &item.company, routes::company(&item.company_id))
                };
                page.items.into_iter().map(entry).collect()
            })
        } else {
            let page = client::orders(self.account.company_id(), None).await;
            page.map(|page| page.items.iter().map(own_order).collect())
        };
        if let Ok(orders) = orders {
            let _ = self.orders.try_set(orders);
        }
    }

    async fn ask(self, text: String) {
        if text.is_empty() {
            return;
        }
        let answer = if self.desk { self.companies(&text).await } else { self.members_and_order(&text).await };
        // What was typed since is asked next, and what was closed needs no answer.
        if self.turn.outdated() || self.waits.try_get_untracked() != Some(true) {
            return;
        }
        let _ = self.lost.try_set(answer.is_err());
        let _ = self.found.try_set(answer.unwrap_or_default());
        let _ = self.waits.try_set(false);
    }

    async fn companies(self, text: &str) -> Result<Vec<Entry>, Failure> {
        let page = client::companies(false, text, None).await?;
        let more = page.next.is_some() || page.items.len() > MOST;
        let entry = |company: CompanyLine| {
            Entry::page(Group::Companies, company.name, company.account_manager, routes::company(&company.id))
        };
        let mut found: Vec<Entry> = page.items.into_iter().take(MOST).map(entry).collect();
        if more {
            let all = DeskPart { all: true, search: text.to_owned() }.of(routes::COMPANIES);
            found.push(Entry::page(Group::Companies, palette_texts().all_companies_like(text), "", all));
        }
        Ok(found)
    }

    async fn members_and_order(self, text: &str) -> Result<Vec<Entry>, Failure> {
        let list = List { search: text.to_owned(), ..List::default() };
        let page = client::members(self.account.company_id(), &list.query(), None).await?;
        let more = page.next.is_some() || page.items.len() > MOST;
        let mut found: Vec<Entry> = page.items.into_iter().take(MOST).map(member).collect();
        if more {
            found.push(Entry::page(Group::Members, palette_texts().all_users_like(text), "", list.address()));
        }
        // An order that is older than those that are looked through is found by its number.
        if let Some(wanted) = order_number(text) {
            let below = wanted.saturating_add(1).to_string();
            let page = client::orders(self.account.company_id(), Some(below)).await?;
            found.extend(page.items.first().filter(|order| order.number.0 == wanted).map(own_order));
        }
        Ok(found)
    }
}

/// The number that somebody means: 12 and ORD-0012 are the same.
fn order_number(text: &str) -> Option<u32> {
    let digits = text.get(..4).filter(|start| start.eq_ignore_ascii_case("ord-")).and_then(|_| text.get(4..)).unwrap_or(text);
    digits.parse().ok()
}

fn member(line: MemberLine) -> Entry {
    let title = words::called(line.name.as_deref(), &line.email).to_owned();
    let standing = words::standing(line.standing).0;
    let beside = if line.name.is_some() { format!("{} · {standing}", line.email) } else { standing.to_owned() };
    Entry::page(Group::Members, title, beside, routes::user(&line.id))
}

fn own_order(line: &OrderLine) -> Entry {
    order(line, &words::order_status(line).0, routes::order(&line.id))
}

/// An order: found by its number and by what it says.
fn order(line: &OrderLine, whose: &str, to: String) -> Entry {
    let OrderNumber(plain) = line.number;
    let licences = words::licences(line.kind, line.quantity);
    let said =
        [Some(&line.requested_by), line.reference.as_ref(), line.message.as_ref(), line.reason.as_ref(), line.group.as_ref()];
    let said = said.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let mut entry = Entry::page(Group::Orders, line.number.to_string(), format!("{licences} · {whose}"), to);
    // Two orders of a company lead to the same page at the desk.
    entry.key = format!("{} {}", line.id, entry.key);
    entry.also(&format!("{said} {plain} {} {}", number(line.quantity), texts().order()))
}
