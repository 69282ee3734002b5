//! SQLite as the store's database: the migrations' schema and the store's own SQL, without a Worker around them.

pub mod ledger;
pub mod openapi;

use core::cell::RefCell;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{Connection, ToSql};
use seatwise_worker::store::{Database, Rows, Statement, StoreError, Value};
use serde::de::DeserializeOwned;
use serde_json::{Map, Number};

/// A database in memory with the product's schema.
pub struct Sqlite {
    connection: RefCell<Connection>,
}

/// What one statement gave back.
pub struct Outcome {
    rows: Vec<serde_json::Value>,
    changes: i64,
}

impl Rows for Outcome {
    fn decode<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let decoded = self.rows.iter().cloned().map(serde_json::from_value).collect::<Result<_, _>>();
        decoded.map_err(|error| StoreError::Failed(error.to_string()))
    }

    fn changes(&self) -> i64 {
        self.changes
    }
}

fn failed(error: &rusqlite::Error) -> StoreError {
    StoreError::from_message(&error.to_string())
}

/// A parameter, bound as D1 binds it: every number as a REAL.
struct AsD1Binds<'a>(&'a Value);

impl ToSql for AsD1Binds<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Owned(SqlValue::Null),
            #[expect(clippy::cast_precision_loss, reason = "as JavaScript does")]
            Value::Integer(number) => ToSqlOutput::Owned(SqlValue::Real(*number as f64)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Blob(file) => ToSqlOutput::Borrowed(ValueRef::Blob(file)),
        })
    }
}

fn read(value: ValueRef<'_>) -> serde_json::Value {
    match value {
        ValueRef::Null => serde_json::Value::Null,
        ValueRef::Blob(file) => file.into(),
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => Number::from_f64(number).map_or(serde_json::Value::Null, serde_json::Value::Number),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
    }
}

impl Sqlite {
    /// An empty database with the schema of all migrations.
    ///
    /// # Panics
    /// When a migration doesn't run.
    #[must_use]
    pub fn with_schema() -> Self {
        Self::migrated(&migrations())
    }

    /// A database with the schema as it was after so many migrations, and those that came since.
    ///
    /// # Panics
    /// When a migration doesn't run.
    #[must_use]
    pub fn after(count: usize) -> (Self, Vec<String>) {
        let mut earlier = migrations();
        let later = earlier.split_off(count);
        (Self::migrated(&earlier), later)
    }

    #[expect(clippy::expect_used, reason = "a test can't go on without its schema")]
    fn migrated(migrations: &[String]) -> Self {
        let connection = Connection::open_in_memory().expect("a database in memory");
        connection.execute_batch("PRAGMA foreign_keys = ON").expect("foreign keys, as D1 has them");
        for migration in migrations {
            connection.execute_batch(migration).expect("a migration that runs");
        }
        Self { connection: RefCell::new(connection) }
    }

    /// Runs SQL of a test's own, as somebody with access to the database could.
    ///
    /// # Errors
    /// When the database refuses it.
    pub fn execute(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.borrow().execute_batch(sql).map_err(|error| failed(&error))
    }

    /// The rows of a query of a test's own.
    ///
    /// # Errors
    /// When the database refuses it.
    pub fn query(&self, sql: &str) -> Result<Vec<serde_json::Value>, StoreError> {
        run(&self.connection.borrow(), sql, &[]).map(|outcome| outcome.rows).map_err(|error| failed(&error))
    }

    /// How the database would run a statement, a line each step.
    ///
    /// # Errors
    /// When the statement is none.
    pub fn plan(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let connection = self.connection.borrow();
        let explain = |sql: &str| -> rusqlite::Result<Vec<String>> {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let nothing = vec![Value::Null; statement.parameter_count()];
            let rows = statement.query_map(rusqlite::params_from_iter(nothing.iter().map(AsD1Binds)), |row| row.get("detail"))?;
            rows.collect()
        };
        explain(sql).map_err(|error| failed(&error))
    }
}

/// The migrations in their order.
#[expect(clippy::expect_used, reason = "a test can't go on without its schema")]
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../worker/migrations");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("migrations").filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).expect("a migration")).collect()
}

fn run(connection: &Connection, sql: &str, values: &[Value]) -> rusqlite::Result<Outcome> {
    let mut statement = connection.prepare_cached(sql)?;
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let before = connection.total_changes();
    let mut rows = statement.query(rusqlite::params_from_iter(values.iter().map(AsD1Binds)))?;
    let mut read_rows = Vec::new();
    while let Some(row) = rows.next()? {
        let mut object = Map::new();
        for (index, name) in names.iter().enumerate() {
            object.insert(name.clone(), read(row.get_ref(index)?));
        }
        read_rows.push(serde_json::Value::Object(object));
    }
    let changed = connection.total_changes() > before;
    let changes = if changed { i64::try_from(connection.changes()).unwrap_or(i64::MAX) } else { 0 };
    Ok(Outcome { rows: read_rows, changes })
}

impl Database for Sqlite {
    type Rows = Outcome;

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Outcome>, StoreError> {
        let mut connection = self.connection.borrow_mut();
        let transaction = connection.transaction().map_err(|error| failed(&error))?;
        let outcomes = statements
            .iter()
            .map(|statement| run(&transaction, statement.sql, &statement.values))
            .collect::<rusqlite::Result<Vec<_>>>()
            .map_err(|error| failed(&error))?;
        transaction.commit().map_err(|error| failed(&error))?;
        Ok(outcomes)
    }
}
