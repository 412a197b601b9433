//! Which workspace the page is about, while its slug may change.
//!
//! Invariant: a rename changes the address and leaves the page, its form and its focus as they are.

use leptos::prelude::*;

use crate::data::{Cache, WorkspaceDetails, use_cache};
use crate::domain::{Workspace, WorkspaceRef};

#[derive(Clone, Copy)]
pub(super) struct Subject {
    cache: Cache,
    /// The name that the address had for the workspace when the page first showed it.
    pub key: Memo<Option<WorkspaceRef>>,
}

impl Subject {
    pub(super) fn follow(address: Memo<Option<WorkspaceRef>>) -> Self {
        let cache = use_cache();
        let key = Memo::new(move |last: Option<&Option<WorkspaceRef>>| {
            let named = address.get()?;
            let is_shown = |last: &&WorkspaceRef| {
                let shown = cache.peek(&WorkspaceDetails((*last).clone()));
                shown.is_some_and(|shown| shown.is_named(&named))
            };
            let shown = last.and_then(Option::as_ref).filter(is_shown);
            Some(shown.cloned().unwrap_or(named))
        });
        Self { cache, key }
    }

    /// Stores what a write made of the workspace, before the address follows its new slug.
    pub(super) fn is_now(&self, workspace: &Workspace) {
        if let Some(key) = self.key.get_untracked() {
            self.cache.amend(&WorkspaceDetails(key), |_| workspace.clone());
        }
    }
}
