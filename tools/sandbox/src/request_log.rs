//! The log of requests, for tests.
//!
//! Invariant: it contains no headers, and therefore no keys.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// A request to the API.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedRequest {
    /// The number in order of arrival, from 1. A reset does not restart it.
    pub seq: u64,
    /// The method, such as `PATCH`.
    pub method: String,
    /// The path with `/api/v1`.
    pub path: String,
    /// The query without the question mark, or an empty text.
    pub query: String,
    /// The status. It is 0 if the connection was closed, and null before the response.
    pub status: Option<u16>,
    /// The message if the API refused the call, also if a fault after the call lost the response. Null for a fault's
    /// own response.
    pub refusal: Option<String>,
    /// The body, if it is JSON.
    pub request_body: Option<Value>,
    /// Whether the caller can make this call.
    pub authorized: bool,
    /// The time of arrival, ISO 8601 in UTC.
    pub at: String,
}

/// The log.
#[derive(Debug, Default)]
pub struct RequestLog {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    last_seq: u64,
    requests: Vec<LoggedRequest>,
}

impl RequestLog {
    /// Adds a request, and returns its number.
    pub fn add(&self, mut request: LoggedRequest) -> u64 {
        let mut state = self.lock();
        state.last_seq += 1;
        request.seq = state.last_seq;
        state.requests.push(request);
        state.last_seq
    }

    /// Sets the status of a request.
    pub fn set_status(&self, seq: u64, status: u16) {
        self.change(seq, |request| request.status = Some(status));
    }

    /// Sets the message of a refused request.
    pub fn set_refusal(&self, seq: u64, message: &str) {
        self.change(seq, |request| request.refusal = Some(message.to_owned()));
    }

    /// Returns all requests, oldest first.
    pub fn all(&self) -> Vec<LoggedRequest> {
        self.lock().requests.clone()
    }

    /// Removes all requests.
    pub fn clear(&self) {
        self.lock().requests.clear();
    }

    fn change(&self, seq: u64, change: impl FnOnce(&mut LoggedRequest)) {
        if let Some(request) = self.lock().requests.iter_mut().rev().find(|request| request.seq == seq) {
            change(request);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
