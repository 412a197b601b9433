//! One change of budgets for all selected workspaces: chosen, previewed, and made as one job.
//!
//! Invariant: nothing is sent that the preview did not show.

mod editing;
mod fields;
mod preview;

use leptos::prelude::*;

use super::selected;
use super::table::Rows;
use crate::components::{InterruptedJobs, JobDialog, JobNames, JobPanels, LeaveJobDialog};
use crate::domain::text::count_words;
use crate::jobs::planners::budgets::{self, Budgets};
use crate::jobs::{JobKind, Outcome};
use crate::routes::BudgetsQuery;
use crate::state::WorkspaceList;
use crate::ui::{Button, ButtonVariant};

use editing::ChangeEditing;
use fields::ChangeFields;
use preview::{PreviewTable, Review};

/// The panel over the table, with its job.
pub(super) fn change_panels(rows: Rows, list: WorkspaceList) -> JobPanels {
    let query = rows.query;
    let panel = Memo::new(move |_| query.with(|query| query.is_changing).then_some(JobKind::ChangeBudgets));
    let at = Callback::new(move |panel: Option<JobKind>| {
        BudgetsQuery { is_changing: panel.is_some(), ..query.get_untracked() }.route()
    });
    let panels = JobPanels::new(JobNames::of_workspaces(), panel, at);
    let chosen = move || selected(list, rows).into_iter().map(|it| it.id.clone()).collect::<Vec<_>>();
    panels.require_selection(JobKind::ChangeBudgets, move || chosen().is_empty());
    // Outside world: reads the selected workspaces again before they are changed.
    Effect::new(move |_| {
        if panels.is_asked(JobKind::ChangeBudgets) {
            untrack(|| rows.overview.again(chosen()));
        }
    });
    // Outside world: reads the workspaces again that a job has changed.
    Effect::new(move |_| {
        if panels.job.has_ended.get() {
            untrack(|| rows.overview.again(workspaces(panels, |outcome| *outcome != Outcome::NotTried)));
        }
    });
    panels
}

/// The job's workspaces with such an outcome.
fn workspaces(panels: JobPanels, is_it: impl Fn(&Outcome) -> bool) -> Vec<crate::domain::WorkspaceId> {
    panels.job.snapshot.with_untracked(|job| {
        let items = job.iter().flat_map(|job| job.items());
        items.filter(|(_, outcome)| is_it(outcome)).map(|(about, _)| about.workspace.clone()).collect()
    })
}

/// Changes that a closed tab has interrupted.
#[component]
pub(super) fn InterruptedChanges(panels: JobPanels) -> impl IntoView {
    view! {
        <LeaveJobDialog kind=JobKind::ChangeBudgets/>
        <InterruptedJobs panels=panels kinds=&[JobKind::ChangeBudgets]/>
    }
}

/// The panel.
#[component]
pub(super) fn ChangeDialog(rows: Rows, list: WorkspaceList, panels: JobPanels) -> impl IntoView {
    let editing = ChangeEditing::default();
    let review = Review::new(editing, rows, list);
    let title = Signal::derive(move || match rows.choosing.selection.with(|selection| selection.len()) {
        1 => "Change the budgets of 1 workspace".to_owned(),
        count => format!("Change the budgets of {} workspaces", count_words(count)),
    });
    let look_again = Callback::new(move |()| {
        let left = workspaces(panels, |outcome| *outcome != Outcome::Done);
        rows.choosing.selection.update(|selection| selection.set(left));
        panels.job.close();
        if !panels.is_asked(JobKind::ChangeBudgets) {
            panels.open(JobKind::ChangeBudgets);
        }
    });
    view! {
        <JobDialog
            panels=panels
            panel=JobKind::ChangeBudgets
            title=title
            buttons=move || view! { <StartButtons review=review panels=panels/> }.into_any()
            on_review=look_again
        >
            <ChangeFields editing=editing/>
            <PreviewTable review=review/>
        </JobDialog>
    }
}

#[component]
fn StartButtons(review: Review, panels: JobPanels) -> impl IntoView {
    let label = move || match review.ready() {
        1 => "Change 1 workspace".to_owned(),
        count => format!("Change {} workspaces", count_words(count)),
    };
    let start = Callback::new(move |()| panels.job.start::<Budgets>(budgets::spec(untrack(|| review.plans()))));
    let cancel = Callback::new(move |()| panels.close());
    view! {
        <Button on_click=cancel>"Cancel"</Button>
        <Button
            variant=ButtonVariant::Primary
            disabled_reason=Signal::derive(move || review.reason())
            on_click=start
        >
            {label}
        </Button>
    }
}
