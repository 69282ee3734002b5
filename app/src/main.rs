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

use crate::pages::entrance::{Invite, SignIn};
use crate::pages::learner::MyLicences;
use crate::pages::manager::{Dashboard, Lots, ManagerArea, Orders, SettingsPage, Users};
use crate::pages::{NotFound, desk};
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
                    <Route path=path!("/sign-in") view=SignIn/>
                    <Route path=path!("/invite") view=Invite/>
                    <Route path=path!("/my-licences") view=MyLicences/>
                    <ParentRoute path=path!("/desk") view=desk::DeskArea>
                        <Route path=path!("") view=desk::WaitingOrders/>
                        <Route path=path!("companies") view=desk::Companies/>
                        <Route path=path!("companies/:company") view=desk::CompanyPage/>
                    </ParentRoute>
                    <ParentRoute path=path!("") view=ManagerArea>
                        <Route path=path!("dashboard") view=Dashboard/>
                        <Route path=path!("users") view=Users/>
                        <Route path=path!("licences") view=Lots/>
                        <Route path=path!("licences/orders") view=Orders/>
                        <Route path=path!("settings") view=SettingsPage/>
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
