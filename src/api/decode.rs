//! Reads a response into a value or an error.
//!
//! Invariant: a row that cannot be read costs that row, never the list.

mod path;

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{ApiError, Operation, Responder, StatusError};
use crate::domain::timestamp::http_date;
use crate::domain::{BadRow, Page};

/// A whole response to a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "HTTP defines them")]
pub struct Answer {
    /// 0 for a redirect.
    pub status: u16,
    /// Whether it is a redirect, which the client never follows.
    pub is_redirect: bool,
    /// Whether its content type is HTML.
    pub is_html: bool,
    pub body: String,
    /// `Retry-After`, as received.
    pub retry_after: Option<String>,
    pub request_id: Option<String>,
    /// `Date`, the server's clock, if the browser may read it.
    pub date: Option<String>,
}

/// Returns the response if it is a 2xx of the API, or else [`ApiError::Status`].
pub fn check(operation: Operation, mut answer: Answer) -> Result<Answer, ApiError> {
    answer.body = replace_lone_surrogates(answer.body);
    let is_success = (200..300).contains(&answer.status);
    if is_success && Responder::of_success(&answer) == Responder::Api {
        Ok(answer)
    } else {
        Err(ApiError::Status(Box::new(status_error(operation, &answer))))
    }
}

/// Reads `{"data": …}`.
pub fn single<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<T, ApiError> {
    #[derive(Deserialize)]
    struct Single<'a> {
        #[serde(borrow)]
        data: &'a RawValue,
    }
    let read = read_object::<Single>(body).and_then(|it| read_object(it.data.get()).map_err(|it| it.within("data")));
    read.map_err(|problem| problem.error(operation))
}

/// Reads the body as one object.
pub fn object<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<T, ApiError> {
    read_object(body).map_err(|problem| problem.error(operation))
}

/// Reads `{"data": […], "total_count": N}`. Rows that cannot be read are returned apart.
pub fn list<T: DeserializeOwned>(operation: Operation, body: &str) -> Result<Page<T>, ApiError> {
    #[derive(Deserialize)]
    struct List<'a> {
        #[serde(borrow)]
        data: Vec<&'a RawValue>,
        #[serde(borrow, default)]
        total_count: Option<&'a RawValue>,
    }
    let List { data, total_count } = read_object(body).map_err(|problem| problem.error(operation))?;
    // A total that is not a count is ignored.
    let total = total_count.and_then(|total| total.get().parse().ok());
    let mut page = Page { rows: Vec::with_capacity(data.len()), bad: Vec::new(), total };
    for (index, row) in data.into_iter().enumerate() {
        match read_object(row.get()) {
            Ok(row) => page.rows.push(row),
            Err(problem) => page.bad.push(bad_row(index, row.get(), problem)),
        }
    }
    Ok(page)
}

/// The rows of a page that is of no use without each of them. Fails if a row could not be read.
pub fn whole<T>(operation: Operation, page: Page<T>) -> Result<Vec<T>, ApiError> {
    match page.bad.into_iter().next() {
        Some(bad) => Err(ApiError::of_row(operation, bad)),
        None => Ok(page.rows),
    }
}

/// Reads `{"deleted": true}`. For everything else it is unknown whether the deletion was applied.
pub fn deleted(operation: Operation, body: &str) -> Result<(), ApiError> {
    #[derive(Deserialize)]
    struct Deleted {
        deleted: bool,
    }
    let Deleted { deleted } = object(operation, body)?;
    let detail = "the API answered that it did not delete".to_owned();
    deleted.then_some(()).ok_or_else(|| ApiError::Decode { operation, path: "deleted".to_owned(), detail })
}

/// The most bytes of a server's message or metadata that an error keeps.
const MAX_MESSAGE: usize = 10_000;
/// The most bytes that an error quotes of anything else.
const MAX_QUOTE: usize = 100;

/// The text, cut off after `max` bytes.
fn truncated(text: &str, max: usize) -> String {
    let end = text.floor_char_boundary(max);
    if end == text.len() { text.to_owned() } else { [&text[..end], "…"].concat() }
}

/// Why and where JSON could not be read.
struct Problem {
    /// Such as `data[3].slug`; `.` for the whole value.
    path: String,
    detail: String,
}

impl Problem {
    fn of(text: &str, error: &serde_json::Error) -> Self {
        let message = error.to_string();
        // The path names the place. Line and column would count from the row.
        let short =
            if error.is_data() { message.rsplit_once(" at line ").map_or(&*message, |(it, _)| it) } else { &message };
        let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let container = if short.starts_with("invalid type: sequence") {
            Some(b']')
        } else {
            let of_objects = ["missing field", "duplicate field", "invalid type: map"];
            of_objects.iter().any(|start| short.starts_with(start)).then_some(b'}')
        };
        let path = path::path_at(text, line + error.column(), container);
        // The path of a value under the key "" is written as nothing.
        let path = if path.is_empty() { "." } else { &path };
        Self { path: truncated(path, MAX_QUOTE), detail: truncated(short, MAX_QUOTE) }
    }

    /// The same problem seen from the value that holds this one at `place`.
    fn within(self, place: &str) -> Self {
        let path = if self.path == "." { place.to_owned() } else { [place, ".", &self.path].concat() };
        Self { path, ..self }
    }

    fn error(self, operation: Operation) -> ApiError {
        ApiError::Decode { operation, path: self.path, detail: self.detail }
    }
}

/// Reads a whole text as one object.
fn read_object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Problem> {
    // `serde_json` also reads a struct from an array, by the order of its fields.
    if !text.trim_start().starts_with('{') {
        return Err(Problem { path: ".".to_owned(), detail: "expected an object".to_owned() });
    }
    serde_json::from_str(text).map_err(|error| Problem::of(text, &error))
}

fn bad_row(index: usize, row: &str, problem: Problem) -> BadRow {
    #[derive(Deserialize)]
    struct Identified {
        id: String,
    }
    let id = read_object::<Identified>(row).ok().map(|row| truncated(&row.id, MAX_QUOTE));
    let Problem { path, detail } = problem.within(&format!("data[{index}]"));
    BadRow { id, path, detail }
}

/// Replaces each half of a surrogate pair (`\ud83d`) by U+FFFD. JavaScript servers send one where they cut a text within
/// an emoji, and `serde_json` refuses it.
fn replace_lone_surrogates(body: String) -> String {
    if !body.contains(r"\ud") && !body.contains(r"\uD") {
        return body;
    }
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix(r"\u")?.get(..4)?, 16).ok();
    let mut text = String::with_capacity(body.len());
    let mut rest = body.as_str();
    while let Some((before, escape)) = rest.find('\\').map(|at| rest.split_at(at)) {
        let (first, second) = (unit(escape), escape.get(6..).and_then(unit));
        let (length, is_lone) = match (first, second) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (12, false),
            (Some(0xd800..0xe000), _) => (6, true),
            _ => (escape.chars().take(2).map(char::len_utf8).sum(), false),
        };
        text.push_str(before);
        text.push_str(if is_lone { r"\ufffd" } else { &escape[..length] });
        rest = &escape[length..];
    }
    text.push_str(rest);
    text
}

fn status_error(operation: Operation, answer: &Answer) -> StatusError {
    #[derive(Deserialize)]
    struct Envelope<'a> {
        #[serde(borrow)]
        error: &'a RawValue,
    }
    #[derive(Deserialize)]
    struct Details<'a> {
        message: String,
        #[serde(borrow, default)]
        code: Option<&'a RawValue>,
        #[serde(borrow, default)]
        metadata: Option<&'a RawValue>,
    }
    let envelope = read_object::<Envelope>(&answer.body).and_then(|it| read_object::<Details>(it.error.get()));
    // Without a message it is not the API's envelope.
    let details = envelope.ok().filter(|details| !details.message.trim().is_empty());
    let details = details.as_ref();
    let by = match details {
        Some(_) => Responder::Api,
        None if (200..300).contains(&answer.status) => Responder::of_success(answer),
        None => Responder::of_refusal(answer),
    };
    StatusError {
        operation,
        by,
        status: answer.status,
        code: details.and_then(|it| it.code?.get().parse().ok()),
        metadata: details.and_then(|it| it.metadata).map(|it| truncated(it.get(), MAX_MESSAGE)),
        message: details.map_or_else(|| plain_message(operation, by, answer), |it| truncated(&it.message, MAX_MESSAGE)),
        request_id: answer.request_id.clone(),
        retry_after: retry_after(answer),
    }
}

/// A sentence for a response that is not in the API's form: HTML of a proxy, empty, or cut off.
fn plain_message(operation: Operation, by: Responder, answer: &Answer) -> String {
    let status = answer.status;
    let what = match (by, status) {
        (Responder::SignIn, _) => return "Your sign-in at the proxy has ended".to_owned(),
        (Responder::Network, _) => "Your network asks you to sign in",
        (Responder::Filter, _) => "A firewall or proxy blocked the request",
        (Responder::Gateway, _) => "The proxy can’t reach the API",
        (_, 200..300) => "The response didn’t come from the API",
        (_, 401) => "The key was not accepted",
        (_, 429) => "Too many requests",
        (_, 500) => "The API failed",
        _ => "The API returned an error",
    };
    let body = answer.body.trim_start();
    let how = if body.is_empty() {
        "with an empty response"
    } else if body.starts_with('<') {
        "with a web page instead of data"
    } else {
        "without a message"
    };
    // A firewall often refuses a method.
    let method = if by == Responder::Filter { format!("{}, ", operation.method()) } else { String::new() };
    format!("{what} ({method}status {status}, {how})")
}

/// Reads `Retry-After`: seconds, or an HTTP date, which counts from the response's own `Date`.
fn retry_after(answer: &Answer) -> Option<Duration> {
    let text = answer.retry_after.as_deref()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let seconds = http_date(text)? - http_date(answer.date.as_deref()?)?;
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
