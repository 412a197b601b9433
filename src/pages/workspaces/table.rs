//! The table of workspaces.

use std::sync::Arc;

use leptos::prelude::*;

use super::spend_column::SpendColumn;
use crate::components::{OnDate, When, row_mark, sort_header};
use crate::data::{Remote, Workspaces};
use crate::domain::Workspace;
use crate::navigation::use_navigator;
use crate::routes::{ListQuery, Route};
use crate::search::order::SortKey;
use crate::ui::{Badge, BadgeTone, VirtualTable};

const COLUMNS: [(SortKey, &str, &str); 5] = [
    (SortKey::Name, "Name", "col-name"),
    (SortKey::Slug, "Slug", "col-slug"),
    (SortKey::Month, "This month", "col-month is-numeric"),
    (SortKey::Created, "Created", "col-time"),
    (SortKey::Updated, "Updated", "col-time"),
];

#[component]
pub(super) fn WorkspaceTable(
    workspaces: Workspaces,
    query: Memo<ListQuery>,
    shown: Memo<Vec<Arc<Workspace>>>,
    spend: SpendColumn,
) -> impl IntoView {
    let at = move |at: usize| shown.with(|shown| shown.get(at).cloned());
    view! {
        <VirtualTable
            caption="Workspaces"
            class="table--workspaces"
            header=move || headers(query)
            row_count=move || shown.with(Vec::len)
            row_key=move |row| at(row).map_or_else(String::new, |it| it.id.to_string())
            row=move |row| at(row).map_or_else(|| ().into_any(), |it| cells(&it, spend))
            columns=COLUMNS.len()
            row_height=52.0
            busy=move || workspaces.data.state.with(Remote::is_busy)
        />
    }
}

fn headers(query: Memo<ListQuery>) -> AnyView {
    let navigator = use_navigator();
    let header = |(key, label, class): (SortKey, &'static str, &'static str)| {
        let active = move || query.with(|query| query.order.direction_of(key));
        let on_sort = move || {
            let query = query.get_untracked();
            navigator.push(&Route::Workspaces(ListQuery { order: query.order.pressed(key), ..query }));
        };
        sort_header(label, class, active, on_sort)
    };
    COLUMNS.into_iter().map(header).collect_view().into_any()
}

fn cells(workspace: &Workspace, spend: SpendColumn) -> AnyView {
    let description = workspace.description.clone().filter(|text| !text.trim().is_empty());
    view! {
        <td role="cell" class="col-name">
            <div class="cell-stack">
                <span class="cell-line">
                    <a class="cell-link" href=Route::workspace(&workspace.slug).href()>
                        <bdi>{workspace.label()}</bdi>
                    </a>
                    {workspace.is_default().then(|| view! { <Badge tone=BadgeTone::Accent>"Default"</Badge> }.into_any())}
                    {row_mark(workspace)}
                </span>
                {description.map(|text| view! { <bdi class="cell-note">{text}</bdi> }.into_any())}
            </div>
            {spend.menu(workspace.id.clone())}
        </td>
        <td role="cell" class="col-slug" data-label="Slug"><bdi class="mono">{workspace.slug.to_string()}</bdi></td>
        <td role="cell" class="col-month is-numeric" data-label="This month">{spend.cell(workspace.id.clone())}</td>
        <td role="cell" class="col-time" data-label="Created"><OnDate at=workspace.created_at.clone()/></td>
        <td role="cell" class="col-time" data-label="Updated"><When at=workspace.updated_at.clone()/></td>
    }
    .into_any()
}
