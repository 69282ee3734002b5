//! What a manager can do about one person's licences, each in a dialogue that says what follows.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::wire::{MemberPage, ReplaceMember, Why};
use web_sys::SubmitEvent;

use super::group_choice::GroupChoice;
use super::ways_out::WaysOut;
use crate::client;
use crate::load::Submission;
use crate::session::Account;
use crate::ui::{Dialog, DialogEnd, Field, Send, Trouble};
use crate::words::{self, texts};

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Gives a licence; who was removed is back.
    Give,
    /// Brings somebody back who was removed.
    BringBack,
    /// Gives a content licence to somebody who has a user licence.
    GiveContent,
    /// Takes the licences back.
    TakeBack,
    /// Sends the open invite again.
    InviteAgain,
    /// Corrects the e-mail address.
    CorrectAddress,
    /// Withdraws the invite.
    Withdraw,
    /// Gives the licences on to somebody else.
    Replace,
    /// Sets the day on which they end.
    SetEnd,
    /// Puts the person into a group.
    SetGroup,
    /// Removes the person.
    Remove,
}

impl Action {
    const ALL: [Self; 11] = [
        Self::BringBack,
        Self::InviteAgain,
        Self::CorrectAddress,
        Self::Give,
        Self::GiveContent,
        Self::Replace,
        Self::SetEnd,
        Self::SetGroup,
        Self::TakeBack,
        Self::Withdraw,
        Self::Remove,
    ];

    /// What is open for a person, in the order in which it is offered.
    pub(super) fn open(page: &MemberPage) -> Vec<Self> {
        let held = |why: &Why| matches!(why, Why::InUse { .. } | Why::Pending { .. });
        let pending = matches!(page.user, Why::Pending { .. }) || matches!(page.content, Why::Pending { .. });
        let holds = held(&page.user) || held(&page.content);
        let removed = page.removed_at.is_some();
        let offered = |action: &Self| match action {
            Self::BringBack => removed,
            // The directory would have to say first that they are active again.
            Self::Give => !removed && !page.member.suspended && !held(&page.user),
            Self::GiveContent => !removed && held(&page.user) && !held(&page.content),
            Self::Replace => holds,
            Self::SetEnd | Self::SetGroup | Self::Remove => !removed,
            Self::TakeBack => holds && !pending,
            Self::InviteAgain => !removed && page.invite.as_ref().is_some_and(|invite| invite.state == "open"),
            // Whoever manages and has joined signs in with the address: others can't change it.
            Self::CorrectAddress => !removed && (!page.member.manager || page.joined_at.is_none()),
            Self::Withdraw => pending,
        };
        Self::ALL.into_iter().filter(offered).collect()
    }

    /// Whether it is what the page is for.
    pub(super) const fn is_main(self) -> bool {
        matches!(self, Self::Give | Self::BringBack)
    }

    /// What it is called.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Give => texts().give_licence(),
            Self::BringBack => texts().bring_back(),
            Self::GiveContent => texts().give_content(),
            Self::TakeBack => texts().take_back(),
            Self::InviteAgain => texts().invite_again(),
            Self::CorrectAddress => texts().correct_address(),
            Self::Withdraw => texts().withdraw_invite(),
            Self::Replace => texts().replace(),
            Self::SetEnd => texts().set_end(),
            Self::SetGroup => texts().set_group(),
            Self::Remove => texts().remove(),
        }
    }

    /// What follows from it.
    fn lead(self, person: &str) -> String {
        match self {
            Self::Give => texts().give_lead(person),
            Self::BringBack => texts().bring_back_lead(person),
            Self::GiveContent => texts().give_content_lead(person),
            Self::TakeBack => texts().take_back_lead(person),
            Self::InviteAgain => texts().invite_again_lead(person),
            Self::CorrectAddress => texts().correct_address_lead(person),
            Self::Withdraw => texts().withdraw_lead(person),
            Self::Replace => texts().replace_lead(person),
            Self::SetEnd => texts().set_end_lead(person),
            Self::SetGroup => texts().set_group_lead(person),
            Self::Remove => texts().remove_lead(person),
        }
    }

    /// The news when it is done.
    fn news(self, person: &str) -> String {
        match self {
            Self::Give | Self::GiveContent => texts().given_toast(person),
            Self::BringBack => texts().back_toast(person),
            Self::TakeBack => texts().taken_back_toast(person),
            Self::InviteAgain => texts().invited_again_toast(person),
            Self::CorrectAddress => texts().address_corrected_toast(person),
            Self::Withdraw => texts().withdrawn_toast(person),
            Self::Replace => texts().replaced_toast(person),
            Self::SetEnd => texts().end_set_toast(person),
            Self::SetGroup => texts().group_set_toast(person),
            Self::Remove => texts().removed_toast(person),
        }
    }
}

/// The dialogues, of which the one is open that `doing` says.
#[component]
pub(super) fn Actions(
    /// The person.
    page: MemberPage,
    /// What is being done.
    doing: RwSignal<Option<Action>>,
    /// Called with the news, and with the id of somebody else whose page is to be shown.
    on_done: Callback<(String, Option<String>)>,
) -> impl IntoView {
    let person = words::called(page.member.name.as_deref(), &page.member.email).to_owned();
    let page = StoredValue::new(page);
    let close = Callback::new(move |()| doing.set(None));
    let dialog = move |action: Action| {
        let open = Signal::derive(move || doing.get() == Some(action));
        view! {
            <Dialog open=open on_close=close title=action.label() lead=action.lead(&person)>
                <ActionForm action=action page=page.get_value() on_close=close on_done=on_done/>
            </Dialog>
        }
    };
    Action::ALL.map(dialog)
}

#[component]
fn ActionForm(
    action: Action,
    page: MemberPage,
    on_close: Callback<()>,
    on_done: Callback<(String, Option<String>)>,
) -> impl IntoView {
    let account = Account::expect();
    let form = Submission::new();
    let person = words::called(page.member.name.as_deref(), &page.member.email).to_owned();
    let id = page.member.id.clone();
    let known = if action == Action::CorrectAddress { page.member.email.clone() } else { String::new() };
    let (email, name) = (RwSignal::new(known), RwSignal::new(String::new()));
    let day = RwSignal::new(page.licences_end_at.map(words::iso_day).unwrap_or_default());
    let group = RwSignal::new(page.group_id.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (company, members, news) = (account.company_id(), vec![id.clone()], action.news(&person));
        let tell = move || on_done.run((news, None));
        match action {
            Action::Give | Action::BringBack => form.send(client::give_licences(company, members, None), move |_| tell()),
            Action::GiveContent => form.send(client::give_licences(company, members, Some(Kind::Content)), move |_| tell()),
            Action::TakeBack => form.send(client::take_back(company, members, None), move |_| tell()),
            Action::Withdraw => form.send(client::withdraw(company, members), move |_| tell()),
            Action::CorrectAddress => {
                form.send(client::correct_address(company, &id, email.get_untracked()), move |page| {
                    on_done.run((action.news(&page.member.email), None));
                });
            }
            Action::InviteAgain => form.send(client::invite_again(company, members), move |_| tell()),
            Action::Remove => form.send(client::remove_members(company, members, false), move |_| tell()),
            Action::SetEnd => {
                let ends_on = Some(day.get_untracked()).filter(|day| !day.is_empty());
                form.send(client::set_member_end(company, &id, ends_on), move |_| tell());
            }
            Action::SetGroup => form.send(client::set_member_group(company, &id, group.get_untracked()), move |_| tell()),
            Action::Replace => {
                let other = ReplaceMember {
                    email: email.get_untracked(),
                    name: Some(name.get_untracked()).filter(|name| !name.trim().is_empty()),
                };
                form.send(client::replace_member(company, &id, other, form.key()), move |other| {
                    let news = action.news(words::called(other.name.as_deref(), &other.email));
                    on_done.run((news, Some(other.id)));
                });
            }
        }
    };
    let ways = move || form.failure.get().map(|failure| view! { <WaysOut failure=failure/> });
    let tomorrow = words::date_in_utc(1);
    let fields = match action {
        Action::Replace => view! {
            <Field name="email" label=texts().email() value=email kind="email" inputmode="email" required=true first=true problem=form.about("email")/>
            <Field name="name" label=texts().name() value=name hint=texts().optional() problem=form.about("name")/>
        }
        .into_any(),
        Action::CorrectAddress => view! {
            <Field name="email" label=texts().email() value=email kind="email" inputmode="email" required=true first=true problem=form.about("email")/>
        }
        .into_any(),
        Action::SetEnd => view! {
            <Field name="ends_on" label=texts().last_day_before() value=day kind="date" min=tomorrow hint=texts().end_hint() first=true problem=form.about("ends_on")/>
        }
        .into_any(),
        Action::SetGroup => view! { <GroupChoice value=group/> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <form on:submit=submit novalidate>
            {fields}
            <Trouble failure=form.failure ways=ways/>
            <DialogEnd on_close=on_close><Send label=action.label() busy=form.busy/></DialogEnd>
        </form>
    }
}
