//! The plan that makes the workspaces as a file says.
//!
//! [`compare`] makes it, [`flags`] finds what widens access, [`ordered`] puts what was chosen in the order in which it is
//! applied. Nothing is deleted unless the file has it in its section `delete`.

mod budget;
mod compare;
mod drift;
mod flag;
mod members;
mod order;
mod part;
mod state;
mod text;

pub use compare::{compare, wanted_settings};
pub use drift::{Difference, Drift, drift, has_moved};
pub use flag::{Flag, flags};
pub use order::{Phase, ordered};
pub use part::{Change, Part};
pub use state::{Details, Known, State};
pub use text::plan_text;

use super::node::Place;
use crate::domain::WorkspaceId;

/// What a file would change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportPlan {
    pub workspaces: Vec<WorkspacePlan>,
}

/// What a file would change in one workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkspacePlan {
    pub place: Place,
    /// `None` for a workspace to create.
    pub id: Option<WorkspaceId>,
    pub name: String,
    pub slug: String,
    pub parts: Vec<Part>,
    pub notes: Vec<Note>,
    /// Whether something that it depends on is still being read.
    pub is_loading: bool,
}

/// What was found about a workspace before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub place: Place,
    pub weight: Weight,
    /// A sentence without its full stop.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing of the workspace can be applied.
    Blocks,
    /// Part of what the file says is left out of the plan.
    LeavesOut,
    /// It can be applied, with an effect that is easily overlooked.
    Warns,
}

impl WorkspacePlan {
    pub fn is_blocked(&self) -> bool {
        self.notes.iter().any(|note| note.weight == Weight::Blocks)
    }

    /// Whether the file changes nothing here.
    pub fn is_unchanged(&self) -> bool {
        self.parts.is_empty() && self.notes.is_empty() && !self.is_loading
    }

    /// The parts that can be applied.
    pub fn applicable(&self) -> &[Part] {
        if self.is_blocked() { &[] } else { &self.parts }
    }

    /// How a job names the workspace: by its ID, or by the slug that it will have.
    pub fn reference(&self) -> Option<WorkspaceId> {
        self.id.clone().or_else(|| WorkspaceId::parse(&self.slug).ok())
    }
}

impl ImportPlan {
    /// Whether the file changes nothing, and nothing of it is left out.
    pub fn is_empty(&self) -> bool {
        self.workspaces.iter().all(WorkspacePlan::is_unchanged)
    }

    pub fn is_loading(&self) -> bool {
        self.workspaces.iter().any(|plan| plan.is_loading)
    }
}

#[cfg(test)]
mod drift_tests;
#[cfg(test)]
mod model;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod tests;
