//! The table of workspaces.

use std::sync::Arc;

use leptos::prelude::*;

use super::spend_column::SpendColumn;
use crate::components::{OnDate, When, laid_out_class, row_height, row_mark, sort_header};
use crate::data::{Remote, Workspaces};
use crate::domain::Workspace;
use crate::navigation::use_navigator;
use crate::routes::{ListQuery, Route};
use crate::search::columns::{TableLayout, TableName};
use crate::search::order::SortKey;
use crate::ui::{Badge, BadgeTone, VirtualTable, row_of};

/// The shown columns with their labels.
type Columns = Arc<Vec<(SortKey, &'static str)>>;

fn class(column: SortKey) -> &'static str {
    match column {
        SortKey::Name => "col-name",
        SortKey::Slug => "col-slug",
        SortKey::Month => "col-month is-numeric",
        SortKey::Created | SortKey::Updated => "col-time",
    }
}

#[component]
#[expect(clippy::needless_pass_by_value, reason = "components own their props")]
pub(super) fn WorkspaceTable(
    workspaces: Workspaces,
    query: Memo<ListQuery>,
    shown: Memo<Vec<Arc<Workspace>>>,
    spend: SpendColumn,
    layout: TableLayout,
) -> impl IntoView {
    let name = (SortKey::Name, TableName::Workspaces.title());
    let others = TableName::Workspaces.shown_as(&layout, SortKey::parse);
    let columns: Columns = Arc::new(std::iter::once(name).chain(others).collect());
    let (headed, count) = (columns.clone(), columns.len());
    let at = move |at: usize| shown.with(|shown| shown.get(at).cloned());
    view! {
        <VirtualTable
            caption="Workspaces"
            class=laid_out_class("table--workspaces", TableName::Workspaces, &layout)
            header=move || headers(query, &headed)
            row_count=move || shown.with(Vec::len)
            row_key=move |row| at(row).map_or_else(String::new, |it| it.id.to_string())
            row=row_of(at, move |it| cells(&it, spend, &columns))
            columns=count
            row_height=row_height(&layout, 52.0)
            busy=move || workspaces.data.state.with(Remote::is_busy)
        />
    }
}

fn headers(query: Memo<ListQuery>, columns: &[(SortKey, &'static str)]) -> AnyView {
    let navigator = use_navigator();
    let header = |(key, label): &(SortKey, &'static str)| {
        let (key, label) = (*key, *label);
        let active = move || query.with(|query| query.order.rank_of(key));
        let on_sort = move |has_shift| {
            let query = query.get_untracked();
            navigator.push(&Route::Workspaces(ListQuery { order: query.order.after_press(key, has_shift), ..query }));
        };
        sort_header(label, class(key), active, on_sort)
    };
    columns.iter().map(header).collect_view().into_any()
}

fn cells(workspace: &Workspace, spend: SpendColumn, columns: &[(SortKey, &'static str)]) -> AnyView {
    columns.iter().map(|(column, label)| cell(workspace, spend, *column, label)).collect_view().into_any()
}

fn cell(workspace: &Workspace, spend: SpendColumn, column: SortKey, label: &'static str) -> AnyView {
    let content = match column {
        SortKey::Name => return name_cell(workspace, spend),
        SortKey::Slug => view! { <bdi class="mono">{workspace.slug.to_string()}</bdi> }.into_any(),
        SortKey::Month => spend.cell(workspace.id.clone()),
        SortKey::Created => view! { <OnDate at=workspace.created_at.clone()/> }.into_any(),
        SortKey::Updated => view! { <When at=workspace.updated_at.clone()/> }.into_any(),
    };
    view! { <td role="cell" class=class(column) data-label=label>{content}</td> }.into_any()
}

fn name_cell(workspace: &Workspace, spend: SpendColumn) -> AnyView {
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
    }
    .into_any()
}
