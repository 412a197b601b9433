//! What a job for budgets is called on the screen.

use crate::domain::text::format_count;
use crate::jobs::engine::words::usual_outcome;
use crate::jobs::engine::{Column, JobKind, OutcomeKind, Words};

pub(super) static WORDS: Words = Words {
    kind: JobKind::ChangeBudgets,
    title: |it| format!("Change the budgets of {}", it.workspaces),
    name: |it| format!("Changing the budgets of {}", it.workspaces),
    running: "Changing budgets",
    stopping: "Stopping after the workspaces that are being changed",
    in_flight: "Changing…",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Changed", "changed"),
        OutcomeKind::Refused => ("Failed", "failed"),
        other => usual_outcome(other),
    },
    reason: |kind| if kind == OutcomeKind::ChangedElsewhere { "someone else changed it" } else { "" },
    undo: |count| format!("Undo {} changed", format_count(count)),
    caption: "Outcome for each workspace",
    columns: &[Column::Workspace, Column::Outcome, Column::Change],
    file: "budget-changes",
    unread: ("The budgets could not be read", "Nothing more is sent until they can be read. Go on to try that again."),
    on_resume: "Before resuming, we check which changes the interrupted requests made.",
    on_leave: (
        "Leave while budgets are being changed?",
        "If you leave now, changes in progress stop part-way. You can resume the rest on this page later.",
    ),
};
