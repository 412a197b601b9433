//! What this browser keeps over pages for the account that is signed in.

use leptos::prelude::*;

use crate::session::{AccountId, use_session};

/// A stored value of all accounts, and the account whose part is shown.
pub(super) struct Kept<T: Send + Sync + 'static> {
    pub stored: RwSignal<T>,
    /// The account that is signed in. In another state of the session it is the last one: no one else is signed in yet.
    pub account: Memo<Option<AccountId>>,
}

/// Reads a stored value, and reads it again when another tab changes what is stored. It lasts as long as the page.
pub(super) fn follow_kept<T: PartialEq + Send + Sync + 'static>(read: fn() -> T) -> Kept<T> {
    let session = use_session();
    let stored = RwSignal::new(read());
    let account = Memo::new(move |last: Option<&Option<AccountId>>| {
        session.state.with(AccountId::signed_in).or_else(|| last.cloned().flatten())
    });
    let _ = window_event_listener_untyped("storage", move |_| {
        let now = read();
        if stored.with_untracked(|stored| *stored != now) {
            stored.set(now);
        }
    });
    Kept { stored, account }
}
