//! Activity: spend on completed UTC days. The spend of the current day is in the keys.
//!
//! Invariant: a row that cannot be read is an error, because the sum of its day would be too low without it.

use super::request::{Method, Request};
use super::{ApiError, Client, Operation, decode};
use crate::domain::{ActivityDay, WorkspaceId};

/// Spend of one workspace in the last 30 completed UTC days. `GET /activity?workspace_id=`.
pub async fn list(client: &Client, workspace: &WorkspaceId) -> Result<Vec<ActivityDay>, ApiError> {
    send(client, |request| request.query("workspace_id", workspace.as_str())).await
}

/// Spend of every workspace in the last 30 completed UTC days, or on one day `date` (`YYYY-MM-DD`).
/// `GET /activity?group_by=workspace`.
pub async fn list_by_workspace(client: &Client, date: Option<&str>) -> Result<Vec<ActivityDay>, ApiError> {
    send(client, |request| {
        let request = request.query("group_by", "workspace");
        match date {
            Some(date) => request.query("date", date),
            None => request,
        }
    })
    .await
}

async fn send(client: &Client, filter: impl FnOnce(Request) -> Request) -> Result<Vec<ActivityDay>, ApiError> {
    let operation = Operation::ListActivity;
    let answer = client.send(filter(Request::new(operation, Method::Get, &["activity"]))).await?;
    decode::whole(operation, decode::list(operation, &answer.body)?)
}
