//! The groups that the directory has sent, and what each gives its members.

use leptos::prelude::*;
use seatwise_domain::policy::SyncScope;
use seatwise_domain::wire::{ChangeDirectoryGroup, DirectoryGroup};
use web_sys::SubmitEvent;

use super::Shared;
use crate::client;
use crate::load::Submission;
use crate::ui::{Dialog, DialogEnd, Send, Table, Trouble};
use crate::words::{sync_texts, texts};

/// What a group can give its members.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    Licences,
    Management,
}

impl Gives {
    fn label(self) -> &'static str {
        match self {
            Self::Licences => sync_texts().gets_licences(),
            Self::Management => sync_texts().manages_licences(),
        }
    }

    const fn is_given(self, group: &DirectoryGroup) -> bool {
        match self {
            Self::Licences => group.licensed,
            Self::Management => group.manages,
        }
    }

    /// The group as it is to be, with the news of it.
    fn changed(self, group: &DirectoryGroup, given: bool) -> (ChangeDirectoryGroup, String) {
        let (texts, name) = (sync_texts(), group.name.as_str());
        let news = match (self, given) {
            (Self::Licences, true) => texts.now_licensed(name),
            (Self::Licences, false) => texts.not_licensed(name),
            (Self::Management, true) => texts.now_manages(name),
            (Self::Management, false) => texts.not_manages(name),
        };
        let change = match self {
            Self::Licences => ChangeDirectoryGroup { licensed: given, manages: group.manages },
            Self::Management => ChangeDirectoryGroup { licensed: group.licensed, manages: given },
        };
        (change, news)
    }
}

/// The groups.
#[component]
pub(super) fn Groups(shared: Shared) -> impl IntoView {
    let names = shared.part(|page| page.groups.iter().map(|group| (group.id.clone(), group.name.clone())).collect::<Vec<_>>());
    let everybody = shared.part(|page| page.settings.scope == SyncScope::Everybody);
    let form = Submission::new();
    let stopping = RwSignal::new(None::<DirectoryGroup>);
    let close = Callback::new(move |()| stopping.set(None));
    let table = move || {
        // The boxes follow what holds by themselves: whoever is at one keeps the focus.
        let names = names.get();
        if names.is_empty() {
            return view! { <p class="body calm">{sync_texts().no_groups_text()}</p> }.into_any();
        }
        let head = vec![(texts().group(), false), (Gives::Licences.label(), false), (Gives::Management.label(), false)];
        let row = move |(id, name): (String, String)| {
            let cell =
                |gives| view! { <Tick shared=shared id=id.clone() name=name.clone() gives=gives form=form stopping=stopping/> };
            let (licences, manages) = (cell(Gives::Licences), cell(Gives::Management));
            view! {
                <tr>
                    <td data-label=texts().group()>{name.clone()}</td>
                    <td data-label=Gives::Licences.label()>{licences}</td>
                    <td data-label=Gives::Management.label()>{manages}</td>
                </tr>
            }
        };
        view! {
            <p class="body calm">{sync_texts().groups_text()} " " {move || everybody.get().then(|| sync_texts().groups_everybody())}</p>
            <Table label=sync_texts().groups() head=head>{names.into_iter().map(row).collect_view()}</Table>
        }
        .into_any()
    };
    view! {
        <section class="card boxes">
            <header><h2>{sync_texts().groups()}</h2></header>
            {table}
            <Trouble failure=form.failure/>
        </section>
        {move || stopping.get().map(|group| {
            let lead = sync_texts().stop_licensing_lead(&group.name);
            view! {
                <Dialog open=true on_close=close title=sync_texts().stop_licensing() lead=lead>
                    <StopForm shared=shared group=group.clone() on_close=close/>
                </Dialog>
            }
        })}
    }
}

/// Saves what a group gives.
fn save(shared: Shared, form: Submission, group: &DirectoryGroup, gives: Gives, given: bool, done: Callback<()>) {
    let (change, news) = gives.changed(group, given);
    let ask = client::change_sync_group(shared.account.company_id(), &group.id, &change);
    form.send(ask, move |whole| {
        done.run(());
        shared.take(whole);
        shared.toasts.tell(news);
    });
}

/// A box that is ticked while the group gives something.
#[component]
fn Tick(
    shared: Shared,
    id: String,
    name: String,
    gives: Gives,
    form: Submission,
    stopping: RwSignal<Option<DirectoryGroup>>,
) -> impl IntoView {
    let label = sync_texts().box_for(gives.label(), &name);
    let group = Memo::new(move |_| shared.page.value().and_then(|page| page.groups.into_iter().find(|group| group.id == id)));
    let given = move || group.with(|group| group.as_ref().is_some_and(|group| gives.is_given(group)));
    let close = Callback::new(move |()| stopping.set(None));
    let change = move |event: web_sys::Event| {
        let wanted = event_target_checked(&event);
        let Some(page) = shared.page.value() else { return };
        let Some(group) = group.get_untracked() else { return };
        // The box shows what holds, and that has not changed yet.
        if let Some(input) = event_target_input(&event) {
            input.set_checked(gives.is_given(&group));
        }
        let in_force = page.settings.scope == SyncScope::Groups && !page.settings.dry_run;
        if gives == Gives::Licences && !wanted && in_force {
            stopping.set(Some(group));
        } else {
            save(shared, form, &group, gives, wanted, close);
        }
    };
    view! { <label class="tick"><input type="checkbox" aria-label=label prop:checked=given on:change=change/></label> }
}

fn event_target_input(event: &web_sys::Event) -> Option<web_sys::HtmlInputElement> {
    use wasm_bindgen::JsCast;
    event.target()?.dyn_into().ok()
}

#[component]
fn StopForm(shared: Shared, group: DirectoryGroup, on_close: Callback<()>) -> impl IntoView {
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save(shared, form, &group, Gives::Licences, false, on_close);
    };
    view! {
        <form on:submit=submit>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=sync_texts().stop_do() busy=form.busy/></DialogEnd>
        </form>
    }
}
