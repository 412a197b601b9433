//! The idle limit: after some minutes without activity the key and everything shown are gone.
//!
//! Invariant: each tab judges only itself, by the last activity in any tab. What was typed stays as a draft of its tab,
//! and a job that is sending counts as activity.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use leptos::prelude::*;

use super::events::SessionEvent;
use super::tabs::TabMessage;
use super::{Session, kept, use_session};
use crate::browser::storage::Storage;
use crate::browser::{Moment, every, setting};

/// Minutes, unless the page sets another limit.
const DEFAULT_MINUTES: u32 = 30;
/// Seconds before the limit at which the person is asked.
const WARNING: f64 = 60.0;
/// The interval between two looks at the clock, and between two writes of the shared time.
const TICK: Duration = Duration::from_secs(5);
/// The events that count as activity.
const SIGNS: [&str; 4] = ["pointerdown", "pointermove", "keydown", "wheel"];
/// The name in this browser's storage of the last activity in any tab, in Unix milliseconds.
const SHARED: &str = "workspace-console.active";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Idleness {
    Active,
    /// The person is asked.
    Ending,
    Over,
}

impl Idleness {
    fn judge(idle: f64, limit: f64) -> Self {
        if idle >= limit {
            Self::Over
        } else if idle >= limit - WARNING.min(limit / 2.0) {
            Self::Ending
        } else {
            Self::Active
        }
    }
}

/// The last activity that this tab knows of, its own or another tab's.
#[derive(Debug, Clone, Copy)]
struct LastActivity {
    at: Moment,
    /// The shared time that was read last, in seconds.
    shared: Option<f64>,
}

impl LastActivity {
    /// Takes over the shared time if it is new and later. A time in the future says nothing: a clock was set back.
    fn update(&mut self, now: Moment, shared: Option<f64>) {
        let is_new = shared != self.shared;
        self.shared = shared;
        let age = shared.map(|at| now.of_day - at).filter(|age| is_new && (0.0..now.since(self.at)).contains(age));
        if let Some(age) = age {
            self.at = Moment { monotonic: now.monotonic - age, of_day: now.of_day - age };
        }
    }
}

/// The number of attempts of this page to write.
#[derive(Clone)]
pub(super) struct Writes(pub Arc<AtomicU32>);

#[derive(Clone, Copy)]
pub struct IdleWatch {
    /// Whether the limit is less than a minute away. Then only [`Self::stay`] counts as activity, so that a press is
    /// never meant for what is below the question.
    pub is_ending: RwSignal<bool>,
    /// The limit in minutes. 0 is no limit.
    pub minutes: u32,
    last: StoredValue<LastActivity>,
    shared_at: StoredValue<Moment>,
    session: Session,
}

impl IdleWatch {
    pub fn start() -> Self {
        let now = Moment::now();
        let watch = Self {
            is_ending: RwSignal::new(false),
            minutes: minutes(),
            last: StoredValue::new(LastActivity { at: now, shared: None }),
            shared_at: StoredValue::new(now),
            session: use_session(),
        };
        if watch.minutes > 0 {
            watch.listen();
            watch.tick();
        }
        watch
    }

    fn listen(self) {
        let on_activity = move |_: web_sys::Event| {
            if !self.is_ending.get_untracked() {
                self.stay();
            }
        };
        let on_return = move |_| {
            self.judge();
        };
        let signs = SIGNS.iter().map(|sign| window_event_listener_untyped(sign, on_activity));
        for listener in signs.chain([window_event_listener_untyped("visibilitychange", on_return)]) {
            on_cleanup(move || listener.remove());
        }
    }

    fn tick(self) {
        let Writes(writes) = expect_context();
        let written = StoredValue::new(0);
        // Without a timer, each sign of activity still looks at the clock first.
        every(TICK, move || {
            let now = writes.load(Ordering::Relaxed);
            if written.get_value() != now {
                written.set_value(now);
                self.stay();
            }
            self.judge();
        });
    }

    /// Counts as activity, unless the limit has been reached before.
    pub fn stay(self) {
        let now = Moment::now();
        // Shortly after an activity there is nothing to judge, and the pointer moves many times a second.
        let is_recent = self.last.with_value(|last| now.since(last.at)) < TICK.as_secs_f64();
        if !is_recent && self.judge() == Idleness::Over {
            return;
        }
        self.last.update_value(|last| last.at = now);
        if self.is_ending.get_untracked() {
            self.is_ending.set(false);
        }
        if now.since(self.shared_at.get_value()) >= TICK.as_secs_f64() {
            self.shared_at.set_value(now);
            share_activity();
        }
    }

    /// Looks at the clock, asks or ends the session.
    fn judge(self) -> Idleness {
        if self.session.has_missed_sign_out() {
            self.session.handle(SessionEvent::Tab(TabMessage::SignedOut));
            return Idleness::Over;
        }
        let now = Moment::now();
        let idle = self.last.try_update_value(|last| {
            last.update(now, shared_activity());
            let idle = now.since(last.at);
            // By the clock of now, which may have been set since.
            kept::set_active(now.of_day - idle);
            idle
        });
        let idleness = Idleness::judge(idle.unwrap_or(0.0), f64::from(self.minutes) * 60.0);
        if idleness == Idleness::Over {
            self.session.handle(SessionEvent::IdleLimitReached);
        } else if (idleness == Idleness::Ending) != self.is_ending.get_untracked() {
            self.is_ending.set(idleness == Idleness::Ending);
        }
        idleness
    }
}

/// The limit of `<meta name="idle-minutes">`.
pub(crate) fn minutes() -> u32 {
    setting("idle-minutes").and_then(|minutes| minutes.trim().parse().ok()).unwrap_or(DEFAULT_MINUTES)
}

/// The limit in seconds; 0 if there is none.
pub(super) fn limit() -> f64 {
    f64::from(minutes()) * 60.0
}

/// The time of day in Unix seconds, as exact as the browser tells it.
pub(super) fn time_of_day() -> f64 {
    Moment::now().of_day
}

/// Tells the other tabs of an activity.
pub(super) fn share_activity() {
    // Without storage each tab knows only its own activity.
    Storage::Browser.write_time(SHARED, time_of_day());
}

/// The last activity that a tab has shared, in Unix seconds.
pub(super) fn shared_activity() -> Option<f64> {
    Storage::Browser.read_time(SHARED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_comes_a_minute_before_the_limit_and_half_way_to_a_short_one() {
        for (idle, limit, expected) in [
            (0.0, 1800.0, Idleness::Active),
            (1739.0, 1800.0, Idleness::Active),
            (1740.0, 1800.0, Idleness::Ending),
            (1800.0, 1800.0, Idleness::Over),
            (29.0, 60.0, Idleness::Active),
            (30.0, 60.0, Idleness::Ending),
            (60.0, 60.0, Idleness::Over),
        ] {
            assert_eq!(Idleness::judge(idle, limit), expected, "{idle} of {limit}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_or_a_machine_that_slept_does_not_prolong_it() {
        let before = Moment { monotonic: 100.0, of_day: 1_000_000.0 };
        assert!((Moment { monotonic: 130.0, of_day: 913_600.0 }.since(before) - 30.0).abs() < 1e-9);
        assert!((Moment { monotonic: 101.0, of_day: 1_003_600.0 }.since(before) - 3_600.0).abs() < 1e-9);
    }

    fn at(seconds: f64) -> Moment {
        Moment { monotonic: seconds, of_day: 1_000_000.0 + seconds }
    }

    #[test]
    fn a_tab_that_wakes_after_the_limit_judges_by_the_last_activity_in_any_tab() {
        let woken = at(1_860.0);
        let asleep = LastActivity { at: at(0.0), shared: Some(1_000_000.0) };
        let idleness = |shared| {
            let mut last = asleep;
            last.update(woken, shared);
            Idleness::judge(woken.since(last.at), 1_800.0)
        };
        assert_eq!(idleness(Some(1_001_850.0)), Idleness::Active);
        assert_eq!(idleness(Some(1_000_000.0)), Idleness::Over);
        assert_eq!(idleness(None), Idleness::Over);
    }

    #[test]
    fn a_shared_time_counts_once_and_never_from_the_future() {
        let mut last = LastActivity { at: at(0.0), shared: None };
        last.update(at(100.0), Some(1_000_090.0));
        assert!((at(100.0).since(last.at) - 10.0).abs() < 1e-9);
        // The clock was set back: the same time would look more recent than it is.
        let set_back = Moment { monotonic: 200.0, of_day: 1_000_095.0 };
        last.update(set_back, Some(1_000_090.0));
        assert!((set_back.since(last.at) - 110.0).abs() < 1e-9);
        last.update(set_back, Some(1_009_999.0));
        assert!((set_back.since(last.at) - 110.0).abs() < 1e-9);
    }
}
