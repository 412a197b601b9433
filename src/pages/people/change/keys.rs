//! Active API keys in the workspaces of a removal. Their owners can't be removed.
//!
//! Invariant: keys that could not be read prevent nothing here. The API decides.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use super::Change;
use crate::browser::now;
use crate::components::KeysDialog;
use crate::data::{KeysAt, Many, Remote, Shared, WorkspaceKeys, use_many};
use crate::domain::{ApiKey, UserId, WorkspaceId};
use crate::jobs::planners::members::Action;

type KeyCounts = HashMap<UserId, usize>;
/// Counts with the keys that they are of, by workspace.
type Counted = HashMap<WorkspaceId, (Shared<KeysAt>, Arc<KeyCounts>)>;

#[derive(Clone, Copy)]
pub(super) struct Keys {
    keys: Many<WorkspaceKeys>,
    counts: Memo<Shared<Counted>>,
    /// The person whose keys are open in a dialog, with the workspace.
    pub person: RwSignal<Option<(WorkspaceId, UserId)>>,
}

impl Keys {
    pub(super) fn new(action: Action, chosen: Memo<Arc<Vec<WorkspaceId>>>) -> Self {
        // What is deselected stays, so that selecting it again does not read it again.
        let read = Memo::new(move |last: Option<&Arc<Vec<WorkspaceId>>>| {
            if action == Action::Add {
                return Arc::default();
            }
            let mut read = last.cloned().unwrap_or_default();
            chosen.with(|chosen| add_new(&mut read, chosen));
            read
        });
        let keys = use_many(move || read.with(|read| read.iter().cloned().map(WorkspaceKeys).collect()));
        // Each workspace's keys are counted once, however often those of others arrive.
        let counts = Memo::new(move |last: Option<&Shared<Counted>>| {
            let count = |id: &WorkspaceId| {
                let state = keys.get(&WorkspaceKeys(id.clone()));
                let keys = state.data()?;
                let last = last.and_then(|last| last.get(id)).filter(|(counted, _)| counted == keys);
                let counts = last.map(|(_, counts)| counts.clone());
                let counts = counts.unwrap_or_else(|| Arc::new(active_counts(&keys.keys, now())));
                Some((id.clone(), (keys.clone(), counts)))
            };
            Shared::new(read.with(|read| read.iter().filter_map(count).collect()))
        });
        Self { keys, counts, person: RwSignal::new(None) }
    }

    /// A workspace's keys.
    pub(super) fn get(&self, workspace: &WorkspaceId) -> Remote<Shared<KeysAt>> {
        self.keys.get(&WorkspaceKeys(workspace.clone()))
    }

    /// How many active keys each person has in a workspace. `None` while they are not known.
    pub(super) fn counts(&self, workspace: &WorkspaceId) -> Option<Arc<KeyCounts>> {
        self.counts.with(|counts| counts.get(workspace).map(|(_, counts)| counts.clone()))
    }

    fn of(&self, workspace: &WorkspaceId, person: &UserId) -> Vec<ApiKey> {
        let state = self.get(workspace);
        let is_theirs = |key: &&ApiKey| key.creator_user_id.as_ref() == Some(person) && key.is_active(now());
        state.data().map(|keys| keys.keys.iter().filter(is_theirs).cloned().collect()).unwrap_or_default()
    }
}

fn add_new(read: &mut Arc<Vec<WorkspaceId>>, chosen: &[WorkspaceId]) {
    let known: HashSet<&WorkspaceId> = read.iter().collect();
    let new: Vec<WorkspaceId> = chosen.iter().filter(|id| !known.contains(id)).cloned().collect();
    if !new.is_empty() {
        Arc::make_mut(read).extend(new);
    }
}

fn active_counts(keys: &[ApiKey], now: i64) -> KeyCounts {
    let mut counts = KeyCounts::new();
    for owner in keys.iter().filter(|key| key.is_active(now)).filter_map(|key| key.creator_user_id.as_ref()) {
        *counts.entry(owner.clone()).or_default() += 1;
    }
    counts
}

#[component]
pub(super) fn PersonKeysDialog(change: Change) -> impl IntoView {
    let (keys, person) = (change.keys, change.keys.person);
    let active = Memo::new(move |_| {
        person.with(|person| person.as_ref().map(|(workspace, id)| keys.of(workspace, id))).unwrap_or_default()
    });
    let unread = Signal::derive(move || {
        person.with(|person| person.as_ref().and_then(|(workspace, _)| keys.get(workspace).error().cloned()))
    });
    view! { <KeysDialog who=person directory=change.view.directory keys=active unread=unread noun="person"/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_active_keys_are_counted_for_their_owners() {
        let key = |json: &str| serde_json::from_str::<ApiKey>(json).unwrap();
        let keys = [
            key(r#"{"hash":"a","creator_user_id":"jane"}"#),
            key(r#"{"hash":"b","creator_user_id":"jane"}"#),
            key(r#"{"hash":"c","creator_user_id":"rick","disabled":true}"#),
            key(r#"{"hash":"d"}"#),
        ];
        assert_eq!(active_counts(&keys, 0), HashMap::from([(UserId::parse("jane").unwrap(), 2)]));
    }
}
