//! What the console knows beyond one view: who is signed in, what was loaded, what changed, what was said.
//!
//! Invariant: state is provided once, by [`provide`], and reached through contexts; no view keeps a copy of it.

pub mod directory;
pub mod drafts;
pub mod invalidation;
pub mod workspace_list;

use leptos::prelude::*;

use crate::api::Client;
use crate::session::SessionHooks;

pub use crate::browser::{Theme, ThemeChoice, now, use_clock};
pub use crate::data::{Freshness, Remote};
pub use crate::navigation::{Navigator, PanelSteps, UnsavedGuard, use_navigator, use_route};
pub use crate::session;
pub use crate::session::{Identity, KeyHolder, Session, SessionState, use_session};
pub use crate::write::{Journal, JournalEntry, Notices, journal, notices};
pub use directory::{Directory, use_directory};
pub use invalidation::{Invalidation, Resource};
pub use workspace_list::{ListStatus, WorkspaceList};

/// Builds all shared state and puts it into the contexts of the current owner.
pub fn provide() {
    crate::browser::clock::provide_clock();
    crate::navigation::provide();
    Theme::provide();
    let (notices, journal) = (Notices::default(), Journal::default());
    provide_context(notices);
    provide_context(journal);
    let on_wipe = Callback::new(move |()| {
        drafts::forget_all();
        crate::jobs::record_store::forget_all();
        notices.list.set(Vec::new());
        journal.0.set(Vec::new());
    });
    // The cache follows the session, and exists before the first sign-in can invalidate what it holds.
    let on_sign_in = Callback::new(|()| {});
    let session = session::provide(SessionHooks { on_sign_in, on_wipe });
    let cache = crate::data::Cache::new(use_client(), session.state);
    provide_context(cache);
    provide_context(Invalidation::new(cache));
    provide_context(WorkspaceList::new());
    session.start();
}

/// The client of this page.
pub fn use_client() -> Client {
    expect_context()
}
