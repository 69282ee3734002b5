//! The account managers' desk.

mod assign;
mod companies;
mod company;
mod orders;

pub(crate) use companies::Companies;
pub(crate) use company::CompanyPage;
pub(crate) use orders::WaitingOrders;

use leptos::prelude::*;
use seatwise_domain::wire::Role;

use super::frame::{Area, Link};
use crate::routes;
use crate::words::texts;

/// The desk's pages.
#[component]
pub(crate) fn DeskArea() -> impl IntoView {
    let links = vec![Link::new(routes::DESK, texts().orders()), Link::new(routes::COMPANIES, texts().companies())];
    view! { <Area admits=|role| matches!(role, Role::Staff) links=links/> }
}
