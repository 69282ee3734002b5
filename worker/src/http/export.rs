//! Files that leave while they are read, part by part, whatever their size.

use futures_util::stream;
use serde::Serialize;
use worker::{Env, Headers, Response};

use crate::store::StoreError;
use crate::store::d1::D1;

/// What a file is made of.
pub(super) trait Parts {
    /// Its media type and its name.
    fn kind(&self) -> (&'static str, &'static str);

    /// The part behind `after`, or the first one, as text; and behind what the next one begins, if there is one.
    async fn part(&self, database: &D1, after: Option<&str>) -> Result<(String, Option<String>), StoreError>;
}

/// Where a file stands.
enum Next {
    First,
    Behind(String),
    End,
}

/// A response whose body is read while it leaves.
///
/// # Errors
/// When the database is not bound.
pub(super) fn respond(file: impl Parts + 'static, env: &Env) -> worker::Result<Response> {
    let (kind, name) = file.kind();
    let headers = Headers::new();
    headers.set("Content-Type", kind)?;
    headers.set("Content-Disposition", &format!("attachment; filename=\"{name}\""))?;
    let database = D1::new(env.d1("DB")?);
    let parts = stream::unfold((file, database, Next::First), |(file, database, next)| async move {
        let after = match &next {
            Next::First => None,
            Next::Behind(cursor) => Some(cursor.as_str()),
            Next::End => return None,
        };
        match file.part(&database, after).await {
            Ok((text, next)) => Some((Ok(text.into_bytes()), (file, database, next.map_or(Next::End, Next::Behind)))),
            // A file that breaks off must not look whole.
            Err(_) => Some((Err(worker::Error::RustError("the file broke off".to_owned())), (file, database, Next::End))),
        }
    });
    Ok(Response::from_stream(parts)?.with_headers(headers))
}

/// The word that stands for a value of an enum.
pub(super) fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A part of a list as JSON; all parts together are one array.
pub(super) fn json(items: &[impl Serialize], first: bool, last: bool) -> String {
    let mut text = String::from(if first { "[" } else { "" });
    for (index, item) in items.iter().enumerate() {
        if !(first && index == 0) {
            text.push_str(",\n");
        }
        text.push_str(&serde_json::to_string(item).unwrap_or_default());
    }
    text.push_str(if last { "]\n" } else { "" });
    text
}
