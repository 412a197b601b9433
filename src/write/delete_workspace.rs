//! Deleting a workspace. For the default one, the API asks for a confirmation, which the person has given.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::activity::{NewActivity, StepAbout};
use crate::api::workspaces;
use crate::data::{Cache, Topic};
use crate::domain::{ActivityKind, Workspace};
use crate::routes::Route;
use crate::session::drafts;

pub struct DeleteWorkspace(pub Workspace);

impl Write for DeleteWorkspace {
    type Output = ();

    async fn send(&self, scope: &Scope) -> Result<(), WriteFailure> {
        let Self(workspace) = self;
        let about = StepAbout { workspace: Some(workspace.id.clone()), ..StepAbout::default() };
        let send = async |client| match workspace.is_default() {
            true => workspaces::delete_default(&client, &workspace.id).await,
            false => workspaces::delete(&client, &workspace.id).await,
        };
        scope.record(about, send).await?;
        drafts::forget(&drafts::of_settings(&workspace.id));
        drafts::forget(&drafts::of_budgets(&workspace.id));
        Ok(())
    }

    fn activity(&self) -> NewActivity {
        NewActivity::new(ActivityKind::DeleteWorkspace, &self.0)
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
