//! What the cache does with tables of any key type.

use std::any::Any;
use std::collections::HashSet;

use leptos::prelude::*;

use super::Table;
use super::entry::Phase;
use crate::data::{ApiRead, Cache, Remote, Topic};

/// A table of any key type, as the cache holds it.
pub(in crate::data) trait AnyTable: Any {
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
        self.refetch_all(expired);
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
        self.published.is_changed = true;
    }

    fn starter(&self) -> fn(Cache) {
        Cache::schedule::<K>
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}
