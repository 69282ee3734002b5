//! What a company's managers see and do.

mod activity;
mod add_user;
mod attention;
mod bulk;
mod bulk_form;
mod dashboard;
mod expiries;
mod explain;
mod forecast;
mod group_choice;
mod groups;
mod import;
mod kind_card;
mod kind_choice;
mod left;
mod licences;
mod log;
mod notices;
mod order;
mod orders;
mod past;
mod renewal;
mod request;
mod roster;
mod selection;
mod settings;
mod sync;
mod toolbar;
mod user;
mod user_actions;
mod users;
mod way_back;
mod ways_out;

pub(crate) use activity::ActivityPage;
pub(super) use activity::HistoryCard;
pub(crate) use dashboard::Dashboard;
pub(crate) use explain::Explain;
pub(crate) use forecast::{Forecast, NotCarried};
pub(crate) use groups::Groups;
pub(crate) use import::Import;
pub(super) use kind_card::KindCard;
pub(crate) use licences::Lots;
pub(super) use log::Log;
pub(crate) use notices::NoticesPage;
pub(crate) use order::Order;
pub(crate) use orders::Orders;
pub(crate) use past::Past;
pub(super) use settings::{AllFields, Draft, Way};
pub(crate) use settings::{CompanyPage, InvitesPage, LicencesPage, LookPage, PeoplePage};
pub(crate) use sync::SyncPage;
pub(crate) use user::User;
pub(crate) use users::{UserDialogs, UserPicked, Users};

use leptos::prelude::*;
use seatwise_domain::wire::Role;

use self::way_back::WayBack;
use super::frame::{Area, Link};
use crate::routes;
use crate::words::texts;

/// The managers' pages.
#[component]
pub(crate) fn ManagerArea() -> impl IntoView {
    WayBack::provide();
    let links = vec![
        Link::new(routes::DASHBOARD, texts().dashboard()),
        Link::new(routes::USERS, texts().users()),
        Link::new(routes::LICENCES, texts().licences()),
        Link::new(routes::ACTIVITY, texts().activity()),
        Link::new(routes::SETTINGS, texts().settings()),
        Link::new(routes::HELP, texts().help()),
    ];
    view! { <Area admits=|role| matches!(role, Role::Member { manager: true, .. }) links=links/> }
}
