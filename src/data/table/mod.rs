//! The cached values of one key type, with the queue of those that have to be read. [`super::Cache`] drives it.

mod entry;
mod published;
mod whole;

use std::collections::{HashMap, VecDeque};

use futures::future::{AbortHandle, AbortRegistration};
use leptos::prelude::*;
use leptos::reactive::graph::Source as _;

use super::key::{AnyValue, Key, Kind};
use super::{Remote, Snapshot};
use crate::api::ApiError;
use crate::search::sorting::sort_rows;
use entry::{Entry, Phase};
use published::Published;

pub(super) use published::{AnyValues, Counts};

/// Consecutive refusals for a missing sign-in after which a read fails instead of waiting for a sign-in.
const MAX_REFUSALS: u8 = 2;

pub(super) struct Start {
    pub key: Key,
    pub generation: u64,
    pub registration: AbortRegistration,
    /// The last value, where there is one.
    pub last: Option<AnyValue>,
}

/// The cached values of one key type.
pub(super) struct Table {
    pub kind: Kind,
    entries: HashMap<Key, Entry>,
    /// Keys to read, in order. One that is no longer [`Phase::Queued`] is skipped.
    queue: VecDeque<Key>,
    generation: u64,
    last_order: u64,
    observed: usize,
    /// How many entries are queued, being read, or waiting for a sign-in. All of them are observed.
    open: usize,
    reading: usize,
    /// How many entries have a failed last read.
    failed: usize,
    published: Published,
    /// Whether a start of the queued reads is scheduled.
    pub is_scheduled: bool,
}

impl Table {
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            entries: HashMap::new(),
            queue: VecDeque::new(),
            generation: 0,
            last_order: 0,
            observed: 0,
            open: 0,
            reading: 0,
            failed: 0,
            published: Published::default(),
            is_scheduled: false,
        }
    }

    /// Adds an observer, and queues the read unless the value is younger than [`Kind::keep_seconds`]. A failure that other
    /// observers show is not read again: it stays until the person tries again.
    pub fn observe(&mut self, key: &Key, now: i64) -> ArcRwSignal<Remote<AnyValue>> {
        self.last_order += 1;
        let entry = self.entries.entry(key.clone()).or_insert_with(|| Entry::new(self.last_order));
        self.observed += usize::from(entry.observers == 0);
        entry.observers += 1;
        let state = entry.state.clone();
        // A clock that was set back makes no value young.
        let is_good = !entry.is_outdated && (0..=self.kind.keep_seconds).contains(&(now - entry.read_at));
        let is_shown_failure = entry.observers > 1 && entry.is_failed();
        if !entry.phase.is_open() && !is_good && !is_shown_failure {
            self.enqueue(key);
        }
        state
    }

    pub fn peek(&self, key: &Key) -> Option<AnyValue> {
        self.entries.get(key)?.state.with_untracked(|state| state.data().cloned())
    }

    /// Removes an observer. The last one to go aborts a running read.
    pub fn unobserve(&mut self, key: &Key) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        entry.observers = entry.observers.saturating_sub(1);
        if entry.observers != 0 {
            return;
        }
        entry.is_outdated |= entry.phase.is_open();
        // A view that has gone is known to what it read until that changes, and would take memory until then.
        entry.state.clear_subscribers();
        self.set_phase(key, Phase::Idle);
        self.observed -= 1;
        if self.kind.keep_seconds == 0
            && let Some(entry) = self.entries.remove(key)
        {
            self.failed -= usize::from(entry.is_failed());
            self.published.is_changed = true;
        }
    }

    /// Queues reads again, in the order in which the keys were first observed.
    pub fn refetch_all(&mut self, mut keys: Vec<Key>) {
        let order = |key: &Key| self.entries.get(key).map(|entry| entry.order);
        sort_rows(&mut keys, |left, right| order(left).cmp(&order(right)));
        keys.iter().for_each(|key| self.refetch(key));
    }

    /// Queues a read again, in place of one that is running. Without an observer, the next one does.
    pub fn refetch(&mut self, key: &Key) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        entry.is_outdated = true;
        if entry.observers != 0 {
            self.enqueue(key);
        }
    }

    fn enqueue(&mut self, key: &Key) {
        self.queue.push_back(key.clone());
        self.set_phase(key, Phase::Queued);
    }

    /// Moves a queued key to the front: its row is in sight.
    pub fn prioritize(&mut self, key: &Key) {
        if self.entries.get(key).is_some_and(|entry| matches!(entry.phase, Phase::Queued)) {
            self.queue.push_front(key.clone());
        }
    }

    /// Whether an observed value could not be read because no answer came.
    pub fn has_unanswered(&self) -> bool {
        self.entries.values().any(Entry::is_unanswered)
    }

    /// Queues what got no answer again. Its state stays until there is another one, so that no error flickers.
    pub fn retry_unanswered(&mut self) {
        for entry in self.entries.values_mut() {
            entry.is_retried = entry.is_unanswered();
        }
        self.refetch_where(|_, entry| entry.is_retried);
    }

    pub fn refetch_failed(&mut self) {
        self.refetch_where(|_, entry| entry.is_failed());
    }

    /// Takes the next key to read, while fewer than [`Kind::concurrency`] are being read.
    pub fn next(&mut self, now: i64) -> Option<Start> {
        while self.reading < self.kind.concurrency {
            let key = self.queue.pop_front()?;
            if !self.entries.get(&key).is_some_and(|entry| matches!(entry.phase, Phase::Queued)) {
                continue;
            }
            self.generation += 1;
            let (abort, registration) = AbortHandle::new_pair();
            self.set_phase(&key, Phase::Reading { abort, generation: self.generation, since: now });
            let is_retried = self.entries.get_mut(&key).is_some_and(|entry| std::mem::take(&mut entry.is_retried));
            if !is_retried {
                self.set_state(&key, Remote::begin);
            }
            let last = self.peek(&key);
            return Some(Start { key, generation: self.generation, registration, last });
        }
        None
    }

    fn current(&mut self, key: &Key, generation: u64) -> Option<&mut Entry> {
        let is_current = |phase: &Phase| matches!(phase, Phase::Reading { generation: it, .. } if *it == generation);
        self.entries.get_mut(key).filter(|entry| is_current(&entry.phase))
    }

    /// Stores a snapshot. The one without progress ends the read.
    pub fn arrived(&mut self, key: &Key, generation: u64, snapshot: Snapshot<AnyValue>) {
        let Some(entry) = self.current(key, generation) else { return };
        let Snapshot { value, progress } = snapshot;
        if let (None, Phase::Reading { since, .. }) = (progress, &entry.phase) {
            (entry.read_at, entry.is_outdated, entry.refusals) = (*since, false, 0);
            self.set_phase(key, Phase::Idle);
        }
        self.set_state(key, |state| state.arrive(value, progress));
    }

    /// Stores a failure. A missing sign-in makes the read wait for the next one, or starts it again where the session
    /// has another key by now.
    pub fn failed_with(&mut self, key: &Key, generation: u64, error: ApiError, is_signed_in: bool) {
        let Some(entry) = self.current(key, generation) else { return };
        entry.is_outdated = true;
        if error.needs_sign_in() && entry.refusals < MAX_REFUSALS {
            entry.refusals += 1;
            self.set_phase(key, Phase::Refused);
            if is_signed_in {
                self.enqueue(key);
            }
            return;
        }
        entry.refusals = 0;
        self.set_phase(key, Phase::Idle);
        self.set_state(key, |state| state.fail(error));
    }

    pub fn amend(&mut self, key: &Key, change: impl FnOnce(&AnyValue) -> AnyValue) {
        self.set_state(key, |state| {
            if let Remote::Ready(value, _) = state {
                *value = change(value);
            }
        });
    }

    pub fn published(&self) -> (ArcRwSignal<Counts>, ArcRwSignal<AnyValues>) {
        (self.published.counts.clone(), self.published.values.clone())
    }

    pub fn publish(&mut self, now_ms: f64) {
        let counts = Counts { done: self.observed - self.open, failed: self.failed };
        let entries = &self.entries;
        self.published.update(counts, self.observed, now_ms, || {
            let value = |(key, entry): (&Key, &Entry)| {
                Some((key.clone(), entry.state.with_untracked(|state| state.data().cloned())?))
            };
            entries.iter().filter_map(value).collect()
        });
    }

    fn set_phase(&mut self, key: &Key, phase: Phase) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        if let Phase::Reading { abort, .. } = &entry.phase {
            // Without effect on a read that has just ended.
            abort.abort();
        }
        self.reading = self.reading + usize::from(phase.is_reading()) - usize::from(entry.phase.is_reading());
        self.open = self.open + usize::from(phase.is_open()) - usize::from(entry.phase.is_open());
        entry.phase = phase;
    }

    fn set_state(&mut self, key: &Key, change: impl FnOnce(&mut Remote<AnyValue>)) {
        let Some(entry) = self.entries.get(key) else { return };
        let was_failed = entry.is_failed();
        entry.state.update(change);
        self.failed = self.failed + usize::from(entry.is_failed()) - usize::from(was_failed);
        self.published.is_changed = true;
    }

    fn refetch_where(&mut self, is_wanted: impl Fn(&Key, &Entry) -> bool) {
        let wanted = self.entries.iter().filter(|(key, entry)| is_wanted(key, entry));
        let wanted: Vec<Key> = wanted.map(|(key, _)| key.clone()).collect();
        self.refetch_all(wanted);
    }
}

#[cfg(test)]
impl Table {
    /// The state of a value, for tests.
    pub fn state(&self, key: &Key) -> Option<Remote<AnyValue>> {
        Some(self.entries.get(key)?.state.get_untracked())
    }
}
