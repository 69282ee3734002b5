//! Who asks, and how they prove it.

pub mod cookies;
pub mod secret;
