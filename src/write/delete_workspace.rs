//! Deleting a workspace.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::api::workspaces;
use crate::data::{Cache, Topic};
use crate::domain::Workspace;
use crate::routes::Route;
use crate::session::drafts;

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

    fn message(&self, (): &(), _viewer: Viewer) -> Option<Message> {
        Some(Message::Success(format!("“{}” was deleted", self.0.inline_label())))
    }

    fn failure_title(&self) -> String {
        format!("“{}” was not deleted", self.0.inline_label())
    }

    fn amend_cache(&self, (): &(), cache: Cache) {
        cache.remove_workspace(&self.0.id);
    }

    fn next_route(&self, (): &()) -> Option<Route> {
        Some(Route::home())
    }
}
