//! The people of the organization joined with their workspaces: their rows and the selection.
//!
//! Invariant: the default workspace, of which everyone is a member, is left out.

use std::sync::Arc;

use leptos::prelude::*;

use super::memberships::Memberships;
use crate::components::{PeopleRows, search_in_address};
use crate::data::{
    Directory, Many, PersonIndex, Shared, WorkspaceMembers, Workspaces, use_directory, use_many, use_workspaces,
};
use crate::domain::{OrganizationRole, Person, UserId, Workspace, WorkspaceId};
use crate::navigation::use_navigator;
use crate::routes::{ListQuery, PeopleQuery};
use crate::search::people::Row;
use crate::ui::Bound;

/// The state of the page.
#[derive(Clone, Copy)]
pub(super) struct PeopleView {
    pub query: Memo<PeopleQuery>,
    pub directory: Directory,
    pub workspaces: Workspaces,
    pub members: Many<WorkspaceMembers>,
    /// All workspaces except the default one, by name.
    pub offered: Memo<Arc<Vec<Arc<Workspace>>>>,
    /// By positions in `offered`.
    pub memberships: Memo<Shared<Memberships>>,
    /// Whether workspaces, or their members, are still to be read.
    pub is_reading: Memo<bool>,
    pub rows: PeopleRows,
    pub search: Bound<String>,
    /// Goes to this page with another query.
    pub go: Callback<PeopleQuery>,
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
            let memberships = memberships.get();
            Shared::new(
                people.with(|index| index.as_deref().map(|index| joined(index, &memberships))).unwrap_or_default(),
            )
        });
        let navigator = use_navigator();
        let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
        let search = search_in_address(in_address, move |search| {
            navigator.replace(&PeopleQuery { search, ..query.get_untracked() }.on_people());
        });
        let is_loading =
            Signal::derive(move || is_reading.get() || directory.data.state.with(|people| people.is_loading()));
        let go = Callback::new(move |query: PeopleQuery| navigator.push(&query.on_people()));
        let rows = PeopleRows::new(all, query, search, is_loading);
        Self { query, directory, workspaces, members, offered, memberships, is_reading, rows, search, go }
    }

    /// The names of a person's workspaces, in order.
    pub(super) fn workspace_names(&self, person: &UserId) -> Vec<String> {
        let memberships = self.memberships.get();
        let places = memberships.places(person).iter();
        self.offered.with(|offered| {
            places.filter_map(|at| offered.get(*at as usize).map(|workspace| workspace.label())).collect()
        })
    }

    /// A workspace by its ID.
    pub(super) fn workspace(&self, id: &WorkspaceId) -> Option<Arc<Workspace>> {
        self.offered.with(|offered| offered.iter().find(|workspace| workspace.id == *id).cloned())
    }

    /// Reads the lists of members again that could not be read.
    pub(super) fn retry_unread(&self) {
        let memberships = self.memberships.get_untracked();
        let unread: Vec<_> = memberships.unread().iter().map(key).collect();
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
