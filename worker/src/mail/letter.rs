//! The letters, with what goes into each.
//!
//! A letter is a greeting, a few lines, one button, and a note. Names and remarks come from people: each becomes one line
//! when its row is read ([`super::line`]), and the HTML is escaped by the template ([`super::page`]).

use seatwise_domain::letter::LetterKind;
use seatwise_domain::order::OrderNumber;
use seatwise_domain::time::DAY;
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::line::{Id, Line, flag};
use crate::auth::secret::{self, CODE_DIGITS, Purpose};
use crate::config::Config;
use crate::store::outbox::Due;

/// A letter, with what goes into it.
#[derive(Clone, Debug)]
pub enum Letter {
    /// A link and a code to sign in with.
    SignIn {
        /// The link's token.
        token: String,
        /// The code.
        code: String,
    },
    /// An invite.
    Invite {
        /// The link's token.
        token: String,
        /// What else.
        data: Invite,
    },
    /// The same once more.
    InviteReminder {
        /// The link's token.
        token: String,
        /// What else.
        data: Invite,
    },
    /// To the account manager: an order came in.
    OrderReceived(OrderReceived),
    /// To the account manager: an order waits for long.
    OrderWaiting(OrderWaiting),
    /// To the account manager: an order was cancelled.
    OrderCancelled(OrderCancelled),
    /// To every manager: licences are ready (requirement B4).
    LicencesReady(LicencesReady),
    /// To every manager: some of an order's licences are ready.
    PartAssigned(LicencesReady),
    /// To every manager: an order was declined.
    OrderDeclined(OrderDeclined),
    /// To managers or the account manager: a lot ends soon.
    LotExpiring(LotExpiring),
    /// To every manager: a lot has ended.
    LotEnded(LotEnded),
    /// To managers or the account manager: more is held than there is.
    Overdrawn(Overdrawn),
    /// To every manager: few licences are left.
    LowBalance(LowBalance),
    /// To every manager: an import is over.
    ImportFinished(ImportFinished),
    /// To a learner: a licence ends soon.
    LicenceExpiring(LicenceExpiring),
    /// To a learner: a licence has expired.
    LicenceExpired(Licence),
    /// To a learner: a licence goes on with another lot.
    LicenceCarried(Licence),
    /// To a learner who has joined before: there is a licence again.
    LicenceGiven(Licence),
    /// To a learner who wasn't active for long.
    Inactive(Inactive),
    /// To somebody who is invited to the desk.
    StaffInvited(StaffInvited),
    /// To an account manager: a company is theirs now.
    HandedOver(HandedOver),
}

/// What goes into an invite.
#[derive(Clone, Debug, Deserialize)]
pub struct Invite {
    pub(super) company: Line,
    pub(super) inviter: Line,
    #[serde(deserialize_with = "flag")]
    pub(super) manager: bool,
    pub(super) days: i64,
}

/// What goes into the letter about an order.
#[derive(Clone, Debug, Deserialize)]
pub struct OrderReceived {
    pub(super) company: Line,
    pub(super) person: Line,
    pub(super) number: OrderNumber,
    pub(super) kind: Kind,
    pub(super) quantity: i64,
    #[serde(default)]
    pub(super) reference: Option<Line>,
    #[serde(default)]
    pub(super) message: Option<Line>,
    #[serde(default)]
    pub(super) group: Option<Line>,
    #[serde(default)]
    pub(super) renews_until: Option<Instant>,
}

/// What goes into the letter about an order that waits.
#[derive(Clone, Debug, Deserialize)]
pub struct OrderWaiting {
    pub(super) company: Line,
    pub(super) person: Line,
    pub(super) number: OrderNumber,
    pub(super) kind: Kind,
    pub(super) quantity: i64,
    pub(super) requested_at: Instant,
}

/// What goes into the letter about an order that was cancelled.
#[derive(Clone, Debug, Deserialize)]
pub struct OrderCancelled {
    pub(super) company: Line,
    pub(super) person: Line,
    pub(super) number: OrderNumber,
    pub(super) kind: Kind,
    pub(super) quantity: i64,
}

/// What goes into the letters about licences that are ready.
#[derive(Clone, Debug, Deserialize)]
pub struct LicencesReady {
    pub(super) company: Line,
    #[serde(default)]
    pub(super) order_id: Id,
    pub(super) number: OrderNumber,
    pub(super) kind: Kind,
    pub(super) quantity: i64,
    #[serde(default)]
    pub(super) open: i64,
    pub(super) starts_at: Instant,
    pub(super) ends_at: Instant,
    #[serde(default)]
    pub(super) note: Option<Line>,
    #[serde(default)]
    pub(super) group: Option<Line>,
}

/// What goes into the letter about an order that was declined.
#[derive(Clone, Debug, Deserialize)]
pub struct OrderDeclined {
    pub(super) company: Line,
    #[serde(default)]
    pub(super) order_id: Id,
    pub(super) number: OrderNumber,
    pub(super) kind: Kind,
    pub(super) quantity: i64,
    #[serde(default)]
    pub(super) assigned: i64,
    pub(super) person: Line,
    pub(super) reason: Line,
}

/// What goes into the letters about a lot that ends soon.
#[derive(Clone, Debug, Deserialize)]
pub struct LotExpiring {
    pub(super) company: Line,
    pub(super) company_id: Id,
    pub(super) lot_id: Id,
    pub(super) kind: Kind,
    pub(super) quantity: i64,
    pub(super) held: i64,
    pub(super) ends_at: Instant,
    pub(super) days: i64,
    #[serde(default)]
    pub(super) number: Option<OrderNumber>,
    #[serde(default)]
    pub(super) renewal: Option<OrderNumber>,
    #[serde(default, deserialize_with = "flag")]
    pub(super) staff: bool,
}

/// What goes into the letter about a lot that has ended.
#[derive(Clone, Debug, Deserialize)]
pub struct LotEnded {
    pub(super) company: Line,
    pub(super) number: OrderNumber,
    pub(super) kind: Kind,
    pub(super) quantity: i64,
    pub(super) held: i64,
    #[serde(default)]
    pub(super) carried: i64,
    pub(super) ends_at: Instant,
}

/// What goes into the letters about a balance that is negative.
#[derive(Clone, Debug, Deserialize)]
pub struct Overdrawn {
    pub(super) company: Line,
    pub(super) company_id: Id,
    pub(super) kind: Kind,
    pub(super) overdrawn: i64,
    #[serde(default, deserialize_with = "flag")]
    pub(super) staff: bool,
}

/// What goes into the letter about a balance that is low.
#[derive(Clone, Debug, Deserialize)]
pub struct LowBalance {
    pub(super) company: Line,
    pub(super) kind: Kind,
    pub(super) available: i64,
    pub(super) threshold: i64,
}

/// What goes into the letter about an import.
#[derive(Clone, Debug, Deserialize)]
pub struct ImportFinished {
    pub(super) company: Line,
    pub(super) file: Line,
    pub(super) import_id: Id,
    #[serde(default)]
    pub(super) added: i64,
    #[serde(default)]
    pub(super) brought_back: i64,
    #[serde(default)]
    pub(super) moved: i64,
    #[serde(default)]
    pub(super) left_out: i64,
    #[serde(default)]
    pub(super) unreadable: i64,
    #[serde(default, deserialize_with = "flag")]
    pub(super) stopped: bool,
}

/// What goes into the letter about a licence that ends soon.
#[derive(Clone, Debug, Deserialize)]
pub struct LicenceExpiring {
    pub(super) company: Line,
    pub(super) kind: Kind,
    pub(super) ends_at: Instant,
    #[serde(default)]
    pub(super) managers: Option<Names>,
}

/// Names: a list of them, or a text that is one already.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Names {
    /// One after the other.
    List(Vec<Line>),
    /// As a text.
    Text(Line),
}

impl Names {
    /// The names as people read them. None when there are none.
    pub(super) fn text(&self) -> Option<String> {
        let text = match self {
            Self::List(names) => names.iter().map(|name| &**name).collect::<Vec<_>>().join(", "),
            Self::Text(text) => text.to_string(),
        };
        (!text.is_empty()).then_some(text)
    }
}

/// What goes into the other letters about a learner's licence.
#[derive(Clone, Debug, Deserialize)]
pub struct Licence {
    pub(super) company: Line,
    pub(super) kind: Kind,
    pub(super) ends_at: Instant,
}

/// What goes into the letter to somebody who wasn't active for long.
#[derive(Clone, Debug, Deserialize)]
pub struct Inactive {
    pub(super) company: Line,
    pub(super) since: Instant,
}

/// What goes into an invite to the desk.
#[derive(Clone, Debug, Deserialize)]
pub struct StaffInvited {
    pub(super) inviter: Line,
    #[serde(default, deserialize_with = "flag")]
    pub(super) administrator: bool,
}

/// What goes into the letter about a company that was handed over.
#[derive(Clone, Debug, Deserialize)]
pub struct HandedOver {
    pub(super) company: Line,
    pub(super) company_id: Id,
    pub(super) person: Line,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The subject: one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

impl Letter {
    /// Reads a letter from its row. `None`: it has lost its point, because its invite or code no longer works.
    ///
    /// # Errors
    /// When the row is not one that this version writes; the text says so without what is in it.
    pub fn read(due: &Due, config: &Config) -> Result<Option<Self>, String> {
        let kind = LetterKind::parse(&due.letter).ok_or("unknown letter")?;
        let invite_token = || due.nonce.as_deref().map(|nonce| secret::derive(&config.token_key, Purpose::Invite, nonce));
        let letter = match kind {
            LetterKind::SignIn => {
                let Some(id) = &due.nonce else { return Ok(None) };
                let token = format!("{id}{}", secret::derive(&config.token_key, Purpose::SignInLink, id));
                Self::SignIn { token, code: secret::derive_code(&config.token_key, id) }
            }
            LetterKind::Invite => {
                let Some(token) = invite_token() else { return Ok(None) };
                Self::Invite { token, data: data(due)? }
            }
            LetterKind::InviteReminder => {
                let Some(token) = invite_token() else { return Ok(None) };
                Self::InviteReminder { token, data: data(due)? }
            }
            LetterKind::OrderReceived => Self::OrderReceived(data(due)?),
            LetterKind::OrderWaiting => Self::OrderWaiting(data(due)?),
            LetterKind::OrderCancelled => Self::OrderCancelled(data(due)?),
            LetterKind::LicencesReady => Self::LicencesReady(data(due)?),
            LetterKind::PartAssigned => Self::PartAssigned(data(due)?),
            LetterKind::OrderDeclined => Self::OrderDeclined(data(due)?),
            LetterKind::LotExpiring => Self::LotExpiring(data(due)?),
            LetterKind::LotEnded => Self::LotEnded(data(due)?),
            LetterKind::Overdrawn => Self::Overdrawn(data(due)?),
            LetterKind::LowBalance => Self::LowBalance(data(due)?),
            LetterKind::ImportFinished => Self::ImportFinished(data(due)?),
            LetterKind::LicenceExpiring => Self::LicenceExpiring(data(due)?),
            LetterKind::LicenceExpired => Self::LicenceExpired(data(due)?),
            LetterKind::LicenceCarried => Self::LicenceCarried(data(due)?),
            LetterKind::LicenceGiven => Self::LicenceGiven(data(due)?),
            LetterKind::Inactive => Self::Inactive(data(due)?),
            LetterKind::StaffInvited => Self::StaffInvited(data(due)?),
            LetterKind::HandedOver => Self::HandedOver(data(due)?),
        };
        Ok(Some(letter))
    }
}

fn data<T: DeserializeOwned>(due: &Due) -> Result<T, String> {
    serde_json::from_str(&due.data).map_err(|_| format!("the data of a letter {} can't be read", due.letter))
}

/// A letter of each sort, as somebody could get it: for looking at. Its link opens nothing.
#[must_use]
pub fn sample(kind: LetterKind, now: Instant) -> Letter {
    let text = Line::of;
    let (company, person, desk) = (text("Northwind Learning"), text("Sam Okafor"), text("Robin Hale"));
    let (company_id, order_id, number) = (Id::of("sample"), Id::of("sample"), OrderNumber(12));
    let (user, quantity) = (Kind::User, 25);
    let (year, week) = (now.plus(365 * DAY), now.plus(7 * DAY));
    let token = || "sample".to_owned();
    let invite = |days| Invite { company: company.clone(), inviter: person.clone(), manager: false, days };
    let ready = |quantity, open| LicencesReady {
        company: company.clone(),
        order_id: order_id.clone(),
        number,
        kind: user,
        quantity,
        open,
        starts_at: now,
        ends_at: year,
        note: Some(text("Welcome back for another year.")),
        group: Some(text("Sales")),
    };
    let licence = |ends_at| Licence { company: company.clone(), kind: user, ends_at };
    match kind {
        LetterKind::SignIn => Letter::SignIn { token: token(), code: "1".repeat(CODE_DIGITS) },
        LetterKind::Invite => Letter::Invite { token: token(), data: invite(30) },
        LetterKind::InviteReminder => Letter::InviteReminder { token: token(), data: invite(20) },
        LetterKind::OrderReceived => Letter::OrderReceived(OrderReceived {
            company,
            person,
            number,
            kind: user,
            quantity,
            reference: Some(text("PO-2291")),
            message: Some(text("We start with the new team in March.")),
            group: Some(text("Sales")),
            renews_until: Some(week),
        }),
        LetterKind::OrderWaiting => {
            let requested_at = now.plus(-4 * DAY);
            Letter::OrderWaiting(OrderWaiting { company, person, number, kind: user, quantity, requested_at })
        }
        LetterKind::OrderCancelled => Letter::OrderCancelled(OrderCancelled { company, person, number, kind: user, quantity }),
        LetterKind::LicencesReady => Letter::LicencesReady(ready(25, 0)),
        LetterKind::PartAssigned => Letter::PartAssigned(ready(10, 15)),
        LetterKind::OrderDeclined => Letter::OrderDeclined(OrderDeclined {
            company,
            order_id,
            number,
            kind: user,
            quantity: 15,
            assigned: 10,
            person: desk,
            reason: text("Your contract ends in March, so a new one comes first."),
        }),
        LetterKind::LotExpiring => Letter::LotExpiring(LotExpiring {
            company,
            company_id,
            lot_id: Id::of("sample"),
            kind: user,
            quantity,
            held: 21,
            ends_at: now.plus(30 * DAY),
            days: 30,
            number: Some(number),
            renewal: None,
            staff: false,
        }),
        LetterKind::LotEnded => {
            Letter::LotEnded(LotEnded { company, number, kind: user, quantity, held: 21, carried: 18, ends_at: now })
        }
        LetterKind::Overdrawn => Letter::Overdrawn(Overdrawn { company, company_id, kind: user, overdrawn: 3, staff: false }),
        LetterKind::LowBalance => Letter::LowBalance(LowBalance { company, kind: user, available: 4, threshold: 10 }),
        LetterKind::ImportFinished => Letter::ImportFinished(ImportFinished {
            company,
            file: text("new-starters.csv"),
            import_id: Id::of("sample"),
            added: 120,
            brought_back: 3,
            moved: 8,
            left_out: 2,
            unreadable: 1,
            stopped: false,
        }),
        LetterKind::LicenceExpiring => {
            let managers = Some(Names::List(vec![person]));
            Letter::LicenceExpiring(LicenceExpiring { company, kind: user, ends_at: week, managers })
        }
        LetterKind::LicenceExpired => Letter::LicenceExpired(licence(now)),
        LetterKind::LicenceCarried => Letter::LicenceCarried(licence(year)),
        LetterKind::LicenceGiven => Letter::LicenceGiven(licence(year)),
        LetterKind::Inactive => Letter::Inactive(Inactive { company, since: now.plus(-90 * DAY) }),
        LetterKind::StaffInvited => Letter::StaffInvited(StaffInvited { inviter: desk, administrator: false }),
        LetterKind::HandedOver => Letter::HandedOver(HandedOver { company, company_id, person: desk }),
    }
}
