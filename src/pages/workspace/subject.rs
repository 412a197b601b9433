//! The workspace that a page is about, while its slug may change.
//!
//! Invariant: a rename, here or by someone else, changes the address and keeps the page, its form and its focus.

use leptos::prelude::*;

use crate::domain::{Slug, Workspace, WorkspaceId, WorkspaceRef};

/// The workspace that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    /// How the address named it at first.
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
    /// Its name while the page shows it: the first name that the address had.
    pub key: Memo<Option<WorkspaceRef>>,
}

impl Subject {
    /// The workspace that the address names.
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

    /// Sets the present slug, before the address follows.
    pub(super) fn is_now(&self, workspace: &Workspace) {
        let first = self.key.get_untracked();
        let known = first.map(|first| Known { first, id: workspace.id.clone(), slug: workspace.slug.clone() });
        self.known.set(known);
    }

    /// What to ask the API for: the UUID once it is known, because another workspace may have the slug by then.
    pub(super) fn target(&self, key: WorkspaceRef) -> WorkspaceRef {
        self.known.with_untracked(|known| match known {
            Some(known) if known.first == key => WorkspaceRef::Id(known.id.clone()),
            _ => key,
        })
    }
}
