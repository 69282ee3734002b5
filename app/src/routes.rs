//! The addresses of pages.

use leptos_router::params::ParamsMap;
use seatwise_domain::Kind;
use seatwise_domain::wire::{Narrowed, SortedBy, Topic, Way};

use crate::words;

/// Where people sign in.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// What a learner holds.
pub(crate) const MY_LICENCES: &str = "/my-licences";
/// The same for whoever has just come.
pub(crate) const WELCOME: &str = "/my-licences?welcome=1";
/// A company's figures.
pub(crate) const DASHBOARD: &str = "/dashboard";
/// A company's people.
pub(crate) const USERS: &str = "/users";
/// The dialogue that adds one of them.
pub(crate) const ADD_USER: &str = "/users?add=1";
/// A company's groups of people.
pub(crate) const GROUPS: &str = "/users/groups";
/// The dialogue that creates a group.
pub(crate) const CREATE_GROUP: &str = "/users/groups?create=1";
/// The import of users from a file.
pub(crate) const IMPORT: &str = "/users/import";
/// Directory sync.
pub(crate) const SYNC: &str = "/users/sync";
/// A company's lots.
pub(crate) const LICENCES: &str = "/licences";
/// A company's orders.
pub(crate) const ORDERS: &str = "/licences/orders";
/// What ends in the next months.
pub(crate) const FORECAST: &str = "/licences/forecast";
/// Who held a licence on a day.
pub(crate) const HISTORY: &str = "/licences/history";
/// A company's history.
pub(crate) const ACTIVITY: &str = "/activity";
/// A company's settings.
pub(crate) const SETTINGS: &str = "/settings";
/// Which licences are given out, and what happens by itself.
pub(crate) const SETTINGS_LICENCES: &str = "/settings/licences";
/// How long invites are open.
pub(crate) const SETTINGS_INVITES: &str = "/settings/invites";
/// Who manages the company's licences.
pub(crate) const SETTINGS_PEOPLE: &str = "/settings/people";
/// How the company looks to its learners.
pub(crate) const SETTINGS_LOOK: &str = "/settings/look";
/// Which letters go to whom.
pub(crate) const NOTICES: &str = "/settings/notices";
/// Orders that wait for an account manager.
pub(crate) const DESK: &str = "/desk";
/// All companies.
pub(crate) const COMPANIES: &str = "/desk/companies";
/// What ends soon, of all companies.
pub(crate) const ENDING: &str = "/desk/ending";
/// Who holds more than there is.
pub(crate) const OVERDRAWN: &str = "/desk/overdrawn";
/// Who works at the desk.
pub(crate) const STAFF: &str = "/desk/staff";
/// How letters leave.
pub(crate) const MAIL: &str = "/desk/mail";
/// The dialogue that creates a company.
pub(crate) const CREATE_COMPANY: &str = "/desk/companies?create=1";
/// The dialogue that invites a colleague to the desk.
pub(crate) const INVITE_COLLEAGUE: &str = "/desk/staff?invite=1";
/// What things mean, for managers.
pub(crate) const HELP: &str = "/help";
/// The same at the desk.
pub(crate) const DESK_HELP: &str = "/desk/help";

/// The dialogue that requests licences, filled in as far as it is known.
pub(crate) fn request(kind: Kind, quantity: Option<i64>) -> String {
    Wanted { quantity, ..Wanted::of(kind) }.address()
}

/// Which licences are wanted, as far as it is known where the need is seen: what the dialogue is filled in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// What they open.
    pub(crate) kind: Kind,
    /// How many.
    pub(crate) quantity: Option<i64>,
    /// The group that they are for, by id.
    pub(crate) group: Option<String>,
    /// The lot that they renew, by id.
    pub(crate) renews: Option<String>,
    /// What the account manager is told.
    pub(crate) message: Option<String>,
}

impl Wanted {
    /// Licences of a kind, and nothing else is known.
    pub(crate) const fn of(kind: Kind) -> Self {
        Self { kind, quantity: None, group: None, renews: None, message: None }
    }

    /// Reads an address's query; nothing where it doesn't open the dialogue.
    pub(crate) fn read(query: &ParamsMap) -> Option<Self> {
        let word = |name| query.get_str(name).filter(|text| !text.is_empty());
        let kind = if query.get_str("request")? == Kind::Content.as_str() { Kind::Content } else { Kind::User };
        Some(Self {
            kind,
            quantity: word("quantity").and_then(|text| text.parse().ok()).filter(|quantity| *quantity > 0),
            group: word("group").map(str::to_owned),
            renews: word("renews").map(str::to_owned),
            message: word("message").map(str::to_owned),
        })
    }

    /// The address of the dialogue.
    pub(crate) fn address(&self) -> String {
        let quantity = self.quantity.map(|quantity| quantity.to_string());
        let said = query([
            ("request", Some(self.kind.as_str())),
            ("quantity", quantity.as_deref()),
            ("group", self.group.as_deref()),
            ("renews", self.renews.as_deref()),
            ("message", self.message.as_deref()),
        ]);
        format!("{ORDERS}?{said}")
    }
}

/// A query of those values that there are.
fn query<const N: usize>(values: [(&str, Option<&str>); N]) -> String {
    let said = values.into_iter().filter_map(|(name, value)| {
        let value = js_sys::encode_uri_component(value?).as_string()?;
        Some(format!("{name}={value}"))
    });
    said.collect::<Vec<_>>().join("&")
}

/// A topic of the help, or a heading in it: `figures#negative`.
pub(crate) fn help(topic: &str) -> String {
    format!("{HELP}/{topic}")
}

/// One order.
pub(crate) fn order(id: &str) -> String {
    format!("{ORDERS}/{id}")
}

/// Which list of users is shown: what an address says of it, and what the API is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// The start of a name or an address; empty: everybody's.
    pub(crate) search: String,
    /// Where they stand.
    pub(crate) narrowed: Narrowed,
    /// The group that they belong to, by id.
    pub(crate) group: Option<String>,
    /// In which order.
    pub(crate) sorted: SortedBy,
}

impl List {
    /// Reads an address's query.
    pub(crate) fn read(query: &ParamsMap) -> Self {
        let word = |name| query.get_str(name).unwrap_or_default();
        Self {
            search: word("search").to_owned(),
            narrowed: Narrowed::parse(word("standing")),
            group: Some(word("group").to_owned()).filter(|id| !id.is_empty()),
            sorted: SortedBy::parse(word("sort")),
        }
    }

    /// The query, which address and API write the same way; what goes without saying is left out.
    pub(crate) fn query(&self) -> String {
        let plain = Self::default();
        let standing = (self.narrowed != plain.narrowed).then(|| self.narrowed.as_str());
        let sort = (self.sorted != plain.sorted).then(|| self.sorted.as_str());
        let search = Some(self.search.as_str()).filter(|text| !text.is_empty());
        query([("search", search), ("standing", standing), ("group", self.group.as_deref()), ("sort", sort)])
    }

    /// The address of the page that shows it.
    pub(crate) fn address(&self) -> String {
        match self.query() {
            query if query.is_empty() => USERS.to_owned(),
            query => format!("{USERS}?{query}"),
        }
    }

    /// The same with the dialogue that adds a user.
    pub(crate) fn adding(&self) -> String {
        match self.query() {
            query if query.is_empty() => ADD_USER.to_owned(),
            query => format!("{ADD_USER}&{query}"),
        }
    }
}

/// Which part of the history is shown: what an address says of it, and what the API is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct History {
    /// Who did it or to whom it happened, by id.
    pub(crate) person: Option<String>,
    /// What it is about.
    pub(crate) topic: Option<Topic>,
    /// The way in.
    pub(crate) way: Option<Way>,
    /// The first day, as `YYYY-MM-DD`.
    pub(crate) from: Option<String>,
    /// The last day.
    pub(crate) until: Option<String>,
}

impl History {
    /// Reads an address's query; what can't be read says nothing.
    pub(crate) fn read(query: &ParamsMap) -> Self {
        let word = |name| query.get_str(name).filter(|text| !text.is_empty());
        let day = |name| word(name).filter(|text| words::is_day(text)).map(str::to_owned);
        Self {
            person: word("person").map(str::to_owned),
            topic: word("topic").and_then(Topic::parse),
            way: word("door").and_then(Way::parse),
            from: day("from"),
            until: day("until"),
        }
    }

    /// The query, which address and API write the same way.
    pub(crate) fn query(&self) -> String {
        query([
            ("person", self.person.as_deref()),
            ("topic", self.topic.map(Topic::as_str)),
            ("door", self.way.map(Way::as_str)),
            ("from", self.from.as_deref()),
            ("until", self.until.as_deref()),
        ])
    }

    /// The address of `page` that shows it.
    pub(crate) fn of(&self, page: &str) -> String {
        match self.query() {
            query if query.is_empty() => page.to_owned(),
            query => format!("{page}?{query}"),
        }
    }
}

/// What somebody did, and what happened to them.
pub(crate) fn activity_of(person: &str) -> String {
    format!("{ACTIVITY}?person={person}")
}

/// What happened on a day.
pub(crate) fn activity_on(day: &str) -> String {
    format!("{ACTIVITY}?from={day}&until={day}")
}

/// Who holds a licence of a kind now.
pub(crate) fn holders_of(kind: Kind) -> String {
    format!("{HISTORY}?kind={}", kind.as_str())
}

/// Who held a licence of a kind on a day.
pub(crate) fn holders(day: &str, kind: Kind) -> String {
    format!("{HISTORY}?on={day}&kind={}", kind.as_str())
}

/// Who held a licence on a day.
pub(crate) fn history_on(day: &str) -> String {
    format!("{HISTORY}?on={day}")
}

/// The users of a group.
pub(crate) fn users_of(group: &str) -> String {
    List { group: Some(group.to_owned()), ..List::default() }.address()
}

/// One person.
pub(crate) fn user(id: &str) -> String {
    format!("{USERS}/{id}")
}

/// One import.
pub(crate) fn import(id: &str) -> String {
    format!("{IMPORT}/{id}")
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

/// The people of one company, at the desk.
pub(crate) fn company_users(id: &str) -> String {
    format!("{COMPANIES}/{id}/users")
}

/// The history of one company, at the desk.
pub(crate) fn company_activity(id: &str) -> String {
    format!("{COMPANIES}/{id}/activity")
}

/// What one company has decided, at the desk.
pub(crate) fn company_settings(id: &str) -> String {
    format!("{COMPANIES}/{id}/settings")
}

/// Which part of one of the desk's lists is shown, as the address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DeskPart {
    /// Whether it is about all companies, or about those that one looks after.
    pub(crate) all: bool,
    /// The start of a word of the company's name; empty: everyone's.
    pub(crate) search: String,
}

impl DeskPart {
    /// Reads an address's query.
    pub(crate) fn read(query: &ParamsMap) -> Self {
        Self { all: query.get_str("all") == Some("1"), search: query.get_str("search").unwrap_or_default().to_owned() }
    }

    /// The address of a page that shows this part of its list.
    pub(crate) fn of(&self, page: &str) -> String {
        let search = Some(self.search.as_str()).filter(|search| !search.is_empty());
        let search = search.and_then(|search| js_sys::encode_uri_component(search).as_string());
        let said = [self.all.then(|| "all=1".to_owned()), search.map(|search| format!("search={search}"))];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if said.is_empty() { page.to_owned() } else { format!("{page}?{}", said.join("&")) }
    }
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
