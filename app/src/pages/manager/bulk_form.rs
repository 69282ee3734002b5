//! The dialogue before something is done with many users: what it would change, then how far it is.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::Kind;
use seatwise_domain::wire::{BulkEffect, KindSummary};
use wasm_bindgen::JsCast;
use web_sys::SubmitEvent;

use super::bulk::{Bulk, Course, Step, how_many_fit, only_pending, preview, undo_all};
use super::group_choice::GroupChoice;
use super::roster::Roster;
use super::selection::{Selection, count};
use super::ways_out::WaysOut;
use crate::client::{self, Failure};
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::ui::{Banner, Dialog, DialogEnd, Field, Progress, Send, Skeleton, Toasts, Trouble, WayOn, counted};
use crate::words::{self, Tone, number, texts};

/// What the dialogues work on.
#[derive(Clone, Copy)]
pub(super) struct Work {
    /// The list.
    pub(super) roster: Roster,
    /// Who is picked in it.
    pub(super) selection: Selection,
    /// What is being done.
    pub(super) doing: RwSignal<Option<Bulk>>,
    /// Called when something has changed.
    pub(super) on_changed: Callback<()>,
}

/// The dialogues, of which the one is open that `doing` says.
#[component]
pub(super) fn BulkDialogs(work: Work) -> impl IntoView {
    let close = Callback::new(move |()| work.doing.set(None));
    Bulk::ALL.map(|bulk| {
        let open = Signal::derive(move || work.doing.get() == Some(bulk));
        view! { <Dialog open=open on_close=close title=bulk.label()><BulkForm bulk=bulk work=work/></Dialog> }
    })
}

/// How many are free for whoever is picked: what is set aside for groups is for their members alone.
fn free(summary: &KindSummary, of_group: bool) -> i64 {
    let set_aside = if of_group { 0 } else { summary.set_aside };
    summary.balance.available.saturating_sub(set_aside)
}

#[component]
fn BulkForm(bulk: Bulk, work: Work) -> impl IntoView {
    let account = Account::expect();
    let toasts = Toasts::expect();
    let Work { roster, selection, .. } = work;
    let list = roster.list.get_untracked();
    let of_group = list.group.is_some();
    let close = Callback::new(move |()| work.doing.set(None));

    let members = RwSignal::new(selection.ids(roster));
    let effect = RwSignal::new(None::<BulkEffect>);
    let failure = RwSignal::new(None::<Failure>);
    let figures = Loaded::new(move || client::dashboard(account.company_id()));
    let look = move || {
        let Some(action) = bulk.previewed() else {
            effect.set(Some(BulkEffect {
                people: members.with_untracked(|members| count(members.len())),
                ..BulkEffect::default()
            }));
            return;
        };
        effect.set(None);
        failure.set(None);
        let (company, asked) = (account.company_id(), members.get_untracked());
        spawn_local(async move {
            match preview(&company, action, &asked).await {
                Ok(sum) => drop(effect.try_set(Some(sum))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    look();

    let (group, day) = (RwSignal::new(None::<String>), RwSignal::new(String::new()));
    let (others, wrong) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let keys = StoredValue::new((0..Bulk::MOST_REPLACED).map(|_| client::new_key()).collect::<Vec<_>>());
    let course = StoredValue::new(None::<Course>);
    // How many are done, while it runs.
    let running = RwSignal::new(None::<usize>);
    let stopped = RwSignal::new(false);
    let active = Memo::new(move |_| running.with(Option::is_some));
    let total = RwSignal::new(members.with_untracked(Vec::len));
    Effect::new(move |before: Option<bool>| {
        let active = active.get();
        // The buttons change places: whoever pressed one stays at the next.
        if before.is_some_and(|before| before != active) {
            request_animation_frame(|| {
                let button = document().query_selector("dialog[open] form > .end .button:last-child").ok().flatten();
                if let Some(button) = button {
                    let _ = button.unchecked_into::<web_sys::HtmlElement>().focus();
                }
            });
        }
        active
    });

    // Says what was done and how to undo it, wherever somebody is by then.
    let finish = move |course: &Course, people: i64| {
        let all = course.done == course.members.len();
        let said = if all {
            texts().bulk_done(course.people.unwrap_or(people), bulk.label())
        } else {
            texts().bulk_stopped(count(course.done), &number(count(course.members.len())), bulk.label())
        };
        let steps = course.undone_by(bulk, roster);
        if steps.is_empty() {
            toasts.tell(said);
        } else {
            let company = account.company_id();
            let undo = move || undo_all(company.clone(), steps.clone(), toasts, work.on_changed);
            toasts.offer(said, texts().undo(), Arc::new(undo));
        }
        let _ = work.on_changed.try_run(());
    };
    let step = move || {
        Some(match bulk {
            Bulk::Remind => Step::Remind,
            Bulk::BringBack | Bulk::Give => Step::Give(None),
            Bulk::InviteAgain => Step::InviteAgain,
            Bulk::Move => Step::Move(group.get_untracked()),
            Bulk::SetEnd => Step::End(Some(day.get_untracked()).filter(|day| !day.is_empty())),
            Bulk::GiveContent => Step::Give(Some(Kind::Content)),
            Bulk::TakeBackContent => Step::TakeBack(Some(Kind::Content)),
            Bulk::TakeBack => Step::TakeBack(None),
            Bulk::Withdraw => Step::Withdraw,
            Bulk::Remove => Step::Remove,
            Bulk::Replace => {
                let typed = others.get_untracked();
                let lines: Vec<_> = typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
                let wanted = members.with_untracked(Vec::len);
                if lines.len() != wanted {
                    wrong.set(Some(texts().addresses_wanted(count(wanted), &number(count(lines.len())))));
                    return None;
                }
                wrong.set(None);
                Step::Replace(lines.into_iter().zip(keys.get_value()).collect())
            }
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(sum) = effect.get_untracked().filter(|_| running.get_untracked().is_none()) else { return };
        let Some(step) = step() else { return };
        failure.set(None);
        stopped.set(false);
        let begun = course.try_update_value(Option::take).flatten();
        running.set(Some(begun.as_ref().map_or(0, |begun| begun.done)));
        let (company, list, asked) = (account.company_id(), list.clone(), members.get_untracked());
        spawn_local(async move {
            let mut now = match begun {
                Some(begun) => begun,
                None if bulk == Bulk::Withdraw => match only_pending(&company, &list, roster, asked).await {
                    Ok(members) => Course::of(members),
                    Err(why) => {
                        let _ = failure.try_set(Some(why));
                        let _ = running.try_set(None);
                        return;
                    }
                },
                None => Course::of(asked),
            };
            let _ = total.try_set(now.members.len());
            // Whoever closes the dialogue stops it, too.
            let go_on = |done| running.try_set(Some(done)).is_none() && stopped.try_get_untracked() == Some(false);
            let answer = now.run(&company, &step, go_on).await;
            match answer {
                Err(why) if running.try_set(None).is_none() => {
                    if let (Step::Replace(_), Failure::Problem(problem)) = (&step, &why) {
                        // Another address is another request.
                        keys.update_value(|keys| keys.iter_mut().skip(now.done).for_each(|key| *key = client::new_key()));
                        // What is wrong with an address is said at the field.
                        let line = count(now.done).saturating_add(1);
                        let _ = wrong.try_set(problem.field.as_ref().map(|_| texts().in_line_number(line, &problem.detail)));
                    }
                    let _ = failure.try_set(Some(why));
                    course.set_value(Some(now));
                }
                Err(_) | Ok(()) => {
                    finish(&now, sum.people);
                    if running.try_get_untracked().is_some() {
                        selection.clear();
                        close.run(());
                    }
                }
            }
        });
    };
    // Left after a failure, by whichever way: what was done until then is said, and can be undone.
    on_cleanup(move || {
        if let Some(begun) = course.try_get_value().flatten().filter(|begun| begun.done > 0) {
            finish(&begun, 0);
        }
    });
    let leave = Callback::new(move |()| {
        if running.get_untracked().is_some() {
            stopped.set(true);
            return;
        }
        close.run(());
    });

    let find_fitting = Callback::new(move |(user, content): (i64, i64)| {
        let Some(action) = bulk.previewed() else { return };
        effect.set(None);
        let (company, asked) = (account.company_id(), members.get_untracked());
        spawn_local(async move {
            match how_many_fit(&company, action, &asked, user, content).await {
                Ok(fit) if members.try_update(|members| members.truncate(fit)).is_some() => look(),
                Ok(_) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });

    let fields = match bulk {
        Bulk::Move => view! { <GroupChoice value=group/> }.into_any(),
        Bulk::SetEnd => {
            let tomorrow = words::date_in_utc(1);
            view! { <Field name="ends_on" label=texts().last_day_before() value=day kind="date" min=tomorrow hint=texts().end_hint() first=true problem=MaybeProp::derive(move || failure.with(|failure| failure.as_ref()?.about("ends_on").map(str::to_owned)))/> }.into_any()
        }
        Bulk::Replace => view! { <Others roster=roster members=members value=others problem=wrong/> }.into_any(),
        _ => ().into_any(),
    };
    let told = move || {
        let Some(sum) = effect.get() else {
            return failure.with(Option::is_none).then(|| view! { <Skeleton lines=2/> }.into_any());
        };
        let figures = figures.value();
        let user = figures.as_ref().map(|figures| free(&figures.user, of_group));
        let content = figures.as_ref().map(|figures| free(&figures.content, of_group));
        Some(view! { <Told bulk=bulk sum=sum user=user content=content on_fewer=find_fitting/> }.into_any())
    };
    let nothing = move || effect.with(|sum| sum.as_ref().is_some_and(|sum| sum.people == 0));
    let short = move || {
        let Some((sum, figures)) = effect.get().zip(figures.value()) else { return false };
        missing(sum.user, free(&figures.user, of_group)).is_some()
            || missing(sum.content, free(&figures.content, of_group)).is_some()
    };
    let end = move || {
        match active.get() {
        true => {
            let far = move || texts().so_far(&number(count(running.get().unwrap_or_default())), &number(count(total.get())));
            view! {
                <div class="progress">
                    <Progress label=bulk.label() done=Signal::derive(move || counted(count(running.get().unwrap_or_default()))) all=Signal::derive(move || counted(count(total.get())))/>
                    <span role="status">{far}</span>
                </div>
                <div class="end"><button type="button" class="button" autofocus=true aria-disabled=move || stopped.get().then_some("true") on:click=move |_| stopped.set(true)>{texts().stop()}</button></div>
            }
            .into_any()
        }
        false if nothing() || (short() && failure.with(Option::is_none)) => view! { <div class="end"><button type="button" class="button" on:click=move |_| close.run(())>{texts().close()}</button></div> }.into_any(),
        false => {
            let again = failure.with(Option::is_some);
            let label = if again && effect.with(Option::is_some) { texts().try_again() } else { bulk.label() };
            let busy = Signal::derive(move || effect.with(Option::is_none));
            if again && effect.with_untracked(Option::is_none) {
                // The preview itself failed.
                return view! { <DialogEnd on_close=leave><button type="button" class="button main" on:click=move |_| look()>{texts().try_again()}</button></DialogEnd> }.into_any();
            }
            view! { <DialogEnd on_close=leave><Send label=label busy=busy/></DialogEnd> }.into_any()
        }
    }
    };
    let ways = move || failure.get().map(|failure| view! { <WaysOut failure=failure/> });
    let came = move || {
        failure.track();
        let begun = course.get_value().filter(|begun| begun.done > 0 && failure.with(Option::is_some))?;
        Some(view! { <p>{texts().came_so_far(&number(count(begun.done)), &number(count(begun.members.len())))}</p> })
    };
    view! {
        <form on:submit=submit novalidate>
            <div class="effect" aria-live="polite">{told}</div>
            <fieldset disabled=move || active.get()>{fields}</fieldset>
            <Trouble failure=failure ways=ways/>
            {came}
            {end}
        </form>
    }
}

/// How many are missing when so many are free and a change needs some.
fn missing(change: i64, free: i64) -> Option<i64> {
    let after = free.saturating_add(change);
    (change < 0 && after < 0).then(|| change.saturating_neg().min(after.saturating_neg()))
}

/// What it would change, in sentences.
#[component]
fn Told(bulk: Bulk, sum: BulkEffect, user: Option<i64>, content: Option<i64>, on_fewer: Callback<(i64, i64)>) -> impl IntoView {
    if sum.people == 0 {
        let managers = (sum.managers > 0).then(|| view! { <p>{texts().managers_stay(sum.managers)}</p> });
        return view! { <p>{texts().nothing_to_change()}</p> {managers} }.into_any();
    }
    let others = sum.left_alone.saturating_sub(sum.managers);
    let kinds = [(Kind::User, sum.user, user), (Kind::Content, sum.content, content)];
    let moved = kinds.map(|(kind, change, free)| {
        let free = free.filter(|_| change != 0)?;
        let (before, after) = (number(free), number(free.saturating_add(change)));
        let words = match (kind, change > 0) {
            (Kind::User, true) => texts().user_go_back(change, &before, &after),
            (Kind::Content, true) => texts().content_go_back(change, &before, &after),
            (Kind::User, false) => texts().user_needed(change.saturating_neg(), &before, &after),
            (Kind::Content, false) => texts().content_needed(change.saturating_neg(), &before, &after),
        };
        Some(view! { <p data-below=(change < 0 && free.saturating_add(change) < 0).then_some("zero")>{words}</p> })
    });
    let short: Vec<_> =
        kinds.into_iter().filter_map(|(kind, change, free)| Some((kind, missing(change, free?)?, free?))).collect();
    let fewer = (!short.is_empty()).then(|| {
        let first = short.iter().map(|(_, _, free)| (*free).max(0)).min().unwrap_or_default();
        let fitting = (first > 0).then(|| {
            let press = move |_| on_fewer.run((user.unwrap_or_default(), content.unwrap_or_default()));
            view! { <button type="button" class="button" on:click=press>{texts().only_the_first(first)}</button> }
        });
        let requests = short.iter().map(|(kind, missing, _)| {
            view! { <WayOn to=routes::request(*kind, Some(*missing)) label=texts().request_some(&words::licences(*kind, *missing))/> }
        });
        let said = short.iter().map(|(kind, missing, _)| view! { <p>{texts().short_of(&words::licences(*kind, *missing))}</p> });
        let (said, requests) = (said.collect_view(), requests.collect_view());
        view! { <Banner tone=Tone::OVERDRAWN ways=move || view! { {requests} {fitting} }>{said}</Banner> }
    });
    view! {
        <p>{bulk.follows(sum.people)}</p>
        {(others > 0).then(|| view! { <p>{texts().others_stay(others)}</p> })}
        {(sum.managers > 0).then(|| view! { <p>{texts().managers_stay(sum.managers)}</p> })}
        {moved.into_iter().collect_view()}
        {fewer}
    }
    .into_any()
}

/// Who is replaced, and the field for the others' addresses.
#[component]
fn Others(
    roster: Roster,
    members: RwSignal<Vec<String>>,
    value: RwSignal<String>,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let replaced = members.get_untracked().into_iter().filter_map(|id| {
        let line = roster.line(&id)?;
        Some(view! { <li>{words::called(line.name.as_deref(), &line.email).to_owned()}</li> })
    });
    let rows = members.with_untracked(Vec::len).clamp(2, 10);
    view! {
        <ol class="numbered" tabindex="0" aria-label=texts().who_is_replaced()>{replaced.collect_view()}</ol>
        <div class="field">
            <label for="others">{texts().others()}</label>
            <textarea
                id="others"
                name="others"
                rows=rows.to_string()
                autocomplete="off"
                spellcheck="false"
                autofocus=true
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=move || if problem.with(Option::is_some) { "others-problem" } else { "others-hint" }
            ></textarea>
            <small id="others-hint">{texts().others_hint()}</small>
            <p class="problem" id="others-problem" aria-live="polite">{move || problem.get()}</p>
        </div>
    }
}
