//! The second step: what the import would do, before anything of it is done.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::Kind;
use seatwise_domain::wire::{Capacity, ImportPlan, ImportState, StartImport};

use super::file::HowFar;
use super::how_read::{HowRead, matched};
use super::work::Work;
use crate::client::{self, Failure};
use crate::load::Submission;
use crate::pages::manager::ways_out::WaysOut;
use crate::routes::{self, Wanted};
use crate::ui::{Banner, Check as Tick, Connection, Skeleton, Table, Trouble, WayOn};
use crate::words::{self, Tone, import_texts, number, texts};

/// How many new groups are listed.
const MOST_GROUPS: usize = 20;

/// The plan that is shown, and what it is asked for with.
#[derive(Clone, Copy)]
struct Plan {
    shown: RwSignal<Option<ImportPlan>>,
    /// What was shown before somebody else changed something.
    before: RwSignal<Option<ImportPlan>>,
    failure: RwSignal<Option<Failure>>,
    bring_back: RwSignal<bool>,
    move_groups: RwSignal<bool>,
    /// Whether another plan is on its way.
    asking: RwSignal<bool>,
    round: RwSignal<u32>,
}

impl Plan {
    fn new(work: Work) -> Self {
        let plan = Self {
            shown: RwSignal::new(None),
            before: RwSignal::new(None),
            failure: RwSignal::new(None),
            bring_back: RwSignal::new(false),
            move_groups: RwSignal::new(false),
            asking: RwSignal::new(false),
            round: RwSignal::new(0),
        };
        let id = work.import_id();
        // An answer to an older question must not overwrite the answer to a newer one.
        let newest = StoredValue::new(0_u32);
        Effect::new(move |_| {
            plan.round.track();
            let (bring_back, move_groups) = (plan.bring_back.get(), plan.move_groups.get());
            let Some(id) = id.get() else { return };
            let mine = newest.get_value().wrapping_add(1);
            newest.set_value(mine);
            plan.asking.set(true);
            let asked = client::import_plan(work.company(), &id, bring_back, move_groups);
            spawn_local(async move {
                let answer = asked.await;
                if newest.try_get_value() != Some(mine) {
                    return;
                }
                match answer {
                    Ok(new) => {
                        Connection::found();
                        plan.failure.set(None);
                        plan.shown.set(Some(new));
                    }
                    Err(Failure::Offline) => Connection::lost(move || plan.ask_again()),
                    Err(failure) => plan.failure.set(Some(failure)),
                }
                plan.asking.set(false);
            });
        });
        plan
    }

    fn ask_again(self) {
        let _ = self.round.try_update(|round| *round = round.wrapping_add(1));
    }

    /// What it would do with what is ticked.
    fn effect(self) -> Option<Effects> {
        let (bring_back, move_groups) = (self.bring_back.get(), self.move_groups.get());
        self.shown.with(|plan| plan.as_ref().map(|plan| Effects::of(plan, bring_back, move_groups)))
    }
}

/// What an import would do.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Effects {
    /// How many would be added or brought back.
    adding: i64,
    /// How many would be moved.
    moving: i64,
    /// Whether licences are missing.
    short: bool,
    /// Whether it can be started.
    open: bool,
}

impl Effects {
    fn of(plan: &ImportPlan, bring_back: bool, move_groups: bool) -> Self {
        let wanted = plan.new + if bring_back { plan.removed } else { 0 };
        let moving = if move_groups { plan.moves } else { 0 };
        let short = plan.capacity.iter().any(|capacity| capacity.short > 0);
        let adding = if short { plan.fits.min(wanted) } else { wanted };
        // What has begun can be brought to its end, also where nobody can be added any more.
        let begun = plan.import.state == ImportState::Stopped;
        Self { adding, moving, short, open: (begun || adding + moving > 0) && plan.groups_too_many == 0 }
    }
}

/// The second step.
#[component]
pub(super) fn Check(work: Work) -> impl IntoView {
    let plan = Plan::new(work);
    let form = Submission::new();
    // Somebody has changed something since the plan was shown: what was shown is kept beside what holds now.
    Effect::new(move |_| {
        if form.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.is("plan-changed"))) {
            form.failure.set(None);
            plan.before.set(plan.shown.get_untracked());
            plan.ask_again();
        }
    });
    // What was read of a file belongs to a draft only.
    let from_here = Memo::new(move |_| {
        let draft = work.import.with(|import| import.as_ref().is_some_and(|import| import.state == ImportState::Draft));
        draft && work.chosen.with(Option::is_some)
    });
    let reads = Memo::new(move |_| work.progress.with(Option::is_some));
    let changed = Memo::new(move |_| {
        let read = work.read.with(|read| read.as_ref().map(|read| read.format.clone()));
        let chosen = work.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.look.format.clone()));
        chosen.is_some() && read != chosen
    });
    let aside = move || {
        let rows =
            plan.shown.with(|plan| plan.as_ref().map(|plan| plan.import.rows + plan.import.unreadable + plan.import.repeated));
        let columns = work.read.with(|read| read.as_ref().map(|read| matched(&read.format.columns)));
        [rows.map(|rows| import_texts().import_rows(rows)), columns].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let name = move || work.import.with(|import| import.as_ref().map(|import| import.file.clone()));
    let has_plan = Memo::new(move |_| plan.shown.with(Option::is_some));
    let body = move || match (reads.get(), has_plan.get()) {
        (true, _) => view! { <HowFar work=work/> }.into_any(),
        (false, false) => view! { <p class="told" role="status">{import_texts().import_comparing()}</p><Skeleton/> }.into_any(),
        (false, true) => view! { <Shown work=work plan=plan/> }.into_any(),
    };
    let ways = move || form.failure.get().map(|failure| view! { <WaysOut failure=failure/> });
    view! {
        <div aria-live="polite">{move || (!reads.get()).then(|| view! { <Meanwhile plan=plan/><Shortage plan=plan/> })}</div>
        <section class="card" aria-busy=move || (plan.asking.get() || reads.get()).to_string()>
            <header><h2 node_ref=work.heading() tabindex="-1">{name}</h2><span class="end">{aside}</span></header>
            <div class="body">
                {move || from_here.get().then(|| view! {
                    <details class="more-ways" open=changed.get_untracked()>
                        <summary>{import_texts().import_how_read()}</summary>
                        <HowRead work=work/>
                        <Show when=move || changed.get()>
                            <div class="do"><button type="button" class="button main" on:click=move |_| work.read_file()>{import_texts().import_read_again()}</button></div>
                        </Show>
                    </details>
                })}
                {body}
            </div>
        </section>
        <Trouble failure=plan.failure ways=move || view! { <button type="button" class="button" on:click=move |_| plan.ask_again()>{texts().try_again()}</button> }/>
        <Trouble failure=form.failure ways=ways/>
        <div class="do">
            {move || (!reads.get()).then(|| view! { <Start work=work plan=plan form=form changed=changed/> })}
            <button type="button" class="button" on:click=move |_| work.start_over()>{import_texts().import_another()}</button>
        </div>
    }
}

/// The button that starts it.
#[component]
fn Start(work: Work, plan: Plan, form: Submission, changed: Memo<bool>) -> impl IntoView {
    let start = move |_| {
        let (Some(shown), Some(effect)) = (plan.shown.get_untracked(), untrack(|| plan.effect())) else { return };
        if plan.asking.get_untracked() {
            return;
        }
        let start = StartImport {
            stamp: shown.stamp,
            bring_back: plan.bring_back.get_untracked(),
            move_groups: plan.move_groups.get_untracked(),
            first: effect.short.then_some(effect.adding),
        };
        form.send(client::start_import(work.company(), &shown.import.id, &start), move |import| {
            work.again.set(false);
            work.heard(import);
        });
    };
    let busy = move || form.busy.get() || plan.asking.get();
    move || {
        if changed.get() {
            return Some(view! { <p class="calm">{import_texts().import_read_again_hint()}</p> }.into_any());
        }
        let effect = plan.effect().filter(|effect| effect.open)?;
        let label = match effect {
            Effects { adding: 0, moving: 0, short: true, .. } => import_texts().import_finish_without().to_owned(),
            Effects { adding: 0, moving: 0, .. } => import_texts().import_finish().to_owned(),
            Effects { adding: 0, moving, .. } => import_texts().import_move_some(moving),
            Effects { adding, short: true, .. } => import_texts().import_first_some(adding),
            Effects { adding, .. } => import_texts().import_some(adding),
        };
        Some(
            view! {
                <button type="button" class="button main" aria-disabled=move || busy().then_some("true") aria-busy=move || busy().to_string() on:click=start>{label}</button>
            }
            .into_any(),
        )
    }
}

/// Says how many licences are missing, and what can be done about it (B7, for both kinds: C5).
#[component]
fn Shortage(plan: Plan) -> impl IntoView {
    move || {
        let shown = plan.shown.get()?;
        let short: Vec<Capacity> = shown.capacity.iter().filter(|capacity| capacity.short > 0).cloned().collect();
        if short.is_empty() {
            return None;
        }
        let line = |capacity: &Capacity| match capacity.kind {
            Kind::Content => import_texts().import_short_content(capacity.needed, capacity.available, capacity.short),
            Kind::User if capacity.needed == shown.new => {
                import_texts().import_short_new(capacity.needed, capacity.available, capacity.short)
            }
            Kind::User => import_texts().import_short_people(capacity.needed, capacity.available, capacity.short),
        };
        let several = short.len() > 1;
        let way = |capacity: &Capacity| {
            let label = match capacity.kind {
                Kind::User if !several => import_texts().import_request_licences(capacity.short),
                kind => texts().request_some(&words::licences(kind, capacity.short)),
            };
            let wanted = Wanted {
                quantity: Some(capacity.short),
                message: Some(import_texts().message_of_import(&shown.import.file)),
                ..Wanted::of(capacity.kind)
            };
            view! { <WayOn to=wanted.address() label=label main=capacity.kind == Kind::User || !several/> }
        };
        let content = short.iter().any(|capacity| capacity.kind == Kind::Content);
        let before = shown.import.added + shown.import.brought_back;
        let so_far = if before > 0 {
            import_texts().import_added_so_far(before)
        } else {
            import_texts().import_nothing_added().to_owned()
        };
        // What is set aside for groups is available, but not for everybody.
        let set_aside = short.iter().any(|capacity| capacity.needed - capacity.available < capacity.short);
        let set_aside = set_aside.then(|| view! { <p>{import_texts().import_set_aside_note()}</p> });
        let none_fits = (shown.fits == 0).then(|| view! { <p>{import_texts().import_none_fits()}</p> });
        let lines = short.iter().map(|capacity| view! { <p><b>{line(capacity)}</b></p> }).collect_view();
        let requests = short.iter().map(way).collect_view();
        let ways = move || view! { {requests} {content.then(|| view! { <WayOn to=routes::SETTINGS_LICENCES label=texts().change_setting()/> })} };
        Some(view! { <Banner tone=Tone::PENDING ways=ways>{lines} <p>{so_far}</p> {set_aside} {none_fits}</Banner> })
    }
}

/// Says what somebody else has changed since the plan was shown, with the figures side by side.
#[component]
fn Meanwhile(plan: Plan) -> impl IntoView {
    move || {
        let before = plan.before.get()?;
        let now = plan.shown.get().filter(|now| now.stamp != before.stamp)?;
        let title = if now.known > before.known && now.new < before.new {
            import_texts().import_meanwhile_added(now.known - before.known, &number(now.new), &number(before.new))
        } else {
            import_texts().import_meanwhile().to_owned()
        };
        let available = |plan: &ImportPlan, kind: Kind| {
            plan.capacity.iter().find(|capacity| capacity.kind == kind).map(|capacity| capacity.available)
        };
        let licences = |kind: Kind| {
            let (old, new) = (available(&before, kind)?, available(&now, kind)?);
            Some((import_texts().import_available_now(words::kind(kind)), old, new))
        };
        let figures = [
            Some((import_texts().import_new().to_owned(), before.new, now.new)),
            Some((import_texts().import_known().to_owned(), before.known, now.known)),
            Some((import_texts().import_were_here().to_owned(), before.removed, now.removed)),
            licences(Kind::User),
            licences(Kind::Content),
        ];
        // "New" is always there; the others where they differ.
        let rows: Vec<_> = figures
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|(index, (_, old, new))| *index == 0 || old != new)
            .map(|(_, row)| row)
            .collect();
        let head =
            vec![(import_texts().import_figure(), false), (import_texts().import_shown_before(), true), (texts().now(), true)];
        let row = |(label, old, new): (String, i64, i64)| {
            view! {
                <tr>
                    <td data-label=import_texts().import_figure()>{label}</td>
                    <td class="num" data-label=import_texts().import_shown_before()>{number(old)}</td>
                    <td class="num" data-label=texts().now()>{number(new)}</td>
                </tr>
            }
        };
        Some(view! {
            <section class="card meanwhile">
                <Banner tone=Tone::PENDING title=title><p>{import_texts().import_meanwhile_text()}</p></Banner>
                <Table label=import_texts().import_figure() head=head>{rows.into_iter().map(row).collect_view()}</Table>
            </section>
        })
    }
}

/// The figures, what can be ticked, and the rows that can't be read.
#[component]
fn Shown(work: Work, plan: Plan) -> impl IntoView {
    let count = move |of: fn(&ImportPlan) -> i64| Memo::new(move |_| plan.shown.with(|plan| plan.as_ref().map_or(0, of)));
    let (removed, moves, too_many) = (count(|plan| plan.removed), count(|plan| plan.moves), count(|plan| plan.groups_too_many));
    // The boxes are made anew only when there are others to tick for: who ticks one keeps the focus on it.
    let bring_back = move || {
        let count = removed.get();
        (count > 0).then(|| view! { <Tick name="bring-back" label=import_texts().import_bring_back(count) value=plan.bring_back hint=import_texts().import_bring_back_hint()/> })
    };
    let move_groups = move || {
        let count = moves.get();
        (count > 0).then(|| view! { <Tick name="move-groups" label=import_texts().import_move(count) value=plan.move_groups hint=import_texts().import_move_hint()/> })
    };
    let groups =
        Memo::new(move |_| plan.shown.with(|plan| plan.as_ref().map(|plan| plan.new_groups.clone()).unwrap_or_default()));
    let unsure = Memo::new(move |_| {
        let draft = work.import.with(|import| import.as_ref().is_some_and(|import| import.state == ImportState::Draft));
        draft && work.read.with(Option::is_none)
    });
    let nothing = Memo::new(move |_| plan.effect().is_some_and(|effect| effect.adding + effect.moving == 0 && !effect.short));
    view! {
        {move || plan.shown.get().map(|shown| view! { <Figures work=work shown=shown bring_back=plan.bring_back move_groups=plan.move_groups/> })}
        <p class="calm" role="status">{move || nothing.get().then(|| import_texts().import_nothing_to_do())}</p>
        {bring_back}
        {move_groups}
        {move || (!groups.read().is_empty()).then(|| new_groups(&groups.read()))}
        {move || (too_many.get() > 0).then(|| view! {
            <div role="alert">
                <Banner tone=Tone::OVERDRAWN title=import_texts().import_too_many_groups_title()><p>{import_texts().import_too_many_groups(too_many.get())}</p></Banner>
            </div>
        })}
        {move || unsure.get().then(|| view! { <p class="calm">{import_texts().import_not_sure()}</p> })}
        <Unreadable work=work plan=plan/>
    }
}

fn new_groups(groups: &[String]) -> impl IntoView + use<> {
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let names = groups.iter().take(MOST_GROUPS).map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    let more = groups.len().saturating_sub(MOST_GROUPS);
    view! {
        <div class="new-groups">
            <p>{import_texts().import_new_groups(count(groups.len()))}</p>
            <ul>{names}{(more > 0).then(|| view! { <li>{import_texts().import_and_more(count(more))}</li> })}</ul>
        </div>
    }
}

#[component]
fn Figures(work: Work, shown: ImportPlan, bring_back: RwSignal<bool>, move_groups: RwSignal<bool>) -> impl IntoView {
    let import = &shown.import;
    let known = match (shown.moves, move_groups.get_untracked()) {
        (moves, true) if moves > 0 => import_texts().import_some_move(moves),
        _ if shown.known > 0 => import_texts().import_left_as_they_are().to_owned(),
        _ => String::new(),
    };
    let download = (import.unreadable + import.repeated > 0).then(|| {
        let to = client::refused_address(&work.company(), &import.id);
        view! { <a href=to rel="external" download="">{import_texts().import_with_reasons()}</a> }
    });
    let removed = (shown.removed > 0).then(|| {
        let hint =
            if bring_back.get_untracked() { import_texts().import_come_back() } else { import_texts().import_left_alone() };
        figure(import_texts().import_were_here(), shown.removed, hint.into_any())
    });
    let repeated = if import.repeated > 0 { import_texts().import_repeated_hint() } else { "" };
    view! {
        <dl class="figures tally">
            {figure(import_texts().import_new(), shown.new, ().into_any())}
            {figure(import_texts().import_known(), shown.known, known.into_any())}
            {removed}
            {figure(import_texts().import_repeated(), import.repeated, repeated.into_any())}
            {figure(import_texts().import_not_readable(), import.unreadable, download.into_any())}
        </dl>
    }
}

/// A figure with what is to be said about it.
pub(super) fn figure(label: &'static str, value: i64, hint: AnyView) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{number(value)}<small>{hint}</small></dd></div> }
}

/// The first rows that can't be read, where the file was read on this page.
#[component]
fn Unreadable(work: Work, plan: Plan) -> impl IntoView {
    move || {
        let rows = work.read.with(|read| read.as_ref().map(|read| read.unreadable.clone())).filter(|rows| !rows.is_empty())?;
        let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let all = plan.shown.with(|plan| plan.as_ref().map_or(0, |plan| plan.import.unreadable));
        let more = (all > shown).then(|| view! { <p class="calm">{import_texts().import_first_of(shown, all)}</p> });
        let head = vec![(import_texts().import_line(), true), (texts().email(), false), (import_texts().import_reason(), false)];
        let row = |row: super::reading::Unreadable| {
            let email = if row.email.trim().is_empty() { import_texts().import_empty_cell().to_owned() } else { row.email };
            view! {
                <tr>
                    <td class="num" data-label=import_texts().import_line()>{number(i64::from(row.line))}</td>
                    <td data-label=texts().email()>{email}</td>
                    <td data-label=import_texts().import_reason()>{row.reason}</td>
                </tr>
            }
        };
        Some(view! {
            <div class="refused">
                <Table label=import_texts().import_unreadable_rows() head=head>{rows.into_iter().map(row).collect_view()}</Table>
                {more}
            </div>
        })
    }
}
