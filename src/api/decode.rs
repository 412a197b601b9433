//! Reading an answer: status, headers and text into a value or an error.
//!
//! Invariant: reading never panics and never loses a page because of one row.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{ApiError, Operation, StatusError};
use crate::domain::{BadRow, Page};

/// What came back for a request, whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// `Retry-After`, as it came.
    pub retry_after: Option<String>,
    /// `X-Request-Id`, where sent.
    pub request_id: Option<String>,
    /// `Date`: the server's clock, where it may be read.
    pub date: Option<String>,
}

#[derive(Deserialize)]
struct Single<T> {
    data: T,
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    // A total of another kind is as good as none: the list is read by what comes.
    #[serde(borrow, default)]
    total_count: Option<&'a RawValue>,
}

/// Sorts the answer into usable and not, by its status.
pub fn check(operation: Operation, answer: Answer) -> Result<Answer, ApiError> {
    if (200..300).contains(&answer.status) {
        Ok(answer)
    } else {
        Err(ApiError::Status(Box::new(status_error(operation, &answer))))
    }
}

/// Reads `{"data": …}`.
pub fn single<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<T, ApiError> {
    object::<Single<T>>(operation, body).map(|single| single.data)
}

/// Reads an object as a whole.
pub fn object<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<T, ApiError> {
    read(body).map_err(|(path, detail)| ApiError::Decode { operation, path, detail })
}

/// Reads `{"data": […], "total_count": N}`; rows that cannot be read are kept aside.
pub fn list<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<Page<T>, ApiError> {
    let list: List<'_> = read(body).map_err(|(path, detail)| ApiError::Decode { operation, path, detail })?;
    let mut page = Page {
        rows: Vec::with_capacity(list.data.len()),
        bad: Vec::new(),
        total: list.total_count.and_then(|raw| serde_json::from_str(raw.get()).ok()),
    };
    for (index, raw) in list.data.into_iter().enumerate() {
        match read(raw.get()) {
            Ok(row) => page.rows.push(row),
            Err((path, detail)) => page.bad.push(bad_row(index, raw, &path, detail)),
        }
    }
    Ok(page)
}

fn bad_row(index: usize, raw: &RawValue, path: &str, detail: String) -> BadRow {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let id = serde_json::from_str::<Named>(raw.get()).ok().map(|named| named.id);
    let path = if path == "." { format!("data[{index}]") } else { format!("data[{index}].{path}") };
    BadRow { id, path, detail }
}

/// The value, or where in the JSON it cannot be read and why.
fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, (String, String)> {
    // Derived decoders would also take an array for an object, field by field.
    if !text.trim_start().starts_with('{') {
        return Err((".".to_owned(), "expected a JSON object".to_owned()));
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
    deserializer.end().map_err(|error| (".".to_owned(), error.to_string()))?;
    Ok(value)
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    error: EnvelopeError<'a>,
}

#[derive(Deserialize)]
struct EnvelopeError<'a> {
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    message: String,
    #[serde(borrow, default)]
    metadata: Option<&'a RawValue>,
}

fn status_error(operation: Operation, answer: &Answer) -> StatusError {
    let envelope = serde_json::from_str::<Envelope<'_>>(&answer.body).ok().map(|envelope| envelope.error);
    let (code, message, metadata) = match envelope {
        Some(error) if !error.message.trim().is_empty() => (error.code, error.message, error.metadata),
        _ => (None, plain_message(answer), None),
    };
    StatusError {
        operation,
        status: answer.status,
        code: code.and_then(|raw| serde_json::from_str(raw.get()).ok()),
        message,
        metadata: metadata.map(|raw| raw.get().to_owned()).filter(|text| text != "null"),
        request_id: answer.request_id.clone(),
        retry_after: answer.retry_after.as_deref().and_then(retry_after),
    }
}

/// A sentence for an error whose body is not the API's envelope: HTML of a proxy, empty, or cut off.
fn plain_message(answer: &Answer) -> String {
    let status = answer.status;
    let what = match status {
        400 => "The request was refused as invalid",
        401 => "The key was not accepted",
        403 => "This is not allowed",
        404 => "Not found",
        409 => "The request conflicts with the present state",
        413 => "The request is too large",
        429 => "Too many requests",
        500 => "The API failed",
        502..=504 => "The API cannot be reached through its proxy",
        300..400 => "The API answered with a redirection",
        _ => "The API answered with an error",
    };
    let body = answer.body.trim_start();
    let how = if body.is_empty() {
        "with an empty answer"
    } else if body.starts_with('<') {
        "with a web page instead of data"
    } else {
        "without a message"
    };
    format!("{what} (status {status}, {how})")
}

/// Reads `Retry-After` in seconds. Its other form, a date, would need a trusted clock: it is left to the usual wait.
fn retry_after(text: &str) -> Option<Duration> {
    text.trim().parse::<u32>().ok().map(|seconds| Duration::from_secs(u64::from(seconds)))
}

#[cfg(test)]
mod tests;
