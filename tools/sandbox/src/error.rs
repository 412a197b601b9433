//! What a call answers when it fails.
//!
//! Invariant: every failure of the API is its error envelope, and none tells the caller about the
//! database.

use axum::{
    Extension, Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// A failed call: a status, a message for people, and details for programs.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// The status, 400 or above; also `error.code`.
    pub status: StatusCode,
    /// `error.message`.
    pub message: String,
    /// `error.metadata`.
    pub metadata: Option<Value>,
}

/// On an answer, the message of the error that it tells.
#[derive(Clone, Debug)]
pub struct Refusal(pub String);

impl ApiError {
    /// An error with any status.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), metadata: None }
    }

    /// 400: what was sent breaks a rule.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 401: no key, or an unknown one.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// 403: a key that may not do this.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// 404: no such thing.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// 500: the sandbox itself failed. The cause goes to stderr, not to the caller.
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        eprintln!("sandbox: {cause}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")
    }

    /// The same with `error.metadata`.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Value) -> Self {
        self.metadata = Some(metadata);
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
        (self.status, Extension(Refusal(self.message)), Json(body)).into_response()
    }
}
