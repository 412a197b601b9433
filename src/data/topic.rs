//! What a write can change. A read names its topics; invalidating one of them reads it again.

use crate::domain::WorkspaceId;

/// A part of what the API holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The list of workspaces.
    Workspaces,
    /// The settings of a single workspace, whichever one a view shows.
    Workspace,
    /// The budgets of a workspace.
    Budgets(WorkspaceId),
    /// The members of a workspace.
    Members(WorkspaceId),
    /// The API keys of a workspace, and the spend that they report.
    Keys(WorkspaceId),
    /// The organization's members.
    People,
    /// The models that requests can name.
    Models,
}
