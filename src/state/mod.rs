//! What the console knows beyond one view: who is signed in, what was loaded, what changed, what was said.
//!
//! Invariant: state is provided once, by [`provide`], and reached through contexts; no view keeps a copy of it.

pub mod directory;
pub mod drafts;
pub mod invalidation;
pub mod jobs;
pub mod long_list;
pub mod query;
pub mod workspace_list;

use leptos::prelude::*;

use crate::api::Client;
use crate::session::SessionHooks;

pub use crate::browser::{Theme, ThemeChoice, now, use_clock};
pub use crate::navigation::{Navigator, PanelSteps, UnsavedGuard, use_navigator, use_route};
pub use crate::session;
pub use crate::session::{Identity, KeyHolder, Session, SessionState, use_session};
pub use crate::write::{Journal, JournalEntry, Notices, journal, notices};
pub use directory::{Directory, use_directory};
pub use invalidation::{Invalidation, Resource};
pub use jobs::BulkJob;
pub use long_list::LongList;
pub use query::{Freshness, Query, Remote, use_query};
pub use workspace_list::{ListStatus, WorkspaceList};

/// Builds all shared state and puts it into the contexts of the current owner.
pub fn provide() {
    crate::browser::clock::provide_clock();
    crate::navigation::provide();
    Theme::provide();
    let invalidation = Invalidation::default();
    let (notices, journal) = (Notices::default(), Journal::default());
    provide_context(invalidation);
    provide_context(notices);
    provide_context(journal);
    let on_wipe = Callback::new(move |()| {
        drafts::forget_all();
        jobs::records::forget_all();
        notices.list.set(Vec::new());
        journal.0.set(Vec::new());
    });
    let on_sign_in = Callback::new(move |()| invalidation.invalidate_all());
    let session = session::provide(SessionHooks { on_sign_in, on_wipe });
    provide_context(WorkspaceList::new(use_client(), invalidation, session.state));
    provide_context(crate::data::Cache::new(use_client(), session.state));
    session.start();
}

/// The client of this page.
pub fn use_client() -> Client {
    expect_context()
}
