//! The dialogs that add the selected people to several workspaces, or remove them, as one job.
//!
//! Invariant: only changes that the preview names are sent.

mod keys;
mod preview;
mod workspaces;

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::rows::PeopleView;
use crate::components::{JobDialog, JobPanels, RowSelection};
use crate::domain::text::format_count;
use crate::domain::{UserId, WorkspaceId};
use crate::jobs::planners::members::{Action, Members, spec};
use crate::routes::PeoplePanel;
use crate::selection::Selection;
use crate::ui::{Button, ButtonVariant, dynamic};

use keys::{Keys, PersonKeysDialog};
use preview::{Preview, PreviewTable};
use workspaces::WorkspaceChoice;

/// The state of a dialog.
#[derive(Clone, Copy)]
struct Change {
    view: PeopleView,
    action: Action,
    /// The people to add or remove.
    people: Memo<Arc<Vec<UserId>>>,
    /// The offered workspaces and the selection among them. It may hold workspaces that are not offered.
    workspaces: RowSelection<WorkspaceId>,
    /// The offered workspaces that are selected.
    chosen: Memo<Arc<Vec<WorkspaceId>>>,
    keys: Keys,
}

/// A dialog while its panel is open. It starts anew each time.
#[component]
pub(super) fn ChangeDialog(people: PeopleView, panels: JobPanels, panel: PeoplePanel) -> impl IntoView {
    let selection = people.rows.row_selection.selection;
    panels.require_selection(panel, move || selection.with(Selection::is_empty));
    let is_open = Memo::new(move |_| panels.is_asked(panel) || panels.is_job(panel));
    dynamic(move || is_open.get().then(|| view! { <OpenDialog people=people panels=panels panel=panel/> }))
}

/// The choice of workspaces with a preview, then the job.
#[component]
fn OpenDialog(people: PeopleView, panels: JobPanels, panel: PeoplePanel) -> impl IntoView {
    let action = if panel == PeoplePanel::Add { Action::Add } else { Action::Remove };
    people.retry_unread();
    let is_choosing = Memo::new(move |_| panels.is_asked(panel) && !panels.is_job(panel));
    let change = Change::new(people, action, is_choosing);
    let preview = Preview::new(change);
    let title = Signal::derive(move || {
        let count = change.people.with(|people| people.len());
        let people = if count == 1 { "1 person".to_owned() } else { format!("{} people", format_count(count)) };
        match action {
            Action::Add => format!("Add {people} to workspaces"),
            Action::Remove => format!("Remove {people} from workspaces?"),
        }
    });
    view! {
        <JobDialog
            panels=panels
            panel=panel
            title=title
            buttons=move || view! { <Confirm change=change preview=preview panels=panels/> }.into_any()
        >
            <WorkspaceChoice change=change/>
            <PreviewTable change=change preview=preview/>
        </JobDialog>
        <PersonKeysDialog change=change/>
    }
}

impl Change {
    fn new(view: PeopleView, action: Action, is_choosing: Memo<bool>) -> Self {
        // The people stay as they were selected when the job began.
        let people = Memo::new(move |last: Option<&Arc<Vec<UserId>>>| match is_choosing.get() {
            true => {
                view.rows.row_selection.selection.track();
                Arc::new(view.rows.row_selection.selected_ids())
            }
            false => last.cloned().unwrap_or_default(),
        });
        let workspaces = RowSelection::new(Memo::new(move |_| offered(view, action, &people.get())));
        if action == Action::Remove {
            select_listed(view, workspaces.selection);
        }
        let chosen = Memo::new(move |_| {
            let selection = workspaces.selection.read();
            let is_chosen = |id: &&WorkspaceId| selection.contains(id);
            workspaces.ids.with(|ids| Arc::new(ids.iter().filter(is_chosen).cloned().collect()))
        });
        Self { view, action, people, workspaces, chosen, keys: Keys::new(action, chosen) }
    }
}

/// Selects each workspace once, when it is listed.
fn select_listed(view: PeopleView, selection: RwSignal<Selection<WorkspaceId>>) {
    // Outside world: workspaces arrive. The person may deselect them afterwards.
    Effect::new(move |known: Option<HashSet<WorkspaceId>>| {
        let known = known.unwrap_or_default();
        let listed: HashSet<WorkspaceId> = view.offered.with(|all| all.iter().map(|it| it.id.clone()).collect());
        let new: Vec<WorkspaceId> = listed.difference(&known).cloned().collect();
        selection.update(|selection| selection.select_all(&new));
        listed
    });
}

/// Workspaces to choose from: for a removal those that some of the people are or may be members of.
fn offered(view: PeopleView, action: Action, people: &[UserId]) -> Arc<Vec<WorkspaceId>> {
    let memberships = view.memberships.get();
    let is_offered = |id: &WorkspaceId| {
        action == Action::Add || memberships.are_members(id, people).any(|(_, is_member)| is_member != Some(false))
    };
    view.offered.with(|all| Arc::new(all.iter().map(|it| it.id.clone()).filter(is_offered).collect()))
}

#[component]
fn Confirm(change: Change, preview: Preview, panels: JobPanels) -> impl IntoView {
    let cancel = Callback::new(move |()| panels.close());
    let label = move || {
        let workspaces = match preview.workspaces() {
            0 => "workspaces".to_owned(),
            1 => "1 workspace".to_owned(),
            count => format!("{} workspaces", format_count(count)),
        };
        match change.action {
            Action::Add => format!("Add to {workspaces}"),
            Action::Remove => format!("Remove from {workspaces}"),
        }
    };
    let variant = if change.action == Action::Remove { ButtonVariant::Danger } else { ButtonVariant::Primary };
    let reason = Signal::derive(move || preview.reason().map(str::to_owned));
    let start = Callback::new(move |()| {
        let targets = untrack(|| preview.targets());
        panels.job.start::<Members>(spec(change.action, targets));
    });
    view! {
        <Button on_click=cancel autofocus=true>"Cancel"</Button>
        <Button variant=variant disabled_reason=reason on_click=start>{move || label()}</Button>
    }
}
