//! Spanish.

mod activity;
mod desk;
mod importing;
mod letters;
mod look;
mod notices;
mod problems;
mod screens;
mod settings;
mod syncing;
