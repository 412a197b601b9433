//! Faults on demand, and the requests that they affect.
//!
//! Invariant: only the first matching fault in the queue counts for a request. It affects the request, or skips it.

pub mod answer;
pub mod control;

use std::sync::{Mutex, MutexGuard, PoisonError};

use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A fault for matching requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The method, or null for any.
    #[serde(default)]
    pub method: Option<String>,
    /// Part of the path and query, or a regular expression. Both can include or omit `/api/v1`.
    pub path: String,
    /// The number of matching requests to skip.
    #[serde(default)]
    pub skip: u32,
    /// The number of matching requests to affect.
    #[serde(default = "once")]
    pub times: u32,
    /// Whether the fault comes before or after a write.
    #[serde(default)]
    pub when: When,
    /// Milliseconds to wait before the response.
    #[serde(default)]
    pub delay_ms: u64,
    /// The response.
    pub answer: FaultAnswer,
}

fn once() -> u32 {
    1
}

/// Whether a fault comes before or after the call is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// The call is not applied, unless the answer is `pass`.
    #[default]
    Before,
    /// The call is applied, and its response is lost.
    After,
}

/// The response of a fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum FaultAnswer {
    /// A status with a body.
    Status(StatusAnswer),
    /// No response: the connection is closed.
    Close,
    /// The head of a response and half of its body. Then the connection is closed.
    Truncate,
    /// The true response.
    Pass,
}

/// A response with a status.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StatusAnswer {
    /// The status.
    pub status: u16,
    /// The envelope's message. If null, it follows from the status.
    #[serde(default)]
    pub message: Option<String>,
    /// Whether the body is the API's error envelope. Otherwise it is `body`, or empty.
    #[serde(default = "yes")]
    pub envelope: bool,
    /// The value of `Retry-After`.
    #[serde(default)]
    pub retry_after: Option<Value>,
    /// A body instead of the envelope.
    #[serde(default)]
    pub body: Option<String>,
    /// The content type of that body.
    #[serde(default)]
    pub content_type: Option<String>,
    /// The request ID, or null for a usual one.
    #[serde(default)]
    pub request_id: Option<String>,
    /// The envelope's metadata.
    #[serde(default)]
    pub metadata: Option<Map<String, Value>>,
}

fn yes() -> bool {
    true
}

impl Fault {
    fn matches(&self, method: &str, path_and_query: &str) -> bool {
        let below = path_and_query.strip_prefix("/api/v1").unwrap_or(path_and_query);
        let is_method = self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        // A path can be part of the URL without being a regular expression.
        is_method
            && (path_and_query.contains(&self.path)
                || Regex::new(&self.path).is_ok_and(|regex| regex.is_match(below) || regex.is_match(path_and_query)))
    }
}

/// The pending faults, oldest first.
#[derive(Debug, Default)]
pub struct FaultQueue {
    faults: Mutex<Vec<Fault>>,
}

impl FaultQueue {
    /// Adds a fault.
    pub fn push(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// Returns the fault for this request, if there is one.
    pub fn take(&self, method: &str, path_and_query: &str) -> Option<Fault> {
        let mut faults = self.lock();
        let fault = faults.iter_mut().find(|fault| fault.times > 0 && fault.matches(method, path_and_query))?;
        if fault.skip > 0 {
            fault.skip -= 1;
            return None;
        }
        fault.times -= 1;
        let hit = fault.clone();
        faults.retain(|fault| fault.times > 0);
        Some(hit)
    }

    /// Returns the pending faults.
    pub fn all(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// Removes all faults.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn queue(faults: &[Value]) -> FaultQueue {
        let queue = FaultQueue::default();
        for fault in faults {
            queue.push(serde_json::from_value(fault.clone()).unwrap());
        }
        queue
    }

    fn hits(queue: &FaultQueue, method: &str, path: &str) -> bool {
        queue.take(method, path).is_some()
    }

    #[test]
    fn a_fault_skips_some_affects_some_and_is_removed() {
        let queue = queue(&[json!({ "path": "/workspaces", "skip": 1, "times": 2, "answer": { "kind": "close" } })]);
        let path = "/api/v1/workspaces?offset=0";
        let seen: Vec<bool> = (0..4).map(|_| hits(&queue, "GET", path)).collect();
        assert_eq!(seen, [false, true, true, false]);
        assert!(queue.all().is_empty());
    }

    #[test]
    fn a_path_is_a_part_or_a_regular_expression() {
        for (pattern, is_hit) in [
            ("/workspaces?offset=100", true),
            ("^/workspaces\\?offset=\\d+", true),
            ("/api/v1/workspaces", true),
            ("^/workspaces$", false),
            ("/workspaces/[a-z]+", false),
            ("(", false),
        ] {
            let queue = queue(&[json!({ "path": pattern, "answer": { "kind": "pass" } })]);
            assert_eq!(hits(&queue, "GET", "/api/v1/workspaces?offset=100"), is_hit, "{pattern}");
        }
    }

    #[test]
    fn another_method_is_not_affected() {
        let queue = queue(&[json!({ "method": "PATCH", "path": "/w", "answer": { "kind": "pass" } })]);
        assert!(!hits(&queue, "GET", "/api/v1/w"));
        assert!(hits(&queue, "PATCH", "/api/v1/w"));
    }
}
