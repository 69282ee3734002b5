//! Filters (RFC 7644 §3.4.2.2): which resources an answer has, and which values of an attribute a change is about.
//!
//! Read generously: operators and words in any case, values without quotes or in single ones, `emails[…].value eq …`.

mod matches;
#[cfg(test)]
mod model;
mod moment;
pub(super) mod parse;
#[cfg(test)]
mod tests;

use serde_json::Value;

pub use matches::folded;
pub use moment::Moment;

use super::error::ScimError;
use super::path::AttributePath;
use super::schema::ResourceKind;

/// The most bytes of a filter.
pub const LONGEST_FILTER: usize = 8_000;
/// How deep brackets may stand in brackets.
pub const DEEPEST_FILTER: usize = 32;
/// The most comparisons in one filter.
pub const MOST_TERMS: usize = 100;

/// What must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// Both.
    And(Box<Self>, Box<Self>),
    /// One of the two, or both.
    Or(Box<Self>, Box<Self>),
    /// Not this.
    Not(Box<Self>),
    /// There is a value, and it isn't empty.
    Present(AttributePath),
    /// A value stands in a relation to another one. For an attribute with several values, one of them does; with
    /// [`Operator::NotEqual`] none of them is equal.
    Compare {
        /// Where the value is.
        path: AttributePath,
        /// The relation.
        operator: Operator,
        /// What it is compared to.
        value: Operand,
    },
    /// One value of an attribute has it all.
    Has {
        /// The attribute.
        path: AttributePath,
        /// What the value has. Paths in it have the attribute's name and a part, and are looked up in that one value.
        inner: Box<Self>,
    },
}

/// How a value stands to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `eq`: the same.
    Equal,
    /// `ne`: not the same, or there is none.
    NotEqual,
    /// `co`: contains it.
    Contains,
    /// `sw`: starts with it.
    StartsWith,
    /// `ew`: ends with it.
    EndsWith,
    /// `gt`: comes after it.
    Greater,
    /// `ge`: comes after it or is the same.
    GreaterOrEqual,
    /// `lt`: comes before it.
    Less,
    /// `le`: comes before it or is the same.
    LessOrEqual,
}

/// What a value is compared to, as the kind that the attribute holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A text, as it was sent. Numbers are texts too: no attribute holds numbers.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A moment.
    Moment(Moment),
    /// Nothing. Only with [`Operator::Equal`] and [`Operator::NotEqual`].
    Null,
}

impl Filter {
    /// Reads a filter for resources of this kind, in time that grows with its length.
    ///
    /// # Errors
    /// `invalidFilter` when it can't be read, is too long, asks for an attribute that there isn't, or compares what
    /// can't be compared.
    pub fn parse(text: &str, kind: ResourceKind) -> Result<Self, ScimError> {
        parse::whole(text, kind)
    }

    /// Whether it holds for a resource, given as it is answered: names as the schemas write them, `id` and `meta`
    /// included, attributes of an extension in an object under its name.
    #[must_use]
    pub fn matches(&self, document: &Value) -> bool {
        matches::document(self, document)
    }

    /// Whether it holds for one value of the attribute that its paths name: what stands in the brackets of a path.
    #[must_use]
    pub fn matches_value(&self, value: &Value) -> bool {
        matches::value(self, value)
    }

    /// How many comparisons it has.
    pub(super) fn terms(&self) -> usize {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.terms() + right.terms(),
            Self::Not(inner) | Self::Has { inner, .. } => inner.terms(),
            Self::Present(_) | Self::Compare { .. } => 1,
        }
    }

    /// The path and the value, when the filter says nothing but that they are equal.
    #[must_use]
    pub const fn equal_to(&self) -> Option<(&AttributePath, &Operand)> {
        match self {
            Self::Compare { path, operator: Operator::Equal, value } => Some((path, value)),
            _ => None,
        }
    }

    /// What must hold all at once: the filter split at every `and` that isn't in brackets of its own.
    #[must_use]
    pub fn conjuncts(&self) -> Vec<&Self> {
        match self {
            Self::And(left, right) => [left.conjuncts(), right.conjuncts()].concat(),
            filter => vec![filter],
        }
    }
}
