//! D1 as a [`Database`].

use core::cell::{Cell, RefCell};

use js_sys::futures::JsFuture;
use js_sys::{Array, Promise};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::D1Database;
use worker::d1::serde_wasm_bindgen;

use super::{Database, Rows, Statement, StoreError, Value};

/// The largest whole number that passes through JavaScript without losing a digit.
pub const LARGEST_SAFE: i64 = (1 << 53) - 1;

#[wasm_bindgen(module = "/src/store/d1.js")]
extern "C" {
    /// Runs statements as one transaction.
    fn batch(database: &JsValue, asked: &str) -> Promise;
}

thread_local! {
    /// The statements whose texts JavaScript has, by where they stand: a text is a constant, and stays there.
    static KNOWN: RefCell<Vec<(usize, usize)>> = const { RefCell::new(Vec::new()) };
}

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
}

/// What one statement gave back.
pub struct Outcome {
    changes: i64,
    rows: Array,
}

fn failed(error: &serde_json::Error) -> StoreError {
    StoreError::Failed(error.to_string())
}

/// Writes statements as one JSON array: of each what it is called, its text where JavaScript doesn't have it yet, and its
/// values.
fn write(statements: &[Statement]) -> Result<String, StoreError> {
    let mut text = String::with_capacity(4096);
    let mut new = Vec::new();
    for Statement { sql, values } in statements {
        text.push(if text.is_empty() { '[' } else { ',' });
        let place = (sql.as_ptr() as usize, sql.len());
        let known = KNOWN.with_borrow(|known| known.contains(&place)) || new.contains(&place);
        text.push_str(&format!("[\"{} {}\",", place.0, place.1));
        text.push_str(&json(if known { "" } else { sql })?);
        if !known {
            new.push(place);
        }
        for value in values {
            text.push(',');
            text.push_str(&match value {
                Value::Null => "null".to_owned(),
                Value::Text(value) => json(value)?,
                Value::Blob(file) => json(file)?,
                // D1 takes no big integers.
                Value::Integer(number) if number.unsigned_abs() <= LARGEST_SAFE.unsigned_abs() => number.to_string(),
                Value::Integer(number) => return Err(StoreError::Failed(format!("{number} is beyond what D1 keeps"))),
            });
        }
        text.push(']');
    }
    text.push(']');
    KNOWN.with_borrow_mut(|known| known.extend(new));
    Ok(text)
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| failed(&error))
}

/// A whole number that JavaScript has counted.
#[expect(clippy::cast_possible_truncation, reason = "a count of rows")]
fn count(number: &JsValue) -> i64 {
    number.as_f64().unwrap_or_default() as i64
}

impl Rows for Outcome {
    fn decode<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows = self.rows.iter().map(serde_wasm_bindgen::from_value).collect::<Result<_, _>>();
        rows.map_err(|error| StoreError::Failed(error.to_string()))
    }

    fn changes(&self) -> i64 {
        self.changes
    }
}

impl Database for D1 {
    type Rows = Outcome;

    /// On one's own machine Worker and database share a thread, which doesn't look at what comes from outside while one
    /// statement follows the other. A timer makes it look.
    async fn pause(&self) {
        worker::Delay::from(core::time::Duration::from_millis(1)).await;
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Outcome>, StoreError> {
        let answer = JsFuture::from(batch(self.database.as_ref(), &write(&statements)?)).await;
        let answer = answer.unwrap_or_default();
        if !Array::is_array(&answer) {
            return Err(StoreError::from_message(&answer.as_string().unwrap_or_default()));
        }
        let answer = Array::from(&answer);
        self.rows_read.set(self.rows_read.get().saturating_add(count(&answer.get(0)).unsigned_abs()));
        self.rows_written.set(self.rows_written.get().saturating_add(count(&answer.get(1)).unsigned_abs()));
        let outcome = |at| Outcome { changes: count(&answer.get(at)), rows: Array::from(&answer.get(at.saturating_add(1))) };
        Ok((2..answer.length()).step_by(2).map(outcome).collect())
    }
}
