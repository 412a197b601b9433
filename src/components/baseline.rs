//! The baseline: a file that the person keeps in this browser, to see which workspaces have moved from it.
//!
//! Invariants: it is kept and removed only by the person. It is used only for the account that it was kept for.

use std::collections::HashSet;

use leptos::prelude::*;

use super::kept::{Kept, follow_kept};
use super::later_views::LaterViews;
use crate::browser::now;
use crate::browser::storage::Storage;
use crate::data::{Shared, use_workspaces};
use crate::domain::WorkspaceId;
use crate::files::{Baseline, Document, StoredBaseline};
use crate::routes::Route;
use crate::session::AccountId;

const NAME: &str = "workspace-console.baseline";

/// Why a baseline was not kept. The one before stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotKept {
    TooLarge,
    NotStored,
}

#[derive(Clone, Copy)]
pub(crate) struct BaselineStore {
    stored: RwSignal<Option<StoredBaseline>>,
    account: Memo<Option<AccountId>>,
    /// The baseline of the account that is signed in.
    pub opened: Memo<Option<Shared<Baseline>>>,
    /// The workspaces in the list whose settings have moved from it.
    moved: Memo<HashSet<WorkspaceId>>,
}

fn read() -> Option<StoredBaseline> {
    serde_json::from_str(&Storage::Browser.read(NAME)?).ok()
}

/// Provides the baseline, and marks the workspaces in the list that have moved from it.
pub(crate) fn provide_baseline() {
    let Kept { stored, account } = follow_kept(read);
    let opened = Memo::new(move |_| {
        let account = account.get()?;
        let opened = stored.with(|stored| {
            let stored = stored.as_ref().filter(|stored| stored.account.as_deref() == account.name());
            stored.and_then(StoredBaseline::open)
        });
        opened.map(Shared::new)
    });
    let workspaces = use_workspaces();
    let moved = Memo::new(move |_| {
        let Some(baseline) = opened.get() else { return HashSet::new() };
        let rows = workspaces.rows();
        let moved = rows.iter().map(|row| &row.workspace).filter(|workspace| baseline.is_left_by(workspace));
        moved.map(|workspace| workspace.id.clone()).collect()
    });
    provide_context(BaselineStore { stored, account, opened, moved });
    let LaterViews { row_mark, .. } = expect_context();
    row_mark.set(Some(|id| mark(&id)));
}

pub(crate) fn use_baseline() -> BaselineStore {
    expect_context()
}

impl BaselineStore {
    /// Keeps a file in the browser, in the place of the one before.
    pub fn keep(self, document: &Document) -> Result<(), NotKept> {
        let account = self.account.get_untracked();
        let account = account.and_then(|account| account.name().map(ToOwned::to_owned));
        let stored = StoredBaseline::new(document, account, now()).ok_or(NotKept::TooLarge)?;
        let text = serde_json::to_string(&stored).map_err(|_| NotKept::NotStored)?;
        if !Storage::Browser.try_write(NAME, &text) {
            // A refused text has removed the one before, so that one is written again.
            self.stored.with_untracked(|former| {
                let former = former.as_ref().and_then(|former| serde_json::to_string(former).ok());
                former.map(|former| Storage::Browser.try_write(NAME, &former))
            });
            return Err(NotKept::NotStored);
        }
        self.stored.set(Some(stored));
        Ok(())
    }

    pub fn remove(self) {
        Storage::Browser.remove(NAME);
        self.stored.set(None);
    }

    /// The file, to import it.
    pub fn file(self) -> String {
        self.stored.with_untracked(|stored| stored.as_ref().map(|it| it.file().to_owned()).unwrap_or_default())
    }
}

/// The mark of a workspace whose settings have moved. The link leads to the differences.
fn mark(id: &str) -> AnyView {
    let has_moved = use_context::<BaselineStore>().is_some_and(|store| store.moved.with(|moved| moved.contains(id)));
    has_moved
        .then(|| {
            view! { <a class="badge badge--warning badge--link" href=Route::files().href()>"Differs from the baseline"</a> }
        })
        .into_any()
}
