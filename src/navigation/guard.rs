//! The guard of unsaved changes: while it is up, leaving the view takes an answer from the person.
//!
//! Invariant: while the guard is up, no link, no step in the history and no reload leaves the view unasked.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{BeforeUnloadEvent, Event};

use super::Address;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Departure {
    Link(Address),
    /// To the history entry with this number.
    Entry(i32),
    SignOut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Follow,
    /// The browser is back at the shown entry.
    Returned,
    /// Ask first, and return the browser to the shown entry.
    Ask,
}

impl Step {
    /// Decides about a step from the shown entry to `there`. A panel that opens or closes over the same path leaves
    /// nothing behind.
    pub fn judge(is_guarded: bool, shown: i32, there: i32, is_same_path: bool) -> Self {
        match is_guarded {
            true if there == shown => Self::Returned,
            true if !is_same_path => Self::Ask,
            _ => Self::Follow,
        }
    }
}

/// The guard of the page.
#[derive(Clone, Copy)]
pub struct UnsavedGuard {
    is_up: RwSignal<bool>,
    departure: RwSignal<Option<Departure>>,
    /// Whether the page may be unloaded unasked although the guard is up.
    is_unloading: StoredValue<bool>,
}

impl UnsavedGuard {
    /// Adds the listener for a reload or a closed tab, for as long as the page lives.
    pub fn install() -> Self {
        let guard =
            Self { is_up: RwSignal::new(false), departure: RwSignal::new(None), is_unloading: StoredValue::new(false) };
        let _ = window_event_listener_untyped("beforeunload", move |event| guard.on_unload(&event));
        guard
    }

    /// Raises or lowers the guard.
    pub fn set(&self, is_up: bool) {
        if self.is_up.get_untracked() != is_up {
            self.is_up.set(is_up);
        }
    }

    /// Whether the guard is up, tracked.
    pub fn is_up(&self) -> bool {
        self.is_up.get()
    }

    /// Whether the guard is up, untracked.
    pub(crate) fn stops(self) -> bool {
        self.is_up.get_untracked()
    }

    /// Whether the person is being asked.
    pub fn is_asking(self) -> Signal<bool> {
        Signal::derive(move || self.departure.with(Option::is_some))
    }

    pub(super) fn ask(self, departure: Departure) {
        self.departure.set(Some(departure));
    }

    /// Asks before a sign-out if the guard is up. Returns whether it does.
    pub(crate) fn asks_before_sign_out(self) -> bool {
        let is_asking = self.stops();
        if is_asking {
            self.ask(Departure::SignOut);
        }
        is_asking
    }

    /// Whether the person is being asked before a sign-out, tracked.
    pub(crate) fn is_signing_out(self) -> bool {
        self.departure.with(|departure| *departure == Some(Departure::SignOut))
    }

    /// Lets the page be unloaded without a question. The guard stays up, so that drafts stay too.
    pub(crate) fn allow_unload(self) {
        self.is_unloading.set_value(true);
    }

    /// Stays in the view.
    pub fn stay(&self) {
        self.departure.set(None);
    }

    /// Lowers the guard. Returns where the person was about to go.
    pub(super) fn release(self) -> Option<Departure> {
        let departure = self.departure.try_update(Option::take).flatten()?;
        self.set(false);
        Some(departure)
    }

    fn on_unload(self, event: &Event) {
        if self.stops()
            && !self.is_unloading.get_value()
            && let Some(event) = event.dyn_ref::<BeforeUnloadEvent>()
        {
            event.prevent_default();
            event.set_return_value("unsaved");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn only_a_step_to_another_path_is_asked_about_and_only_while_the_guard_is_up() {
        assert_eq!(Step::judge(true, 3, 2, false), Step::Ask);
        assert_eq!(Step::judge(true, 3, 5, false), Step::Ask);
        assert_eq!(Step::judge(true, 3, 2, true), Step::Follow);
        assert_eq!(Step::judge(true, 3, 3, false), Step::Returned);
        assert_eq!(Step::judge(false, 3, 2, false), Step::Follow);
        assert_eq!(Step::judge(false, 3, 3, false), Step::Follow);
    }
}
