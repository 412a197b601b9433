//! Authenticates and authorizes callers.
//!
//! Invariant: no error and no log contains a key.

use axum::http::{HeaderMap, Method, header::AUTHORIZATION};

use crate::{args::AuthMode, error::ApiError};

/// The valid keys, and whether a key is required.
#[derive(Clone)]
pub struct Access {
    /// Whether a key is required.
    pub mode: AuthMode,
    management_key: String,
    plain_key: Option<String>,
}

/// The kind of a caller, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Can make every call.
    Management,
    /// Can only read its own key.
    Plain,
    /// Can make no call.
    Unknown,
}

impl Access {
    /// Creates the rules for these keys.
    pub fn new(mode: AuthMode, management_key: String, plain_key: Option<String>) -> Self {
        Self { mode, management_key, plain_key }
    }

    /// Returns the management key, to be printed at the start.
    pub fn management_key(&self) -> &str {
        &self.management_key
    }

    /// Returns the kind of the caller with these headers.
    pub fn caller(&self, headers: &HeaderMap) -> Caller {
        if self.mode == AuthMode::Proxy {
            return Caller::Management;
        }
        match bearer(headers) {
            Some(key) if key == self.management_key => Caller::Management,
            Some(key) if self.plain_key.as_deref() == Some(key) => Caller::Plain,
            _ => Caller::Unknown,
        }
    }

    /// Returns an error if the caller cannot make this call. Every call needs a management key, except `GET /key`.
    pub fn check(caller: Caller, headers: &HeaderMap, method: &Method, path: &str) -> Result<(), ApiError> {
        match caller {
            Caller::Management => Ok(()),
            Caller::Plain if method == Method::GET && path == "/key" => Ok(()),
            Caller::Plain => Err(ApiError::forbidden("Only management keys can perform this operation")),
            Caller::Unknown if headers.contains_key(AUTHORIZATION) => Err(ApiError::unauthorized("Invalid API key")),
            Caller::Unknown => Err(ApiError::unauthorized("No auth credentials found")),
        }
    }
}

/// Returns the key of a request.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
