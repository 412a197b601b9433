//! The journal: every write that this tab made, with its outcome.
//!
//! Invariant: an entry names the operation, the subject and the outcome; it never holds a key or a request's body. It
//! ends with the tab.

use leptos::prelude::*;

use super::now;
use crate::api::WriteResult;
use crate::api::settle::WriteOutcome;
use crate::domain::{Step, Workspace, message_in_words};

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalOutcome {
    /// It was applied.
    Done,
    /// It was not applied, or it is not known; with what was said.
    Failed {
        /// What is known of its effect.
        outcome: WriteOutcome,
        /// Why it failed.
        message: String,
    },
}

/// One write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Rises by one with each entry.
    pub number: usize,
    /// When its outcome was known, in Unix seconds.
    pub at: i64,
    /// What was done, in words.
    pub action: String,
    /// To what: a name and what identifies it.
    pub subject: String,
    /// What became of it.
    pub outcome: JournalOutcome,
}

/// The most entries that are kept: enough for a change of a thousand workspaces and taking it back.
const MOST: usize = 5_000;

/// The writes of this tab, oldest first.
#[derive(Clone, Copy)]
pub struct Journal(pub RwSignal<Vec<JournalEntry>>);

impl Default for Journal {
    fn default() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
}

impl Journal {
    /// Notes a step of a plan of budgets.
    pub fn note_step(&self, workspace: &Workspace, step: &Step, result: &WriteResult<()>) {
        self.note("Change budget", format!("{}: {step}", workspace.label_with_slug()), result);
    }

    /// Notes a write.
    pub fn note<T>(&self, action: &str, subject: String, result: &WriteResult<T>) {
        let outcome = match result {
            Ok(_) => JournalOutcome::Done,
            Err(failure) => JournalOutcome::Failed {
                outcome: failure.outcome,
                message: message_in_words(&failure.error.to_string()),
            },
        };
        self.0.update(|entries| {
            let number = entries.last().map_or(0, |last| last.number + 1);
            entries.push(JournalEntry { number, at: now(), action: action.to_owned(), subject, outcome });
            let excess = entries.len().saturating_sub(MOST);
            entries.drain(..excess);
        });
    }

    /// How many entries were older than those that are kept.
    pub fn dropped(&self) -> usize {
        self.0.with(|entries| entries.first().map_or(0, |first| first.number))
    }
}
