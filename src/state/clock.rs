//! The clock of the page: one signal that every view of the time follows.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

use super::now;

const TICK: Duration = Duration::from_secs(15);

/// The current time in Unix seconds, as views share it by context.
#[derive(Clone, Copy)]
pub struct Clock(pub ReadSignal<i64>);

/// The current time in Unix seconds, updated every 15 seconds.
///
/// The first caller starts the clock for everything below its owner; that is the start of the page.
pub fn use_clock() -> ReadSignal<i64> {
    if let Some(Clock(time)) = use_context() {
        return time;
    }
    let (time, set_time) = signal(now());
    let timer = set_interval_with_handle(
        move || {
            set_time.try_set(now());
        },
        TICK,
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    provide_context(Clock(time));
    time
}
