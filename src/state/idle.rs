//! The idle limit: where nobody did anything for too long, the key and everything shown go, in every tab.
//!
//! Invariant: what was typed stays, as a draft of its tab; a job that is sending is not idle. The page is loaded anew, so
//! that nothing of before is left in its memory. Watching begins with the pages that come later (`app::later`).

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

use super::UnsavedGuard;
use super::drafts::storage;
use super::session::{KeyHolder, Session, use_session};
use super::tabs::{Tabs, Word};
use crate::browser::setting;

/// Minutes, where the page does not say.
const USUAL: u32 = 30;
/// Seconds before the limit at which somebody who may be there is asked.
const WARNING: f64 = 60.0;
/// How often it is looked at, and how often others are told.
const TICK: Duration = Duration::from_secs(5);
/// What somebody does who is there.
const SIGNS: [&str; 4] = ["pointerdown", "pointermove", "keydown", "wheel"];
/// Stands in the tab's storage, with who held the key, once the limit was reached.
const MARK: &str = "workspace-console.idle";

/// How long it is since anybody did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Active,
    /// The limit is near.
    Nearly,
    Over,
}

/// Two clocks in seconds: one that only goes forward but may rest while the machine sleeps, and the time of day.
#[derive(Debug, Clone, Copy)]
struct Moment {
    steady: f64,
    of_day: f64,
}

impl Moment {
    fn now() -> Self {
        let steady = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
        Self { steady: steady / 1000.0, of_day: js_sys::Date::now() / 1000.0 }
    }

    /// Seconds since `before`, by whichever clock says more.
    fn since(self, before: Self) -> f64 {
        (self.steady - before.steady).max(self.of_day - before.of_day)
    }
}

fn standing(idle: f64, limit: f64) -> Standing {
    if idle >= limit {
        Standing::Over
    } else if idle >= limit - WARNING.min(limit / 2.0) {
        Standing::Nearly
    } else {
        Standing::Active
    }
}

/// How many attempts to change something this page has made.
#[derive(Clone)]
pub(super) struct Writes(pub Arc<AtomicU32>);

/// The watch over it.
#[derive(Clone, Copy)]
pub struct Idle {
    /// Whether the person should be asked now whether they are there. Then the answer alone counts as a sign of them, so
    /// that nobody's press goes through to what is below the question.
    pub is_near: RwSignal<bool>,
    /// The limit in minutes; 0 is none.
    pub minutes: u32,
    last: StoredValue<Moment>,
    told: StoredValue<Moment>,
    tabs: Tabs,
    session: StoredValue<Session>,
    guard: UnsavedGuard,
}

impl Idle {
    /// Watches until the current view is gone, by the limit of `<meta name="idle-minutes">`.
    pub fn watch() -> Self {
        let minutes = setting("idle-minutes").and_then(|minutes| minutes.trim().parse().ok()).unwrap_or(USUAL);
        let idle = Self {
            is_near: RwSignal::new(false),
            minutes,
            last: StoredValue::new(Moment::now()),
            told: StoredValue::new(Moment::now()),
            tabs: expect_context(),
            session: StoredValue::new(use_session()),
            guard: expect_context(),
        };
        if minutes > 0 {
            idle.tabs.listen(move |word| match word {
                Word::Active => {
                    idle.last.try_set_value(Moment::now());
                }
                Word::Idle if !idle.is_near.is_disposed() => idle.end(),
                _ => {}
            });
            idle.listen();
            idle.tick();
        }
        idle
    }

    fn listen(self) {
        let act = move |_: web_sys::Event| {
            if !self.is_near.get_untracked() {
                self.stay();
            }
        };
        let look = move |_: web_sys::Event| {
            self.look();
        };
        let mut listening: Vec<_> = SIGNS.iter().map(|sign| window_event_listener_untyped(sign, act)).collect();
        listening.push(window_event_listener_untyped("visibilitychange", look));
        let listening = StoredValue::new_local(listening);
        on_cleanup(move || {
            listening.update_value(|listening| listening.drain(..).for_each(WindowListenerHandle::remove));
        });
    }

    /// Looks now and then, and takes a job that is sending for a sign as well.
    fn tick(self) {
        let Writes(writes) = expect_context();
        let written = StoredValue::new(0);
        let look = move || {
            let now = writes.load(Ordering::Relaxed);
            if written.get_value() != now {
                written.set_value(now);
                self.stay();
            }
            self.look();
        };
        // Without a timer there is still the look at each sign of somebody.
        if let Ok(ticking) = set_interval_with_handle(look, TICK) {
            on_cleanup(move || ticking.clear());
        }
    }

    /// Somebody is there, unless it is found first that nobody was for too long.
    pub fn stay(self) {
        if self.look() == Standing::Over {
            return;
        }
        let now = Moment::now();
        self.last.set_value(now);
        if self.is_near.get_untracked() {
            self.is_near.set(false);
        }
        if now.since(self.told.get_value()) >= TICK.as_secs_f64() {
            self.told.set_value(now);
            self.tabs.say(Word::Active);
        }
    }

    fn look(self) -> Standing {
        let standing = standing(Moment::now().since(self.last.get_value()), f64::from(self.minutes) * 60.0);
        if standing == Standing::Over {
            self.tabs.say(Word::Idle);
            self.end();
        } else if (standing == Standing::Nearly) != self.is_near.get_untracked() {
            self.is_near.set(standing == Standing::Nearly);
        }
        standing
    }

    fn end(self) {
        let Some(holder) = self.session.with_value(Session::holder) else { return };
        if let Some(storage) = storage() {
            let _ = storage.set_item(MARK, if holder == KeyHolder::Proxy { "proxy" } else { "page" });
        }
        self.guard.set(false);
        self.session.with_value(Session::forget_key);
        if let Some(window) = web_sys::window() {
            // Where the page cannot be loaded, the browser says so, which shows nothing either.
            let _ = window.location().reload();
        }
    }
}

/// Who held the key when this tab reached the limit, where it did and nobody has come back since.
pub fn ended() -> Option<KeyHolder> {
    let mark = storage()?.get_item(MARK).ok()??;
    Some(if mark == "proxy" { KeyHolder::Proxy } else { KeyHolder::Page })
}

/// Somebody is back.
pub(super) fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(MARK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_comes_a_minute_before_the_limit_and_half_way_to_a_short_one() {
        for (idle, limit, expected) in [
            (0.0, 1800.0, Standing::Active),
            (1739.0, 1800.0, Standing::Active),
            (1740.0, 1800.0, Standing::Nearly),
            (1800.0, 1800.0, Standing::Over),
            (29.0, 60.0, Standing::Active),
            (30.0, 60.0, Standing::Nearly),
            (60.0, 60.0, Standing::Over),
        ] {
            assert_eq!(standing(idle, limit), expected, "{idle} of {limit}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_or_a_machine_that_slept_does_not_prolong_it() {
        let before = Moment { steady: 100.0, of_day: 1_000_000.0 };
        assert!((Moment { steady: 130.0, of_day: 913_600.0 }.since(before) - 30.0).abs() < 1e-9);
        assert!((Moment { steady: 101.0, of_day: 1_003_600.0 }.since(before) - 3_600.0).abs() < 1e-9);
    }
}
