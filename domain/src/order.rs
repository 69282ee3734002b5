//! Orders: a manager's request for licences.

use core::fmt;

use serde::{Deserialize, Serialize};

/// The most licences that one order can ask for.
pub const LARGEST_ORDER: u32 = 1_000_000;

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Waiting for the account manager.
    Requested,
    /// The licences are there.
    Assigned,
    /// The account manager said no, with a reason.
    Declined,
    /// The manager took it back.
    Cancelled,
}

/// An order's number in its company, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OrderNumber(pub u32);

impl fmt::Display for OrderNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ORD-{:04}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_four_digits_and_more_when_needed() {
        assert_eq!(OrderNumber(1).to_string(), "ORD-0001");
        assert_eq!(OrderNumber(12_345).to_string(), "ORD-12345");
    }
}
