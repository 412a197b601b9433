//! One change of budgets for all selected workspaces: chosen, previewed, and made as one job.
//!
//! Invariant: nothing is sent that the preview did not show.

mod editing;
mod fields;
mod preview;

use leptos::prelude::*;

use super::rows::Rows;
use crate::components::{InterruptedJobs, JobDialog, JobNames, JobPanels, LeaveJobDialog};
use crate::data::WorkspaceBudgetUse;
use crate::domain::WorkspaceId;
use crate::domain::text::format_count;
use crate::jobs::planners::budgets::{self, Budgets};
use crate::jobs::{JobKind, Outcome};
use crate::routes::BudgetsQuery;
use crate::ui::{Button, ButtonVariant};

use editing::ChangeEditing;
use fields::ChangeFields;
use preview::{PreviewTable, Review};

/// The panel over the table, with its job.
pub(super) fn change_panels(rows: Rows) -> JobPanels {
    let query = rows.query;
    let panel = Memo::new(move |_| query.with(|query| query.is_changing).then_some(JobKind::ChangeBudgets));
    let at = Callback::new(move |panel: Option<JobKind>| {
        BudgetsQuery { is_changing: panel.is_some(), ..query.get_untracked() }.route()
    });
    let panels = JobPanels::new(JobNames::of_workspaces(), panel, at);
    panels.require_selection(JobKind::ChangeBudgets, move || rows.selected().is_empty());
    // Outside world: reads the selected workspaces again before they are changed.
    Effect::new(move |_| {
        if panels.is_asked(JobKind::ChangeBudgets) {
            let keys: Vec<_> = untrack(|| rows.selected()).iter().map(|it| WorkspaceBudgetUse(it.id.clone())).collect();
            rows.uses.refetch_some(&keys);
        }
    });
    panels
}

/// The job's workspaces that it has not changed.
fn unchanged(panels: JobPanels) -> Vec<WorkspaceId> {
    panels.job.snapshot.with_untracked(|job| {
        let items = job.iter().flat_map(|job| job.items());
        items.filter(|(_, outcome)| **outcome != Outcome::Done).map(|(about, _)| about.workspace.clone()).collect()
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
pub(super) fn ChangeDialog(rows: Rows, panels: JobPanels) -> impl IntoView {
    let editing = ChangeEditing::default();
    let review = Review::new(editing, rows);
    let title = Signal::derive(move || match rows.row_selection.selection.with(|selection| selection.len()) {
        1 => "Change the budgets of 1 workspace".to_owned(),
        count => format!("Change the budgets of {} workspaces", format_count(count)),
    });
    let look_again = Callback::new(move |()| {
        rows.row_selection.selection.update(|selection| selection.set(unchanged(panels)));
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
        count => format!("Change {} workspaces", format_count(count)),
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
            {move || label()}
        </Button>
    }
}
