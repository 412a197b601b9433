//! What the console knows beyond one view: who is signed in, what was loaded, what changed, what was said.
//!
//! Invariant: state is provided once, by [`provide`], and reached through contexts; no view keeps a copy of it.

pub mod clock;
pub mod directory;
pub mod drafts;
pub mod guard;
pub mod idle;
pub mod invalidation;
pub mod jobs;
pub mod long_list;
pub mod navigation;
pub mod query;
pub mod session;
mod tabs;
pub mod theme;
pub mod workspace_list;

use std::sync::Arc;

use leptos::prelude::*;

use crate::api::Client;
use crate::api::credential::CredentialSlot;
use crate::api::transport::{BrowserExchange, DEFAULT_BASE};
use crate::browser::setting;

use tabs::Tabs;

pub use crate::write::{Journal, JournalEntry, Notices, journal, notices};

pub use clock::use_clock;
pub use directory::{Directory, use_directory};
pub use guard::UnsavedGuard;
pub use idle::Idle;
pub use invalidation::{Invalidation, Resource};
pub use jobs::BulkJob;
pub use long_list::LongList;
pub use navigation::{CurrentRoute, Navigator, PanelSteps, use_navigator, use_route};
pub use query::{Freshness, Query, Remote, use_query};
pub use session::{Identity, KeyHolder, Session, SessionState, use_session};
pub use theme::{Theme, ThemeChoice};
pub use workspace_list::{ListStatus, WorkspaceList};

/// Builds all shared state and puts it into the contexts of the current owner.
pub fn provide() {
    let slot = Arc::new(CredentialSlot::default());
    slot.restore_from_tab();
    let base = setting("api-base").unwrap_or_else(|| DEFAULT_BASE.to_owned());
    let exchange = BrowserExchange::new(&base, slot.clone());
    provide_context(idle::Writes(exchange.writes()));
    let (state, tabs) = (RwSignal::new(SessionState::at_start()), Tabs::open());
    let held = slot.clone();
    let on_unauthorized = Arc::new(move || session::on_unauthorized(state, &held, tabs));
    let client = Client::new(Arc::new(exchange), on_unauthorized);
    let invalidation = Invalidation::default();
    provide_context(client.clone());
    provide_context(invalidation);
    let (notices, journal) = (Notices::default(), Journal::default());
    provide_context(notices);
    provide_context(journal);
    provide_context(UnsavedGuard::install());
    provide_context(Theme::install());
    let list = WorkspaceList::new(client.clone(), invalidation, state);
    provide_context(list);
    let on_wipe = Callback::new(move |()| {
        drafts::forget_all();
        jobs::records::forget_all();
        notices.list.set(Vec::new());
        journal.0.set(Vec::new());
    });
    provide_context(crate::data::Cache::new(client.clone(), state));
    provide_context(tabs);
    provide_context(Session::start(client, slot, state, invalidation, on_wipe, tabs));
}

/// The client of this page.
pub fn use_client() -> Client {
    expect_context()
}

/// Seconds since 1970, by this machine's clock.
pub fn now() -> i64 {
    // Well within the exact range of a double.
    #[expect(clippy::cast_possible_truncation, reason = "a time in milliseconds fits an i64")]
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    seconds
}
