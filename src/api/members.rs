//! Members of a workspace: list, add and remove in bulk.
//!
//! Invariant: after an unclear bulk write nothing is guessed: the members are listed again, and each person is told to
//! be in or not.

use std::collections::HashSet;

use futures::StreamExt as _;
use futures::stream::LocalBoxStream;
use serde::Deserialize;

use super::listing::{Chunk, all_pages};
use super::request::{Method, Request};
use super::settle::WriteOutcome;
use super::{ApiError, Client, Operation, WriteError, WriteResult, decode};
use crate::domain::{AddedMembers, Member, Page, PageRequest, RemovedMembers, UserId, UserIds, WorkspaceRef};

/// What came of a bulk write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkOutcome<T> {
    /// The server's own answer.
    Answered(T),
    /// No usable answer came; this is who is in and who is not, as listed afterwards.
    Settled {
        /// Those of the request who are members now.
        present: Vec<UserId>,
        /// Those of the request who are not.
        absent: Vec<UserId>,
    },
}

/// One page of a workspace's members. `GET /workspaces/{id}/members`: 401, 403, 404, 500.
pub async fn list(client: &Client, workspace: &WorkspaceRef, page: PageRequest) -> Result<Page<Member>, ApiError> {
    let operation = Operation::ListMembers;
    let path = ["workspaces", workspace.as_str(), "members"];
    let answer = client.send(Request::new(operation, Method::Get, &path).page(page)).await?;
    decode::list(operation, &answer.body)
}

/// All members of a workspace, as they come.
pub fn list_all(client: &Client, workspace: &WorkspaceRef) -> LocalBoxStream<'static, Result<Chunk<Member>, ApiError>> {
    let (client, workspace) = (client.clone(), workspace.clone());
    let fetch = move |page| {
        let (client, workspace) = (client.clone(), workspace.clone());
        Box::pin(async move { list(&client, &workspace, page).await }) as _
    };
    all_pages(fetch, |member: &Member| member.user_id.to_string())
}

/// How many members a workspace has, by the server's count.
pub async fn count(client: &Client, workspace: &WorkspaceRef) -> Result<u64, ApiError> {
    let page = list(client, workspace, PageRequest { offset: 0, limit: 1 }).await?;
    Ok(page.total.unwrap_or(page.received() as u64))
}

/// Adds people, with the roles that they hold in the organization (rule 6); somebody already in is no error.
/// `POST /workspaces/{id}/members/add`: 400, 401, 403, 404, 500.
pub async fn bulk_add(
    client: &Client,
    workspace: &WorkspaceRef,
    people: &UserIds,
) -> WriteResult<BulkOutcome<AddedMembers>> {
    #[derive(Deserialize)]
    struct Added {
        added_count: u64,
    }
    let operation = Operation::BulkAddMembers;
    bulk(client, workspace, people, operation, "add", |body| {
        let members = decode::list::<Member>(operation, body)?.rows;
        let Added { added_count } = decode::object(operation, body)?;
        Ok(AddedMembers { members, added_count })
    })
    .await
}

/// Removes people. One with active keys in the workspace, or managed by the identity provider, makes the server refuse
/// the whole request (rule 7). `POST /workspaces/{id}/members/remove`: 400, 401, 403, 404, 500.
pub async fn bulk_remove(
    client: &Client,
    workspace: &WorkspaceRef,
    people: &UserIds,
) -> WriteResult<BulkOutcome<RemovedMembers>> {
    let operation = Operation::BulkRemoveMembers;
    bulk(client, workspace, people, operation, "remove", |body| decode::object(operation, body)).await
}

async fn bulk<T>(
    client: &Client,
    workspace: &WorkspaceRef,
    people: &UserIds,
    operation: Operation,
    verb: &str,
    read: impl Fn(&str) -> Result<T, ApiError>,
) -> WriteResult<BulkOutcome<T>> {
    let path = ["workspaces", workspace.as_str(), "members", verb];
    let request = Request::new(operation, Method::Post, &path).json(people);
    let request = request.map_err(|error| WriteError::new(error, WriteOutcome::Refused))?;
    let sent = client.send(request).await;
    let error = match sent.and_then(|answer| read(&answer.body)) {
        Ok(answered) => return Ok(BulkOutcome::Answered(answered)),
        Err(error) if error.is_unclear() => error,
        Err(error) => return Err(WriteError::new(error, WriteOutcome::Refused)),
    };
    let mut members = HashSet::new();
    let mut pages = list_all(client, workspace);
    while let Some(chunk) = pages.next().await {
        match chunk {
            Ok(chunk) => members.extend(chunk.rows.into_iter().map(|member| member.user_id.to_string())),
            Err(_) => return Err(WriteError::new(error, WriteOutcome::Unknown)),
        }
    }
    let (present, absent) = people.as_slice().iter().cloned().partition(|id| members.contains(id.as_str()));
    Ok(BulkOutcome::Settled { present, absent })
}
