//! The records that are shown, and the names of people in them.

use std::collections::HashSet;

use leptos::prelude::*;

use crate::activity::{ActivityRecord, RecordId, haystack, superseded};
use crate::data::{Directory, use_directory_if};
use crate::domain::{KindFilter, UserId};
use crate::routes::ActivityQuery;
use crate::search::fold;
use crate::session::{SessionState, use_session};
use crate::ui::Bound;
use crate::write::ActivityLog;

#[derive(Clone, Copy)]
pub(super) struct ActivityRows {
    pub log: ActivityLog,
    pub session: RwSignal<SessionState>,
    directory: Directory,
    /// How many records there are.
    pub all: Memo<usize>,
    /// Those that match, newest first.
    pub shown: Memo<Vec<RecordId>>,
    /// The actions that a later one has changed again.
    pub superseded: Memo<HashSet<RecordId>>,
    /// The action that is asked to be undone.
    pub undoing: RwSignal<Option<RecordId>>,
}

impl ActivityRows {
    pub(super) fn new(query: Memo<ActivityQuery>, search: Bound<String>) -> Self {
        let (log, session) = (expect_context::<ActivityLog>(), use_session().state);
        log.refresh();
        let has_people = Memo::new(move |_| {
            let is_about_people = |record: &ActivityRecord| KindFilter::Members.includes(record.kind);
            session.with(|session| log.with(session, |mut records| Iterator::any(&mut records, is_about_people)))
        });
        let directory = use_directory_if(move || has_people.get());
        let shown = Memo::new(move |_| {
            let words = search.with(|search| fold::key(search));
            let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
            let (kind, state) = query.with(|query| (query.kind, query.state));
            let is_shown = |record: &&ActivityRecord| {
                kind.includes(record.kind)
                    && state.is_none_or(|state| record.state == state)
                    && has(record, &words, directory)
            };
            let ids = |records: &mut dyn Iterator<Item = &ActivityRecord>| {
                let mut ids: Vec<_> = records.filter(is_shown).map(|record| record.id.clone()).collect();
                ids.reverse();
                ids
            };
            session.with(|session| log.with(session, ids))
        });
        let superseded = Memo::new(move |_| {
            session.with(|session| {
                log.with(session, |records| {
                    let mut records: Vec<_> = records.collect();
                    records.reverse();
                    superseded(records)
                })
            })
        });
        Self {
            log,
            session,
            directory,
            all: Memo::new(move |_| session.with(|session| log.with(session, |records| records.count()))),
            shown,
            superseded,
            undoing: RwSignal::new(None),
        }
    }

    /// The name of a person, or else the ID. Tracks the directory.
    pub(super) fn name_of(self, id: &UserId) -> String {
        self.directory.entry(id).name.clone()
    }
}

fn has(record: &ActivityRecord, words: &[&str], directory: Directory) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = haystack(record, |id| directory.entry(id).name.clone());
    words.iter().all(|word| text.contains(word))
}
