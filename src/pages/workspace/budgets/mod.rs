//! The budgets of a workspace: its limits in one form, saved together, and its spend.

mod chart;
mod editor;
mod save;
mod spend;
mod steps;

use leptos::prelude::*;

use crate::components::{AsyncView, LeaveDialog};
use crate::data::{WorkspaceBudgets, use_data};
use crate::domain::{Budgets, Workspace};

use editor::Editor;

/// The tab.
#[component]
pub(super) fn BudgetsTab(workspace: Signal<Workspace>) -> impl IntoView {
    let id = Memo::new(move |_| workspace.with(|workspace| workspace.id.clone()));
    let budgets = use_data(move || Some(WorkspaceBudgets(id.get())));
    let content =
        Callback::new(move |(data,): (Signal<Budgets>,)| view! { <Editor workspace=workspace data=data/> }.into_any());
    view! {
        <LeaveDialog/>
        <AsyncView data=budgets failure="The budgets could not be loaded" content=content/>
    }
}
