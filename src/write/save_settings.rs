//! Saving the settings of a workspace: read first, then send only what changed.
//!
//! Invariant: nothing is sent while someone else's change has not been shown.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::api::workspaces;
use crate::data::{Cache, Topic};
use crate::domain::{Slug, Workspace, WorkspaceRef};
use crate::forms::{Form as _, WorkspaceForm};

pub struct SaveSettings {
    /// The workspace as the form was compared with it.
    pub base: Workspace,
    pub form: WorkspaceForm,
    /// Whether another workspace has a slug.
    pub is_taken: Box<dyn Fn(&Slug) -> bool>,
}

pub enum SettingsEnd {
    Saved(Box<Workspace>),
    /// The server holds everything already; nothing was sent.
    Unchanged(Box<Workspace>),
    /// Someone else changed the workspace into this; nothing was sent.
    Changed(Box<Workspace>),
    Invalid,
    /// The person left and discarded the changes before anything was sent.
    Left,
}

impl Write for SaveSettings {
    type Output = SettingsEnd;

    async fn send(&self, scope: &Scope) -> Result<SettingsEnd, WriteFailure> {
        let read = workspaces::get(&scope.client, &WorkspaceRef::from(&self.base.id)).await;
        if scope.viewer() == Viewer::Gone {
            return Ok(SettingsEnd::Left);
        }
        let now = read.map_err(WriteFailure::Unread)?;
        if !self.form.differences(&self.base, &now).is_empty() {
            return Ok(SettingsEnd::Changed(Box::new(now)));
        }
        let Ok(request) = self.form.validate_update(&now, &self.is_taken) else { return Ok(SettingsEnd::Invalid) };
        if request.is_empty() {
            return Ok(SettingsEnd::Unchanged(Box::new(now)));
        }
        let update = workspaces::update(&scope.client, &now, &request);
        let saved = scope.record("Change workspace", now.label_with_slug(), update).await?;
        Ok(SettingsEnd::Saved(Box::new(saved)))
    }

    fn topics(&self, result: &Result<SettingsEnd, WriteFailure>) -> Vec<Topic> {
        match result {
            Ok(SettingsEnd::Saved(_)) => vec![Topic::Workspaces, Topic::Workspace],
            _ => Vec::new(),
        }
    }

    fn message(&self, end: &SettingsEnd, _viewer: Viewer) -> Option<Message> {
        match end {
            SettingsEnd::Saved(saved) => Some(Message::Success(format!("“{}” was saved", saved.inline_label()))),
            SettingsEnd::Unchanged(_) => Some(Message::Success("Nothing was left to change".to_owned())),
            SettingsEnd::Changed(_) | SettingsEnd::Invalid | SettingsEnd::Left => None,
        }
    }

    fn failure_title(&self) -> String {
        format!("“{}” was not saved", self.base.inline_label())
    }

    fn amend_cache(&self, end: &SettingsEnd, cache: Cache) {
        if let SettingsEnd::Saved(saved) = end {
            cache.upsert_workspace(Workspace::clone(saved));
        }
    }
}
