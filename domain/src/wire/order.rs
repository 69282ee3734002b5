//! Orders.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::order::{OrderNumber, OrderStatus};
use crate::time::Instant;
use crate::wire::{EventLine, LotLine};

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
    /// The lot that they renew, by id: its holders go on with them.
    #[serde(default)]
    pub renews: Option<String>,
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
    /// How many of them are assigned.
    pub assigned: i64,
    /// Where it stands. One that is assigned in part is still requested.
    pub status: OrderStatus,
    /// Who requested it, by name.
    pub requested_by: String,
    /// When.
    pub requested_at: Instant,
    /// The customer's own number.
    pub reference: Option<String>,
    /// The message to the account manager.
    pub message: Option<String>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// When it was assigned whole, declined or cancelled.
    pub settled_at: Option<Instant>,
    /// The group that its licences are set aside for, by name.
    pub group: Option<String>,
    /// The same, by id.
    pub group_id: Option<String>,
    /// The lot that it renews.
    pub renews: Option<Renewed>,
    /// The term of its first lot, once there is one.
    pub starts_at: Option<Instant>,
    /// The end of that term.
    pub ends_at: Option<Instant>,
}

impl OrderLine {
    /// How many licences are still to be assigned.
    #[must_use]
    pub const fn open(&self) -> i64 {
        match self.status {
            OrderStatus::Requested => self.quantity.saturating_sub(self.assigned),
            _ => 0,
        }
    }
}

/// A lot that an order renews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Renewed {
    /// The lot's id.
    pub id: String,
    /// The order that it came from.
    pub order: Option<OrderNumber>,
    /// When it ends.
    pub ends_at: Instant,
}

/// One order with its lots and its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderPage {
    /// The order.
    pub order: OrderLine,
    /// When this was so.
    pub now: Instant,
    /// The lots that it has become, in the order in which they were assigned.
    pub lots: Vec<LotLine>,
    /// What happened, newest first.
    pub history: Vec<EventLine>,
}
