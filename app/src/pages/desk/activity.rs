//! The history of a company, at the desk.

use leptos::prelude::*;

use super::company::Here;
use crate::pages::manager::HistoryCard;
use crate::routes;

/// The page.
#[component]
pub(crate) fn CompanyActivity() -> impl IntoView {
    let Here { id, .. } = Here::expect();
    let page = Signal::derive(move || routes::company_activity(&id.get()));
    view! { <HistoryCard company=id.into() page=page leads=false/> }
}
