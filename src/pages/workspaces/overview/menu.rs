//! The menu at the end of a row: the pages of the workspace, and what can be copied of it.

use leptos::prelude::*;

use crate::data::Workspaces;
use crate::domain::{WorkspaceId, WorkspaceRef};
use crate::routes::{KeysQuery, PeopleQuery, Route, WorkspaceView};
use crate::ui::{CopyMenu, Icon, MenuLink};

pub(super) fn row_menu(workspaces: Workspaces, workspace: WorkspaceId) -> AnyView {
    let found = move || untrack(|| workspaces.find(&WorkspaceRef::from(&workspace)));
    let Some(label) = found().map(|it| format!("More about {}", it.inline_label())) else { return ().into_any() };
    let find = found.clone();
    let links = move |()| find().map(|it| pages(&WorkspaceRef::from(&it.slug))).unwrap_or_default();
    let items = move |()| {
        let texts = |id: String, slug: String| vec![("Copy ID", id), ("Copy slug", slug)];
        found().map(|it| texts(it.id.to_string(), it.slug.to_string())).unwrap_or_default()
    };
    view! {
        <span class="row-menu"><CopyMenu label=label items=Callback::new(items) links=Callback::new(links)/></span>
    }
    .into_any()
}

fn pages(workspace: &WorkspaceRef) -> Vec<MenuLink> {
    let budgets = Route::Workspace(workspace.clone(), WorkspaceView::Budgets);
    vec![
        (Icon::Layout, "Open", Route::workspace(workspace.clone()).href()),
        (Icon::Wallet, "Budgets", budgets.href()),
        (Icon::Users, "Members", PeopleQuery::default().on_members(workspace).href()),
        (Icon::Key, "API keys", KeysQuery::default().on_workspace(workspace).href()),
    ]
}
