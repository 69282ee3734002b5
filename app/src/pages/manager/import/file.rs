//! The first step: a file is chosen, dropped, or its rows are pasted. Below it, the imports that there were.

use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::wire::{Import, ImportState, Page};
use web_sys::{Blob, DragEvent, FileList, SubmitEvent};

use super::how_read::HowRead;
use super::reading::Progress;
use super::undo::UndoDialog;
use super::work::{Work, Wrong};
use crate::client;
use crate::load::Loaded;
use crate::routes;
use crate::session::Account;
use crate::ui::{Banner, Pill, Progress, Since, Table, Waiting};
use crate::words::{self, Tone, import_texts, number, texts};

/// The first step.
#[component]
pub(super) fn File(work: Work) -> impl IntoView {
    let reads = Memo::new(move |_| work.progress.with(Option::is_some));
    let chosen = Memo::new(move |_| work.chosen.with(Option::is_some));
    let shown = move || match (reads.get(), chosen.get()) {
        (true, _) => view! { <Reads work=work/> }.into_any(),
        (false, true) => view! { <Columns work=work/> }.into_any(),
        (false, false) => view! { <Choice work=work/> }.into_any(),
    };
    view! {
        {shown}
        <Recent work=work/>
    }
}

#[component]
fn Choice(work: Work) -> impl IntoView {
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let take = move |files: Option<FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            work.choose(file.name(), file.into());
        }
    };
    let chosen = move |_| take(input.get_untracked().and_then(|input| input.files()));
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let example = format!(
        "data:text/csv;charset=utf-8,%EF%BB%BF{}",
        js_sys::encode_uri_component(import_texts().import_example_rows()).as_string().unwrap_or_default()
    );
    view! {
        <Problem work=work/>
        <section class="card">
            <header><h2 node_ref=work.heading() tabindex="-1">{import_texts().import_choose_title()}</h2></header>
            <div class="body">
            <div class="drop" data-over=move || over.get().then_some("true") on:dragover=dragged on:dragleave=move |_| over.set(false) on:drop=dropped>
                <p>{import_texts().import_drop()}</p>
                <input
                    node_ref=input
                    type="file"
                    name="file"
                    aria-label=import_texts().import_choose()
                    aria-describedby="file-help"
                    accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
                    on:change=chosen
                />
            </div>
            <p class="lead" id="file-help">
                {import_texts().import_help()} " "
                <a href=example download=import_texts().import_example_file()>{import_texts().import_example()}</a>
            </p>
            <Paste work=work/>
            </div>
        </section>
    }
}

/// What is wrong with the file that was chosen.
#[component]
fn Problem(work: Work) -> impl IntoView {
    let shown = move || {
        let (title, text) = match work.wrong.get()? {
            Wrong::Empty => (import_texts().import_empty_title(), import_texts().import_empty()),
            Wrong::Unreadable => (import_texts().import_unreadable_title(), import_texts().import_unreadable()),
        };
        Some(view! { <Banner tone=Tone::PENDING title=title><p>{text}</p></Banner> })
    };
    view! { <div role="alert">{shown}</div> }
}

/// Rows that are pasted are a file like any other.
#[component]
fn Paste(work: Work) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(text) = area.get_untracked().map(|area| area.value()).filter(|text| !text.trim().is_empty()) else { return };
        let parts = js_sys::Array::of1(&text.into());
        if let Ok(blob) = Blob::new_with_str_sequence(&parts) {
            work.choose(import_texts().import_pasted().to_owned(), blob);
        }
    };
    view! {
        <details class="more-ways">
            <summary>{import_texts().import_paste()}</summary>
            <form class="stack" on:submit=submit novalidate>
                <div class="field">
                    <label for="pasted">{import_texts().import_paste_label()}</label>
                    <textarea node_ref=area id="pasted" name="pasted" rows="6" autocomplete="off" spellcheck="false" aria-describedby="pasted-hint"></textarea>
                    <small id="pasted-hint">{import_texts().import_paste_hint()}</small>
                </div>
                <p class="do"><button type="submit" class="button">{import_texts().import_paste_read()}</button></p>
            </form>
        </details>
    }
}

/// The file is being read.
#[component]
fn Reads(work: Work) -> impl IntoView {
    let name =
        move || work.chosen.with(|chosen| import_texts().import_reading(chosen.as_ref().map_or("", |chosen| &chosen.name)));
    view! {
        <section class="card">
            <header><h2 node_ref=work.heading() tabindex="-1">{name}</h2></header>
            <div class="body">
                <HowFar work=work/>
                <p class="do"><button type="button" class="button" on:click=move |_| work.start_over()>{import_texts().import_another()}</button></p>
            </div>
        </section>
    }
}

/// How far the file is read.
#[component]
pub(super) fn HowFar(work: Work) -> impl IntoView {
    let megabytes = |bytes: f64| format!("{:.1}", bytes / 1_000_000.0);
    let progress = move || work.progress.get().unwrap_or(Progress { read: 0.0, size: 0.0, offline: false });
    let offline = Memo::new(move |_| progress().offline);
    view! {
        <div class="progress">
            <Progress label=import_texts().import_step_file() done=Signal::derive(move || progress().read) all=Signal::derive(move || progress().size)/>
            <p class="calm">{move || import_texts().import_read_of(&megabytes(progress().read), &megabytes(progress().size))}</p>
            <p class="problem" role="status">{move || offline.get().then(|| import_texts().import_waits())}</p>
        </div>
    }
}

/// No column looks like the e-mail address, so it is asked for. A file that could not be read to its end waits here, too.
#[component]
fn Columns(work: Work) -> impl IntoView {
    let known = Memo::new(move |_| {
        work.chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.look.format.columns.email.is_some()))
    });
    let asked = !known.get_untracked();
    let title = if asked { import_texts().import_no_email_title() } else { import_texts().import_how_read() };
    let name = move || work.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.name.clone()));
    view! {
        <Problem work=work/>
        <section class="card">
            <header><h2 node_ref=work.heading() tabindex="-1">{title}</h2><span class="end">{name}</span></header>
            <div class="body">
                {asked.then(|| view! { <p>{import_texts().import_no_email()}</p> })}
                <HowRead work=work/>
                <div class="do">
                    <Show when=move || known.get()>
                        <button type="button" class="button main" on:click=move |_| work.read_file()>{import_texts().import_go_on()}</button>
                    </Show>
                    <button type="button" class="button" on:click=move |_| work.start_over()>{import_texts().import_another()}</button>
                </div>
            </div>
        </section>
    }
}

/// The imports that there were.
#[component]
fn Recent(work: Work) -> impl IntoView {
    let account = Account::expect();
    let imports = Loaded::new(move || client::imports(account.company_id()));
    let undoing = RwSignal::new(None::<Import>);
    let close = Callback::new(move |()| undoing.set(None));
    let undone = Callback::new(move |import: Import| {
        close.run(());
        work.open(import, false);
    });
    view! {
        <section class="card">
            <header><h2>{import_texts().import_recent()}</h2></header>
            <Waiting on=imports show=move |page| list(page, undoing)/>
        </section>
        {move || undoing.get().map(|import| view! { <UndoDialog import=import on_close=close on_done=undone/> })}
    }
}

fn list(page: Page<Import>, undoing: RwSignal<Option<Import>>) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <div class="body"><p class="calm">{import_texts().import_none()}</p></div> }.into_any();
    }
    let head = vec![
        (import_texts().import_file(), false),
        (import_texts().import_when(), false),
        (import_texts().import_by(), false),
        (texts().status(), false),
        (import_texts().import_what_came(), false),
        (texts().change(), false),
    ];
    let now = words::now();
    let row = move |import: Import| {
        let goes_on =
            matches!(import.state, ImportState::Draft | ImportState::Running | ImportState::Stopped | ImportState::Undoing);
        let undoable = matches!(import.state, ImportState::Done | ImportState::Stopped)
            && import.undo_until.is_some_and(|until| until > now);
        let (file, to) = (import.file.clone(), routes::import(&import.id));
        let go_on = goes_on.then(|| view! { <A href=to.clone() attr:class="button quiet" attr:aria-label=import_texts().import_go_on_with(&file)>{import_texts().import_go_on()}</A> });
        let label = import_texts().import_undo_of(&file);
        let (by, figures, state, at) = (import.by.clone(), figures(&import), state(import.state), import.created_at);
        let undo = undoable.then(|| view! { <button type="button" class="button quiet" aria-label=label on:click=move |_| undoing.set(Some(import.clone()))>{import_texts().import_undo_short()}</button> });
        view! {
            <tr>
                <td data-label=import_texts().import_file()><A href=to>{file}</A></td>
                <td data-label=import_texts().import_when()><Since at=at now=now/></td>
                <td data-label=import_texts().import_by()>{by.unwrap_or_else(|| "—".to_owned())}</td>
                <td data-label=texts().status()><Pill of=state/></td>
                <td data-label=import_texts().import_what_came()>{figures}</td>
                <td>{go_on} {undo}</td>
            </tr>
        }
    };
    view! { <Table label=import_texts().import_recent() head=head>{page.items.into_iter().map(row).collect_view()}</Table> }
        .into_any()
}

fn state(state: ImportState) -> (&'static str, Tone) {
    match state {
        ImportState::Draft => (import_texts().import_draft(), Tone::EXPIRED),
        ImportState::Running => (import_texts().import_running(), Tone::AVAILABLE),
        ImportState::Stopped => (import_texts().import_stopped(), Tone::PENDING),
        ImportState::Done => (import_texts().import_finished(), Tone::IN_USE),
        ImportState::Undoing => (import_texts().import_undoing(), Tone::AVAILABLE),
        ImportState::Undone => (import_texts().import_undone(), Tone::EXPIRED),
    }
}

/// What came of an import, as far as anything did.
fn figures(import: &Import) -> String {
    let some = |count: i64, text: String| (count > 0).then_some(text);
    let figures: Vec<String> = [
        some(import.added, import_texts().import_added_short(import.added)),
        some(import.brought_back, import_texts().import_back_short(import.brought_back)),
        some(import.moved, import_texts().import_moved_short(import.moved)),
        some(import.left_out, import_texts().import_left_short(import.left_out)),
        some(import.undone, import_texts().import_undone_short(import.undone)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if figures.is_empty() { import_texts().import_rows(import.rows) } else { figures.join(" · ") }
}

/// A number of a number, as people write them.
pub(super) fn of(done: i64, all: i64) -> String {
    import_texts().import_of(&number(done), &number(all))
}
