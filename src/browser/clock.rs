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
    let tick = move || {
        set_clock.try_set(now());
    };
    if let Ok(ticking) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || ticking.clear());
    }
    Clock(clock)
}

pub(crate) fn provide_clock() {
    provide_context(start());
}

/// The time of day in Unix seconds, updated every 15 seconds.
pub fn use_clock() -> ReadSignal<i64> {
    use_context::<Clock>().unwrap_or_else(start).0
}
