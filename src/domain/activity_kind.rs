//! The kinds and states of what a person did, and the filters for them in an address.

use serde::{Deserialize, Serialize};

use super::words;

words! {
    /// What a person did.
    #[derive(Hash, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    ActivityKind {
        /// Created a workspace, with its budgets.
        CreateWorkspace = "create-workspace",
        /// Changed the settings of a workspace.
        ChangeSettings = "change-settings",
        /// Deleted a workspace.
        DeleteWorkspace = "delete-workspace",
        /// Changed the budgets of workspaces.
        ChangeBudgets = "change-budgets",
        /// Added people to workspaces.
        AddMembers = "add-members",
        /// Removed people from workspaces.
        RemoveMembers = "remove-members",
        /// Disabled API keys of people, and removed the people from workspaces.
        Offboard = "offboard",
        /// Applied a file to workspaces.
        ApplyFile = "apply-file",
        /// Disabled API keys.
        DisableKey = "disable-key",
        /// Enabled API keys.
        EnableKey = "enable-key",
        /// Deleted API keys.
        DeleteKey = "delete-key",
        /// Created an API key.
        CreateKey = "create-key",
        /// Changed the name, the limit or the state of API keys.
        EditKey = "edit-key",
        /// Moved API keys to another workspace.
        MoveKey = "move-key",
    }
}

words! {
    /// How far it came.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    ActivityState {
        Running = "running",
        Done = "done",
        /// Some of it was done.
        Partly = "partly",
        /// Nothing was changed.
        Failed = "failed",
        /// Whether everything was done is not known.
        Unclear = "unclear",
    }
}

words! {
    /// The kinds that a list of activity shows.
    KindFilter {
        All = "all",
        Workspaces = "workspaces",
        Budgets = "budgets",
        Members = "members",
        Keys = "keys",
    }
}

impl KindFilter {
    pub fn includes(self, kind: ActivityKind) -> bool {
        use ActivityKind as K;
        match self {
            Self::All => true,
            Self::Workspaces => {
                matches!(kind, K::CreateWorkspace | K::ChangeSettings | K::DeleteWorkspace | K::ApplyFile)
            }
            Self::Budgets => kind == K::ChangeBudgets,
            Self::Members => matches!(kind, K::AddMembers | K::RemoveMembers | K::Offboard),
            Self::Keys => {
                matches!(
                    kind,
                    K::DisableKey | K::EnableKey | K::DeleteKey | K::CreateKey | K::EditKey | K::MoveKey | K::Offboard
                )
            }
        }
    }
}
