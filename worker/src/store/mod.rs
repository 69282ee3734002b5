//! The only place with SQL: one file an aggregate. A function takes a [`Database`], the time, and what to do; it sends
//! one batch, which is one transaction: all of it happens or nothing.
//!
//! The database is a trait with one method so that tests run the same SQL on the same schema without a Worker.

pub mod activity;
pub mod audit;
pub mod bulk;
pub mod companies;
pub mod d1;
pub mod desk;
pub mod directory;
pub mod due;
pub mod events;
pub mod expiry;
pub mod explain;
pub mod forecast;
pub mod gate;
pub mod giving;
pub mod groups;
pub mod holders;
pub mod idempotency;
pub mod imports;
pub mod invites;
pub mod kept;
pub mod look;
pub mod lots;
pub mod managers;
pub mod members;
pub mod mine;
pub mod notices;
pub mod orders;
pub mod outbox;
pub mod overview;
pub mod roster;
pub mod seals;
pub mod sessions;
pub mod sign_in;
pub mod staff;
pub mod sync;
pub mod taking;
pub mod why;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A value for a parameter of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number. D1 binds it as a REAL, so expressions need a CAST; columns convert it back.
    Integer(i64),
    /// A text.
    Text(String),
    /// A file.
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

impl From<seatwise_domain::Instant> for Value {
    fn from(at: seatwise_domain::Instant) -> Self {
        Self::Integer(at.0)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(file: Vec<u8>) -> Self {
        Self::Blob(file)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One SQL statement with its parameters.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The text, a constant: nothing that comes from outside is ever part of it.
    pub sql: &'static str,
    /// The values for `?1`, `?2`, …
    pub values: Vec<Value>,
}

/// Makes a [`Statement`] from a constant and its values.
macro_rules! statement {
    ($sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::Statement { sql: $sql, values: vec![$( $crate::store::Value::from($value) ),*] }
    };
}
pub(crate) use statement;

/// Declares SQL statements, in the form that SQLite [keeps](kept), and lists them all for the test that asks the database
/// how it would run each.
macro_rules! statements {
    ($( $(#[$doc:meta])* $name:ident = $sql:expr; )+) => {
        $(
            $(#[$doc])*
            pub const $name: &str = {
                const SQL: &str = $sql;
                const KEPT: [u8; $crate::store::kept::length(SQL)] = $crate::store::kept::text(SQL);
                match core::str::from_utf8(&KEPT) {
                    Ok(kept) => kept,
                    Err(_) => SQL,
                }
            };
        )+

        /// All statements of this file.
        pub const STATEMENTS: &[(&str, &str)] = &[$( (stringify!($name), $name), )+];
    };
}
pub(crate) use statements;

/// The people of parameter ?1: a JSON array, or the key of one in the table `lists`.
macro_rules! people {
    () => {
        "json_each(coalesce((SELECT people FROM lists WHERE key = ?1), ?1))"
    };
}
pub(crate) use people;

/// All statements of the product, by file.
pub const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("activity", activity::STATEMENTS),
    ("audit", audit::STATEMENTS),
    ("bulk", bulk::STATEMENTS),
    ("companies", companies::STATEMENTS),
    ("desk", desk::STATEMENTS),
    ("directory/groups", directory::groups::STATEMENTS),
    ("directory/lists", directory::lists::STATEMENTS),
    ("directory/saving", directory::saving::STATEMENTS),
    ("directory/settling", directory::settling::STATEMENTS),
    ("directory/users", directory::users::STATEMENTS),
    ("due", due::STATEMENTS),
    ("events", events::STATEMENTS),
    ("expiry", expiry::STATEMENTS),
    ("explain", explain::STATEMENTS),
    ("forecast", forecast::STATEMENTS),
    ("gate", gate::STATEMENTS),
    ("giving", giving::STATEMENTS),
    ("groups", groups::STATEMENTS),
    ("holders", holders::STATEMENTS),
    ("idempotency", idempotency::STATEMENTS),
    ("imports", imports::STATEMENTS),
    ("invites", invites::STATEMENTS),
    ("look", look::STATEMENTS),
    ("lots", lots::STATEMENTS),
    ("managers", managers::STATEMENTS),
    ("members", members::STATEMENTS),
    ("mine", mine::STATEMENTS),
    ("notices", notices::STATEMENTS),
    ("orders", orders::STATEMENTS),
    ("outbox", outbox::STATEMENTS),
    ("roster", roster::STATEMENTS),
    ("seals", seals::STATEMENTS),
    ("sessions", sessions::STATEMENTS),
    ("sign_in", sign_in::STATEMENTS),
    ("staff", staff::STATEMENTS),
    ("sync", sync::STATEMENTS),
    ("taking", taking::STATEMENTS),
    ("why", why::STATEMENTS),
];

/// Why the database took nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// A batch insisted on something that doesn't hold; the name says on what.
    Asserted(String),
    /// A row with these unique values is there already; the text names the columns.
    Conflict(String),
    /// Anything else, for the log only.
    Failed(String),
}

impl StoreError {
    /// Sorts an error message of SQLite.
    #[must_use]
    pub fn from_message(message: &str) -> Self {
        if let Some((_, rest)) = message.split_once("asserted: ") {
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            return Self::Asserted(name);
        }
        if let Some((_, columns)) = message.split_once("UNIQUE constraint failed: ") {
            return Self::Conflict(columns.split(": ").next().unwrap_or_default().to_owned());
        }
        Self::Failed(message.to_owned())
    }

    /// Whether the batch insisted on `name`.
    #[must_use]
    pub fn asserts(&self, name: &str) -> bool {
        matches!(self, Self::Asserted(asserted) if asserted == name)
    }

    /// Whether a row names another that isn't there.
    #[must_use]
    pub fn is_foreign_key(&self) -> bool {
        matches!(self, Self::Failed(message) if message.contains("FOREIGN KEY constraint failed"))
    }

    /// Whether a row with the same value in `column` (as `table.column`) is there already.
    #[must_use]
    pub fn conflicts_on(&self, column: &str) -> bool {
        matches!(self, Self::Conflict(columns) if columns.split(", ").any(|known| known == column))
    }
}

impl From<crate::auth::secret::NoRandomness> for StoreError {
    fn from(_: crate::auth::secret::NoRandomness) -> Self {
        Self::Failed("no randomness".to_owned())
    }
}

/// What one statement gave back.
pub trait Rows {
    /// The rows, each as a `T` by column name.
    ///
    /// # Errors
    /// When a column doesn't fit.
    fn decode<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError>;

    /// How many rows the statement changed.
    fn changes(&self) -> i64;
}

/// Where statements run.
#[expect(async_fn_in_trait, reason = "a Worker has one thread; its futures need not be Send")]
pub trait Database {
    /// What one statement gives back.
    type Rows: Rows;

    /// Runs statements as one transaction.
    ///
    /// # Errors
    /// When one fails; then none has happened.
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Self::Rows>, StoreError>;

    /// Lets others have a turn, between the parts of something long.
    async fn pause(&self) {}

    /// The rows of one statement.
    ///
    /// # Errors
    /// When it fails or a column doesn't fit.
    async fn rows<T: DeserializeOwned>(&self, statement: Statement) -> Result<Vec<T>, StoreError> {
        self.batch(vec![statement]).await?.last().map_or_else(|| Ok(Vec::new()), Rows::decode)
    }

    /// The first row of one statement.
    ///
    /// # Errors
    /// When it fails or a column doesn't fit.
    async fn row<T: DeserializeOwned>(&self, statement: Statement) -> Result<Option<T>, StoreError> {
        Ok(self.rows(statement).await?.into_iter().next())
    }
}

/// The rows that the statement at `index` of a batch gave back.
pub(crate) fn decode_at<T: DeserializeOwned>(results: &[impl Rows], index: usize) -> Result<Vec<T>, StoreError> {
    results.get(index).map_or_else(|| Err(StoreError::Failed(format!("the batch has no statement {index}"))), Rows::decode)
}

/// Reads a flag: SQLite keeps it as 0 or 1.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    i64::deserialize(deserializer).map(|number| number != 0)
}

/// Who does something, as the history keeps it.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Through which door.
    pub door: Door,
    /// The staff's or member's id; none for the scheduled run.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
}

impl Actor {
    /// The clock.
    #[must_use]
    pub const fn scheduled_run() -> Self {
        Self { door: Door::ScheduledRun, id: None, name: None }
    }
}

/// A way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A manager adds a user by hand, or does something else in the company.
    AddUser,
    /// A file is imported.
    Import,
    /// A company's directory pushes its users.
    DirectorySync,
    /// An invite is accepted.
    Invite,
    /// A manager works through the app or the API.
    Api,
    /// The account manager's desk.
    Desk,
    /// The scheduled run.
    ScheduledRun,
}

impl Door {
    /// The word that the database uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AddUser => "add_user",
            Self::Import => "import",
            Self::DirectorySync => "directory_sync",
            Self::Invite => "invite",
            Self::Api => "api",
            Self::Desk => "desk",
            Self::ScheduledRun => "scheduled_run",
        }
    }
}
