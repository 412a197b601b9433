//! The calls that a job for members makes.

use std::collections::HashSet;

use futures::future::LocalBoxFuture;

use super::{Action, MembersWrite};
use crate::api::members::{self, UncertainMembers};
use crate::api::settle::WriteOutcome;
use crate::api::{ApiError, Client, Operation, WriteError, WriteResult};
use crate::domain::{UserId, UserIds, WorkspaceId, WorkspaceRef};
use crate::jobs::engine::Failure;

/// Lists all members. A listing that is not certain is a failure: a person who is missing from it may still be a member.
pub(super) fn list(
    client: Client,
    workspace: WorkspaceId,
) -> LocalBoxFuture<'static, Result<HashSet<UserId>, Failure>> {
    Box::pin(async move {
        let members = members::collect(&client, &WorkspaceRef::from(&workspace)).await;
        members.map_err(|error| failure_of(&error))
    })
}

pub(super) fn failure_of(error: &UncertainMembers) -> Failure {
    match error {
        UncertainMembers::Failed(error) => Failure::of_read(error),
        uncertain => Failure::Unclear(format!("{uncertain}.").into()),
    }
}

/// Adds or removes people, and returns how many the server says it concerned.
pub(super) fn change(client: Client, write: MembersWrite) -> LocalBoxFuture<'static, WriteResult<u64>> {
    Box::pin(async move {
        let MembersWrite { action, workspace, people } = write;
        let workspace = WorkspaceRef::from(&workspace);
        let people = UserIds::new(people).map_err(|problem| refused(action, &problem.to_string()))?;
        let answer = match action {
            Action::Add => members::bulk_add(&client, &workspace, &people).await,
            Action::Remove => members::bulk_remove(&client, &workspace, &people).await,
        };
        answer.map_err(|error| {
            let outcome = if error.is_unclear() { WriteOutcome::Unknown } else { WriteOutcome::Refused };
            WriteError { error, outcome }
        })
    })
}

/// A request that cannot be made. The planner's batches hold 1–100 people, each once, so this is a safeguard.
fn refused(action: Action, why: &str) -> WriteError {
    let error = ApiError::Decode { operation: operation(action), path: "user_ids".to_owned(), detail: why.to_owned() };
    WriteError { error, outcome: WriteOutcome::Refused }
}

pub(super) fn operation(action: Action) -> Operation {
    match action {
        Action::Add => Operation::BulkAddMembers,
        Action::Remove => Operation::BulkRemoveMembers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_that_is_not_certain_is_an_unclear_failure() {
        for uncertain in [
            UncertainMembers::Incomplete,
            UncertainMembers::Unsettled,
            UncertainMembers::Unreadable("data[3].user_id".to_owned()),
        ] {
            assert_eq!(failure_of(&uncertain), Failure::Unclear(format!("{uncertain}.").into()));
        }
    }
}
