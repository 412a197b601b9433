//! The order in which a plan is applied: workspaces, settings, budgets, members, and deletions last.

use super::part::Part;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Create,
    Settings,
    Budgets,
    Members,
    Delete,
}

impl Part {
    pub fn phase(&self) -> Phase {
        match self {
            Self::Create(_) => Phase::Create,
            Self::Settings { .. } => Phase::Settings,
            Self::Budgets(_) => Phase::Budgets,
            Self::Add(_) | Self::Remove(_) => Phase::Members,
            Self::Delete(_) => Phase::Delete,
        }
    }
}

/// The same parts in the order in which they are applied. Within a phase the order stays.
pub fn ordered<T>(mut parts: Vec<(T, Part)>) -> Vec<(T, Part)> {
    parts.sort_by_key(|(_, part)| part.phase());
    parts
}
