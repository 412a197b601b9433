//! What the API was asked, for tests to read.
//!
//! Invariant: no header gets in here, and so no key.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// A request to the API.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedRequest {
    /// In the order of arrival, from 1; goes on over a reset.
    pub seq: u64,
    /// Such as `PATCH`.
    pub method: String,
    /// With `/api/v1`.
    pub path: String,
    /// Without the question mark; empty if there is none.
    pub query: String,
    /// 0 if the connection was closed; null while there is no answer.
    pub status: Option<u16>,
    /// Why the API refused the call, where it did; null for a fault's answer. A fault that comes after the call loses
    /// only what the caller hears.
    pub refusal: Option<String>,
    /// The body if it was JSON.
    pub request_body: Option<Value>,
    /// Whether the caller may make this call.
    pub authorized: bool,
    /// ISO 8601, UTC, when it arrived.
    pub at: String,
}

/// The requests so far.
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
    /// Notes a request and answers its number.
    pub fn add(&self, mut request: LoggedRequest) -> u64 {
        let mut state = self.lock();
        state.last_seq += 1;
        request.seq = state.last_seq;
        state.requests.push(request);
        state.last_seq
    }

    /// Notes how a request was answered.
    pub fn set_status(&self, seq: u64, status: u16) {
        self.change(seq, |request| request.status = Some(status));
    }

    /// Notes why the API refused a request.
    pub fn set_refusal(&self, seq: u64, message: &str) {
        self.change(seq, |request| request.refusal = Some(message.to_owned()));
    }

    /// All requests, oldest first.
    pub fn all(&self) -> Vec<LoggedRequest> {
        self.lock().requests.clone()
    }

    /// Forgets them.
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
