//! The table: a row for each API key.

use std::sync::Arc;

use leptos::prelude::*;

use super::list::{KeysList, owner_text};
use crate::activity::limit_text;
use crate::browser::use_clock;
use crate::components::{
    HeaderCheckbox, OnDate, RowCheckbox, SelectableRows, When, laid_out_class, row_height, sort_header,
};
use crate::domain::{ApiKey, Interval, KeyHash, KeyState, Pressure, WorkspaceId, inline_text};
use crate::navigation::use_navigator;
use crate::search::columns::TableLayout;
use crate::search::keys::KeyRow;
use crate::search::order::KeysSort;
use crate::ui::{Badge, BadgeTone, VirtualTable, exact_text, percentage, row_of};

/// The shown columns with their labels.
type Columns = Arc<Vec<(KeysSort, &'static str)>>;

#[component]
pub(super) fn KeysTable(
    list: KeysList,
    layout: TableLayout,
    on_edit: Callback<(WorkspaceId, KeyHash)>,
) -> impl IntoView {
    let (caption, class) = match list.workspace {
        None => ("API keys of all workspaces", "table--keys table--keys-across"),
        Some(_) => ("API keys", "table--keys"),
    };
    let columns: Columns = Arc::new(list.table().shown_as(&layout, KeysSort::parse));
    let (headed, count) = (columns.clone(), columns.len() + 2);
    view! {
        <SelectableRows row_selection=list.row_selection>
        <VirtualTable
            caption=caption
            class=laid_out_class(class, list.table(), &layout)
            header=move || headers(list, &headed)
            row_count=Signal::derive(move || list.shown.with(|shown| shown.len()))
            row_key=move |at| list.row(at).map_or_else(String::new, |row| row.key.hash.to_string())
            row=row_of(move |at| list.row(at), move |row| cells(list, &row, &columns, on_edit))
            columns=count
            row_height=row_height(&layout, 44.0)
            overscan=6
            body=list.row_selection.body
            busy=list.is_loading
        />
        </SelectableRows>
    }
}

fn class(column: KeysSort) -> &'static str {
    match column {
        KeysSort::Name => "col-name",
        KeysSort::Workspace => "col-place",
        KeysSort::Owner => "col-owner",
        KeysSort::State => "col-state",
        KeysSort::Limit => "col-limit is-numeric",
        KeysSort::Day | KeysSort::Week | KeysSort::Month | KeysSort::Total => "col-spend is-numeric",
        KeysSort::LastUsed | KeysSort::Expires => "col-date",
        KeysSort::Created => "col-date col-created",
    }
}

fn headers(list: KeysList, columns: &[(KeysSort, &'static str)]) -> AnyView {
    let navigator = use_navigator();
    let header = move |sort: KeysSort, label: &'static str| {
        let active = move || list.query.with(|query| query.order.rank_of(sort));
        let on_sort = move |has_shift| {
            navigator.push(&list.route_with(|query| query.order = query.order.after_press(sort, has_shift)));
        };
        sort_header(label, class(sort), active, on_sort)
    };
    view! {
        <HeaderCheckbox row_selection=list.row_selection/>
        {header(KeysSort::Name, list.table().title())}
        {columns.iter().map(|(sort, label)| header(*sort, label)).collect_view()}
    }
    .into_any()
}

fn cells(
    list: KeysList,
    row: &Arc<KeyRow>,
    columns: &[(KeysSort, &'static str)],
    on_edit: Callback<(WorkspaceId, KeyHash)>,
) -> AnyView {
    let key = &row.key;
    let (id, title) = ((row.workspace.clone(), key.hash.clone()), key.title());
    view! {
        <RowCheckbox row_selection=list.row_selection id=key.hash.clone() name=format!("{title} {}", key.label)/>
        <td role="cell" class="col-name is-title">
            <div class="cell-stack">
                <button type="button" class="cell-link" on:click=move |_| on_edit.run(id.clone())><bdi>{exact_text(title)}</bdi></button>
                <bdi class="cell-note mono">{exact_text(key.label.clone())}</bdi>
            </div>
        </td>
        {columns.iter().map(|(column, label)| cell(row, *column, label)).collect_view()}
    }
    .into_any()
}

fn cell(row: &Arc<KeyRow>, column: KeysSort, label: &'static str) -> AnyView {
    let key = &row.key;
    let text = |text: String| match text.is_empty() {
        true => dash(),
        false => view! { <bdi>{exact_text(text)}</bdi> }.into_any(),
    };
    let spend = |interval: Interval| {
        let amount = key.spend(interval);
        (exact_text(amount.table_text()).into_any(), Some(amount.to_string()))
    };
    let (content, title) = match column {
        // It is the first cell.
        KeysSort::Name => return ().into_any(),
        KeysSort::Workspace => (text(row.workspace_name.to_string()), Some(inline_text(&row.workspace_name))),
        KeysSort::Owner => {
            let note = row.owner.as_ref().map(|owner| inline_text(owner.note()));
            (text(owner_text(row.owner.as_ref())), note)
        }
        KeysSort::State => (state_cell(row.clone()), None),
        KeysSort::Limit => (limit_cell(key), None),
        KeysSort::Day => spend(Interval::Daily),
        KeysSort::Week => spend(Interval::Weekly),
        KeysSort::Month => spend(Interval::Monthly),
        KeysSort::Total => spend(Interval::Lifetime),
        KeysSort::LastUsed => (view! { <When at=key.last_used_at.clone()/> }.into_any(), None),
        KeysSort::Expires => (view! { <OnDate at=key.expires_at.clone()/> }.into_any(), None),
        KeysSort::Created => (view! { <OnDate at=key.created_at.clone()/> }.into_any(), None),
    };
    view! { <td role="cell" class=class(column) data-label=label title=title>{content}</td> }.into_any()
}

fn state_cell(row: Arc<KeyRow>) -> AnyView {
    let clock = use_clock();
    // The clock ticks often; the state seldom changes.
    let state = Memo::new(move |_| row.key.state(clock.get()));
    (move || state_badge(state.get())).into_any()
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
