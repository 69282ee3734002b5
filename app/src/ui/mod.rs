//! Parts that know nothing of licences. Native elements first.

mod button;
mod chart;
mod choice;
mod connection;
mod dialog;
mod empty;
mod field;
mod figures;
mod menu;
mod moment;
mod onward;
mod page;
mod pill;
mod skeleton;
mod table;
mod toast;
mod trouble;

pub(crate) use button::{Send, WayOn};
pub(crate) use chart::{Bar, BarChart};
pub(crate) use choice::{Choice, Choices};
pub(crate) use connection::Connection;
pub(crate) use dialog::{Dialog, DialogEnd};
pub(crate) use empty::Empty;
pub(crate) use field::{Check, Field};
pub(crate) use figures::{Figure, Figures, Meter, Part};
pub(crate) use menu::Menu;
pub(crate) use moment::{Day, Since};
pub(crate) use onward::Onward;
pub(crate) use page::{Card, PageHead};
pub(crate) use pill::Pill;
pub(crate) use skeleton::{Skeleton, Waiting};
pub(crate) use table::{More, Table};
pub(crate) use toast::{Announcements, Toasts};
pub(crate) use trouble::Trouble;
