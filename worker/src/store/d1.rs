//! D1 as a [`Database`].

use core::cell::Cell;

use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result};

use super::{Database, Rows, Statement, StoreError, Value};

/// The largest whole number that passes through JavaScript without losing a digit.
pub const LARGEST_SAFE: i64 = (1 << 53) - 1;

/// D1, counting what it reads and writes.
pub struct D1 {
    database: D1Database,
    rows_read: Cell<u64>,
    rows_written: Cell<u64>,
}

impl D1 {
    /// Wraps the binding.
    #[must_use]
    pub fn new(database: D1Database) -> Self {
        Self { database, rows_read: Cell::new(0), rows_written: Cell::new(0) }
    }

    /// How many rows all statements have read until now.
    #[must_use]
    pub fn rows_read(&self) -> u64 {
        self.rows_read.get()
    }

    /// How many rows all statements have written until now.
    #[must_use]
    pub fn rows_written(&self) -> u64 {
        self.rows_written.get()
    }

    fn prepare(&self, statement: &Statement) -> Result<D1PreparedStatement, StoreError> {
        let values = statement.values.iter().map(to_js).collect::<Result<Vec<_>, _>>()?;
        self.database.prepare(statement.sql).bind(&values).map_err(|error| failed(&error))
    }
}

/// D1 takes neither `undefined` nor big integers.
fn to_js(value: &Value) -> Result<JsValue, StoreError> {
    match value {
        Value::Null => Ok(JsValue::NULL),
        Value::Text(text) => Ok(JsValue::from_str(text)),
        Value::Blob(file) => Ok(Uint8Array::from(file.as_slice()).into()),
        #[expect(clippy::cast_precision_loss, reason = "the range is checked")]
        Value::Integer(number) if number.unsigned_abs() <= LARGEST_SAFE.unsigned_abs() => Ok(JsValue::from_f64(*number as f64)),
        Value::Integer(number) => Err(StoreError::Failed(format!("{number} is beyond what D1 keeps"))),
    }
}

/// The cause alone: what an error displays has a stack in it.
fn failed(error: &worker::Error) -> StoreError {
    match error {
        worker::Error::D1(error) => StoreError::from_message(&error.cause()),
        other => StoreError::from_message(&other.to_string()),
    }
}

impl Rows for D1Result {
    fn decode<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        self.results().map_err(|error| failed(&error))
    }

    fn changes(&self) -> i64 {
        let changes = self.meta().ok().flatten().and_then(|meta| meta.changes).unwrap_or_default();
        i64::try_from(changes).unwrap_or(i64::MAX)
    }
}

impl Database for D1 {
    type Rows = D1Result;

    /// On one's own machine Worker and database share a thread, which doesn't look at what comes from outside while one
    /// statement follows the other. A timer makes it look.
    async fn pause(&self) {
        worker::Delay::from(core::time::Duration::from_millis(1)).await;
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<D1Result>, StoreError> {
        let prepared = statements.iter().map(|statement| self.prepare(statement)).collect::<Result<Vec<_>, _>>()?;
        let results = self.database.batch(prepared).await.map_err(|error| failed(&error))?;
        for meta in results.iter().filter_map(|result| result.meta().ok().flatten()) {
            self.rows_read.set(self.rows_read.get().saturating_add(meta.rows_read.unwrap_or_default() as u64));
            self.rows_written.set(self.rows_written.get().saturating_add(meta.rows_written.unwrap_or_default() as u64));
        }
        Ok(results)
    }
}
