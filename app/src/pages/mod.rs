//! Screens, one a file.

mod asked;
mod desk;
mod entrance;
mod frame;
#[cfg(feature = "gallery")]
mod gallery;
mod help;
mod help_link;
mod keys;
mod languages;
pub(crate) mod later;
mod learner;
mod look;
mod manager;
mod not_found;
mod palette;
mod path;
mod tab;

pub(crate) use not_found::NotFound;
pub(crate) use path::Path;
