//! Who works at the desk.

use leptos::prelude::*;
use seatwise_domain::wire::{StaffEvent, StaffEventKind, StaffLine, StaffPage, StaffRole};

use super::head::DeskHead;
use super::people::colleagues;
use super::staff_forms::{EditForm, InviteForm, RemoveForm};
use crate::client;
use crate::load::Loaded;
use crate::pages::asked::asked_for;
use crate::routes;
use crate::ui::{Card, Day, Dialog, Since, Table, Toasts, Waiting};
use crate::words::{self, desk_texts, number, texts};

/// What is done, and with whom.
#[derive(Clone)]
enum Doing {
    Invite,
    Edit(StaffLine),
    Remove(StaffLine),
}

impl Doing {
    fn title(&self) -> &'static str {
        match self {
            Self::Invite => desk_texts().invite_colleague(),
            Self::Edit(_) => desk_texts().edit(),
            Self::Remove(_) => texts().remove(),
        }
    }

    fn lead(&self) -> String {
        match self {
            Self::Invite => desk_texts().invite_colleague_lead().to_owned(),
            Self::Edit(person) => desk_texts().edit_colleague_lead(&person.name),
            Self::Remove(person) => desk_texts().remove_colleague_lead(&person.name),
        }
    }
}

/// What somebody may do, in words.
pub(super) fn role(role: StaffRole) -> &'static str {
    match role {
        StaffRole::AccountManager => texts().account_manager(),
        StaffRole::Administrator => desk_texts().administrator(),
    }
}

/// Everybody, what was changed lately, and the dialogues that change it.
#[component]
pub(crate) fn Staff() -> impl IntoView {
    let staff = Loaded::new(client::staff);
    let doing = RwSignal::new(None::<Doing>);
    let toasts = Toasts::expect();
    let close = Callback::new(move |()| doing.set(None));
    let done = Callback::new(move |news: String| {
        close.run(());
        toasts.tell(news);
        staff.reload();
    });
    let inviting = asked_for(routes::STAFF, "invite");
    Effect::new(move |_| {
        if inviting.get() && super::me().1 {
            inviting.set(false);
            doing.set(Some(Doing::Invite));
        }
    });
    let administrator = Memo::new(move |_| super::me().1);
    let form = move |what: Doing| match what {
        Doing::Invite => view! { <InviteForm on_close=close on_done=done/> }.into_any(),
        Doing::Edit(person) => view! { <EditForm person=person on_close=close on_done=done/> }.into_any(),
        Doing::Remove(person) => {
            let others = colleagues(staff.value().map(|page| page.items).unwrap_or_default(), &person.id);
            view! { <RemoveForm person=person others=others on_close=close on_done=done/> }.into_any()
        }
    };
    let invite = view! {
        <Show when=move || administrator.get()>
            <button type="button" class="button main" data-key="n" on:click=move |_| doing.set(Some(Doing::Invite))>{desk_texts().invite_colleague()}</button>
        </Show>
    };
    view! {
        <DeskHead title=desk_texts().staff()>{invite}</DeskHead>
        <Waiting on=staff show=move |page| view! { <Everybody page=page doing=doing/> }/>
        {move || doing.get().map(|what| {
            let (title, lead) = (what.title(), what.lead());
            view! { <Dialog open=true on_close=close title=title lead=lead>{form(what.clone())}</Dialog> }
        })}
    }
}

#[component]
fn Everybody(page: StaffPage, doing: RwSignal<Option<Doing>>) -> impl IntoView {
    let (me, administrator) = super::me();
    let row = move |person: StaffLine| {
        let own = person.id == me;
        let line = StoredValue::new(person.clone());
        let act = move |what: fn(StaffLine) -> Doing| move |_| doing.set(Some(what(line.get_value())));
        let name = person.name.clone();
        let edit = (own || administrator).then(|| view! {
            <button type="button" class="button quiet" aria-label=desk_texts().edit_person(&name) on:click=act(Doing::Edit)>{desk_texts().edit()}</button>
        });
        let remove = (!own && administrator).then(|| view! {
            <button type="button" class="button quiet" aria-label=desk_texts().remove_person(&name) on:click=act(Doing::Remove)>{texts().remove()}</button>
        });
        view! {
            <tr>
                <td data-label=texts().name()><bdi>{person.name}</bdi><small><bdi>{person.email}</bdi></small>{person.phone.map(|phone| view! { <small><bdi>{phone}</bdi></small> })}</td>
                <td data-label=texts().role()>{role(person.role)}</td>
                <td class="num" data-label=desk_texts().companies()>{number(person.companies)}</td>
                <td class="num" data-label=desk_texts().orders_waiting_column()>{number(person.waiting_orders)}</td>
                <td data-label=texts().since()><Day at=person.since/></td>
                <td><div class="do">{edit}{remove}</div></td>
            </tr>
        }
    };
    let head = vec![
        (texts().name(), false),
        (texts().role(), false),
        (desk_texts().companies(), true),
        (desk_texts().orders_waiting_column(), true),
        (texts().since(), false),
        (texts().change(), false),
    ];
    let history = (!page.history.is_empty()).then(|| {
        let now = words::now();
        let line = move |event: StaffEvent| {
            let what = match event.what {
                StaffEventKind::Invited => desk_texts().did_invite_colleague(&event.person, role(event.role)),
                StaffEventKind::Changed => desk_texts().did_change_colleague(&event.person, role(event.role)),
                StaffEventKind::Removed => desk_texts().did_remove_colleague(&event.person),
            };
            view! { <li><span><b>{event.actor}</b> " " {what}</span><Since at=event.at now=now/></li> }
        };
        view! { <Card title=desk_texts().newest_changes()><ul class="log">{page.history.into_iter().map(line).collect_view()}</ul></Card> }
    });
    view! {
        <div class="stack">
            <section class="card"><Table label=desk_texts().staff() head=head>{page.items.into_iter().map(row).collect_view()}</Table></section>
            {history}
        </div>
    }
}
