//! The cached values of one key type, with the queue of those that have to be read. [`super::Cache`] drives it.

use std::any::Any;
use std::collections::{HashMap, HashSet, VecDeque};

use futures::future::{AbortHandle, AbortRegistration};
use leptos::prelude::*;

use super::{ApiRead, Cache, Remote, Shared, Snapshot, Topic};
use crate::api::ApiError;

/// The values of several keys, as far as they have been read.
pub type Values<K> = Shared<HashMap<K, Shared<<K as ApiRead>::Value>>>;

/// How many observed keys have been read, or could not be read, and how many of these could not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub done: usize,
    pub failed: usize,
}

/// Consecutive refusals of the session's key after which a read fails instead of waiting for a sign-in.
const MAX_REFUSALS: u8 = 2;
/// How often the values of many keys are published while they arrive, in milliseconds.
const PUBLISH_EVERY: f64 = 1000.0;
/// The first values are published once this many have arrived: about one screen of rows.
const SCREENFUL: usize = 20;

enum Phase {
    Idle,
    Queued,
    Reading {
        abort: AbortHandle,
        generation: u64,
        /// When it started, in Unix seconds.
        since: i64,
    },
    /// The session's key was refused: waits for the next sign-in.
    Refused,
}

impl Phase {
    fn is_open(&self) -> bool {
        !matches!(self, Self::Idle)
    }

    fn is_reading(&self) -> bool {
        matches!(self, Self::Reading { .. })
    }
}

struct Entry<V: Send + Sync + 'static> {
    state: ArcRwSignal<Remote<Shared<V>>>,
    observers: usize,
    phase: Phase,
    /// When the read of the value started, in Unix seconds.
    read_at: i64,
    /// The last [`ApiRead::expires_at`] for which the value was read again.
    expired_at: i64,
    is_outdated: bool,
    refusals: u8,
}

impl<V: Send + Sync + 'static> Entry<V> {
    fn new() -> Self {
        Self {
            state: ArcRwSignal::new(Remote::Loading),
            observers: 0,
            phase: Phase::Idle,
            read_at: 0,
            expired_at: 0,
            is_outdated: true,
            refusals: 0,
        }
    }

    fn is_failed(&self) -> bool {
        self.state.with_untracked(|state| state.error().is_some())
    }
}

/// A read that the cache has to start.
pub(super) struct Start<K: ApiRead> {
    pub key: K,
    pub generation: u64,
    pub registration: AbortRegistration,
    /// The last value, where there is one.
    pub last: Option<Shared<K::Value>>,
}

pub(super) struct Table<K: ApiRead> {
    entries: HashMap<K, Entry<K::Value>>,
    /// Keys to read, in order. One that is no longer [`Phase::Queued`] is skipped.
    queue: VecDeque<K>,
    generation: u64,
    /// How many entries are observed.
    observed: usize,
    /// How many entries are queued, being read, or waiting for a sign-in.
    open: usize,
    /// How many entries are being read.
    reading: usize,
    /// How many entries have a failed last read.
    failed: usize,
    counts: ArcRwSignal<Counts>,
    values: ArcRwSignal<Values<K>>,
    published_at: f64,
    /// Whether a value has changed since the values were published.
    is_changed: bool,
    is_scheduled: bool,
}

impl<K: ApiRead> Default for Table<K> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            queue: VecDeque::new(),
            generation: 0,
            observed: 0,
            open: 0,
            reading: 0,
            failed: 0,
            counts: ArcRwSignal::new(Counts::default()),
            values: ArcRwSignal::new(Shared::new(HashMap::new())),
            published_at: 0.0,
            is_changed: false,
            is_scheduled: false,
        }
    }
}

impl<K: ApiRead> Table<K> {
    /// Adds an observer, and queues the read unless the value is younger than [`ApiRead::KEEP_SECONDS`].
    pub fn observe(&mut self, key: &K, now: i64) -> ArcRwSignal<Remote<Shared<K::Value>>> {
        let entry = self.entries.entry(key.clone()).or_insert_with(Entry::new);
        self.observed += usize::from(entry.observers == 0);
        entry.observers += 1;
        let state = entry.state.clone();
        let is_good = !entry.is_outdated && now - entry.read_at <= K::KEEP_SECONDS;
        if !entry.phase.is_open() && !is_good {
            self.enqueue(key);
        }
        state
    }

    /// The value of a key, if it has been read.
    pub fn peek(&self, key: &K) -> Option<Shared<K::Value>> {
        self.entries.get(key)?.state.with_untracked(|state| state.data().cloned())
    }

    #[cfg(test)]
    pub fn state(&self, key: &K) -> Option<Remote<Shared<K::Value>>> {
        Some(self.entries.get(key)?.state.get_untracked())
    }

    /// Whether a start has to be scheduled: not where one is already.
    pub fn schedule(&mut self) -> bool {
        !std::mem::replace(&mut self.is_scheduled, true)
    }

    /// Removes an observer. The last one to go aborts a running read.
    pub fn unobserve(&mut self, key: &K) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        entry.observers = entry.observers.saturating_sub(1);
        if entry.observers != 0 {
            return;
        }
        entry.is_outdated |= entry.phase.is_open();
        self.set_phase(key, Phase::Idle);
        self.observed -= 1;
        if K::KEEP_SECONDS == 0
            && let Some(entry) = self.entries.remove(key)
        {
            self.failed -= usize::from(entry.is_failed());
            self.is_changed = true;
        }
        if self.observed == 0 {
            self.published_at = 0.0;
        }
    }

    /// Queues a read again, in place of one that is running. Without an observer, the next one does.
    pub fn refetch(&mut self, key: &K) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        entry.is_outdated = true;
        if entry.observers != 0 {
            self.enqueue(key);
        }
    }

    fn enqueue(&mut self, key: &K) {
        self.queue.push_back(key.clone());
        self.set_phase(key, Phase::Queued);
    }

    /// Moves a queued key to the front: its row is in sight.
    pub fn prioritize(&mut self, key: &K) {
        if self.entries.get(key).is_some_and(|entry| matches!(entry.phase, Phase::Queued)) {
            self.queue.push_front(key.clone());
        }
    }

    /// The keys whose last read failed.
    pub fn failed(&self) -> Vec<K> {
        self.entries.iter().filter(|(_, entry)| entry.is_failed()).map(|(key, _)| key.clone()).collect()
    }

    /// Takes the next key to read, while fewer than [`ApiRead::CONCURRENCY`] are being read.
    pub fn next(&mut self, now: i64) -> Option<Start<K>> {
        self.is_scheduled = false;
        while self.reading < K::CONCURRENCY {
            let key = self.queue.pop_front()?;
            if !self.entries.get(&key).is_some_and(|entry| matches!(entry.phase, Phase::Queued)) {
                continue;
            }
            self.generation += 1;
            let (abort, registration) = AbortHandle::new_pair();
            self.set_phase(&key, Phase::Reading { abort, generation: self.generation, since: now });
            self.set_state(&key, Remote::begin);
            let last = self.peek(&key);
            return Some(Start { key, generation: self.generation, registration, last });
        }
        None
    }

    fn current(&mut self, key: &K, generation: u64) -> Option<&mut Entry<K::Value>> {
        let is_current = |phase: &Phase| matches!(phase, Phase::Reading { generation: it, .. } if *it == generation);
        self.entries.get_mut(key).filter(|entry| is_current(&entry.phase))
    }

    /// Stores a snapshot. The one without progress ends the read.
    pub fn arrived(&mut self, key: &K, generation: u64, snapshot: Snapshot<K::Value>) {
        let Some(entry) = self.current(key, generation) else { return };
        let Snapshot { value, progress } = snapshot;
        if let (None, Phase::Reading { since, .. }) = (progress, &entry.phase) {
            (entry.read_at, entry.is_outdated, entry.refusals) = (*since, false, 0);
            self.set_phase(key, Phase::Idle);
        }
        self.set_state(key, |state| state.arrive(Shared::new(value), progress));
    }

    /// Stores a failure. A refused key makes the read wait for the next sign-in, or starts it again where the session
    /// has another key by now.
    pub fn failed_with(&mut self, key: &K, generation: u64, error: ApiError, is_signed_in: bool) {
        let Some(entry) = self.current(key, generation) else { return };
        entry.is_outdated = true;
        if error.is_unauthorized() && entry.refusals < MAX_REFUSALS {
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

    /// Changes a value in place, after a write whose response says what it is now.
    pub fn amend(&mut self, key: &K, change: impl FnOnce(&K::Value) -> K::Value) {
        self.set_state(key, |state| {
            if let Remote::Ready(value, _) = state {
                *value = Shared::new(change(value));
            }
        });
    }

    pub fn counts(&self) -> ArcRwSignal<Counts> {
        self.counts.clone()
    }

    pub fn values(&self) -> ArcRwSignal<Values<K>> {
        self.values.clone()
    }

    /// Publishes the counts, and from time to time the values: at the first screenful, once a second, and at the end.
    pub fn publish(&mut self, now_ms: f64) {
        let counts = Counts { done: self.observed.saturating_sub(self.open), failed: self.failed };
        if self.counts.get_untracked() != counts {
            self.counts.set(counts);
        }
        let is_end = self.open == 0;
        let is_first = self.published_at == 0.0;
        let is_time = if is_first { counts.done >= SCREENFUL } else { now_ms - self.published_at >= PUBLISH_EVERY };
        if self.is_changed && (is_end || is_time) {
            self.is_changed = false;
            self.published_at = if self.observed == 0 { 0.0 } else { now_ms };
            let value = |(key, entry): (&K, &Entry<K::Value>)| {
                Some((key.clone(), entry.state.with_untracked(|state| state.data().cloned())?))
            };
            self.values.set(Shared::new(self.entries.iter().filter_map(value).collect()));
        }
    }

    fn set_phase(&mut self, key: &K, phase: Phase) {
        let Some(entry) = self.entries.get_mut(key) else { return };
        if let Phase::Reading { abort, .. } = &entry.phase {
            // Without effect on a read that has just ended.
            abort.abort();
        }
        self.reading = self.reading + usize::from(phase.is_reading()) - usize::from(entry.phase.is_reading());
        self.open = self.open + usize::from(phase.is_open()) - usize::from(entry.phase.is_open());
        entry.phase = phase;
    }

    fn set_state(&mut self, key: &K, change: impl FnOnce(&mut Remote<Shared<K::Value>>)) {
        let Some(entry) = self.entries.get(key) else { return };
        let was_failed = entry.is_failed();
        entry.state.update(change);
        self.failed = self.failed + usize::from(entry.is_failed()) - usize::from(was_failed);
        self.is_changed = true;
    }

    fn refetch_where(&mut self, is_wanted: impl Fn(&K, &Entry<K::Value>) -> bool) {
        let wanted = self.entries.iter().filter(|(key, entry)| is_wanted(key, entry));
        let wanted: Vec<K> = wanted.map(|(key, _)| key.clone()).collect();
        wanted.iter().for_each(|key| self.refetch(key));
    }
}

/// A table of any key type, as the cache holds it.
pub(super) trait AnyTable: Any {
    /// Reads every observed value of these topics again; `None` means all topics.
    fn invalidate(&mut self, topics: Option<&HashSet<Topic>>);
    /// Aborts what is being read, until the next sign-in.
    fn suspend(&mut self);
    /// Queues the reads again that waited for a sign-in.
    fn resume(&mut self);
    /// Reads the values again that have expired, once for each time that they expire.
    fn expire(&mut self, now: i64);
    /// Forgets every value.
    fn clear(&mut self);
    /// What starts the queued reads of this key type.
    fn starter(&self) -> fn(Cache);
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<K: ApiRead> AnyTable for Table<K> {
    fn invalidate(&mut self, topics: Option<&HashSet<Topic>>) {
        self.refetch_where(|key, _| topics.is_none_or(|topics| key.topics().iter().any(|it| topics.contains(it))));
    }

    fn suspend(&mut self) {
        let reading = self.entries.iter().filter(|(_, entry)| entry.phase.is_reading());
        let reading: Vec<K> = reading.map(|(key, _)| key.clone()).collect();
        reading.iter().for_each(|key| self.set_phase(key, Phase::Refused));
    }

    fn resume(&mut self) {
        self.refetch_where(|_, entry| match entry.phase {
            Phase::Refused => true,
            // Forgotten at a sign-out, and still observed.
            Phase::Idle => entry.state.with_untracked(|state| *state == Remote::Loading),
            Phase::Queued | Phase::Reading { .. } => false,
        });
    }

    fn expire(&mut self, now: i64) {
        let mut expired = Vec::new();
        for (key, entry) in &mut self.entries {
            let is_read = !entry.phase.is_open() && entry.read_at != 0;
            if let Some(at) = key.expires_at(entry.read_at)
                && is_read
                && at <= now
                && at != entry.expired_at
            {
                entry.expired_at = at;
                expired.push(key.clone());
            }
        }
        expired.iter().for_each(|key| self.refetch(key));
    }

    fn clear(&mut self) {
        let keys: Vec<K> = self.entries.keys().cloned().collect();
        for key in keys {
            self.set_phase(&key, Phase::Idle);
            self.set_state(&key, |state| *state = Remote::Loading);
        }
        self.queue.clear();
        self.entries.retain(|_, entry| entry.observers != 0);
        self.entries.values_mut().for_each(|entry| (entry.is_outdated, entry.read_at) = (true, 0));
        self.is_changed = true;
    }

    fn starter(&self) -> fn(Cache) {
        Cache::schedule::<K>
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}
