//! The requests of a part.

use super::{FileAction, FileRead, FileWrite, Found};
use crate::activity::{FieldChange, StepAbout, budget_changes};
use crate::api::members::Acknowledged;
use crate::api::{Client, Operation, WriteResult, budgets, listing, members, workspaces};
use crate::domain::{BudgetState, WorkspaceRef};
use crate::files::plan::Part;
use crate::jobs::engine::{Failure, not_read_back};

pub(super) async fn read(client: &Client, read: FileRead) -> Result<Found, Failure> {
    match read {
        FileRead::Workspace(id) => match workspaces::get(client, &WorkspaceRef::from(&id)).await {
            Ok(workspace) => Ok(Found::Workspace(Some(Box::new(workspace)))),
            Err(error) if error.is_not_found() => Ok(Found::Workspace(None)),
            Err(error) => Err(Failure::of_read(&error)),
        },
        FileRead::Budgets(id) => {
            let found = budgets::list(client, &WorkspaceRef::from(&id)).await;
            found.map(|found| Found::Budgets(BudgetState::of(&found))).map_err(|error| Failure::of_read(&error))
        }
        FileRead::Members(id) => {
            let listed = listing::collect(members::read_all(client, &WorkspaceRef::from(&id))).await;
            let rows = listed.and_then(|listed| listed.certain(Operation::ListMembers));
            let rows = rows.map_err(|error| Failure::of_read(&error))?;
            Ok(Found::Members(rows.into_iter().map(|member| member.user_id).collect()))
        }
    }
}

pub(super) async fn write(client: &Client, write: FileWrite) -> WriteResult<Option<Acknowledged>> {
    let place = WorkspaceRef::from(&write.workspace);
    match write.action {
        FileAction::Create(body) => workspaces::create(client, &body).await.map(|_| None),
        FileAction::Update(before, body) => workspaces::update(client, &before, &body).await.map(|_| None),
        FileAction::Step(step) => budgets::apply(client, &write.workspace, &step).await.map(|()| None),
        FileAction::Add(people) => members::bulk_add(client, &place, &people).await.map(Some).map_err(not_read_back),
        FileAction::Remove(people) => {
            members::bulk_remove(client, &place, &people).await.map(Some).map_err(not_read_back)
        }
        FileAction::Delete(id) => workspaces::delete(client, &id).await.map(|()| None),
    }
}

/// What the activity log has about a write.
pub(super) fn step(write: &FileWrite) -> StepAbout {
    let people = match &write.action {
        FileAction::Add(people) | FileAction::Remove(people) => people.as_slice().to_vec(),
        _ => Vec::new(),
    };
    let changes = match &write.action {
        FileAction::Step(step) => budget_changes(step),
        _ => changes_of(&write.part),
    };
    StepAbout { workspace: Some(write.workspace.clone()), people, changes }
}

fn changes_of(part: &Part) -> Vec<FieldChange> {
    let changes = part.changes().into_iter();
    let shown = |change: crate::files::plan::Change| {
        let before = change.before.map(|value| value.shown()).unwrap_or_default();
        FieldChange::new(change.setting.label(), before, change.after.shown())
    };
    changes.map(shown).collect()
}
