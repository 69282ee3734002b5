//! The single-page app. `pages` are screens, one a file; `ui` are parts that know nothing of licences; `client` makes
//! every call to the API.

#![allow(unreachable_pub, reason = "the component macro makes the properties of components public")]

mod client;
mod load;
mod objects;
mod pages;
mod routes;
mod session;
mod ui;
mod words;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};

use crate::pages::{NotFound, Path, later};
use crate::session::Account;
use crate::ui::{Announcements, Connection, NewRelease, Toasts};

fn main() {
    leptos::mount::mount_to_body(App);
}

/// The whole app: asks who is signed in, then shows the page of the address.
#[component]
fn App() -> impl IntoView {
    let account = Account::provide();
    Toasts::provide();
    account.refresh();
    view! {
        <Connection/>
        <NewRelease/>
        <Router>
            <Show when=move || account.known()>
                <Routes fallback=|| view! { <NotFound/> }>
                    <Route path=Path("") view=Home/>
                    <Route path=Path("sign-in") view=later::SIGN_IN/>
                    <Route path=Path("invite") view=later::INVITE/>
                    <Route path=Path("my-licences") view=later::MY_LICENCES/>
                    <Route path=Path("ui") view=later::GALLERY/>
                    <ParentRoute path=Path("desk") view=later::DESK>
                        <Route path=Path("") view=later::WAITING_ORDERS/>
                        <Route path=Path("companies") view=later::COMPANIES/>
                        <ParentRoute path=Path("companies/:company") view=later::COMPANY>
                            <Route path=Path("") view=later::COMPANY_OVERVIEW/>
                            <Route path=Path("users") view=later::COMPANY_USERS/>
                            <Route path=Path("activity") view=later::COMPANY_ACTIVITY/>
                            <Route path=Path("settings") view=later::COMPANY_SETTINGS/>
                        </ParentRoute>
                        <Route path=Path("ending") view=later::ENDING/>
                        <Route path=Path("overdrawn") view=later::OVERDRAWN/>
                        <Route path=Path("staff") view=later::STAFF/>
                        <Route path=Path("mail") view=later::MAIL/>
                        <Route path=Path("help/:topic?") view=later::HELP/>
                    </ParentRoute>
                    <ParentRoute path=Path("") view=later::MANAGER>
                        <ParentRoute path=Path("dashboard") view=later::DASHBOARD>
                            <Route path=Path("") view=|| ()/>
                            <Route path=Path(":kind") view=later::EXPLAIN/>
                        </ParentRoute>
                        <Route path=Path("users") view=later::USERS/>
                        <Route path=Path("users/groups") view=later::GROUPS/>
                        <Route path=Path("users/sync") view=later::SYNC/>
                        <ParentRoute path=Path("users/import") view=later::IMPORT>
                            <Route path=Path("") view=|| ()/>
                            <Route path=Path(":import") view=|| ()/>
                        </ParentRoute>
                        <Route path=Path("users/:user") view=later::USER/>
                        <Route path=Path("licences") view=later::LICENCES/>
                        <Route path=Path("licences/orders") view=later::ORDERS/>
                        <Route path=Path("licences/orders/:order") view=later::ORDER/>
                        <Route path=Path("licences/forecast") view=later::FORECAST/>
                        <Route path=Path("licences/history") view=later::HISTORY/>
                        <Route path=Path("licences/lots/:lot") view=later::NOT_CARRIED/>
                        <Route path=Path("activity") view=later::ACTIVITY/>
                        <Route path=Path("settings") view=later::SETTINGS/>
                        <Route path=Path("settings/licences") view=later::SETTINGS_LICENCES/>
                        <Route path=Path("settings/invites") view=later::SETTINGS_INVITES/>
                        <Route path=Path("settings/notices") view=later::NOTICES/>
                        <Route path=Path("settings/people") view=later::SETTINGS_PEOPLE/>
                        <Route path=Path("settings/look") view=later::SETTINGS_LOOK/>
                        <Route path=Path("help/:topic?") view=later::HELP/>
                    </ParentRoute>
                </Routes>
            </Show>
        </Router>
        <Announcements/>
    }
}

/// Leads to where the person who is signed in works.
#[component]
fn Home() -> impl IntoView {
    let account = Account::expect();
    view! { <Redirect path=account.home()/> }
}

/// Smaller than the one that comes with Rust, and there is one thread only.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
