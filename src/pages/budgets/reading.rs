//! The budgets of many workspaces under their former names.
// Adapter until the change panel reads `Rows::uses`.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::data::{BudgetUse, Freshness, Many, Remote, Shared};
use crate::domain::WorkspaceId;
use crate::forms::Standing;

/// How many requests may be in flight at once.
pub(super) const MOST: usize = 6;

/// What is known of one workspace.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    Waiting,
    Read(Shared<Standing>),
    Failed(ApiError),
}

/// The budgets of all workspaces.
#[derive(Clone, Copy)]
pub(super) struct Overview(pub Many<BudgetUse>);

impl Overview {
    /// What is known of a workspace.
    pub(super) fn of(&self, id: &WorkspaceId) -> ArcSignal<Reading> {
        let (uses, key) = (self.0, BudgetUse(id.clone()));
        ArcSignal::derive(move || match uses.get(&key) {
            Remote::Loading => Reading::Waiting,
            Remote::Failed(error) | Remote::Ready(_, Freshness::Stale(error)) => Reading::Failed(error),
            Remote::Ready(standing, _) => Reading::Read(standing),
        })
    }

    /// Reads these again.
    pub(super) fn again(&self, ids: Vec<WorkspaceId>) {
        let keys: Vec<BudgetUse> = ids.into_iter().map(BudgetUse).collect();
        self.0.refetch_some(&keys);
    }
}
