//! Screens, one a file.

mod desk;
mod entrance;
mod frame;
#[cfg(feature = "gallery")]
mod gallery;
mod languages;
pub(crate) mod later;
mod learner;
mod look;
mod manager;
mod not_found;
mod path;

pub(crate) use not_found::NotFound;
pub(crate) use path::Path;
