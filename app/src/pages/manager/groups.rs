//! A company's groups: departments or courses, for which licences can be set aside or end early.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::wire::{GroupLine, Groups as Listed};
use web_sys::SubmitEvent;

use super::users::UserTabs;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::pages::asked::asked_for;
use crate::pages::help_link::HelpLink;
use crate::routes::{self, Wanted};
use crate::session::Account;
use crate::ui::{Day, Dialog, DialogEnd, Empty, Field, Menu, PageHead, Select, Send, Table, Toasts, Trouble, Waiting};
use crate::words::{self, number, texts};

/// What is done with a group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    SetEnd,
    Rename,
    Merge,
    Remove,
}

impl Action {
    fn label(self) -> &'static str {
        match self {
            Self::SetEnd => texts().set_end(),
            Self::Rename => texts().rename(),
            Self::Merge => texts().merge(),
            Self::Remove => texts().remove_group(),
        }
    }

    /// What follows from it.
    fn lead(self, group: &str) -> String {
        match self {
            Self::SetEnd => texts().group_end_lead(group),
            Self::Rename => texts().rename_lead(group),
            Self::Merge => texts().merge_lead(group),
            Self::Remove => texts().remove_group_lead(group),
        }
    }
}

/// What is being done, and with which group.
type Doing = RwSignal<Option<(Action, GroupLine)>>;

/// The groups, and the dialogues that create and change them.
#[component]
pub(crate) fn Groups() -> impl IntoView {
    let account = Account::expect();
    let groups = Loaded::new(move || client::groups(account.company_id()));
    let creating = asked_for(routes::GROUPS, "create");
    let doing: Doing = RwSignal::new(None);
    let toasts = Toasts::expect();
    let close = Callback::new(move |()| {
        creating.set(false);
        doing.set(None);
    });
    let done = Callback::new(move |news: String| {
        close.run(());
        toasts.tell(news);
        groups.reload();
    });
    let create = move || view! { <button type="button" class="button main" data-key="n" on:click=move |_| creating.set(true)>{texts().create_group()}</button> };
    let form = move |action: Action, group: GroupLine| match action {
        Action::SetEnd => view! { <EndForm group=group on_close=close on_done=done/> }.into_any(),
        Action::Rename => view! { <RenameForm group=group on_close=close on_done=done/> }.into_any(),
        Action::Merge | Action::Remove => {
            let merges = action == Action::Merge;
            let others = groups.value().map(|groups| groups.items).unwrap_or_default();
            view! { <RemoveForm group=group merges=merges others=others on_close=close on_done=done/> }.into_any()
        }
    };
    view! {
        <PageHead title=texts().groups()><HelpLink topic="users#groups" about=texts().groups()/>{create()}</PageHead>
        <UserTabs/>
        <Waiting on=groups show=move |groups| view! { <List groups=groups creating=creating doing=doing/> }/>
        <Dialog open=creating on_close=close title=texts().create_group() lead=texts().create_group_lead()>
            <CreateForm on_close=close on_done=done/>
        </Dialog>
        {move || doing.get().map(|(action, group)| view! {
            <Dialog open=true on_close=close title=action.label() lead=action.lead(&group.name)>
                {form(action, group.clone())}
            </Dialog>
        })}
    }
}

#[component]
fn List(groups: Listed, creating: RwSignal<bool>, doing: Doing) -> impl IntoView {
    if groups.items.is_empty() {
        return view! {
            <section class="card">
                <Empty title=texts().no_groups() text=texts().no_groups_text()>
                    <button type="button" class="button main" on:click=move |_| creating.set(true)>{texts().create_group()}</button>
                </Empty>
            </section>
        }
        .into_any();
    }
    let now = groups.now;
    let several = groups.items.len() > 1;
    let head =
        vec![(texts().group(), false), (texts().members(), true), (texts().licences_end(), false), (texts().change(), false)];
    let row = move |group: GroupLine| {
        let end = match group.licences_end_at.filter(|at| *at > now) {
            Some(at) => view! { <Day at=at/> }.into_any(),
            None => texts().with_their_orders().into_any(),
        };
        let members = if group.members >= 1_000 { texts().many(&number(1_000)) } else { number(group.members) };
        let name = group.name.clone();
        let shown = texts().members_of(&members, &name);
        let open = routes::users_of(&group.id);
        let wanted = Wanted { group: Some(group.id.clone()), ..Wanted::of(Kind::User) };
        let menu = format!("group-{}", group.id);
        let line = StoredValue::new(group);
        let act = move |action: Action| move |_| doing.set(Some((action, line.get_value())));
        let item =
            move |action: Action| view! { <button type="button" class="button" on:click=act(action)>{action.label()}</button> };
        view! {
            <tr>
                <td data-label=texts().group()>{name.clone()}</td>
                <td class="num" data-label=texts().members()><a href=open aria-label=shown>{members}</a></td>
                <td data-label=texts().licences_end()>{end}</td>
                <td>
                    <div class="do">
                        <button type="button" class="button quiet" aria-label=texts().set_end_of(&name) on:click=act(Action::SetEnd)>{texts().set_end()}</button>
                        <Menu id=menu label=texts().more() full=texts().more_for(&name) quiet=true>
                            <a href=wanted.address()>{texts().request_licences()}</a>
                            {item(Action::Rename)}
                            {several.then(|| item(Action::Merge))}
                            {item(Action::Remove)}
                        </Menu>
                    </div>
                </td>
            </tr>
        }
    };
    view! {
        <section class="card">
            <Table label=texts().groups() head=head>{groups.items.into_iter().map(row).collect_view()}</Table>
        </section>
    }
    .into_any()
}

#[component]
fn RenameForm(group: GroupLine, on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let account = Account::expect();
    let name = RwSignal::new(group.name);
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let ask = client::rename_group(account.company_id(), &group.id, name.get_untracked());
        form.send(ask, move |group| on_done.run(texts().group_renamed_toast(&group.name)));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="name" label=texts().group_name() value=name required=true first=true problem=form.about("name")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().rename() busy=form.busy/></DialogEnd>
        </form>
    }
}

/// Removes a group, or makes it part of another one.
#[component]
fn RemoveForm(
    group: GroupLine,
    merges: bool,
    others: Vec<GroupLine>,
    on_close: Callback<()>,
    on_done: Callback<String>,
) -> impl IntoView {
    let account = Account::expect();
    let others: Vec<GroupLine> = others.into_iter().filter(|other| merges && other.id != group.id).collect();
    let into = RwSignal::new(others.first().map(|other| other.id.clone()));
    let form = Submission::new();
    let options = others.iter().map(|other| (other.id.clone(), other.name.clone())).collect();
    let chosen = Signal::derive(move || into.get().unwrap_or_default());
    let choose = move |id| into.set(Some(id));
    let choice = merges.then(
        || view! { <Select name="into" label=texts().merge_into() options=options value=chosen on_choose=choose first=true/> },
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let into = into.get_untracked();
        let target = others.iter().find(|other| Some(&other.id) == into.as_ref()).map(|other| other.name.clone());
        let name = group.name.clone();
        form.send(client::remove_group(account.company_id(), &group.id, into), move |_| {
            on_done.run(match target {
                Some(target) => texts().group_merged_toast(&name, &target),
                None => texts().group_removed_toast(&name),
            });
        });
    };
    let label = if merges { texts().merge_do() } else { texts().remove_group() };
    view! {
        <form on:submit=submit novalidate>
            {choice}
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=label busy=form.busy/></DialogEnd>
        </form>
    }
}

#[component]
fn CreateForm(on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let account = Account::expect();
    let name = RwSignal::new(String::new());
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let ask = client::create_group(account.company_id(), name.get_untracked(), form.key());
        form.send(ask, move |group| on_done.run(texts().group_created_toast(&group.name)));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="name" label=texts().group_name() value=name required=true first=true problem=form.about("name")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().create_group() busy=form.busy/></DialogEnd>
        </form>
    }
}

#[component]
fn EndForm(group: GroupLine, on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let account = Account::expect();
    let day = RwSignal::new(group.licences_end_at.map(words::iso_day).unwrap_or_default());
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let ends_on = Some(day.get_untracked()).filter(|day| !day.is_empty());
        let ask = client::set_group_end(account.company_id(), &group.id, ends_on);
        form.send(ask, move |group| on_done.run(texts().group_end_toast(&group.name)));
    };
    let tomorrow = words::date_in_utc(1);
    view! {
        <form on:submit=submit novalidate>
            <Field name="ends_on" label=texts().last_day_before() value=day kind="date" min=tomorrow hint=texts().end_hint() first=true problem=form.about("ends_on")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().save() busy=form.busy/></DialogEnd>
        </form>
    }
}
