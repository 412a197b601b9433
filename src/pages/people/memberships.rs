//! Who is in which workspace: the members of every workspace but the default one, read a few workspaces at a time.
//!
//! Invariant: a workspace counts from when all of its members have come; one that could not be read says so.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Client, members};
use crate::domain::{UserId, WorkspaceId, WorkspaceRef};
use crate::state::use_client;

/// How many workspaces are read at once; each by up to four pages at once.
const WORKERS: usize = 2;
/// How often the rows follow, in milliseconds.
const BEAT: f64 = 500.0;

#[derive(Default)]
struct Known {
    /// Everybody in a workspace, as far as it has been read.
    inside: HashMap<WorkspaceId, Arc<HashSet<UserId>>>,
    waiting: VecDeque<WorkspaceId>,
    asked: HashSet<WorkspaceId>,
    failed: HashSet<WorkspaceId>,
    workers: Vec<AbortHandle>,
    working: usize,
    beat: f64,
}

/// The memberships of a page.
#[derive(Clone, Copy)]
pub(super) struct Memberships {
    known: StoredValue<Known>,
    client: StoredValue<Client>,
    /// How many workspaces are still to be read.
    pub open: RwSignal<usize>,
    /// How many could not be read.
    pub failed: RwSignal<usize>,
    /// Rises now and then while workspaces are read, and with the last.
    pub version: RwSignal<u32>,
}

impl Memberships {
    /// For as long as the current view lives.
    pub(super) fn new() -> Self {
        let memberships = Self {
            known: StoredValue::new(Known::default()),
            client: StoredValue::new(use_client()),
            open: RwSignal::new(0),
            failed: RwSignal::new(0),
            version: RwSignal::new(0),
        };
        on_cleanup(move || {
            memberships.known.try_update_value(|known| known.workers.drain(..).for_each(|working| working.abort()));
        });
        memberships
    }

    /// Reads those that were not asked for yet.
    pub(super) fn ask(&self, ids: impl IntoIterator<Item = WorkspaceId>) {
        let fresh =
            self.known.try_update_value(|known| ids.into_iter().filter(|id| known.asked.insert(id.clone())).collect());
        self.again(fresh.unwrap_or_default());
    }

    /// Reads these, also if they were read before; what was known of them stays until then.
    pub(super) fn again(&self, ids: Vec<WorkspaceId>) {
        let this = *self;
        self.known.update_value(|known| {
            known.waiting.extend(ids);
            while known.working < WORKERS.min(known.waiting.len()) {
                known.working += 1;
                let (working, handle) = abortable(this.work());
                known.workers.push(handle);
                spawn_local(async move {
                    // Aborted: nobody looks any more.
                    let _ = working.await;
                });
            }
        });
        self.tell(true);
    }

    /// Reads again what could not be read.
    pub(super) fn retry_failed(&self) {
        let failed = self.known.try_update_value(|known| known.failed.drain().collect()).unwrap_or_default();
        self.again(failed);
    }

    /// Everybody in a workspace; `None` where that is not known.
    pub(super) fn inside(&self, id: &WorkspaceId) -> Option<Arc<HashSet<UserId>>> {
        self.known.with_value(|known| known.inside.get(id).cloned())
    }

    /// The workspaces of everybody, for these workspaces in their order.
    pub(super) fn by_person(&self, workspaces: &[WorkspaceId]) -> HashMap<UserId, Vec<u32>> {
        let mut places: HashMap<UserId, Vec<u32>> = HashMap::new();
        self.known.with_value(|known| {
            for (at, id) in (0u32..).zip(workspaces) {
                for person in known.inside.get(id).into_iter().flat_map(|inside| inside.iter()) {
                    places.entry(person.clone()).or_default().push(at);
                }
            }
        });
        places
    }

    async fn work(self) {
        let Some(client) = self.client.try_get_value() else { return };
        loop {
            let next = self.known.try_update_value(|known| {
                let next = known.waiting.pop_front();
                known.working -= usize::from(next.is_none());
                next
            });
            let Some(id) = next.flatten() else { return self.tell(true) };
            let members = members::collect(&client, &WorkspaceRef::from(&id)).await;
            self.known.try_update_value(|known| match members {
                Ok(members) => {
                    known.failed.remove(&id);
                    known.inside.insert(id, Arc::new(members));
                }
                Err(_) => {
                    known.failed.insert(id);
                }
            });
            self.tell(false);
        }
    }

    /// Tells views how far it is.
    fn tell(&self, is_now: bool) {
        let now = js_sys::Date::now();
        let told = self.known.try_update_value(|known| {
            let is_time = is_now || now - known.beat >= BEAT;
            if is_time {
                known.beat = now;
            }
            (known.waiting.len() + known.working, known.failed.len(), is_time)
        });
        if let Some((open, failed, true)) = told {
            self.open.try_set(open);
            self.failed.try_set(failed);
            self.version.try_update(|version| *version = version.wrapping_add(1));
        }
    }
}
