//! API keys: the current one, and those of a workspace, which block its deletion until they are disabled or deleted.

use serde::Serialize;

use super::listing::{self, ListStream, PageResponse, Pager, read};
use super::request::Request;
use super::settle::{WriteOutcome, settle};
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::{ApiKey, CurrentKey, KeyHash, PageRequest, WorkspaceId};

/// The key that the request is sent with. `GET /key`: 401 without a valid key.
pub async fn get_current(client: &Client) -> Result<CurrentKey, ApiError> {
    client.get(Request::new(Operation::GetCurrentKey, &["key"])).await
}

/// One page of a workspace's keys from `offset` on, including disabled and expired ones, whose spend counts. The last page
/// is an empty one. `GET /keys`.
pub fn list(client: &Client, workspace: &WorkspaceId, offset: u64) -> PageResponse<ApiKey> {
    let request = Request::new(Operation::ListKeys, &["keys"])
        .query("workspace_id", workspace.as_str())
        .query("include_disabled", "true")
        .query("include_expired", "true")
        .query("offset", &offset.to_string());
    client.list(request)
}

/// Reads all keys of a workspace.
pub(crate) fn read_all(client: &Client, workspace: &WorkspaceId) -> ListStream<ApiKey> {
    let (client, workspace) = (client.clone(), workspace.clone());
    let fetch = move |page: PageRequest| list(&client, &workspace, page.offset);
    read(Pager::until_empty, fetch, |key: &ApiKey| key.hash.to_string())
}

/// All keys of a workspace. Fails if keys may be missing, because their spend would not be counted.
pub async fn collect_all(client: &Client, workspace: &WorkspaceId) -> Result<Vec<ApiKey>, ApiError> {
    listing::collect(read_all(client, workspace)).await?.certain(Operation::ListKeys)
}

/// Disables a key of a workspace. It stops working immediately and can be enabled again. `PATCH /keys/{hash}`. After an
/// unclear outcome the keys are listed.
pub(crate) async fn disable(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> WriteResult<()> {
    #[derive(Serialize)]
    struct Body {
        disabled: bool,
    }
    let request = on(Operation::UpdateKey, key).json(&Body { disabled: true }).map_err(WriteError::refused)?;
    let sent = client.get::<ApiKey>(request).await.map(|_| ());
    settle(sent, || read_back(client, workspace, key)).await
}

/// Deletes a key of a workspace permanently. `DELETE /keys/{hash}`. A key that is not there is no error. After an unclear
/// outcome the keys are listed.
pub(crate) async fn delete(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> WriteResult<()> {
    let sent = client.send(on(Operation::DeleteKey, key)).await;
    match sent.and_then(|answer| decode::deleted(Operation::DeleteKey, &answer.body)) {
        Err(error) if error.is_not_found() => Ok(()),
        sent => settle(sent, || read_back(client, workspace, key)).await,
    }
}

/// Reads back whether the key still works.
async fn read_back(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> Result<(), WriteOutcome> {
    let keys = collect_all(client, workspace).await.map_err(|_| WriteOutcome::Unknown)?;
    let is_active = keys.iter().any(|found| found.hash == *key && !found.disabled);
    if is_active { Err(WriteOutcome::NotApplied) } else { Ok(()) }
}

fn on(operation: Operation, key: &KeyHash) -> Request {
    Request::new(operation, &["keys", key.as_str()])
}
