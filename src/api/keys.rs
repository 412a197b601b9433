//! API keys: what blocks a deletion, and the means to clear it; and who is asking.
//!
//! Invariant: a key is named by its hash in every call.

use futures::StreamExt as _;
use futures::stream::LocalBoxStream;
use serde::Serialize;

use super::request::{Method, Request};
use super::settle::WriteOutcome;
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
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

/// All keys of a workspace, page by page until one comes back empty or brings nothing new. A key that cannot be read
/// fails it: what it spent would be missing from a sum, and it may be the one that blocks.
pub fn list_all(client: &Client, workspace: &WorkspaceId) -> LocalBoxStream<'static, Result<Page<ApiKey>, ApiError>> {
    use std::collections::HashSet;
    let start = (client.clone(), workspace.clone(), 0, HashSet::<String>::new(), false);
    futures::stream::unfold(start, |(client, workspace, offset, mut seen, is_done)| async move {
        if is_done {
            return None;
        }
        let answer = list(&client, &workspace, offset).await;
        let answer = answer.and_then(|page| decode::whole(Operation::ListKeys, page)).map(|mut page| {
            let received = page.received() as u64;
            page.rows.retain(|key| seen.insert(key.hash.to_string()));
            (page, received)
        });
        match answer {
            // Nothing new, past the first page: an empty one, or a server that ignores the offset.
            Ok((page, received)) if page.rows.is_empty() && (received == 0 || offset > 0) => None,
            Ok((page, received)) => Some((Ok(page), (client, workspace, offset + received, seen, false))),
            Err(error) => Some((Err(error), (client, workspace, offset, seen, true))),
        }
    })
    .boxed_local()
}

/// All keys of a workspace at once.
pub async fn collect_all(client: &Client, workspace: &WorkspaceId) -> Result<Vec<ApiKey>, ApiError> {
    let mut all = Vec::new();
    let mut pages = list_all(client, workspace);
    while let Some(page) = pages.next().await {
        all.extend(page?.rows);
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
    let mut pages = list_all(client, workspace);
    while let Some(page) = pages.next().await {
        match page {
            Err(_) => return Err(WriteError::new(error, WriteOutcome::Unknown)),
            Ok(page) if page.rows.iter().any(|found| found.hash == *key && !found.disabled) => {
                return Err(WriteError::new(error, WriteOutcome::NotApplied));
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

fn on(operation: Operation, method: Method, key: &KeyHash) -> Request {
    Request::new(operation, method, &["keys", key.as_str()])
}
