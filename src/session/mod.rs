//! The session: who is signed in, and with which key.
//!
//! Invariant: a key is put in the slot only after `GET /key` accepted it as a management key. Only [`Session::handle`]
//! decides what a refused key, a sign-out and the idle limit mean.

pub mod drafts;
mod events;
mod idle;
mod state;
mod tabs;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::credential::CredentialSlot;
use crate::api::transport::{BrowserExchange, DEFAULT_BASE};
use crate::api::{Client, Credential, keys};
use crate::browser::setting;
use crate::domain::CurrentKey;
use crate::navigation::UnsavedGuard;
use events::{Reaction, SessionEvent, react};
use state::{judge_key, problem_at_start};
use tabs::{TabMessage, Tabs};

pub use state::{Identity, KeyHolder, SessionState};

pub(crate) use idle::IdleWatch;
pub(crate) use state::{AccountId, SignInProblem};

#[derive(Clone, Copy)]
pub(crate) struct Session {
    pub state: RwSignal<SessionState>,
    slot: StoredValue<Arc<CredentialSlot>>,
    base: StoredValue<String>,
    last_holder: StoredValue<Option<KeyHolder>>,
    tabs: Tabs,
    on_wipe: Callback<()>,
    guard: UnsavedGuard,
}

/// Creates the session and the client that uses its key, and provides both. [`Session::start`] begins. `on_wipe` runs
/// after a sign-out in any tab.
pub(crate) fn provide(on_wipe: Callback<()>) -> Session {
    let slot = Arc::new(CredentialSlot::default());
    slot.restore_from_tab();
    let ended = idle::ended(&slot);
    if ended.is_some() {
        slot.wipe();
    }
    let base = setting("api-base").unwrap_or_else(|| DEFAULT_BASE.to_owned());
    let exchange = BrowserExchange::new(&base, slot.clone());
    let session = Session {
        state: RwSignal::new(match ended {
            Some(holder) => SessionState::SignedOut(Some(SignInProblem::Idle(holder))),
            None => SessionState::Checking,
        }),
        slot: StoredValue::new(slot),
        base: StoredValue::new(base),
        last_holder: StoredValue::new(ended),
        tabs: Tabs::open(),
        on_wipe,
        guard: expect_context(),
    };
    provide_context(idle::Writes(exchange.writes()));
    let on_unauthorized = Arc::new(move |key| session.handle(SessionEvent::KeyRefused(key)));
    provide_context(Client::new(Arc::new(exchange), on_unauthorized));
    provide_context(session);
    session
}

impl Session {
    /// Checks who is signed in, unless the idle limit was reached, and listens to the other tabs.
    pub(crate) fn start(self) {
        self.tabs.listen(move |message| self.handle(SessionEvent::Tab(message)));
        if self.state.with_untracked(|state| *state == SessionState::Checking) {
            self.check();
        }
    }

    /// Checks who is signed in: with the key of the page, or with that of a proxy.
    pub fn check(self) {
        idle::clear_mark();
        self.state.set(SessionState::Checking);
        let slot = self.slot.get_value();
        let (checked, holder) = (slot.key(), if slot.is_filled() { KeyHolder::Page } else { KeyHolder::Proxy });
        spawn_local(async move {
            let answer = self.check_key(holder, slot.clone()).await;
            if slot.key() != checked {
                // The session has changed since.
                return;
            }
            match answer {
                Ok(key) => self.accept(holder, key),
                Err(SignInProblem::Failed(error)) => self.state.set(SessionState::Unreachable(error)),
                Err(problem) => {
                    slot.wipe();
                    let problem = problem_at_start(holder, self.last_holder.get_value(), problem);
                    self.state.set(SessionState::SignedOut(problem));
                }
            }
        });
    }

    /// Signs in with a pasted key, if the API accepts it as a management key. The key is in memory until the page is left.
    /// With `is_kept` it is in this tab's session storage too, until the tab is closed.
    pub async fn sign_in(self, credential: Credential, is_kept: bool) -> Result<(), SignInProblem> {
        let slot = self.slot.get_value();
        let before = slot.key();
        // A slot of its own: no other request is sent with a key that is not checked.
        let candidate = Arc::new(CredentialSlot::default());
        candidate.fill(credential.clone());
        let answer = self.check_key(KeyHolder::Page, candidate).await;
        if slot.key() != before {
            // The session has changed since.
            return Ok(());
        }
        let key = answer?;
        slot.fill(credential);
        if is_kept {
            slot.keep_for_tab();
        } else {
            CredentialSlot::forget_in_tab();
        }
        self.accept(KeyHolder::Page, key);
        Ok(())
    }

    /// Forgets the key and everything loaded, in this tab and in all others.
    pub fn sign_out(self) {
        self.handle(SessionEvent::SignedOut);
    }

    async fn check_key(self, holder: KeyHolder, slot: Arc<CredentialSlot>) -> Result<CurrentKey, SignInProblem> {
        let exchange = BrowserExchange::new(&self.base.get_value(), slot);
        let client = Client::new(Arc::new(exchange), Arc::new(|_| {}));
        judge_key(holder, keys::get_current(&client).await)
    }

    fn accept(self, holder: KeyHolder, key: CurrentKey) {
        self.last_holder.set_value(Some(holder));
        idle::clear_mark();
        idle::share_activity();
        self.state.set(SessionState::SignedIn(Identity { holder, key }));
    }

    fn handle(self, event: SessionEvent) {
        let slot = self.slot.get_value();
        match self.state.with_untracked(|state| react(state, &slot, event)) {
            Reaction::Ignore => {}
            Reaction::AskForKey => {
                let fingerprint = slot.fingerprint();
                slot.wipe();
                self.state.update(|state| {
                    if let SessionState::SignedIn(identity) = state {
                        *state = SessionState::KeyExpired(identity.clone());
                    }
                });
                if let (SessionEvent::KeyRefused(_), Some(key)) = (event, fingerprint) {
                    self.tabs.send(TabMessage::KeyRefused(key));
                }
            }
            Reaction::Wipe => {
                if event == SessionEvent::SignedOut {
                    self.tabs.send(TabMessage::SignedOut);
                }
                slot.wipe();
                self.state.set(SessionState::SignedOut(None));
                self.on_wipe.run(());
            }
            Reaction::EndIdle(holder) => {
                idle::set_mark(holder);
                self.guard.set(false);
                slot.wipe();
                // If the page cannot be loaded, the browser shows its own error and nothing of the console.
                let _ = window().location().reload();
            }
        }
    }
}

pub(crate) fn use_client() -> Client {
    expect_context()
}

pub(crate) fn use_session() -> Session {
    expect_context()
}
