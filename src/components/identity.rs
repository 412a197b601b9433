//! What tells a workspace from all others, whatever it is called.
//!
//! Invariant: where something is about to be done to a workspace, its slug and its UUID stand beside its name.

use leptos::prelude::*;

use crate::domain::{Workspace, WorkspaceId};
use crate::state::WorkspaceList;
use crate::ui::dynamic;

/// Name, slug and UUID: three ways to be sure.
#[component]
pub fn WorkspaceIdentity(
    /// The workspace.
    #[prop(into)]
    workspace: Signal<Workspace>,
) -> impl IntoView {
    dynamic(move || workspace.with(|it| identity(Some(it.label()), Some(it.slug.to_string()), it.id.to_string())))
}

/// The same of a workspace that only its UUID is known of; the rest as far as the list has come.
#[component]
pub fn IdentityOf(
    /// The workspace.
    workspace: WorkspaceId,
) -> impl IntoView {
    let list: WorkspaceList = expect_context();
    dynamic(move || {
        let known = list.rows.with(|rows| rows.iter().find(|row| row.workspace.id == workspace).cloned());
        let (name, slug) = match known {
            Some(row) => (Some(row.workspace.label()), Some(row.workspace.slug.to_string())),
            None => (None, None),
        };
        identity(name, slug, workspace.to_string())
    })
}

fn identity(name: Option<String>, slug: Option<String>, id: String) -> AnyView {
    view! {
        <p class="identity">
            {name.map(|name| view! { <strong><bdi>{name}</bdi></strong> }.into_any())}
            {slug.map(|slug| view! { <bdi class="mono">{slug}</bdi> }.into_any())}
            <bdi class="mono muted">{id}</bdi>
        </p>
    }
    .into_any()
}

/// The same as the cell of a table.
pub fn workspace_cell(workspace: &Workspace) -> AnyView {
    let (slug, id, whole) = (workspace.slug.to_string(), workspace.id.to_string(), workspace.id.to_string());
    view! {
        <td role="cell" class="col-name col-workspace is-title">
            <div class="cell-stack">
                <bdi>{workspace.label()}</bdi>
                <span class="cell-note mono" title=whole><bdi>{slug}</bdi>" "<bdi class="identity__id">{id}</bdi></span>
            </div>
        </td>
    }
    .into_any()
}

/// In which workspace a row of several workspaces is: the name, and the slug, which no two have in common.
pub fn place_cell(name: String, slug: Option<String>) -> AnyView {
    view! {
        <td role="cell" class="is-line" data-label="Workspace">
            <span class="cell-line place">
                <bdi class="place__name">{name}</bdi>
                {" "}
                {slug.map(|slug| view! { <bdi class="place__slug mono muted">{slug}</bdi> }.into_any())}
            </span>
        </td>
    }
    .into_any()
}
