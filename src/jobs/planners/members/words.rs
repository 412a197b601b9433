//! What a job for members is called on the screen.

use super::calls::operation;
use super::{Action, MembersWrite};
use crate::domain::text::format_count;
use crate::jobs::engine::words::{counted, usual_outcome};
use crate::jobs::engine::{Activity, Column, JobKind, Subjects, Words};

const REMOVE: Words = Words {
    kind: JobKind::RemoveMembers,
    title: removing,
    name: removing,
    running: "Removing",
    stopping: "Stopping after what is on its way",
    in_flight: "On its way…",
    outcome: usual_outcome,
    changed_elsewhere: "",
    undo: |count| format!("Undo: add {} back", format_count(count)),
    caption: "Outcome for each person",
    columns: &[Column::Person, Column::Workspace, Column::Outcome],
    file: "members",
    unread: (
        "What became of the last request could not be looked up",
        "Nothing more is sent until the members can be listed. Go on to try that again.",
    ),
    on_resume: "Whoever was on the way when the page was closed is looked up first.",
    on_leave: (
        "Leave while members are being changed?",
        "What is on its way is carried out all the same. The rest waits in this browser, and you can go on with it here.",
    ),
};

const ADD: Words = Words {
    kind: JobKind::AddMembers,
    title: adding,
    name: adding,
    running: "Adding",
    undo: |count| format!("Undo: remove {} again", format_count(count)),
    ..REMOVE
};

fn adding(it: &Subjects) -> String {
    format!("Adding {} to {}", it.people(), it.place)
}

fn removing(it: &Subjects) -> String {
    format!("Removing {} from {}", it.people(), it.place)
}

/// The words for an action.
pub(super) fn of(action: Action) -> &'static Words {
    match action {
        Action::Add => &ADD,
        Action::Remove => &REMOVE,
    }
}

/// The entry of a request in the activity list.
pub(super) fn activity(write: &MembersWrite) -> Activity {
    Activity {
        action: if write.action == Action::Add { "Add members" } else { "Remove members" },
        operation: operation(write.action),
        workspace: write.workspace.clone(),
        what: counted(write.people.len(), "person", "people"),
    }
}
