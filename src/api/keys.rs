//! API keys: the current one, and those of a workspace, which block its deletion until they are disabled or deleted.

use serde::Serialize;

use super::listing::{self, ListStream, read_until_empty};
use super::request::{Method, Request};
use super::settle::WriteOutcome;
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::{ApiKey, CurrentKey, KeyHash, Page, PageRequest, WorkspaceId};

/// The key that the request is sent with. `GET /key`: 401 without a valid key.
pub async fn get_current(client: &Client) -> Result<CurrentKey, ApiError> {
    let operation = Operation::GetCurrentKey;
    let answer = client.send(Request::new(operation, Method::Get, &["key"])).await?;
    decode::single(operation, &answer.body)
}

/// One page of a workspace's keys from `offset` on, including disabled and expired ones, whose spend counts. The last page
/// is an empty one. `GET /keys`.
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

/// Reads all keys of a workspace.
pub fn read_all(client: &Client, workspace: &WorkspaceId) -> ListStream<ApiKey> {
    let (client, workspace) = (client.clone(), workspace.clone());
    let fetch = move |page: PageRequest| {
        let (client, workspace) = (client.clone(), workspace.clone());
        Box::pin(async move { list(&client, &workspace, page.offset).await }) as _
    };
    read_until_empty(fetch, |key: &ApiKey| key.hash.to_string())
}

/// All keys of a workspace.
///
/// # Errors
/// Also if keys may be missing: their spend would not be counted, and what they block would come as a surprise.
pub async fn collect_all(client: &Client, workspace: &WorkspaceId) -> Result<Vec<ApiKey>, ApiError> {
    listing::collect(read_all(client, workspace)).await?.certain(Operation::ListKeys)
}

/// Disables a key of a workspace. It stops working immediately and can be enabled again. `PATCH /keys/{hash}`. After an
/// unclear outcome the keys are listed.
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

/// Deletes a key of a workspace permanently. `DELETE /keys/{hash}`. A key that is not there is no error. After an unclear
/// outcome the keys are listed.
pub async fn delete(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> WriteResult<()> {
    let sent = client.send(on(Operation::DeleteKey, Method::Delete, key)).await;
    match sent.and_then(|answer| decode::deleted(Operation::DeleteKey, &answer.body)) {
        Ok(()) => Ok(()),
        Err(error) if error.is_not_found() => Ok(()),
        Err(error) => settle(client, workspace, key, error).await,
    }
}

/// Reads back whether the key still works after a failed write.
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
