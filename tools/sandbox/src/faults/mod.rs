//! Faults on demand: which requests they hit.
//!
//! Invariant: the first fault in the queue that a request matches decides about it: it hits, or it
//! lets the request pass and counts it.

pub mod answer;
pub mod control;

use std::sync::{Mutex, MutexGuard, PoisonError};

use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What happens to the requests that match.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Any method if null.
    #[serde(default)]
    pub method: Option<String>,
    /// Part of the path with its query, or a regular expression that is found in it; with
    /// `/api/v1` or without.
    pub path: String,
    /// Matching requests that pass first.
    #[serde(default)]
    pub skip: u32,
    /// Matching requests that are hit.
    #[serde(default = "once")]
    pub times: u32,
    /// Whether a write is applied before the fault.
    #[serde(default)]
    pub when: When,
    /// Milliseconds to wait before the answer.
    #[serde(default)]
    pub delay_ms: u64,
    /// The answer.
    pub answer: FaultAnswer,
}

fn once() -> u32 {
    1
}

/// Whether a fault comes before or after the call is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// The call is not carried out, unless the answer is `pass`.
    #[default]
    Before,
    /// The call is carried out, and its answer lost.
    After,
}

/// What is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum FaultAnswer {
    /// A status with a body.
    Status(StatusAnswer),
    /// Nothing: the connection is closed.
    Close,
    /// The head of an answer and half of its body; then the connection is closed.
    Truncate,
    /// The true answer.
    Pass,
}

/// An answer with a status.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StatusAnswer {
    /// The status.
    pub status: u16,
    /// The envelope's message; told from the status if null.
    #[serde(default)]
    pub message: Option<String>,
    /// Whether the body is the API's error envelope; otherwise it is `body`, or empty.
    #[serde(default = "yes")]
    pub envelope: bool,
    /// The header's value.
    #[serde(default)]
    pub retry_after: Option<Value>,
    /// A body in place of the envelope.
    #[serde(default)]
    pub body: Option<String>,
    /// The type of that body.
    #[serde(default)]
    pub content_type: Option<String>,
    /// The request id's header; one like all others if null.
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
        // A pattern that is no regular expression can still be a part of the path.
        is_method
            && (path_and_query.contains(&self.path)
                || Regex::new(&self.path).is_ok_and(|regex| regex.is_match(below) || regex.is_match(path_and_query)))
    }
}

/// The faults that are set, in the order in which they were.
#[derive(Debug, Default)]
pub struct FaultQueue {
    faults: Mutex<Vec<Fault>>,
}

impl FaultQueue {
    /// Sets a fault behind the others.
    pub fn push(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// What hits this request, if anything does.
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

    /// What is still to come.
    pub fn all(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// Takes all faults back.
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
    fn a_fault_lets_some_pass_hits_some_and_is_gone() {
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
    fn another_method_is_not_hit() {
        let queue = queue(&[json!({ "method": "PATCH", "path": "/w", "answer": { "kind": "pass" } })]);
        assert!(!hits(&queue, "GET", "/api/v1/w"));
        assert!(hits(&queue, "PATCH", "/api/v1/w"));
    }
}
