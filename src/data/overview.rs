//! What the overview above the list of workspaces reads. It is kept for a minute, for those who go back and forth.

use super::reads::{midnight, spend_of};
use super::{ApiRead, Snapshots, Topic, once};
use crate::api::{ApiError, Client, Operation, budgets, credits, keys};
use crate::browser::now;
use crate::domain::{BudgetState, Credits, WorkspaceId, WorkspaceRef};
use crate::search::BudgetUse;
use crate::search::overview::WorkspaceReading;

const A_MINUTE: i64 = 60;

/// The credits of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountCredits;

impl ApiRead for AccountCredits {
    type Value = Credits;
    const KEEP_SECONDS: i64 = A_MINUTE;

    fn topics(&self) -> Vec<Topic> {
        Vec::new()
    }

    fn read(&self, client: &Client) -> Snapshots<Self::Value> {
        let client = client.clone();
        once(async move { credits::get(&client).await })
    }
}

/// The budgets and API keys of a workspace, each read once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WorkspaceOverview(pub WorkspaceId);

impl ApiRead for WorkspaceOverview {
    type Value = WorkspaceReading;
    const KEEP_SECONDS: i64 = A_MINUTE;
    const CONCURRENCY: usize = 4;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::Budgets(self.0.clone()), Topic::Keys(self.0.clone())]
    }

    fn read(&self, client: &Client) -> Snapshots<Self::Value> {
        let (client, Self(workspace)) = (client.clone(), self.clone());
        once(async move { read(&client, &workspace).await })
    }

    fn expires_at(&self, read_at: i64) -> Option<i64> {
        midnight(read_at)
    }
}

/// What the API refuses is part of the value. Anything else fails as a whole, and is read again by itself.
async fn read(client: &Client, workspace: &WorkspaceId) -> Result<WorkspaceReading, ApiError> {
    let is_refusal = |error: &ApiError| !error.needs_sign_in() && !error.is_unanswered();
    let at = now();
    let listed = match budgets::list(client, &WorkspaceRef::from(workspace)).await {
        Err(error) if !is_refusal(&error) => return Err(error),
        listed => listed,
    };
    let keys = match keys::collect_all(client, workspace).await {
        Err(error) if !is_refusal(&error) => return Err(error),
        keys => keys,
    };
    let spend = spend_of(&keys);
    let budgets = listed.and_then(|listed| {
        let state = BudgetState::of(&listed);
        match listed.unread.into_iter().next() {
            // A workspace whose limits are all unreadable still has a budget.
            Some(bad) if state.ladder.is_empty() => Err(ApiError::of_row(Operation::ListBudgets, bad)),
            _ => Ok(BudgetUse { state, spend, records: None, at }),
        }
    });
    let dormant = keys.map(|keys| keys.iter().filter(|key| key.is_dormant(at)).count());
    Ok(WorkspaceReading { budgets, dormant })
}
