//! The third step: the import goes on part by part, as long as the page is open; and what is to be done when it stopped.

use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::wire::{Import, ImportState, StoppedBecause};

use super::file::of;
use super::reading::{pause, pause_before};
use super::work::Work;
use crate::client::{self, Failure};
use crate::load::Submission;
use crate::routes;
use crate::ui::{Progress, Trouble, WayOn, counted};
use crate::words::{import_texts, texts};

/// Over how long the speed is measured, in milliseconds.
const WINDOW: f64 = 5_000.0;
/// How many steps of progress those who listen are told.
const TOLD: i64 = 4;

/// The third step.
#[component]
pub(super) fn Run(work: Work) -> impl IntoView {
    let stands =
        Memo::new(move |_| work.import.with(|import| import.as_ref().is_some_and(|import| import.state == ImportState::Stopped)));
    move || match stands.get() {
        true => view! { <Stopped work=work/> }.into_any(),
        false => view! { <Goes work=work/> }.into_any(),
    }
}

/// How far an import is: of how many.
fn far(import: &Import) -> (i64, i64) {
    match import.state {
        ImportState::Undoing | ImportState::Undone => (import.undone, (import.added + import.brought_back).max(import.undone)),
        _ => (import.worked_off, import.rows.max(import.worked_off)),
    }
}

#[component]
fn Goes(work: Work) -> impl IntoView {
    let offline = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let stopping = Submission::new();
    let speed = RwSignal::new(None::<i64>);
    // Whether this page still drives the import. Another run of it, or a page that is left, ends the older one.
    let driver = StoredValue::new(0_u32);
    let drive = move || {
        let Some(id) = work.import.with_untracked(|import| import.as_ref().map(|import| import.id.clone())) else { return };
        let mine = driver.get_value().wrapping_add(1);
        driver.set_value(mine);
        failure.set(None);
        let drives = move || driver.try_get_value() == Some(mine);
        spawn_local(async move {
            let mut measured = VecDeque::new();
            let mut attempt = 0;
            while drives() {
                let answer = client::step_import(work.company(), &id).await;
                if !drives() {
                    return;
                }
                match answer {
                    Ok(import) => {
                        attempt = 0;
                        offline.set(false);
                        speed.set(measure(&mut measured, far(&import).0));
                        let goes_on = matches!(import.state, ImportState::Running | ImportState::Undoing);
                        work.heard(import);
                        if !goes_on {
                            return;
                        }
                    }
                    Err(Failure::Offline) => {
                        offline.set(true);
                        pause(pause_before(attempt)).await;
                        attempt += 1;
                    }
                    Err(refused) => {
                        failure.set(Some(refused));
                        return;
                    }
                }
            }
        });
    };
    drive();
    let stop = move |_| {
        let Some(id) = work.import.with_untracked(|import| import.as_ref().map(|import| import.id.clone())) else { return };
        // No step is begun any more; the answer to the one under way is old news.
        driver.set_value(driver.get_value().wrapping_add(1));
        stopping.send(client::stop_import(work.company(), &id), move |import| {
            let goes_on = matches!(import.state, ImportState::Running | ImportState::Undoing);
            work.heard(import);
            if goes_on {
                drive();
            }
        });
    };
    // Not stopped: it goes on, and the button is there again.
    Effect::new(move |_| {
        if stopping.failure.with(Option::is_some) {
            drive();
        }
    });
    let now = Memo::new(move |_| work.import.with(|import| import.as_ref().map(far).unwrap_or_default()));
    let undoing =
        Memo::new(move |_| work.import.with(|import| import.as_ref().is_some_and(|import| import.state == ImportState::Undoing)));
    let file = move || work.import.with(|import| import.as_ref().map(|import| import.file.clone()));
    let words = move || {
        let (done, all) = now.get();
        let speed = speed.get().filter(|speed| *speed > 0 && !offline.get());
        let rest = speed.map(|speed| {
            let seconds = (all - done).max(0) / speed;
            let left = if seconds < 100 {
                import_texts().import_left_seconds(seconds.max(1))
            } else {
                import_texts().import_left_minutes((seconds + 30) / 60)
            };
            format!(" · {} · {left}", import_texts().import_a_second(speed))
        });
        format!("{}{}", of(done, all), rest.unwrap_or_default())
    };
    // Those who listen hear of every quarter, not of every step.
    let quarter = Memo::new(move |_| {
        let (done, all) = now.get();
        done.saturating_mul(TOLD).checked_div(all).unwrap_or_default()
    });
    let title = move || if undoing.get() { import_texts().import_undo_runs() } else { import_texts().import_importing() };
    view! {
        <section class="card">
            <header><h2 node_ref=work.heading() tabindex="-1">{title}</h2><span class="end">{words}</span></header>
            <div class="body">
                <p>{file}</p>
                <div class="progress">
                    <Progress label=import_texts().import_progress() done=Signal::derive(move || counted(now.get().0)) all=Signal::derive(move || counted(now.get().1))/>
                </div>
                <p class="told" role="status">{move || import_texts().import_percent(quarter.get() * 100 / TOLD)}</p>
                <p class="calm">{import_texts().import_close()}</p>
                <p class="problem" role="status">{move || offline.get().then(|| import_texts().import_no_connection())}</p>
                <Trouble failure=failure ways=move || view! { <button type="button" class="button" on:click=move |_| drive()>{texts().try_again()}</button> }/>
                <Trouble failure=stopping.failure/>
                <div class="do">
                    <Show when=move || !undoing.get()>
                        <button type="button" class="button" aria-disabled=move || stopping.busy.get().then_some("true") on:click=stop>{import_texts().import_stop()}</button>
                    </Show>
                </div>
            </div>
        </section>
    }
}

/// How many a second, over the last while; nothing before that can be told.
fn measure(measured: &mut VecDeque<(f64, i64)>, done: i64) -> Option<i64> {
    let now = js_sys::Date::now();
    measured.push_back((now, done));
    while measured.len() > 2 && measured.front().is_some_and(|(at, _)| now - at > WINDOW) {
        measured.pop_front();
    }
    let (at, before) = *measured.front()?;
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a few seconds fit")]
    let took = (now - at) as i64;
    (took > 300).then(|| (done - before).saturating_mul(1_000) / took)
}

#[component]
fn Stopped(work: Work) -> impl IntoView {
    let import = move || work.import.get();
    let why = move || {
        import().and_then(|import| import.stopped).map_or("", |why| match why {
            StoppedBecause::Asked => import_texts().import_stopped_asked(),
            StoppedBecause::Changed => import_texts().import_stopped_changed(),
            StoppedBecause::Short => import_texts().import_stopped_short(),
        })
    };
    let words = move || {
        import().map(|import| {
            let (done, all) = far(&import);
            of(done, all)
        })
    };
    let file = move || import().map(|import| import.file);
    view! {
        <section class="card">
            <header><h2 node_ref=work.heading() tabindex="-1">{import_texts().import_stopped_title()}</h2><span class="end">{words}</span></header>
            <div class="body">
                <p>{file}</p>
                <div class="progress">
                    <Progress
                        label=import_texts().import_progress()
                        done=Signal::derive(move || import().map_or(0.0, |import| counted(far(&import).0)))
                        all=Signal::derive(move || import().map_or(1.0, |import| counted(far(&import).1)))
                    />
                </div>
                <p>{why}</p>
                <div class="do">
                    <button type="button" class="button main" on:click=move |_| work.again.set(true)>{import_texts().import_go_on()}</button>
                    <button type="button" class="button" on:click=move |_| work.start_over()>{import_texts().import_another()}</button>
                    <WayOn to=routes::USERS label=import_texts().import_see_users()/>
                </div>
            </div>
        </section>
    }
}
