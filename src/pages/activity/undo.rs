//! Undoing an action: a question, and then a job or a write.
//!
//! Invariant: an action is undone once. The planner or the write checks first that nothing has changed since.

use leptos::prelude::*;

use super::rows::ActivityRows;
use crate::activity::{ActivityRecord, RecordId, Undo, title};
use crate::components::{JobDialog, JobNames, JobPanels, LeaveJobDialog, WriteFailurePanel};
use crate::data::use_workspaces;
use crate::domain::{ActivityKind, Slug, WorkspaceId, WorkspaceRef};
use crate::forms::{Form as _, WorkspaceForm, read_undo};
use crate::jobs::JobKind;
use crate::jobs::planners::budgets;
use crate::navigation::use_route;
use crate::ui::{Button, ButtonVariant, Dialog, DialogSize, dynamic};
use crate::write::{ChangeKey, KeyChange, SaveSettings, SettingsEnd, use_write};

const CHANGED: &str = "These settings changed again, so this can’t be undone here. Nothing was changed.";

/// The question about the action that is asked to be undone, and the undo itself.
#[component]
pub(super) fn UndoDialog(rows: ActivityRows) -> impl IntoView {
    dynamic(move || {
        let id = rows.undoing.get()?;
        let record = untrack(|| rows.log.with_record(&id, ActivityRecord::clone))?;
        let undo = record.undo.clone().filter(|_| !record.is_undone)?;
        Some(match undo {
            Undo::Job(spec) => view! { <UndoJob rows=rows record=record spec=spec/> }.into_any(),
            Undo::Budgets(workspace, plan) => {
                view! { <UndoJob rows=rows record=record spec=budgets::record_of(workspace, *plan)/> }.into_any()
            }
            Undo::Settings(workspace, draft) => {
                view! { <UndoSettings rows=rows record=record workspace=workspace draft=draft/> }.into_any()
            }
            Undo::EnableKey(workspace, hash) => {
                let name = record.subject.clone().unwrap_or_default();
                let enable = move || ChangeKey {
                    workspace: workspace.clone(),
                    hash: hash.clone(),
                    name: name.clone(),
                    change: KeyChange::Enable,
                };
                view! { <UndoKey rows=rows record=record enable=Callback::new(move |()| enable())/> }.into_any()
            }
        })
    })
}

/// The question before an undo.
#[component]
fn Question(
    record: ActivityRecord,
    open: RwSignal<bool>,
    #[prop(optional, into)] pending: Signal<bool>,
    on_undo: Callback<()>,
    #[prop(optional)] children: Option<ChildrenFn>,
) -> impl IntoView {
    let close = Callback::new(move |()| open.set(false));
    let children = StoredValue::new(children);
    let what = match record.kind {
        ActivityKind::AddMembers => "Removes the members that this action added.",
        ActivityKind::RemoveMembers => {
            "Adds back the members that this action removed, with the role that they have in the organization."
        }
        ActivityKind::Offboard => {
            "Adds back the members that this action removed, with the role that they have in the organization, and enables the API keys that it disabled."
        }
        ActivityKind::ChangeBudgets => {
            "Sets the limits back to what they were. Budgets that changed again stay as they are."
        }
        ActivityKind::DisableKey if record.job.is_some() => "Enables the API keys that this action disabled.",
        ActivityKind::EnableKey => "Disables the API keys that this action enabled.",
        ActivityKind::EditKey => {
            "Sets the limits back to what they were. API keys that changed again stay as they are."
        }
        ActivityKind::MoveKey => "Moves the API keys back. API keys that were moved again stay where they are.",
        ActivityKind::DisableKey | ActivityKind::DeleteKey | ActivityKind::CreateKey => "Enables the key again.",
        ActivityKind::ApplyFile => {
            "Takes back each change, and deletes the workspaces that it created. What changed again stays as it is. Deleted workspaces can’t come back."
        }
        ActivityKind::ChangeSettings | ActivityKind::CreateWorkspace | ActivityKind::DeleteWorkspace => {
            "Sets the changed fields back to what they were."
        }
    };
    view! {
        <Dialog
            open=open
            on_close=close
            title=format!("Undo “{}”?", title(&record))
            size=DialogSize::Small
            dismissable=Signal::derive(move || !pending.get())
            footer=move || view! {
                <Button on_click=close autofocus=true>"Cancel"</Button>
                <Button variant=ButtonVariant::Primary pending=pending on_click=on_undo>"Undo"</Button>
            }
        >
            <p>{what}</p>
            {children.with_value(|children| children.as_ref().map(|children| children()))}
        </Dialog>
    }
}

#[component]
fn UndoJob(rows: ActivityRows, record: ActivityRecord, spec: String) -> impl IntoView {
    let route = use_route();
    let at = Callback::new(move |_| route.get_untracked());
    let panels = JobPanels::new(JobNames::new(true), Memo::new(|_| None), at);
    let job = panels.job;
    let (open, problem) = (RwSignal::new(true), RwSignal::new(None::<&str>));
    let id = StoredValue::new(record.id.clone());
    let undo = Callback::new(move |()| {
        if job.start_undo(&spec) {
            id.with_value(|id| rows.log.mark_undone(id));
            open.set(false);
        } else {
            problem.set(Some("This action can’t be undone here. Nothing was changed."));
        }
    });
    let dialog = move |kind: JobKind| {
        view! { <JobDialog panels=panels panel=kind title="" buttons=|| ().into_any()>""</JobDialog> }.into_any()
    };
    view! {
        <Question record=record open=open on_undo=undo>
            {move || problem.get().map(|text| view! { <p role="alert">{text}</p> })}
        </Question>
        {move || job.kind.get().map(|kind| view! { <LeaveJobDialog kind=kind/> })}
        {[JobKind::PEOPLE_ACROSS, &[JobKind::ChangeBudgets, JobKind::ApplyFile], JobKind::KEYS].concat().into_iter().map(dialog).collect_view()}
    }
}

#[component]
fn UndoSettings(rows: ActivityRows, record: ActivityRecord, workspace: WorkspaceId, draft: String) -> impl IntoView {
    let workspaces = use_workspaces();
    let (open, problem) = (RwSignal::new(true), RwSignal::new(None::<&str>));
    let id = StoredValue::new(record.id.clone());
    let writer = use_write(move |_: SaveSettings, result| {
        match result {
            Ok(SettingsEnd::Saved { .. } | SettingsEnd::Unchanged(_)) => finish(rows, id, open),
            Ok(SettingsEnd::Changed(_) | SettingsEnd::Invalid) => problem.set(Some(CHANGED)),
            Ok(SettingsEnd::Left) => {}
            Err(failure) => return Some(failure),
        }
        None
    });
    let undo = Callback::new(move |()| {
        problem.set(None);
        let found = untrack(|| workspaces.find(&WorkspaceRef::from(&workspace)));
        let form = found.as_ref().and_then(|found| read_undo(&draft, &WorkspaceForm::of(found)));
        let (Some(base), Some(form)) = (found, form) else {
            problem.set(Some(CHANGED));
            return;
        };
        let own = workspace.clone();
        let is_taken = Box::new(move |slug: &Slug| untrack(|| workspaces.is_taken(slug, Some(&own))));
        writer.run(SaveSettings { base: (*base).clone(), form, is_taken, is_undo: true });
    });
    view! {
        <Question record=record open=open pending=writer.pending on_undo=undo>
            {move || problem.get().map(|text| view! { <p role="alert">{text}</p> })}
            <WriteFailurePanel title="Couldn’t undo the change" failure=writer.failure/>
        </Question>
    }
}

#[component]
fn UndoKey(rows: ActivityRows, record: ActivityRecord, enable: Callback<(), ChangeKey>) -> impl IntoView {
    let open = RwSignal::new(true);
    let id = StoredValue::new(record.id.clone());
    let writer = use_write(move |_: ChangeKey, result| {
        if result.is_ok() {
            finish(rows, id, open);
        }
        result.err()
    });
    let undo = Callback::new(move |()| writer.run(enable.run(())));
    view! {
        <Question record=record open=open pending=writer.pending on_undo=undo>
            <WriteFailurePanel title="Couldn’t enable the key" failure=writer.failure/>
        </Question>
    }
}

fn finish(rows: ActivityRows, id: StoredValue<RecordId>, open: RwSignal<bool>) {
    id.with_value(|id| rows.log.mark_undone(id));
    open.set(false);
}
