//! Spanish.

mod desk;
mod importing;
mod letters;
mod notices;
mod problems;
mod screens;
mod syncing;
