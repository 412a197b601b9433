//! The dialogs that add the selected people to several workspaces, or remove them, as one job.

mod preview;
mod remaining;
mod workspaces;

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::keys::Keys;
use super::rows::PeopleView;
use crate::components::{
    JobDialog, JobPanels, JobStartButtons, KeyWays, KeysDialog, RefusedOwnersKeys, RowSelection, selected_people,
};
use crate::domain::{UserId, WorkspaceId, text::counted};
use crate::jobs::planners::members::{Action, Members, spec};
use crate::routes::PeoplePanel;
use crate::selection::Selection;
use crate::ui::{ButtonVariant, dynamic};

use preview::{ChangePreview, Preview};
use remaining::RemainingKeys;
use workspaces::WorkspaceChoice;

#[derive(Clone, Copy)]
struct Change {
    view: PeopleView,
    action: Action,
    people: Memo<Arc<Vec<UserId>>>,
    /// The offered workspaces and the selection among them. It may hold workspaces that are not offered.
    workspaces: RowSelection<WorkspaceId>,
    /// The offered workspaces that are selected.
    chosen: Memo<Arc<Vec<WorkspaceId>>>,
    /// Everyone is a member of it, and stays one.
    default: Memo<Option<WorkspaceId>>,
    keys: Keys,
    ways: KeyWays,
}

/// A dialog while its panel is open. Each time it starts with an empty choice.
#[component]
pub(super) fn ChangeDialog(people: PeopleView, panels: JobPanels, panel: PeoplePanel, ways: KeyWays) -> impl IntoView {
    let selected = selected_people(people.list.rows, panels, panel);
    let is_open = Memo::new(move |_| panels.is_asked(panel) || panels.is_job(panel));
    dynamic(move || {
        is_open.get().then(|| view! { <OpenDialog view=people people=selected panels=panels panel=panel ways=ways/> })
    })
}

#[component]
fn OpenDialog(
    view: PeopleView,
    people: Memo<Arc<Vec<UserId>>>,
    panels: JobPanels,
    panel: PeoplePanel,
    ways: KeyWays,
) -> impl IntoView {
    view.retry_unread();
    let action = if panel == PeoplePanel::Add { Action::Add } else { Action::Remove };
    let change = Change::new(view, action, people, ways);
    let preview = Preview::new(change);
    let title = Signal::derive(move || {
        let people = counted(change.people.with(|people| people.len()), "person", "people");
        match change.action {
            Action::Add => format!("Add {people} to workspaces"),
            Action::Remove => format!("Remove {people} from workspaces?"),
        }
    });
    let label = move || {
        let workspaces = match preview.workspaces() {
            0 => "workspaces".to_owned(),
            count => counted(count, "workspace", "workspaces"),
        };
        match change.action {
            Action::Add => format!("Add to {workspaces}"),
            Action::Remove => format!("Remove from {workspaces}"),
        }
    };
    let variant = if change.action == Action::Remove { ButtonVariant::Danger } else { ButtonVariant::Primary };
    let start = move |()| panels.job.start::<Members>(spec(change.action, untrack(|| preview.targets())));
    let keys_of = move |(workspace, person): (WorkspaceId, UserId)| change.keys.of_person(&workspace, &person);
    let buttons = move || {
        view! {
            <JobStartButtons
                panels=panels
                variant=variant
                is_cautious=true
                label=Signal::derive(label)
                disabled_reason=Signal::derive(move || preview.reason().map(str::to_owned))
                on_start=start
            />
        }
    };
    let all_keys = Callback::new(move |workspace: WorkspaceId| {
        change.keys.get(&workspace).data().map(|keys| keys.rows.clone()).unwrap_or_default()
    });
    let after = move || view! { <RefusedOwnersKeys job=panels.job ways=ways keys_of=all_keys/> }.into_any();
    view! {
        <JobDialog panels=panels panel=panel title=title buttons=buttons after=after>
            <WorkspaceChoice change=change/>
            <ChangePreview change=change preview=preview/>
            <RemainingKeys change=change/>
        </JobDialog>
        <KeysDialog who=change.keys.person directory=view.directory keys_of=keys_of ways=ways default=change.default noun="person"/>
    }
}

impl Change {
    fn new(view: PeopleView, action: Action, people: Memo<Arc<Vec<UserId>>>, ways: KeyWays) -> Self {
        let workspaces = RowSelection::new(Memo::new(move |_| offered(view, action, &people.get())));
        if action == Action::Remove {
            select_listed(view, workspaces.selection);
        }
        let chosen = Memo::new(move |_| {
            let selection = workspaces.selection.read();
            let is_chosen = |id: &&WorkspaceId| selection.contains(id);
            workspaces.ids.with(|ids| Arc::new(ids.iter().filter(is_chosen).cloned().collect()))
        });
        let default = view.default_workspace();
        Self { view, action, people, workspaces, chosen, default, keys: Keys::new(action, chosen, default), ways }
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
