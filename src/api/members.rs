//! Members of a workspace: list, add and remove in bulk.
//!
//! Invariant: a bulk write is sent once. After an unclear outcome the caller has to list the members.

use std::collections::HashSet;

use serde::Deserialize;

use super::listing::{ListStream, PageResponse, Pager, read};
use super::request::Request;
use super::{ApiError, Client, Operation, decode};
use crate::domain::{Member, PageRequest, UserId, UserIds, WorkspaceRef};

/// One page of a workspace's members. `GET /workspaces/{id}/members`: 401, 403, 404, 500.
pub fn list(client: &Client, workspace: &WorkspaceRef, page: PageRequest) -> PageResponse<Member> {
    client.list(Request::new(Operation::ListMembers, &["workspaces", workspace.as_str(), "members"]).page(page))
}

/// Reads all members of a workspace.
pub fn read_all(client: &Client, workspace: &WorkspaceRef) -> ListStream<Member> {
    let (client, workspace) = (client.clone(), workspace.clone());
    read(Pager::counted, move |page| list(&client, &workspace, page), |member: &Member| member.user_id.to_string())
}

/// The server's count of a workspace's members.
pub async fn count(client: &Client, workspace: &WorkspaceRef) -> Result<u64, ApiError> {
    let page = list(client, workspace, PageRequest { offset: 0, limit: 1 }).await?;
    Ok(page.total.unwrap_or(page.received() as u64))
}

/// Adds people, with the roles that they hold in the organization (rule 6). Adding a member again is no error. Returns how
/// many of them the server names as members and counts. `POST /workspaces/{id}/members/add`: 400, 401, 403, 404, 500.
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

/// Removes people. The server refuses the whole request if one of them has active keys in the workspace or is managed by
/// the identity provider (rule 7). Returns how many memberships were removed. Sent once, like [`bulk_add`].
/// `POST /workspaces/{id}/members/remove`: 400, 401, 403, 404, 500.
pub async fn bulk_remove(client: &Client, workspace: &WorkspaceRef, people: &UserIds) -> Result<u64, ApiError> {
    #[derive(Deserialize)]
    struct Removed {
        removed_count: u64,
    }
    let operation = Operation::BulkRemoveMembers;
    let body = bulk(client, workspace, people, operation, "remove").await?;
    Ok(decode::object::<Removed>(operation, &body)?.removed_count)
}

async fn bulk(
    client: &Client,
    workspace: &WorkspaceRef,
    people: &UserIds,
    operation: Operation,
    verb: &str,
) -> Result<String, ApiError> {
    let path = ["workspaces", workspace.as_str(), "members", verb];
    Ok(client.send(Request::new(operation, &path).json(people)?).await?.body)
}
