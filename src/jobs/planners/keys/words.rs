//! What a job for API keys is called on the screen.

use super::KeysAction;
use crate::domain::text::{counted, format_count};
use crate::jobs::engine::words::default_outcome;
use crate::jobs::engine::{Column, Counts, JobKind, OutcomeKind, Subjects, Words};

pub(super) fn of(action: KeysAction) -> &'static Words {
    match action {
        KeysAction::Disable => &DISABLE,
        KeysAction::Enable => &ENABLE,
        KeysAction::Limit => &LIMIT,
        KeysAction::Move => &MOVE,
        KeysAction::Delete => &DELETE,
    }
}

const DISABLE: Words = Words {
    kind: JobKind::DisableKeys,
    title: |it| format!("Disable {}", it.keys),
    name: |it| format!("Disabling {}", it.keys),
    ended: |it, counts| ended(it, counts, "disabled"),
    running: "Disabling API keys",
    stopping: "Stopping after the requests in progress",
    in_flight: "Sending…",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Disabled", "disabled"),
        other => default_outcome(other),
    },
    reason: |kind| if kind == OutcomeKind::ChangedElsewhere { "Someone else changed it" } else { "" },
    undo: |count| format!("Undo: enable {}", counted(count, "API key", "API keys")),
    caption: "Outcome for each API key",
    columns: &[Column::Key, Column::Workspace, Column::Outcome, Column::Change],
    file: "api-keys",
    unread: ("Couldn’t load the API keys", "The job is paused and sends nothing. Resume to try again."),
    on_resume: "Before resuming, we check which API keys the interrupted requests changed.",
    on_leave: (
        "Leave while API keys are being changed?",
        "If you leave now, requests in progress still complete. You can resume the rest on this page later.",
    ),
};

const ENABLE: Words = Words {
    kind: JobKind::EnableKeys,
    title: |it| format!("Enable {}", it.keys),
    name: |it| format!("Enabling {}", it.keys),
    ended: |it, counts| ended(it, counts, "enabled"),
    running: "Enabling API keys",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Enabled", "enabled"),
        other => default_outcome(other),
    },
    undo: |count| format!("Undo: disable {}", counted(count, "API key", "API keys")),
    ..DISABLE
};

const LIMIT: Words = Words {
    kind: JobKind::LimitKeys,
    title: |it| format!("Set the limit of {}", it.keys),
    name: |it| format!("Setting the limit of {}", it.keys),
    ended: |it, counts| ended(it, counts, "changed"),
    running: "Setting limits",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Changed", "changed"),
        other => default_outcome(other),
    },
    undo: |count| format!("Undo {}", counted(count, "change", "changes")),
    ..DISABLE
};

const MOVE: Words = Words {
    kind: JobKind::MoveKeys,
    title: |it| format!("Move {}", it.keys),
    name: |it| format!("Moving {}", it.keys),
    ended: |it, counts| ended(it, counts, "moved"),
    running: "Moving API keys",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Moved", "moved"),
        other => default_outcome(other),
    },
    undo: |count| format!("Undo: move {} back", counted(count, "API key", "API keys")),
    ..DISABLE
};

const DELETE: Words = Words {
    kind: JobKind::DeleteKeys,
    title: |it| format!("Delete {}", it.keys),
    name: |it| format!("Deleting {}", it.keys),
    ended: |it, counts| ended(it, counts, "deleted"),
    running: "Deleting API keys",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Deleted", "deleted"),
        OutcomeKind::Unchanged => ("Already deleted", "already deleted"),
        other => default_outcome(other),
    },
    ..DISABLE
};

fn ended(it: &Subjects, counts: &Counts, what: &str) -> String {
    match counts.of(OutcomeKind::Done) {
        0 => format!("No API keys {what}"),
        done if done == counts.total() => format!("{} {what}", it.keys),
        done => format!("{} of {} {what}", format_count(done), it.keys),
    }
}
