//! What a rotation of API keys is called on the screen.

use crate::domain::text::format_count;
use crate::jobs::engine::words::default_outcome;
use crate::jobs::engine::{Column, JobKind, OutcomeKind, Words};

pub(in crate::jobs) static ROTATE: Words = Words {
    kind: JobKind::RotateKeys,
    title: |it| format!("Rotate {}", it.keys),
    name: |it| format!("Rotating {}", it.keys),
    ended: |it, counts| match counts.of(OutcomeKind::Done) {
        0 => "No API keys created".to_owned(),
        done if done == counts.total() => format!("{} created", it.keys),
        done => format!("{} of {} created", format_count(done), it.keys),
    },
    running: "Creating API keys",
    stopping: "Stopping after the requests in progress",
    in_flight: "Sending…",
    outcome: |kind| match kind {
        OutcomeKind::Done => ("Created", "created"),
        other => default_outcome(other),
    },
    reason: |kind| match kind {
        OutcomeKind::Done => "Its secret was shown only on the page that created it.",
        OutcomeKind::ChangedElsewhere => "Someone else changed it",
        _ => "",
    },
    // A rotation has no undo.
    undo: |_| String::new(),
    caption: "Outcome for each API key",
    columns: &[Column::Key, Column::Workspace, Column::Outcome],
    file: "rotated-api-keys",
    unread: ("Couldn’t load the API keys", "The job is paused and sends nothing. Resume to try again."),
    on_resume: "The secrets of API keys that were created before are lost. Before resuming, we check which ones the interrupted requests created.",
    on_leave: (
        "Leave while API keys are being created?",
        "If you leave now, the secrets of the API keys created so far are lost. You can resume the rest on this page later.",
    ),
};
