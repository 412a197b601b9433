//! Every read of the console: a key, and how it is fetched.

use super::listing::{Listing, collect};
use super::{ApiRead, Snapshots, Topic, once};
use crate::api::{ApiError, Client, Operation, activity, analytics, budgets, keys, members, models, workspaces};
use crate::browser::now;
use crate::domain::{
    ActivityDay, ApiKey, BudgetState, Budgets, Interval, KeyHash, Member, Model, RecordedSpend, Spend, Workspace,
    WorkspaceId, WorkspaceRef,
};
use crate::search::filter::Indexed;
use crate::search::{BudgetUse, SpendReading};

/// Defines a read of one workspace: the key, the value, the topics that invalidate it, whether the end of the UTC day does,
/// [`ApiRead::CONCURRENCY`] where it is not the usual one, and the call.
macro_rules! workspace_read {
    (
        $(#[$about:meta])*
        $key:ident -> $value:ty, invalidated by [$($topic:ident),*] $(and at $midnight:ident)? $(($concurrency:literal at a time))?,
        |$client:ident, $workspace:ident| $call:expr
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $key(pub WorkspaceId);

        impl ApiRead for $key {
            type Value = $value;
            $(const CONCURRENCY: usize = $concurrency;)?

            fn topics(&self) -> Vec<Topic> {
                vec![$(Topic::$topic(self.0.clone())),*]
            }

            fn read(&self, client: &Client) -> Snapshots<Self::Value> {
                let ($client, $workspace) = (client.clone(), self.0.clone());
                once(async move { $call.await })
            }

            $(fn expires_at(&self, read_at: i64) -> Option<i64> {
                $midnight(read_at)
            })?
        }
    };
}

/// The end of the UTC day of a moment, both in Unix seconds.
pub(super) fn midnight(at: i64) -> Option<i64> {
    Interval::Daily.next_reset(at)
}

/// All workspaces of the organization, indexed for search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkspaceList;

impl ApiRead for WorkspaceList {
    type Value = Listing<Indexed>;
    const KEEP_SECONDS: i64 = 60;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::Workspaces]
    }

    fn read(&self, client: &Client) -> Snapshots<Self::Value> {
        collect(workspaces::read_all(client), Indexed::new)
    }
}

/// One workspace, by UUID or slug.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WorkspaceDetails(pub WorkspaceRef);

impl ApiRead for WorkspaceDetails {
    type Value = Workspace;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::Workspace]
    }

    fn read(&self, client: &Client) -> Snapshots<Self::Value> {
        let (client, Self(workspace)) = (client.clone(), self.clone());
        once(async move { workspaces::get(&client, &workspace).await })
    }

    /// Asks by the UUID: the slug may be another workspace's by now.
    fn read_again(&self, client: &Client, last: &Workspace) -> Snapshots<Self::Value> {
        Self(WorkspaceRef::from(&last.id)).read(client)
    }
}

workspace_read! {
    WorkspaceBudgets -> Budgets, invalidated by [Budgets],
    |client, workspace| budgets::list(&client, &WorkspaceRef::from(&workspace))
}

/// Rows as of a moment: the windows or the days that their spend belongs to are those of then.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated<T> {
    pub rows: Vec<T>,
    /// When they were asked for, in Unix seconds.
    pub at: i64,
}

workspace_read! {
    /// All keys of a workspace, disabled and expired ones too.
    WorkspaceKeys -> Dated<ApiKey>, invalidated by [Keys] and at midnight (4 at a time),
    |client, workspace| async {
        let at = now();
        Ok(Dated { rows: keys::collect_all(&client, &workspace).await?, at })
    }
}

/// One API key of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyDetails(pub WorkspaceId, pub KeyHash);

impl ApiRead for KeyDetails {
    type Value = ApiKey;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::Keys(self.0.clone())]
    }

    fn read(&self, client: &Client) -> Snapshots<ApiKey> {
        let (client, Self(_, key)) = (client.clone(), self.clone());
        once(async move { keys::get(&client, &key).await })
    }
}

workspace_read! {
    /// The limits of a workspace with the spend that counts against them.
    WorkspaceBudgetUse -> BudgetUse, invalidated by [Budgets, Keys] and at midnight,
    |client, workspace| budget_use(&client, &workspace)
}

async fn budget_use(client: &Client, workspace: &WorkspaceId) -> Result<BudgetUse, ApiError> {
    let at = now();
    let listed = budgets::list(client, &WorkspaceRef::from(workspace)).await?;
    let state = BudgetState::of(&listed);
    if state.ladder.is_empty() {
        // A workspace whose limits are all unreadable still has a budget.
        return match listed.unread.into_iter().next() {
            Some(bad) => Err(ApiError::of_row(Operation::ListBudgets, bad)),
            None => Ok(BudgetUse { state, spend: SpendReading::NotNeeded, records: None, at }),
        };
    }
    let keys = match keys::collect_all(client, workspace).await {
        Err(error) if error.needs_sign_in() => return Err(error),
        keys => keys,
    };
    Ok(BudgetUse { state, spend: spend_of(&keys), records: None, at })
}

/// The spend of all keys of a workspace.
pub(super) fn spend_of(keys: &Result<Vec<ApiKey>, ApiError>) -> SpendReading {
    match keys {
        Ok(keys) => Spend::of(keys).map_or(SpendReading::TooLarge, |spend| SpendReading::Known(Box::new(spend))),
        Err(error) => SpendReading::Failed(error.clone()),
    }
}

workspace_read! {
    /// The spend of a workspace on each of the last 30 completed UTC days.
    WorkspaceActivity -> Dated<ActivityDay>, invalidated by [] and at midnight,
    |client, workspace| async {
        let at = now();
        Ok(Dated { rows: activity::list(&client, &workspace).await?, at })
    }
}

/// A workspace's spend of a UTC day, as of a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DatedSpend {
    pub spent: RecordedSpend,
    /// When it was asked for, in Unix seconds.
    pub at: i64,
}

workspace_read! {
    /// The spend of a workspace since midnight UTC, by the API's records. Queries are rationed.
    WorkspaceToday -> DatedSpend, invalidated by [] and at midnight (2 at a time),
    |client, workspace| async {
        let at = now();
        Ok(DatedSpend { spent: analytics::today(&client, &workspace, at).await?, at })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WorkspaceMembers(pub WorkspaceId);

impl ApiRead for WorkspaceMembers {
    type Value = Listing<Member>;
    /// Each of them asks for up to twelve pages at the same time.
    const CONCURRENCY: usize = 2;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::Members(self.0.clone())]
    }

    fn read(&self, client: &Client) -> Snapshots<Self::Value> {
        collect(members::read_all(client, &WorkspaceRef::from(&self.0)), |member| member)
    }
}

workspace_read! {
    /// How many members a workspace has, by the server's count.
    MemberCount -> u64, invalidated by [Members],
    |client, workspace| members::count(&client, &WorkspaceRef::from(&workspace))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ModelList;

impl ApiRead for ModelList {
    type Value = Vec<Model>;

    fn topics(&self) -> Vec<Topic> {
        vec![Topic::Models]
    }

    fn read(&self, client: &Client) -> Snapshots<Self::Value> {
        let client = client.clone();
        once(async move { models::list_all(&client).await })
    }
}
