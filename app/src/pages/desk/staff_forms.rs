//! The forms that invite, change and remove somebody at the desk.

use leptos::prelude::*;
use seatwise_domain::wire::{ChangeStaff, InviteStaff, StaffLine, StaffRole};
use web_sys::SubmitEvent;

use super::people::Colleague;
use crate::client;
use crate::load::Submission;
use crate::ui::{Choice, Choices, DialogEnd, Field, Send, Trouble};
use crate::words::{desk_texts, texts};

/// What there is to choose from.
fn roles() -> Vec<Choice> {
    let choice = |role: &StaffRole| {
        let hint = match role {
            StaffRole::AccountManager => desk_texts().account_manager_hint(),
            StaffRole::Administrator => desk_texts().administrator_hint(),
        };
        Choice { value: role.as_str(), label: super::staff::role(*role), hint }
    };
    StaffRole::ALL.iter().map(choice).collect()
}

fn said(text: RwSignal<String>) -> Option<String> {
    Some(text.get_untracked()).filter(|text| !text.trim().is_empty())
}

/// Invites somebody.
#[component]
pub(super) fn InviteForm(on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let (name, email, phone) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let role = RwSignal::new(StaffRole::default().as_str());
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let invite = InviteStaff {
            email: email.get_untracked(),
            name: name.get_untracked(),
            phone: said(phone),
            role: StaffRole::parse(role.get_untracked()).unwrap_or_default(),
        };
        let news = desk_texts().invited_toast(invite.name.trim());
        form.send(client::invite_staff(&invite, form.key()), move |_| on_done.run(news));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="name" label=texts().name() value=name required=true first=true problem=form.about("name")/>
            <Field name="email" label=texts().email() value=email kind="email" inputmode="email" required=true problem=form.about("email")/>
            <Field name="phone" label=desk_texts().phone() value=phone kind="tel" inputmode="tel" hint=desk_texts().phone_hint() problem=form.about("phone")/>
            <Choices name="role" label=texts().role() choices=roles() value=role/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().invite() busy=form.busy/></DialogEnd>
        </form>
    }
}

/// Changes somebody's name, telephone number or role; one's own role stays.
#[component]
pub(super) fn EditForm(person: StaffLine, on_close: Callback<()>, on_done: Callback<String>) -> impl IntoView {
    let (name, phone) = (RwSignal::new(person.name), RwSignal::new(person.phone.unwrap_or_default()));
    let role = RwSignal::new(person.role.as_str());
    let form = Submission::new();
    let (me, administrator) = super::me();
    let of_role = (administrator && me != person.id)
        .then(|| view! { <Choices name="role" label=texts().role() choices=roles() value=role/> });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let role = StaffRole::parse(role.get_untracked()).unwrap_or_default();
        let change = ChangeStaff { name: name.get_untracked(), phone: said(phone), role };
        let news = desk_texts().colleague_changed_toast(change.name.trim());
        form.send(client::change_staff(&person.id, &change), move |_| on_done.run(news));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="name" label=texts().name() value=name required=true first=true problem=form.about("name")/>
            <Field name="phone" label=desk_texts().phone() value=phone kind="tel" inputmode="tel" hint=desk_texts().phone_hint() problem=form.about("phone")/>
            {of_role}
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().save() busy=form.busy/></DialogEnd>
        </form>
    }
}

/// Removes somebody; where they have companies, a colleague takes those over.
#[component]
pub(super) fn RemoveForm(
    person: StaffLine,
    others: Vec<StaffLine>,
    on_close: Callback<()>,
    on_done: Callback<String>,
) -> impl IntoView {
    let needed = person.companies > 0;
    let to = RwSignal::new(others.first().map(|other| other.id.clone()).filter(|_| needed));
    let form = Submission::new();
    let choice = needed.then(|| {
        view! {
            <Colleague others=others value=to label=desk_texts().who_takes_over(person.companies) problem=form.about("to")/>
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let news = texts().removed_toast(&person.name);
        form.send(client::remove_staff(&person.id, to.get_untracked()), move |_| on_done.run(news));
    };
    view! {
        <form on:submit=submit novalidate>
            {choice}
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().remove() busy=form.busy/></DialogEnd>
        </form>
    }
}
