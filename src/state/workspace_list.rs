//! The list of workspaces under its former name.
// Adapter until callers are migrated to `data::use_workspaces`.

use std::sync::Arc;

use leptos::prelude::*;

use crate::api::ApiError;
use crate::data::{Cache, Freshness, Progress, Remote, Workspaces, use_cache, use_workspaces};
use crate::domain::{Slug, Workspace, WorkspaceId, WorkspaceRef};
use crate::search::filter::Indexed;

/// How far a list has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStatus {
    /// Nothing has arrived yet.
    Loading,
    /// The first read: this many of that many rows.
    Partial(u64, Option<u64>),
    /// All rows are here.
    Complete,
    /// All rows are here, and are being read again.
    Refreshing,
    /// The read failed; what had arrived stays.
    Failed(ApiError),
}

impl<T> From<&Remote<T>> for ListStatus {
    fn from(state: &Remote<T>) -> Self {
        match state {
            Remote::Loading => Self::Loading,
            Remote::Failed(error) | Remote::Ready(_, Freshness::Stale(error)) => Self::Failed(error.clone()),
            Remote::Ready(_, Freshness::Partial(Progress { loaded, total })) => Self::Partial(*loaded, *total),
            Remote::Ready(_, Freshness::Fresh) => Self::Complete,
            Remote::Ready(_, Freshness::Refreshing) => Self::Refreshing,
        }
    }
}

/// The list of workspaces.
#[derive(Clone, Copy)]
pub struct WorkspaceList {
    /// All rows that have arrived.
    pub rows: Signal<Arc<Vec<Arc<Indexed>>>>,
    /// How far the list has been read.
    pub status: Signal<ListStatus>,
    workspaces: Workspaces,
    cache: Cache,
}

impl WorkspaceList {
    pub(super) fn new() -> Self {
        let workspaces = use_workspaces();
        Self {
            rows: Signal::derive(move || workspaces.rows()),
            status: Signal::derive(move || workspaces.data.state.with(|state| state.into())),
            workspaces,
            cache: use_cache(),
        }
    }

    /// Reads the list again.
    pub fn refetch(&self) {
        self.workspaces.data.refetch();
    }

    /// Reads the list again if it is older than a minute.
    pub fn refresh_if_old(&self) {
        use_workspaces().data.get_untracked();
    }

    /// Adds a workspace, or replaces the one with its UUID.
    pub fn upsert(&self, workspace: Workspace) {
        self.cache.upsert_workspace(workspace);
    }

    /// Removes a workspace.
    pub fn remove(&self, id: &WorkspaceId) {
        self.cache.remove_workspace(id);
    }

    /// Whether a workspace other than `own` has the slug.
    pub fn is_taken(&self, slug: &Slug, own: Option<&WorkspaceId>) -> bool {
        self.workspaces.is_taken(slug, own)
    }

    /// The name of a workspace.
    pub fn name_of(&self, workspace: &WorkspaceRef) -> Option<String> {
        self.workspaces.name_of(workspace)
    }
}
