//! The form for a new workspace: the workspace and its budgets.

use super::{LadderForm, WorkspaceForm};
use crate::domain::{BudgetState, BudgetTarget, CreateWorkspace, Ladder, Slug};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewWorkspace {
    pub workspace: WorkspaceForm,
    pub ladder: LadderForm,
}

#[derive(Debug, Clone)]
pub struct CreationOrder {
    pub request: CreateWorkspace,
    pub budgets: BudgetTarget,
    /// The budgets as they were typed, for a draft where not all of them can be set.
    pub ladder: LadderForm,
}

impl NewWorkspace {
    /// The budgets of a workspace that was just created.
    pub const BUDGETS: BudgetState = BudgetState { ladder: Ladder::NONE, counts_byok: Some(false) };

    /// Whether nothing was entered. Which keys are logged does not count.
    pub fn is_blank(&self) -> bool {
        let mut keys = self.workspace.logged_keys.clone();
        keys.ids.clear();
        *self == Self { workspace: WorkspaceForm { logged_keys: keys, ..WorkspaceForm::default() }, ..Self::default() }
    }

    /// What to create, where the form has no problem.
    pub fn validate(self, is_taken: impl Fn(&Slug) -> bool) -> Option<CreationOrder> {
        let request = self.workspace.validate_create(is_taken).ok()?;
        let budgets = self.ladder.validate(&Self::BUDGETS).ok()?;
        Some(CreationOrder { request, budgets, ladder: self.ladder })
    }
}
