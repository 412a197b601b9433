//! How far the job is, and what became of each workspace.
//!
//! Invariant: the counts are of the list below them, so they always add up.

use leptos::prelude::*;

use super::job::{Item, Job, Stage, Status};
use super::preview::{clamped, counted, remark};
use crate::components::workspace_cell;
use crate::pages::budgets::table::Rows;
use crate::ui::{BadgeTone, Button, ButtonVariant, Icon, ProgressBar, VirtualTable, column_heads};

/// Progress, counts and outcomes.
#[component]
pub(super) fn JobView(job: Job) -> impl IntoView {
    let total = move || job.items.with(|items| items.len());
    let settled = move || job.count(|it| !matches!(it, Status::Waiting | Status::Running));
    #[expect(clippy::cast_precision_loss, reason = "counts of workspaces, to be drawn")]
    let share = Signal::derive(move || Some(settled() as f64 / total().max(1) as f64));
    let item = move |at: usize| job.items.with(|items| items.get(at).cloned());
    view! {
        <ProgressBar
            value=share
            label=Signal::derive(move || match job.stage.get() {
                Stage::Stopping => "Stopping after the workspaces that are being changed".to_owned(),
                Stage::Ended => "Finished".to_owned(),
                Stage::Running | Stage::Choosing => "Changing budgets".to_owned(),
            })
            text=Signal::derive(move || format!("{} of {}", settled(), total()))
        />
        <p class="change__summary" role="status">{move || summary(job)}</p>
        <VirtualTable
            caption="Outcome for each workspace"
            class="table--job"
            header=|| column_heads(&["Workspace", "Outcome", "Change"])
            row_count=Signal::derive(total)
            row_key=Callback::new(move |at| item(at).map_or_else(String::new, |item| item.workspace.id.to_string()))
            row=Callback::new(move |at| item(at).map_or_else(|| ().into_any(), |item| cells(&item)))
            columns=3
            busy=Signal::derive(move || job.is_running.get())
        />
    }
}

/// Said once it is over: a count that changes many times a second is for the eye alone.
fn summary(job: Job) -> String {
    if job.stage.get() != Stage::Ended {
        return String::new();
    }
    let parts = [
        ("changed", job.count(|it| *it == Status::Done)),
        ("failed", job.count(|it| matches!(it, Status::Failed(_)))),
        ("changed by somebody else meanwhile, left as they are", job.count(|it| *it == Status::ChangedElsewhere)),
        ("not tried", job.count(|it| *it == Status::NotTried)),
    ];
    counted(&parts)
}

fn cells(item: &Item) -> AnyView {
    let (tone, word, words) = match item.status.get() {
        Status::Waiting => (BadgeTone::Neutral, "Waiting", String::new()),
        Status::Running => (BadgeTone::Info, "Changing…", String::new()),
        Status::Done => (BadgeTone::Success, "Changed", String::new()),
        Status::Failed(words) => (BadgeTone::Danger, "Failed", words),
        Status::ChangedElsewhere => (BadgeTone::Warning, "Not sent", "somebody else changed it meanwhile".to_owned()),
        Status::NotTried => (BadgeTone::Neutral, "Not tried", String::new()),
    };
    view! {
        {workspace_cell(&item.workspace)}
        <td role="cell" data-label="Outcome">{remark(tone, word, words)}</td>
        <td role="cell" data-label="Change">{clamped(item.plan.words())}</td>
    }
    .into_any()
}

/// What can be done about the job.
#[component]
pub(super) fn JobButtons(job: Job, rows: Rows, on_close: Callback<()>) -> impl IntoView {
    let stop = Callback::new(move |()| job.stop());
    let retry = Callback::new(move |()| job.retry());
    let undo = Callback::new(move |()| job.undo());
    let review = Callback::new(move |()| {
        let left = job.items.with_untracked(|items| {
            let is_left = |item: &&Item| item.status.with_untracked(|it| *it != Status::Done);
            items.iter().filter(is_left).map(|item| item.workspace.id.clone()).collect::<Vec<_>>()
        });
        rows.choosing.selection.update(|selection| selection.set(left));
        job.stage.set(Stage::Choosing);
    });
    let stop_reason = Signal::derive(move || (job.stage.get() == Stage::Stopping).then(|| "It is stopping".to_owned()));
    move || match job.stage.get() {
        Stage::Running | Stage::Stopping => {
            view! { <Button on_click=stop disabled_reason=stop_reason autofocus=true>"Stop"</Button> }.into_any()
        }
        Stage::Choosing | Stage::Ended => {
            let failed = job.count(|it| matches!(it, Status::Failed(_) | Status::NotTried));
            let elsewhere = job.count(|it| *it == Status::ChangedElsewhere);
            let done = job.count(|it| *it == Status::Done);
            view! {
                {(done != 0).then(|| view! {
                    <Button icon=Icon::Undo on_click=undo>{format!("Undo {done} changed")}</Button>
                }.into_any())}
                {(elsewhere != 0).then(|| view! {
                    <Button on_click=review>"Review what is left"</Button>
                }.into_any())}
                {(failed != 0).then(|| view! {
                    <Button icon=Icon::Refresh on_click=retry>{format!("Try {failed} again")}</Button>
                }.into_any())}
                <Button variant=ButtonVariant::Primary on_click=on_close>"Close"</Button>
            }
            .into_any()
        }
    }
}
