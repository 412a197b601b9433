//! Which workspaces the page shows, in which order, and which of them are selected.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{RecordsOfAll, RowSelection, use_records_of_all};
use crate::data::{Many, Remote, Values, WorkspaceBudgetUse, Workspaces, use_many};
use crate::domain::{Workspace, WorkspaceId};
use crate::routes::{BudgetsQuery, ListQuery};
use crate::search::BudgetUse;
use crate::search::budget_use::arrange;
use crate::search::records::AllRecords;
use crate::selection::Selection;
use crate::ui::Bound;

#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub workspaces: Workspaces,
    pub uses: Many<WorkspaceBudgetUse>,
    /// What the API has recorded, for all workspaces.
    pub records: RecordsOfAll,
    pub query: Memo<BudgetsQuery>,
    pub shown: Memo<Vec<Arc<Workspace>>>,
    /// Whether enough has been read for an order.
    pub is_ordered: Memo<bool>,
    pub row_selection: RowSelection<WorkspaceId>,
}

#[derive(Clone, PartialEq)]
struct Basis {
    query: BudgetsQuery,
    values: Values<WorkspaceBudgetUse>,
}

impl Rows {
    pub(super) fn new(workspaces: Workspaces, query: Memo<BudgetsQuery>, search: Bound<String>) -> Self {
        let uses = use_many(move || {
            workspaces.rows().iter().map(|row| WorkspaceBudgetUse(row.workspace.id.clone())).collect()
        });
        let records = use_records_of_all(workspaces, || true);
        let selection = RwSignal::new(Selection::default());
        let basis = Memo::new(move |last: Option<&Basis>| {
            let query = BudgetsQuery { search: search.get(), is_changing: false, layout: None, ..query.get() };
            match last {
                // The rows stay where they are until the last one has been read.
                Some(last) if last.query == query && !last.values.is_empty() && uses.remaining() != 0 => last.clone(),
                _ => Basis { query, values: uses.values() },
            }
        });
        let shown = Memo::new(move |_| {
            basis.with(|Basis { query, values }| {
                let by_name = ListQuery { search: query.search.clone(), ..ListQuery::default() };
                let found = workspaces.matching(&by_name);
                let records = records.state.get();
                let known = |id: &WorkspaceId| {
                    let found = values.get(&WorkspaceBudgetUse(id.clone()))?;
                    Some(Arc::new(with_records(found, id, records.known())))
                };
                arrange(found, query.filter, query.order, known)
            })
        });
        let is_ordered = Memo::new(move |was: Option<&bool>| {
            was == Some(&true) || !uses.values().is_empty() || (uses.count() != 0 && uses.remaining() == 0)
        });
        let ids = Memo::new(move |_| {
            shown.with(|shown| Arc::new(shown.iter().map(|workspace| workspace.id.clone()).collect::<Vec<_>>()))
        });
        let row_selection = RowSelection::with_selection(selection, ids);
        Self { workspaces, uses, records, query, shown, is_ordered, row_selection }
    }

    /// The budgets of a workspace with their use, by the records where they are known. Tracks both.
    pub(super) fn use_of(&self, id: &WorkspaceId) -> Remote<BudgetUse> {
        let records = self.records.state.with(|state| state.known().cloned());
        match self.uses.get(&WorkspaceBudgetUse(id.clone())) {
            Remote::Loading => Remote::Loading,
            Remote::Failed(error) => Remote::Failed(error),
            Remote::Ready(found, freshness) => Remote::Ready(with_records(&found, id, records.as_ref()), freshness),
        }
    }

    /// Reads everything again.
    pub(super) fn refetch(&self) {
        self.uses.refetch();
        self.records.refetch();
    }

    /// The selected workspaces, by name. Tracks the selection.
    pub(super) fn selected(&self) -> Vec<Arc<Workspace>> {
        let mut selected = self.workspaces.matching(&ListQuery::default());
        self.row_selection.selection.with(|selection| selected.retain(|workspace| selection.contains(&workspace.id)));
        selected
    }
}

fn with_records(found: &BudgetUse, id: &WorkspaceId, records: Option<&Arc<AllRecords>>) -> BudgetUse {
    BudgetUse { records: records.and_then(|records| records.of(id)), ..found.clone() }
}
