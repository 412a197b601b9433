//! Reading again, without a word, what failed because no answer came.

use std::time::Duration;

use leptos::prelude::*;

use super::Cache;
use super::table::Table;
use crate::browser::{elapsed, every};

/// How often the page looks whether something is due.
const TICK: Duration = Duration::from_secs(5);
/// The longest wait between two attempts, in seconds.
const MOST: f64 = 60.0;

/// When to try again: after 5 seconds, then after twice as long as the last time.
#[derive(Debug, Clone, Copy, Default)]
struct Backoff {
    wait: f64,
    due: f64,
}

impl Backoff {
    /// Whether to try now. Times are in seconds.
    fn is_due(&mut self, has_failed: bool, now: f64) -> bool {
        if !has_failed {
            *self = Self::default();
            return false;
        }
        let is_first = self.wait == 0.0;
        if !is_first && now < self.due {
            return false;
        }
        self.wait = if is_first { TICK.as_secs_f64() } else { (self.wait * 2.0).min(MOST) };
        self.due = now + self.wait;
        !is_first
    }
}

impl Cache {
    /// Reads again what got no answer: when the browser is online again, and after a while, while the current owner lives.
    pub fn recover(self) {
        let on_return = window_event_listener_untyped("online", move |_| self.retry_unanswered());
        on_cleanup(move || on_return.remove());
        let backoff = StoredValue::new(Backoff::default());
        every(TICK, move || {
            let has_failed = self.any(Table::has_unanswered);
            let is_due = backoff.try_update_value(|backoff| backoff.is_due(has_failed, elapsed()));
            if is_due == Some(true) && window().navigator().on_line() && !document().hidden() {
                self.retry_unanswered();
            }
        });
    }

    fn retry_unanswered(self) {
        self.each(Table::retry_unanswered);
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;

    #[test]
    fn attempts_become_rarer_and_begin_anew_after_an_answer() {
        let mut backoff = Backoff::default();
        let mut due = |from: u32, to: u32| {
            (from..to).filter(|at| backoff.is_due(true, f64::from(at * 5))).map(|at| at * 5).collect::<Vec<_>>()
        };
        assert_eq!(due(0, 60), [5, 15, 35, 75, 135, 195, 255]);
        assert!(!backoff.is_due(false, 300.0));
        assert!(!backoff.is_due(true, 305.0) && backoff.is_due(true, 310.0));
    }
}
