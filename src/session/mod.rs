//! The session: who is signed in, and with which key.
//!
//! Invariant: a key is put in the slot only after `GET /key` accepted it as a management key. Only [`Session::handle`]
//! decides what a refused key, a sign-out and the idle limit mean.

pub mod drafts;
mod events;
mod idle;
mod kept;
mod known_proxy;
mod mark;
mod proxy_sign_in;
mod sign_out_url;
mod state;
mod tabs;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::credential::CredentialSlot;
use crate::api::transport::{BrowserExchange, DEFAULT_BASE};
use crate::api::{Client, Credential, keys};
use crate::browser::setting;
use crate::browser::storage::is_any_held;
use crate::domain::CurrentKey;
use crate::navigation::UnsavedGuard;
use drafts::OpenDrafts;
use events::{Reaction, SessionEvent, react};
use kept::KeptKey;
use mark::Mark;
use state::{judge_key, problem_at_start};
use tabs::{TabMessage, Tabs};

pub use state::{Identity, KeyHolder, SessionState};

pub(crate) use idle::{IdleWatch, minutes as idle_minutes};
pub(crate) use kept::can_keep as can_keep_key;
pub(crate) use sign_out_url::sign_out_url;
pub(crate) use state::{AccountId, SignInProblem};

#[derive(Clone, Copy)]
pub(crate) struct Session {
    pub state: RwSignal<SessionState>,
    slot: StoredValue<Arc<CredentialSlot>>,
    base: StoredValue<String>,
    last_holder: StoredValue<Option<KeyHolder>>,
    /// Whether [`Session::probe`] waits for an answer.
    is_probing: StoredValue<bool>,
    /// The last sign-out in any tab before this session began.
    signed_out: StoredValue<Option<f64>>,
    tabs: Tabs,
    on_end: Callback<()>,
    on_wipe: Callback<()>,
    guard: UnsavedGuard,
    open_drafts: OpenDrafts,
}

/// Creates the session and the client that uses its key, and provides both. [`Session::start`] begins. `on_end` runs
/// when a session ends in this page, and `on_wipe` after a sign-out in any tab, before it.
pub(crate) fn provide(on_end: Callback<()>, on_wipe: Callback<()>) -> Session {
    let slot = Arc::new(CredentialSlot::default());
    let open_drafts = drafts::provide_open();
    drafts::forget_old(kept::signed_out_at());
    let start = restore(&slot);
    let base = setting("api-base").unwrap_or_else(|| DEFAULT_BASE.to_owned());
    let exchange = BrowserExchange::new(&base, slot.clone());
    let session = Session {
        last_holder: StoredValue::new(start.holder()),
        is_probing: StoredValue::new(false),
        state: RwSignal::new(start),
        slot: StoredValue::new(slot),
        base: StoredValue::new(base),
        signed_out: StoredValue::new(kept::signed_out_at()),
        tabs: Tabs::open(),
        on_end,
        on_wipe,
        guard: expect_context(),
        open_drafts,
    };
    provide_context(idle::Writes(exchange.writes()));
    let on_refused = Arc::new(move |refusal| session.handle(SessionEvent::Refused(refusal)));
    provide_context(Client::new(Arc::new(exchange), on_refused));
    provide_context(session);
    session
}

/// Fills the slot with the key that was kept for this tab, if it may still be used. Returns the first state.
fn restore(slot: &CredentialSlot) -> SessionState {
    slot.restore_from_tab();
    let kept_key = KeptKey::of_tab(idle::time_of_day(), idle::shared_activity(), idle::limit());
    let problem = match (Mark::read(), slot.is_filled().then_some(kept_key)) {
        (None, None | Some(KeptKey::Usable)) => return SessionState::Checking,
        (Some(mark), _) => Some(mark.problem()),
        (None, Some(KeptKey::Idle)) => Some(SignInProblem::Idle(KeyHolder::Page)),
        (None, Some(KeptKey::SignedOut)) => None,
    };
    wipe(slot);
    SessionState::SignedOut(problem)
}

/// Forgets the key in memory and in this tab's storage.
fn wipe(slot: &CredentialSlot) {
    slot.wipe();
    kept::forget();
}

impl Session {
    /// Checks who is signed in, unless the idle limit was reached, and listens to the other tabs.
    pub(crate) fn start(self) {
        self.tabs.listen(move |message| self.handle(SessionEvent::Tab(message)));
        // Where the browser has no messages between tabs, its storage tells of a sign-out.
        let _ = window_event_listener_untyped("storage", move |_| {
            if !self.state.with_untracked(SessionState::is_over) && self.has_missed_sign_out() {
                self.handle(SessionEvent::Tab(TabMessage::SignedOut));
            }
        });
        proxy_sign_in::watch(self);
        if self.state.with_untracked(|state| *state == SessionState::Checking) {
            self.check();
        }
    }

    /// Checks who is signed in: with the key of the page, or with that of a proxy.
    pub fn check(self) {
        Mark::clear();
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
                    // A proxy that does not let the key through says nothing about it.
                    if problem != SignInProblem::ProxySignedOut {
                        wipe(&slot);
                    }
                    self.tell_proxy_sign_in(&problem);
                    let problem =
                        problem_at_start(holder, self.last_holder.get_value(), known_proxy::is_known(), problem);
                    self.state.set(SessionState::SignedOut(problem));
                }
            }
        });
    }

    /// Signs in with a pasted key, if the API accepts it as a management key. The key is in memory until the page is left.
    /// With `is_kept` it is in this tab's session storage too, as long as [`kept`] allows.
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
            kept::keep(&slot, idle::time_of_day());
        } else {
            kept::forget();
        }
        self.accept(KeyHolder::Page, key);
        Ok(())
    }

    /// Signs out, unless the guard of unsaved changes asks first.
    pub fn sign_out(self) {
        if !self.guard.asks_before_sign_out() {
            self.sign_out_unasked();
        }
    }

    /// Signs out in this tab and in all others. Where a proxy holds the key, leaves the page for the proxy's own sign-out.
    pub fn sign_out_unasked(self) {
        self.handle(SessionEvent::SignedOut);
    }

    /// Whether another tab has signed out since this session began, and this tab was frozen at that time.
    fn has_missed_sign_out(self) -> bool {
        self.signed_out.get_value() != kept::signed_out_at()
    }

    async fn check_key(self, holder: KeyHolder, slot: Arc<CredentialSlot>) -> Result<CurrentKey, SignInProblem> {
        let exchange = BrowserExchange::new(&self.base.get_value(), slot);
        let client = Client::new(Arc::new(exchange), Arc::new(|_| {}));
        judge_key(holder, keys::get_current(&client).await)
    }

    /// Tells the other tabs that the API answered, unless a proxy did.
    fn tell_proxy_sign_in(self, problem: &SignInProblem) {
        if matches!(problem, SignInProblem::NotAccepted | SignInProblem::NotManagementKey { .. }) {
            self.tabs.send(TabMessage::ProxySignedIn);
        }
    }

    fn accept(self, holder: KeyHolder, key: CurrentKey) {
        self.tabs.send(TabMessage::ProxySignedIn);
        self.last_holder.set_value(Some(holder));
        known_proxy::remember(holder);
        self.signed_out.set_value(kept::signed_out_at());
        Mark::clear();
        idle::share_activity();
        kept::set_active(idle::time_of_day());
        self.state.set(SessionState::SignedIn(Identity { holder, key }));
    }

    fn handle(self, event: SessionEvent) {
        let slot = self.slot.get_value();
        match self.state.with_untracked(|state| react(state, &slot, event, self.open_drafts.is_any())) {
            Reaction::Ignore => {}
            Reaction::WaitForProxy => self.replace_identity(SessionState::ProxySignInEnded),
            Reaction::Probe => self.probe(),
            Reaction::AskForKey => {
                let fingerprint = slot.fingerprint();
                wipe(&slot);
                self.replace_identity(SessionState::KeyExpired);
                if let (SessionEvent::Refused(_), Some(key)) = (event, fingerprint) {
                    self.tabs.send(TabMessage::KeyRefused(key));
                }
            }
            Reaction::AskInPlace => {
                wipe(&slot);
                self.replace_identity(SessionState::SignedOutElsewhere);
                // It is not missed: the idle limit goes on.
                self.signed_out.set_value(kept::signed_out_at());
                self.open_drafts.outlive(kept::signed_out_at());
            }
            Reaction::Wipe => self.forget_everything(event, None),
            Reaction::LeaveProxy => {
                self.forget_everything(event, Some(SignInProblem::SignedOutHere));
                self.guard.allow_unload();
                // Only the tab of the person who signs out goes to the proxy. Without a page there, this one says so.
                let _ = match sign_out_url().filter(|_| event == SessionEvent::SignedOut) {
                    Some(url) => window().location().assign(&url),
                    None => {
                        Mark::SignedOut.write();
                        window().location().reload()
                    }
                };
            }
            Reaction::EndIdle(holder) => {
                Mark::Idle(holder).write();
                wipe(&slot);
                if is_any_held() {
                    // A reload would lose the drafts that the browser did not store.
                    self.state.set(SessionState::SignedOut(Some(SignInProblem::Idle(holder))));
                    self.on_end.run(());
                } else {
                    self.guard.set(false);
                    // If the page cannot be loaded, the browser shows its own error and nothing of the console.
                    let _ = window().location().reload();
                }
            }
        }
    }

    /// Keeps who is signed in, in another state.
    fn replace_identity(self, state: impl FnOnce(Identity) -> SessionState) {
        if let Some(identity) = self.state.with_untracked(|state| state.identity().cloned()) {
            self.state.set(state(identity));
        }
    }

    /// Forgets the key, drafts that are not open, the records of jobs and everything loaded, and tells the other tabs.
    fn forget_everything(self, event: SessionEvent, problem: Option<SignInProblem>) {
        if event == SessionEvent::SignedOut {
            self.tabs.send(TabMessage::SignedOut);
        }
        wipe(&self.slot.get_value());
        self.state.set(SessionState::SignedOut(problem));
        known_proxy::forget();
        self.on_wipe.run(());
        self.on_end.run(());
        if event == SessionEvent::SignedOut {
            // After the rest is gone, so that there is space for it.
            kept::set_signed_out(idle::time_of_day());
        }
        self.open_drafts.outlive(kept::signed_out_at());
    }
}

pub(crate) fn use_client() -> Client {
    expect_context()
}

pub(crate) fn use_session() -> Session {
    expect_context()
}
