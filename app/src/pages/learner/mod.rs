//! What learners see.

mod licences;

pub(crate) use licences::MyLicences;
