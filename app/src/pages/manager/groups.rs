//! A company's groups: departments or courses, for which licences can be set aside or end early.

use leptos::prelude::*;
use seatwise_domain::wire::{GroupLine, Groups as Listed};
use web_sys::SubmitEvent;

use super::users::UserTabs;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::session::Account;
use crate::ui::{Day, Dialog, DialogEnd, Empty, Field, PageHead, Send, Table, Toasts, Trouble, Waiting};
use crate::words::{self, texts};
use seatwise_domain::texts::number;

/// The groups, and the dialogues that create one and set an end date.
#[component]
pub(crate) fn Groups() -> impl IntoView {
    let account = Account::expect();
    let groups = Loaded::new(move || client::groups(account.company_id()));
    let creating = RwSignal::new(false);
    let ending = RwSignal::new(None::<GroupLine>);
    let toasts = Toasts::expect();
    let close = Callback::new(move |()| {
        creating.set(false);
        ending.set(None);
    });
    let done = Callback::new(move |news: String| {
        close.run(());
        toasts.tell(news);
        groups.reload();
    });
    let create = move || view! { <button type="button" class="button main" on:click=move |_| creating.set(true)>{texts().create_group()}</button> };
    view! {
        <PageHead title=texts().groups()>{create()}</PageHead>
        <UserTabs/>
        <Waiting on=groups show=move |groups| view! { <List groups=groups creating=creating ending=ending/> }/>
        <Dialog open=creating on_close=close title=texts().create_group() lead=texts().create_group_lead()>
            <CreateForm on_close=close on_done=done/>
        </Dialog>
        {move || ending.get().map(|group| view! {
            <Dialog open=true on_close=close title=texts().set_end() lead=texts().group_end_lead(&group.name)>
                <EndForm group=group.clone() on_close=close on_done=done/>
            </Dialog>
        })}
    }
}

#[component]
fn List(groups: Listed, creating: RwSignal<bool>, ending: RwSignal<Option<GroupLine>>) -> impl IntoView {
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
    let head =
        vec![(texts().group(), false), (texts().members(), true), (texts().licences_end(), false), (texts().change(), false)];
    let row = move |group: GroupLine| {
        let end = match group.licences_end_at.filter(|at| *at > now) {
            Some(at) => view! { <Day at=at/> }.into_any(),
            None => texts().with_their_orders().into_any(),
        };
        let members = if group.members >= 1_000 { texts().many(&number(1_000)) } else { number(group.members) };
        let name = group.name.clone();
        view! {
            <tr>
                <td data-label=texts().group()>{name.clone()}</td>
                <td class="num" data-label=texts().members()>{members}</td>
                <td data-label=texts().licences_end()>{end}</td>
                <td><button type="button" class="button quiet" aria-label=texts().set_end_of(&name) on:click=move |_| ending.set(Some(group.clone()))>{texts().set_end()}</button></td>
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
