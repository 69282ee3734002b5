//! The history of a company: who did what, when, and through which door.

mod filters;
mod lines;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_query_map};
use seatwise_domain::wire::{Activity, ActivityLine};

use self::filters::Filters;
use self::lines::Days;
use super::left::{Kept, Whose};
use crate::client::{self, Asked, Failure};
use crate::load::Loaded;
use crate::pages::help_link::HelpLink;
use crate::routes::{self, History};
use crate::session::Account;
use crate::ui::{Empty, Menu, PageHead, Skeleton, Trouble, WayOn};
use crate::words::{self, activity_texts, texts};

/// How many lines one look at the history brings, at most.
const A_PAGE: usize = 30;

thread_local! {
    /// The lines of a part of the history on a page, and how many were to be shown, as they were left.
    static LEFT: Kept<(String, History), (Activity, usize)> = const { Kept::new() };
}

/// Whose history it is, where it is shown, and whether the reader has the pages that its lines are about.
#[derive(Clone, Copy)]
pub(super) struct Place {
    company: Signal<String>,
    page: Signal<String>,
    leads: bool,
}

/// The history of the company that one manages.
#[component]
pub(crate) fn ActivityPage() -> impl IntoView {
    let account = Account::expect();
    let company = Signal::derive(move || account.company_id());
    let part = part_of(Signal::stored(routes::ACTIVITY.to_owned()));
    let address = move |format| part.with(|part| client::activity_address(&company.get(), &part.query(), format));
    view! {
        <PageHead title=texts().activity()>
            <HelpLink topic="history" about=texts().activity()/>
            <Menu id="export" label=texts().export()>
                <a href=move || address("csv") download="">{texts().export_csv()}<small>{texts().export_csv_hint()}</small></a>
                <a href=move || address("json") download="">{texts().export_json()}<small>{texts().export_json_hint()}</small></a>
            </Menu>
        </PageHead>
        <HistoryCard company=company page=Signal::stored(routes::ACTIVITY.to_owned()) leads=true/>
    }
}

/// Which part of the history the address says.
fn part_of(page: Signal<String>) -> Memo<History> {
    let (query, location) = (use_query_map(), use_location());
    Memo::new(move |before: Option<&History>| {
        // On the way to another page the address is no longer about this one.
        let here = location.pathname.with(|path| page.with(|page| path.trim_end_matches('/') == page));
        if here { History::read(&query.read()) } else { before.cloned().unwrap_or_default() }
    })
}

/// The history, and what it can be narrowed down to.
#[component]
pub(crate) fn HistoryCard(
    /// The company's id.
    company: Signal<String>,
    /// The address of this page.
    page: Signal<String>,
    /// Whether people and orders have pages that the reader may see.
    leads: bool,
) -> impl IntoView {
    let place = Place { company, page, leads };
    let part = part_of(page);
    let account = Account::expect();
    let whose = StoredValue::new(Whose::now(account));
    let here = move || (page.get_untracked(), part.get_untracked());
    // What was left and is come back to.
    let left = StoredValue::new(None::<(Activity, usize)>);
    let shown = Loaded::new(move || {
        let asked = client::activity(company.get(), &part.with(History::query), None);
        let found = whose.get_value().and_then(|whose| LEFT.with(|all| all.take(&whose, &here())));
        let long = found.as_ref().is_some_and(|(list, _)| is_long(list));
        left.set_value(found);
        // The first page would take the others away: it is put in front of them below.
        if long { Asked { text: Box::pin(core::future::pending()), ..asked } } else { asked }
    });
    // Which part the lines are of.
    let of = StoredValue::new(None::<(String, History)>);
    // How many lines are to be shown: a page can be short though the list goes on.
    let wanted = RwSignal::new(A_PAGE);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let more = Callback::new(move |after: String| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let asked = client::activity(company.get_untracked(), &part.with_untracked(History::query), Some(&after));
        spawn_local(async move {
            let answer = asked.await;
            let _ = failure.try_set(answer.as_ref().err().cloned());
            if let Ok(next) = answer {
                shown.change(|list| {
                    // What follows a list that is another one by now, or has it already, is of no use.
                    if list.page.next.as_ref() == Some(&after) {
                        list.page.items.extend(next.page.items);
                        list.page.next = next.page.next;
                        list.looked_until = next.looked_until;
                    }
                });
            }
            let _ = busy.try_set(false);
        });
    });
    let leave = move || {
        let list = untrack(|| shown.value()).zip(wanted.try_get_untracked());
        if let (Some(of), Some(whose), Some(list)) = (of.get_value(), whose.get_value(), list) {
            LEFT.with(|all| all.keep(account, whose, of, list));
        }
    };
    on_cleanup(leave);
    Effect::new(move |_| {
        part.track();
        leave();
        failure.set(None);
        let Some((list, count)) = left.try_update_value(Option::take).flatten() else { return wanted.set(A_PAGE) };
        wanted.set(count);
        let long = is_long(&list);
        shown.begin(list, long);
        if long {
            let asked = client::activity(company.get_untracked(), &part.with_untracked(History::query), None);
            let there = here();
            spawn_local(async move {
                if let Ok(newest) = asked.await
                    && of.try_get_value().flatten() == Some(there)
                {
                    shown.change(|list| put_in_front(list, newest));
                }
            });
        }
    });
    Effect::new(move |_| {
        if shown.value().is_some() {
            of.set_value(Some(here()));
        }
    });
    Effect::new(move |_| {
        if busy.get() {
            return;
        }
        let next = shown.value().filter(|list| list.page.items.len() < wanted.get()).and_then(|list| list.page.next);
        if let Some(next) = next.filter(|_| failure.with_untracked(Option::is_none)) {
            more.run(next);
        }
    });
    let press = move |_| {
        let page = shown.value().map(|list| list.page);
        if let Some(next) = page.as_ref().and_then(|page| page.next.clone()) {
            failure.set(None);
            wanted.set(page.map_or(0, |page| page.items.len()).saturating_add(A_PAGE));
            more.run(next);
        }
    };
    // What was there stays when a look fails.
    let lines = Memo::new(move |before: Option<&Vec<ActivityLine>>| {
        shown.value().map(|list| list.page.items).or_else(|| before.cloned()).unwrap_or_default()
    });
    let person = Memo::new(move |_| shown.value().and_then(|list| list.person));
    let goes_on = Memo::new(move |_| shown.value().is_some_and(|list| list.page.next.is_some()));
    let none = Memo::new(move |_| lines.with(Vec::is_empty));
    let wrong = Memo::new(move |_| shown.get().and_then(Result::err).map(whole));
    let waiting = Memo::new(move |_| shown.get().is_none() || (none.get() && goes_on.get() && failure.with(Option::is_none)));
    let list = move || match (wrong.get(), none.get(), waiting.get()) {
        (Some(failure), ..) => view! { <Trouble failure=Some(failure)/> }.into_any(),
        (None, true, true) => view! { <Skeleton lines=6/> }.into_any(),
        (None, true, false) if !goes_on.get() => view! { <Nothing part=part place=place/> }.into_any(),
        _ => view! { <Days lines=lines place=place/> }.into_any(),
    };
    let told = move || {
        let Activity { page, looked_until, .. } = shown.value()?;
        let count = i64::try_from(page.items.len()).unwrap_or_default();
        Some(match looked_until {
            Some(until) if page.items.len() < wanted.get() => activity_texts().looked_until(&words::day_in_utc(until)),
            Some(_) => activity_texts().lines_first(count),
            None if count == 0 => return None,
            None => activity_texts().lines_all(count),
        })
    };
    view! {
        <section class="card">
            <Filters part=part person=person place=place/>
            <p class="calm inset">{activity_texts().activity_lead()}</p>
            <div class="activity" aria-busy=move || (busy.get() || waiting.get()).to_string()>{list}</div>
            <Trouble failure=failure/>
            <Show when=move || goes_on.get() && !waiting.get()>
                <p class="more"><button type="button" class="button" disabled=move || busy.get() on:click=press>{texts().show_more()}</button></p>
            </Show>
            <p class="told" role="status">{told}</p>
        </section>
    }
}

/// Whether a list has more lines than one look brings.
fn is_long(list: &Activity) -> bool {
    list.page.items.len() > A_PAGE
}

/// Puts the newest lines in the place of those that were the newest before. The history only grows: what is older is as it was.
fn put_in_front(list: &mut Activity, newest: Activity) {
    let Some(oldest) = newest.page.items.last().map(|line| line.event.seq) else { return };
    let older = core::mem::replace(&mut list.page.items, newest.page.items);
    list.page.items.extend(older.into_iter().filter(|line| line.event.seq < oldest));
}

/// A failure that is told here whatever it is about: no field of the filters says what is wrong with it.
fn whole(failure: Failure) -> Failure {
    match failure {
        Failure::Problem(mut problem) => {
            problem.field = None;
            Failure::Problem(problem)
        }
        Failure::Offline => failure,
    }
}

/// What stands where nothing is.
#[component]
fn Nothing(part: Memo<History>, place: Place) -> impl IntoView {
    if part.get_untracked() == History::default() {
        return view! { <Empty title=activity_texts().nothing_yet() text=activity_texts().nothing_yet_text()/> }.into_any();
    }
    view! {
        <Empty title=activity_texts().nothing_found() text=activity_texts().nothing_found_text()>
            <WayOn to=place.page.get_untracked() label=activity_texts().clear_filters()/>
        </Empty>
    }
    .into_any()
}
