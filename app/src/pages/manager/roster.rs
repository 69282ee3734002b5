//! The list of users: as much of it as is loaded, and how it is shown.

use core::ops::Range;
use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{MemberLine, Narrowed, SortedBy, Standing};

use super::left::{Kept, Whose};
use super::selection::Selection;
use crate::client::{self, Failure};
use crate::load::{self, InTurn};
use crate::routes::{self, List};
use crate::session::Account;
use crate::ui::{Connection, Day, Empty, Onward, Pill, Since, Skeleton, Stretch, Stretched, Trouble, WayOn};
use crate::words::{self, Tone, texts};

/// How many rows one look at the list brings.
const A_PAGE: usize = 30;

/// How many rows are asked for at once when a list that somebody has lengthened is loaded again.
const MOST_AGAIN: usize = 300;

/// A row, and how often it has changed since it is shown.
#[derive(PartialEq, Eq)]
pub(super) struct Row {
    /// The user.
    pub(super) line: MemberLine,
    version: u32,
    /// Where the list went on when this row came as the first of others.
    from: Option<String>,
}

/// The list as it was left.
struct Left {
    rows: Vec<Arc<Row>>,
    next: Option<String>,
    picked: Vec<Arc<str>>,
    stretch: Stretched,
}

thread_local! {
    static LEFT: Kept<List, Left> = const { Kept::new() };
}

/// What is asked of the API.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    /// The beginning of the list that the address says.
    Anew,
    /// As much of it as is shown.
    Again,
    /// The rows that stand in the document, of a list that is too long to be asked for again.
    Near,
    /// What comes after it.
    More,
}

/// The list that the address says, as far as it is loaded.
#[derive(Clone, Copy)]
pub(super) struct Roster {
    /// Which list.
    pub(super) list: Memo<List>,
    /// The rows.
    pub(super) rows: RwSignal<Vec<Arc<Row>>>,
    /// Which of them stand in the document.
    stretch: Stretch,
    /// Which list they are of.
    of: StoredValue<Option<List>>,
    whose: StoredValue<Option<Whose>>,
    /// Where it goes on, if it does.
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<Failure>>,
    turn: InTurn<Question>,
    account: Account,
}

impl Roster {
    /// Loads the list now, and whenever it becomes another one. One that is come back to is shown as it was left.
    pub(super) fn new(list: Memo<List>, selection: Selection) -> Self {
        let account = Account::expect();
        let rows = RwSignal::new(Vec::new());
        let roster = Self {
            list,
            rows,
            stretch: Stretch::new(Signal::derive(move || rows.with(Vec::len))),
            of: StoredValue::new(None),
            whose: StoredValue::new(Whose::now(account)),
            next: RwSignal::new(None),
            failure: RwSignal::new(None),
            turn: InTurn::new(),
            account,
        };
        Effect::new(move |_| {
            let list = list.get();
            roster.leave(selection);
            let left = roster.whose.get_value().and_then(|whose| LEFT.with(|left| left.take(&whose, &list)));
            match left {
                Some(left) => roster.show_again(list, left, selection),
                None => roster.ask(Question::Anew),
            }
        });
        on_cleanup(move || roster.leave(selection));
        load::on_focus(Box::new(move || {
            // A long list isn't fetched again just because somebody looks at it.
            if roster.rows.try_with_untracked(|rows| rows.len() <= A_PAGE) == Some(true) {
                roster.reload();
            }
        }));
        roster
    }

    /// Keeps what is loaded, for whoever comes back.
    fn leave(self, selection: Selection) {
        let (of, whose) = (self.of.try_get_value().flatten(), self.whose.try_get_value().flatten());
        let (rows, next) = (self.rows.try_get_untracked(), self.next.try_get_untracked());
        if let (Some(of), Some(whose), Some(rows), Some(next), Some(stretch)) = (of, whose, rows, next, self.stretch.state()) {
            let left = Left { rows, next, picked: selection.all(), stretch };
            LEFT.with(|all| all.keep(self.account, whose, of, left));
        }
    }

    /// Shows the list as it was left, and asks quietly what has changed since.
    fn show_again(self, list: List, left: Left, selection: Selection) {
        let short = left.rows.len() <= MOST_AGAIN;
        self.of.set_value(Some(list));
        self.next.set(left.next);
        self.stretch.restore(left.stretch);
        self.rows.set(left.rows);
        selection.add_all(left.picked.iter().map(|id| &**id));
        self.ask(if short { Question::Again } else { Question::Near });
    }

    /// Loads what is shown again.
    pub(super) fn reload(self) {
        self.ask(Question::Again);
    }

    /// Whether there is more than is loaded.
    pub(super) fn goes_on(self) -> bool {
        self.next.with(Option::is_some)
    }

    /// Who of the loaded ones has this id.
    pub(super) fn line(self, id: &str) -> Option<MemberLine> {
        self.rows.try_with_untracked(|rows| rows.iter().find(|row| row.line.id == id).map(|row| row.line.clone())).flatten()
    }

    fn ask(self, question: Question) {
        // What comes after a list that is just being replaced is of no use.
        if question == Question::More && self.turn.busy.get_untracked() {
            return;
        }
        self.turn.ask(question, move |question| self.answer(question));
    }

    async fn answer(self, question: Question) {
        let Some(list) = self.list.try_get_untracked() else { return };
        let (first, mut after) = match question {
            Question::More => (0, self.next.try_get_untracked().flatten()),
            Question::Near => self.near(),
            Question::Anew | Question::Again => (0, None),
        };
        let wanted = match question {
            Question::Again => self.len().clamp(A_PAGE, MOST_AGAIN),
            Question::Near => untrack(|| self.stretch.shown()).end.saturating_sub(first),
            Question::Anew | Question::More => A_PAGE,
        };
        let (mut got, mut count) = (Vec::new(), 0);
        let mut replaces = question != Question::More;
        loop {
            let answer = client::members(self.account.company_id(), &list.query(), after.as_deref()).await;
            if self.turn.outdated() {
                return;
            }
            match answer {
                Ok(page) => {
                    Connection::found();
                    count += page.items.len();
                    let mut from = after;
                    got.extend(page.items.into_iter().map(|line| (line, from.take())));
                    after = page.next;
                }
                Err(failure) => {
                    if failure == Failure::Offline {
                        let again = if question == Question::Near { question } else { Question::Again };
                        Connection::lost(move || self.ask(again));
                    }
                    if question == Question::Anew {
                        // What is still shown belongs to another list, which doesn't go on.
                        let _ = self.next.try_set(None);
                    }
                    let _ = self.failure.try_set(Some(failure));
                    return;
                }
            }
            // A page can be short though the list goes on: it is filled up by asking on.
            let enough = count >= wanted || after.is_none();
            if enough || matches!(question, Question::Anew | Question::More) {
                let _ = self.failure.try_set(None);
                let len = self.len();
                let range = match question {
                    // What comes after those that stand in the document stays as it is.
                    Question::Near if after.is_some() => first..self.end_of(&got, first),
                    _ if replaces => first..len,
                    _ => len..len,
                };
                let goes_on = question == Question::Near && range.end < len;
                self.show(core::mem::take(&mut got), range);
                let _ = self.of.try_set_value(Some(list.clone()));
                if !goes_on {
                    let _ = self.next.try_set(after.clone());
                }
                replaces = false;
            }
            if enough {
                return;
            }
        }
    }

    fn len(self) -> usize {
        self.rows.try_with_untracked(Vec::len).unwrap_or_default()
    }

    /// The last row at or before those in the document from which on the list can be asked for, and how.
    fn near(self) -> (usize, Option<String>) {
        let start = untrack(|| self.stretch.shown()).start;
        self.rows.with_untracked(|rows| {
            let known = rows.iter().enumerate().take(start.saturating_add(1)).rev().find(|(_, row)| row.from.is_some());
            known.map(|(place, row)| (place, row.from.clone())).unwrap_or_default()
        })
    }

    /// Behind which row the list goes on after these lines, which are shown from the row `first` on.
    fn end_of(self, lines: &[(MemberLine, Option<String>)], first: usize) -> usize {
        let last = self.rows.try_with_untracked(|rows| {
            // Somebody who stood far behind says nothing of where the others end.
            let most = first.saturating_add(lines.len()).saturating_add(A_PAGE);
            let place = |id: &str| rows.iter().take(most).position(|row| row.line.id == id);
            lines.iter().rev().find_map(|(line, _)| place(&line.id))
        });
        last.flatten().map_or(first, |last| last.saturating_add(1)).max(first)
    }

    /// Shows lines in the place of a range of rows.
    fn show(self, lines: Vec<(MemberLine, Option<String>)>, replaces: Range<usize>) {
        let _ = self.rows.try_update(|rows| {
            // Put in one by one: what makes a map of many at once sorts them first, and weighs more than the rows' own code.
            let mut known = BTreeMap::<String, Option<Arc<Row>>>::new();
            for (line, _) in &lines {
                known.insert(line.id.clone(), None);
            }
            // Somebody whose place in the order has changed meanwhile could come twice.
            let (mut index, mut at) = (0_usize, 0_usize);
            rows.retain(|row| {
                let stays = match known.get_mut(&row.line.id) {
                    Some(place) => {
                        *place = Some(Arc::clone(row));
                        false
                    }
                    None => !replaces.contains(&index),
                };
                at = at.saturating_add(usize::from(stays && index < replaces.start));
                index = index.saturating_add(1);
                stays
            });
            let lines = lines.into_iter().map(|(line, from)| {
                // A row that is as it was isn't drawn again: whoever works in it keeps the focus.
                match known.get(&line.id).and_then(Option::as_ref) {
                    Some(row) if row.line == line => Arc::clone(row),
                    Some(row) => Arc::new(Row { line, version: row.version.wrapping_add(1), from }),
                    None => Arc::new(Row { line, version: 0, from }),
                }
            });
            rows.splice(at..at, lines);
        });
    }
}

/// The rows, and the way to more of them.
#[component]
pub(super) fn RosterTable(roster: Roster, selection: Selection) -> impl IntoView {
    let Roster { list, rows, stretch, turn, failure, .. } = roster;
    let more = Callback::new(move |()| roster.ask(Question::More));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let content = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| row.line.content.is_some())));
    let near = move || {
        let shown = stretch.shown();
        rows.with(|rows| rows.get(shown).map(<[_]>::to_vec)).unwrap_or_default()
    };
    let told = move || {
        let shown = rows.with(|rows| i64::try_from(rows.len()).unwrap_or_default());
        (shown > 0 && !turn.busy.get())
            .then(|| if roster.goes_on() { texts().first_shown(shown) } else { texts().all_shown(shown) })
    };
    // How many there are in all is known once the list has come to its end.
    let count = move || {
        if roster.goes_on() { -1 } else { rows.with(|rows| i64::try_from(rows.len()).unwrap_or_default().saturating_add(1)) }
    };
    let table = move || {
        let now = words::now();
        view! {
            <div class="scroll roster" tabindex="0" role="region" aria-label=texts().users() data-content=move || content.get().to_string()>
                <table role="table" aria-label=texts().users() aria-rowcount=count aria-busy=move || turn.busy.get().to_string()>
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" class="pick"><PickAll roster=roster selection=selection/></th>
                            <Heading list=list by=SortedBy::Name label=texts().user()/>
                            <th role="columnheader">{texts().group()}</th>
                            <th role="columnheader">{texts().licence()}</th>
                            <Show when=move || content.get()><th role="columnheader">{texts().content_licence()}</th></Show>
                            <Heading list=list by=SortedBy::End label=texts().ends()/>
                            <Heading list=list by=SortedBy::Active label=texts().last_active()/>
                        </tr>
                    </thead>
                    <tbody
                        role="rowgroup"
                        node_ref=stretch.body
                        style:padding-block-start=move || stretch.above()
                        style:padding-block-end=move || stretch.below()
                    >
                        <ForEnumerate each=near key=|row| (row.line.id.clone(), row.version) let(index, row)>
                            {
                                // The heading is the first row of all, and rows are counted from one.
                                let place = Signal::derive(move || stretch.shown().start.saturating_add(index.get()).saturating_add(2));
                                let of = row.line.content.as_ref().map(|held| words::status(held.status));
                                let cell = move || of.map_or_else(|| "—".into_any(), |of| view! { <Pill of=of/> }.into_any());
                                let content = move || content.get().then(|| view! { <td role="cell" data-label=texts().content_licence()>{cell()}</td> });
                                view! { <Line member=row.line.clone() selection=selection place=place content=content.into() now=now/> }
                            }
                        </ForEnumerate>
                    </tbody>
                </table>
            </div>
        }
    };
    view! {
        {move || match (none.get(), turn.busy.get() && none.get(), failure.with(Option::is_some) && none.get()) {
            (false, ..) => table().into_any(),
            (true, _, true) => ().into_any(),
            (true, true, _) => view! { <Skeleton lines=6/> }.into_any(),
            _ => view! { <Nobody list=list/> }.into_any(),
        }}
        <Trouble failure=failure/>
        <Show when=move || roster.goes_on() && !none.get()>
            <Onward busy=turn.busy by_itself=Signal::derive(move || failure.with(Option::is_none)) on_more=more/>
        </Show>
        <p class="told" role="status">{told}</p>
    }
}

/// A heading that sorts the list.
#[component]
fn Heading(list: Memo<List>, by: SortedBy, label: &'static str) -> impl IntoView {
    let to = move || List { sorted: by, ..list.get() }.address();
    let sorted = move || (list.with(|list| list.sorted) == by).then_some("ascending");
    view! { <th role="columnheader" aria-sort=sorted><a href=to data-noscroll="true">{label}</a></th> }
}

/// The box that picks everybody who is loaded.
#[component]
fn PickAll(roster: Roster, selection: Selection) -> impl IntoView {
    let all = Memo::new(move |_| roster.rows.with(|rows| !rows.is_empty() && rows.iter().all(|row| selection.has(&row.line.id))));
    let some = move || selection.count() > 0 && !all.get();
    let pick = move |event| {
        if event_target_checked(&event) {
            selection.add_all(roster.rows.get_untracked().iter().map(|row| row.line.id.as_str()));
        } else {
            selection.clear();
        }
    };
    view! {
        <label class="tick">
            <input
                type="checkbox"
                aria-label=texts().pick_all_shown()
                prop:checked=move || all.get()
                prop:indeterminate=some
                on:change=pick
            />
        </label>
    }
}

#[component]
fn Line(
    member: MemberLine,
    selection: Selection,
    place: Signal<usize>,
    content: ViewFn,
    now: seatwise_domain::Instant,
) -> impl IntoView {
    let called = words::called(member.name.as_deref(), &member.email).to_owned();
    let id = StoredValue::new(member.id.clone());
    let picked = Memo::new(move |_| id.with_value(|id| selection.has(id)));
    let pick = move |event| id.with_value(|id| selection.pick(id, event_target_checked(&event)));
    let ends = match member.user.as_ref().or(member.content.as_ref()).map(|held| (held.status, words::known_end(held.ends_at))) {
        Some((Status::InUse | Status::Pending | Status::Expired, Some(at))) => view! { <Day at=at/> }.into_any(),
        _ if member.standing == Standing::Overdrawn => texts().not_settled().into_any(),
        _ => "—".into_any(),
    };
    let active = match member.last_active_at {
        Some(at) => view! { <Since at=at now=now/> }.into_any(),
        None => "—".into_any(),
    };
    let email = member.name.is_some().then_some(member.email);
    let role = member.manager.then(|| words::role(true, member.learner));
    let suspended = member.suspended.then(|| view! { <small><Pill of=(texts().suspended(), Tone::EXPIRED)/></small> });
    view! {
        <tr role="row" aria-rowindex=move || place.get() data-picked=move || picked.get().to_string()>
            <td role="cell" class="pick">
                <label class="tick"><input type="checkbox" aria-label=texts().pick(&called) prop:checked=move || picked.get() on:change=pick/></label>
            </td>
            <td role="cell" class="who" data-label=texts().user()>
                <a href=routes::user(&member.id)>{called}</a>
                {email.map(|email| view! { <small>{email}</small> })}
                {role.map(|role| view! { <small>{role}</small> })}
                {suspended}
            </td>
            <td role="cell" data-label=texts().group()>{member.group.unwrap_or_else(|| "—".to_owned())}</td>
            <td role="cell" data-label=texts().licence()><Pill of=words::standing(member.standing)/></td>
            {move || content.run()}
            <td role="cell" data-label=texts().ends()>{ends}</td>
            <td role="cell" data-label=texts().last_active()>{active}</td>
        </tr>
    }
}

/// What stands where nobody is.
#[component]
fn Nobody(list: Memo<List>) -> impl IntoView {
    move || {
        list.with(|list| {
            if list.search.is_empty() && list.group.is_none() && list.narrowed == Narrowed::All {
                return view! {
                    <Empty title=texts().no_users() text=texts().no_users_text()>
                        <WayOn to=routes::ADD_USER label=texts().add_user() main=true/>
                        <WayOn to=routes::IMPORT label=texts().import_users()/>
                    </Empty>
                }
                .into_any();
            }
            let everybody = List { search: list.search.clone(), ..List::default() };
            let narrowed = list.group.is_some() || list.narrowed != Narrowed::All;
            let (text, to, label) = match (list.search.is_empty(), narrowed) {
                (true, _) => (texts().nobody_here_text(), List::default(), texts().show_everybody()),
                (false, true) => (texts().nobody_of_these_text(), everybody, texts().search_everybody()),
                (false, false) => (texts().nobody_found_text(), List::default(), texts().show_everybody()),
            };
            view! { <Empty title=texts().nobody_found() text=text><WayOn to=to.address() label=label/></Empty> }.into_any()
        })
    }
}
