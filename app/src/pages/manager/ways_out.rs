//! What can be done when something was refused.

use leptos::prelude::*;
use seatwise_domain::Kind;
use seatwise_domain::problem::WayOut;

use crate::client::Failure;
use crate::routes;
use crate::ui::WayOn;
use crate::words::{self, texts};

/// What can be done when licences are short, as buttons.
#[component]
pub(crate) fn WaysOut(
    /// Why it was refused.
    failure: Failure,
) -> impl IntoView {
    let short_by = match &failure {
        Failure::Problem(problem) => problem.short_by,
        Failure::Offline => None,
    };
    let request = move |kind| {
        let label = short_by
            .map_or_else(|| texts().request_licences().to_owned(), |short| texts().request_some(&words::licences(kind, short)));
        view! { <WayOn to=routes::request(kind, short_by) label=label/> }.into_any()
    };
    let way = move |way: &WayOut| match way {
        WayOut::RequestUserLicences => request(Kind::User),
        WayOut::RequestContentLicences => request(Kind::Content),
        WayOut::ChangeContentSetting => view! { <WayOn to=routes::SETTINGS_LICENCES label=texts().change_setting()/> }.into_any(),
        // The dialogue that was refused brings the member back itself.
        WayOut::Reactivate => ().into_any(),
        WayOut::SignIn | WayOut::AskForNewLink => view! { <WayOn to=routes::SIGN_IN label=texts().sign_in()/> }.into_any(),
    };
    let ways = failure.ways_out();
    let short = ways.iter().any(|way| matches!(way, WayOut::RequestUserLicences | WayOut::RequestContentLicences));
    // The two kinds, and the setting that asks for both, take more words than fit here.
    let why = short.then(|| view! { <a class="button quiet" href=routes::help("users#blocked")>{texts().why_blocked()}</a> });
    view! { {ways.iter().map(way).collect_view()} {why} }
}
