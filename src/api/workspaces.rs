//! Workspaces: list, create, get, update, delete.
//!
//! Invariant: a write that returns `Ok` was applied, as its own response or reading back shows.

use super::listing::{ListStream, read_pages};
use super::request::{Method, Request};
use super::settle::WriteOutcome;
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::timestamp::http_date;
use crate::domain::{
    CreateWorkspace, Page, PageRequest, Timestamp, UpdateWorkspace, Workspace, WorkspaceId, WorkspaceRef,
};

/// Seconds by which two clocks of the service may differ.
const CLOCK_SLACK: i64 = 5;

/// One page of the organization's workspaces. `GET /workspaces`: 401, 500.
pub async fn list(client: &Client, page: PageRequest) -> Result<Page<Workspace>, ApiError> {
    let operation = Operation::ListWorkspaces;
    let answer = client.send(Request::new(operation, Method::Get, &["workspaces"]).page(page)).await?;
    decode::list(operation, &answer.body)
}

/// Reads all workspaces of the organization.
pub fn read_all(client: &Client) -> ListStream<Workspace> {
    let client = client.clone();
    let fetch = move |page| {
        let client = client.clone();
        Box::pin(async move { list(&client, page).await }) as _
    };
    read_pages(fetch, |workspace: &Workspace| workspace.id.to_string())
}

/// One workspace, by UUID or slug. `GET /workspaces/{id}`: 401, 404, 500.
pub async fn get(client: &Client, workspace: &WorkspaceRef) -> Result<Workspace, ApiError> {
    let operation = Operation::GetWorkspace;
    let answer = client.send(on(operation, Method::Get, workspace)).await?;
    decode::single(operation, &answer.body)
}

/// Creates a workspace. `POST /workspaces`: 400 (also if the slug is taken, rule 8), 401, 403, 500.
///
/// Sent once. After an unclear outcome the slug is read back. A browser may resend a request by itself if the connection
/// closes, and the second one then finds the slug taken by the first. So a taken slug is a success too if its workspace has
/// exactly the requested values and was created since this call began.
pub async fn create(client: &Client, body: &CreateWorkspace) -> WriteResult<Workspace> {
    let operation = Operation::CreateWorkspace;
    let request = Request::new(operation, Method::Post, &["workspaces"]).json(body);
    let request = request.map_err(|error| WriteError::new(error, WriteOutcome::Refused))?;
    let began = client.elapsed();
    let sent = client.send(request).await;
    let error = match sent.and_then(|answer| decode::single(operation, &answer.body)) {
        Ok(workspace) => return Ok(workspace),
        Err(error) => error,
    };
    let is_unclear = error.is_unclear();
    if !is_unclear && !matches!(error.status(), Some(400 | 409)) {
        return Err(WriteError::new(error, WriteOutcome::Refused));
    }
    let read = read_with_date(client, &WorkspaceRef::from(&body.slug)).await;
    let took = i64::try_from((client.elapsed() - began).as_secs()).unwrap_or(i64::MAX);
    match read {
        Ok((found, date)) if body.is_met_by(&found) && (is_unclear || is_created_within(&found, date, took)) => {
            Ok(found)
        }
        Ok(_) if is_unclear => Err(WriteError::new(error, WriteOutcome::Conflict)),
        Err(readback) if is_unclear && !readback.is_not_found() => Err(WriteError::new(error, WriteOutcome::Unknown)),
        Err(_) if is_unclear => Err(WriteError::new(error, WriteOutcome::NotApplied)),
        _ => Err(WriteError::new(error, WriteOutcome::Refused)),
    }
}

async fn read_with_date(client: &Client, workspace: &WorkspaceRef) -> Result<(Workspace, Option<i64>), ApiError> {
    let operation = Operation::GetWorkspace;
    let answer = client.send(on(operation, Method::Get, workspace)).await?;
    let date = answer.date.as_deref().and_then(http_date);
    Ok((decode::single(operation, &answer.body)?, date))
}

/// Whether the workspace was created in the last `took` seconds by the server's clock (`date`).
fn is_created_within(found: &Workspace, date: Option<i64>, took: i64) -> bool {
    let created = found.created_at.as_ref().and_then(Timestamp::unix_seconds);
    created.zip(date).is_some_and(|(created, now)| now - created <= took.saturating_add(CLOCK_SLACK))
}

/// Changes a workspace. `PATCH /workspaces/{id}`: 400, 401, 403, 404, 500.
///
/// `before` is the workspace as last read. Sent once. After an unclear outcome the workspace is read back.
pub async fn update(client: &Client, before: &Workspace, body: &UpdateWorkspace) -> WriteResult<Workspace> {
    let operation = Operation::UpdateWorkspace;
    let id = WorkspaceRef::from(&before.id);
    let request = on(operation, Method::Patch, &id).json(body);
    let request = request.map_err(|error| WriteError::new(error, WriteOutcome::Refused))?;
    let sent = client.send(request).await;
    let error = match sent.and_then(|answer| decode::single(operation, &answer.body)) {
        Ok(workspace) => return Ok(workspace),
        Err(error) if error.is_unclear() => error,
        Err(error) => return Err(WriteError::new(error, WriteOutcome::Refused)),
    };
    match get(client, &id).await {
        Ok(now) if body.is_met_by(&now) => Ok(now),
        Ok(now) if now == *before => Err(WriteError::new(error, WriteOutcome::NotApplied)),
        Ok(_) => Err(WriteError::new(error, WriteOutcome::Conflict)),
        Err(_) => Err(WriteError::new(error, WriteOutcome::Unknown)),
    }
}

/// Deletes a workspace, with its budgets and guardrails (rule 4). `DELETE /workspaces/{id}`: 400, 401, 403, 404, 500.
///
/// A 404 is a success, since the UUID belongs to no other workspace. Sent once. After an unclear outcome the workspace is read
/// back.
pub async fn delete(client: &Client, id: &WorkspaceId) -> WriteResult<()> {
    let operation = Operation::DeleteWorkspace;
    let workspace = WorkspaceRef::from(id);
    let sent = client.send(on(operation, Method::Delete, &workspace)).await;
    let error = match sent.and_then(|answer| decode::deleted(operation, &answer.body)) {
        Ok(()) => return Ok(()),
        Err(error) if error.is_not_found() => return Ok(()),
        Err(error) if error.is_unclear() => error,
        Err(error) => return Err(WriteError::new(error, WriteOutcome::Refused)),
    };
    match get(client, &workspace).await {
        Err(readback) if readback.is_not_found() => Ok(()),
        Err(_) => Err(WriteError::new(error, WriteOutcome::Unknown)),
        Ok(_) => Err(WriteError::new(error, WriteOutcome::NotApplied)),
    }
}

fn on(operation: Operation, method: Method, workspace: &WorkspaceRef) -> Request {
    Request::new(operation, method, &["workspaces", workspace.as_str()])
}
