//! Which workspaces.
//!
//! Invariant: the default workspace is not among them: it holds everybody.

use leptos::prelude::*;

use super::Change;
use crate::components::{Chooser, HeadBox, RowBox, workspace_cell};
use crate::domain::WorkspaceId;
use crate::domain::text::count_words;
use crate::jobs::planners::members::Action;
use crate::selection::Selection;
use crate::ui::{Button, VirtualTable};

/// The workspaces, to be chosen among.
#[component]
pub(super) fn PlacesChoice(change: Change) -> impl IntoView {
    let places = change.places;
    let at = move |at: usize| places.ids.with(|ids| ids.get(at).cloned());
    let row = move |id: WorkspaceId| cells(change, &id);
    let words = move || {
        let standing = places.standing.get();
        format!("{} of {} workspaces chosen", count_words(standing.selected), count_words(standing.matching))
    };
    let all = Callback::new(move |()| places.select_all());
    let none = Callback::new(move |()| places.selection.update(Selection::clear));
    let note = match change.action {
        Action::Add => "The default workspace holds everybody and is not among them.",
        Action::Remove => {
            "Those that one of them is in. The default workspace holds everybody, and removing somebody from the \
             organization itself is for its owner, in its settings."
        }
    };
    view! {
        <div class="job__tools">
            <p class="change__summary" role="status">{move || words()}</p>
            <Button on_click=all>"Choose all"</Button>
            <Button on_click=none>"None"</Button>
        </div>
        <p class={"muted"}>{note}</p>
        <div class="table-scroll table-scroll--short">
            <Chooser choosing=places>
            <VirtualTable
                caption="Workspaces to choose"
                class="table--people"
                header=move || view! {
                    <HeadBox choosing=places/>
                    <th scope="col" role="columnheader" class="col-name">{"Workspace"}</th>
                    <th scope="col" role="columnheader" class="col-places">{"Of them inside"}</th>
                }.into_any()
                row_count=Signal::derive(move || places.ids.with(|ids| ids.len()))
                row_key=Callback::new(move |place| at(place).map_or_else(String::new, |id| id.to_string()))
                row=Callback::new(move |place| at(place).map_or_else(|| ().into_any(), row))
                columns=3
                body=places.body
            />
            </Chooser>
        </div>
    }
}

fn cells(change: Change, id: &WorkspaceId) -> AnyView {
    let everybody = change.everybody;
    let workspace = everybody.offered.with(|offered| offered.iter().find(|it| it.id == *id).cloned());
    let Some(workspace) = workspace else { return ().into_any() };
    everybody.memberships.version.track();
    let inside = everybody
        .memberships
        .inside(id)
        .map(|inside| change.people.with(|people| people.iter().filter(|person| inside.contains(*person)).count()));
    let words = match inside {
        Some(count) => count_words(count),
        None => "not read".to_owned(),
    };
    view! {
        <RowBox choosing=change.places id=id.clone() name=workspace.label()/>
        {workspace_cell(&workspace)}
        <td role="cell" class="col-places" data-label="Of them inside">{words}</td>
    }
    .into_any()
}
