//! The API keys of one workspace or of all: their rows as sorted, filtered and selected.
//!
//! Invariant: while keys are loaded, no row moves: new rows are appended.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::use_clock;
use crate::components::{RowSelection, search_in_address};
use crate::data::{
    Dated, Directory, Many, Remote, Shared, WorkspaceKeys, WorkspaceMembers, Workspaces, use_directory_after, use_many,
    use_workspaces,
};
use crate::domain::{ApiKey, KeyHash, UserId, Workspace, WorkspaceId};
use crate::navigation::use_navigator;
use crate::routes::{KeysPanel, KeysQuery, ListQuery, Route};
use crate::search::columns::TableName;
use crate::search::keys::{self, KeyRow};
use crate::search::order::{KeysFilter, KeysSort, Order};
use crate::search::roster::Entry;
use crate::ui::Bound;

type Rows = Arc<Vec<Arc<KeyRow>>>;
/// The rows of each workspace, with the keys that they were made of.
type ByWorkspace = HashMap<WorkspaceId, (Shared<Dated<ApiKey>>, Rows)>;

#[derive(Clone, Copy)]
pub(crate) struct KeysList {
    /// The workspace of the tab, or `None` on the page of all keys.
    pub workspace: Option<Signal<Workspace>>,
    pub workspaces: Workspaces,
    pub directory: Directory,
    pub keys: Many<WorkspaceKeys>,
    pub members: Many<WorkspaceMembers>,
    pub query: Memo<KeysQuery>,
    pub search: Bound<String>,
    pub all: Memo<Rows>,
    pub shown: Memo<Rows>,
    pub is_loading: Memo<bool>,
    pub row_selection: RowSelection<KeyHash>,
    /// Returns the address with another query.
    route: Callback<KeysQuery, Route>,
}

/// Rows, and the order that they were sorted by.
#[derive(Clone, PartialEq)]
struct Sorted {
    by: Order<KeysSort>,
    rows: Rows,
}

impl KeysList {
    pub(crate) fn new(
        workspace: Option<Signal<Workspace>>,
        query: Memo<KeysQuery>,
        route: Callback<KeysQuery, Route>,
    ) -> Self {
        let navigator = use_navigator();
        let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
        let search = search_in_address(in_address, move |search| {
            navigator.replace(&route.run(KeysQuery { search, ..query.get_untracked() }));
        });
        let workspaces = use_workspaces();
        let places = Memo::new(move |_| places_of(workspace, workspaces));
        let keys = use_many(move || places.with(|all| all.iter().map(|(id, _)| WorkspaceKeys(id.clone())).collect()));
        let is_loading = Memo::new(move |_| {
            let is_listing = workspace.is_none() && workspaces.data.state.with(Remote::is_loading);
            is_listing || keys.remaining() != 0
        });
        // Rows show the ID until the name comes.
        let directory = use_directory_after(move || !keys.values().is_empty() || keys.remaining() == 0);
        let filter = Memo::new(move |_| query.with(|query| query.filter));
        let members = use_many(move || match filter.get() {
            KeysFilter::OwnerLeft => {
                places.with(|all| all.iter().map(|(id, _)| WorkspaceMembers(id.clone())).collect())
            }
            _ => Vec::new(),
        });
        let all = rows_of(places, keys, directory, workspace.is_none());
        let clock = use_clock();
        let order = Memo::new(move |_| query.with(|query| query.order));
        let sorted = Memo::new(move |last: Option<&Sorted>| {
            let (by, rows) = (order.get(), all.get());
            let held = last.filter(|last| is_loading.get() && last.by == by && !last.rows.is_empty());
            let rows = match held {
                Some(last) => append_new(&last.rows, &rows, by),
                None => keys::sort(&rows, by, clock.get_untracked()),
            };
            Sorted { by, rows: Arc::new(rows) }
        });
        let member_ids = member_ids(members);
        let shown = Memo::new(move |_| {
            let has_left = |row: &KeyRow| {
                let members = member_ids.get();
                let known = members.get(&row.workspace).zip(row.key.creator_user_id.as_ref());
                known.is_some_and(|(members, owner)| !members.contains(owner))
            };
            let (rows, filter) = (sorted.get().rows, filter.get());
            search.with(|search| Arc::new(keys::matching(&rows, search, filter, clock.get(), has_left)))
        });
        let ids = Memo::new(move |_| {
            shown.with(|shown| Arc::new(shown.iter().map(|row| row.key.hash.clone()).collect::<Vec<_>>()))
        });
        let row_selection = RowSelection::new(ids);
        Self {
            workspace,
            workspaces,
            directory,
            keys,
            members,
            query,
            search,
            all,
            shown,
            is_loading,
            row_selection,
            route,
        }
    }

    /// The table that is shown.
    pub(super) fn table(self) -> TableName {
        if self.workspace.is_some() { TableName::WorkspaceKeys } else { TableName::Keys }
    }

    /// The address of a change of the query.
    pub(super) fn route_with(self, change: impl FnOnce(&mut KeysQuery)) -> Route {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.route.run(query)
    }

    /// The address with a panel, or without one.
    pub(super) fn route_of(self, panel: Option<KeysPanel>) -> Route {
        self.route_with(|query| query.panel = panel)
    }

    pub(super) fn row(self, at: usize) -> Option<Arc<KeyRow>> {
        self.shown.with(|shown| shown.get(at).cloned())
    }

    /// The selected rows, in the order in which they were read. Tracks the selection.
    pub(super) fn selected(self) -> Vec<Arc<KeyRow>> {
        let is_selected =
            |row: &&Arc<KeyRow>| self.row_selection.selection.with(|selection| selection.contains(&row.key.hash));
        self.all.with(|all| all.iter().filter(is_selected).cloned().collect())
    }

    /// Whether the members of some workspaces, which a filter needs, are not all known.
    pub(super) fn unknown_members(self) -> usize {
        let is_known = |key: &WorkspaceMembers| self.members.get(key).data().is_some_and(|listing| listing.is_certain);
        let ids: Vec<WorkspaceId> = self
            .all
            .with(|all| all.iter().map(|row| row.workspace.clone()).collect::<HashSet<_>>().into_iter().collect());
        match self.query.with(|query| query.filter) {
            KeysFilter::OwnerLeft => ids.into_iter().filter(|id| !is_known(&WorkspaceMembers(id.clone()))).count(),
            _ => 0,
        }
    }
}

fn places_of(workspace: Option<Signal<Workspace>>, workspaces: Workspaces) -> Vec<(WorkspaceId, Arc<str>)> {
    match workspace {
        Some(workspace) => workspace.with(|it| vec![(it.id.clone(), it.label().into())]),
        None => {
            let all = workspaces.matching(&ListQuery::default());
            all.iter().map(|it| (it.id.clone(), it.label().into())).collect()
        }
    }
}

/// The rows, in the order of the workspaces. Each workspace's rows are made once, unless its keys, its name or the
/// directory change.
fn rows_of(
    places: Memo<Vec<(WorkspaceId, Arc<str>)>>,
    keys: Many<WorkspaceKeys>,
    directory: Directory,
    is_across: bool,
) -> Memo<Rows> {
    let people = Memo::new(move |_| directory.data.get());
    let basis = Memo::new(move |_| (places.get(), people.get()));
    let grouped = StoredValue::new((None, ByWorkspace::default()));
    Memo::new(move |_| {
        // Follows the values that are published from time to time, not each single one.
        let values = keys.values();
        let basis = Some(basis.get());
        let mut rows = Vec::new();
        grouped.update_value(|(made_of, groups)| {
            if *made_of != basis {
                groups.clear();
                made_of.clone_from(&basis);
            }
            let mut known = std::mem::take(groups);
            for (id, name) in basis.iter().flat_map(|(places, _)| places) {
                let Some(read) = values.get(&WorkspaceKeys(id.clone())) else { continue };
                let kept = known.remove(id).filter(|(made_of, _)| made_of == read);
                let group = kept.unwrap_or_else(|| {
                    let row = |key: &ApiKey| {
                        let owner = key.creator_user_id.as_ref().map(|owner| untrack(|| directory.entry(owner)));
                        Arc::new(KeyRow::new(key.clone(), id.clone(), name.clone(), owner, is_across))
                    };
                    (read.clone(), Arc::new(read.rows.iter().map(row).collect()))
                });
                rows.extend(group.1.iter().cloned());
                groups.insert(id.clone(), group);
            }
        });
        Arc::new(rows)
    })
}

/// The members of each workspace that are certainly all.
fn member_ids(members: Many<WorkspaceMembers>) -> Memo<Shared<HashMap<WorkspaceId, HashSet<UserId>>>> {
    Memo::new(move |_| {
        let values = members.values();
        let certain = values.iter().filter(|(_, listing)| listing.is_certain);
        let ids = certain.map(|(WorkspaceMembers(id), listing)| {
            (id.clone(), listing.rows.iter().map(|member| member.user_id.clone()).collect())
        });
        Shared::new(ids.collect())
    })
}

/// Keeps the order of the known rows and appends the others.
fn append_new(held: &[Arc<KeyRow>], rows: &[Arc<KeyRow>], by: Order<KeysSort>) -> Vec<Arc<KeyRow>> {
    let mut now: HashMap<&KeyHash, &Arc<KeyRow>> = rows.iter().map(|row| (&row.key.hash, row)).collect();
    let mut appended: Vec<Arc<KeyRow>> = held.iter().filter_map(|row| now.remove(&row.key.hash)).cloned().collect();
    let new: Vec<Arc<KeyRow>> = rows.iter().filter(|row| now.contains_key(&row.key.hash)).cloned().collect();
    appended.extend(keys::sort(&new, by, 0));
    appended
}

/// The owner of a key by name, as far as the directory has been read.
pub(super) fn owner_text(owner: Option<&Arc<Entry>>) -> String {
    owner.map(|owner| owner.name.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(hashes: &str) -> Vec<Arc<KeyRow>> {
        let row = |hash: char| {
            let key = serde_json::from_str(&format!(r#"{{"hash":"{hash}","name":"{hash}"}}"#)).unwrap();
            Arc::new(KeyRow::new(key, WorkspaceId::parse("w").unwrap(), "W".into(), None, true))
        };
        hashes.chars().map(row).collect()
    }

    #[test]
    fn while_keys_are_loaded_no_row_moves() {
        let hashes = |rows: &[Arc<KeyRow>]| rows.iter().map(|row| row.key.hash.to_string()).collect::<String>();
        let by = Order::default();
        assert_eq!(hashes(&append_new(&rows("bd"), &rows("dbca"), by)), "bdac");
        assert_eq!(hashes(&append_new(&rows("bd"), &rows("da"), by)), "da");
    }
}
