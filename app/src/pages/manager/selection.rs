//! Who is picked in the list of users, for what is done with many at once.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::wire::RosterCounts;

use super::bulk::Bulk;
use super::roster::Roster;
use super::toolbar::figure;
use crate::client::{self, Failure};
use crate::routes::List;
use crate::session::Account;
use crate::ui::{Menu, Toasts};
use crate::words::{number, texts};

/// The ids, in the order in which they were picked.
#[derive(Default)]
struct Picked {
    ids: Vec<Arc<str>>,
    among: HashSet<Arc<str>>,
}

impl Picked {
    fn add(&mut self, id: &str) {
        let id: Arc<str> = id.into();
        if self.among.insert(Arc::clone(&id)) {
            self.ids.push(id);
        }
    }
}

/// Who is picked. It lives as long as the list is the same one.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    picked: RwSignal<Picked>,
    /// How many are found while everybody of a list is being picked.
    finding: RwSignal<Option<usize>>,
}

impl Selection {
    /// Nobody is picked; nobody is again whenever the list shows others.
    pub(super) fn new(list: Memo<List>) -> Self {
        let selection = Self { picked: RwSignal::new(Picked::default()), finding: RwSignal::new(None) };
        let who = Memo::new(move |_| list.with(|list| (list.search.clone(), list.narrowed, list.group.clone())));
        Effect::new(move |_| {
            who.track();
            selection.clear();
        });
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            // Whatever else Escape closes comes first.
            let taken = "dialog[open], :popover-open, input[type=search]:focus";
            let taken = document().query_selector(taken).ok().flatten().is_some();
            if event.key() == "Escape" && !taken && selection.count_now() > 0 {
                selection.clear();
            }
        });
        on_cleanup(move || listener.remove());
        selection
    }

    /// Whether somebody is picked.
    pub(super) fn has(self, id: &str) -> bool {
        self.picked.with(|picked| picked.among.contains(id))
    }

    /// How many are picked.
    pub(super) fn count(self) -> usize {
        self.picked.with(|picked| picked.ids.len())
    }

    /// Whether all who are picked are loaded, and so few that each can be given somebody else.
    fn can_be_replaced(self, roster: Roster) -> bool {
        let shown = || roster.rows.with(|rows| rows.iter().filter(|row| self.has(&row.line.id)).count());
        self.count() <= Bulk::MOST_REPLACED && shown() == self.count()
    }

    /// Who is picked, as they were picked.
    pub(super) fn all(self) -> Vec<Arc<str>> {
        self.picked.try_with_untracked(|picked| picked.ids.clone()).unwrap_or_default()
    }

    fn count_now(self) -> usize {
        self.picked.try_with_untracked(|picked| picked.ids.len()).unwrap_or_default()
    }

    /// Picks somebody, or no longer.
    pub(super) fn pick(self, id: &str, is: bool) {
        self.picked.update(|picked| {
            if is {
                picked.add(id);
            } else if picked.among.remove(id) {
                picked.ids.retain(|known| &**known != id);
            }
        });
    }

    /// Picks all of these too.
    pub(super) fn add_all<'a>(self, ids: impl Iterator<Item = &'a str>) {
        let _ = self.picked.try_update(|picked| ids.for_each(|id| picked.add(id)));
    }

    /// Nobody is picked.
    pub(super) fn clear(self) {
        let _ = self.finding.try_set(None);
        if self.count_now() > 0 {
            self.picked.set(Picked::default());
        }
    }

    /// Who is picked: those who are shown in the order of the list, then the others as they were picked.
    pub(super) fn ids(self, roster: Roster) -> Vec<String> {
        self.picked.with_untracked(|picked| {
            let mut shown = HashSet::new();
            let mut ids = Vec::with_capacity(picked.ids.len());
            roster.rows.with_untracked(|rows| {
                for id in rows.iter().map(|row| &row.line.id).filter(|id| picked.among.contains(id.as_str())) {
                    shown.insert(id.clone());
                    ids.push(id.clone());
                }
            });
            ids.extend(picked.ids.iter().filter(|id| !shown.contains(&***id)).map(|id| id.to_string()));
            ids
        })
    }

    /// Picks everybody of the list, loaded or not.
    fn find_all(self, company: String, list: List, toasts: Toasts) {
        self.finding.set(Some(self.count_now()));
        spawn_local(async move {
            let mut after = None;
            loop {
                let answer = client::member_ids(company.clone(), &list.query(), after.as_deref()).await;
                // Cleared meanwhile, or the list is another one.
                if self.finding.try_get_untracked().flatten().is_none() {
                    return;
                }
                match answer {
                    Ok(part) => {
                        self.add_all(part.ids.iter().map(String::as_str));
                        after = part.next;
                    }
                    Err(failure) => {
                        self.finding.set(None);
                        toasts.tell(detail(&failure));
                        return;
                    }
                }
                self.finding.set(after.as_ref().map(|_| self.count_now()));
                if after.is_none() {
                    return;
                }
            }
        });
    }
}

/// Why something failed, in a sentence.
pub(super) fn detail(failure: &Failure) -> String {
    match failure {
        Failure::Problem(problem) => problem.detail.clone(),
        Failure::Offline => texts().no_answer().to_owned(),
    }
}

/// What is picked, and what can be done with it.
#[component]
pub(super) fn SelectionBar(
    roster: Roster,
    selection: Selection,
    /// The figures of the list, for how many there are altogether.
    counts: Signal<Option<RosterCounts>>,
    /// What is being done.
    doing: RwSignal<Option<Bulk>>,
) -> impl IntoView {
    let account = Account::expect();
    let toasts = Toasts::expect();
    let list = roster.list;
    let all_shown =
        Memo::new(move |_| roster.rows.with(|rows| !rows.is_empty() && rows.iter().all(|row| selection.has(&row.line.id))));
    let rest = move || {
        if let Some(found) = selection.finding.get() {
            return Some(view! { <p role="status">{texts().found_so_far(count(found))}</p> }.into_any());
        }
        let shown = roster.rows.with(Vec::len);
        if !all_shown.get() || !roster.goes_on() || selection.count() > shown {
            return None;
        }
        // How many a search finds isn't counted beforehand.
        let total =
            list.with(|list| counts.get().filter(|_| list.search.is_empty()).and_then(|counts| figure(&counts, list.narrowed)));
        let label = total.map_or_else(|| texts().pick_everybody().to_owned(), |total| texts().pick_all_of_them(&number(total)));
        let find = move |_| selection.find_all(account.company_id(), list.get_untracked(), toasts);
        Some(
            view! {
                <p>{texts().all_shown_are_picked(count(shown))}</p>
                <button type="button" class="button quiet" on:click=find>{label}</button>
            }
            .into_any(),
        )
    };
    let button = move |bulk: Bulk| {
        let danger = (bulk == Bulk::Remove).then_some("true");
        view! { <button type="button" class="button quiet" data-danger=danger on:click=move |_| doing.set(Some(bulk))>{bulk.label()}</button> }
    };
    let actions = move || {
        let narrowed = list.with(|list| list.narrowed);
        let few = selection.can_be_replaced(roster);
        let open = |first| {
            Bulk::ALL.into_iter().filter(move |bulk| bulk.offered(narrowed) == Some(first) && (few || *bulk != Bulk::Replace))
        };
        let more: Vec<_> = open(false).collect();
        view! {
            {open(true).map(button).collect_view()}
            {(!more.is_empty()).then(|| view! {
                <Menu id="more-actions" label=texts().more() full=texts().more_to_do() quiet=true>{more.into_iter().map(button).collect_view()}</Menu>
            })}
        }
    };
    let some = move || selection.count() > 0;
    // Drawn again only when what is offered changes, so that nobody loses the focus by ticking one more.
    let offered = Memo::new(move |_| (list.with(|list| list.narrowed), selection.can_be_replaced(roster)));
    view! {
        <Show when=some>
            <section class="picked" aria-label=texts().picked_users()>
                <p role="status"><b>{move || texts().picked(count(selection.count()))}</b></p>
                {move || { offered.track(); untrack(actions) }}
                <button type="button" class="button quiet" on:click=move |_| selection.clear()>{texts().clear_selection()}</button>
                {rest}
            </section>
        </Show>
    }
}

/// A number of people as texts count them.
pub(super) fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
