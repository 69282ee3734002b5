//! Pages whose code is fetched when they are first needed. The table below says which page is in which piece: what is
//! used together comes together, so that the first page of an area brings as little as it can.

use core::future::Future;
use core::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

use super::{desk, entrance, help, learner, manager, palette};
use crate::ui::Connection;
use crate::words;

type Fetched<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A page whose code may still have to be fetched.
#[derive(Clone, Copy)]
pub(crate) struct Later {
    fetch: fn() -> Fetched<()>,
    show: fn() -> Fetched<AnyView>,
}

impl ChooseView for Later {
    async fn choose(self) -> AnyView {
        loop {
            // The words of a page come with its code, which must not be shown without them.
            if (self.fetch)().await.is_err() {
                Connection::wait().await;
                continue;
            }
            words::arrived();
            match (self.show)().await {
                Ok(view) => return view,
                Err(_) => Connection::wait().await,
            }
        }
    }

    async fn preload(&self) {
        while (self.fetch)().await.is_err() {
            Connection::wait().await;
        }
    }
}

/// A part of a page whose code is fetched when it is first wanted. What it works on, it finds in the context.
pub(super) fn part(part: Later, wanted: Signal<bool>) -> impl IntoView {
    let there = RwSignal::new(false);
    let fetched = StoredValue::new_local(None::<AnyView>);
    let begun = Memo::new(move |before: Option<&bool>| before == Some(&true) || wanted.get());
    Effect::new(move |_| {
        if begun.get() {
            spawn_local(ScopedFuture::new(async move {
                let view = part.choose().await;
                let _ = fetched.try_set_value(Some(view));
                let _ = there.try_set(true);
            }));
        }
    });
    move || there.get().then(|| fetched.try_update_value(Option::take).flatten())
}

// One split point a page; those with the same piece come together. A function of its own is what can be split off.
macro_rules! pages {
    ($($page:ident, $function:ident, $fetch:ident in $piece:ident: $view:path;)*) => {$(
        #[wasm_split($piece, wasm_split_path = leptos::wasm_split, fallible, preload($fetch))]
        fn $function() -> Result<AnyView, SplitLoaderError> {
            Ok($view().into_any())
        }

        pub(crate) const $page: Later = Later { fetch: || Box::pin($fetch()), show: || Box::pin($function()) };
    )*};
}

pages! {
    SIGN_IN, sign_in, fetch_sign_in in entrance: entrance::SignIn;
    INVITE, invite, fetch_invite in invite: entrance::Invite;
    MY_LICENCES, my_licences, fetch_my_licences in learner: learner::MyLicences;
    MANAGER, manager_area, fetch_manager_area in frame: manager::ManagerArea;
    DASHBOARD, dashboard, fetch_dashboard in dashboard: manager::Dashboard;
    USERS, users, fetch_users in users: manager::Users;
    USER_PICKED, user_picked, fetch_user_picked in dialogs: manager::UserPicked;
    USER_DIALOGS, user_dialogs, fetch_user_dialogs in dialogs: manager::UserDialogs;
    USER, user, fetch_user in user: manager::User;
    GROUPS, groups, fetch_groups in user: manager::Groups;
    IMPORT, import, fetch_import in import: manager::Import;
    SYNC, sync, fetch_sync in import: manager::SyncPage;
    LICENCES, licences, fetch_licences in licences: manager::Lots;
    EXPLAIN, explain, fetch_explain in licences: manager::Explain;
    FORECAST, forecast, fetch_forecast in licences: manager::Forecast;
    NOT_CARRIED, not_carried, fetch_not_carried in licences: manager::NotCarried;
    HISTORY, past, fetch_past in licences: manager::Past;
    ACTIVITY, activity, fetch_activity in licences: manager::ActivityPage;
    ORDERS, orders, fetch_orders in licences: manager::Orders;
    ORDER, order, fetch_order in licences: manager::Order;
    SETTINGS, settings, fetch_settings in settings: manager::CompanyPage;
    SETTINGS_LICENCES, settings_licences, fetch_settings_licences in settings: manager::LicencesPage;
    SETTINGS_INVITES, settings_invites, fetch_settings_invites in settings: manager::InvitesPage;
    SETTINGS_PEOPLE, settings_people, fetch_settings_people in settings: manager::PeoplePage;
    SETTINGS_LOOK, settings_look, fetch_settings_look in settings: manager::LookPage;
    NOTICES, notices, fetch_notices in settings: manager::NoticesPage;
    DESK, desk_area, fetch_desk_area in desk: desk::DeskArea;
    WAITING_ORDERS, waiting_orders, fetch_waiting_orders in desk: desk::WaitingOrders;
    COMPANIES, companies, fetch_companies in desk: desk::Companies;
    COMPANY, company, fetch_company in desk: desk::CompanyPage;
    COMPANY_OVERVIEW, company_overview, fetch_company_overview in desk: desk::CompanyOverview;
    COMPANY_USERS, company_users, fetch_company_users in desk: desk::CompanyUsers;
    COMPANY_ACTIVITY, company_activity, fetch_company_activity in desk: desk::CompanyActivity;
    COMPANY_SETTINGS, company_settings, fetch_company_settings in desk: desk::CompanySettings;
    ENDING, ending, fetch_ending in desk: desk::Ending;
    OVERDRAWN, overdrawn, fetch_overdrawn in desk: desk::Overdrawn;
    STAFF, staff, fetch_staff in desk: desk::Staff;
    MAIL, mail, fetch_mail in desk: desk::Mail;
    HELP, help_page, fetch_help_page in help: help::Help;
    PALETTE, palette_sheets, fetch_palette_sheets in help: palette::Sheets;
}

#[cfg(feature = "gallery")]
pages! {
    GALLERY, gallery, fetch_gallery in gallery: super::gallery::Gallery;
}

/// What goes to people has no gallery: at its address is nothing, as at any other that isn't there.
#[cfg(not(feature = "gallery"))]
pub(crate) const GALLERY: fn() -> AnyView = || super::NotFound().into_any();
