//! The table of members.
//!
//! Invariant: a row is named by its user id, whatever the order; who cannot be removed is marked before anything is sent.

use leptos::prelude::*;

use super::rows::Members;
use crate::components::{Chooser, HeadBox, RowBox, When, people_header, person_cell};
use crate::domain::{UserId, in_words};
use crate::forms::people::Row;
use crate::routes::PeopleSort;
use crate::state::ListStatus;
use crate::ui::{Badge, BadgeTone, EmptyState, Icon, SkeletonRows, VirtualTable, dynamic, handler};

/// The table, its shape until the first rows have come, or why there is none.
#[component]
pub(super) fn Listing(members: Members) -> impl IntoView {
    #[derive(PartialEq)]
    enum Content {
        Shape,
        Table,
        Nothing,
        /// What could not be read is said above.
        Unread,
    }
    let content = Memo::new(move |_| match members.rows.count() == 0 {
        false => Content::Table,
        true if members.list.is_whole() => Content::Nothing,
        true if members.list.status.with(|status| matches!(status, ListStatus::Failed(_))) => Content::Unread,
        true => Content::Shape,
    });
    let is_searched = move || !members.search.with(String::is_empty);
    dynamic(move || {
        content.with(|content| match content {
            Content::Table => view! { <MemberTable members=members/> }.into_any(),
            Content::Shape => view! {
                <div class={"table-box"}>
                    <table class={"table"} aria-hidden="true"><tbody><SkeletonRows rows=12 columns=6/></tbody></table>
                </div>
            }
            .into_any(),
            Content::Unread => ().into_any(),
            Content::Nothing if untrack(is_searched) => view! {
                <EmptyState title="Nobody is like that" icon=Icon::Search>{"No member matches the search and the role."}</EmptyState>
            }
            .into_any(),
            Content::Nothing => view! {
                <EmptyState title="Nobody here" icon=Icon::Users>{"This workspace has no such members yet."}</EmptyState>
            }
            .into_any(),
        })
    })
}

#[component]
fn MemberTable(members: Members) -> impl IntoView {
    let row = Callback::new(move |at: usize| match members.rows.row(at) {
        Some(row) => cells(members, &row),
        None => ().into_any(),
    });
    let key = Callback::new(move |at: usize| members.rows.key(at));
    view! {
        <Chooser choosing=members.rows.choosing>
        <VirtualTable
            caption="Members"
            class="table--people"
            header=move || headers(members)
            row_count=Signal::derive(move || members.rows.count())
            row_key=key
            row=row
            columns=6
            overscan=6
            body=members.rows.choosing.body
            busy=Signal::derive(move || !members.list.is_whole())
        />
        </Chooser>
    }
}

fn headers(members: Members) -> AnyView {
    let header = move |sort: PeopleSort, label, class| people_header(members.query, members.go, sort, label, class);
    view! {
        <HeadBox choosing=members.rows.choosing/>
        {header(PeopleSort::Name, "Name", "col-name")}
        {header(PeopleSort::Email, "E-mail", "col-email")}
        {header(PeopleSort::Role, "Role", "col-role")}
        {header(PeopleSort::Since, "Added", "col-since")}
        <th scope="col" role="columnheader" class="col-keys">{"Active keys"}</th>
    }
    .into_any()
}

fn cells(members: Members, row: &Row) -> AnyView {
    let entry = row.entry.clone();
    let note = if entry.is_known { entry.id.to_string() } else { "not in the directory".to_owned() };
    view! {
        <RowBox choosing=members.rows.choosing id=entry.id.clone() name=entry.name.clone()/>
        {person_cell(&entry, &note)}
        <td role="cell" class="col-email" data-label="E-mail"><bdi>{entry.email.clone()}</bdi></td>
        <td role="cell" class="col-role" data-label="Role"><bdi>{row.role.to_string()}</bdi></td>
        <td role="cell" class="col-since" data-label="Added"><When at=row.since.clone()/></td>
        <td role="cell" class="col-keys" data-label="Active keys">{keys_cell(members, entry.id.clone(), &entry.name)}</td>
    }
    .into_any()
}

/// How many active keys keep somebody in, as a way to them.
fn keys_cell(members: Members, id: UserId, name: &str) -> AnyView {
    let count = members.blocked.with(|blocked| blocked.get(&id).map_or(0, Vec::len));
    if count == 0 {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    }
    let plural = if count == 1 { "" } else { "s" };
    let label =
        format!("{count} active key{plural} of {}: not removable before they are disabled or deleted", in_words(name));
    view! {
        <button
            type="button"
            class="link-button"
            aria-label=label.clone()
            title=label
            on:click=handler(move |_: web_sys::MouseEvent| members.look_at_keys(id.clone()))
        >
            <Badge tone=BadgeTone::Warning>{format!("{count} key{plural}")}</Badge>
        </button>
    }
    .into_any()
}
