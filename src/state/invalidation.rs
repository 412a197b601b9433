//! Invalidation under its former name.
// Adapter until callers are migrated to `Cache::invalidate`.

use leptos::prelude::*;

use crate::data::{Cache, Topic};

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

/// The version of each resource, for views that do not read from the cache yet.
#[derive(Clone, Copy)]
pub struct Invalidation {
    versions: [RwSignal<u32>; COUNT],
    cache: Cache,
}

impl Invalidation {
    pub(super) fn new(cache: Cache) -> Self {
        Self { versions: std::array::from_fn(|_| RwSignal::new(0)), cache }
    }

    /// Makes the current effect run again when the resource changes.
    pub fn track(&self, resource: Resource) {
        self.versions[resource as usize].track();
    }

    /// Reads again what shows the resource.
    pub fn invalidate(&self, resource: Resource) {
        self.versions[resource as usize].update(|version| *version = version.wrapping_add(1));
        match resource {
            Resource::Workspaces => self.cache.invalidate([Topic::Workspaces]),
            Resource::Workspace => self.cache.invalidate([Topic::Workspace]),
            Resource::People => self.cache.invalidate([Topic::People]),
            Resource::Models => self.cache.invalidate([Topic::Models]),
            // The workspace is not named here.
            Resource::Budgets | Resource::Members | Resource::Keys => self.cache.invalidate_all(),
        }
    }

    /// Reads everything again. The cache does so by itself after a sign-in.
    pub fn invalidate_all(&self) {
        for version in &self.versions {
            version.update(|version| *version = version.wrapping_add(1));
        }
    }
}
