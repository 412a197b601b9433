//! API keys: the current one, and those of a workspace, which block its deletion until they are disabled or deleted.
//!
//! Invariant: creating is sent once. What became of it is looked for by name and time.

use serde::Serialize;

use super::key_secret::{CreatedKey, issued};
use super::listing::{self, ListStream, PageResponse, Pager, read};
use super::request::Request;
use super::settle::{WriteOutcome, settle};
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::{ApiKey, CreateKey, CurrentKey, KeyHash, PageRequest, Timestamp, UpdateKey, WorkspaceId};

/// Seconds by which two clocks of the service may differ.
pub(crate) const CLOCK_SLACK: i64 = 5;

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

/// One key. `GET /keys/{hash}`: 401, 404, 429, 500.
pub async fn get(client: &Client, key: &KeyHash) -> Result<ApiKey, ApiError> {
    client.get(on(Operation::GetKey, key)).await
}

/// Creates a key. `POST /keys`: 400, 401, 403, 429, 500.
///
/// Sent once. After an unclear outcome the keys of the workspace are listed: one with this name that was created since then
/// is taken for the new one, whose secret is lost.
pub(crate) async fn create(client: &Client, body: &CreateKey) -> WriteResult<CreatedKey> {
    let request = Request::new(Operation::CreateKey, &["keys"]).json(body).map_err(WriteError::refused)?;
    let began = client.elapsed();
    let sent = client.send(request).await.and_then(|answer| issued(&answer.body));
    settle(sent, async || {
        let keys = collect_all(client, &body.workspace_id).await.map_err(|_| WriteOutcome::Unknown)?;
        let took = i64::try_from((client.elapsed() - began).as_secs()).unwrap_or(i64::MAX);
        let mut named: Vec<ApiKey> = keys.into_iter().filter(|key| key.name == body.name.as_str()).collect();
        if named.is_empty() {
            return Err(WriteOutcome::NotApplied);
        }
        // Without the server's clock an older key of this name could be taken for the new one.
        let now = client.server_time().ok_or(WriteOutcome::Unknown)?;
        named.retain(|key| {
            let created = key.created_at.as_ref().and_then(Timestamp::unix_seconds);
            created.is_some_and(|created| now - created <= took.saturating_add(CLOCK_SLACK))
        });
        if named.is_empty() { Err(WriteOutcome::NotApplied) } else { Ok(CreatedKey::SecretLost(named)) }
    })
    .await
}

/// Changes a key, or moves it to another workspace. `PATCH /keys/{hash}`: 400, 401, 403, 404, 409, 429, 500. After an
/// unclear outcome the key is read back.
pub(crate) async fn update(client: &Client, key: &KeyHash, body: &UpdateKey) -> WriteResult<ApiKey> {
    let request = on(Operation::UpdateKey, key).json(body).map_err(WriteError::refused)?;
    let read_back = async || match get(client, key).await {
        Ok(now) if body.is_met_by(&now) => Ok(now),
        Ok(_) => Err(WriteOutcome::NotApplied),
        Err(_) => Err(WriteOutcome::Unknown),
    };
    settle(client.get(request).await, read_back).await
}

/// Disables a key of a workspace. It stops working immediately and can be enabled again. `PATCH /keys/{hash}`. After an
/// unclear outcome the keys are listed.
pub(crate) async fn disable(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> WriteResult<()> {
    let sent = set_disabled(client, key, true).await?;
    settle(sent, || read_back(client, workspace, key)).await
}

/// Enables a disabled key of a workspace. `PATCH /keys/{hash}`. After an unclear outcome the keys are listed.
pub(crate) async fn enable(client: &Client, workspace: &WorkspaceId, key: &KeyHash) -> WriteResult<()> {
    let read_back = async || {
        let keys = collect_all(client, workspace).await.map_err(|_| WriteOutcome::Unknown)?;
        let is_enabled = keys.iter().any(|found| found.hash == *key && !found.disabled);
        if is_enabled { Ok(()) } else { Err(WriteOutcome::NotApplied) }
    };
    let sent = set_disabled(client, key, false).await?;
    settle(sent, read_back).await
}

async fn set_disabled(client: &Client, key: &KeyHash, disabled: bool) -> WriteResult<Result<(), ApiError>> {
    #[derive(Serialize)]
    struct Body {
        disabled: bool,
    }
    let request = on(Operation::UpdateKey, key).json(&Body { disabled }).map_err(WriteError::refused)?;
    Ok(client.get::<ApiKey>(request).await.map(|_| ()))
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
