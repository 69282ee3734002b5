//! Arabic.

mod activity;
mod desk;
mod entrance;
mod help;
mod importing;
mod letters;
mod look;
mod notices;
mod palette;
mod problems;
mod screens;
mod settings;
mod syncing;
