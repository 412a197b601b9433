//! The journal of changes that were made from this tab.
//!
//! Invariant: an entry holds what was done, to what, and the outcome. It never holds a key or the body of a request.

use leptos::prelude::*;

use crate::api::{WriteResult, settle::WriteOutcome};
use crate::browser::now;
use crate::domain::inline_message;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// One more than the number of the entry before.
    pub number: usize,
    /// When the outcome was known, in Unix seconds.
    pub at: i64,
    pub action: String,
    /// To what: a name, and what identifies it.
    pub subject: String,
    /// What is known of the effect of a failed write, and why it failed.
    pub failure: Option<(WriteOutcome, String)>,
}

/// The most entries that are kept: enough to change a thousand workspaces and to undo that.
const MAX_ENTRIES: usize = 5_000;

/// The writes of this tab, oldest first.
#[derive(Clone, Copy, Default)]
pub struct Journal(pub RwSignal<Vec<JournalEntry>>);

impl Journal {
    /// Records a write.
    pub fn record<T>(&self, action: &str, subject: String, result: &WriteResult<T>) {
        let failure = result.as_ref().err();
        let failure = failure.map(|failure| (failure.outcome, inline_message(&failure.error.to_string())));
        self.0.update(|entries| {
            let number = entries.last().map_or(0, |last| last.number + 1);
            entries.push(JournalEntry { number, at: now(), action: action.to_owned(), subject, failure });
            let excess = entries.len().saturating_sub(MAX_ENTRIES);
            entries.drain(..excess);
        });
    }

    /// The number of entries that are no longer kept.
    pub fn dropped(&self) -> usize {
        self.0.with(|entries| entries.first().map_or(0, |first| first.number))
    }
}
