//! What a job that applies a file is called on the screen.

use crate::domain::text::{counted, format_count};
use crate::jobs::engine::words::default_outcome;
use crate::jobs::engine::{Column, Counts, JobKind, OutcomeKind, Subjects, Words};

pub(super) static WORDS: Words = Words {
    kind: JobKind::ApplyFile,
    title: |it| format!("Apply a file to {}", it.workspaces),
    name: |it| format!("Applying a file to {}", it.workspaces),
    ended,
    running: "Applying changes",
    stopping: "Stopping after the changes in progress",
    in_flight: "Applying…",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Applied", "applied"),
        OutcomeKind::Unattributed => ("Applied, maybe by someone else", "applied, maybe by someone else"),
        OutcomeKind::Refused => ("Failed", "failed"),
        other => default_outcome(other),
    },
    reason: |kind| match kind {
        OutcomeKind::ChangedElsewhere => "It is no longer as in the plan",
        OutcomeKind::Unattributed => "Undo leaves it alone",
        _ => "",
    },
    undo: |count| format!("Undo {}", counted(count, "change", "changes")),
    caption: "Outcome for each change",
    columns: &[Column::Workspace, Column::Outcome, Column::Change],
    file: "applied-changes",
    unread: ("Couldn’t load the workspace", "The job is paused and sends nothing. Resume to try again."),
    on_resume: "Before resuming, we check which changes the interrupted requests made.",
    on_leave: (
        "Leave while the file is being applied?",
        "If you leave now, changes in progress stop part-way. You can resume the rest on this page later.",
    ),
};

fn ended(it: &Subjects, counts: &Counts) -> String {
    match counts.of(OutcomeKind::Done) {
        0 => "No changes applied".to_owned(),
        done if done == counts.total() => format!("File applied to {}", it.workspaces),
        done => format!("{} of {} applied", format_count(done), counted(counts.total(), "change", "changes")),
    }
}
