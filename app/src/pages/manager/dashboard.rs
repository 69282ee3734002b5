//! The dashboard: where a company's licences are, and what needs attention.

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use seatwise_domain::wire::{Dashboard as Figures, KindSummary};
use seatwise_domain::{Balance, Kind};

use super::KindCard;
use super::attention::attention;
use super::expiries::expiries;
use super::log::Log;
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::ui::{Card, PageHead, Waiting, WayOn};
use crate::words::texts;

/// The dashboard.
#[component]
pub(crate) fn Dashboard() -> impl IntoView {
    let account = Account::expect();
    let figures = Loaded::new(move || client::dashboard(account.company_id()));
    view! {
        <PageHead title=texts().dashboard()>
            <WayOn to=routes::ADD_USER label=texts().add_users()/>
            <WayOn to=routes::request(Kind::User, None) label=texts().request_licences() main=true/>
        </PageHead>
        <Waiting on=figures show=|figures| view! { <Shown figures=figures/> }/>
        <Outlet/>
    }
}

#[component]
fn Shown(figures: Figures) -> impl IntoView {
    let empty = figures.user.balance == Balance::default() && figures.content.balance == Balance::default();
    let card = |kind, summary: &KindSummary| view! { <KindCard kind=kind balance=summary.balance next=summary.next_expiry.clone() set_aside=summary.set_aside explain=true/> };
    let first_steps = empty.then(|| view! { <FirstSteps waiting=figures.waiting_orders/> });
    let cards = view! { {card(Kind::User, &figures.user)} {card(Kind::Content, &figures.content)} };
    let (expiring, attention) = (expiries(&figures.expiring, figures.now), attention(&figures));
    let all_expiries = || view! { <A href=routes::FORECAST>{texts().all_expiries()}</A> };
    view! {
        <div class="stack">
            {first_steps}
            {cards}
            <div class="cols">
                <div class="stack">
                    <Card title=texts().expiring_in_twelve_months() aside=all_expiries>
                        {expiring}
                    </Card>
                    <Card title=texts().recent_activity()>
                        <Log events=figures.recent/>
                    </Card>
                </div>
                <Card title=texts().needs_attention()>{attention}</Card>
            </div>
        </div>
    }
}

/// What to do in a company that has nothing yet.
#[component]
fn FirstSteps(waiting: i64) -> impl IntoView {
    let first = if waiting > 0 { texts().first_step_waiting() } else { texts().first_step_request() };
    view! {
        <Card title=texts().first_steps()>
            <ol class="first">
                <li>
                    <div><b>{first}</b><p>{texts().first_step_request_text()}</p></div>
                    <WayOn to=routes::request(Kind::User, None) label=texts().request_licences()/>
                </li>
                <li>
                    <div><b>{texts().first_step_add()}</b><p>{texts().first_step_add_text()}</p></div>
                    <WayOn to=routes::ADD_USER label=texts().add_users()/>
                </li>
                <li>
                    <div><b>{texts().first_step_platform()}</b><p>{texts().first_step_platform_text()}</p></div>
                    <WayOn to=routes::SETTINGS label=texts().settings()/>
                </li>
            </ol>
        </Card>
    }
}
