//! The table of members.
//!
//! Invariant: a row's key is its user ID.

use leptos::prelude::*;

use super::rows::MembersView;
use crate::components::{HeaderCheckbox, RowCheckbox, SelectableRows, When, people_header, person_cell};
use crate::domain::{UserId, inline_text};
use crate::search::order::PeopleSort;
use crate::search::people::Row;
use crate::ui::{Badge, BadgeTone, EmptyState, Icon, SkeletonRows, VirtualTable, dynamic};

/// The table, a skeleton of it until the first rows have come, or why there are no rows.
#[component]
pub(super) fn MemberList(members: MembersView) -> impl IntoView {
    #[derive(PartialEq)]
    enum Content {
        Skeleton,
        Table,
        NoMatch,
        /// It is not certain that there are no members. The problem is shown above the table.
        Unknown,
    }
    let content = Memo::new(move |_| {
        if members.rows.count() != 0 {
            return Content::Table;
        }
        members.list.state.with(|state| match state.data() {
            _ if state.is_loading() => Content::Skeleton,
            Some(listing) if listing.is_certain || !listing.rows.is_empty() => Content::NoMatch,
            _ => Content::Unknown,
        })
    });
    let is_searched = move || !members.search.with_untracked(String::is_empty);
    dynamic(move || {
        content.with(|content| match content {
            Content::Table => view! { <MemberTable members=members/> }.into_any(),
            Content::Skeleton => view! {
                <div class={"table-box"}>
                    <table class={"table"} aria-hidden="true"><tbody><SkeletonRows rows=12 columns=6/></tbody></table>
                </div>
            }
            .into_any(),
            Content::Unknown => ().into_any(),
            Content::NoMatch if is_searched() => view! {
                <EmptyState title="Nobody is like that" icon=Icon::Search>{"No member matches the search and the role."}</EmptyState>
            }
            .into_any(),
            Content::NoMatch => view! {
                <EmptyState title="Nobody here" icon=Icon::Users>{"This workspace has no such members yet."}</EmptyState>
            }
            .into_any(),
        })
    })
}

#[component]
fn MemberTable(members: MembersView) -> impl IntoView {
    let row = move |at: usize| match members.rows.row(at) {
        Some(row) => cells(members, &row),
        None => ().into_any(),
    };
    view! {
        <SelectableRows row_selection=members.rows.row_selection>
        <VirtualTable
            caption="Members"
            class="table--people"
            header=move || headers(members)
            row_count=Signal::derive(move || members.rows.count())
            row_key=move |at: usize| members.rows.key(at)
            row=row
            columns=6
            overscan=6
            body=members.rows.row_selection.body
            busy=Signal::derive(move || members.list.state.with(|state| state.is_loading()))
        />
        </SelectableRows>
    }
}

fn headers(members: MembersView) -> AnyView {
    let header = move |sort: PeopleSort, label, class| people_header(members.query, members.go, sort, label, class);
    view! {
        <HeaderCheckbox row_selection=members.rows.row_selection/>
        {header(PeopleSort::Name, "Name", "col-name")}
        {header(PeopleSort::Email, "E-mail", "col-email")}
        {header(PeopleSort::Role, "Role", "col-role")}
        {header(PeopleSort::Since, "Added", "col-since")}
        <th scope="col" role="columnheader" class="col-keys">{"Active keys"}</th>
    }
    .into_any()
}

fn cells(members: MembersView, row: &Row) -> AnyView {
    let entry = row.entry.clone();
    let note = if entry.is_known { entry.id.to_string() } else { "not in the directory".to_owned() };
    view! {
        <RowCheckbox row_selection=members.rows.row_selection id=entry.id.clone() name=entry.name.clone()/>
        {person_cell(&entry, &note)}
        <td role="cell" class="col-email" data-label="E-mail"><bdi>{entry.email.clone()}</bdi></td>
        <td role="cell" class="col-role" data-label="Role"><bdi>{row.role.to_string()}</bdi></td>
        <td role="cell" class="col-since" data-label="Added"><When at=row.since.clone()/></td>
        <td role="cell" class="col-keys" data-label="Active keys">{keys_cell(members, entry.id.clone(), &entry.name)}</td>
    }
    .into_any()
}

/// The number of a person's active keys, as a button that shows them.
fn keys_cell(members: MembersView, id: UserId, name: &str) -> AnyView {
    let count = members.active_keys.with(|keys| keys.get(&id).map_or(0, Vec::len));
    if count == 0 {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    }
    let plural = if count == 1 { "" } else { "s" };
    let label = format!(
        "{count} active key{plural} of {}: not removable before they are disabled or deleted",
        inline_text(name)
    );
    view! {
        <button
            type="button"
            class="link-button"
            aria-label=label.clone()
            title=label
            on:click=move |_| members.show_keys(id.clone())
        >
            <Badge tone=BadgeTone::Warning>{format!("{count} key{plural}")}</Badge>
        </button>
    }
    .into_any()
}
