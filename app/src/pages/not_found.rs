//! The page for addresses that lead nowhere, and what stands in place of something that isn't there.

use leptos::prelude::*;

use crate::load::Loaded;
use crate::session::Account;
use crate::ui::{Card, PageHead, WayOn};
use crate::words::texts;

/// Says that there is nothing here, and where to go on.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let account = Account::expect();
    view! { <main class="alone"><Missing to=account.home() label=texts().go_home()/></main> }
}

/// The same within the frame, with a way on that is near.
#[component]
pub(super) fn Missing(
    /// Where one can go on.
    to: &'static str,
    /// What is there.
    label: &'static str,
) -> impl IntoView {
    view! {
        <PageHead title=texts().not_found_title()/>
        <Card title=texts().not_found_card()>
            <p>{texts().not_found_text()}</p>
            <p class="do"><WayOn to=to label=label main=true/></p>
        </Card>
    }
}

/// Whether there is no such thing as the address names.
pub(super) fn is_missing<T: Clone + PartialEq + Send + Sync + 'static>(named: Loaded<T>) -> Memo<bool> {
    Memo::new(move |_| named.get().and_then(Result::err).is_some_and(|failure| failure.is("not-found")))
}
