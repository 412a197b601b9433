//! The table of people.
//!
//! Invariant: a row's key is its user ID.

use leptos::prelude::*;

use super::rows::PeopleView;
use crate::components::{HeaderCheckbox, RowCheckbox, SelectableRows, people_header, person_cell};
use crate::data::Remote;
use crate::domain::inline_text;
use crate::domain::text::format_count;
use crate::search::order::PeopleSort;
use crate::search::people::Row;
use crate::ui::{EmptyState, Icon, SkeletonRows, VirtualTable, dynamic};

/// The table, a skeleton of it until the first rows have come, or why there are no rows.
#[component]
pub(super) fn PeopleList(people: PeopleView) -> impl IntoView {
    #[derive(PartialEq)]
    enum Content {
        Skeleton,
        Table,
        NoMatch,
        /// The directory could not be read. The problem is shown above the table.
        Unknown,
    }
    let content = Memo::new(move |_| {
        if people.rows.count() != 0 {
            return Content::Table;
        }
        people.directory.data.state.with(|state| match state {
            Remote::Failed(_) => Content::Unknown,
            _ if state.is_loading() => Content::Skeleton,
            _ => Content::NoMatch,
        })
    });
    dynamic(move || {
        content.with(|content| match content {
            Content::Table => view! { <PeopleTable people=people/> }.into_any(),
            Content::Skeleton => view! {
                <div class={"table-box"}>
                    <table class={"table"} aria-hidden="true"><tbody><SkeletonRows rows=12 columns=5/></tbody></table>
                </div>
            }
            .into_any(),
            Content::Unknown => ().into_any(),
            Content::NoMatch => view! {
                <EmptyState title="Nobody is like that" icon=Icon::Search>{"Nobody matches the search and the role."}</EmptyState>
            }
            .into_any(),
        })
    })
}

#[component]
fn PeopleTable(people: PeopleView) -> impl IntoView {
    let rows = people.rows;
    let row = move |at: usize| match rows.row(at) {
        Some(row) => cells(people, &row),
        None => ().into_any(),
    };
    view! {
        <SelectableRows row_selection=rows.row_selection>
        <VirtualTable
            caption="People of the organization"
            class="table--people"
            header=move || headers(people)
            row_count=Signal::derive(move || rows.count())
            row_key=move |at: usize| rows.key(at)
            row=row
            columns=5
            overscan=6
            body=rows.row_selection.body
            busy=Signal::from(people.is_reading)
        />
        </SelectableRows>
    }
}

fn headers(people: PeopleView) -> AnyView {
    let header = move |sort: PeopleSort, label, class| people_header(people.query, people.go, sort, label, class);
    view! {
        <HeaderCheckbox row_selection=people.rows.row_selection/>
        {header(PeopleSort::Name, "Name", "col-name")}
        {header(PeopleSort::Email, "E-mail", "col-email")}
        {header(PeopleSort::Role, "Role", "col-role")}
        {header(PeopleSort::Workspaces, "Workspaces", "col-places")}
    }
    .into_any()
}

fn cells(people: PeopleView, row: &Row) -> AnyView {
    let entry = row.entry.clone();
    view! {
        <RowCheckbox row_selection=people.rows.row_selection id=entry.id.clone() name=entry.name.clone()/>
        {person_cell(&entry, entry.id.as_str())}
        <td role="cell" class="col-email" data-label="E-mail"><bdi>{entry.email.clone()}</bdi></td>
        <td role="cell" class="col-role" data-label="Role"><bdi>{row.role.to_string()}</bdi></td>
        <td role="cell" class="col-places" data-label="Workspaces">{workspaces_cell(&people.workspace_names(&entry.id))}</td>
    }
    .into_any()
}

/// The number of a person's workspaces and their names, which a tooltip shows in full.
fn workspaces_cell(names: &[String]) -> AnyView {
    if names.is_empty() {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    }
    let list = names.iter().map(|name| inline_text(name)).collect::<Vec<_>>().join(", ");
    let title = list.clone();
    view! {
        <span class="clamp" title=title>
            <strong>{format_count(names.len())}</strong>{" "}<bdi class="muted">{list}</bdi>
        </span>
    }
    .into_any()
}
