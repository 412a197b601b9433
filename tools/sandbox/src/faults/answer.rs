//! The responses of faults.
//!
//! Invariant: a fault is a real response on a real connection, or a really closed connection.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::StatusAnswer;
use crate::{app::REQUEST_ID, error::ApiError};

/// Marks a response that is never sent. The server closes the connection instead.
#[derive(Clone, Copy, Debug)]
pub struct HangUp;

/// Time to send the first half of a body before the connection is closed.
const FLUSH: Duration = Duration::from_millis(50);

/// Returns a response with a status.
pub fn status(answer: StatusAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if let Some(body) = answer.body {
        let content_type = answer.content_type.as_deref().unwrap_or("text/plain");
        let content_type = HeaderValue::from_str(content_type).unwrap_or(HeaderValue::from_static("text/plain"));
        (status, [(CONTENT_TYPE, content_type)], body).into_response()
    } else if answer.envelope {
        let message = answer.message.unwrap_or_else(|| status.canonical_reason().unwrap_or("Error").to_owned());
        let mut error = ApiError::new(status, message);
        error.metadata = answer.metadata.map(Value::Object);
        error.into_response()
    } else {
        status.into_response()
    };
    let retry_after = match answer.retry_after {
        Some(Value::String(text)) => Some(text),
        Some(Value::Number(seconds)) => Some(seconds.to_string()),
        _ => None,
    };
    if let Some(value) = retry_after.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
    // From bytes, so that it can contain more than ASCII.
    if let Some(value) = answer.request_id.and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Returns a response that closes the connection.
pub fn close() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(HangUp);
    response
}

/// Returns the head of `whole` with its full length, and half of its body.
pub async fn truncate(whole: Response) -> Response {
    let (mut parts, body) = whole.into_parts();
    // The sandbox's bodies are in memory already.
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let half = stream::iter([Ok::<Bytes, io::Error>(bytes.slice(..bytes.len() / 2))]);
    let cut = stream::once(async {
        tokio::time::sleep(FLUSH).await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    Response::from_parts(parts, Body::from_stream(half.chain(cut)))
}

/// Returns a body to truncate, for a write that is not applied.
pub fn placeholder() -> Response {
    let body = r#"{"data":{"id":"00000000-0000-4000-8000-000000000000","name":"never sent as a whole"}}"#;
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}
