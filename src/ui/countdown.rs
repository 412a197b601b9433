//! Counting down seconds.

use crate::browser::{elapsed, every};
use leptos::prelude::*;
use std::time::Duration;

/// Returns the seconds left of `seconds` from now on. It counts by the clock, so it is right also after the browser has
/// suspended the tab, and it never counts up.
pub fn use_countdown(seconds: u64) -> Signal<u64> {
    let left = RwSignal::new(seconds);
    if seconds > 0 {
        #[expect(clippy::cast_precision_loss, reason = "a wait of some seconds")]
        let end = elapsed() + seconds as f64;
        every(Duration::from_secs(1), move || {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates at 0")]
            let seconds = (end - elapsed()).round() as u64;
            left.set(seconds);
        });
    }
    left.into()
}
