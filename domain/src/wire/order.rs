//! Orders.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::order::{OrderNumber, OrderStatus};
use crate::time::Instant;

/// Requests licences (requirement A3).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestOrder {
    /// What they open.
    pub kind: Kind,
    /// How many.
    pub quantity: i64,
    /// The customer's own number for the order.
    #[serde(default)]
    pub reference: Option<String>,
    /// A message to the account manager.
    #[serde(default)]
    pub message: Option<String>,
    /// The group that they are set aside for, by id.
    #[serde(default)]
    pub group: Option<String>,
}

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderLine {
    /// The order's id.
    pub id: String,
    /// Its number in its company.
    pub number: OrderNumber,
    /// What its licences open.
    pub kind: Kind,
    /// How many.
    pub quantity: i64,
    /// Where it stands.
    pub status: OrderStatus,
    /// Who requested it, by name.
    pub requested_by: String,
    /// When.
    pub requested_at: Instant,
    /// The customer's own number.
    pub reference: Option<String>,
    /// The message to the account manager.
    pub message: Option<String>,
    /// The group that its licences are set aside for, by name.
    pub group: Option<String>,
    /// The term of the lot, once it is assigned.
    pub starts_at: Option<Instant>,
    /// The end of that term.
    pub ends_at: Option<Instant>,
}
