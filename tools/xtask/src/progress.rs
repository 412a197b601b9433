//! Says what a chore is doing and how long each step took.
//!
//! Invariant: progress goes to stderr, so that stdout carries results alone.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Runs `work` as a named step: announces it, and then prints its outcome and duration.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("▸ {what}");
    let started = Instant::now();
    let result = work();
    let took = seconds(started.elapsed());
    match &result {
        Ok(_) => eprintln!("✓ {what} ({took})"),
        Err(_) => eprintln!("✗ {what} ({took})"),
    }
    result
}

/// A line of advice or state that belongs to no step.
pub fn note(text: &str) {
    eprintln!("  {text}");
}

/// A duration in seconds with one decimal, such as `12.3 s`.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
