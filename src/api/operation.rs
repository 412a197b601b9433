//! The operations of the API, and how patient each one is: its timeout and what may be sent again.
//!
//! Invariant: only an operation that is harmless when applied twice is ever sent again without a look at the server.

use std::time::Duration;

/// A call of the API. The first twelve are the workspace operations, by the names of the official clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each name is that of its call")]
pub enum Operation {
    ListWorkspaces,
    CreateWorkspace,
    GetWorkspace,
    UpdateWorkspace,
    DeleteWorkspace,
    ListBudgets,
    GetBudget,
    SetBudget,
    DeleteBudget,
    ListMembers,
    BulkAddMembers,
    BulkRemoveMembers,
    GetCurrentKey,
    ListOrganizationMembers,
    ListKeys,
    UpdateKey,
    DeleteKey,
    ListActivity,
    ListModels,
}

/// Which failures an operation is sent again after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryOn {
    /// None: the outcome has to be looked at first.
    Nothing,
    /// 429 and 503: the call is idempotent, but only these promise that it was not begun.
    BusyOrUnavailable,
    /// Network failures, 429 and 502–504: reading changes nothing.
    Transient,
}

/// How long to wait for an answer, and how often to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// From sending to the last byte of the answer, for each attempt.
    pub timeout: Duration,
    /// How many times after the first.
    pub max_retries: u32,
    /// After which failures.
    pub retry_on: RetryOn,
}

impl Operation {
    /// The call's name in the official clients.
    pub fn name(self) -> &'static str {
        match self {
            Self::ListWorkspaces => "workspaces.list",
            Self::CreateWorkspace => "workspaces.create",
            Self::GetWorkspace => "workspaces.get",
            Self::UpdateWorkspace => "workspaces.update",
            Self::DeleteWorkspace => "workspaces.delete",
            Self::ListBudgets => "workspaces.list_budgets",
            Self::GetBudget => "workspaces.get_budget",
            Self::SetBudget => "workspaces.set_budget",
            Self::DeleteBudget => "workspaces.delete_budget",
            Self::ListMembers => "workspaces.list_members",
            Self::BulkAddMembers => "workspaces.bulk_add_members",
            Self::BulkRemoveMembers => "workspaces.bulk_remove_members",
            Self::GetCurrentKey => "keys.get_current",
            Self::ListOrganizationMembers => "organization.list_members",
            Self::ListKeys => "keys.list",
            Self::UpdateKey => "keys.update",
            Self::DeleteKey => "keys.delete",
            Self::ListActivity => "activity.list",
            Self::ListModels => "models.list",
        }
    }

    /// Whether the call only reads.
    pub fn is_read(self) -> bool {
        self.policy().retry_on == RetryOn::Transient
    }

    /// The call's timeout and retries.
    pub fn policy(self) -> Policy {
        let (seconds, max_retries, retry_on) = match self {
            Self::SetBudget | Self::DeleteBudget | Self::UpdateKey | Self::DeleteKey => {
                (20, 2, RetryOn::BusyOrUnavailable)
            }
            Self::CreateWorkspace | Self::DeleteWorkspace => (30, 0, RetryOn::Nothing),
            Self::UpdateWorkspace => (20, 0, RetryOn::Nothing),
            Self::BulkAddMembers | Self::BulkRemoveMembers => (60, 0, RetryOn::Nothing),
            Self::ListWorkspaces
            | Self::GetWorkspace
            | Self::ListBudgets
            | Self::GetBudget
            | Self::ListMembers
            | Self::GetCurrentKey
            | Self::ListOrganizationMembers
            | Self::ListKeys
            | Self::ListActivity
            | Self::ListModels => (15, 2, RetryOn::Transient),
        };
        Policy { timeout: Duration::from_secs(seconds), max_retries, retry_on }
    }
}
