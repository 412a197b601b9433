//! One change of budgets for all selected workspaces, made as one job.
//!
//! Invariant: nothing is sent that the preview did not show.

mod fields;
mod preview;
mod scope;

use leptos::prelude::*;

use super::rows::Rows;
use crate::components::{JobDialog, JobNames, JobPanels, JobStartButtons};
use crate::data::WorkspaceBudgetUse;
use crate::domain::WorkspaceId;
use crate::domain::text::{counted, verb_counted};
use crate::jobs::planners::budgets::{self, Budgets};
use crate::jobs::{JobKind, Outcome, OutcomeKind};
use crate::routes::BudgetsQuery;
use crate::ui::{DialogSize, exact};

use fields::{ChangeEditing, ChangeFields};
use preview::{ChangePreview, Review};
use scope::Scope;

pub(super) fn change_panels(rows: Rows) -> JobPanels {
    let query = rows.query;
    let panel = Memo::new(move |_| query.with(|query| query.is_changing).then_some(JobKind::ChangeBudgets));
    let at = Callback::new(move |panel: Option<JobKind>| {
        BudgetsQuery { is_changing: panel.is_some(), ..query.get_untracked() }.route()
    });
    let panels = JobPanels::new(JobNames::new(true), panel, at);
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

#[component]
pub(super) fn ChangeDialog(rows: Rows, panels: JobPanels) -> impl IntoView {
    let editing = ChangeEditing::kept_as("change-budgets");
    let review = Review::new(editing, rows);
    let job = panels.job;
    // Outside world: a job has changed all its workspaces, so the change is used up and its draft is dropped.
    Effect::new(move |_| {
        let is_done = || {
            job.kind.get() == Some(JobKind::ChangeBudgets)
                && job.counts.with(|it| it.retried() == 0 && it.of(OutcomeKind::ChangedElsewhere) == 0)
        };
        if job.has_ended.get() && untrack(is_done) {
            editing.clear();
        }
    });
    let selection = rows.row_selection.selection;
    let title = Signal::derive(move || {
        let count = selection.with(|selection| selection.len());
        format!("Change the budgets of {}", counted(count, "workspace", "workspaces"))
    });
    let review_unchanged = move |()| {
        selection.update(|selection| selection.set(unchanged(panels)));
        panels.job.close();
        if !panels.is_asked(JobKind::ChangeBudgets) {
            panels.open(JobKind::ChangeBudgets);
        }
    };
    let start = move |()| panels.job.start::<Budgets>(budgets::spec(untrack(|| review.plans())));
    let buttons = move || {
        view! {
            <p class="sheet__sums" role="status">{exact(move || review.sums())}</p>
            <JobStartButtons
                panels=panels
                label=Signal::derive(move || verb_counted("Change", review.ready(), "workspace", "workspaces"))
                disabled_reason=Signal::derive(move || review.reason())
                on_start=start
            />
        }
    };
    view! {
        <JobDialog
            panels=panels
            panel=JobKind::ChangeBudgets
            title=title
            size=DialogSize::Sheet
            buttons=buttons
            on_review=review_unchanged
        >
            <ChangeFields editing=editing/>
            <ChangePreview review=review scope=Scope::new(selection)/>
        </JobDialog>
    }
}
