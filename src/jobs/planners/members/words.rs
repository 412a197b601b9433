//! What a job for members is called on the screen.

use crate::domain::text::format_count;
use crate::jobs::engine::words::default_outcome;
use crate::jobs::engine::{Column, Counts, JobKind, OutcomeKind, Subjects, Words};

pub(super) const REMOVE: Words = Words {
    kind: JobKind::RemoveMembers,
    title: removing,
    name: removing,
    ended: |it, counts| ended(it, counts, "removed from"),
    running: "Removing",
    stopping: "Stopping after the requests in progress",
    in_flight: "Sending…",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Removed", "removed"),
        OutcomeKind::Unattributed => ("Removed, maybe by someone else", "removed, maybe by someone else"),
        other => default_outcome(other),
    },
    reason: |kind| unattributed(kind, "This job or someone else removed them. Undo doesn’t add them back."),
    undo: |count| format!("Undo: add {} back", format_count(count)),
    caption: "Outcome for each person",
    columns: &[Column::Person, Column::Workspace, Column::Outcome],
    file: "members",
    unread: (
        "We couldn’t check whether the last request went through",
        "The job is paused and sends nothing. Resume to try again.",
    ),
    on_resume: "Before resuming, we check which members the interrupted request reached.",
    on_leave: (
        "Leave while members are being changed?",
        "If you leave now, requests in progress still complete. You can resume the rest on this page later.",
    ),
};

pub(super) const ADD: Words = Words {
    kind: JobKind::AddMembers,
    title: adding,
    name: adding,
    ended: |it, counts| ended(it, counts, "added to"),
    running: "Adding",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Added", "added"),
        OutcomeKind::Unattributed => ("Added, maybe by someone else", "added, maybe by someone else"),
        other => default_outcome(other),
    },
    reason: |kind| unattributed(kind, "This job or someone else added them. Undo doesn’t remove them."),
    undo: |count| format!("Undo: remove {}", format_count(count)),
    ..REMOVE
};

pub(super) const UNDO_REMOVE: &str = "Undo adds removed people back with their organization role, but doesn’t restore a \
     different workspace role, such as one from a SCIM group.";
pub(super) const UNDO_ADD: &str = "Undo removes only people added by this job.";

fn unattributed(kind: OutcomeKind, reason: &'static str) -> &'static str {
    if kind == OutcomeKind::Unattributed { reason } else { "" }
}

fn adding(it: &Subjects) -> String {
    format!("Adding {} to {}", it.people, it.place)
}

fn removing(it: &Subjects) -> String {
    format!("Removing {} from {}", it.people, it.place)
}

/// An item is one person in one workspace, so there can be more items than people.
fn ended(it: &Subjects, counts: &Counts, what: &str) -> String {
    match counts.of(OutcomeKind::Done) {
        0 => format!("No one {what} {}", it.place),
        done if done == counts.total() => format!("{} {what} {}", it.people, it.place),
        done => format!("{} of {} {what} {}", format_count(done), format_count(counts.total()), it.place),
    }
}
