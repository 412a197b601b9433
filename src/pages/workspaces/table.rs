//! The table of workspaces.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::When;
use crate::data::{Remote, Workspaces};
use crate::domain::Workspace;
use crate::navigation::use_navigator;
use crate::routes::{ListQuery, Route};
use crate::search::order::{Direction, SortKey};
use crate::ui::{Badge, BadgeTone, SkeletonRows, SortDirection, SortHeader, VirtualTable};

const COLUMNS: [(SortKey, &str, &str); 4] = [
    (SortKey::Name, "Name", "col-name"),
    (SortKey::Slug, "Slug", "col-slug"),
    (SortKey::Created, "Created", "col-time"),
    (SortKey::Updated, "Updated", "col-time"),
];

/// The table, or a skeleton of it until the first rows arrive.
#[component]
pub fn WorkspaceTable(
    /// All workspaces.
    workspaces: Workspaces,
    /// The order.
    query: Memo<ListQuery>,
    /// The workspaces that are shown, in order.
    shown: Memo<Vec<Arc<Workspace>>>,
) -> impl IntoView {
    let is_loading = Memo::new(move |_| workspaces.data.state.with(|state| matches!(state, Remote::Loading)));
    let is_busy = Memo::new(move |_| workspaces.data.state.with(Remote::is_busy));
    let header = move || headers(query);
    let row = Callback::new(move |at: usize| match shown.with(|shown| shown.get(at).cloned()) {
        Some(workspace) => cells(&workspace),
        None => ().into_any(),
    });
    let row_key = Callback::new(move |at: usize| {
        shown.with(|shown| shown.get(at).map_or_else(String::new, |workspace| workspace.id.to_string()))
    });
    move || {
        if is_loading.get() {
            return view! {
                <div class={"table-box"}>
                    <table class={"table"} aria-hidden="true">
                        <tbody><SkeletonRows rows=12 columns=COLUMNS.len()/></tbody>
                    </table>
                </div>
            }
            .into_any();
        }
        view! {
            <VirtualTable
                caption="Workspaces"
                class="table--workspaces"
                header=header
                row_count=Signal::derive(move || shown.with(Vec::len))
                row_key=row_key
                row=row
                columns=COLUMNS.len()
                busy=is_busy
            />
        }
        .into_any()
    }
}

fn headers(query: Memo<ListQuery>) -> AnyView {
    let navigator = use_navigator();
    let header = |(key, label, class): (SortKey, &'static str, &'static str)| {
        let active = Signal::derive(move || {
            query.with(|query| {
                (query.sort == key).then_some(match query.direction {
                    Direction::Ascending => SortDirection::Ascending,
                    Direction::Descending => SortDirection::Descending,
                })
            })
        });
        let on_sort = Callback::new(move |()| {
            navigator.push(&Route::Workspaces(query.with_untracked(|query| query.sorted_by(key))));
        });
        view! { <SortHeader label=label active=active on_sort=on_sort class=class/> }
    };
    COLUMNS.into_iter().map(header).map(IntoAny::into_any).collect_view().into_any()
}

fn cells(workspace: &Workspace) -> AnyView {
    let description = workspace.description.clone().filter(|text| !text.trim().is_empty());
    view! {
        <td role="cell" class="col-name">
            <div class="cell-stack">
                <span class="cell-line">
                    <a class="cell-link" href=Route::workspace(&workspace.slug).href()>
                        <bdi>{workspace.label()}</bdi>
                    </a>
                    {workspace.is_default().then(|| view! { <Badge tone=BadgeTone::Accent>"Default"</Badge> }.into_any())}
                </span>
                {description.map(|text| view! { <bdi class="cell-note">{text}</bdi> }.into_any())}
            </div>
        </td>
        <td role="cell" class="col-slug" data-label="Slug"><bdi class="mono">{workspace.slug.to_string()}</bdi></td>
        <td role="cell" class="col-time" data-label="Created"><When at=workspace.created_at.clone()/></td>
        <td role="cell" class="col-time" data-label="Updated"><When at=workspace.updated_at.clone()/></td>
    }
    .into_any()
}
