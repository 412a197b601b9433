//! What identifies a workspace: its name with its slug and UUID.
//!
//! Invariant: every view that changes a workspace shows the slug next to the name, and a confirmation of a deletion the UUID too.

use crate::data::use_workspaces;
use crate::domain::{Workspace, WorkspaceId, WorkspaceRef};
use crate::ui::{dynamic, exact_text};
use leptos::prelude::*;

#[component]
pub fn WorkspaceIdentity(#[prop(into)] workspace: Signal<Workspace>) -> impl IntoView {
    dynamic(move || workspace.with(|it| identity(Some(it.label()), Some(it.slug.to_string()), it.id.to_string())))
}

/// The same for a UUID. Name and slug appear once the list of workspaces has them.
#[component]
pub fn IdentityOf(workspace: WorkspaceId) -> impl IntoView {
    let workspaces = use_workspaces();
    dynamic(move || {
        let known = workspaces.find(&WorkspaceRef::from(&workspace));
        let (name, slug) = known.map(|it| (it.label(), it.slug.to_string())).unzip();
        identity(name, slug, workspace.to_string())
    })
}

fn identity(name: Option<String>, slug: Option<String>, id: String) -> AnyView {
    view! {
        <p class="identity">
            {name.map(|name| view! { <strong><bdi>{exact_text(name)}</bdi></strong> }.into_any())}
            {slug.map(|slug| view! { <bdi class="mono">{exact_text(slug)}</bdi> }.into_any())}
            <bdi class="mono muted">{exact_text(id)}</bdi>
        </p>
    }
    .into_any()
}

/// Name and slug of a workspace as a cell of a table. The tooltip has the UUID.
pub fn workspace_cell(workspace: &Workspace) -> AnyView {
    let (slug, id) = (workspace.slug.to_string(), workspace.id.to_string());
    view! {
        <td role="cell" class="col-name col-workspace is-title">
            <div class="cell-stack">
                <bdi>{exact_text(workspace.label())}</bdi>
                <bdi class="cell-note mono" title=id>{exact_text(slug)}</bdi>
            </div>
        </td>
    }
    .into_any()
}

/// The workspace of a row in a table about several workspaces, as a cell.
pub fn place_cell(name: String, slug: Option<String>) -> AnyView {
    view! {
        <td role="cell" class="is-line" data-label="Workspace">
            <span class="cell-line place">
                <bdi class="place__name">{exact_text(name)}</bdi>
                {" "}
                {slug.map(|slug| view! { <bdi class="place__slug mono muted">{slug}</bdi> }.into_any())}
            </span>
        </td>
    }
    .into_any()
}
