//! Which workspace the page is about, while its slug may change under it.
//!
//! Invariant: a rename, here or by somebody else, moves the address and leaves the page, its form and its focus alone.

use leptos::prelude::*;

use crate::domain::{Slug, Workspace, WorkspaceId, WorkspaceRef};

/// What is known of the workspace that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    /// What the address named when it was first shown.
    first: WorkspaceRef,
    id: WorkspaceId,
    slug: Slug,
}

impl Known {
    fn is_named_by(&self, name: &WorkspaceRef) -> bool {
        match name {
            WorkspaceRef::Id(id) => *id == self.id,
            WorkspaceRef::Slug(slug) => *slug == self.slug,
        }
    }
}

/// The workspace that the page is about.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    known: RwSignal<Option<Known>>,
    /// What names it for as long as the page shows it: the first of its names that the address had.
    pub key: Memo<Option<WorkspaceRef>>,
}

impl Subject {
    /// Follows the address.
    pub(super) fn follow(address: Memo<Option<WorkspaceRef>>) -> Self {
        let known = RwSignal::new(None::<Known>);
        let key = Memo::new(move |last: Option<&Option<WorkspaceRef>>| {
            let wanted = address.get()?;
            let last = last.and_then(Option::as_ref);
            let same = known.with(|known| {
                let known = known.as_ref().filter(|known| last == Some(&known.first))?;
                known.is_named_by(&wanted).then(|| known.first.clone())
            });
            Some(same.unwrap_or(wanted))
        });
        Self { known, key }
    }

    /// Says what the workspace is called now, before the address follows.
    pub(super) fn is_now(&self, workspace: &Workspace) {
        let first = self.key.get_untracked();
        let known = first.map(|first| Known { first, id: workspace.id.clone(), slug: workspace.slug.clone() });
        self.known.set(known);
    }

    /// What to ask the API for: the UUID once it is known, since a slug may be another's by now.
    pub(super) fn target(&self, key: WorkspaceRef) -> WorkspaceRef {
        self.known.with_untracked(|known| match known {
            Some(known) if known.first == key => WorkspaceRef::Id(known.id.clone()),
            _ => key,
        })
    }
}
