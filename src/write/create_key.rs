//! Creating an API key.
//!
//! Invariant: the secret is only in the output, which the dialog that created the key gets.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::activity::{FieldChange, NewActivity, StepAbout, limit_text};
use crate::api::{CreatedKey, keys};
use crate::data::Topic;
use crate::domain::{ActivityKind, CreateKey, inline_text};

pub struct IssueKey(pub CreateKey);

impl Write for IssueKey {
    type Output = CreatedKey;

    async fn send(&self, scope: &Scope) -> Result<CreatedKey, WriteFailure> {
        let body = &self.0;
        let limit = limit_text(body.limit, body.limit_reset.as_ref());
        let about = StepAbout {
            workspace: Some(body.workspace_id.clone()),
            changes: vec![FieldChange::new("Limit", "—", limit)],
            ..StepAbout::default()
        };
        Ok(scope.record(about, async |client| keys::create(&client, body).await).await?)
    }

    fn activity(&self) -> NewActivity {
        let new = NewActivity::new(ActivityKind::CreateKey, self.0.workspace_id.clone());
        NewActivity { subject: Some(self.0.name.as_str().to_owned()), ..new }
    }

    fn topics(&self, _: &Result<CreatedKey, WriteFailure>) -> Vec<Topic> {
        vec![Topic::Keys(self.0.workspace_id.clone())]
    }

    fn message(&self, _: &CreatedKey, viewer: Viewer) -> Option<Message> {
        // The dialog shows the outcome to a person who has not left.
        (viewer == Viewer::Gone).then(|| {
            let title = format!("“{}” was created, but its secret is lost", inline_text(self.0.name.as_str()));
            Message::Failure(title, "You left before it was shown. Delete the key and create another one.".to_owned())
        })
    }

    fn failure_title(&self) -> String {
        format!("“{}” was not created", inline_text(self.0.name.as_str()))
    }
}
