//! What comes to the rows with the overview: the spend this month, and the menu at their end. Until that is loaded, both are
//! empty.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::{Workspace, WorkspaceId};
use crate::search::order::{Direction, Order, SortKey};

type Rows = Vec<Arc<Workspace>>;

#[derive(Clone, Copy)]
pub(super) struct SpendColumn(RwSignal<Option<SpendCells>>);

/// What the overview knows.
#[derive(Clone, Copy)]
pub(super) struct SpendCells {
    pub cell: Callback<WorkspaceId, AnyView>,
    pub menu: Callback<WorkspaceId, AnyView>,
    pub sort: Callback<(Rows, Direction), Rows>,
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

    /// The workspaces in the order of their spend, if they are sorted by it. Tracked.
    pub fn sorted(self, rows: Rows, Order { column, direction }: Order<SortKey>) -> Rows {
        match self.0.get().filter(|_| column == SortKey::Month) {
            Some(cells) => cells.sort.run((rows, direction)),
            None => rows,
        }
    }
}
