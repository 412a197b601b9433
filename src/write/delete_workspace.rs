//! Deleting a workspace.

use super::{ListChange, Message, Scope, Viewer, Write, WriteFailure};
use crate::api::workspaces;
use crate::data::Topic;
use crate::domain::Workspace;
use crate::routes::Route;
use crate::session::drafts;

/// A workspace to delete.
pub struct DeleteWorkspace(pub Workspace);

impl Write for DeleteWorkspace {
    type Output = ();

    async fn send(&self, scope: &Scope) -> Result<(), WriteFailure> {
        let Self(workspace) = self;
        let delete = workspaces::delete(&scope.client, &workspace.id);
        scope.record("Delete workspace", workspace.label_with_slug(), delete).await?;
        drafts::forget(&drafts::of_settings(&workspace.id));
        drafts::forget(&drafts::of_budgets(&workspace.id));
        Ok(())
    }

    fn topics(&self, result: &Result<(), WriteFailure>) -> Vec<Topic> {
        // After a refusal, what blocks the deletion is read again.
        if result.is_ok() { vec![Topic::Workspaces] } else { vec![Topic::Keys(self.0.id.clone())] }
    }

    fn message(&self, result: &Result<(), WriteFailure>, viewer: Viewer) -> Option<Message> {
        let name = self.0.inline_label();
        match (result, viewer) {
            (Ok(()), _) => Some(Message::Success(format!("“{name}” was deleted"))),
            (Err(failure), Viewer::Gone) => {
                Some(Message::Failure(format!("“{name}” was not deleted"), failure.message()))
            }
            (Err(_), Viewer::Present) => None,
        }
    }

    fn list_change(&self, (): &()) -> Option<ListChange> {
        Some(ListChange::Remove(self.0.id.clone()))
    }

    fn next_route(&self, (): &()) -> Option<Route> {
        Some(Route::home())
    }
}
