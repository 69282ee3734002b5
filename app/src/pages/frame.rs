//! What stands around every page of somebody who is signed in: the rail, and the place where pages appear.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::{A, Outlet};
use leptos_router::hooks::{use_location, use_navigate};
use seatwise_domain::Kind;
use seatwise_domain::wire::{Identity, Role};

use super::keys::Keys;
use super::languages::Languages;
use crate::client;
use crate::routes;
use crate::session::Account;
use crate::ui::{Menu, Reach, keep_in_view};
use crate::words::{self, texts};

/// A link in the rail.
#[derive(Clone)]
pub(super) struct Link {
    /// The page's address.
    pub(super) to: &'static str,
    /// What it is called.
    pub(super) label: &'static str,
    /// A number beside it.
    pub(super) count: Signal<Option<i64>>,
}

impl Link {
    /// A link without a number.
    pub(super) fn new(to: &'static str, label: &'static str) -> Self {
        Self { to, label, count: Signal::stored(None) }
    }
}

/// Shows a page to those whose page it is, and leads everybody else to where they belong.
#[component]
pub(super) fn Area(
    /// Whose pages these are.
    admits: fn(&Role) -> bool,
    /// The links in the rail.
    links: Vec<Link>,
    /// Whether they are the desk's.
    #[prop(optional)]
    desk: bool,
) -> impl IntoView {
    let account = Account::expect();
    let role = Memo::new(move |_| account.session().map(|session| session.identity.role));
    // Here, where the pages within the area see it.
    let keys = Keys::provide(desk, links);
    move || match role.get() {
        Some(role) if admits(&role) => view! { <Frame keys=keys/> }.into_any(),
        Some(_) => view! { <LeadHome/> }.into_any(),
        None => view! { <LeadToSignIn/> }.into_any(),
    }
}

/// Leads to where the person works.
#[component]
fn LeadHome() -> impl IntoView {
    let account = Account::expect();
    let navigate = use_navigate();
    Effect::new(move |_| navigate(account.home(), replacing()));
}

/// Leads to the sign-in page, and from there back to this one.
#[component]
pub(super) fn LeadToSignIn() -> impl IntoView {
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move |_| {
        let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
        let to = if search.is_empty() { path } else { format!("{path}?{}", search.trim_start_matches('?')) };
        navigate(&routes::sign_in_and_back(&to), replacing());
    });
}

/// Going on without a step to go back to.
pub(super) fn replacing() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}

#[component]
fn Frame(keys: Keys) -> impl IntoView {
    view! {
        <a class="skip" href="#main">{texts().skip_to_content()}</a>
        <div class="frame">
            <Rail keys=keys/>
            <main id="main"><Outlet/></main>
        </div>
        {keys.sheets()}
    }
}

/// The first letter of a name, as its mark. The style sheet makes it a capital: the browser knows all alphabets, and
/// their tables would weigh more than the page.
pub(super) fn mark(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map(String::from).unwrap_or_default()
}

/// What an identity is called in the rail: the company, or the product at the desk; and the role there.
pub(super) fn place(identity: &Identity) -> (String, &'static str) {
    match &identity.role {
        Role::Staff { .. } => (texts().product().to_owned(), texts().role_staff()),
        Role::Member { company, manager: true, .. } => (company.clone(), texts().role_manager()),
        Role::Member { company, .. } => (company.clone(), texts().role_learner()),
    }
}

/// Where somebody is, and as whom.
#[component]
pub(super) fn Place() -> impl IntoView {
    let account = Account::expect();
    move || {
        account.session().map(|session| {
            let (name, role) = place(&session.identity);
            view! {
                <div class="company">
                    <span class="mark" aria-hidden="true">{mark(&name)}</span>
                    <span><b dir="auto">{name}</b><small>{role}</small></span>
                </div>
            }
        })
    }
}

#[component]
fn Rail(keys: Keys) -> impl IntoView {
    let account = Account::expect();
    let learns = move || {
        let role = account.session().map(|session| session.identity.role);
        matches!(role, Some(Role::Member { learner: true, manager: true, .. }))
    };
    let link = |link: Link| {
        // The first page of an area has the others below it; it is current only by itself.
        let exact = link.to == routes::DESK;
        view! {
            <A href=link.to exact=exact>
                {link.label}
                {move || link.count.get().filter(|count| *count > 0).map(|count| view! { <span class="count">{words::number(count)}</span> })}
            </A>
        }
    };
    let nav = NodeRef::<html::Nav>::new();
    keep_in_view(nav);
    let path = use_location().pathname;
    let today = move || {
        path.track();
        words::day(words::now())
    };
    view! {
        <aside class="rail">
            <Place/>
            // On paper it says of which day the figures are.
            <p class="printed" hidden>{today}</p>
            {keys.button()}
            <nav node_ref=nav aria-label=texts().main_navigation()>
                {keys.links().into_iter().map(link).collect_view()}
                <Show when=learns><A href=routes::MY_LICENCES>{texts().my_licences()}</A></Show>
            </nav>
            <YourAccountManager/>
            <Me/>
        </aside>
    }
}

/// Whom to ask for licences, always one press away (requirement B3).
#[component]
fn YourAccountManager() -> impl IntoView {
    let account = Account::expect();
    move || {
        account.account_manager().map(|contact| {
            view! {
                <section class="contact">
                    <Menu id="account-manager" label=texts().your_account_manager() quiet=true>
                        <p class="reach"><Reach contact=contact/></p>
                        <a href=routes::request(Kind::User, None)>{texts().request_licences()}</a>
                    </Menu>
                </section>
            }
        })
    }
}

/// Goes on as another identity of the person who is signed in, by id.
pub(super) fn go_on_as() -> Callback<String> {
    let account = Account::expect();
    let navigate = use_navigate();
    Callback::new(move |id: String| {
        let navigate = navigate.clone();
        spawn_local(async move {
            if let Ok(state) = client::switch_identity(id).await {
                account.set(state.session);
                navigate(account.home(), NavigateOptions::default());
            }
        });
    })
}

/// Signs out.
pub(super) fn sign_out() {
    spawn_local(async move {
        // A fresh start: nothing that was loaded stays in memory for whoever comes next.
        if client::sign_out().await.is_ok() {
            let _ = window().location().assign(routes::SIGN_IN);
        }
    });
}

/// Who is signed in, what else they are, and the way out.
#[component]
pub(super) fn Me(
    /// Whether the page doesn't say by itself what else they are.
    #[prop(default = true)]
    others: bool,
) -> impl IntoView {
    let account = Account::expect();
    let switch = go_on_as();
    view! {
        <section class="me">
            <small>{move || account.session().map(|session| session.identity.email)}</small>
            {move || {
                let others = account.session().filter(|_| others).map(|session| session.others).unwrap_or_default();
                let other = |identity: Identity| {
                    let (name, role) = place(&identity);
                    view! {
                        <button type="button" class="button quiet" on:click=move |_| switch.run(identity.id.clone())>
                            {texts().go_on_as(&name, role)}
                        </button>
                    }
                };
                others.into_iter().map(other).collect_view()
            }}
            <Languages/>
            <button type="button" class="button quiet" on:click=move |_| sign_out()>{texts().sign_out()}</button>
        </section>
    }
}
