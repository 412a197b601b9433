//! The people of the organization with their workspaces, except the default one, of which everyone is a member.

use std::sync::Arc;

use leptos::prelude::*;

use super::memberships::Memberships;
use crate::components::PeopleList;
use crate::data::{
    Directory, Many, PersonIndex, Shared, WorkspaceMembers, Workspaces, use_directory, use_many, use_workspaces,
};
use crate::domain::{OrganizationRole, Person, UserId, Workspace, WorkspaceId};
use crate::routes::{ListQuery, PeopleQuery};
use crate::search::people::Row;

#[derive(Clone, Copy)]
pub(super) struct PeopleView {
    pub directory: Directory,
    pub workspaces: Workspaces,
    pub members: Many<WorkspaceMembers>,
    /// All workspaces except the default one, by name.
    pub offered: Memo<Arc<Vec<Arc<Workspace>>>>,
    /// By positions in `offered`.
    pub memberships: Memo<Shared<Memberships>>,
    pub is_reading: Memo<bool>,
    pub list: PeopleList,
}

impl PeopleView {
    pub(super) fn new(query: Memo<PeopleQuery>) -> Self {
        let (directory, workspaces) = (use_directory(), use_workspaces());
        let offered = Memo::new(move |_| {
            let mut offered = workspaces.matching(&ListQuery::default());
            offered.retain(|workspace| !workspace.is_default());
            Arc::new(offered)
        });
        let members = use_many(move || offered.with(|offered| offered.iter().map(|it| key(&it.id)).collect()));
        let memberships = Memo::new(move |_| {
            // Follows the values that are published from time to time, not each single one.
            members.values();
            let list = |it: &Arc<Workspace>| (it.id.clone(), untrack(|| members.get(&key(&it.id))));
            Shared::new(offered.with(|offered| Memberships::new(offered.iter().map(list))))
        });
        let is_reading =
            Memo::new(move |_| workspaces.data.state.with(|list| list.is_loading()) || members.remaining() != 0);
        let people = Memo::new(move |_| directory.data.get());
        let all = Memo::new(move |_| {
            let rows = people.get().map(|index| joined(&index, &memberships.get()));
            Shared::new(rows.unwrap_or_default())
        });
        let is_loading =
            Signal::derive(move || is_reading.get() || directory.data.state.with(|people| people.is_loading()));
        let route = Callback::new(|query: PeopleQuery| query.on_people());
        let list = PeopleList::new(all, query, route, is_loading);
        Self { directory, workspaces, members, offered, memberships, is_reading, list }
    }

    pub(super) fn workspace_names(&self, person: &UserId) -> Vec<String> {
        let memberships = self.memberships.get();
        let places = memberships.places(person).iter();
        self.offered.with(|offered| places.filter_map(|at| Some(offered.get(*at as usize)?.label())).collect())
    }

    pub(super) fn workspace(&self, id: &WorkspaceId) -> Option<Arc<Workspace>> {
        self.offered.with(|offered| offered.iter().find(|workspace| workspace.id == *id).cloned())
    }

    /// Everyone is a member of it, and stays one.
    pub(super) fn default_workspace(self) -> Memo<Option<WorkspaceId>> {
        Memo::new(move |_| self.default_workspace_id())
    }

    /// The same. Tracks the list.
    pub(super) fn default_workspace_id(self) -> Option<WorkspaceId> {
        let rows = self.workspaces.rows();
        rows.iter().find(|row| row.workspace.is_default()).map(|row| row.workspace.id.clone())
    }

    pub(super) fn retry_unread(&self) {
        let unread: Vec<_> = self.memberships.with_untracked(|it| it.unread.iter().map(key).collect());
        self.members.refetch_some(&unread);
    }
}

fn key(workspace: &WorkspaceId) -> WorkspaceMembers {
    WorkspaceMembers(workspace.clone())
}

fn joined(index: &PersonIndex, memberships: &Memberships) -> Vec<Row> {
    let (admin, member): (Arc<str>, Arc<str>) = ("admin".into(), "member".into());
    index.with(|known| {
        let row = |person: &Arc<Person>| {
            let role = match &person.role {
                OrganizationRole::Admin => admin.clone(),
                OrganizationRole::Member => member.clone(),
                OrganizationRole::Other(word) => word.as_str().into(),
            };
            let places = memberships.places(&person.id).len();
            Some(Row { entry: known.get(&person.id)?.clone(), role, since: None, places })
        };
        index.listing.rows.iter().filter_map(row).collect()
    })
}
