//! The operations of the API, with their methods, timeouts and retries.
//!
//! Invariant: only idempotent operations are retried without reading back first.

use std::time::Duration;

use http::Method;

macro_rules! operations {
    ($($name:ident: $text:literal $method:ident $policy:ident,)+) => {
        /// An operation of the API. The first twelve are the workspace operations, named as in the official clients.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each is named like its call")]
        pub enum Operation {
            $($name),+
        }

        impl Operation {
            /// The operation of a name in the official clients.
            pub fn parse(name: &str) -> Option<Self> {
                [$(Self::$name),+].into_iter().find(|one| one.name() == name)
            }

            fn facts(self) -> (&'static str, Method, Policy) {
                match self {
                    $(Self::$name => ($text, Method::$method, Policy::$policy)),+
                }
            }
        }
    };
}

operations! {
    ListWorkspaces: "workspaces.list" GET READ,
    CreateWorkspace: "workspaces.create" POST CREATE_OR_DELETE,
    GetWorkspace: "workspaces.get" GET READ,
    UpdateWorkspace: "workspaces.update" PATCH UPDATE,
    DeleteWorkspace: "workspaces.delete" DELETE CREATE_OR_DELETE,
    ListBudgets: "workspaces.list_budgets" GET READ,
    GetBudget: "workspaces.get_budget" GET READ,
    SetBudget: "workspaces.set_budget" PUT IDEMPOTENT,
    DeleteBudget: "workspaces.delete_budget" DELETE IDEMPOTENT,
    ListMembers: "workspaces.list_members" GET READ,
    BulkAddMembers: "workspaces.bulk_add_members" POST BULK,
    BulkRemoveMembers: "workspaces.bulk_remove_members" POST BULK,
    GetCurrentKey: "keys.get_current" GET READ,
    ListOrganizationMembers: "organization.list_members" GET READ,
    ListKeys: "keys.list" GET READ,
    CreateKey: "keys.create" POST CREATE_OR_DELETE,
    GetKey: "keys.get" GET READ,
    UpdateKey: "keys.update" PATCH IDEMPOTENT,
    DeleteKey: "keys.delete" DELETE IDEMPOTENT,
    ListActivity: "activity.list" GET READ,
    GetAnalyticsMeta: "analytics.meta" GET READ,
    QueryAnalytics: "analytics.query" POST READ,
    GetCredits: "credits.get" GET READ,
    ListModels: "models.list" GET READ,
}

/// After which failures an operation is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryOn {
    /// None. The outcome has to be read back first.
    Nothing,
    /// 429 and 503, which say that the operation was not started.
    BusyOrUnavailable,
    /// Network failures, 429 and 502–504.
    Transient,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Policy {
    /// The time of each attempt, from sending to the last byte of the response.
    pub timeout: Duration,
    pub retry_on: RetryOn,
}

impl Policy {
    const READ: Self = Self::new(15, RetryOn::Transient);
    const IDEMPOTENT: Self = Self::new(20, RetryOn::BusyOrUnavailable);
    const UPDATE: Self = Self::new(20, RetryOn::Nothing);
    const CREATE_OR_DELETE: Self = Self::new(30, RetryOn::Nothing);
    const BULK: Self = Self::new(60, RetryOn::Nothing);

    const fn new(seconds: u64, retry_on: RetryOn) -> Self {
        Self { timeout: Duration::from_secs(seconds), retry_on }
    }
}

impl Operation {
    /// The name in the official clients.
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    pub(crate) fn method(self) -> Method {
        self.facts().1
    }

    pub(crate) fn policy(self) -> Policy {
        self.facts().2
    }

    /// Whether it is about the budgets of a workspace, which not every plan has.
    pub(crate) fn is_of_budgets(self) -> bool {
        matches!(self, Self::ListBudgets | Self::GetBudget | Self::SetBudget | Self::DeleteBudget)
    }

    /// Whether it only reads. A query is sent by POST.
    pub(crate) fn is_read(self) -> bool {
        self.policy() == Policy::READ
    }
}
