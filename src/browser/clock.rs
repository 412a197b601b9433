//! The time of day, and one clock signal for all views.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

const TICK: Duration = Duration::from_secs(15);

/// The time of day in Unix seconds, by this machine's clock.
pub fn now() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a time in milliseconds is exact in a double and fits an i64")]
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    seconds
}

#[derive(Clone, Copy)]
struct Clock(ReadSignal<i64>);

/// Starts a clock that ticks until the current owner is disposed.
fn start() -> Clock {
    let (clock, set_clock) = signal(now());
    every(TICK, move || {
        set_clock.try_set(now());
    });
    Clock(clock)
}

/// Runs `work` at this interval until the current owner is disposed.
pub fn every(interval: Duration, work: impl Fn() + 'static) {
    if let Ok(timer) = set_interval_with_handle(work, interval) {
        on_cleanup(move || timer.clear());
    }
}

pub(crate) fn provide_clock() {
    provide_context(start());
}

/// The time of day in Unix seconds, updated every 15 seconds.
pub fn use_clock() -> ReadSignal<i64> {
    use_context::<Clock>().unwrap_or_else(start).0
}
