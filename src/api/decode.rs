//! Reading an answer: status, headers and text into a value or an error.
//!
//! Invariant: reading never panics and never loses a page because of one row.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{ApiError, Operation, StatusError};
use crate::domain::{BadRow, Page};
use crate::json::{Json, ReadError};

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
    let data = data(operation, body)?.1;
    T::deserialize(data).map_err(|error| unreadable(operation, &error.in_field(DATA)))
}

/// Reads an object as a whole.
pub fn object<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<T, ApiError> {
    crate::json::from_str(body).map_err(|error| unreadable(operation, &error))
}

/// Reads `{"data": […], "total_count": N}`; rows that cannot be read are kept aside.
pub fn list<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<Page<T>, ApiError> {
    let (whole, data) = data(operation, body)?;
    let elements = data.elements().ok_or_else(|| decode_error(operation, DATA, "expected an array"))?;
    let mut page = Page {
        rows: Vec::with_capacity(elements.len()),
        bad: Vec::new(),
        // A total of another kind is as good as none: the list is read by what comes.
        total: whole.get("total_count").and_then(|total| total.as_str().parse().ok()),
    };
    for (index, row) in elements.into_iter().enumerate() {
        match T::deserialize(row) {
            Ok(row) => page.rows.push(row),
            Err(error) => page.bad.push(bad_row(index, row, error)),
        }
    }
    Ok(page)
}

/// The rows of a page of which each counts, because they are added up, or because one of them may be in the way: one that
/// cannot be read is an error.
pub fn whole<T>(operation: Operation, page: Page<T>) -> Result<Vec<T>, ApiError> {
    match page.bad.first() {
        Some(bad) => Err(decode_error(operation, &bad.path, &bad.detail)),
        None => Ok(page.rows),
    }
}

/// Reads `{"deleted": true}`; anything else leaves it open what became of the deletion.
pub fn deleted(operation: Operation, body: &str) -> Result<(), ApiError> {
    #[derive(Deserialize)]
    struct Deleted {
        deleted: bool,
    }
    let Deleted { deleted } = object(operation, body)?;
    deleted.then_some(()).ok_or_else(|| decode_error(operation, "deleted", "the API answered that it did not delete"))
}

const DATA: &str = "data";

/// The answer as a whole, and its `data`.
fn data(operation: Operation, body: &str) -> Result<(Json<'_>, Json<'_>), ApiError> {
    let whole = Json::parse(body).map_err(|error| unreadable(operation, &error))?;
    let data = whole.get(DATA).ok_or_else(|| decode_error(operation, ".", "expected an object with `data`"))?;
    Ok((whole, data))
}

fn unreadable(operation: Operation, error: &ReadError) -> ApiError {
    decode_error(operation, error.path(), &error.to_string())
}

fn decode_error(operation: Operation, path: &str, detail: &str) -> ApiError {
    ApiError::Decode { operation, path: path.to_owned(), detail: detail.to_owned() }
}

/// The most bytes of an answer that an error quotes: a message that names a hundred people, and nobody's whole page.
const MOST_QUOTED: usize = 10_000;
/// The most bytes of an unreadable row's id.
const MOST_OF_ID: usize = 100;

/// The beginning of a text that is too long.
fn quoted(text: &str, most: usize) -> String {
    let end = text.floor_char_boundary(most);
    if end == text.len() { text.to_owned() } else { [&text[..end], "…"].concat() }
}

fn bad_row(index: usize, row: Json<'_>, error: ReadError) -> BadRow {
    let id = row.get("id").and_then(Json::string).map(|id| quoted(&id, MOST_OF_ID));
    let detail = error.to_string();
    BadRow { id, path: error.in_element(index).in_field(DATA).path().to_owned(), detail }
}

fn status_error(operation: Operation, answer: &Answer) -> StatusError {
    let envelope = Json::parse(&answer.body).ok().and_then(|body| body.get("error"));
    let part = |name: &str| envelope.and_then(|envelope| envelope.get(name));
    let message = part("message").and_then(Json::string).filter(|message| !message.trim().is_empty());
    // What comes without a message is not the API's envelope.
    let part = |name: &str| message.as_ref().and_then(|_| part(name));
    StatusError {
        operation,
        status: answer.status,
        code: part("code").and_then(|code| code.as_str().parse().ok()),
        metadata: part("metadata").filter(|it| !it.is_null()).map(|metadata| quoted(metadata.as_str(), MOST_QUOTED)),
        message: message.map_or_else(|| plain_message(answer), |message| quoted(&message, MOST_QUOTED)),
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
