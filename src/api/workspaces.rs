//! Workspaces: list, create, get, update, delete.
//!
//! Invariant: a write that returns `Ok` was applied, as its own response or reading back shows.

use super::listing::{ListStream, PageResponse, Pager, read};
use super::request::Request;
use super::settle::{WriteOutcome, settle};
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::timestamp::http_date;
use crate::domain::{CreateWorkspace, PageRequest, Timestamp, UpdateWorkspace, Workspace, WorkspaceId, WorkspaceRef};

/// Seconds by which two clocks of the service may differ.
const CLOCK_SLACK: i64 = 5;

/// One page of the organization's workspaces. `GET /workspaces`: 401, 500.
pub fn list(client: &Client, page: PageRequest) -> PageResponse<Workspace> {
    client.list(Request::new(Operation::ListWorkspaces, &["workspaces"]).page(page))
}

/// Reads all workspaces of the organization.
pub fn read_all(client: &Client) -> ListStream<Workspace> {
    let client = client.clone();
    read(Pager::counted, move |page| list(&client, page), |workspace: &Workspace| workspace.id.to_string())
}

/// One workspace, by UUID or slug. `GET /workspaces/{id}`: 401, 404, 500.
pub async fn get(client: &Client, workspace: &WorkspaceRef) -> Result<Workspace, ApiError> {
    client.get(on(Operation::GetWorkspace, workspace)).await
}

/// Creates a workspace. `POST /workspaces`: 400 (also if the slug is taken, rule 8), 401, 403, 500.
///
/// Sent once. After an unclear outcome the slug is read back. A browser may resend a request by itself if the connection
/// closes, and the second one then finds the slug taken by the first. So a taken slug is a success too if its workspace has
/// exactly the requested values and was created since this call began.
pub async fn create(client: &Client, body: &CreateWorkspace) -> WriteResult<Workspace> {
    let request = Request::new(Operation::CreateWorkspace, &["workspaces"]).json(body).map_err(WriteError::refused)?;
    let began = client.elapsed();
    let error = match client.get(request).await {
        Ok(workspace) => return Ok(workspace),
        Err(error) => error,
    };
    let is_unclear = error.is_unclear();
    if !is_unclear && !matches!(error.status(), Some(400 | 409)) {
        return Err(WriteError::refused(error));
    }
    let read = read_with_date(client, &WorkspaceRef::from(body.slug())).await;
    let took = i64::try_from((client.elapsed() - began).as_secs()).unwrap_or(i64::MAX);
    let outcome = match read {
        Ok((found, date)) if body.is_met_by(&found) && (is_unclear || is_created_within(&found, date, took)) => {
            return Ok(found);
        }
        _ if !is_unclear => WriteOutcome::Refused,
        Ok(_) => WriteOutcome::Conflict,
        Err(readback) if readback.is_not_found() => WriteOutcome::NotApplied,
        Err(_) => WriteOutcome::Unknown,
    };
    Err(WriteError { error, outcome })
}

async fn read_with_date(client: &Client, workspace: &WorkspaceRef) -> Result<(Workspace, Option<i64>), ApiError> {
    let operation = Operation::GetWorkspace;
    let answer = client.send(on(operation, workspace)).await?;
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
    let id = WorkspaceRef::from(&before.id);
    let request = on(Operation::UpdateWorkspace, &id).json(body).map_err(WriteError::refused)?;
    let read_back = async || match get(client, &id).await {
        Ok(now) if body.is_met_by(&now) => Ok(now),
        Ok(now) if now == *before => Err(WriteOutcome::NotApplied),
        Ok(_) => Err(WriteOutcome::Conflict),
        Err(_) => Err(WriteOutcome::Unknown),
    };
    settle(client.get(request).await, read_back).await
}

/// Deletes a workspace, with its budgets and guardrails (rule 4). `DELETE /workspaces/{id}`: 400, 401, 403, 404, 500.
///
/// A 404 is a success, since the UUID belongs to no other workspace. Sent once. After an unclear outcome the workspace is read
/// back.
pub async fn delete(client: &Client, id: &WorkspaceId) -> WriteResult<()> {
    send_deletion(client, id, |request| request).await
}

/// Deletes the default workspace, which permanently disables the keys that belong to no other one (rule 4). The API refuses
/// it without the confirmation in its query. Otherwise like [`delete`].
pub(crate) async fn delete_default(client: &Client, id: &WorkspaceId) -> WriteResult<()> {
    send_deletion(client, id, |request| request.query("confirm_default_workspace_deletion", "true")).await
}

async fn send_deletion(client: &Client, id: &WorkspaceId, confirmed: fn(Request) -> Request) -> WriteResult<()> {
    let operation = Operation::DeleteWorkspace;
    let workspace = WorkspaceRef::from(id);
    let sent = client.send(confirmed(on(operation, &workspace))).await;
    let read_back = async || match get(client, &workspace).await {
        Err(readback) if readback.is_not_found() => Ok(()),
        Err(_) => Err(WriteOutcome::Unknown),
        Ok(_) => Err(WriteOutcome::NotApplied),
    };
    match sent.and_then(|answer| decode::deleted(operation, &answer.body)) {
        Err(error) if error.is_not_found() => Ok(()),
        sent => settle(sent, read_back).await,
    }
}

fn on(operation: Operation, workspace: &WorkspaceRef) -> Request {
    Request::new(operation, &["workspaces", workspace.as_str()])
}
