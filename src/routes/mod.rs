//! The views of the console and their addresses.
//!
//! Invariant: every link is made by [`Route::href`], and [`Route::parse`] reads what it wrote.

mod base;
mod nearest;
mod query;
mod tables;

use crate::domain::WorkspaceRef;

pub use base::host_below;
pub use nearest::nearest;
pub use tables::{BudgetsQuery, ListQuery, PeoplePanel, PeopleQuery};

use query::{decode, encode, value};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Workspaces(ListQuery),
    CreateWorkspace,
    /// One workspace, by UUID or slug.
    Workspace(WorkspaceRef, WorkspaceView),
    Budgets(BudgetsQuery),
    Members(WorkspaceRef, PeopleQuery),
    People(PeopleQuery),
    /// The changes made from this tab.
    Journal,
    /// An address without a view.
    NotFound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WorkspaceView {
    #[default]
    Settings,
    /// The settings, below the confirmation of a deletion.
    Delete,
    Budgets,
}

impl Route {
    pub fn home() -> Self {
        Self::Workspaces(ListQuery::default())
    }

    pub fn workspace(workspace: impl Into<WorkspaceRef>) -> Self {
        Self::Workspace(workspace.into(), WorkspaceView::Settings)
    }

    pub fn budgets() -> Self {
        Self::Budgets(BudgetsQuery::default())
    }

    pub fn people() -> Self {
        Self::People(PeopleQuery::default())
    }

    /// The workspace that the view shows, as the address names it.
    pub fn workspace_ref(&self) -> Option<&WorkspaceRef> {
        match self {
            Self::Workspace(workspace, _) | Self::Members(workspace, _) => Some(workspace),
            _ => None,
        }
    }

    /// The path and query of the view.
    pub fn href(&self) -> String {
        let (path, query) = self.path_and_query();
        let path = [base::base(), &path].concat();
        if query.is_empty() { path } else { [&path, "?", &query].concat() }
    }

    fn path_and_query(&self) -> (String, String) {
        let of_workspace =
            |workspace: &WorkspaceRef, rest: &str| ["/workspaces/", &encode(workspace.as_str()), rest].concat();
        let plain = |path: &str| (path.to_owned(), String::new());
        match self {
            Self::Workspaces(query) => ("/workspaces".to_owned(), query.write()),
            Self::CreateWorkspace => plain("/create-workspace"),
            Self::Workspace(workspace, view) => match view {
                WorkspaceView::Settings => (of_workspace(workspace, ""), String::new()),
                WorkspaceView::Delete => (of_workspace(workspace, ""), "panel=delete".to_owned()),
                WorkspaceView::Budgets => (of_workspace(workspace, "/budgets"), String::new()),
            },
            Self::Members(workspace, query) => (of_workspace(workspace, "/members"), query.write()),
            Self::Budgets(query) => ("/budgets".to_owned(), query.write()),
            Self::People(query) => ("/people".to_owned(), query.write()),
            Self::Journal => plain("/journal"),
            Self::NotFound => plain("/not-found"),
        }
    }

    /// Whether a path is below the one that the console is hosted below.
    pub fn is_hosted(path: &str) -> bool {
        base::below(base::base(), path).is_some()
    }

    /// The view at a path and query, both still encoded.
    pub fn parse(path: &str, query: &str) -> Self {
        let query = query.trim_start_matches('?');
        let Some(path) = base::below(base::base(), path) else { return Self::NotFound };
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            [] | ["workspaces"] => Self::Workspaces(ListQuery::parse(query)),
            ["create-workspace"] => Self::CreateWorkspace,
            ["journal"] => Self::Journal,
            ["budgets"] => Self::Budgets(BudgetsQuery::parse(query)),
            ["people"] => Self::People(PeopleQuery::parse(query)),
            ["workspaces", workspace] => {
                let is_delete = value(query, "panel").as_deref() == Some("delete");
                let view = if is_delete { WorkspaceView::Delete } else { WorkspaceView::Settings };
                Self::of_workspace(workspace, |workspace| Self::Workspace(workspace, view))
            }
            ["workspaces", workspace, "budgets"] => {
                Self::of_workspace(workspace, |workspace| Self::Workspace(workspace, WorkspaceView::Budgets))
            }
            ["workspaces", workspace, "members"] => {
                Self::of_workspace(workspace, |workspace| Self::Members(workspace, PeopleQuery::parse(query)))
            }
            _ => Self::NotFound,
        }
    }

    fn of_workspace(segment: &str, view: impl FnOnce(WorkspaceRef) -> Self) -> Self {
        let text = decode(segment);
        // No workspace ends so. An address that was copied out of a sentence does.
        if text.ends_with(nearest::MARKS) {
            return Self::NotFound;
        }
        WorkspaceRef::parse(&text).map_or(Self::NotFound, view)
    }
}

#[cfg(test)]
mod tests;
