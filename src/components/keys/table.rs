//! The table: a row for each API key.

use std::sync::Arc;

use leptos::prelude::*;

use super::list::{KeysList, owner_text};
use crate::activity::limit_text;
use crate::browser::use_clock;
use crate::components::{HeaderCheckbox, OnDate, RowCheckbox, SelectableRows, When, sort_header};
use crate::domain::{ApiKey, Interval, KeyHash, KeyState, Pressure, WorkspaceId, inline_text};
use crate::navigation::use_navigator;
use crate::search::keys::KeyRow;
use crate::search::order::KeysSort;
use crate::ui::{Badge, BadgeTone, VirtualTable, exact_text, percentage};

/// The columns of spend.
const SPEND: [(Interval, KeysSort, &str); 4] = [
    (Interval::Daily, KeysSort::Day, "Today"),
    (Interval::Weekly, KeysSort::Week, "Week"),
    (Interval::Monthly, KeysSort::Month, "Month"),
    (Interval::Lifetime, KeysSort::Total, "Total"),
];

#[component]
pub(super) fn KeysTable(list: KeysList, on_edit: Callback<(WorkspaceId, KeyHash)>) -> impl IntoView {
    let is_across = list.workspace.is_none();
    let (caption, class) = match is_across {
        true => ("API keys of all workspaces", "table--keys table--keys-across"),
        false => ("API keys", "table--keys"),
    };
    view! {
        <SelectableRows row_selection=list.row_selection>
        <VirtualTable
            caption=caption
            class=class
            header=move || headers(list)
            row_count=Signal::derive(move || list.shown.with(|shown| shown.len()))
            row_key=move |at| list.row(at).map_or_else(String::new, |row| row.key.hash.to_string())
            row=move |at| list.row(at).map_or_else(|| ().into_any(), |row| cells(list, &row, on_edit))
            columns=if is_across { 13 } else { 12 }
            overscan=6
            body=list.row_selection.body
            busy=list.is_loading
        />
        </SelectableRows>
    }
}

fn headers(list: KeysList) -> AnyView {
    let navigator = use_navigator();
    let header = move |sort: KeysSort, label: &'static str, class: &'static str| {
        let active = move || list.query.with(|query| query.order.direction_of(sort));
        let on_sort = move || navigator.push(&list.route_with(|query| query.order = query.order.pressed(sort)));
        sort_header(label, class, active, on_sort)
    };
    let spend = SPEND.map(|(_, sort, label)| header(sort, label, "col-spend is-numeric"));
    view! {
        <HeaderCheckbox row_selection=list.row_selection/>
        {header(KeysSort::Name, "Name", "col-name")}
        {list.workspace.is_none().then(|| header(KeysSort::Workspace, "Workspace", "col-place"))}
        {header(KeysSort::Owner, "Owner", "col-owner")}
        {header(KeysSort::State, "State", "col-state")}
        {header(KeysSort::Limit, "Limit", "col-limit is-numeric")}
        {spend.into_iter().collect_view()}
        {header(KeysSort::LastUsed, "Last used", "col-date")}
        {header(KeysSort::Expires, "Expires", "col-date")}
        {header(KeysSort::Created, "Created", "col-date")}
    }
    .into_any()
}

fn cells(list: KeysList, row: &Arc<KeyRow>, on_edit: Callback<(WorkspaceId, KeyHash)>) -> AnyView {
    let key = &row.key;
    let (id, title) = ((row.workspace.clone(), key.hash.clone()), key.title());
    let clock = use_clock();
    let stated = row.clone();
    // The clock ticks often; the state seldom changes.
    let state = Memo::new(move |_| stated.key.state(clock.get()));
    let spend = SPEND.map(|(interval, _, label)| {
        let amount = key.spend(interval);
        view! {
            <td role="cell" class="col-spend is-numeric" data-label=label title=amount.to_string()>
                {exact_text(amount.table_text())}
            </td>
        }
        .into_any()
    });
    let place = list.workspace.is_none().then(|| {
        let (name, whole) = (row.workspace_name.to_string(), inline_text(&row.workspace_name));
        view! { <td role="cell" class="col-place" data-label="Workspace" title=whole><bdi>{exact_text(name)}</bdi></td> }
            .into_any()
    });
    let owner = owner_text(row.owner.as_ref());
    let owner_note = row.owner.as_ref().map(|owner| inline_text(owner.note()));
    view! {
        <RowCheckbox row_selection=list.row_selection id=key.hash.clone() name=format!("{title} {}", key.label)/>
        <td role="cell" class="col-name is-title">
            <div class="cell-stack">
                <button type="button" class="cell-link" on:click=move |_| on_edit.run(id.clone())><bdi>{exact_text(title)}</bdi></button>
                <bdi class="cell-note mono">{exact_text(key.label.clone())}</bdi>
            </div>
        </td>
        {place}
        <td role="cell" class="col-owner" data-label="Owner" title=owner_note>
            {if owner.is_empty() { dash() } else { view! { <bdi>{exact_text(owner)}</bdi> }.into_any() }}
        </td>
        <td role="cell" class="col-state" data-label="State">{move || state_badge(state.get())}</td>
        <td role="cell" class="col-limit is-numeric" data-label="Limit">{limit_cell(key)}</td>
        {spend.into_iter().collect_view()}
        <td role="cell" class="col-date" data-label="Last used"><When at=key.last_used_at.clone()/></td>
        <td role="cell" class="col-date" data-label="Expires"><OnDate at=key.expires_at.clone()/></td>
        <td role="cell" class="col-date" data-label="Created"><OnDate at=key.created_at.clone()/></td>
    }
    .into_any()
}

fn dash() -> AnyView {
    view! { <span class="muted">{"—"}</span> }.into_any()
}

pub(super) fn state_badge(state: KeyState) -> AnyView {
    let tone = match state {
        KeyState::Active => BadgeTone::Success,
        KeyState::Disabled => BadgeTone::Neutral,
        KeyState::Expired => BadgeTone::Warning,
    };
    view! { <Badge tone=tone>{state.label()}</Badge> }.into_any()
}

/// The limit with its reset, and how much of it is used.
fn limit_cell(key: &ApiKey) -> AnyView {
    let Some(limit) = key.limit else {
        return view! { <span class="muted">{"No limit"}</span> }.into_any();
    };
    let title = limit_text(key.limit, key.limit_reset.as_ref());
    let reset = key.limit_reset.as_ref().map(|reset| inline_text(reset.as_str()));
    let Some((spent, _)) = key.limit_use() else {
        return view! { <span>{exact_text(title)}</span> }.into_any();
    };
    let class = match Pressure::of(spent, limit) {
        Pressure::Fine => "use",
        Pressure::Near => "use use--near",
        Pressure::Over => "use use--over",
    };
    let (share, width) = match limit.is_zero() {
        true => ("100%".to_owned(), "100%".to_owned()),
        false => (spent.format_share(limit), percentage(spent.ratio(limit))),
    };
    view! {
        <div class=class title=format!("{} of {title} spent", spent.brief())>
            <span class="use__limit">{exact_text(limit.table_text())}{reset.map(|reset| view! { <span class="muted">{format!(" {reset}")}</span> })}</span>
            <span class="use__share">{exact_text(share)}</span>
            <span class="use__bar" aria-hidden="true"><span class="use__fill" style:inline-size=width></span></span>
        </div>
    }
    .into_any()
}
