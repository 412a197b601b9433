//! The budgets of many workspaces under their former names.
// Adapter until the change panel reads `Rows::uses`.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::data::{Freshness, Many, Remote, Shared, WorkspaceBudgetUse};
use crate::domain::WorkspaceId;
use crate::search::BudgetUse;

/// How many requests may be in flight at once.

/// What is known of one workspace.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    Waiting,
    Read(Shared<BudgetUse>),
    Failed(ApiError),
}

/// The budgets of all workspaces.
#[derive(Clone, Copy)]
pub(super) struct Overview(pub Many<WorkspaceBudgetUse>);

impl Overview {
    /// What is known of a workspace.
    pub(super) fn of(&self, id: &WorkspaceId) -> ArcSignal<Reading> {
        let (uses, key) = (self.0, WorkspaceBudgetUse(id.clone()));
        ArcSignal::derive(move || match uses.get(&key) {
            Remote::Loading => Reading::Waiting,
            Remote::Failed(error) | Remote::Ready(_, Freshness::Stale(error)) => Reading::Failed(error),
            Remote::Ready(standing, _) => Reading::Read(standing),
        })
    }

    /// Reads these again.
    pub(super) fn again(&self, ids: Vec<WorkspaceId>) {
        let keys: Vec<WorkspaceBudgetUse> = ids.into_iter().map(WorkspaceBudgetUse).collect();
        self.0.refetch_some(&keys);
    }
}
