//! What learners see.

mod licence;
mod licences;

pub(crate) use licences::MyLicences;
