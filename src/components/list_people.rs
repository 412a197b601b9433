//! A table of people with its toolbar and panels. Search, role, order and the open panel are in the address.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;

use super::{
    HeaderCheckbox, JobNames, JobPanels, PeopleRows, RoleChoice, RowCheckbox, SelectableRows, TableExport, ViewMenu,
    drop_removed_members, laid_out_class, person_cell, row_height, search_in_address, sort_header,
};
use crate::data::{Shared, use_cache};
use crate::domain::{UserId, WorkspaceId, inline_text};
use crate::navigation::use_navigator;
use crate::routes::{PeoplePanel, PeopleQuery, Route};
use crate::search::columns::{Column, TableLayout, TableName};
use crate::search::order::PeopleSort;
use crate::search::people::Row;
use crate::search::roster::Entry;
use crate::ui::{Bound, CopyMenu, SearchBox, VirtualTable, exact, row_of};

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

    /// The export of the selected people, or else of those who are shown. `cell` is the text of a column other than the email
    /// and the role, by its word.
    pub(crate) fn export(
        self,
        noun: &'static str,
        is_loading: Signal<bool>,
        cell: impl Fn(&Row, &str) -> String + Send + Sync + 'static,
    ) -> TableExport {
        let rows = Callback::new(move |columns: Vec<Column>| {
            let line = |row: Row| {
                let cells = columns.iter().map(|column| match column.word {
                    "email" => row.entry.email.clone(),
                    "role" => row.role.to_string(),
                    word => cell(&row, word),
                });
                let (name, id) = (row.entry.full_name(), row.entry.id.to_string());
                std::iter::once(name).chain(cells).chain([id]).collect()
            };
            self.exported().into_iter().map(line).collect()
        });
        TableExport { noun, is_loading, details: &[], rows }
    }

    /// The selected people, also those whom a search hides, or else those who are shown.
    fn exported(self) -> Vec<Row> {
        let selected = self.rows.all.with(|all| self.rows.row_selection.selected_rows(all, |row| &row.entry.id));
        selected.unwrap_or_else(|| (0..self.rows.count()).filter_map(|at| self.rows.row(at)).collect())
    }

    /// The header of a column that people can be sorted by.
    pub(crate) fn header(self, sort: PeopleSort, label: &'static str, class: &'static str) -> AnyView {
        let active = move || self.query.with(|query| query.order.rank_of(sort));
        let on_sort = move |has_shift| {
            let query = self.query.get_untracked();
            self.go.run(PeopleQuery { order: query.order.after_press(sort, has_shift), ..query });
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
    export: TableExport,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="toolbar">
            <SearchBox value=people.search label=label placeholder="Search name, email or ID"/>
            <div class={"toolbar__view"}><ViewMenu export=export/></div>
            <RoleChoice query=people.query go=people.go/>
            <p class="toolbar__status" role="status">{exact(count)}</p>
            {children.map(|children| children())}
        </div>
    }
}

fn note_of(entry: &Entry, has_directory: Signal<bool>) -> &str {
    match entry.is_known {
        true => entry.only_note(),
        false if has_directory.get() => "not in the directory",
        false => "",
    }
}

/// Name, email and role of each person, and further columns. A row's key is the user ID.
#[component]
pub(crate) fn PeopleTable(
    people: PeopleList,
    table: TableName,
    caption: &'static str,
    layout: TableLayout,
    #[prop(into)] busy: Signal<bool>,
    /// Whether all people of the organization are known.
    #[prop(into)]
    has_directory: Signal<bool>,
    /// The classes of a column that is neither the email nor the role.
    class: fn(&str) -> &'static str,
    /// What is in the cell of such a column, by its word.
    #[prop(into)]
    cell: Callback<(Row, &'static str), AnyView>,
) -> impl IntoView {
    let rows = people.rows;
    let columns: Arc<Vec<Column>> = Arc::new(table.shown(&layout));
    let count = columns.len() + 3;
    let class_of = move |column: Column| match column.word {
        "email" => "col-email",
        "role" => "col-role",
        word => class(word),
    };
    let headed = columns.clone();
    let header = move || {
        let column = |column: &Column| match PeopleSort::parse(column.word) {
            Some(sort) => people.header(sort, column.label, class_of(*column)),
            None => {
                view! { <th scope="col" role="columnheader" class=class_of(*column)>{column.label}</th> }.into_any()
            }
        };
        view! {
            <HeaderCheckbox row_selection=rows.row_selection/>
            {people.header(PeopleSort::Name, table.title(), "col-name")}
            {headed.iter().map(column).collect_view()}
            <th scope="col" role="columnheader" class="col-more"><span class="visually-hidden">{"More"}</span></th>
        }
        .into_any()
    };
    let row = move |row: Row| {
        let entry = &row.entry;
        let note = note_of(entry, has_directory);
        let (name, more) = (inline_text(&entry.full_name()), entry.clone());
        let copied = move |()| {
            let email = Some(more.email.clone()).filter(|email| !email.is_empty());
            let email = email.map(|email| ("Copy email", email));
            email.into_iter().chain([("Copy ID", more.id.to_string())]).collect::<Vec<_>>()
        };
        let column = |column: &Column| {
            let content = match column.word {
                "email" => view! { <bdi>{entry.email.clone()}</bdi> }.into_any(),
                "role" => view! { <bdi>{row.role.to_string()}</bdi> }.into_any(),
                word => cell.run((row.clone(), word)),
            };
            view! { <td role="cell" class=class_of(*column) data-label=column.label>{content}</td> }.into_any()
        };
        view! {
            <RowCheckbox row_selection=rows.row_selection id=entry.id.clone() name=entry.full_name()/>
            {person_cell(entry, note)}
            {columns.iter().map(column).collect_view()}
            <td role="cell" class="col-more"><CopyMenu label=format!("More about {name}") items=copied/></td>
        }
        .into_any()
    };
    view! {
        <SelectableRows row_selection=rows.row_selection>
        <VirtualTable
            caption=caption
            class=laid_out_class("table--people", table, &layout)
            header=header
            row_count=move || rows.count()
            row_key=move |at| rows.key(at)
            row=row_of(move |at| rows.row(at), row)
            columns=count
            row_height=row_height(&layout, 44.0)
            overscan=6
            body=rows.row_selection.body
            busy=busy
        />
        </SelectableRows>
    }
}
