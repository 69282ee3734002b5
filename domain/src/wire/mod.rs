//! What goes over the wire, in both directions, as JSON. Times are milliseconds since 1970 in UTC; ids are opaque
//! texts; figures count licences.

mod activity;
mod company;
mod desk;
mod explain;
mod group;
mod import;
mod letter;
mod look;
mod member;
mod order;
mod roster;
mod session;
mod sync;

pub use activity::*;
pub use company::*;
pub use desk::*;
pub use explain::*;
pub use group::*;
pub use import::*;
pub use letter::*;
pub use look::*;
pub use member::*;
pub use order::*;
pub use roster::*;
pub use session::*;
pub use sync::*;

use serde::{Deserialize, Serialize};

/// One page of a list, and where the next one starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to send as `after` to get the next page; nothing on the last one.
    pub next: Option<String>,
}

/// A person who can be asked: an account manager, a company manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// The person's name.
    pub name: String,
    /// The person's e-mail address.
    pub email: String,
    /// The person's telephone number, if it is known.
    pub phone: Option<String>,
}
