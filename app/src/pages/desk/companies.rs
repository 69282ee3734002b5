//! All companies, and the dialogue that creates one.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use seatwise_domain::Balance;
use seatwise_domain::texts::number;
use seatwise_domain::wire::{CompanyLine, CreateCompany, Page};
use web_sys::SubmitEvent;

use crate::client;
use crate::load::{Loaded, Submission};
use crate::routes;
use crate::ui::{Day, Dialog, DialogEnd, Empty, Field, More, PageHead, Send, Table, Toasts, Trouble, Waiting};
use crate::words::texts;

/// The companies by name.
#[component]
pub(crate) fn Companies() -> impl IntoView {
    let companies = Loaded::new(|| client::companies(None));
    let wanted = RwSignal::new(String::new());
    let creating = RwSignal::new(false);
    let close = Callback::new(move |()| creating.set(false));
    let navigate = use_navigate();
    let toasts = Toasts::expect();
    let done = Callback::new(move |company: CompanyLine| {
        creating.set(false);
        toasts.tell(texts().created_toast(&company.name));
        // The next step is on its page: a company without a manager can't do anything.
        navigate(&routes::company(&company.id), NavigateOptions::default());
    });
    let more = companies.more(move |after| client::companies(Some(after)));
    view! {
        <PageHead title=texts().companies()>
            <button type="button" class="button main" on:click=move |_| creating.set(true)>{texts().create_company()}</button>
        </PageHead>
        <section class="card">
            <div class="tools" role="search">
                <input type="search" aria-label=texts().filter_companies() placeholder=texts().company_name() prop:value=move || wanted.get() on:input=move |event| wanted.set(event_target_value(&event))/>
            </div>
            <Waiting on=companies show=move |page| view! { <CompanyTable page=page wanted=wanted more=more/> }/>
        </section>
        <Dialog open=creating on_close=close title=texts().create_company() lead=texts().create_company_lead()>
            <CreateForm on_close=close on_done=done/>
        </Dialog>
    }
}

/// A balance in one cell: what is available, and of how many.
fn balance(balance: Balance) -> impl IntoView {
    let below = (balance.available < 0).then_some("zero");
    view! { <span><span data-below=below>{number(balance.available)}</span> " / " {number(balance.total)}</span> }
}

#[component]
fn CompanyTable(page: Page<CompanyLine>, wanted: RwSignal<String>, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <Empty title=texts().no_companies() text=texts().no_companies_text()/> }.into_any();
    }
    let items = StoredValue::new(page.items);
    let found = move || {
        let wanted = wanted.get().trim().to_lowercase();
        let fits = |company: &&CompanyLine| company.name.to_lowercase().contains(&wanted);
        items.with_value(|items| items.iter().filter(fits).cloned().collect::<Vec<_>>())
    };
    let row = |company: CompanyLine| {
        view! {
            <tr>
                <td data-label=texts().company()><A href=routes::company(&company.id)>{company.name}</A></td>
                <td data-label=texts().account_manager()>{company.account_manager}</td>
                <td class="num" data-label=texts().user_available_of()>{balance(company.user)}</td>
                <td class="num" data-label=texts().content_available_of()>{balance(company.content)}</td>
                <td data-label=texts().next_expiry()>{match company.next_expiry { Some(at) => view! { <Day at=at/> }.into_any(), None => "—".into_any() }}</td>
                <td class="num" data-label=texts().orders_waiting_column()>{number(company.waiting_orders)}</td>
            </tr>
        }
    };
    let table = move || {
        let found = found();
        if found.is_empty() {
            return view! { <Empty title=texts().no_company_like_this() text=texts().no_company_like_this_text()/> }.into_any();
        }
        let head = vec![
            (texts().company(), false),
            (texts().account_manager(), false),
            (texts().user_available_of(), true),
            (texts().content_available_of(), true),
            (texts().next_expiry(), false),
            (texts().orders_waiting_column(), true),
        ];
        view! {
            <Table label=texts().companies() head=head>{found.into_iter().map(row).collect_view()}</Table>
        }
        .into_any()
    };
    view! {
        {table}
        <More next=page.next more=more/>
    }
    .into_any()
}

#[component]
fn CreateForm(on_close: Callback<()>, on_done: Callback<CompanyLine>) -> impl IntoView {
    let (name, platform) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let company = CreateCompany {
            name: name.get_untracked(),
            platform_url: Some(platform.get_untracked()).filter(|url| !url.trim().is_empty()),
        };
        form.send(client::create_company(company, form.key()), move |company| on_done.run(company));
    };
    view! {
        <form on:submit=submit novalidate>
            <Field name="name" label=texts().company_name() value=name required=true first=true problem=form.about("name")/>
            <Field name="platform_url" label=texts().platform_url() value=platform kind="url" inputmode="url" hint=texts().platform_url_hint() problem=form.about("platform_url")/>
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=texts().create_company() busy=form.busy/></DialogEnd>
        </form>
    }
}
