//! What was typed into the form for a new workspace.
//!
//! Invariant: a draft is whole: what the workspace is called, and its budgets.

use crate::components::{Editing, LadderEditing};
use crate::forms::{Draft, LadderForm, WorkspaceForm};

/// Both halves of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct NewWorkspace {
    pub workspace: WorkspaceForm,
    pub ladder: LadderForm,
}

impl NewWorkspace {
    /// The form as it stands; read reactively.
    pub(super) fn read(editing: Editing, ladder: LadderEditing) -> Self {
        Self { workspace: editing.form(), ladder: ladder.form() }
    }

    /// Whether nothing was typed; where keys are listed is no text.
    pub(super) fn is_blank(&self) -> bool {
        let key_scope = self.workspace.key_scope;
        *self == Self { workspace: WorkspaceForm { key_scope, ..WorkspaceForm::default() }, ..Self::default() }
    }
}

impl Draft for NewWorkspace {
    fn to_texts(&self) -> Vec<String> {
        [self.workspace.to_texts(), self.ladder.to_texts()].concat()
    }

    fn from_texts(texts: &mut std::vec::IntoIter<String>) -> Option<Self> {
        Some(Self { workspace: WorkspaceForm::from_texts(texts)?, ladder: LadderForm::from_texts(texts)? })
    }
}
