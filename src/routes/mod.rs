//! The views of the console and their addresses.
//!
//! Invariant: every link is made by [`Route::href`], and [`Route::parse`] reads what it wrote.

mod base;
mod nearest;
mod query;
mod tables;
mod views;

use crate::domain::WorkspaceRef;

pub use base::host_below;
pub use nearest::nearest;
pub use tables::{ActivityQuery, BudgetsQuery, KeysPanel, KeysQuery, ListQuery, PeoplePanel, PeopleQuery};
pub use views::{SortWords, SortedBy, layout_text, parse_layout};

use query::{decode, encode, value};

/// What the fragment of a link with a file in it begins with.
pub const FILE_FRAGMENT: &str = "#file=";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Workspaces(ListQuery),
    CreateWorkspace,
    /// One workspace, by UUID or slug.
    Workspace(WorkspaceRef, WorkspaceView),
    Budgets(BudgetsQuery),
    Members(WorkspaceRef, PeopleQuery),
    People(PeopleQuery),
    /// The API keys of one workspace.
    WorkspaceKeys(WorkspaceRef, KeysQuery),
    /// The API keys of all workspaces.
    Keys(KeysQuery),
    /// What was done from this browser.
    Activity(ActivityQuery),
    /// Workspaces as a file. With the panel that applies one.
    Files {
        is_applying: bool,
    },
    /// An address without a view.
    NotFound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WorkspaceView {
    #[default]
    Settings,
    /// The settings, below the confirmation of a deletion.
    Delete,
    /// The settings, below the form for a clone.
    Clone,
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

    pub fn keys() -> Self {
        Self::Keys(KeysQuery::default())
    }

    pub fn activity() -> Self {
        Self::Activity(ActivityQuery::default())
    }

    pub fn files() -> Self {
        Self::Files { is_applying: false }
    }

    /// The workspace that the view shows, as the address names it.
    pub fn workspace_ref(&self) -> Option<&WorkspaceRef> {
        match self {
            Self::Workspace(workspace, _) | Self::Members(workspace, _) | Self::WorkspaceKeys(workspace, _) => {
                Some(workspace)
            }
            _ => None,
        }
    }

    /// The view of another workspace on the same tab as this view, or else its settings. From all budgets it is the tab of
    /// its budgets, and from all API keys that of its keys.
    pub fn same_tab(&self, workspace: WorkspaceRef) -> Self {
        match self {
            Self::Members(..) => Self::Members(workspace, PeopleQuery::default()),
            Self::WorkspaceKeys(..) | Self::Keys(_) => Self::WorkspaceKeys(workspace, KeysQuery::default()),
            Self::Workspace(_, WorkspaceView::Budgets) | Self::Budgets(_) => {
                Self::Workspace(workspace, WorkspaceView::Budgets)
            }
            _ => Self::workspace(workspace),
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
                WorkspaceView::Clone => (of_workspace(workspace, ""), "panel=clone".to_owned()),
                WorkspaceView::Budgets => (of_workspace(workspace, "/budgets"), String::new()),
            },
            Self::Members(workspace, query) => (of_workspace(workspace, "/members"), query.write()),
            Self::WorkspaceKeys(workspace, query) => (of_workspace(workspace, "/keys"), query.write()),
            Self::Keys(query) => ("/keys".to_owned(), query.write()),
            Self::Budgets(query) => ("/budgets".to_owned(), query.write()),
            Self::People(query) => ("/people".to_owned(), query.write()),
            Self::Activity(query) => ("/activity".to_owned(), query.write()),
            Self::Files { is_applying: false } => plain("/files"),
            Self::Files { is_applying: true } => ("/files".to_owned(), "panel=apply".to_owned()),
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
            // The address of earlier releases.
            ["activity" | "journal"] => Self::Activity(ActivityQuery::parse(query)),
            ["budgets"] => Self::Budgets(BudgetsQuery::parse(query)),
            ["keys"] => Self::Keys(KeysQuery::parse(query)),
            ["files"] => Self::Files { is_applying: value(query, "panel").as_deref() == Some("apply") },
            ["people"] => Self::People(PeopleQuery::parse(query)),
            ["workspaces", workspace] => {
                let view = match value(query, "panel").as_deref() {
                    Some("delete") => WorkspaceView::Delete,
                    Some("clone") => WorkspaceView::Clone,
                    _ => WorkspaceView::Settings,
                };
                Self::of_workspace(workspace, |workspace| Self::Workspace(workspace, view))
            }
            ["workspaces", workspace, "budgets"] => {
                Self::of_workspace(workspace, |workspace| Self::Workspace(workspace, WorkspaceView::Budgets))
            }
            ["workspaces", workspace, "members"] => {
                Self::of_workspace(workspace, |workspace| Self::Members(workspace, PeopleQuery::parse(query)))
            }
            ["workspaces", workspace, "keys"] => {
                Self::of_workspace(workspace, |workspace| Self::WorkspaceKeys(workspace, KeysQuery::parse(query)))
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
