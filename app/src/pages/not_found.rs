//! The page for addresses that lead nowhere.

use leptos::prelude::*;

use crate::session::Account;
use crate::ui::{Card, PageHead, WayOn};
use crate::words::texts;

/// Says that there is nothing here, and where to go on.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let account = Account::expect();
    view! {
        <main class="alone">
            <PageHead title=texts().not_found_title()/>
            <Card title=texts().not_found_card()>
                <p>{texts().not_found_text()}</p>
                <p class="do"><WayOn to=account.home() label=texts().go_home() main=true/></p>
            </Card>
        </main>
    }
}
