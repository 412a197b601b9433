//! A table of people with its toolbar and panels. Search, role, order and the open panel are in the address.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;

use super::{
    HeaderCheckbox, JobNames, JobPanels, PeopleRows, RoleChoice, RowCheckbox, SelectableRows, drop_removed_members,
    person_cell, search_in_address, sort_header,
};
use crate::data::{Shared, use_cache};
use crate::domain::{UserId, WorkspaceId, inline_text};
use crate::navigation::use_navigator;
use crate::routes::{PeoplePanel, PeopleQuery, Route};
use crate::search::order::PeopleSort;
use crate::search::people::Row;
use crate::ui::{Bound, CopyMenu, SearchBox, VirtualTable, exact};

/// The people of a page or tab.
#[derive(Clone, Copy)]
pub(crate) struct PeopleList {
    pub query: Memo<PeopleQuery>,
    pub search: Bound<String>,
    pub rows: PeopleRows,
    /// Returns the address with another query.
    route: Callback<PeopleQuery, Route>,
    go: Callback<PeopleQuery>,
}

impl PeopleList {
    pub(crate) fn new(
        all: Memo<Shared<Vec<Row>>>,
        query: Memo<PeopleQuery>,
        route: Callback<PeopleQuery, Route>,
        is_loading: Signal<bool>,
    ) -> Self {
        let navigator = use_navigator();
        let in_address = Memo::new(move |_| query.with(|query| query.search.clone()));
        let search = search_in_address(in_address, move |search| {
            navigator.replace(&route.run(PeopleQuery { search, ..query.get_untracked() }));
        });
        let go = Callback::new(move |query| navigator.push(&route.run(query)));
        Self { query, search, rows: PeopleRows::new(all, query, search, is_loading), route, go }
    }

    /// The panels over the table. Calls `on_removed` with the people whom a job has removed, by workspace.
    pub(crate) fn panels(
        self,
        names: JobNames,
        has_panel: impl Fn(PeoplePanel) -> bool + Send + Sync + 'static,
        on_removed: impl Fn(HashMap<WorkspaceId, HashSet<UserId>>) + 'static,
    ) -> JobPanels {
        let panel = Memo::new(move |_| self.query.with(|query| query.panel).filter(|panel| has_panel(*panel)));
        let at = Callback::new(move |panel| self.route.run(PeopleQuery { panel, ..self.query.get_untracked() }));
        let panels = JobPanels::of_people(names, panel, at);
        let cache = use_cache();
        // Outside world: a job has ended, and the cache does not show it yet.
        Effect::new(move |_| {
            if panels.job.has_ended.get() {
                on_removed(drop_removed_members(panels.job, cache));
            }
        });
        panels
    }

    /// The header of a column that people can be sorted by.
    pub(crate) fn header(self, sort: PeopleSort, label: &'static str, class: &'static str) -> AnyView {
        let active = move || self.query.with(|query| query.order.direction_of(sort));
        let on_sort = move || {
            let query = self.query.get_untracked();
            self.go.run(PeopleQuery { order: query.order.pressed(sort), ..query });
        };
        sort_header(label, class, active, on_sort)
    }
}

/// The search, the choice of roles and the count.
#[component]
pub(crate) fn PeopleToolbar(
    people: PeopleList,
    label: &'static str,
    #[prop(into)] count: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="toolbar">
            <SearchBox value=people.search label=label placeholder="Search name, email or ID"/>
            <RoleChoice query=people.query go=people.go/>
            <p class="toolbar__status" role="status">{exact(count)}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// Name, address and role of each person, and further columns. A row's key is the user ID.
#[component]
pub(crate) fn PeopleTable(
    people: PeopleList,
    caption: &'static str,
    /// With those for the name, the email, the role and the menu.
    columns: usize,
    #[prop(into)] busy: Signal<bool>,
    /// The headers of the columns after the role.
    #[prop(into)]
    headers: ViewFn,
    /// The cells of the columns after the role.
    #[prop(into)]
    cells: Callback<Row, AnyView>,
) -> impl IntoView {
    let rows = people.rows;
    let header = move || {
        view! {
            <HeaderCheckbox row_selection=rows.row_selection/>
            {people.header(PeopleSort::Name, "Name", "col-name")}
            {people.header(PeopleSort::Email, "Email", "col-email")}
            {people.header(PeopleSort::Role, "Role", "col-role")}
            {headers.run()}
            <th scope="col" role="columnheader" class="col-more"><span class="visually-hidden">{"More"}</span></th>
        }
        .into_any()
    };
    let row = move |row: Row| {
        let entry = &row.entry;
        let note = if entry.is_known { entry.only_note() } else { "not in the directory" };
        let (name, more) = (inline_text(&entry.full_name()), entry.clone());
        let copied = move |()| {
            let email = Some(more.email.clone()).filter(|email| !email.is_empty());
            let email = email.map(|email| ("Copy email", email));
            email.into_iter().chain([("Copy ID", more.id.to_string())]).collect::<Vec<_>>()
        };
        view! {
            <RowCheckbox row_selection=rows.row_selection id=entry.id.clone() name=entry.full_name()/>
            {person_cell(entry, note)}
            <td role="cell" class="col-email" data-label="Email"><bdi>{entry.email.clone()}</bdi></td>
            <td role="cell" class="col-role" data-label="Role"><bdi>{row.role.to_string()}</bdi></td>
            {cells.run(row)}
            <td role="cell" class="col-more"><CopyMenu label=format!("More about {name}") items=copied/></td>
        }
        .into_any()
    };
    view! {
        <SelectableRows row_selection=rows.row_selection>
        <VirtualTable
            caption=caption
            class="table--people"
            header=header
            row_count=move || rows.count()
            row_key=move |at| rows.key(at)
            row=move |at| rows.row(at).map_or_else(|| ().into_any(), row)
            columns=columns
            overscan=6
            body=rows.row_selection.body
            busy=busy
        />
        </SelectableRows>
    }
}
