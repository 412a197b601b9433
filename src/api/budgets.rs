//! Budgets of a workspace: list, get, set, delete.
//!
//! Invariant: after an unclear write the limit is read back before anything is sent again, and resent at most once.

use serde::Deserialize;

use super::request::Request;
use super::settle::WriteOutcome;
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::{Budget, Budgets, Change, Interval, SetBudget, Step, Usd, WorkspaceId, WorkspaceRef};

#[derive(Deserialize)]
struct Flag {
    include_byok_in_budgets: Option<bool>,
}

/// All limits of a workspace. `GET /workspaces/{id}/budgets`: 401, 404, 500.
pub async fn list(client: &Client, workspace: &WorkspaceRef) -> Result<Budgets, ApiError> {
    let operation = Operation::ListBudgets;
    let path = ["workspaces", workspace.as_str(), "budgets"];
    let answer = client.send(Request::new(operation, &path)).await?;
    let page = decode::list::<Budget>(operation, &answer.body)?;
    let include_byok_in_budgets = flag(operation, &answer.body)?;
    Ok(Budgets { budgets: page.rows, unread: page.bad, include_byok_in_budgets })
}

/// One limit, and the BYOK switch. `None` if no limit is set. `GET /workspaces/{id}/budgets/{interval}`: 400, 401, 404, 500.
pub async fn get(
    client: &Client,
    workspace: &WorkspaceRef,
    interval: Interval,
) -> Result<Option<(Budget, Option<bool>)>, ApiError> {
    let operation = Operation::GetBudget;
    match client.send(on(operation, workspace, interval)).await {
        Ok(answer) => Ok(Some((decode::single(operation, &answer.body)?, flag(operation, &answer.body)?))),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Sends one step of a plan, by [`write`].
pub(crate) async fn apply(client: &Client, id: &WorkspaceId, step: &Step) -> WriteResult<()> {
    let target = match &step.change {
        Change::Delete => None,
        Change::Set(body) => Some(body),
    };
    write(client, id, step.interval, step.from, target).await
}

/// Sets one limit. `PUT /workspaces/{id}/budgets/{interval}`: 400 if it conflicts with another limit (rule 1), 401, 404, 500.
///
/// Without a target it is deleted, by `DELETE` of the same path: 400, 401, 404, 500. No error if none is set.
///
/// `before` is the limit as last read. After an unclear outcome the limit is read back and, if it is still `before`, sent once
/// more. Any other limit is a conflict.
pub async fn write(
    client: &Client,
    id: &WorkspaceId,
    interval: Interval,
    before: Option<Usd>,
    target: Option<&SetBudget>,
) -> WriteResult<()> {
    let on = |operation| on(operation, &WorkspaceRef::from(id), interval);
    let request = match target {
        Some(body) => on(Operation::SetBudget).json(body).map_err(WriteError::refused)?,
        None => on(Operation::DeleteBudget),
    };
    let mut is_resent = false;
    loop {
        let sent = client.send(request.clone()).await;
        let error = match sent.and_then(|answer| confirm(request.operation, &answer.body)) {
            Ok(()) => return Ok(()),
            Err(error) if error.is_unclear() => error,
            Err(error) => return Err(WriteError::refused(error)),
        };
        let Ok(now) = get(client, &WorkspaceRef::from(id), interval).await else {
            return Err(WriteError { error, outcome: WriteOutcome::Unknown });
        };
        let (flag, limit) = (now.as_ref().and_then(|(_, flag)| *flag), now.map(|(budget, _)| budget.limit_usd));
        let (target_flag, target) = (target.and_then(|it| it.include_byok_in_budgets), target.map(|it| it.limit_usd));
        let is_flag_set = target_flag.is_none() || flag == target_flag;
        if limit == target && is_flag_set {
            return Ok(());
        }
        if limit != target && limit != before {
            return Err(WriteError { error, outcome: WriteOutcome::Conflict });
        }
        // What refuses the request would refuse it again.
        if is_resent || error.is_blocked() {
            return Err(WriteError { error, outcome: WriteOutcome::NotApplied });
        }
        is_resent = true;
    }
}

/// Checks that the body confirms the write. A proxy's 2xx is no confirmation.
fn confirm(operation: Operation, body: &str) -> Result<(), ApiError> {
    match operation {
        Operation::DeleteBudget => decode::deleted(operation, body),
        _ => decode::single::<Budget>(operation, body).map(|_| ()),
    }
}

fn on(operation: Operation, workspace: &WorkspaceRef, interval: Interval) -> Request {
    Request::new(operation, &["workspaces", workspace.as_str(), "budgets", interval.as_str()])
}

fn flag(operation: Operation, body: &str) -> Result<Option<bool>, ApiError> {
    decode::object::<Flag>(operation, body).map(|flag| flag.include_byok_in_budgets)
}
