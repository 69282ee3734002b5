//! The companies: one's own or all, found by name.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use seatwise_domain::Balance;
use seatwise_domain::wire::{CompanyLine, DeskList, Page};

use super::create::CreateForm;
use super::head::DeskHead;
use super::lists::{self, Export, MineOrAll};
use crate::client;
use crate::load::{Loaded, Typing};
use crate::pages::asked::asked_for;
use crate::pages::frame::replacing;
use crate::routes::{self, DeskPart};
use crate::ui::{Day, Dialog, Empty, More, Table, Toasts, Waiting, WayOn};
use crate::words::{desk_texts, number, texts};

/// The companies by name.
#[component]
pub(crate) fn Companies() -> impl IntoView {
    let part = lists::part(routes::COMPANIES);
    let own = lists::own(part);
    let companies = Loaded::new(move || part.with(|part| client::companies(!part.all, &part.search, None)));
    let creating = asked_for(routes::COMPANIES, "create");
    let close = Callback::new(move |()| creating.set(false));
    let navigate = use_navigate();
    let toasts = Toasts::expect();
    let done = Callback::new(move |(company, invited): (CompanyLine, bool)| {
        creating.set(false);
        toasts.tell(if invited {
            desk_texts().created_with_manager_toast(&company.name)
        } else {
            // The next step is on its page: a company without a manager can't do anything.
            desk_texts().created_toast(&company.name)
        });
        navigate(&routes::company(&company.id), NavigateOptions::default());
    });
    let more = companies.more(move |after| part.with_untracked(|part| client::companies(!part.all, &part.search, Some(&after))));
    view! {
        <DeskHead title=desk_texts().companies()>
            <Export list=DeskList::Companies own=own search=Signal::derive(move || part.with(|part| part.search.clone()))/>
            <button type="button" class="button main" data-key="n" on:click=move |_| creating.set(true)>{desk_texts().create_company()}</button>
        </DeskHead>
        <section class="card">
            <div class="tools" role="search">
                <Search part=part/>
                <MineOrAll page=routes::COMPANIES part=part/>
            </div>
            <Waiting on=companies show=move |page| view! { <CompanyTable page=page part=part.get_untracked() creating=creating more=more/> }/>
        </section>
        <Dialog open=creating on_close=close title=desk_texts().create_company() lead=desk_texts().create_company_lead()>
            <CreateForm on_close=close on_done=done/>
        </Dialog>
    }
}

/// The field that searches while somebody types.
#[component]
fn Search(part: Memo<DeskPart>) -> impl IntoView {
    let text = RwSignal::new(part.with_untracked(|part| part.search.clone()));
    // What the field itself has asked for: any other search comes from a link, and is shown in the field.
    let own = StoredValue::new(text.get_untracked());
    Effect::new(move |_| {
        let search = part.with(|part| part.search.clone());
        if own.get_value() != search {
            own.set_value(search.clone());
            text.set(search);
        }
    });
    let navigate = use_navigate();
    let typing = Typing::new();
    let typed = move |event| {
        text.set(event_target_value(&event));
        let navigate = navigate.clone();
        typing.pause(move || {
            let search = text.get_untracked().trim().to_owned();
            let part = part.get_untracked();
            if search != part.search {
                own.set_value(search.clone());
                navigate(&DeskPart { search, ..part }.of(routes::COMPANIES), NavigateOptions { scroll: false, ..replacing() });
            }
        });
    };
    view! { <input type="search" aria-label=desk_texts().filter_companies() placeholder=desk_texts().company_name() prop:value=move || text.get() on:input=typed/> }
}

/// A balance in one cell: what is available, and of how many.
fn balance(balance: Balance) -> impl IntoView {
    let below = (balance.available < 0).then_some("zero");
    view! { <span><bdi data-below=below>{number(balance.available)}</bdi> " / " <bdi>{number(balance.total)}</bdi></span> }
}

#[component]
fn CompanyTable(page: Page<CompanyLine>, part: DeskPart, creating: RwSignal<bool>, more: Callback<String>) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <NoCompany part=part creating=creating/> }.into_any();
    }
    let row = |company: CompanyLine| {
        let overdrawn = match company.overdrawn {
            0 => "—".into_any(),
            count => view! { <span data-below="zero">{number(count)}</span> }.into_any(),
        };
        let expiry = match company.next_expiry {
            Some(at) => view! { <Day at=at/> }.into_any(),
            None => "—".into_any(),
        };
        let waiting = if company.waiting_orders == 0 { "—".to_owned() } else { number(company.waiting_orders) };
        view! {
            <tr>
                <td data-label=texts().company()><A href=routes::company(&company.id)><bdi>{company.name}</bdi></A></td>
                <td data-label=texts().account_manager()><bdi>{company.account_manager}</bdi></td>
                <td class="num" data-label=desk_texts().user_available_of()>{balance(company.user)}</td>
                <td class="num" data-label=desk_texts().content_available_of()>{balance(company.content)}</td>
                <td class="num" data-label=texts().overdrawn()>{overdrawn}</td>
                <td data-label=desk_texts().next_expiry()>{expiry}</td>
                <td class="num" data-label=desk_texts().orders_waiting_column()>{waiting}</td>
            </tr>
        }
    };
    let head = vec![
        (texts().company(), false),
        (texts().account_manager(), false),
        (desk_texts().user_available_of(), true),
        (desk_texts().content_available_of(), true),
        (texts().overdrawn(), true),
        (desk_texts().next_expiry(), false),
        (desk_texts().orders_waiting_column(), true),
    ];
    view! {
        <Table label=desk_texts().companies() head=head>{page.items.into_iter().map(row).collect_view()}</Table>
        <More next=page.next more=more/>
    }
    .into_any()
}

/// What stands where no company is.
#[component]
fn NoCompany(part: DeskPart, creating: RwSignal<bool>) -> impl IntoView {
    let all = (!part.all).then(|| DeskPart { all: true, ..part.clone() }.of(routes::COMPANIES));
    let show_all = move || all.clone().map(|all| view! { <WayOn to=all label=desk_texts().show_all()/> });
    if part.search.is_empty() {
        let (title, text) = if part.all {
            (desk_texts().no_companies(), desk_texts().no_companies_text())
        } else {
            (desk_texts().none_of_mine(), desk_texts().none_of_mine_text())
        };
        return view! {
            <Empty title=title text=text>
                {show_all()}
                <button type="button" class="button main" on:click=move |_| creating.set(true)>{desk_texts().create_company()}</button>
            </Empty>
        }
        .into_any();
    }
    view! { <Empty title=desk_texts().no_company_like_this() text=desk_texts().no_company_like_this_text()>{show_all()}</Empty> }
        .into_any()
}
