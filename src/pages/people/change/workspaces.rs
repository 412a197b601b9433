//! The choice of workspaces.

use leptos::prelude::*;

use super::Change;
use crate::components::{HeaderCheckbox, RowCheckbox, SelectableRows, workspace_cell};
use crate::domain::{WorkspaceId, text::format_count};
use crate::jobs::planners::members::Action;
use crate::selection::Selection;
use crate::ui::{Button, VirtualTable, exact};

#[component]
pub(super) fn WorkspaceChoice(change: Change) -> impl IntoView {
    let workspaces = change.workspaces;
    let at = move |at: usize| workspaces.ids.with(|ids| ids.get(at).cloned());
    let count = move || {
        let summary = workspaces.summary.get();
        format!("{} of {} workspaces selected", format_count(summary.shown), format_count(summary.matching))
    };
    let note = match change.action {
        Action::Add => "The default workspace is not listed, because everyone belongs to it.",
        Action::Remove => {
            "Workspaces they belong to, except the default workspace. Only an owner can remove a person from the organization, in its settings."
        }
    };
    view! {
        <div class="job__tools">
            <p class="change__summary" role="status">{exact(count)}</p>
            <Button on_click=move |()| workspaces.select_all()>"Select all"</Button>
            <Button on_click=move |()| workspaces.selection.update(Selection::clear)>"Select none"</Button>
        </div>
        <p class={"muted"}>{note}</p>
        <div class="table-scroll table-scroll--short">
            <SelectableRows row_selection=workspaces>
            <VirtualTable
                caption="Workspaces to select"
                class="table--people"
                header=move || view! {
                    <HeaderCheckbox row_selection=workspaces/>
                    <th scope="col" role="columnheader" class="col-name">{"Workspace"}</th>
                    <th scope="col" role="columnheader" class="col-places">{"Members"}</th>
                }.into_any()
                row_count=Signal::derive(move || workspaces.ids.with(|ids| ids.len()))
                row_key=move |row| at(row).map_or_else(String::new, |id| id.to_string())
                row=move |row| at(row).map_or_else(|| ().into_any(), |id| cells(change, &id))
                columns=3
                body=workspaces.body
            />
            </SelectableRows>
        </div>
    }
}

fn cells(change: Change, id: &WorkspaceId) -> AnyView {
    let Some(workspace) = change.view.workspace(id) else { return ().into_any() };
    let memberships = change.view.memberships.get();
    // `None` if it is not known for someone whether they are a member.
    let count = change.people.with(|people| {
        memberships.are_members(id, people).try_fold(0, |count, (_, is_member)| Some(count + usize::from(is_member?)))
    });
    let count = count.map_or_else(|| "not loaded".to_owned(), format_count);
    view! {
        <RowCheckbox row_selection=change.workspaces id=id.clone() name=workspace.label()/>
        {workspace_cell(&workspace)}
        <td role="cell" class="col-places" data-label="Members">{count}</td>
    }
    .into_any()
}
