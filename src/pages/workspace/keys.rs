//! The API keys of a workspace.

use leptos::prelude::*;

use super::same_workspace;
use crate::components::{KeysList, KeysView};
use crate::domain::Workspace;
use crate::navigation::use_route;
use crate::routes::KeysQuery;

#[component]
pub(super) fn KeysTab(workspace: Signal<Workspace>, query: Memo<KeysQuery>) -> impl IntoView {
    let current = use_route();
    let route = Callback::new(move |query: KeysQuery| {
        current.with_untracked(|route| same_workspace(route, |workspace| query.on_workspace(workspace)))
    });
    let list = KeysList::new(Some(workspace), query, route);
    view! { <KeysView list=list/> }
}
