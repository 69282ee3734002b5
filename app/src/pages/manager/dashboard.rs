//! The dashboard: where a company's licences are, and what needs attention.

use leptos::prelude::*;
use seatwise_domain::texts::number;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{Dashboard as Figures, EventLine, KindSummary, MonthOfExpiries};
use seatwise_domain::{Balance, Instant, Kind};

use super::KindCard;
use super::attention::Attention;
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::ui::{Bar, BarChart, Card, PageHead, Waiting, WayOn};
use crate::words::{self, texts};

/// The dashboard.
#[component]
pub(crate) fn Dashboard() -> impl IntoView {
    let account = Account::expect();
    let figures = Loaded::new(move || client::dashboard(account.company_id()));
    // The page is drawn once. Later answers change the parts that they change, so nothing flashes or loses the focus.
    let first = Memo::new(move |before: Option<&Option<Figures>>| match before {
        Some(Some(before)) => Some(before.clone()),
        _ => figures.value(),
    });
    view! {
        <PageHead title=texts().dashboard()>
            <WayOn to=routes::ADD_USER label=texts().add_users()/>
            <WayOn to=routes::request(Kind::User, None) label=texts().request_licences() main=true/>
        </PageHead>
        {move || match first.get() {
            Some(first) => view! { <Shown figures=Signal::derive(move || figures.value().unwrap_or_else(|| first.clone()))/> }.into_any(),
            None => view! { <Waiting on=figures show=|_| ()/> }.into_any(),
        }}
    }
}

#[component]
fn Shown(figures: Signal<Figures>) -> impl IntoView {
    let first_steps = Memo::new(move |_| {
        figures.with(|figures| {
            let empty = figures.user.balance == Balance::default() && figures.content.balance == Balance::default();
            empty.then_some(figures.waiting_orders)
        })
    });
    let user = Memo::new(move |_| figures.with(|figures| figures.user.clone()));
    let content = Memo::new(move |_| figures.with(|figures| figures.content.clone()));
    let card = |kind, summary: KindSummary| view! { <KindCard kind=kind balance=summary.balance next=summary.next_expiry/> };
    let bars = Memo::new(move |_| figures.with(|figures| bars(&figures.expiring, figures.now)));
    let recent = Memo::new(move |_| figures.with(|figures| lines(&figures.recent, figures.now)));
    let all_expiries = || view! { <a href=routes::LICENCES>{texts().all_lots()}</a> };
    view! {
        <div class="stack">
            {move || first_steps.get().map(|waiting| view! { <FirstSteps waiting=waiting/> })}
            {move || card(Kind::User, user.get())}
            {move || card(Kind::Content, content.get())}
            <div class="cols">
                <div class="stack">
                    <Card title=texts().expiring_in_twelve_months() aside=all_expiries>
                        {move || expiries(bars.get())}
                    </Card>
                    <Card title=texts().recent_activity()>
                        <ul class="log">{move || recent.get().into_iter().map(log_line).collect_view()}</ul>
                    </Card>
                </div>
                <Card title=texts().needs_attention()><Attention dashboard=figures/></Card>
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

/// How long before their end licences are drawn in the warning colour.
const SOON: i64 = 60 * DAY;

fn bars(months: &[MonthOfExpiries], now: Instant) -> Vec<Bar> {
    let bar = |month: &MonthOfExpiries| Bar {
        label: words::month(month.month),
        full: words::month_and_year(month.month),
        value: month.quantity,
        shown: number(month.quantity),
        soon: month.month < now.plus(SOON),
    };
    months.iter().map(bar).collect()
}

fn expiries(bars: Vec<Bar>) -> AnyView {
    if bars.iter().all(|bar| bar.value == 0) {
        return view! { <p class="calm">{texts().nothing_expires()}</p> }.into_any();
    }
    view! { <BarChart label=texts().expiring_in_twelve_months() bars=bars/> }.into_any()
}

/// A line of the history in words.
#[derive(Clone, PartialEq, Eq)]
struct LogLine {
    actor: String,
    what: String,
    at: Instant,
    ago: String,
}

fn lines(events: &[EventLine], now: Instant) -> Vec<LogLine> {
    let line = |event: &EventLine| {
        let (actor, what) = words::event(event);
        LogLine { actor, what, at: event.at, ago: words::ago(event.at, now) }
    };
    events.iter().map(line).collect()
}

fn log_line(line: LogLine) -> impl IntoView {
    view! {
        <li>
            <span><b>{line.actor}</b> " " {line.what}</span>
            <time datetime=words::iso(line.at) title=words::moment(line.at)>{line.ago}</time>
        </li>
    }
}
