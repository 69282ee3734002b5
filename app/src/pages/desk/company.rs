//! One company at the desk: what its managers see, and who they are.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use seatwise_domain::Kind;
use seatwise_domain::wire::{CompanyPage as Shown, InviteManager, ManagerLine};
use web_sys::SubmitEvent;

use super::audit::Audit;
use crate::client;
use crate::load::{Loaded, Submission};
use crate::pages::manager::{KindCard, LotTable, OrderTable};
use crate::routes;
use crate::ui::{Card, Dialog, DialogEnd, Empty, Field, PageHead, Pill, Send, Toasts, Trouble, Waiting};
use crate::words::{self, Tone, texts};

/// The company of the address.
#[component]
pub(crate) fn CompanyPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("company").unwrap_or_default());
    let company = Loaded::new(move || client::company(id.get()));
    let lots = Loaded::new(move || client::lots(id.get()));
    let orders = Loaded::new(move || client::orders(id.get(), None));
    let inviting = RwSignal::new(false);
    let close = Callback::new(move |()| inviting.set(false));
    let toasts = Toasts::expect();
    let done = Callback::new(move |manager: ManagerLine| {
        close.run(());
        toasts.tell(texts().invited_toast(words::called(manager.name.as_deref(), &manager.email)));
        company.reload();
    });
    let more = orders.more(move |after| client::orders(id.get_untracked(), Some(after)));
    let name = Memo::new(move |_| company.value().map(|shown| shown.company.name));
    view! {
        <p class="crumb"><A href=routes::COMPANIES>{texts().companies()}</A></p>
        {move || name.get().map(|name| view! {
            <PageHead title=name>
                <button type="button" class="button main" on:click=move |_| inviting.set(true)>{texts().invite_manager()}</button>
            </PageHead>
        })}
        <div class="stack">
            <Waiting on=company show=move |shown| view! { <Figures shown=shown/> }/>
            <h2>{texts().lots()}</h2>
            <Waiting on=lots show=|lots| view! { <LotTable lots=lots ask=false/> }/>
            <h2>{texts().orders()}</h2>
            <Waiting on=orders show=move |page| view! { <OrderTable page=page more=more/> }/>
            {move || { let id = id.get(); view! { <Audit company=id/> } }}
        </div>
        <Dialog open=inviting on_close=close title=texts().invite_manager() lead=texts().invite_manager_lead()>
            <InviteForm company=id.get_untracked() on_close=close on_done=done/>
        </Dialog>
    }
}

#[component]
fn Figures(shown: Shown) -> impl IntoView {
    let manager = |manager: ManagerLine| {
        let state = if manager.invited { (texts().invited(), Tone::PENDING) } else { (texts().active(), Tone::IN_USE) };
        let (name, email) = match manager.name {
            Some(name) => (name, Some(manager.email)),
            None => (manager.email, None),
        };
        view! { <li><span>{name}{email.map(|email| view! { <small>{email}</small> })}</span><Pill of=state/></li> }
    };
    view! {
        <div class="stack">
            <KindCard kind=Kind::User balance=shown.company.user/>
            <KindCard kind=Kind::Content balance=shown.company.content/>
            <Card title=texts().managers()>
                {if shown.managers.is_empty() {
                    view! { <Empty title=texts().no_managers() text=texts().no_managers_text()/> }.into_any()
                } else {
                    view! { <ul class="people">{shown.managers.into_iter().map(manager).collect_view()}</ul> }.into_any()
                }}
            </Card>
        </div>
    }
}

#[component]
fn InviteForm(company: String, on_close: Callback<()>, on_done: Callback<ManagerLine>) -> impl IntoView {
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
