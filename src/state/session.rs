//! The session: who is asking, and with whose key.
//!
//! Invariant: signing out wipes the key and everything loaded, in every tab of this browser.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::tabs::{Tabs, Word};
use super::{Invalidation, idle, use_client};
use crate::api::credential::CredentialSlot;
use crate::api::{ApiError, Client, Credential, keys};
use crate::domain::CurrentKey;

/// Who holds the management key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyHolder {
    /// This page, where somebody pasted it.
    Page,
    /// The proxy in front of the API: this page never sees it.
    Proxy,
}

/// Whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who holds the key.
    pub holder: KeyHolder,
    /// The key, as the API describes it.
    pub key: CurrentKey,
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    /// The API is being asked who we are.
    Checking,
    /// The API did not answer that question.
    Unreachable(ApiError),
    /// A management key is needed; with the reason, where one was refused.
    SignedOut(Option<SignInProblem>),
    /// Signed in.
    SignedIn(Identity),
    /// Signed in until the key stopped being accepted: it is asked for in place, and the view stays.
    KeyExpired(Identity),
}

impl SessionState {
    /// The API is asked first, unless this tab was left alone for too long.
    pub(super) fn at_start() -> Self {
        match idle::ended() {
            Some(holder) => Self::SignedOut(Some(SignInProblem::Idle(holder))),
            None => Self::Checking,
        }
    }
}

/// Why a key does not open the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInProblem {
    /// The API does not know the key.
    NotAccepted,
    /// A key, but not a management key: every call would be refused with 403.
    NotManagementKey {
        /// Its first and last characters.
        label: String,
    },
    /// The API could not be asked.
    Failed(ApiError),
    /// None was refused: nobody did anything for too long.
    Idle(KeyHolder),
}

/// The session's handle.
#[derive(Clone)]
pub struct Session {
    /// Where it stands.
    pub state: RwSignal<SessionState>,
    slot: Arc<CredentialSlot>,
    invalidation: Invalidation,
    on_wipe: Callback<()>,
    /// Rises with each sign-out: what was asked before it is not listened to afterwards.
    round: StoredValue<u32>,
    tabs: Tabs,
}

/// What an answer of 401 does: whoever was signed in is asked for the key in place, in every tab that held one. A key
/// that has been given since the question was asked stays.
pub(super) fn on_unauthorized(state: RwSignal<SessionState>, slot: &CredentialSlot, tabs: Tabs) {
    if !slot.is_filled() && expire(state) == Some(KeyHolder::Page) {
        tabs.say(Word::KeyRefused);
    }
}

/// Asks for the key in place; answers who held it where somebody was signed in.
fn expire(state: RwSignal<SessionState>) -> Option<KeyHolder> {
    let identity = state.try_with_untracked(|state| match state {
        SessionState::SignedIn(identity) => Some(identity.clone()),
        _ => None,
    });
    let identity = identity.flatten()?;
    let holder = identity.holder;
    state.set(SessionState::KeyExpired(identity));
    Some(holder)
}

impl Session {
    /// Asks the API who we are, and listens to the other tabs.
    pub(super) fn start(
        client: Client,
        slot: Arc<CredentialSlot>,
        state: RwSignal<SessionState>,
        invalidation: Invalidation,
        on_wipe: Callback<()>,
        tabs: Tabs,
    ) -> Self {
        let session = Self { state, slot, invalidation, on_wipe, round: StoredValue::new(0), tabs };
        session.listen();
        if state.with_untracked(|state| *state == SessionState::Checking) {
            session.check(client);
        }
        session
    }

    /// Asks again who we are.
    pub fn check(&self, client: Client) {
        let (state, slot) = (self.state, self.slot.clone());
        let (round, now) = (self.round, self.round.get_value());
        idle::forget();
        state.set(SessionState::Checking);
        spawn_local(async move {
            let holder = if slot.is_filled() { KeyHolder::Page } else { KeyHolder::Proxy };
            let answer = keys::get_current(&client).await;
            if round.get_value() != now {
                return;
            }
            let next = match answer {
                Ok(key) if key.is_management_key => SessionState::SignedIn(Identity { holder, key }),
                Ok(key) => {
                    slot.wipe();
                    SessionState::SignedOut(Some(SignInProblem::NotManagementKey { label: key.label }))
                }
                Err(error) if error.is_unauthorized() => {
                    slot.wipe();
                    SessionState::SignedOut((holder == KeyHolder::Page).then_some(SignInProblem::NotAccepted))
                }
                Err(error) => SessionState::Unreachable(error),
            };
            state.set(next);
        });
    }

    /// Tries a pasted key; keeps it only where the API takes it for a management key. `true` where signed in.
    pub async fn sign_in(&self, client: Client, credential: Credential, is_kept: bool) -> Result<(), SignInProblem> {
        let round = self.round.get_value();
        self.slot.fill(credential);
        let answer = keys::get_current(&client).await;
        if self.round.get_value() != round {
            return Ok(());
        }
        let key = match answer {
            Ok(key) if key.is_management_key => key,
            refused => {
                self.slot.wipe();
                return Err(match refused {
                    Ok(key) => SignInProblem::NotManagementKey { label: key.label },
                    Err(error) if error.is_unauthorized() => SignInProblem::NotAccepted,
                    Err(error) => SignInProblem::Failed(error),
                });
            }
        };
        if is_kept {
            self.slot.keep_for_tab();
        } else {
            CredentialSlot::forget_in_tab();
        }
        idle::forget();
        self.state.set(SessionState::SignedIn(Identity { holder: KeyHolder::Page, key }));
        self.invalidation.invalidate_all();
        Ok(())
    }

    /// Wipes the key and all that was loaded, here and in every other tab.
    pub fn sign_out(&self) {
        self.tabs.say(Word::SignOut);
        self.wipe();
    }

    /// Who holds the key, where anybody is in.
    pub(super) fn holder(&self) -> Option<KeyHolder> {
        self.state.with_untracked(|state| match state {
            SessionState::SignedIn(identity) | SessionState::KeyExpired(identity) => Some(identity.holder),
            _ => None,
        })
    }

    /// Forgets the key; what is still asked with it is not listened to.
    pub(super) fn forget_key(&self) {
        self.round.update_value(|round| *round = round.wrapping_add(1));
        self.slot.wipe();
    }

    fn wipe(&self) {
        self.forget_key();
        self.state.set(SessionState::SignedOut(None));
        self.on_wipe.run(());
    }

    fn listen(&self) {
        let session = self.clone();
        self.tabs.listen(move |word| match word {
            Word::SignOut => session.wipe(),
            Word::KeyRefused if session.holder() == Some(KeyHolder::Page) => {
                session.slot.wipe();
                expire(session.state);
            }
            Word::KeyRefused | Word::Active | Word::Idle => {}
        });
    }
}

/// The session of this page.
pub fn use_session() -> Session {
    expect_context()
}

/// A check of the session that a view can repeat.
pub fn recheck() {
    use_session().check(use_client());
}
