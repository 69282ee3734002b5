//! The single-page app. `pages` are screens, one a file; `ui` are parts that know nothing of licences; `client` makes
//! every call to the API.

#![allow(unreachable_pub, reason = "the component macro makes the properties of components public")]

mod client;
mod load;
mod pages;
mod routes;
mod session;
mod ui;
mod words;

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;

use crate::pages::{NotFound, later};
use crate::session::Account;
use crate::ui::{Announcements, Connection, Toasts};

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
        <Router>
            <Show when=move || account.known()>
                <Routes fallback=|| view! { <NotFound/> }>
                    <Route path=path!("/") view=Home/>
                    <Route path=path!("/sign-in") view=later::SIGN_IN/>
                    <Route path=path!("/invite") view=later::INVITE/>
                    <Route path=path!("/my-licences") view=later::MY_LICENCES/>
                    <ParentRoute path=path!("/desk") view=later::DESK>
                        <Route path=path!("") view=later::WAITING_ORDERS/>
                        <Route path=path!("companies") view=later::COMPANIES/>
                        <ParentRoute path=path!("companies/:company") view=later::COMPANY>
                            <Route path=path!("") view=later::COMPANY_OVERVIEW/>
                            <Route path=path!("users") view=later::COMPANY_USERS/>
                            <Route path=path!("settings") view=later::COMPANY_SETTINGS/>
                        </ParentRoute>
                        <Route path=path!("ending") view=later::ENDING/>
                        <Route path=path!("overdrawn") view=later::OVERDRAWN/>
                        <Route path=path!("staff") view=later::STAFF/>
                        <Route path=path!("mail") view=later::MAIL/>
                    </ParentRoute>
                    <ParentRoute path=path!("") view=later::MANAGER>
                        <ParentRoute path=path!("dashboard") view=later::DASHBOARD>
                            <Route path=path!("") view=|| ()/>
                            <Route path=path!(":kind") view=later::EXPLAIN/>
                        </ParentRoute>
                        <Route path=path!("users") view=later::USERS/>
                        <Route path=path!("users/groups") view=later::GROUPS/>
                        <Route path=path!("users/sync") view=later::SYNC/>
                        <ParentRoute path=path!("users/import") view=later::IMPORT>
                            <Route path=path!("") view=|| ()/>
                            <Route path=path!(":import") view=|| ()/>
                        </ParentRoute>
                        <Route path=path!("users/:user") view=later::USER/>
                        <Route path=path!("licences") view=later::LICENCES/>
                        <Route path=path!("licences/orders") view=later::ORDERS/>
                        <Route path=path!("licences/orders/:order") view=later::ORDER/>
                        <Route path=path!("licences/forecast") view=later::FORECAST/>
                        <Route path=path!("licences/history") view=later::HISTORY/>
                        <Route path=path!("licences/lots/:lot") view=later::NOT_CARRIED/>
                        <Route path=path!("settings") view=later::SETTINGS/>
                        <Route path=path!("settings/notices") view=later::NOTICES/>
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
