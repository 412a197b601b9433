//! The organization's workspaces, read once for every view that needs them: the list, the switcher, the check of slugs.
//!
//! Invariant: rows appear as they come the first time; a later reading replaces them only when it is whole.

use std::sync::Arc;

use crate::effect::watch;
use futures::StreamExt as _;
use futures::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Invalidation, Resource, SessionState, now};
use crate::api::{ApiError, Client, workspaces};
use crate::domain::{BadRow, Slug, Workspace, WorkspaceId, WorkspaceRef};
use crate::forms::filter::Indexed;

/// How far the reading of the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListStatus {
    /// No page has come yet.
    Loading,
    /// The first reading is under way: this many of that many.
    Partial(u64, Option<u64>),
    /// All is here.
    Complete,
    /// All is here, and is being read anew.
    Refreshing,
    /// The reading broke off; what had come stays.
    Failed(ApiError),
}

/// The workspaces, and how far their reading is.
#[derive(Clone, Copy)]
pub struct WorkspaceList {
    /// All that came, in order of arrival.
    pub rows: RwSignal<Arc<Vec<Indexed>>>,
    /// Rows that could not be read.
    pub bad: RwSignal<Arc<Vec<BadRow>>>,
    /// How far the reading is.
    pub status: RwSignal<ListStatus>,
    again: RwSignal<u32>,
    read_at: StoredValue<i64>,
}

impl WorkspaceList {
    pub(super) fn new(client: Client, invalidation: Invalidation, session: RwSignal<SessionState>) -> Self {
        let list = Self {
            rows: RwSignal::new(Arc::default()),
            bad: RwSignal::new(Arc::default()),
            status: RwSignal::new(ListStatus::Loading),
            again: RwSignal::new(0),
            read_at: StoredValue::new(0),
        };
        // Read while the session is still being checked: where a proxy holds the key, that saves a round trip.
        let is_open = Memo::new(move |_| {
            session.with(|state| matches!(state, SessionState::Checking | SessionState::SignedIn(_)))
        });
        let is_wiped = Memo::new(move |_| session.with(|state| matches!(state, SessionState::SignedOut(_))));
        watch(move || {
            if is_wiped.get() {
                list.reset();
            }
        });
        watch(move || {
            invalidation.track(Resource::Workspaces);
            list.again.track();
            if !is_open.get() {
                return;
            }
            let (reading, handle) = abortable(list.read(client.clone()));
            on_cleanup(move || handle.abort());
            spawn_local(async move {
                // Aborted is superseded: the newer reading tells how it went.
                let _ = reading.await;
            });
        });
        list
    }

    /// Reads everything again.
    pub fn refetch(&self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }

    /// Reads everything again where the last reading is older than a minute: others work here too.
    pub fn refresh_if_old(&self) {
        let is_whole = self.status.with_untracked(|status| *status == ListStatus::Complete);
        if is_whole && now() - self.read_at.get_value() > 60 {
            self.refetch();
        }
    }

    /// Puts a workspace in, or in place of the one with its id, without waiting for the next reading.
    pub fn upsert(&self, workspace: Workspace) {
        self.rows.update(|rows| {
            let rows = Arc::make_mut(rows);
            let indexed = Indexed::new(workspace);
            match rows.iter_mut().find(|row| row.workspace.id == indexed.workspace.id) {
                Some(row) => *row = indexed,
                None => rows.push(indexed),
            }
        });
    }

    /// Takes a workspace out, without waiting for the next reading.
    pub fn remove(&self, id: &WorkspaceId) {
        self.rows.update(|rows| Arc::make_mut(rows).retain(|row| row.workspace.id != *id));
    }

    /// Whether another workspace than `own` has the slug, as far as the list has come.
    pub fn is_taken(&self, slug: &Slug, own: Option<&WorkspaceId>) -> bool {
        self.rows
            .with_untracked(|rows| rows.iter().any(|row| row.workspace.slug == *slug && Some(&row.workspace.id) != own))
    }

    fn reset(&self) {
        self.rows.set(Arc::default());
        self.bad.set(Arc::default());
        self.status.set(ListStatus::Loading);
    }

    async fn read(self, client: Client) {
        let is_first =
            self.status.with_untracked(|status| matches!(status, ListStatus::Loading | ListStatus::Partial(..)))
                || self.rows.with_untracked(|rows| rows.is_empty());
        if is_first {
            self.reset();
        } else {
            self.status.set(ListStatus::Refreshing);
        }
        let (mut rows, mut bad) = (Vec::new(), Vec::new());
        let mut chunks = workspaces::list_all(&client);
        while let Some(chunk) = chunks.next().await {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(error) => {
                    self.status.set(ListStatus::Failed(error));
                    return;
                }
            };
            bad.extend(chunk.bad);
            let fresh = chunk.rows.into_iter().map(|workspace| Indexed::new(workspace));
            if is_first {
                self.rows.update(|rows| Arc::make_mut(rows).extend(fresh));
                self.status.set(ListStatus::Partial(chunk.loaded, chunk.total));
            } else {
                rows.extend(fresh);
            }
        }
        if !is_first {
            self.rows.set(Arc::new(rows));
        }
        self.bad.set(Arc::new(bad));
        self.read_at.set_value(now());
        self.status.set(ListStatus::Complete);
    }

    /// What to call a workspace, where it has come.
    pub fn name_of(&self, workspace: &WorkspaceRef) -> Option<String> {
        self.rows.with(|rows| {
            let found = rows.iter().find(|row| match workspace {
                WorkspaceRef::Id(id) => row.workspace.id == *id,
                WorkspaceRef::Slug(slug) => row.workspace.slug == *slug,
            });
            found.map(|row| row.workspace.label())
        })
    }
}
