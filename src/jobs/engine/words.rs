//! What the screens call a job and its items. Each planner has a [`Words`] of its own, and the screens have none.

use super::items::{Counts, JobKind, OutcomeKind};
use crate::domain::{KeyHash, UserId, WorkspaceId};

/// What the screens show of one item, besides its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub person: Option<UserId>,
    pub workspace: WorkspaceId,
    pub change: Option<String>,
    pub key: Option<KeyAbout>,
}

/// An API key as outcomes show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAbout {
    pub hash: KeyHash,
    pub name: String,
    pub label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Person,
    Key,
    Workspace,
    Outcome,
    Change,
}

pub struct Subjects {
    /// Such as `1 person` or `37 people`.
    pub people: String,
    /// Such as `1 API key` or `12 API keys`: the number of items.
    pub keys: String,
    /// Such as `1 workspace` or `11 workspaces`.
    pub workspaces: String,
    /// Such as `“Interns”` or `11 workspaces`.
    pub place: String,
}

/// The words of one kind of job.
pub struct Words {
    pub kind: JobKind,
    pub title: fn(&Subjects) -> String,
    /// The job as the subject of a sentence: `Adding 37 people to “Interns”`.
    pub name: fn(&Subjects) -> String,
    /// Title of the job when it has ended: `37 people added to “Interns”`.
    pub ended: fn(&Subjects, &Counts) -> String,
    /// Label of the progress while requests are sent.
    pub running: &'static str,
    pub stopping: &'static str,
    /// Outcome of an item in flight.
    pub in_flight: &'static str,
    /// Label of a final outcome, and its word in the summary.
    pub outcome: fn(OutcomeKind) -> (&'static str, &'static str),
    /// Reason of the items with this outcome, where they hold none of their own.
    pub reason: fn(OutcomeKind) -> &'static str,
    /// Label of the button that undoes so many items.
    pub undo: fn(usize) -> String,
    pub caption: &'static str,
    pub columns: &'static [Column],
    /// First part of the name of the exported file.
    pub file: &'static str,
    /// Title and text while the job is paused because nothing could be read.
    pub unread: (&'static str, &'static str),
    /// What happens first when an interrupted job is resumed.
    pub on_resume: &'static str,
    /// Question, and what happens, before a running job is left.
    pub on_leave: (&'static str, &'static str),
}

pub fn default_outcome(kind: OutcomeKind) -> (&'static str, &'static str) {
    match kind {
        OutcomeKind::Done => ("Done", "done"),
        OutcomeKind::Unattributed => ("Changed, maybe by someone else", "changed, maybe by someone else"),
        OutcomeKind::Unchanged => ("Unchanged", "unchanged"),
        OutcomeKind::Refused => ("Refused", "refused"),
        OutcomeKind::Unknown => ("Unknown", "unknown"),
        OutcomeKind::ChangedElsewhere => ("Skipped", "skipped (changed by someone else)"),
        OutcomeKind::NotTried => ("Not tried", "not tried"),
    }
}
