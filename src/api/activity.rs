//! Activity: spend on completed UTC days. The spend of the current day is in the keys.
//!
//! Invariant: a row that cannot be read is an error, because the sum of its day would be too low without it.

use super::request::Request;
use super::{ApiError, Client, Operation, decode};
use crate::domain::{ActivityDay, WorkspaceDay, WorkspaceId};

/// Spend of one workspace in the last 30 completed UTC days. `GET /activity?workspace_id=`.
pub(crate) async fn list(client: &Client, workspace: &WorkspaceId) -> Result<Vec<ActivityDay>, ApiError> {
    let request = Request::new(Operation::ListActivity, &["activity"]).query("workspace_id", workspace.as_str());
    decode::whole(Operation::ListActivity, client.list(request).await?)
}

/// Spend of all workspaces in the last 30 completed UTC days. `GET /activity?group_by=workspace`.
pub(crate) async fn by_workspace(client: &Client) -> Result<Vec<WorkspaceDay>, ApiError> {
    let request = Request::new(Operation::ListActivity, &["activity"]).query("group_by", "workspace");
    decode::whole(Operation::ListActivity, client.list(request).await?)
}
