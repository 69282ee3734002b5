//! The import of users from a file, in four steps: choose it, check what it would do, import, and look at what it did.

mod check;
mod done;
mod file;
mod how_read;
mod reading;
mod run;
mod undo;
mod work;

use leptos::prelude::*;
use leptos_router::components::Outlet;

use self::check::Check;
use self::done::Done;
use self::file::File;
use self::run::Run;
use self::work::{Step, Work};
use crate::pages::help_link::HelpLink;
use crate::pages::not_found::Missing;
use crate::routes;
use crate::ui::{PageHead, Skeleton, Trouble};
use crate::words::{import_texts, texts};

/// The page: which step is shown follows from the import's state, so that a reload leads back to it.
#[component]
pub(crate) fn Import() -> impl IntoView {
    let work = Work::new();
    let step = Memo::new(move |_| work.step());
    let shown = move || match step.get() {
        Step::File => view! { <File work=work/> }.into_any(),
        Step::Unknown | Step::Missing => view! { <section class="card"><Skeleton/></section> }.into_any(),
        Step::Check => view! { <Check work=work/> }.into_any(),
        Step::Import => view! { <Run work=work/> }.into_any(),
        Step::Done => view! { <Done work=work/> }.into_any(),
    };
    view! {
        <Show when=move || step.get() != Step::Missing fallback=|| view! { <Missing to=routes::IMPORT label=texts().import_users()/> }>
            <PageHead title=texts().import_users()><HelpLink topic="import" about=texts().import_users()/></PageHead>
            <Steps step=step/>
            <div class="stack">
                <Trouble failure=work.failure ways=move || view! { <button type="button" class="button" on:click=move |_| work.try_again()>{texts().try_again()}</button> }/>
                {shown}
            </div>
        </Show>
        <Outlet/>
    }
}

/// Where one is on the way from the file to the end.
#[component]
fn Steps(step: Memo<Step>) -> impl IntoView {
    let names = [
        (Step::File, import_texts().import_step_file()),
        (Step::Check, import_texts().import_step_check()),
        (Step::Import, import_texts().import_step_import()),
        (Step::Done, import_texts().import_step_done()),
    ];
    let name = |(which, name): (Step, &'static str)| view! { <li aria-current=move || (step.get() == which).then_some("step")>{name}</li> };
    view! { <ol class="steps" aria-label=import_texts().import_steps()>{names.map(name)}</ol> }
}
