//! What a job for members is called on the screen.

use crate::domain::text::format_count;
use crate::jobs::engine::words::usual_outcome;
use crate::jobs::engine::{Column, JobKind, OutcomeKind, Subjects, Words};

pub(super) const REMOVE: Words = Words {
    kind: JobKind::RemoveMembers,
    title: removing,
    name: removing,
    running: "Removing",
    stopping: "Stopping after the requests in flight",
    in_flight: "Sending…",
    outcome: usual_outcome,
    reason: |kind| unattributed(kind, "Removed, by this job or by someone else. Undo leaves them as they are."),
    undo: |count| format!("Undo: add {} back", format_count(count)),
    caption: "Outcome for each person",
    columns: &[Column::Person, Column::Workspace, Column::Outcome],
    file: "members",
    unread: (
        "What became of the last request could not be looked up",
        "Nothing more is sent until the members can be listed. Go on to try that again.",
    ),
    on_resume: "Before resuming, we check which members the interrupted request reached.",
    on_leave: (
        "Leave while members are being changed?",
        "If you leave now, requests in flight still complete. You can resume the rest on this page later.",
    ),
};

pub(super) const ADD: Words = Words {
    kind: JobKind::AddMembers,
    title: adding,
    name: adding,
    running: "Adding",
    reason: |kind| unattributed(kind, "Added, by this job or by someone else. Undo leaves them as they are."),
    undo: |count| format!("Undo: remove {} again", format_count(count)),
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
