//! One company at the desk: what its pages share.

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use leptos_router::hooks::{use_location, use_params_map};
use seatwise_domain::wire::{CompanyPage as Shown, ManagerLine};

use super::head::DeskHead;
use super::people::InviteForm;
use crate::client;
use crate::load::Loaded;
use crate::pages::not_found::{Missing, is_missing};
use crate::pages::tab::name_tab;
use crate::routes;
use crate::ui::{Dialog, Tabs, Toasts, Trouble};
use crate::words::{self, desk_texts, texts};

/// The company of the address, for the pages below it.
#[derive(Clone, Copy)]
pub(super) struct Here {
    /// Its id.
    pub(super) id: Memo<String>,
    /// What the desk knows of it.
    pub(super) company: Loaded<Shown>,
}

impl Here {
    fn new() -> Self {
        let params = use_params_map();
        let id = Memo::new(move |_| params.read().get("company").unwrap_or_default());
        Self { id, company: Loaded::new(move || client::company(id.get())) }
    }

    /// The company that this page belongs to.
    pub(super) fn expect() -> Self {
        use_context().unwrap_or_else(Self::new)
    }
}

/// The company's head and tabs, and the page below them.
#[component]
pub(crate) fn CompanyPage() -> impl IntoView {
    let here = Here::new();
    let Here { id, company } = here;
    provide_context(here);
    let inviting = RwSignal::new(false);
    let close = Callback::new(move |()| inviting.set(false));
    let toasts = Toasts::expect();
    let done = Callback::new(move |manager: ManagerLine| {
        close.run(());
        toasts.tell(desk_texts().invited_toast(words::called(manager.name.as_deref(), &manager.email)));
        company.reload();
    });
    let name = Memo::new(move |_| company.value().map(|shown| shown.company.name));
    let failure = Signal::derive(move || company.get().and_then(Result::err));
    let missing = is_missing(company);
    let pages = move || {
        id.with(|id| {
            [
                (routes::company(id), texts().overview()),
                (routes::company_users(id), texts().users()),
                (routes::company_activity(id), texts().activity()),
                (routes::company_settings(id), texts().settings()),
            ]
        })
    };
    let path = use_location().pathname;
    let name_page = move || {
        let page = path.with(|path| pages().into_iter().find(|(to, _)| to == path.trim_end_matches('/')));
        if let Some(((_, page), name)) = page.zip(name.get()) {
            name_tab(page, &name);
        }
    };
    Effect::new(move |_| name_page());
    view! {
        <p class="crumb"><A href=routes::COMPANIES>{desk_texts().companies()}</A></p>
        {move || name.get().map(|name| {
            let head = view! {
                <DeskHead title=name>
                    <button type="button" class="button main" on:click=move |_| inviting.set(true)>{desk_texts().invite_manager()}</button>
                </DeskHead>
            };
            // The head has named the tab after the company alone.
            untrack(name_page);
            head
        })}
        <Show when=move || !missing.get() fallback=|| view! { <Missing to=routes::COMPANIES label=desk_texts().companies()/> }>
            {move || view! { <Tabs label=texts().company() pages=pages()/> }}
            <Trouble failure=failure/>
        </Show>
        <Show when=move || name.with(Option::is_some)><Outlet/></Show>
        <Dialog open=inviting on_close=close title=desk_texts().invite_manager() lead=desk_texts().invite_manager_lead()>
            <InviteForm company=id.get_untracked() on_close=close on_done=done/>
        </Dialog>
    }
}
