//! One change of budgets for all selected workspaces: chosen, looked at, carried out.
//!
//! Invariant: nothing is sent that the preview did not show; the panel stays while its job runs.

mod editing;
mod fields;
mod job;
mod outcome;
mod preview;

use leptos::prelude::*;

use super::selected;
use super::table::Rows;
use crate::components::LeaveDialog;
use crate::domain::text::count_words;
use crate::effect::watch;
use crate::routes::BudgetsQuery;
use crate::state::{PanelSteps, UnsavedGuard, WorkspaceList, use_navigator};
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize, dynamic};

use editing::ChangeEditing;
use fields::ChangeFields;
use job::{Job, Stage};
use outcome::{JobButtons, JobView};
use preview::{PreviewTable, Review};

/// The panel.
#[component]
pub(super) fn ChangeDialog(rows: Rows, list: WorkspaceList, panel: PanelSteps) -> impl IntoView {
    let query = rows.query;
    let editing = ChangeEditing::default();
    let review = Review::new(editing, rows, list);
    let job = Job::new(rows);
    let is_asked = Memo::new(move |_| query.with(|query| query.is_changing));
    // Whoever goes Back while it runs still gets to see how it ended.
    let is_open = Signal::derive(move || is_asked.get() || !job.is_idle.get());
    keep_honest(rows, list, is_asked, job);
    let close = Callback::new(move |()| {
        job.stage.set(Stage::Choosing);
        // Back may have closed it already, while the job was running.
        if is_asked.get_untracked() {
            panel.close(&BudgetsQuery { is_changing: false, ..query.get_untracked() }.route());
        }
    });
    let title = Signal::derive(move || match rows.choosing.selection.with(|selection| selection.len()) {
        1 => "Change the budgets of 1 workspace".to_owned(),
        count => format!("Change the budgets of {} workspaces", count_words(count)),
    });
    let footer = move || {
        dynamic(move || match job.is_idle.get() {
            true => view! {
                <Button on_click=close>"Cancel"</Button>
                <StartButton review=review job=job/>
            }
            .into_any(),
            false => view! { <JobButtons job=job rows=rows on_close=close/> }.into_any(),
        })
    };
    view! {
        <LeaveDialog
            title="Leave while budgets are being changed?"
            what="Workspaces that are being changed are finished by nobody then; those that were not begun stay as they are."
            leave_words="Leave"
        />
        <Dialog
            open=is_open
            on_close=close
            title=title
            size=DialogSize::Large
            dismissable=Signal::derive(move || !job.is_running.get())
            footer=footer
        >
            {move || match job.is_idle.get() {
                true => view! {
                    <ChangeFields editing=editing/>
                    <PreviewTable review=review/>
                }.into_any(),
                false => view! { <JobView job=job/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn StartButton(review: Review, job: Job) -> impl IntoView {
    let label = move || match review.ready() {
        1 => "Change 1 workspace".to_owned(),
        count => format!("Change {} workspaces", count_words(count)),
    };
    let start = Callback::new(move |()| job.begin(untrack(|| review.plans())));
    view! {
        <Button
            variant=ButtonVariant::Primary
            disabled_reason=Signal::derive(move || review.reason())
            on_click=start
        >
            {move || label()}
        </Button>
    }
}

/// Reads anew what the panel is about when it opens, closes it where nothing is selected, and asks before the page is
/// left while the job runs.
fn keep_honest(rows: Rows, list: WorkspaceList, is_asked: Memo<bool>, job: Job) {
    let navigator = use_navigator();
    let guard: UnsavedGuard = expect_context();
    guard.lower_on_cleanup();
    watch(move || guard.set(job.is_running.get()));
    watch(move || {
        if !is_asked.get() {
            if job.stage.get_untracked() == Stage::Ended {
                job.stage.set(Stage::Choosing);
            }
            return;
        }
        let chosen: Vec<_> = untrack(|| selected(list, rows)).into_iter().map(|it| it.id.clone()).collect();
        if chosen.is_empty() {
            let query = BudgetsQuery { is_changing: false, ..rows.query.get_untracked() };
            navigator.replace(&query.route());
        } else {
            rows.overview.again(chosen);
        }
    });
}
