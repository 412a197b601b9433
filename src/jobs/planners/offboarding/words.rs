//! What the offboarding of people, and its undo, are called on the screen.

use crate::domain::text::{counted, format_count};
use crate::jobs::engine::words::default_outcome;
use crate::jobs::engine::{Column, Counts, JobKind, OutcomeKind, Subjects, Words};

pub(super) const OFFBOARD: Words = Words {
    kind: JobKind::Offboard,
    title: |it| format!("Offboarding {}", it.people),
    name: |it| format!("Offboarding {}", it.people),
    ended: |it, counts| ended(it, counts, "offboarded"),
    running: "Offboarding",
    stopping: "Stopping after the requests in progress",
    in_flight: "Sending…",
    outcome: |kind| match kind {
        OutcomeKind::Unattributed => ("Done, maybe by someone else", "done, maybe by someone else"),
        other => default_outcome(other),
    },
    reason: |kind| match kind {
        OutcomeKind::Unattributed => "This job or someone else did it. Undo leaves it alone.",
        OutcomeKind::ChangedElsewhere => "Someone else changed it",
        _ => "",
    },
    undo: |count| format!("Undo {}", counted(count, "change", "changes")),
    caption: "Outcome for each change",
    columns: &[Column::Person, Column::Change, Column::Workspace, Column::Outcome],
    file: "offboarding",
    unread: (
        "We couldn’t check whether the last request went through",
        "The job is paused and sends nothing. Resume to try again.",
    ),
    on_resume: "Before resuming, we check which changes the interrupted requests made.",
    on_leave: (
        "Leave while people are being offboarded?",
        "If you leave now, requests in progress still complete. You can resume the rest on this page later.",
    ),
};

pub(super) const RESTORE: Words = Words {
    kind: JobKind::RestorePeople,
    title: |it| format!("Restoring {}", it.people),
    name: |it| format!("Restoring {}", it.people),
    ended: |it, counts| ended(it, counts, "restored"),
    running: "Restoring",
    ..OFFBOARD
};

/// An item is one change for one person, so there can be more items than people.
fn ended(it: &Subjects, counts: &Counts, what: &str) -> String {
    let met = counts.of(OutcomeKind::Done) + counts.of(OutcomeKind::Unchanged);
    match counts.of(OutcomeKind::Done) {
        0 => format!("No one {what}"),
        _ if met == counts.total() => format!("{} {what}", it.people),
        done => format!("{} of {} made", format_count(done), counted(counts.total(), "change", "changes")),
    }
}
