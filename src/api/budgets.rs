//! Budgets of a workspace: list, get, set, delete.
//!
//! Invariant: a limit whose write was unclear is read back before anything else is sent, and resent at most once.

use serde::Deserialize;

use super::request::{Method, Request};
use super::settle::{LimitReading, WriteOutcome, judge_limit};
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::{Budget, Budgets, Interval, SetBudget, Usd, WorkspaceId, WorkspaceRef};

#[derive(Deserialize)]
struct Flag {
    #[serde(default)]
    include_byok_in_budgets: Option<bool>,
}

/// All limits of a workspace. `GET /workspaces/{id}/budgets`: 401, 404, 500.
pub async fn list(client: &Client, workspace: &WorkspaceRef) -> Result<Budgets, ApiError> {
    let operation = Operation::ListBudgets;
    let path = ["workspaces", workspace.as_str(), "budgets"];
    let answer = client.send(Request::new(operation, Method::Get, &path)).await?;
    let page = decode::list::<Budget>(operation, &answer.body)?;
    let include_byok_in_budgets = flag(operation, &answer.body)?;
    Ok(Budgets { budgets: page.rows, unread: page.bad, include_byok_in_budgets })
}

/// One limit; `None` where none is set. `GET /workspaces/{id}/budgets/{interval}`: 400, 401, 404, 500.
pub async fn get(
    client: &Client,
    workspace: &WorkspaceRef,
    interval: Interval,
) -> Result<Option<(Budget, Option<bool>)>, ApiError> {
    let operation = Operation::GetBudget;
    match client.send(on(operation, Method::Get, workspace, interval)).await {
        Ok(answer) => Ok(Some((decode::single(operation, &answer.body)?, flag(operation, &answer.body)?))),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Sets one limit. `PUT /workspaces/{id}/budgets/{interval}`: 400 where the order would break (rule 1), 401, 404, 500.
///
/// `before` is the limit as last read. Of an unclear outcome: as wanted is done; as before is sent once more; anything
/// else is a conflict.
pub async fn set(
    client: &Client,
    id: &WorkspaceId,
    interval: Interval,
    before: Option<Usd>,
    body: &SetBudget,
) -> WriteResult<()> {
    let request = on(Operation::SetBudget, Method::Put, &WorkspaceRef::from(id), interval).json(body);
    let request = request.map_err(|error| WriteError::new(error, WriteOutcome::Refused))?;
    write(client, id, interval, before, Some(body), request).await
}

/// Deletes one limit; that none was set is no error. `DELETE /workspaces/{id}/budgets/{interval}`: 400, 401, 404, 500.
pub async fn delete(client: &Client, id: &WorkspaceId, interval: Interval, before: Option<Usd>) -> WriteResult<()> {
    let request = on(Operation::DeleteBudget, Method::Delete, &WorkspaceRef::from(id), interval);
    write(client, id, interval, before, None, request).await
}

async fn write(
    client: &Client,
    id: &WorkspaceId,
    interval: Interval,
    before: Option<Usd>,
    wanted: Option<&SetBudget>,
    request: Request,
) -> WriteResult<()> {
    let mut is_resent = false;
    loop {
        let sent = client.send(request.clone()).await;
        let error = match sent.and_then(|answer| confirm(request.operation, &answer.body)) {
            Ok(()) => return Ok(()),
            Err(error) if error.is_unclear() => error,
            Err(error) => return Err(WriteError::new(error, WriteOutcome::Refused)),
        };
        let Ok(now) = get(client, &WorkspaceRef::from(id), interval).await else {
            return Err(WriteError::new(error, WriteOutcome::Unknown));
        };
        let wanted_flag = wanted.and_then(|body| body.include_byok_in_budgets);
        let is_flag_met = wanted_flag.is_none() || now.as_ref().and_then(|(_, flag)| *flag) == wanted_flag;
        let limit = now.map(|(budget, _)| budget.limit_usd);
        match judge_limit(before, wanted.map(|body| body.limit_usd), limit) {
            LimitReading::AsWanted if is_flag_met => return Ok(()),
            LimitReading::AsWanted | LimitReading::AsBefore if !is_resent => is_resent = true,
            LimitReading::AsWanted | LimitReading::AsBefore => {
                return Err(WriteError::new(error, WriteOutcome::NotApplied));
            }
            LimitReading::Else => return Err(WriteError::new(error, WriteOutcome::Conflict)),
        }
    }
}

/// Whether an answer says that it was done. A success of whatever is between here and the API says nothing.
fn confirm(operation: Operation, body: &str) -> Result<(), ApiError> {
    match operation {
        Operation::DeleteBudget => decode::deleted(operation, body),
        _ => decode::single::<Budget>(operation, body).map(|_| ()),
    }
}

fn on(operation: Operation, method: Method, workspace: &WorkspaceRef, interval: Interval) -> Request {
    Request::new(operation, method, &["workspaces", workspace.as_str(), "budgets", interval.as_str()])
}

fn flag(operation: Operation, body: &str) -> Result<Option<bool>, ApiError> {
    decode::object::<Flag>(operation, body).map(|flag| flag.include_byok_in_budgets)
}
