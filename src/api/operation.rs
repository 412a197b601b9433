//! The operations of the API, with their timeouts and retries.
//!
//! Invariant: only idempotent operations are retried without reading back first.

use std::time::Duration;

/// An operation of the API. The first twelve are the workspace operations, named as in the official clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named like its call")]
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

/// After which failures an operation is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryOn {
    /// None. The outcome has to be read back first.
    Nothing,
    /// 429 and 503, which say that the operation was not started.
    BusyOrUnavailable,
    /// Network failures, 429 and 502–504.
    Transient,
}

/// The timeout and the retries of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The time of each attempt, from sending to the last byte of the response.
    pub timeout: Duration,
    /// The most attempts after the first.
    pub max_retries: u32,
    /// After which failures.
    pub retry_on: RetryOn,
}

impl Operation {
    /// The name in the official clients.
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

    /// Whether it only reads.
    pub fn is_read(self) -> bool {
        self.policy().retry_on == RetryOn::Transient
    }

    /// The timeout and the retries.
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
