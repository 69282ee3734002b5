//! A request of a directory on its way to its handler, and the answer.

use seatwise_domain::Instant;
use seatwise_domain::wire::{SyncEvent, SyncLicence, SyncProblem};
use serde_json::Value;

use super::error::ScimError;
use super::lately;
use super::schema::ResourceKind;
use super::select::Selection;
use crate::auth::secret::{self, NoRandomness};
use crate::config::Config;
use crate::store::directory::saving::Saving;
use crate::store::directory::users::InGroup;
use crate::store::sync::Directory;
use crate::store::{Database, Statement, StoreError, directory, due};

/// A request, taken apart. A bulk request makes one of each of its operations.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The method: `GET`, `POST`, `PUT`, `PATCH`, `DELETE`.
    pub(super) method: String,
    /// The parts of the path behind `/scim/v2`.
    pub(super) path: Vec<String>,
    /// The query, decoded.
    pub(super) query: Vec<(String, String)>,
    /// The body.
    pub(super) body: Option<Value>,
    /// The header `If-Match`.
    pub(super) if_match: Option<String>,
    /// The header `If-None-Match`.
    pub(super) if_none_match: Option<String>,
    /// The id of what is to be made, where others in the same bulk request name it already.
    pub(super) id: Option<String>,
}

impl Call {
    /// A parameter of the query. Its name counts in any case.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body, which has to be there.
    pub(super) fn wanted(&self) -> Result<&Value, ScimError> {
        self.body.as_ref().ok_or_else(|| ScimError::invalid_syntax("The request needs a body."))
    }

    /// The id of what is to be made.
    pub(super) fn new_id(&self) -> Result<String, NoRandomness> {
        self.id.clone().map_or_else(secret::new_id, Ok)
    }

    /// Which attributes the answer has.
    pub(super) fn selection(&self, kind: ResourceKind) -> Selection {
        Selection::parse(kind, self.parameter("attributes"), self.parameter("excludedAttributes"))
    }

    /// Refuses to change something that isn't any more as the directory knows it (RFC 7644 §3.14), or that is still what it
    /// mustn't be (`If-None-Match`, RFC 9110 §13.1.2).
    pub(super) fn check_version(&self, version: Version) -> Result<(), ScimError> {
        if self.knows(version) {
            return Err(ScimError::precondition_failed("It is as you know it, and was to be changed only otherwise."));
        }
        match self.if_match.as_deref() {
            Some(wanted) if !names(wanted, |tag| tag.split('-').next() == Some(version.number.to_string().as_str())) => {
                Err(ScimError::precondition_failed("It was changed meanwhile. Read it again first."))
            }
            _ => Ok(()),
        }
    }

    /// Whether the directory knows it as it is.
    pub(super) fn knows(&self, version: Version) -> bool {
        self.if_none_match.as_deref().is_some_and(|known| names(known, |tag| tag == version.name()))
    }
}

/// Whether a list of entity tags has one that is wanted, or stands for any.
fn names(tags: &str, is_wanted: impl Fn(&str) -> bool) -> bool {
    tags.split(',').map(str::trim).any(|tag| {
        let tag = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
        tag == "*" || is_wanted(tag)
    })
}

/// Which state of something it is: how often it was written, and for a user the groups, which change without the user.
/// Nobody has to know those to change the user.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version {
    number: i64,
    groups: Option<u32>,
}

impl From<i64> for Version {
    fn from(number: i64) -> Self {
        Self { number, groups: None }
    }
}

impl Version {
    /// Of a user in these groups.
    pub(super) fn of_user(number: i64, groups: &[InGroup]) -> Self {
        // FNV-1a: two lists of groups seldom have the same, and whoever has seen one of them only reads once more.
        let bytes = groups.iter().flat_map(|group| group.id.bytes().chain(group.shown.bytes()));
        let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self { number, groups: (!groups.is_empty()).then_some(hash) }
    }

    fn name(self) -> String {
        match self.groups {
            None => self.number.to_string(),
            Some(groups) => format!("{}-{groups:x}", self.number),
        }
    }

    /// The entity tag.
    pub(super) fn tag(self) -> String {
        format!("W/\"{}\"", self.name())
    }
}

/// Who asks, and what for.
pub(super) struct Desk<'a, D> {
    /// The database.
    pub(super) database: &'a D,
    /// The configuration.
    pub(super) config: &'a Config,
    /// The hash of the token.
    pub(super) token_hash: &'a str,
    /// When.
    pub(super) now: Instant,
    /// The address of everything: `https://seatwise.example.com/scim/v2`.
    pub(super) base: &'a str,
}

/// What went wrong: something to tell the directory, or something that broke here.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nobody is signed in, or no longer.
    NotSignedIn,
    /// The sync is paused.
    Paused(Box<Directory>),
    /// Something for the directory.
    Scim(Box<Option<Directory>>, ScimError, SyncProblem, Option<String>),
    /// Something for the log alone.
    Broken(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Broken(format!("{error:?}"))
    }
}

impl From<ScimError> for Failure {
    fn from(error: ScimError) -> Self {
        let problem = match error.status {
            404 => SyncProblem::NotFound,
            409 => SyncProblem::Taken,
            412 => SyncProblem::Changed,
            _ => SyncProblem::Invalid,
        };
        Self::Scim(Box::new(None), error, problem, None)
    }
}

impl From<NoRandomness> for Failure {
    fn from(_: NoRandomness) -> Self {
        Self::Broken("no randomness".to_owned())
    }
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    /// The status.
    pub(super) status: u16,
    /// The body.
    pub(super) body: Option<Value>,
    /// Where it is.
    pub(super) location: Option<String>,
    /// Which version it is.
    pub(super) version: Option<Version>,
    /// What belongs into the log.
    pub(super) done: Option<Done>,
    /// Who asked.
    pub(super) directory: Option<Directory>,
}

/// What a request did, for the log.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub(super) what: SyncEvent,
    pub(super) subject: Option<String>,
    pub(super) member_id: Option<String>,
    pub(super) quantity: Option<i64>,
    pub(super) licences: Vec<SyncLicence>,
    pub(super) problem: Option<SyncProblem>,
}

impl Done {
    /// Something about a group.
    pub(super) fn group(what: SyncEvent, name: &str, quantity: Option<i64>) -> Self {
        Self { what, subject: Some(name.to_owned()), member_id: None, quantity, licences: Vec::new(), problem: None }
    }
}

impl<D: Database> Desk<'_, D> {
    /// Signs in and asks what else is to be known, in one go. `writes`: refused while the sync is paused, and time catches
    /// up with the company first.
    pub(super) async fn look(&self, looks: Vec<Statement>, writes: bool) -> Result<(Directory, Vec<D::Rows>), Failure> {
        let (found, results) = directory::look(self.database, self.token_hash, self.now, looks.clone(), writes).await?;
        let directory = found.ok_or(Failure::NotSignedIn)?;
        if lately::may_remember(self.token_hash, self.now) {
            lately::remember(self.token_hash, &directory, self.now);
        }
        if !writes {
            return Ok((directory, results));
        }
        if directory.sync_paused {
            return Err(Failure::Paused(Box::new(directory)));
        }
        if directory.due {
            due::catch_up(self.database, &directory.company_id, self.now).await?;
            let (_, results) = directory::look(self.database, self.token_hash, self.now, looks, true).await?;
            return Ok((directory, results));
        }
        Ok((directory, results))
    }

    /// What saving needs to know.
    pub(super) fn saving<'b>(&'b self, directory: &'b Directory) -> Saving<'b> {
        Saving { directory, now: self.now, token_key: &self.config.token_key }
    }
}
