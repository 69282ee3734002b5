//! Who manages a company, and who looks after it.

use leptos::prelude::*;
use seatwise_domain::wire::{CompanyLine, CompanyPage, Contact, InviteManager, ManagerLine, StaffLine};
use web_sys::SubmitEvent;

use super::company::Here;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::ui::{Card, Dialog, DialogEnd, Empty, Field, Pill, Select, Send, Skeleton, Toasts, Trouble};
use crate::words::{Tone, desk_texts, texts};

/// The company's managers, and whether they have accepted their invites.
#[component]
pub(super) fn Managers(managers: Vec<ManagerLine>) -> impl IntoView {
    let manager = |manager: ManagerLine| {
        let state = if manager.invited { (desk_texts().invited(), Tone::PENDING) } else { (desk_texts().active(), Tone::IN_USE) };
        let (name, email) = match manager.name {
            Some(name) => (name, Some(manager.email)),
            None => (manager.email, None),
        };
        view! { <li><span><bdi>{name}</bdi>{email.map(|email| view! { <small><bdi>{email}</bdi></small> })}</span><Pill of=state/></li> }
    };
    view! {
        <Card title=texts().managers()>
            {if managers.is_empty() {
                view! { <Empty title=desk_texts().no_managers() text=desk_texts().no_managers_text()/> }.into_any()
            } else {
                view! { <ul class="people">{managers.into_iter().map(manager).collect_view()}</ul> }.into_any()
            }}
        </Card>
    }
}

/// The company's account manager, and the dialogue that hands it over.
#[component]
pub(super) fn AccountManager(company: CompanyLine, contact: Contact) -> impl IntoView {
    let Here { company: shown, .. } = Here::expect();
    let handing = RwSignal::new(false);
    let close = Callback::new(move |()| handing.set(false));
    let toasts = Toasts::expect();
    let done = Callback::new(move |page: CompanyPage| {
        close.run(());
        toasts.tell(desk_texts().handed_over_toast(&page.company.name, &page.account_manager.name));
        shown.reload();
    });
    let lead = desk_texts().hand_over_lead(&company.name);
    let company = StoredValue::new(company);
    view! {
        <Card title=texts().account_manager()>
            <ul class="people"><li>
                <span><bdi>{contact.name}</bdi><small><bdi>{contact.email}</bdi></small>{contact.phone.map(|phone| view! { <small><bdi>{phone}</bdi></small> })}</span>
                <button type="button" class="button" on:click=move |_| handing.set(true)>{desk_texts().hand_over()}</button>
            </li></ul>
        </Card>
        <Dialog open=handing on_close=close title=desk_texts().hand_over() lead=lead>
            <HandOverForm company=company.get_value() on_close=close on_done=done/>
        </Dialog>
    }
}

#[component]
fn HandOverForm(company: CompanyLine, on_close: Callback<()>, on_done: Callback<CompanyPage>) -> impl IntoView {
    let staff = Loaded::new(client::staff);
    let company = StoredValue::new(company);
    move || match staff.get() {
        None => view! { <Skeleton lines=2/> }.into_any(),
        Some(Err(failure)) => view! { <Trouble failure=Some(failure)/> }.into_any(),
        Some(Ok(page)) => {
            let company = company.get_value();
            let others = colleagues(page.items, &company.account_manager_id);
            view! { <HandOverTo company=company.id others=others on_close=on_close on_done=on_done/> }.into_any()
        }
    }
}

#[component]
fn HandOverTo(company: String, others: Vec<StaffLine>, on_close: Callback<()>, on_done: Callback<CompanyPage>) -> impl IntoView {
    let to = RwSignal::new(others.first().map(|other| other.id.clone()));
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.send(client::hand_over(&company, to.get_untracked().unwrap_or_default()), move |page| on_done.run(page));
    };
    if others.is_empty() {
        return view! {
            <p class="calm">{desk_texts().no_colleague()}</p>
            <div class="end"><button type="button" class="button" on:click=move |_| on_close.run(())>{texts().close()}</button></div>
        }
        .into_any();
    }
    view! {
        <form on:submit=submit novalidate>
            <Colleague others=others value=to label=desk_texts().to_whom() problem=form.about("staff")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=desk_texts().hand_over() busy=form.busy/></DialogEnd>
        </form>
    }
    .into_any()
}

/// Everybody at the desk but one.
pub(super) fn colleagues(staff: Vec<StaffLine>, but: &str) -> Vec<StaffLine> {
    staff.into_iter().filter(|person| person.id != but).collect()
}

/// A choice among colleagues.
#[component]
pub(super) fn Colleague(
    /// The colleagues.
    others: Vec<StaffLine>,
    /// The id of the one who is chosen.
    value: RwSignal<Option<String>>,
    /// What they are chosen for.
    #[prop(into)]
    label: String,
    /// What is wrong with it.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let option = |person: StaffLine| {
        let companies = desk_texts().count_companies(person.companies);
        (person.id, format!("{} · {companies}", person.name))
    };
    let options = others.into_iter().map(option).collect();
    let chosen = Signal::derive(move || value.get().unwrap_or_default());
    let choose = move |id| value.set(Some(id));
    view! { <Select name="colleague" label=label options=options value=chosen on_choose=choose problem=problem first=true/> }
}

/// Invites a manager.
#[component]
pub(super) fn InviteForm(company: String, on_close: Callback<()>, on_done: Callback<ManagerLine>) -> impl IntoView {
    let (email, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let manager = InviteManager {
            email: email.get_untracked(),
            name: Some(name.get_untracked()).filter(|name| !name.trim().is_empty()),
        };
        form.send(client::invite_manager(company.clone(), manager, form.key()), move |manager| on_done.run(manager));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="email" label=texts().email() value=email kind="email" inputmode="email" required=true first=true problem=form.about("email")/>
            <Field name="name" label=texts().name() value=name hint=texts().optional() problem=form.about("name")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().invite() busy=form.busy/></DialogEnd>
        </form>
    }
}
