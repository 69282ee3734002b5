//! What is true of licences whatever the machine: words, rules and wire types.
//!
//! This crate does no input or output and has no clock of its own: "now" is always an argument. The app and the Worker
//! both compile it, so that both judge alike.

pub mod access;
pub mod address;
pub mod balance;
pub mod colour;
pub mod forecast;
pub mod import;
pub mod kind;
pub mod language;
pub mod letter;
pub mod licence;
pub mod matching;
pub mod order;
pub mod picture;
pub mod policy;
pub mod problem;
pub mod seats;
pub mod text;
pub mod texts;
pub mod time;
pub mod wire;

pub use address::EmailAddress;
pub use balance::Balance;
pub use kind::Kind;
pub use language::Language;
pub use problem::Problem;
pub use time::{Instant, Term};
