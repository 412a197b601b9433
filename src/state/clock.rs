//! The time as views show it, which goes on while they are shown.
//!
//! Invariant: it ticks only for as long as a view looks at it.

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

use super::now;

const TICK: Duration = Duration::from_secs(15);

/// The present time in Unix seconds, moved on every 15 seconds until the current view is gone.
pub fn use_clock() -> ReadSignal<i64> {
    let (clock, set_clock) = signal(now());
    let ticking = set_interval_with_handle(
        move || {
            set_clock.try_set(now());
        },
        TICK,
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    clock
}
