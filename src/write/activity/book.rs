//! The records in memory, and where they are stored.
//!
//! Invariant: what the browser does not store is not held for it: the newest records are in memory anyway, and a full storage
//! loses the oldest records first.

use std::collections::BTreeMap;

use crate::activity::{self, ActivityRecord, RecordId};
use crate::browser::now;
use crate::browser::storage::Storage;
use crate::domain::ActivityState;
use crate::session::drafts;

/// The name of the choice to keep records in this browser.
const CHOICE: &str = "workspace-console.keep-activity";
/// Seconds after which a record that is kept in this browser is removed.
const LIFETIME: i64 = 30 * 86_400;
/// The most records.
const MAX_RECORDS: usize = 300;
/// The most bytes of all records as text. Browsers store about 5 million characters.
const MAX_TOTAL: usize = 1_500_000;

struct Kept {
    record: ActivityRecord,
    /// The bytes of its text, once it is stored.
    size: usize,
    is_dirty: bool,
    /// Whether this page made it. It is then newer in memory than in storage.
    is_own: bool,
}

pub(super) struct Book {
    records: BTreeMap<RecordId, Kept>,
    storage: Storage,
    /// Whether [`Book::save`] is about to run.
    pub is_scheduled: bool,
    /// Whether the browser refused to store a record.
    pub is_unstored: bool,
}

impl Book {
    pub(super) fn open() -> Self {
        let storage = if Storage::Browser.read(CHOICE).is_some() { Storage::Browser } else { Storage::Tab };
        let mut book = Self { records: BTreeMap::new(), storage, is_scheduled: false, is_unstored: false };
        book.read_stored();
        book
    }

    /// Reads the records that are stored, except those that this page made.
    pub(super) fn read_stored(&mut self) {
        self.records.retain(|_, kept| kept.is_own || kept.is_dirty);
        for storage in [Storage::Tab, Storage::Browser] {
            for name in storage.names(drafts::ACTIVITY) {
                let text = storage.read(&name).unwrap_or_default();
                match parse(&name, &text).filter(|record| is_current(&record.id)) {
                    Some(mut record) if !self.records.contains_key(&record.id) => {
                        record.interrupt();
                        let kept = Kept { record, size: text.len(), is_dirty: false, is_own: false };
                        self.records.insert(kept.record.id.clone(), kept);
                    }
                    Some(_) => {}
                    None => storage.remove(&name),
                }
            }
        }
    }

    pub(super) fn records(&self) -> impl Iterator<Item = &ActivityRecord> {
        self.records.values().map(|kept| &kept.record)
    }

    pub(super) fn get(&self, id: &RecordId) -> Option<&ActivityRecord> {
        self.records.get(id).map(|kept| &kept.record)
    }

    pub(super) fn find(&self, is_meant: impl Fn(&ActivityRecord) -> bool) -> Option<RecordId> {
        self.records().find(|record| is_meant(record)).map(|record| record.id.clone())
    }

    pub(super) fn insert(&mut self, record: ActivityRecord) {
        let kept = Kept { record, size: 0, is_dirty: true, is_own: true };
        self.records.insert(kept.record.id.clone(), kept);
    }

    pub(super) fn edit<R>(&mut self, id: &RecordId, change: impl FnOnce(&mut ActivityRecord) -> R) -> Option<R> {
        let kept = self.records.get_mut(id)?;
        kept.is_dirty = true;
        kept.is_own |= kept.record.state == ActivityState::Running;
        Some(change(&mut kept.record))
    }

    /// Stores what has changed.
    pub(super) fn save(&mut self) {
        self.is_scheduled = false;
        self.drop_excess(MAX_RECORDS, MAX_TOTAL);
        let dirty: Vec<RecordId> =
            self.records.iter().filter(|(_, kept)| kept.is_dirty).map(|(id, _)| id.clone()).collect();
        self.is_unstored = false;
        for id in dirty {
            if !self.store(&id) {
                // Half of the space, because something else has taken the rest.
                self.drop_excess(MAX_RECORDS, self.total() / 2);
                self.is_unstored |= !self.store(&id);
            }
        }
    }

    /// Stores one record. Returns whether the browser did.
    fn store(&mut self, id: &RecordId) -> bool {
        let Some(kept) = self.records.get_mut(id) else { return true };
        let text = activity::write(&kept.record);
        kept.is_dirty = false;
        kept.size = text.len();
        let text = if self.storage == Storage::Tab { drafts::stamped(&text) } else { text };
        let name = name_of(id);
        let is_stored = self.storage.try_write(&name, &text);
        if !is_stored {
            self.storage.remove(&name);
        }
        is_stored
    }

    fn total(&self) -> usize {
        self.records.values().map(|kept| kept.size).sum()
    }

    /// Drops the oldest records beyond these limits. Running ones stay.
    fn drop_excess(&mut self, most: usize, most_bytes: usize) {
        let (mut count, mut total) = (self.records.len(), self.total());
        let ended = self.records.iter().filter(|(_, kept)| kept.record.state != ActivityState::Running);
        let mut oldest = ended.map(|(id, kept)| (id.clone(), kept.size)).collect::<Vec<_>>().into_iter();
        while count > most || total > most_bytes {
            // The newest one always stays.
            let Some((id, size)) = oldest.next().filter(|_| count > 1) else { return };
            (count, total) = (count - 1, total - size);
            self.remove(&id);
        }
    }

    fn remove(&mut self, id: &RecordId) {
        self.records.remove(id);
        for storage in [Storage::Tab, Storage::Browser] {
            storage.remove(&name_of(id));
        }
    }

    pub(super) fn clear(&mut self, account: &str) {
        let is_cleared = |record: &&ActivityRecord| record.account == account && record.state != ActivityState::Running;
        let ids: Vec<RecordId> = self.records().filter(is_cleared).map(|record| record.id.clone()).collect();
        ids.iter().for_each(|id| self.remove(id));
    }

    pub(super) fn is_kept(&self) -> bool {
        self.storage == Storage::Browser
    }

    /// Moves the records. Nothing stays in the browser's storage once the person does not want that.
    pub(super) fn set_kept(&mut self, is_kept: bool) {
        self.save();
        self.storage = if is_kept { Storage::Browser } else { Storage::Tab };
        if is_kept && !Storage::Browser.try_write(CHOICE, "1") {
            self.is_unstored = true;
        }
        Storage::Tab.remove_all(drafts::ACTIVITY);
        if !is_kept {
            Storage::Browser.remove(CHOICE);
            Storage::Browser.remove_all(drafts::ACTIVITY);
        }
        self.records.values_mut().for_each(|kept| kept.is_dirty = true);
        self.save();
    }

    /// Stores what outlives the session.
    pub(super) fn close(&mut self) {
        if self.is_kept() {
            self.save();
        }
    }
}

fn name_of(id: &RecordId) -> String {
    [drafts::ACTIVITY, id.as_str()].concat()
}

fn parse(name: &str, text: &str) -> Option<ActivityRecord> {
    let record = activity::read(drafts::unstamped(text))?;
    (name_of(&record.id) == name).then_some(record)
}

fn is_current(id: &RecordId) -> bool {
    now().saturating_sub(id.at()) < LIFETIME
}
