//! Saving the settings of a workspace: read first, then send only what changed.
//!
//! Invariant: nothing is sent while someone else's change to the same field has not been shown.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::activity::{FieldChange, NewActivity, StepAbout, Undo};
use crate::api::workspaces;
use crate::data::{Cache, Topic};
use crate::domain::{ActivityKind, Slug, Workspace, WorkspaceRef};
use crate::forms::{Comparison, Form as _, WorkspaceForm, undo_draft};

pub struct SaveSettings {
    /// The workspace as the form was compared with it.
    pub base: Workspace,
    pub form: WorkspaceForm,
    /// Whether another workspace has a slug.
    pub is_taken: Box<dyn Fn(&Slug) -> bool>,
    /// Whether it undoes another change.
    pub is_undo: bool,
}

pub enum SettingsEnd {
    /// It was saved. `before` is what the server held right before.
    Saved {
        before: Box<Workspace>,
        saved: Box<Workspace>,
    },
    /// The server holds everything already; nothing was sent.
    Unchanged(Box<Workspace>),
    /// Someone else changed the same fields; nothing was sent.
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
        if self.form.overlaps(&self.base, &now) {
            return Ok(SettingsEnd::Changed(Box::new(now)));
        }
        let merged = self.form.rebased(&self.base, &now);
        let Ok(request) = merged.validate_update(&now, &self.is_taken) else { return Ok(SettingsEnd::Invalid) };
        if request.is_empty() {
            return Ok(SettingsEnd::Unchanged(Box::new(now)));
        }
        let before = WorkspaceForm::of(&now);
        let change = |field: Comparison| Some(FieldChange::new(field.label, field.loaded, field.mine?));
        let changes = merged.compare(&before, &before).into_iter().filter_map(change).collect();
        let about = StepAbout { workspace: Some(now.id.clone()), changes, ..StepAbout::default() };
        let saved = scope.record(about, async |client| workspaces::update(&client, &now, &request).await).await?;
        Ok(SettingsEnd::Saved { before: Box::new(now), saved: Box::new(saved) })
    }

    fn activity(&self) -> NewActivity {
        let new = NewActivity::new(ActivityKind::ChangeSettings, &self.base);
        NewActivity { is_undo: self.is_undo, ..new }
    }

    fn undo(&self, end: &SettingsEnd) -> Option<Undo> {
        let SettingsEnd::Saved { before, saved } = end else { return None };
        let draft = undo_draft(&WorkspaceForm::of(before), &WorkspaceForm::of(saved));
        (!self.is_undo).then(|| Undo::Settings(saved.id.clone(), draft))
    }

    fn topics(&self, result: &Result<SettingsEnd, WriteFailure>) -> Vec<Topic> {
        match result {
            Ok(SettingsEnd::Saved { .. }) => vec![Topic::Workspaces, Topic::Workspace],
            _ => Vec::new(),
        }
    }

    fn message(&self, end: &SettingsEnd, viewer: Viewer) -> Option<Message> {
        match end {
            SettingsEnd::Saved { saved, .. } if viewer == Viewer::Gone => {
                Some(Message::Success(format!("“{}” was saved", saved.inline_label())))
            }
            _ => None,
        }
    }

    fn failure_title(&self) -> String {
        format!("“{}” was not saved", self.base.inline_label())
    }

    fn amend_cache(&self, end: &SettingsEnd, cache: Cache) {
        if let SettingsEnd::Saved { saved, .. } = end {
            cache.upsert_workspace(Workspace::clone(saved));
        }
    }
}
