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
use crate::pages::help_link::HelpLink;
use crate::routes;
use crate::session::Account;
use crate::ui::{Card, PageHead, Pill, Waiting, WayOn};
use crate::words::{Tone, texts};

/// The dashboard.
#[component]
pub(crate) fn Dashboard() -> impl IntoView {
    let account = Account::expect();
    let figures = Loaded::new(move || client::dashboard(account.company_id()));
    view! {
        <PageHead title=texts().dashboard()>
            <HelpLink topic="figures" about=texts().dashboard()/>
            <WayOn to=routes::ADD_USER label=texts().add_users()/>
            <WayOn to=routes::request(Kind::User, None) label=texts().request_licences() main=true/>
        </PageHead>
        <Waiting on=figures show=|figures| view! { <Shown figures=figures/> }/>
        <Outlet/>
    }
}

#[component]
fn Shown(figures: Figures) -> impl IntoView {
    let card = |kind, summary: &KindSummary| view! { <KindCard kind=kind balance=summary.balance next=summary.next_expiry.clone() set_aside=summary.set_aside explain=true/> };
    let first_steps = first_steps(&figures);
    let cards = view! { {card(Kind::User, &figures.user)} {card(Kind::Content, &figures.content)} };
    let (expiring, attention) = (expiries(&figures.expiring, figures.now), attention(&figures));
    let all_expiries = || view! { <A href=routes::FORECAST>{texts().all_expiries()}</A> };
    let all_activity = || view! { <A href=routes::ACTIVITY>{texts().all_activity()}</A> };
    view! {
        <div class="stack">
            {first_steps}
            {cards}
            <div class="cols">
                <div class="stack">
                    <Card title=texts().expiring_in_twelve_months() aside=all_expiries>
                        {expiring}
                    </Card>
                    <Card title=texts().recent_activity() aside=all_activity>
                        <Log events=figures.recent/>
                    </Card>
                </div>
                <Card title=texts().needs_attention()>{attention}</Card>
            </div>
        </div>
    }
}

/// What to do in a company that begins, until somebody has a licence.
fn first_steps(figures: &Figures) -> Option<impl IntoView + use<>> {
    let sum = |of: fn(&Balance) -> i64| of(&figures.user.balance).saturating_add(of(&figures.content.balance));
    let licences = sum(|balance| balance.total) > 0;
    let users = sum(|balance| balance.in_use.saturating_add(balance.pending)) > 0;
    if licences && users {
        return None;
    }
    let first = if figures.waiting_orders > 0 { texts().first_step_waiting() } else { texts().first_step_request() };
    let request = routes::request(Kind::User, None);
    let steps = [
        (first, texts().first_step_request_text(), licences, request, texts().request_licences()),
        (texts().first_step_add(), texts().first_step_add_text(), users, routes::ADD_USER.to_owned(), texts().add_users()),
        (
            texts().first_step_platform(),
            texts().first_step_platform_text(),
            figures.platform_known,
            routes::SETTINGS.to_owned(),
            texts().settings(),
        ),
    ];
    let step = |(title, text, done, to, label)| {
        let end = if done {
            view! { <Pill of=(texts().step_done(), Tone::IN_USE)/> }.into_any()
        } else {
            view! { <WayOn to=to label=label/> }.into_any()
        };
        view! { <li><div><b>{title}</b><p>{text}</p></div>{end}</li> }
    };
    Some(view! {
        <Card title=texts().first_steps()>
            <ol class="first">{steps.into_iter().map(step).collect_view()}</ol>
        </Card>
    })
}
