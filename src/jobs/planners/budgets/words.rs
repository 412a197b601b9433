//! What a job for budgets is called on the screen.

use crate::domain::text::{counted, format_count};
use crate::jobs::engine::words::default_outcome;
use crate::jobs::engine::{Column, Counts, JobKind, OutcomeKind, Subjects, Words};

pub(super) static WORDS: Words = Words {
    kind: JobKind::ChangeBudgets,
    title: |it| format!("Change the budgets of {}", it.workspaces),
    name: |it| format!("Changing the budgets of {}", it.workspaces),
    ended,
    running: "Changing budgets",
    stopping: "Stopping after the changes in progress",
    in_flight: "Changing…",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Changed", "changed"),
        OutcomeKind::Refused => ("Failed", "failed"),
        other => default_outcome(other),
    },
    reason: |kind| if kind == OutcomeKind::ChangedElsewhere { "Someone else changed it" } else { "" },
    undo: |count| format!("Undo {}", counted(count, "change", "changes")),
    caption: "Outcome for each workspace",
    columns: &[Column::Workspace, Column::Outcome, Column::Change],
    file: "budget-changes",
    unread: ("Couldn’t load the budgets", "The job is paused and sends nothing. Resume to try again."),
    on_resume: "Before resuming, we check which changes the interrupted requests made.",
    on_leave: (
        "Leave while budgets are being changed?",
        "If you leave now, changes in progress stop part-way. You can resume the rest on this page later.",
    ),
};

fn ended(it: &Subjects, counts: &Counts) -> String {
    match counts.of(OutcomeKind::Done) {
        0 => "No budgets changed".to_owned(),
        done if done == counts.total() => format!("Budgets of {} changed", it.workspaces),
        done => format!("Budgets of {} of {} changed", format_count(done), it.workspaces),
    }
}
