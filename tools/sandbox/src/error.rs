//! Errors of the API.
//!
//! Invariant: every error is the API's error envelope, and none reveals details of the database.

use axum::{
    Extension, Json,
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An error: a status, a message for people, and metadata for programs.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// The status, 400 or above; also `error.code`.
    pub status: StatusCode,
    /// `error.message`.
    pub message: String,
    /// `error.metadata`.
    pub metadata: Option<Value>,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u64>,
}

/// Marks an error response with its message.
#[derive(Clone, Debug)]
pub struct Refusal(pub String);

impl ApiError {
    /// Creates an error with a status.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), metadata: None, retry_after: None }
    }

    /// Creates a 400: the request breaks a rule.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// Creates a 401: no key, or an unknown one.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// Creates a 403: the key cannot do this.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// Creates a 404: the object does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// Creates a 500: the sandbox itself failed. The cause goes to stderr, not to the caller.
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        eprintln!("sandbox: {cause}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")
    }

    /// Adds `error.metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Value) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// Adds the header `Retry-After`, in seconds.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({
            "error": { "code": self.status.as_u16(), "message": &self.message, "metadata": self.metadata },
            "user_id": null,
        });
        let mut response = (self.status, Extension(Refusal(self.message)), Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
