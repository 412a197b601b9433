//! Recorded spend whose rows name workspaces instead of giving their IDs.
//!
//! Invariant: spend of a name is given to a workspace only if it is certainly the spend of that workspace.

use std::collections::{HashMap, HashSet};

use crate::domain::{NamedSpend, RecordedSpend, Workspace, WorkspaceId};

/// What the rows tell of one workspace.
pub(super) enum Found {
    Spent(RecordedSpend),
    /// Several workspaces or several rows have this name.
    Namesakes,
    /// There is no row, but a row may be the one of this workspace under another name.
    Unclear,
}

pub(super) struct SpendByName<'a> {
    rows: HashMap<&'a str, Vec<&'a NamedSpend>>,
    workspaces: HashMap<&'a str, usize>,
    /// Whether a row has a name that no workspace has, such as before or after a change of the name.
    has_strangers: bool,
}

impl<'a> SpendByName<'a> {
    /// `all` are all workspaces of the organization.
    pub fn new(rows: &'a [NamedSpend], all: &[&'a Workspace]) -> Self {
        let mut by_name: HashMap<&str, Vec<&NamedSpend>> = HashMap::new();
        for row in rows {
            by_name.entry(&row.name).or_default().push(row);
        }
        let mut workspaces: HashMap<&str, usize> = HashMap::new();
        for workspace in all {
            *workspaces.entry(&workspace.name).or_default() += 1;
        }
        let ids: HashSet<&str> = all.iter().map(|workspace| workspace.id.as_str()).collect();
        // A deleted workspace may be named by its ID, and spend of no workspace has no name.
        let is_deleted = |name: &str| WorkspaceId::looks_like(name) && !ids.contains(name);
        let has_strangers =
            by_name.keys().any(|name| !name.is_empty() && !workspaces.contains_key(name) && !is_deleted(name));
        Self { rows: by_name, workspaces, has_strangers }
    }

    /// The spend of a workspace by its name.
    pub fn of(&self, name: &str) -> Found {
        match (self.workspaces.get(name), self.rows.get(name).map(Vec::as_slice)) {
            (Some(1), Some([row])) => Found::Spent(row.spent),
            (Some(1), None) if self.has_strangers => Found::Unclear,
            (Some(1), None) => Found::Spent(RecordedSpend::default()),
            _ => Found::Namesakes,
        }
    }
}
