//! Everybody joined with their workspaces: what is shown and chosen.
//!
//! Invariant: a row is a person as the directory has them; the default workspace, which holds everybody, is not counted.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::memberships::Memberships;
use crate::browser::lowercase;
use crate::components::{PeopleRows, SharedRows, search_in_address};
use crate::domain::{OrganizationRole, UserId, Workspace, WorkspaceId};
use crate::effect::watch;
use crate::forms::filter;
use crate::forms::people::Row;
use crate::routes::{ListQuery, PeopleQuery};
use crate::state::{Directory, ListStatus, WorkspaceList, use_directory, use_navigator};

/// Positions in a list of workspaces, by person.
type Places = Arc<HashMap<UserId, Vec<u32>>>;

/// The people of the page.
#[derive(Clone, Copy)]
pub(super) struct Everybody {
    pub query: Memo<PeopleQuery>,
    pub directory: Directory,
    pub workspaces: WorkspaceList,
    pub memberships: Memberships,
    /// All workspaces but the default one, by name.
    pub offered: Memo<Arc<Vec<Arc<Workspace>>>>,
    places: Memo<Places>,
    /// Whether workspaces, or their members, are still to come.
    pub is_reading: Memo<bool>,
    pub rows: PeopleRows,
    pub search: crate::ui::Bound<String>,
    /// Goes to the same people, found or ordered otherwise.
    pub go: Callback<PeopleQuery>,
}

impl Everybody {
    pub(super) fn new(query: Memo<PeopleQuery>) -> Self {
        let (directory, workspaces) = (use_directory(), expect_context::<WorkspaceList>());
        workspaces.refresh_if_old();
        let memberships = Memberships::new();
        let offered = Memo::new(move |_| {
            let all = workspaces.rows.with(|rows| filter::apply(rows, &ListQuery::default(), lowercase));
            Arc::new(all.into_iter().filter(|workspace| !workspace.is_default()).collect::<Vec<_>>())
        });
        watch(move || memberships.ask(offered.get().iter().map(|workspace| workspace.id.clone())));
        let places = Memo::new(move |_| {
            memberships.version.track();
            let ids: Vec<WorkspaceId> = offered.get().iter().map(|workspace| workspace.id.clone()).collect();
            Arc::new(memberships.by_person(&ids))
        });
        let is_reading = Memo::new(move |_| {
            let is_listing = workspaces.status.with(|it| matches!(it, ListStatus::Loading | ListStatus::Partial(..)));
            is_listing || memberships.open.get() != 0
        });
        let rows = Memo::new(move |_| {
            directory.version.track();
            let places = places.get();
            SharedRows(Arc::new(joined(directory, &places)))
        });
        let navigator = use_navigator();
        let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
        let search = search_in_address(in_address, move |search| {
            navigator.replace(&PeopleQuery { search, ..query.get_untracked() }.on_people());
        });
        let is_coming = Signal::derive(move || is_reading.get() || directory.list.is_coming());
        let go = Callback::new(move |query: PeopleQuery| navigator.push(&query.on_people()));
        let rows = PeopleRows::new(rows, query, search, is_coming);
        Self { query, directory, workspaces, memberships, offered, places, is_reading, rows, search, go }
    }

    /// The names of somebody's workspaces.
    pub(super) fn places_of(&self, id: &UserId) -> Vec<String> {
        let places = self.places.with(|places| places.get(id).cloned().unwrap_or_default());
        self.offered.with(|offered| {
            places.iter().filter_map(|at| offered.get(*at as usize).map(|workspace| workspace.label())).collect()
        })
    }
}

fn joined(directory: Directory, places: &Places) -> Vec<Row> {
    let (admin, member): (Arc<str>, Arc<str>) = ("admin".into(), "member".into());
    let people = directory.list.rows.get_value();
    directory.with(|known| {
        let row = |person: &Arc<crate::domain::Person>| {
            let role = match &person.role {
                OrganizationRole::Admin => admin.clone(),
                OrganizationRole::Member => member.clone(),
                OrganizationRole::Other(word) => word.as_str().into(),
            };
            let places = places.get(&person.id).map_or(0, Vec::len);
            Some(Row { entry: known.get(&person.id)?.clone(), role, since: None, places })
        };
        people.iter().filter_map(row).collect()
    })
}
