//! Activity: spend on completed UTC days. The spend of the current day is in the keys.
//!
//! Invariant: a row that cannot be read is an error, because the sum of its day would be too low without it.

use super::request::{Method, Request};
use super::{ApiError, Client, Operation, decode};
use crate::domain::{ActivityDay, WorkspaceId};

/// Spend of one workspace in the last 30 completed UTC days. `GET /activity?workspace_id=`.
pub async fn list(client: &Client, workspace: &WorkspaceId) -> Result<Vec<ActivityDay>, ApiError> {
    let operation = Operation::ListActivity;
    let request = Request::new(operation, Method::Get, &["activity"]).query("workspace_id", workspace.as_str());
    let answer = client.send(request).await?;
    decode::whole(operation, decode::list(operation, &answer.body)?)
}
