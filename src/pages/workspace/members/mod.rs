//! The members of a workspace.
//!
//! Invariant: search, filter, order and the open panel are in the address.

use leptos::prelude::*;

use crate::domain::Workspace;
use crate::routes::PeopleQuery;

/// The tab.
#[component]
pub(super) fn MembersTab(
    /// Whose members they are.
    workspace: Signal<Workspace>,
    /// What the address asks for.
    query: Memo<PeopleQuery>,
) -> impl IntoView {
    let _ = (workspace, query);
    view! { <div></div> }
}
