//! What the screens call a job and its items. Each planner has a [`Words`] of its own, and the screens have none.

use super::items::{JobKind, OutcomeKind};
use crate::domain::{UserId, WorkspaceId};

/// What the screens show of one item, besides its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub person: Option<UserId>,
    pub workspace: WorkspaceId,
    pub change: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Person,
    Workspace,
    Outcome,
    Change,
}

pub struct Subjects {
    /// Such as `1 person` or `37 people`.
    pub people: String,
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

pub fn usual_outcome(kind: OutcomeKind) -> (&'static str, &'static str) {
    match kind {
        OutcomeKind::Done => ("Done", "done"),
        OutcomeKind::Unattributed => ("Done, maybe by someone else", "done, maybe by someone else"),
        OutcomeKind::Unchanged => ("Already so", "already so"),
        OutcomeKind::Refused => ("Refused", "refused"),
        OutcomeKind::Unknown => ("Not known", "not known"),
        OutcomeKind::ChangedElsewhere => ("Not sent", "changed by someone else, left as they are"),
        OutcomeKind::NotTried => ("Not tried", "not tried"),
    }
}
