//! German.

mod activity;
mod desk;
mod importing;
mod leading;
mod letters;
mod look;
mod notices;
mod problems;
mod screens;
mod settings;
mod syncing;
