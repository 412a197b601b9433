//! Invalidation: a write says which resource it changed, and every view that shows it fetches anew.
//!
//! Invariant: a view names resources, never other views.

use leptos::prelude::*;

/// What views show and writes change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named like what it is")]
pub enum Resource {
    Workspaces,
    Workspace,
    Budgets,
    Members,
    Keys,
    People,
    Models,
}

const COUNT: usize = 7;

/// The version of each resource.
#[derive(Clone, Copy)]
pub struct Invalidation([RwSignal<u32>; COUNT]);

impl Default for Invalidation {
    fn default() -> Self {
        Self(std::array::from_fn(|_| RwSignal::new(0)))
    }
}

impl Invalidation {
    /// Makes the current effect run again when the resource changes.
    pub fn track(&self, resource: Resource) {
        self.0[resource as usize].track();
    }

    /// Says that the resource changed.
    pub fn invalidate(&self, resource: Resource) {
        self.0[resource as usize].update(|version| *version = version.wrapping_add(1));
    }

    /// Says that anything may have changed: another account is looking now.
    pub fn invalidate_all(&self) {
        for version in &self.0 {
            version.update(|version| *version = version.wrapping_add(1));
        }
    }
}
