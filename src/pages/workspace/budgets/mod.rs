//! The budgets of a workspace: the whole ladder in one form, judged as one types and saved in one go.
//!
//! Invariant: a refresh follows the server where nothing was edited, and never touches what was.

mod chart;
mod editor;
mod save;
mod spend;
mod steps;

use leptos::prelude::*;

use crate::api::budgets;
use crate::components::{AsyncView, LeaveDialog};
use crate::domain::{Budgets, Workspace, WorkspaceRef};
use crate::state::{Resource, use_query};

use editor::Editor;

/// The tab.
#[component]
pub(super) fn BudgetsTab(workspace: Signal<Workspace>) -> impl IntoView {
    let id = Memo::new(move |_| workspace.with(|workspace| workspace.id.clone()));
    let query = use_query(
        Resource::Budgets,
        move || Some(id.get()),
        async |client, id| budgets::list(&client, &WorkspaceRef::from(&id)).await,
    );
    let content =
        Callback::new(move |(data,): (Signal<Budgets>,)| view! { <Editor workspace=workspace data=data/> }.into_any());
    view! {
        <LeaveDialog/>
        <AsyncView query=query failure="The budgets could not be loaded" content=content/>
    }
}
