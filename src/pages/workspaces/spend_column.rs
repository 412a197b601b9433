//! What comes to the rows with the overview: the spend this month, and the menu at their end. Until that is loaded, both are
//! empty.

use leptos::prelude::*;

use crate::domain::{Usd, WorkspaceId};

#[derive(Clone, Copy)]
pub(super) struct SpendColumn(RwSignal<Option<SpendCells>>);

/// What the overview knows.
#[derive(Clone, Copy)]
pub(super) struct SpendCells {
    pub cell: Callback<WorkspaceId, AnyView>,
    pub menu: Callback<WorkspaceId, AnyView>,
    pub spend: Callback<WorkspaceId, Option<Usd>>,
}

impl SpendColumn {
    pub fn provide() -> Self {
        let column = Self(RwSignal::new(None));
        provide_context(column);
        column
    }

    /// Fills the column for as long as the current owner lives.
    pub fn fill(self, cells: SpendCells) {
        let Self(column) = self;
        column.set(Some(cells));
        on_cleanup(move || {
            // The page may have gone with it.
            let _disposed = column.try_set(None);
        });
    }

    pub fn cell(self, workspace: WorkspaceId) -> AnyView {
        self.filled(workspace, |cells| cells.cell)
    }

    pub fn menu(self, workspace: WorkspaceId) -> AnyView {
        self.filled(workspace, |cells| cells.menu)
    }

    fn filled(self, workspace: WorkspaceId, part: fn(&SpendCells) -> Callback<WorkspaceId, AnyView>) -> AnyView {
        (move || self.0.get().map(|cells| part(&cells).run(workspace.clone()))).into_any()
    }

    /// The spend of a workspace, if it is known. Tracked.
    pub fn spend(self, workspace: &WorkspaceId) -> Option<Usd> {
        self.0.get()?.spend.run(workspace.clone())
    }
}
