//! Members of a workspace: list, add and remove in bulk.
//!
//! Invariant: a bulk write is sent once. After an unclear outcome the caller has to list the members.

use std::collections::HashSet;

use serde::Deserialize;

use super::decode::Answer;
use super::listing::{ListStream, PageResponse, Pager, read};
use super::request::Request;
use super::{ApiError, Client, Operation, decode};
use crate::domain::timestamp::http_date;
use crate::domain::{Member, PageRequest, Timestamp, UserId, UserIds, WorkspaceRef};

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

/// 207: an outcome for each part of a request.
const MULTI_STATUS: u16 = 207;

/// What the server says about a request that it carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acknowledged {
    /// How many people it concerned.
    pub count: u64,
    /// People whose membership is older than the request.
    pub already: HashSet<UserId>,
}

#[cfg(test)]
impl Acknowledged {
    pub(crate) fn of(count: u64) -> Self {
        Self { count, already: HashSet::new() }
    }
}

/// Adds people, with the roles that they hold in the organization (rule 6). Adding a member again is no error; a membership
/// that is older than the request tells it. Counts whom the server both names as members and counts.
/// `POST /workspaces/{id}/members/add`: 400, 401, 403, 404, 500.
pub async fn bulk_add(client: &Client, workspace: &WorkspaceRef, people: &UserIds) -> Result<Acknowledged, ApiError> {
    #[derive(Deserialize)]
    struct Added {
        added_count: u64,
    }
    let operation = Operation::BulkAddMembers;
    let started = client.elapsed();
    let answer = bulk(client, workspace, people, operation, "add").await?;
    let Added { added_count } = decode::object(operation, &answer.body)?;
    let members = decode::list::<Member>(operation, &answer.body)?.rows;
    // The server's clock when the request was sent, or a moment before: the header has whole seconds.
    let took = client.elapsed().saturating_sub(started);
    let took = i64::try_from(took.as_secs()).unwrap_or(i64::MAX).saturating_add(1);
    let sent_at = answer.date.as_deref().and_then(http_date).map(|date| date.saturating_sub(took));
    let is_older = |member: &&Member| {
        let created = member.created_at.as_ref().and_then(Timestamp::unix_seconds);
        created.zip(sent_at).is_some_and(|(created, sent_at)| created < sent_at)
    };
    let already = members.iter().filter(is_older).map(|member| member.user_id.clone()).collect();
    let named: HashSet<UserId> = members.into_iter().map(|member| member.user_id).collect();
    let sent = people.as_slice().len() as u64;
    let confirmed = people.as_slice().iter().filter(|id| named.contains(*id)).count() as u64;
    let count = if confirmed == sent { added_count } else { confirmed.min(added_count) };
    Ok(Acknowledged { count, already })
}

/// Removes people. The server refuses the whole request if one of them has active keys in the workspace or is managed by
/// the identity provider (rule 7). Returns how many memberships were removed. Sent once, like [`bulk_add`].
/// `POST /workspaces/{id}/members/remove`: 400, 401, 403, 404, 500.
pub async fn bulk_remove(
    client: &Client,
    workspace: &WorkspaceRef,
    people: &UserIds,
) -> Result<Acknowledged, ApiError> {
    #[derive(Deserialize)]
    struct Removed {
        removed_count: u64,
    }
    let operation = Operation::BulkRemoveMembers;
    let answer = bulk(client, workspace, people, operation, "remove").await?;
    let Removed { removed_count } = decode::object(operation, &answer.body)?;
    Ok(Acknowledged { count: removed_count, already: HashSet::new() })
}

async fn bulk(
    client: &Client,
    workspace: &WorkspaceRef,
    people: &UserIds,
    operation: Operation,
    verb: &str,
) -> Result<Answer, ApiError> {
    let path = ["workspaces", workspace.as_str(), "members", verb];
    let answer = client.send(Request::new(operation, &path).json(people)?).await?;
    // Some of it may have failed, and the body is not one that the API documents.
    if answer.status == MULTI_STATUS {
        let detail = "the API answered for each person, in a form that is not documented".to_owned();
        return Err(ApiError::Decode { operation, path: ".".to_owned(), detail });
    }
    Ok(answer)
}
