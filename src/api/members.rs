//! Members of a workspace: list, add and remove in bulk.
//!
//! Invariant: a bulk write is sent once and never settled here: the engine that sends many of them knows when to look.

use std::collections::HashSet;

use futures::StreamExt as _;
use futures::stream::LocalBoxStream;
use serde::Deserialize;
use thiserror::Error;

use super::listing::{Chunk, all_pages};
use super::request::{Method, Request};
use super::{ApiError, Client, Operation, decode};
use crate::domain::{Member, Page, PageRequest, RemovedMembers, UserId, UserIds, WorkspaceRef};

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

/// Why it is not certain who all the members are.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unlisted {
    /// A page did not come.
    #[error("{0}")]
    Failed(ApiError),
    /// Somebody could not be read, and may be anybody; with where in the answer.
    #[error("A member could not be read at {0}")]
    Unreadable(String),
    /// Their number changed each time while they were listed.
    #[error("The members kept changing while they were listed")]
    Unsettled,
}

/// Pages go by place: where people came or went while they were read, somebody may have slipped from one that was to come
/// to one that had come, and all is read again, so often at most.
const MOST_READINGS: usize = 3;

/// Everybody who is a member, for certain as far as the API's count tells.
///
/// # Errors
/// Whatever leaves it open who is a member.
pub async fn collect(client: &Client, workspace: &WorkspaceRef) -> Result<HashSet<UserId>, Unlisted> {
    for _ in 0..MOST_READINGS {
        let (mut members, mut totals) = (HashSet::new(), HashSet::new());
        let mut pages = list_all(client, workspace);
        while let Some(page) = pages.next().await {
            let page = page.map_err(Unlisted::Failed)?;
            if let Some(bad) = page.bad.into_iter().next() {
                return Err(Unlisted::Unreadable(bad.path));
            }
            totals.insert(page.total);
            members.extend(page.rows.into_iter().map(|member| member.user_id));
        }
        if totals.len() <= 1 {
            return Ok(members);
        }
    }
    Err(Unlisted::Unsettled)
}

/// How many members a workspace has, by the server's count.
pub async fn count(client: &Client, workspace: &WorkspaceRef) -> Result<u64, ApiError> {
    let page = list(client, workspace, PageRequest { offset: 0, limit: 1 }).await?;
    Ok(page.total.unwrap_or(page.received() as u64))
}

/// Adds people, with the roles that they hold in the organization (rule 6); somebody already in is no error. Answers how
/// many of them the server names as members and counts. `POST /workspaces/{id}/members/add`: 400, 401, 403, 404, 500.
///
/// Sent once: what became of an unclear call, and when a busy API is asked again, is for [`crate::bulk`] to find out.
pub async fn bulk_add(client: &Client, workspace: &WorkspaceRef, people: &UserIds) -> Result<u64, ApiError> {
    #[derive(Deserialize)]
    struct Added {
        added_count: u64,
    }
    let operation = Operation::BulkAddMembers;
    let body = bulk(client, workspace, people, operation, "add").await?;
    let Added { added_count } = decode::object(operation, &body)?;
    let named: HashSet<UserId> =
        decode::list::<Member>(operation, &body)?.rows.into_iter().map(|member| member.user_id).collect();
    let confirmed = people.as_slice().iter().filter(|id| named.contains(*id)).count() as u64;
    Ok(if confirmed == people.as_slice().len() as u64 { added_count } else { confirmed.min(added_count) })
}

/// Removes people. One with active keys in the workspace, or managed by the identity provider, makes the server refuse
/// the whole request (rule 7). Answers how many memberships were removed. `POST /workspaces/{id}/members/remove`: 400, 401,
/// 403, 404, 500. Sent once, as [`bulk_add`].
pub async fn bulk_remove(client: &Client, workspace: &WorkspaceRef, people: &UserIds) -> Result<u64, ApiError> {
    let operation = Operation::BulkRemoveMembers;
    let body = bulk(client, workspace, people, operation, "remove").await?;
    Ok(decode::object::<RemovedMembers>(operation, &body)?.removed_count)
}

async fn bulk(
    client: &Client,
    workspace: &WorkspaceRef,
    people: &UserIds,
    operation: Operation,
    verb: &str,
) -> Result<String, ApiError> {
    let path = ["workspaces", workspace.as_str(), "members", verb];
    Ok(client.send(Request::new(operation, Method::Post, &path).json(people)?).await?.body)
}
