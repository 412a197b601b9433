//! Where everything is: each view's path and query, and the way back from them.
//!
//! Invariant: every link of the console is made here, so that what [`Route::parse`] reads is what [`Route::href`] wrote.

mod budgets;
mod list;
mod query;

use crate::domain::WorkspaceRef;

pub use budgets::{BudgetFilter, BudgetSort, BudgetsQuery};
pub use list::{Direction, ListQuery, SortKey};

use query::{decode, encode, pairs};

/// A view of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// All workspaces.
    Workspaces(ListQuery),
    /// The form for a new one.
    CreateWorkspace,
    /// One workspace, by UUID or slug.
    Workspace(WorkspaceRef, WorkspaceView),
    /// The budgets of all workspaces.
    Budgets(BudgetsQuery),
    /// What was changed from this tab.
    Journal,
    /// No view of the console.
    NotFound,
}

/// What is shown of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WorkspaceView {
    /// Its settings.
    #[default]
    Settings,
    /// Its settings, under the confirmation of a deletion.
    Delete,
    /// Its budgets.
    Budgets,
}

impl Route {
    /// The list as it is first shown.
    pub fn home() -> Self {
        Self::Workspaces(ListQuery::default())
    }

    /// A workspace's settings.
    pub fn workspace(workspace: impl Into<WorkspaceRef>) -> Self {
        Self::Workspace(workspace.into(), WorkspaceView::Settings)
    }

    /// The path and query of the view.
    pub fn href(&self) -> String {
        match self {
            Self::Workspaces(query) => format!("/workspaces{}", query.write()),
            Self::CreateWorkspace => "/create-workspace".to_owned(),
            Self::Workspace(workspace, view) => {
                let view = match view {
                    WorkspaceView::Settings => "",
                    WorkspaceView::Delete => "?panel=delete",
                    WorkspaceView::Budgets => "/budgets",
                };
                format!("/workspaces/{}{view}", encode(workspace.as_str()))
            }
            Self::Budgets(query) => format!("/budgets{}", query.write()),
            Self::Journal => "/journal".to_owned(),
            Self::NotFound => "/not-found".to_owned(),
        }
    }

    /// A path and a query (without its mark) as one address.
    pub fn address(path: &str, query: &str) -> String {
        if query.is_empty() { path.to_owned() } else { [path, "?", query].concat() }
    }

    /// The view at a path and query, as the address bar holds them (still encoded).
    pub fn parse(path: &str, query: &str) -> Self {
        let query = query.trim_start_matches('?');
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            [] | ["workspaces"] => Self::Workspaces(ListQuery::parse(query)),
            ["create-workspace"] => Self::CreateWorkspace,
            ["journal"] => Self::Journal,
            ["budgets"] => Self::Budgets(BudgetsQuery::parse(query)),
            ["workspaces", workspace] => {
                let is_delete = pairs(query).any(|(name, value)| name == "panel" && value == "delete");
                Self::workspace_at(workspace, if is_delete { WorkspaceView::Delete } else { WorkspaceView::Settings })
            }
            ["workspaces", workspace, "budgets"] => Self::workspace_at(workspace, WorkspaceView::Budgets),
            _ => Self::NotFound,
        }
    }

    fn workspace_at(segment: &str, view: WorkspaceView) -> Self {
        WorkspaceRef::parse(&decode(segment)).map_or(Self::NotFound, |workspace| Self::Workspace(workspace, view))
    }
}

#[cfg(test)]
mod tests;
