//! The table of everybody.
//!
//! Invariant: a row is named by its user id, whatever the order.

use leptos::prelude::*;

use super::rows::Everybody;
use crate::components::{Chooser, HeadBox, RowBox, people_header, person_cell};
use crate::domain::in_words;
use crate::domain::text::count_words;
use crate::forms::people::Row;
use crate::routes::PeopleSort;
use crate::ui::{EmptyState, Icon, SkeletonRows, VirtualTable, dynamic};

/// The table, its shape until the first rows have come, or why there is none.
#[component]
pub(super) fn Listing(everybody: Everybody) -> impl IntoView {
    #[derive(PartialEq)]
    enum Content {
        Shape,
        Table,
        Nothing,
    }
    let directory = everybody.directory.list;
    let content = Memo::new(move |_| match everybody.rows.count() {
        0 if directory.is_whole() => Content::Nothing,
        0 => Content::Shape,
        _ => Content::Table,
    });
    dynamic(move || {
        content.with(|content| match content {
            Content::Table => view! { <PeopleTable everybody=everybody/> }.into_any(),
            Content::Shape => view! {
                <div class={"table-box"}>
                    <table class={"table"} aria-hidden="true"><tbody><SkeletonRows rows=12 columns=5/></tbody></table>
                </div>
            }
            .into_any(),
            Content::Nothing => view! {
                <EmptyState title="Nobody is like that" icon=Icon::Search>{"Nobody matches the search and the role."}</EmptyState>
            }
            .into_any(),
        })
    })
}

#[component]
fn PeopleTable(everybody: Everybody) -> impl IntoView {
    let rows = everybody.rows;
    let row = Callback::new(move |at: usize| match rows.row(at) {
        Some(row) => cells(everybody, &row),
        None => ().into_any(),
    });
    view! {
        <Chooser choosing=rows.choosing>
        <VirtualTable
            caption="People of the organization"
            class="table--people"
            header=move || headers(everybody)
            row_count=Signal::derive(move || rows.count())
            row_key=Callback::new(move |at: usize| rows.key(at))
            row=row
            columns=5
            overscan=6
            body=rows.choosing.body
            busy=Signal::from(everybody.is_reading)
        />
        </Chooser>
    }
}

fn headers(everybody: Everybody) -> AnyView {
    let header = move |sort: PeopleSort, label, class| people_header(everybody.query, everybody.go, sort, label, class);
    view! {
        <HeadBox choosing=everybody.rows.choosing/>
        {header(PeopleSort::Name, "Name", "col-name")}
        {header(PeopleSort::Email, "E-mail", "col-email")}
        {header(PeopleSort::Role, "Role", "col-role")}
        {header(PeopleSort::Workspaces, "Workspaces", "col-places")}
    }
    .into_any()
}

fn cells(everybody: Everybody, row: &Row) -> AnyView {
    let entry = row.entry.clone();
    view! {
        <RowBox choosing=everybody.rows.choosing id=entry.id.clone() name=entry.name.clone()/>
        {person_cell(&entry, entry.id.as_str())}
        <td role="cell" class="col-email" data-label="E-mail"><bdi>{entry.email.clone()}</bdi></td>
        <td role="cell" class="col-role" data-label="Role"><bdi>{row.role.to_string()}</bdi></td>
        <td role="cell" class="col-places" data-label="Workspaces">{places_cell(&everybody.places_of(&entry.id))}</td>
    }
    .into_any()
}

/// How many, and which; whole on hover.
fn places_cell(places: &[String]) -> AnyView {
    if places.is_empty() {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    }
    let names = places.iter().map(|name| in_words(name)).collect::<Vec<_>>().join(", ");
    let title = names.clone();
    view! {
        <span class="clamp" title=title>
            <strong>{count_words(places.len())}</strong>{" "}<bdi class="muted">{names}</bdi>
        </span>
    }
    .into_any()
}
