//! Disabling, enabling and deleting an API key.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::activity::{FieldChange, NewActivity, StepAbout, Undo};
use crate::api::{keys, settle::WriteOutcome};
use crate::data::Topic;
use crate::domain::{ActivityKind, KeyHash, WorkspaceId, inline_text};

#[derive(Debug, Clone)]
pub struct ChangeKey {
    pub workspace: WorkspaceId,
    pub hash: KeyHash,
    /// The key's name, for the activity log and for notices.
    pub name: String,
    pub change: KeyChange,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyChange {
    /// Disable it. It can be enabled again.
    Disable,
    Enable,
    Delete,
}

impl KeyChange {
    fn kind(self) -> ActivityKind {
        match self {
            Self::Disable => ActivityKind::DisableKey,
            Self::Enable => ActivityKind::EnableKey,
            Self::Delete => ActivityKind::DeleteKey,
        }
    }

    fn change(self) -> FieldChange {
        let (from, to) = match self {
            Self::Disable => ("Enabled", "Disabled"),
            Self::Enable => ("Disabled", "Enabled"),
            Self::Delete => ("Exists", "Deleted"),
        };
        FieldChange::new("API key", from, to)
    }
}

impl Write for ChangeKey {
    type Output = ();

    async fn send(&self, scope: &Scope) -> Result<(), WriteFailure> {
        let Self { workspace, hash, change, .. } = self;
        let about =
            StepAbout { workspace: Some(workspace.clone()), changes: vec![change.change()], ..StepAbout::default() };
        let send = async |client| match change {
            KeyChange::Disable => keys::disable(&client, workspace, hash).await,
            KeyChange::Enable => keys::enable(&client, workspace, hash).await,
            KeyChange::Delete => keys::delete(&client, workspace, hash).await,
        };
        Ok(scope.record(about, send).await?)
    }

    fn activity(&self) -> NewActivity {
        let new = NewActivity::new(self.change.kind(), self.workspace.clone());
        NewActivity { subject: Some(self.name.clone()), is_undo: self.change == KeyChange::Enable, ..new }
    }

    fn undo(&self, (): &()) -> Option<Undo> {
        let undo = Undo::EnableKey(self.workspace.clone(), self.hash.clone());
        (self.change == KeyChange::Disable).then_some(undo)
    }

    fn topics(&self, result: &Result<(), WriteFailure>) -> Vec<Topic> {
        match result {
            // If even reading back failed, or the person has to sign in first, reading the keys again is in vain.
            Err(WriteFailure::Write(failure))
                if failure.outcome == WriteOutcome::Unknown || failure.error.needs_sign_in() =>
            {
                Vec::new()
            }
            _ => vec![Topic::Keys(self.workspace.clone())],
        }
    }

    fn message(&self, (): &(), viewer: Viewer) -> Option<Message> {
        // The list of keys shows the outcome to a person who has not left.
        (viewer == Viewer::Gone).then(|| Message::Success(self.sentence("was")))
    }

    fn failure_title(&self) -> String {
        self.sentence("was not")
    }
}

impl ChangeKey {
    fn sentence(&self, was: &str) -> String {
        let done = match self.change {
            KeyChange::Disable => "disabled",
            KeyChange::Enable => "enabled",
            KeyChange::Delete => "deleted",
        };
        format!("“{}” {was} {done}", inline_text(&self.name))
    }
}
