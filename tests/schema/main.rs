//! The schema and the store's SQL, on SQLite as D1 runs it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod activity;
mod choices;
mod engine;
mod hostile;
mod machine;
mod names;
mod openapi;
mod outbox;
mod plans;
mod story;
mod support;
