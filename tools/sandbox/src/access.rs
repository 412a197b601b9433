//! Who is let in.
//!
//! Invariant: keys are compared and never shown: not in an error, not in the log.

use axum::http::{HeaderMap, Method, header::AUTHORIZATION};

use crate::{args::AuthMode, error::ApiError};

/// The keys that the sandbox knows, and whether it asks for one.
#[derive(Clone)]
pub struct Access {
    /// Whether a key is asked for.
    pub mode: AuthMode,
    management_key: String,
    plain_key: Option<String>,
}

/// What a request may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Everything.
    Management,
    /// Ask who it is.
    Plain,
    /// Nothing.
    Unknown,
}

impl Access {
    /// Lets in who sends one of the keys.
    pub fn new(mode: AuthMode, management_key: String, plain_key: Option<String>) -> Self {
        Self { mode, management_key, plain_key }
    }

    /// The key that may do everything, for the one who started the sandbox.
    pub fn management_key(&self) -> &str {
        &self.management_key
    }

    /// Who sends these headers.
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

    /// Refuses a caller who may not make this call: every call needs a management key, except the
    /// question who one is.
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

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
