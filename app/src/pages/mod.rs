//! Screens, one a file.

mod desk;
mod entrance;
mod frame;
mod languages;
pub(crate) mod later;
mod learner;
mod manager;
mod not_found;

pub(crate) use not_found::NotFound;
