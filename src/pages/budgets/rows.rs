//! Which workspaces the page shows, in which order, and which of them are selected.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::RowSelection;
use crate::data::{Many, Values, WorkspaceBudgetUse, Workspaces, use_many};
use crate::domain::{Workspace, WorkspaceId};
use crate::routes::{BudgetsQuery, ListQuery};
use crate::search::budget_use::arrange;
use crate::selection::Selection;

/// The rows of the page.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// All workspaces.
    pub workspaces: Workspaces,
    /// The budgets of all workspaces.
    pub uses: Many<WorkspaceBudgetUse>,
    /// Filter, order and panel.
    pub query: Memo<BudgetsQuery>,
    /// The workspaces that are shown, in order.
    pub shown: Memo<Vec<Arc<Workspace>>>,
    /// Whether enough has been read for an order.
    pub is_ordered: Memo<bool>,
    /// The selected workspaces.
    pub row_selection: RowSelection<WorkspaceId>,
}

/// What the order of the rows depends on.
#[derive(Clone, PartialEq)]
struct Basis {
    query: BudgetsQuery,
    values: Values<WorkspaceBudgetUse>,
}

impl Rows {
    /// Reads the budgets of all workspaces for as long as the current owner lives.
    pub(super) fn new(workspaces: Workspaces, query: Memo<BudgetsQuery>, search: crate::ui::Bound<String>) -> Self {
        let uses = use_many(move || {
            let rows = workspaces.rows();
            rows.iter().map(|row| WorkspaceBudgetUse(row.workspace.id.clone())).collect()
        });
        let selection = RwSignal::new(Selection::default());
        let is_held = Memo::new(move |_| uses.remaining() != 0 && selection.with(|selection| !selection.is_empty()));
        let basis = Memo::new(move |last: Option<&Basis>| {
            let query = BudgetsQuery { search: search.get(), is_changing: false, ..query.get() };
            match last {
                // The rows stay where they are while someone selects among them.
                Some(last) if last.query == query && is_held.get() => last.clone(),
                _ => Basis { query, values: uses.values() },
            }
        });
        let shown = Memo::new(move |_| {
            basis.with(|Basis { query, values }| {
                let by_name = ListQuery { search: query.search.clone(), ..ListQuery::default() };
                let found = workspaces.matching(&by_name);
                arrange(found, query.filter, query.sort, query.direction(), |id| values.get(id).cloned())
            })
        });
        let is_ordered = Memo::new(move |was: Option<&bool>| {
            was == Some(&true) || !uses.values().is_empty() || (!uses.is_empty() && uses.remaining() == 0)
        });
        let ids = Memo::new(move |_| {
            shown.with(|shown| Arc::new(shown.iter().map(|workspace| workspace.id.clone()).collect::<Vec<_>>()))
        });
        let row_selection = RowSelection::with_selection(selection, ids);
        Self { workspaces, uses, query, shown, is_ordered, row_selection }
    }

    /// The selected workspaces, by name. Tracks the selection.
    pub(super) fn selected(&self) -> Vec<Arc<Workspace>> {
        let mut selected = self.workspaces.matching(&ListQuery::default());
        self.row_selection.selection.with(|selection| selected.retain(|workspace| selection.contains(&workspace.id)));
        selected
    }
}
