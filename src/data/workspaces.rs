//! The list of workspaces as views use it, and how a write changes it before it is read again.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Cache, Data, Listing, WorkspaceList, use_data};
use crate::activity::{NamedWorkspace, NewActivity};
use crate::domain::{Slug, Usd, Workspace, WorkspaceId, WorkspaceRef};
use crate::routes::ListQuery;
use crate::search::filter::{self, Indexed};

/// The workspaces of the organization. Each method tracks the list.
#[derive(Clone, Copy)]
pub struct Workspaces {
    pub data: Data<Listing<Indexed>>,
}

/// Observes the list of workspaces for as long as the current owner lives. It is read again if it is older than a minute.
pub fn use_workspaces() -> Workspaces {
    Workspaces { data: use_data(|| Some(WorkspaceList)) }
}

impl Workspaces {
    pub fn rows(&self) -> Arc<Vec<Arc<Indexed>>> {
        self.data.state.with(|state| state.data().map(|listing| listing.rows.clone()).unwrap_or_default())
    }

    /// The workspaces that match a search, in its order.
    pub fn matching(&self, query: &ListQuery) -> Vec<Arc<Workspace>> {
        self.matching_by(query, &|_| None)
    }

    /// The same, where the order may be by the spend of a workspace this month.
    pub fn matching_by(&self, query: &ListQuery, month: &dyn Fn(&WorkspaceId) -> Option<Usd>) -> Vec<Arc<Workspace>> {
        filter::apply(&self.rows(), &query.search, query.order, month)
    }

    /// A workspace by UUID or slug.
    pub fn find(&self, workspace: &WorkspaceRef) -> Option<Arc<Workspace>> {
        self.rows().iter().map(|row| &row.workspace).find(|it| it.is_named(workspace)).cloned()
    }

    /// The workspace's name, or else its UUID or slug.
    pub fn name_of(&self, workspace: &WorkspaceRef) -> String {
        self.find(workspace).map_or_else(|| workspace.as_str().to_owned(), |it| it.label())
    }

    /// The activity with the names of its workspaces, as far as the list has them.
    pub fn named(&self, mut activity: NewActivity) -> NewActivity {
        for workspace in activity.workspaces.iter_mut().filter(|it| it.slug.is_none()) {
            if let Some(known) = workspace.id.as_ref().and_then(|id| self.find(&WorkspaceRef::from(id))) {
                *workspace = NamedWorkspace::from(&*known);
            }
        }
        activity
    }

    /// Whether a workspace other than `own` has the slug.
    pub fn is_taken(&self, slug: &Slug, own: Option<&WorkspaceId>) -> bool {
        self.rows().iter().any(|row| row.workspace.slug == *slug && Some(&row.workspace.id) != own)
    }
}

impl Cache {
    /// Adds a workspace to the list, or replaces the one with its UUID.
    pub fn upsert_workspace(self, workspace: Workspace) {
        let row = Arc::new(Indexed::new(workspace));
        self.amend(&WorkspaceList, |listing| {
            let mut rows = Vec::clone(&listing.rows);
            match rows.iter_mut().find(|known| known.workspace.id == row.workspace.id) {
                Some(known) => *known = row,
                None => rows.push(row),
            }
            listing.with_rows(rows)
        });
    }

    /// Removes a workspace from the list.
    pub fn remove_workspace(self, id: &WorkspaceId) {
        self.amend(&WorkspaceList, |listing| {
            listing.with_rows(listing.rows.iter().filter(|row| row.workspace.id != *id).cloned().collect())
        });
    }
}
