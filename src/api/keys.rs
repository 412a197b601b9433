//! API keys: what blocks a deletion, and the means to clear it; and who is asking.
//!
//! Invariant: a key is named by its hash in every call.

use futures::StreamExt as _;
use futures::stream::LocalBoxStream;
use serde::Serialize;

use super::request::{Method, Request};
use super::settle::WriteOutcome;
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::page::MOST_UNREADABLE;
use crate::domain::{ApiKey, CurrentKey, KeyHash, Page, WorkspaceId};

/// The key of this request itself: `GET /key`. 401 without a valid one.
pub async fn get_current(client: &Client) -> Result<CurrentKey, ApiError> {
    let operation = Operation::GetCurrentKey;
    let answer = client.send(Request::new(operation, Method::Get, &["key"])).await?;
    decode::single(operation, &answer.body)
}

/// One page of a workspace's keys from `offset` on, disabled and expired ones too (their spend counts); the last page is
/// an empty one. `GET /keys`.
pub async fn list(client: &Client, workspace: &WorkspaceId, offset: u64) -> Result<Page<ApiKey>, ApiError> {
    let operation = Operation::ListKeys;
    let request = Request::new(operation, Method::Get, &["keys"])
        .query("workspace_id", workspace.as_str())
        .query("include_disabled", "true")
        .query("include_expired", "true")
        .query("offset", &offset.to_string());
    let answer = client.send(request).await?;
    decode::list(operation, &answer.body)
}

/// All keys of a workspace, page by page until one comes back empty or brings nothing new, or too many cannot be read.
pub fn list_all(client: &Client, workspace: &WorkspaceId) -> LocalBoxStream<'static, Result<Page<ApiKey>, ApiError>> {
    use std::collections::HashSet;
    struct Reading {
        client: Client,
        workspace: WorkspaceId,
        offset: u64,
        seen: HashSet<String>,
        unreadable: u64,
        is_done: bool,
    }
    let (client, workspace) = (client.clone(), workspace.clone());
    let start = Reading { client, workspace, offset: 0, seen: HashSet::new(), unreadable: 0, is_done: false };
    futures::stream::unfold(start, |mut reading| async move {
        if reading.is_done {
            return None;
        }
        let mut page = match list(&reading.client, &reading.workspace, reading.offset).await {
            Ok(page) => page,
            Err(error) => {
                reading.is_done = true;
                return Some((Err(error), reading));
            }
        };
        let (received, readable) = (page.received() as u64, page.rows.len());
        page.rows.retain(|key| reading.seen.insert(key.hash.to_string()));
        // A server that ignores the offset sends the same keys again.
        let is_repeat = readable > 0 && page.rows.is_empty();
        if received == 0 || is_repeat {
            return None;
        }
        reading.offset += received;
        reading.unreadable = if readable == 0 { reading.unreadable + received } else { 0 };
        reading.is_done = reading.unreadable >= MOST_UNREADABLE;
        Some((Ok(page), reading))
    })
    .boxed_local()
}

/// All keys of a workspace at once. One that cannot be read is an error: spend without it would be told too low, and what
/// it blocks would come as a surprise.
pub async fn collect_all(client: &Client, workspace: &WorkspaceId) -> Result<Vec<ApiKey>, ApiError> {
    let mut all = Vec::new();
    let mut pages = list_all(client, workspace);
    while let Some(page) = pages.next().await {
        all.extend(decode::whole(Operation::ListKeys, page?)?);
    }
    Ok(all)
}

/// Disables a key of a workspace: what it was used for stops at once; it can be enabled again. `PATCH /keys/{hash}`.
/// An unclear outcome is settled by listing the keys.
pub async fn disable(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> WriteResult<()> {
    #[derive(Serialize)]
    struct Body {
        disabled: bool,
    }
    let request = on(Operation::UpdateKey, Method::Patch, key).json(&Body { disabled: true });
    let request = request.map_err(|error| WriteError::new(error, WriteOutcome::Refused))?;
    let sent = client.send(request).await;
    match sent.and_then(|answer| decode::single::<ApiKey>(Operation::UpdateKey, &answer.body)) {
        Ok(_) => Ok(()),
        Err(error) => settle(client, workspace, key, error).await,
    }
}

/// Deletes a key of a workspace for good. `DELETE /keys/{hash}`; one that is gone already is no error. An unclear outcome
/// is settled by listing the keys.
pub async fn delete(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> WriteResult<()> {
    let sent = client.send(on(Operation::DeleteKey, Method::Delete, key)).await;
    match sent.and_then(|answer| decode::deleted(Operation::DeleteKey, &answer.body)) {
        Ok(()) => Ok(()),
        Err(error) if error.is_not_found() => Ok(()),
        Err(error) => settle(client, workspace, key, error).await,
    }
}

/// Whether the key is out of the way after a write that did not succeed.
async fn settle(client: &Client, workspace: &WorkspaceId, key: &KeyHash, error: ApiError) -> WriteResult<()> {
    if !error.is_unclear() {
        return Err(WriteError::new(error, WriteOutcome::Refused));
    }
    match collect_all(client, workspace).await {
        Ok(keys) if keys.iter().any(|found| found.hash == *key && !found.disabled) => {
            Err(WriteError::new(error, WriteOutcome::NotApplied))
        }
        Ok(_) => Ok(()),
        Err(_) => Err(WriteError::new(error, WriteOutcome::Unknown)),
    }
}

fn on(operation: Operation, method: Method, key: &KeyHash) -> Request {
    Request::new(operation, method, &["keys", key.as_str()])
}
