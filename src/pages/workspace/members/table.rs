//! The table of members.

use leptos::prelude::*;

use super::rows::MembersView;
use crate::components::{ListBody, ListContent, PeopleTable, When, use_table_layout};
use crate::data::Remote;
use crate::domain::{UserId, inline_text, text::counted};
use crate::search::columns::TableName;
use crate::search::people::Row;
use crate::ui::{Badge, BadgeTone, EmptyState, Icon};

#[component]
pub(super) fn MemberList(members: MembersView) -> impl IntoView {
    let people = members.people;
    let content = Memo::new(move |_| {
        if people.rows.count() != 0 {
            return ListContent::Table;
        }
        members.list.state.with(|state| match state.data() {
            _ if state.is_loading() => ListContent::Skeleton,
            Some(listing) if listing.is_certain || !listing.rows.is_empty() => ListContent::NoMatch,
            _ => ListContent::Problem,
        })
    });
    let no_match = move || {
        let (title, text, icon) = match people.rows.all.with(|rows| rows.is_empty()) {
            true => ("No members yet", "Add members to give them access.", Icon::Users),
            false => ("No matching members", "Try another search or role.", Icon::Search),
        };
        view! { <EmptyState title=title icon=icon>{text}</EmptyState> }.into_any()
    };
    let cell = move |(row, column): (Row, &'static str)| match column {
        "since" => view! { <When at=row.since/> }.into_any(),
        _ => keys_cell(members, row.entry.id.clone(), &row.entry.name),
    };
    let has_directory = Memo::new(move |_| members.directory.is_complete());
    let layout = use_table_layout(TableName::Members, move || people.query.with(|query| query.layout.clone()));
    let columns = layout.with_untracked(|layout| TableName::Members.shown(layout).len() + 3);
    let table = move || {
        let busy = move || {
            members.list.state.with(Remote::is_loading) || members.directory.data.state.with(Remote::is_loading)
        };
        view! {
            <PeopleTable
                people=people
                table=TableName::Members
                caption="Members"
                layout=layout.get()
                busy=busy
                has_directory=has_directory
                class=|column| if column == "since" { "col-since" } else { "col-keys" }
                cell=cell
            />
        }
        .into_any()
    };
    view! { <ListBody content=content columns=columns table=table no_match=no_match/> }
}

fn keys_cell(members: MembersView, id: UserId, name: &str) -> AnyView {
    let count = members.active_keys.with(|keys| keys.get(&id).map_or(0, Vec::len));
    if count == 0 {
        return view! { <span class="muted">{"—"}</span> }.into_any();
    }
    let label = format!(
        "{} of {}: disable or delete them to remove this member",
        counted(count, "active key", "active keys"),
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
            <Badge tone=BadgeTone::Warning>{counted(count, "key", "keys")}</Badge>
        </button>
    }
    .into_any()
}
