//! Who runs a recorded job: a heartbeat in its record, for browsers without locks.

use std::time::Duration;

/// The interval between two heartbeats.
pub(super) const BEAT: Duration = Duration::from_secs(5);
/// Seconds after the last heartbeat until a job counts as interrupted. Browsers slow the timers of a hidden tab down to one a
/// minute.
pub(super) const STALE: u32 = 90;

/// One line of a record: which claim of the job is valid, and the last sign that its tab lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lease {
    /// Random, and another for each claim.
    pub owner: String,
    /// The last heartbeat, in Unix seconds. 0 once the owner has released the job.
    pub at: i64,
    /// Whether the owner holds the browser's lock too, which ends with its tab.
    pub has_lock: bool,
}

impl Lease {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (owner, at) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
        Some(Self { owner, at, has_lock: words.next() == Some("lock") })
    }

    pub(super) fn to_text(&self) -> String {
        format!("{} {}{}", self.owner, self.at, if self.has_lock { " lock" } else { "" })
    }

    /// Whether its tab may still run the job. `is_lock_free` is whether this tab could take the browser's lock.
    pub(super) fn is_live(&self, is_lock_free: bool, now: i64) -> bool {
        let is_gone = self.has_lock && is_lock_free;
        // A heartbeat far in the future is from before the clock was set back.
        !is_gone && now.abs_diff(self.at) < u64::from(STALE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lease(at: i64, has_lock: bool) -> Lease {
        Lease { owner: "0badcafe".to_owned(), at, has_lock }
    }

    #[test]
    fn a_lease_is_read_as_it_was_written() {
        for lease in [lease(1_764_000_000, false), lease(0, true)] {
            assert_eq!(Lease::parse(&lease.to_text()), Some(lease));
        }
        for text in ["", "0badcafe", "0badcafe soon", " "] {
            assert_eq!(Lease::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_job_counts_as_interrupted_once_its_heartbeat_is_stale() {
        let at = 1_764_000_000;
        let is_live = |now| lease(at, false).is_live(true, now);
        assert!(is_live(at) && is_live(at + 89) && !is_live(at + 90));
        assert!(!lease(0, false).is_live(false, at), "released");
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_no_job_of_a_closed_tab_from_being_offered() {
        let at = 1_764_000_000;
        assert!(lease(at, false).is_live(true, at - 10));
        assert!(!lease(at, false).is_live(true, at - 3_600));
    }

    #[test]
    fn a_free_lock_tells_at_once_that_a_tab_with_a_lock_is_gone() {
        let at = 1_764_000_000;
        assert!(!lease(at, true).is_live(true, at));
        // Only this tab has no locks, or the other one got none.
        assert!(lease(at, true).is_live(false, at) && lease(at, false).is_live(true, at));
    }
}
