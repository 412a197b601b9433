//! Where everything is: each view's path and query, and the way back from them.
//!
//! Invariant: every link of the console is made here, so that what [`Route::parse`] reads is what [`Route::href`] wrote.
//! The queries of pages whose code comes later pass as text: reading and writing them belongs to that code.

mod base;
mod budgets;
mod list;
mod people;
mod query;

use crate::domain::WorkspaceRef;

pub use base::host_below;
pub use budgets::{BudgetFilter, BudgetSort, BudgetsQuery};
pub use list::{Direction, ListQuery, SortKey};
pub use people::{PeoplePanel, PeopleQuery, PeopleSort, RoleFilter};
pub use query::QueryText;

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
    /// The budgets of all workspaces: read by [`BudgetsQuery::parse`].
    Budgets(QueryText),
    /// The members of one workspace: read by [`PeopleQuery::parse`].
    Members(WorkspaceRef, QueryText),
    /// Everybody in the organization: read by [`PeopleQuery::parse`].
    People(QueryText),
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

    /// The budgets of all workspaces as they are first shown.
    pub fn budgets() -> Self {
        Self::Budgets(QueryText::default())
    }

    /// All people as they are first shown.
    pub fn people() -> Self {
        Self::People(QueryText::default())
    }

    /// What the address calls the workspace that the view is about.
    pub fn workspace_ref(&self) -> Option<&WorkspaceRef> {
        match self {
            Self::Workspace(workspace, _) | Self::Members(workspace, _) => Some(workspace),
            _ => None,
        }
    }

    /// The path and query of the view.
    pub fn href(&self) -> String {
        [base::base(), &self.below_base()].concat()
    }

    fn below_base(&self) -> String {
        match self {
            Self::Workspaces(query) => Self::address("/workspaces", &query.write()),
            Self::CreateWorkspace => "/create-workspace".to_owned(),
            Self::Workspace(workspace, view) => {
                let view = match view {
                    WorkspaceView::Settings => "",
                    WorkspaceView::Delete => "?panel=delete",
                    WorkspaceView::Budgets => "/budgets",
                };
                format!("/workspaces/{}{view}", encode(workspace.as_str()))
            }
            Self::Members(workspace, query) => {
                Self::address(&format!("/workspaces/{}/members", encode(workspace.as_str())), &query.0)
            }
            Self::Budgets(query) => Self::address("/budgets", &query.0),
            Self::People(query) => Self::address("/people", &query.0),
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
        let Some(path) = base::below(base::base(), path) else { return Self::NotFound };
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            [] | ["workspaces"] => Self::Workspaces(ListQuery::parse(query)),
            ["create-workspace"] => Self::CreateWorkspace,
            ["journal"] => Self::Journal,
            ["budgets"] => Self::Budgets(query.into()),
            ["people"] => Self::People(query.into()),
            ["workspaces", workspace] => {
                let is_delete = pairs(query).any(|(name, value)| name == "panel" && value == "delete");
                let view = if is_delete { WorkspaceView::Delete } else { WorkspaceView::Settings };
                Self::about(workspace, |workspace| Self::Workspace(workspace, view))
            }
            ["workspaces", workspace, "budgets"] => {
                Self::about(workspace, |workspace| Self::Workspace(workspace, WorkspaceView::Budgets))
            }
            ["workspaces", workspace, "members"] => {
                Self::about(workspace, |workspace| Self::Members(workspace, query.into()))
            }
            _ => Self::NotFound,
        }
    }

    fn about(segment: &str, view: impl FnOnce(WorkspaceRef) -> Self) -> Self {
        WorkspaceRef::parse(&decode(segment)).map_or(Self::NotFound, view)
    }
}

#[cfg(test)]
mod tests;
