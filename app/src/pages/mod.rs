//! Screens, one a file.

pub(crate) mod desk;
pub(crate) mod entrance;
mod frame;
pub(crate) mod learner;
pub(crate) mod manager;
mod not_found;

pub(crate) use not_found::NotFound;
