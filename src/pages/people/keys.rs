//! Active API keys in the workspaces of a removal. Their owners can't be removed.
//!
//! Invariant: keys that could not be read prevent nothing here. The API decides.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::now;
use crate::data::{Dated, Many, Remote, Shared, WorkspaceKeys, use_many};
use crate::domain::{ApiKey, UserId, WorkspaceId};
use crate::jobs::planners::members::Action;

type ActiveKeys = Arc<HashMap<UserId, Vec<ApiKey>>>;
/// Active keys by owner, with all keys that they are among, by workspace.
type Grouped = HashMap<WorkspaceId, (Shared<Dated<ApiKey>>, ActiveKeys)>;

#[derive(Clone, Copy)]
pub(super) struct Keys {
    keys: Many<WorkspaceKeys>,
    active: Memo<Shared<Grouped>>,
    /// The person whose keys are open in a dialog, with the workspace.
    pub person: RwSignal<Option<(WorkspaceId, UserId)>>,
}

impl Keys {
    pub(super) fn new(action: Action, chosen: Memo<Arc<Vec<WorkspaceId>>>, default: Memo<Option<WorkspaceId>>) -> Self {
        // What is deselected stays, so that selecting it again does not read it again.
        let read = Memo::new(move |last: Option<&Vec<WorkspaceId>>| {
            let mut read = last.cloned().unwrap_or_default();
            if action == Action::Remove {
                let known: HashSet<WorkspaceId> = read.iter().cloned().collect();
                let is_new = |id: &&WorkspaceId| !known.contains(*id);
                chosen.with(|chosen| read.extend(chosen.iter().filter(is_new).cloned()));
                // Read after the others: it blocks nothing.
                default.with(|default| read.extend(default.iter().filter(is_new).cloned()));
            }
            read
        });
        let keys = use_many(move || read.with(|read| read.iter().cloned().map(WorkspaceKeys).collect()));
        // Each workspace's keys are grouped once, however often those of others arrive.
        let active = Memo::new(move |last: Option<&Shared<Grouped>>| {
            let group = |id: &WorkspaceId| {
                let state = keys.get(&WorkspaceKeys(id.clone()));
                let keys = state.data()?;
                let last = last.and_then(|last| last.get(id)).filter(|(grouped, _)| grouped == keys).cloned();
                let grouped = || (keys.clone(), Arc::new(ApiKey::active_by_owner(&keys.rows, now())));
                Some((id.clone(), last.unwrap_or_else(grouped)))
            };
            Shared::new(read.with(|read| read.iter().filter_map(group).collect()))
        });
        Self { keys, active, person: RwSignal::new(None) }
    }

    /// A workspace's keys.
    pub(super) fn get(&self, workspace: &WorkspaceId) -> Remote<Shared<Dated<ApiKey>>> {
        self.keys.get(&WorkspaceKeys(workspace.clone()))
    }

    /// The active keys of each person in a workspace. `None` while they are not known.
    pub(super) fn active(&self, workspace: &WorkspaceId) -> Option<ActiveKeys> {
        self.active.with(|active| active.get(workspace).map(|(_, active)| active.clone()))
    }

    /// A person's active keys in a workspace, and why the keys there could not be read.
    pub(super) fn of_person(&self, workspace: &WorkspaceId, person: &UserId) -> (Vec<ApiKey>, Option<ApiError>) {
        let unread = self.get(workspace).error().cloned();
        let active = self.active(workspace).and_then(|active| active.get(person).cloned());
        (active.unwrap_or_default(), unread)
    }
}
