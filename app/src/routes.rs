//! The addresses of pages.

use seatwise_domain::Kind;

/// Where people sign in.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// What a learner holds.
pub(crate) const MY_LICENCES: &str = "/my-licences";
/// A company's figures.
pub(crate) const DASHBOARD: &str = "/dashboard";
/// A company's people.
pub(crate) const USERS: &str = "/users";
/// The dialogue that adds one of them.
pub(crate) const ADD_USER: &str = "/users?add=1";
/// A company's groups of people.
pub(crate) const GROUPS: &str = "/users/groups";
/// A company's lots.
pub(crate) const LICENCES: &str = "/licences";
/// A company's orders.
pub(crate) const ORDERS: &str = "/licences/orders";
/// What ends in the next months.
pub(crate) const FORECAST: &str = "/licences/forecast";
/// Who held a licence on a day.
pub(crate) const HISTORY: &str = "/licences/history";
/// A company's settings.
pub(crate) const SETTINGS: &str = "/settings";
/// Orders that wait for an account manager.
pub(crate) const DESK: &str = "/desk";
/// All companies.
pub(crate) const COMPANIES: &str = "/desk/companies";

/// The dialogue that requests licences, filled in as far as it is known.
pub(crate) fn request(kind: Kind, quantity: Option<i64>) -> String {
    let quantity = quantity.map(|quantity| format!("&quantity={quantity}")).unwrap_or_default();
    format!("{ORDERS}?request={}{quantity}", kind.as_str())
}

/// One person.
pub(crate) fn user(id: &str) -> String {
    format!("{USERS}/{id}")
}

/// Who would not move on, or did not, at the end of a lot.
pub(crate) fn not_carried(lot: &str) -> String {
    format!("/licences/lots/{lot}")
}

/// The panel that explains a balance.
pub(crate) fn explain(kind: Kind) -> String {
    format!("{DASHBOARD}/{}", kind.as_str())
}

/// One company at the desk.
pub(crate) fn company(id: &str) -> String {
    format!("{COMPANIES}/{id}")
}

/// The sign-in page that leads back to `to`.
pub(crate) fn sign_in_and_back(to: &str) -> String {
    let to = js_sys::encode_uri_component(to).as_string().unwrap_or_default();
    format!("{SIGN_IN}?to={to}")
}

/// Whether an address is one of our own pages: a path that can't be read as another host.
pub(crate) fn is_own(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control)
}
