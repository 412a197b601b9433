//! The menu that arranges the list, with its export. It comes with the second file.

use std::sync::Arc;

use leptos::prelude::*;

use super::spend_column::SpendColumn;
use crate::components::{TableExport, ViewMenu, exact_time};
use crate::data::{Remote, use_workspaces};
use crate::domain::{Usd, Workspace};
use crate::navigation::use_route;
use crate::routes::Route;
use crate::search::columns::Column;

#[component]
pub(crate) fn ListTools() -> impl IntoView {
    let (workspaces, route) = (use_workspaces(), use_route());
    let spend = use_context::<SpendColumn>();
    let spent = move |workspace: &_| spend.and_then(|spend| spend.spend(workspace));
    let rows = Callback::new(move |columns: Vec<Column>| {
        let Route::Workspaces(query) = route.get() else { return Vec::new() };
        let line = |workspace: &Arc<Workspace>| {
            let cells = columns.iter().map(|column| cell(workspace, column.word, spent(&workspace.id)));
            std::iter::once(workspace.name.clone()).chain(cells).chain([workspace.id.to_string()]).collect()
        };
        workspaces.matching_by(&query, &spent).iter().map(line).collect()
    });
    let is_loading = Signal::derive(move || workspaces.data.state.with(Remote::is_loading));
    view! { <ViewMenu export=TableExport { noun: "workspaces", is_loading, details: &[], rows }/> }
}

fn cell(workspace: &Workspace, column: &str, spent: Option<Usd>) -> String {
    match column {
        "slug" => workspace.slug.to_string(),
        "month" => spent.map(Usd::plain).unwrap_or_default(),
        "created" => exact_time(workspace.created_at.as_ref()),
        _ => exact_time(workspace.updated_at.as_ref()),
    }
}
