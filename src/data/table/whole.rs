//! What happens to all values of a table at once.

use std::collections::HashSet;

use leptos::prelude::*;

use super::Table;
use super::entry::Phase;
use crate::data::key::Key;
use crate::data::{Remote, Topic};

impl Table {
    /// Reads every observed value of these topics again; `None` means all topics.
    pub fn invalidate(&mut self, topics: Option<&HashSet<Topic>>) {
        self.refetch_where(|key, _| topics.is_none_or(|topics| key.topics().iter().any(|it| topics.contains(it))));
    }

    /// Aborts what is being read, until the next sign-in.
    pub fn suspend(&mut self) {
        let reading = self.entries.iter().filter(|(_, entry)| entry.phase.is_reading());
        let reading: Vec<Key> = reading.map(|(key, _)| key.clone()).collect();
        reading.iter().for_each(|key| self.set_phase(key, Phase::Refused));
    }

    /// Queues the reads again that waited for a sign-in.
    pub fn resume(&mut self) {
        self.refetch_where(|_, entry| match entry.phase {
            Phase::Refused => true,
            // Forgotten at a sign-out, and still observed.
            Phase::Idle => entry.state.with_untracked(|state| *state == Remote::Loading),
            Phase::Queued | Phase::Reading { .. } => false,
        });
    }

    /// Reads the values again that have expired, once for each time that they expire. A value of the future, which a clock
    /// that was set back leaves behind, has expired too.
    pub fn expire(&mut self, now: i64) {
        let mut expired = Vec::new();
        for (key, entry) in &mut self.entries {
            let is_read = !entry.phase.is_open() && entry.read_at != 0;
            if let Some(at) = key.expires_at(entry.read_at)
                && is_read
                && (at <= now || now < entry.read_at)
                && at != entry.expired_at
            {
                entry.expired_at = at;
                expired.push(key.clone());
            }
        }
        self.refetch_all(expired);
    }

    pub fn clear(&mut self) {
        let keys: Vec<Key> = self.entries.keys().cloned().collect();
        for key in keys {
            self.set_phase(&key, Phase::Idle);
            self.set_state(&key, |state| *state = Remote::Loading);
        }
        self.queue.clear();
        self.entries.retain(|_, entry| entry.observers != 0);
        self.entries.values_mut().for_each(|entry| (entry.is_outdated, entry.read_at) = (true, 0));
        self.published.is_changed = true;
    }
}
