//! A company's settings: a page for each part, each setting with what follows from it.

mod draft;
mod fields;
mod frame;
mod look;
mod people;
mod section;

pub(crate) use draft::{Draft, Way};
pub(crate) use fields::AllFields;
pub(super) use frame::{SettingsHead, keep};
pub(crate) use look::LookPage;
pub(crate) use people::PeoplePage;
pub(crate) use section::{CompanyPage, InvitesPage, LicencesPage};
