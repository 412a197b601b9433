//! The time of day, a clock for waits, and one clock signal for all views.

use std::cell::Cell;
use std::time::Duration;

use gloo_timers::future::sleep;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

use crate::domain::SteadyClock;

const TICK: Duration = Duration::from_secs(15);
/// The longest part of a wait that is left to a timer.
const SLICE: Duration = Duration::from_secs(5);

/// The time of day in Unix seconds, by this machine's clock.
pub fn now() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a time in milliseconds is exact in a double and fits an i64")]
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    seconds
}

thread_local! {
    static STEADY: Cell<SteadyClock> = const { Cell::new(SteadyClock::new()) };
}

/// Two clocks in seconds: a monotonic one, which may rest while the machine sleeps, and the time of day.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub monotonic: f64,
    pub of_day: f64,
}

impl Moment {
    pub fn now() -> Self {
        let monotonic = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
        Self { monotonic: monotonic / 1000.0, of_day: js_sys::Date::now() / 1000.0 }
    }

    /// Seconds since `before`, by the clock that says more.
    pub fn since(self, before: Self) -> f64 {
        (self.monotonic - before.monotonic).max(self.of_day - before.of_day)
    }
}

/// Seconds since some moment. They never go back, and the time that the machine slept counts.
pub fn elapsed() -> f64 {
    let now = Moment::now();
    STEADY.with(|steady| {
        let mut clock = steady.get();
        let elapsed = clock.read(now.monotonic, now.of_day);
        steady.set(clock);
        elapsed
    })
}

/// Waits by the clock. A timer alone may rest while the machine sleeps.
pub async fn wait(length: Duration) {
    let end = elapsed() + length.as_secs_f64();
    loop {
        match end - elapsed() {
            left if left > 0.0 => sleep(Duration::from_secs_f64(left).clamp(Duration::from_millis(1), SLICE)).await,
            _ => return,
        }
    }
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
    let owner = StoredValue::new(());
    // A timer that cannot be stopped does nothing more.
    let work = move || {
        if owner.try_get_value().is_some() {
            work();
        }
    };
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
