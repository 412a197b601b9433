//! Active keys in the chosen workspaces: who cannot be removed from where, before anything is sent.
//!
//! Invariant: keys that could not be read block nothing here; the API has the last word.

use std::collections::HashMap;
use std::sync::Arc;

use futures::StreamExt as _;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Change;
use crate::api::{ApiError, Client, keys};
use crate::components::KeysDialog;
use crate::domain::{ApiKey, UserId, WorkspaceId};
use crate::effect::watch;
use crate::state::{Invalidation, Resource, now, use_client};

/// How many workspaces' keys are read at once.
const MOST: usize = 4;

type Owners = HashMap<UserId, Vec<ApiKey>>;
/// What is known of a workspace's keys; nothing while they are read.
type Reading = Option<Result<Arc<Owners>, ApiError>>;

/// The active keys of workspaces, read as they are asked for.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    known: StoredValue<HashMap<WorkspaceId, Reading>>,
    client: StoredValue<Client>,
    reading: StoredValue<Vec<AbortHandle>>,
    /// Rises with each workspace that has been read.
    pub version: RwSignal<u32>,
    /// Whose keys in which workspace are looked at.
    pub looked_at: RwSignal<Option<(WorkspaceId, UserId)>>,
}

impl Keys {
    pub(super) fn new() -> Self {
        let keys = Self {
            known: StoredValue::new(HashMap::new()),
            client: StoredValue::new(use_client()),
            reading: StoredValue::new(Vec::new()),
            version: RwSignal::new(0),
            looked_at: RwSignal::new(None),
        };
        on_cleanup(move || {
            keys.reading.try_update_value(|reading| reading.drain(..).for_each(|reading| reading.abort()));
        });
        let invalidation: Invalidation = expect_context();
        let mut is_first = true;
        watch(move || {
            invalidation.track(Resource::Keys);
            if !std::mem::take(&mut is_first) {
                let all: Vec<WorkspaceId> = keys.known.with_value(|known| known.keys().cloned().collect());
                keys.read(all);
            }
        });
        keys
    }

    /// Reads the keys of those workspaces that were not asked for yet.
    pub(super) fn ask<'a>(&self, ids: impl Iterator<Item = &'a WorkspaceId>) {
        let fresh = self.known.with_value(|known| ids.filter(|id| !known.contains_key(*id)).cloned().collect());
        self.read(fresh);
    }

    /// Forgets all of them: until the next opening others may make keys and clear them.
    pub(super) fn forget(&self) {
        self.reading.update_value(|reading| reading.drain(..).for_each(|reading| reading.abort()));
        self.known.update_value(HashMap::clear);
        self.looked_at.set(None);
    }

    fn read(self, ids: Vec<WorkspaceId>) {
        if ids.is_empty() {
            return;
        }
        self.known.update_value(|known| {
            for id in &ids {
                known.entry(id.clone()).or_insert(None);
            }
        });
        let client = self.client.get_value();
        let reading = futures::stream::iter(ids).for_each_concurrent(MOST, move |id| {
            let client = client.clone();
            async move {
                let owners =
                    keys::collect_all(&client, &id).await.map(|keys| Arc::new(ApiKey::active_by_owner(&keys, now())));
                self.known.try_update_value(|known| known.insert(id, Some(owners)));
                self.version.try_update(|version| *version = version.wrapping_add(1));
            }
        });
        let (reading, handle) = abortable(reading);
        self.reading.update_value(|reading| reading.push(handle));
        spawn_local(async move {
            // Aborted: nobody looks any more.
            let _ = reading.await;
        });
    }

    /// Whether a workspace's keys are still to come.
    pub(super) fn is_coming(&self, id: &WorkspaceId) -> bool {
        self.known.with_value(|known| matches!(known.get(id), None | Some(None)))
    }

    /// Why a workspace's keys could not be read.
    pub(super) fn failure(&self, id: &WorkspaceId) -> Option<ApiError> {
        self.known.with_value(|known| match known.get(id) {
            Some(Some(Err(error))) => Some(error.clone()),
            _ => None,
        })
    }

    /// Somebody's active keys in a workspace.
    pub(super) fn of(&self, id: &WorkspaceId, person: &UserId) -> Vec<ApiKey> {
        self.known.with_value(|known| match known.get(id) {
            Some(Some(Ok(owners))) => owners.get(person).cloned().unwrap_or_default(),
            _ => Vec::new(),
        })
    }
}

/// The keys of whoever is looked at, with the means to clear them.
#[component]
pub(super) fn LookedAt(change: Change) -> impl IntoView {
    let (keys, who) = (change.keys, change.keys.looked_at);
    let of = Memo::new(move |_| {
        keys.version.track();
        who.with(|who| who.as_ref().map(|(id, person)| keys.of(id, person))).unwrap_or_default()
    });
    let unread = Signal::derive(move || {
        keys.version.track();
        who.with(|who| who.as_ref().and_then(|(id, _)| keys.failure(id)))
    });
    view! { <KeysDialog who=who directory=change.everybody.directory keys=of unread=unread noun="person"/> }
}
