//! The key that the person chose to keep for this tab: how long it may be used, and what a sign-out means for it.
//!
//! Browsers write session storage to disk, and restore it with a tab that is reopened or duplicated. They also restore
//! pages that have missed a message of another tab. So two times are kept beside the key, and the time of the last
//! sign-out is where all tabs find it.
//!
//! Invariant: a key is restored only if no one has signed out since it was kept, and the person was active within the
//! idle limit.

use crate::api::credential::CredentialSlot;
use crate::browser::storage::Storage;

/// The name in this tab's storage of when the key was kept.
const SINCE: &str = "workspace-console.key-since";
/// The name in this tab's storage of when the person was last active while the key was kept.
const ACTIVE: &str = "workspace-console.key-active";
/// The name in this browser's storage of the last sign-out in any tab.
const SIGNED_OUT: &str = "workspace-console.signed-out";
/// Seconds by which a clock may be set back between two loads of a page.
const CLOCK_TOLERANCE: f64 = 60.0;

/// Whether a kept key may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptKey {
    Usable,
    /// Someone has signed out since the key was kept, or that cannot be excluded.
    SignedOut,
    /// The idle limit has passed.
    Idle,
}

/// The times that decide about a kept key, in Unix seconds.
#[derive(Debug, Clone, Copy)]
struct Times {
    now: f64,
    since: Option<f64>,
    active: Option<f64>,
    signed_out: Option<f64>,
    /// The last activity in any tab.
    shared: Option<f64>,
}

impl KeptKey {
    /// Decides about a key by its times and the idle limit in seconds. A limit of 0 is none.
    fn judge(times: Times, limit: f64) -> Self {
        // A sign-in writes all three. If the shared one is missing, a sign-out may have been removed with it.
        let (Some(since), Some(active), Some(_)) = (times.since, times.active, times.shared) else {
            return Self::SignedOut;
        };
        if times.signed_out.is_some_and(|signed_out| since <= signed_out) {
            return Self::SignedOut;
        }
        let idle = times.now - active;
        if limit > 0.0 && !(-CLOCK_TOLERANCE..limit).contains(&idle) { Self::Idle } else { Self::Usable }
    }

    /// Decides about the key of this tab.
    pub fn of_tab(now: f64, shared: Option<f64>, limit: f64) -> Self {
        let (since, active) = (Storage::Tab.read_time(SINCE), Storage::Tab.read_time(ACTIVE));
        Self::judge(Times { now, since, active, signed_out: signed_out_at(), shared }, limit)
    }
}

/// Whether the browser stores what a kept key needs.
pub(crate) fn can_keep() -> bool {
    Storage::Tab.is_usable() && Storage::Browser.is_usable()
}

/// Keeps the key of the slot for this tab, if the browser stores it and its times.
pub(super) fn keep(slot: &CredentialSlot, now: f64) {
    // A clock that was set back must not make the key older than a sign-out before it.
    let since = signed_out_at().map_or(now, |signed_out| now.max(signed_out + 0.001));
    let is_kept = Storage::Tab.write_time(SINCE, since) && Storage::Tab.write_time(ACTIVE, now) && slot.keep_for_tab();
    if !is_kept {
        forget();
    }
}

/// Writes when the person was last active, if a key is kept.
pub(super) fn set_active(at: f64) {
    if Storage::Tab.read(SINCE).is_some() {
        Storage::Tab.write_time(ACTIVE, at);
    }
}

/// Forgets the key of this tab in storage. The slot keeps it.
pub(super) fn forget() {
    CredentialSlot::forget_in_tab();
    Storage::Tab.remove(SINCE);
    Storage::Tab.remove(ACTIVE);
}

/// Tells every tab, also one that is opened or restored later, that the person has signed out.
pub(super) fn set_signed_out(now: f64) {
    // Each sign-out has a time of its own, also after a clock was set back.
    let at = signed_out_at().map_or(now, |before| now.max(before + 0.001));
    Storage::Browser.write_time(SIGNED_OUT, at);
}

/// The last sign-out in any tab.
pub(super) fn signed_out_at() -> Option<f64> {
    Storage::Browser.read_time(SIGNED_OUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: f64 = 1_800.0;
    const KEPT: Times =
        Times { now: 10_000.0, since: Some(5_000.0), active: Some(9_990.0), signed_out: None, shared: Some(9_999.0) };

    #[test]
    fn a_key_that_was_kept_before_the_last_sign_out_is_refused() {
        let signed_out = |at| KeptKey::judge(Times { signed_out: Some(at), ..KEPT }, LIMIT);
        assert_eq!(signed_out(4_999.0), KeptKey::Usable);
        assert_eq!(signed_out(5_000.0), KeptKey::SignedOut);
        // Activity in this tab after the sign-out, before it noticed, does not help.
        assert_eq!(signed_out(9_000.0), KeptKey::SignedOut);
        assert_eq!(KeptKey::judge(Times { signed_out: Some(9_000.0), ..KEPT }, 0.0), KeptKey::SignedOut);
    }

    #[test]
    fn a_key_is_refused_after_the_idle_limit_even_if_another_tab_is_in_use() {
        let active = |at, limit| KeptKey::judge(Times { active: Some(at), ..KEPT }, limit);
        assert_eq!(active(8_201.0, LIMIT), KeptKey::Usable);
        assert_eq!(active(8_200.0, LIMIT), KeptKey::Idle);
        assert_eq!(active(8_200.0, 0.0), KeptKey::Usable);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_prolong_it() {
        let active = |at| KeptKey::judge(Times { active: Some(at), ..KEPT }, LIMIT);
        assert_eq!(active(10_059.0), KeptKey::Usable);
        assert_eq!(active(10_061.0), KeptKey::Idle);
    }

    #[test]
    fn a_key_without_its_times_is_refused() {
        assert_eq!(KeptKey::judge(KEPT, LIMIT), KeptKey::Usable);
        for times in [Times { since: None, ..KEPT }, Times { active: None, ..KEPT }, Times { shared: None, ..KEPT }] {
            assert_eq!(KeptKey::judge(times, LIMIT), KeptKey::SignedOut, "{times:?}");
        }
    }
}
