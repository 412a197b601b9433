//! Putting the chosen people into several workspaces, or taking them out: chosen, looked at, carried out as one job.
//!
//! Invariant: nothing is sent that the preview did not name: who, where, and what would come of it.

mod keys;
mod places;
mod preview;

use std::sync::Arc;

use leptos::prelude::*;

use super::rows::Everybody;
use crate::components::{Choosing, JobDialog, JobPanels};
use crate::domain::text::count_words;
use crate::domain::{UserId, WorkspaceId};
use crate::effect::watch;
use crate::jobs::planners::members::{Action, Members, spec};
use crate::routes::PeoplePanel;
use crate::ui::{Button, ButtonVariant};

use keys::{Keys, LookedAt};
use places::PlacesChoice;
use preview::{PreviewTable, Review};

/// What is about to be done.
#[derive(Clone, Copy)]
struct Change {
    everybody: Everybody,
    action: Action,
    /// Who.
    people: Memo<Arc<Vec<UserId>>>,
    /// Where.
    places: Choosing<WorkspaceId>,
    keys: Keys,
}

/// The panel: where and what, then the job.
#[component]
pub(super) fn ChangeDialog(everybody: Everybody, panels: JobPanels, panel: PeoplePanel) -> impl IntoView {
    let action = if panel == PeoplePanel::Add { Action::Add } else { Action::Remove };
    let is_asked = Memo::new(move |_| panels.is_asked(panel));
    let is_choosing = Memo::new(move |_| is_asked.get() && !panels.is_job(panel));
    let change = chosen(everybody, action, is_asked, is_choosing);
    let review = Review::new(change);
    let selection = everybody.rows.choosing.selection;
    panels.require_selection(panel, move || selection.with(crate::selection::Selection::is_empty));
    let title = Signal::derive(move || {
        let count = change.people.with(|people| people.len());
        let people = if count == 1 { "1 person".to_owned() } else { format!("{} people", count_words(count)) };
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
            buttons=move || view! { <Confirm change=change review=review panels=panels/> }.into_any()
        >
            <PlacesChoice change=change/>
            <PreviewTable change=change review=review/>
        </JobDialog>
        <LookedAt change=change/>
    }
}

/// Who is chosen when the panel opens, and where: for a removal every workspace that one of them is in.
fn chosen(everybody: Everybody, action: Action, is_asked: Memo<bool>, is_choosing: Memo<bool>) -> Change {
    let people = Memo::new(move |last: Option<&Arc<Vec<UserId>>>| match is_choosing.get() {
        true => {
            everybody.rows.choosing.selection.track();
            Arc::new(everybody.rows.choosing.chosen())
        }
        false => last.cloned().unwrap_or_default(),
    });
    let ids = Memo::new(move |_| {
        everybody.memberships.version.track();
        let is_offered = |id: &WorkspaceId| {
            let inside = everybody.memberships.inside(id);
            action == Action::Add
                || inside.is_none_or(|inside| people.with(|people| people.iter().any(|person| inside.contains(person))))
        };
        let ids = everybody.offered.with(|offered| offered.iter().map(|it| it.id.clone()).collect::<Vec<_>>());
        Arc::new(if is_asked.get() { ids.into_iter().filter(is_offered).collect() } else { Vec::new() })
    });
    watch(move || {
        if is_asked.get() && everybody.memberships.failed.get_untracked() != 0 {
            everybody.memberships.retry_failed();
        }
    });
    let places = Choosing::new(ids);
    // A workspace that turns out to have none of them is not among those chosen; one that turns out to have some is.
    let mut before = std::collections::HashSet::<WorkspaceId>::new();
    watch(move || {
        let now = ids.get();
        places.selection.update(|selection| {
            let is_fresh = |id: &WorkspaceId| action == Action::Remove && !before.contains(id);
            let chosen = now.iter().filter(|id| selection.contains(id) || is_fresh(id)).cloned();
            let chosen: Vec<WorkspaceId> = chosen.collect();
            selection.set(chosen);
        });
        before = now.iter().cloned().collect();
    });
    let keys = Keys::new();
    watch(move || match is_asked.get() {
        true if action == Action::Remove => places.selection.with(|selection| keys.ask(selection.iter())),
        true => {}
        false => keys.forget(),
    });
    Change { everybody, action, people, places, keys }
}

#[component]
fn Confirm(change: Change, review: Review, panels: JobPanels) -> impl IntoView {
    let cancel = Callback::new(move |()| panels.close());
    let label = move || {
        let places = review.places();
        let places = match places {
            0 => "workspaces".to_owned(),
            1 => "1 workspace".to_owned(),
            count => format!("{} workspaces", count_words(count)),
        };
        match change.action {
            Action::Add => format!("Add to {places}"),
            Action::Remove => format!("Remove from {places}"),
        }
    };
    let variant = if change.action == Action::Remove { ButtonVariant::Danger } else { ButtonVariant::Primary };
    let start = Callback::new(move |()| {
        let targets = untrack(|| review.targets());
        panels.job.start::<Members>(spec(change.action, targets));
    });
    view! {
        <Button on_click=cancel autofocus=true>"Cancel"</Button>
        <Button variant=variant disabled_reason=Signal::derive(move || review.reason()) on_click=start>
            {move || label()}
        </Button>
    }
}
