//! Prints the steps of a chore and their durations.
//!
//! Invariant: progress goes to stderr, so stdout only contains results.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Runs `work` as a named step, and prints its outcome and duration.
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

/// Prints a line outside of any step.
pub fn note(text: &str) {
    eprintln!("  {text}");
}

/// Formats a duration in seconds with one decimal, such as `12.3 s`.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
