//! Goes on by itself after the person has signed in again at a proxy in front of this page.
//!
//! A request without a sign-in makes some proxies begin one, which then takes the place of the one that the person is just
//! making in another tab or window. So this page asks only when it is used again, when another tab has reached the API, and
//! from time to time.
//!
//! Invariant: nothing is asked while the page is hidden, except after a message of another tab.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{KeyHolder, Session, SessionState, SignInProblem, state, wipe};
use crate::browser::every;

/// The interval between two questions at first, while this page has the focus.
const INTERVAL: Duration = Duration::from_secs(4);
/// After this many intervals, or without the focus, the page asks only every [`RARELY`] intervals: some browsers ask the
/// person for a password each time.
const OFTEN: u32 = 15;
const RARELY: u32 = 8;

/// Asks whenever that can help, for as long as the page lives.
pub(super) fn watch(session: Session) {
    let on_return = move |_: web_sys::Event| {
        if !document().hidden() {
            session.probe();
        }
    };
    for event in ["focus", "visibilitychange"] {
        let _ = window_event_listener_untyped(event, on_return);
    }
    let ticks = StoredValue::new(0u32);
    every(INTERVAL, move || {
        let is_waiting = session.state.with_untracked(SessionState::waits_for_proxy);
        ticks.update_value(|ticks| *ticks = if is_waiting { ticks.wrapping_add(1) } else { 0 });
        let ticks = ticks.get_value();
        let has_focus = document().has_focus().unwrap_or(true);
        // The first tick comes too soon after the answer of the proxy.
        let is_due = ticks > 1 && (has_focus && ticks <= OFTEN || ticks.is_multiple_of(RARELY));
        if is_due && !document().hidden() {
            session.probe();
        }
    });
}

impl Session {
    /// Asks the API once who is signed in, while the sign-in at the proxy has ended. Goes on if the API itself answers.
    pub(crate) fn probe(self) {
        let before = self.state.get_untracked();
        if !before.waits_for_proxy() || self.is_probing.get_value() {
            return;
        }
        self.is_probing.set_value(true);
        let slot = self.slot.get_value();
        let holder = if slot.is_filled() { KeyHolder::Page } else { KeyHolder::Proxy };
        spawn_local(async move {
            let answer = self.check_key(holder, slot.clone()).await;
            self.is_probing.set_value(false);
            if self.state.with_untracked(|state| *state != before) {
                // The session has changed since.
                return;
            }
            let problem = match answer {
                Ok(key) => return self.accept(holder, key),
                Err(problem) => problem,
            };
            self.tell_proxy_sign_in(&problem);
            match (problem, &before) {
                // The proxy still answers, or no one does.
                (SignInProblem::ProxySignedOut | SignInProblem::Unsigned | SignInProblem::Failed(_), _) => {}
                // The proxy lets this page through, and the API does not accept the key.
                (_, SessionState::ProxySignInEnded(identity)) => {
                    wipe(&slot);
                    self.state.set(SessionState::KeyExpired(identity.clone()));
                }
                (problem, _) => {
                    wipe(&slot);
                    let problem = state::problem_at_start(holder, self.last_holder.get_value(), false, problem);
                    self.state.set(SessionState::SignedOut(problem));
                }
            }
        });
    }
}
