//! What can happen to a session, and what the session does about it. Pure: [`react`] decides and [`super::Session`] acts.

use super::state::{KeyHolder, SessionState};
use super::tabs::TabMessage;
use crate::api::Refusal;
use crate::api::credential::CredentialSlot;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionEvent {
    /// A request was refused for a missing sign-in.
    Refused(Refusal),
    Tab(TabMessage),
    SignedOut,
    IdleLimitReached,
}

/// What the session does about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reaction {
    Ignore,
    /// Forgets the key and asks for another in place.
    AskForKey,
    /// Forgets the key after a sign-out in another tab, and asks for one in place: there are unsaved changes here.
    AskInPlace,
    /// Keeps the key, and waits until the person has signed in at the proxy.
    WaitForProxy,
    /// Checks whether the proxy lets this page through again.
    Probe,
    /// Forgets the key and everything loaded, and asks for another key.
    Wipe,
    /// Forgets everything that is kept here and leaves the page. The proxy in front of it ends its own session.
    LeaveProxy,
    /// Forgets the key and loads the page again, so that nothing stays in memory. Drafts stay.
    EndIdle(KeyHolder),
}

/// Decides about an event. A refusal of a key counts only if the session still holds it. Without a key of its own, what
/// the API does not sign is the proxy's: it holds the key. `has_changes` says whether the view has unsaved changes.
pub(super) fn react(state: &SessionState, held: &CredentialSlot, event: SessionEvent, has_changes: bool) -> Reaction {
    let is_signed_in = matches!(state, SessionState::SignedIn(_));
    match event {
        SessionEvent::Refused(Refusal::ByProxy) if is_signed_in => Reaction::WaitForProxy,
        SessionEvent::Refused(Refusal::Unsigned(_)) if is_signed_in && !held.is_filled() => Reaction::WaitForProxy,
        SessionEvent::Refused(Refusal::Key(key) | Refusal::Unsigned(key)) if is_signed_in && key == held.key() => {
            Reaction::AskForKey
        }
        SessionEvent::Tab(TabMessage::KeyRefused(key)) if is_signed_in && Some(key) == held.fingerprint() => {
            Reaction::AskForKey
        }
        SessionEvent::Tab(TabMessage::ProxySignedIn) if state.waits_for_proxy() => Reaction::Probe,
        SessionEvent::Refused(_) | SessionEvent::Tab(TabMessage::KeyRefused(_) | TabMessage::ProxySignedIn) => {
            Reaction::Ignore
        }
        SessionEvent::SignedOut | SessionEvent::Tab(TabMessage::SignedOut) => {
            // While the first check runs without a key, it is a proxy that may hold one.
            let is_asking_proxy =
                matches!(state, SessionState::Checking | SessionState::Unreachable(_)) && !held.is_filled();
            let is_proxy = state.holder() == Some(KeyHolder::Proxy) && !held.is_filled() || is_asking_proxy;
            match event {
                _ if is_proxy => Reaction::LeaveProxy,
                SessionEvent::Tab(_) if has_changes && state.identity().is_some() => Reaction::AskInPlace,
                _ => Reaction::Wipe,
            }
        }
        SessionEvent::IdleLimitReached => {
            state.identity().map_or(Reaction::Ignore, |identity| Reaction::EndIdle(identity.holder))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Credential;
    use crate::domain::CurrentKey;
    use crate::session::state::{Identity, SignInProblem};

    fn identity(holder: KeyHolder) -> Identity {
        let key: CurrentKey = serde_json::from_str(r#"{"is_management_key":true}"#).unwrap();
        Identity { holder, key }
    }

    fn slot_with(key: &str) -> CredentialSlot {
        let slot = CredentialSlot::default();
        slot.fill(Credential::parse(key).unwrap());
        slot
    }

    #[test]
    fn only_a_refusal_of_the_key_that_is_held_asks_for_another() {
        let slot = slot_with("sk-or-v1-old");
        let old = slot.key();
        slot.fill(Credential::parse("sk-or-v1-new").unwrap());
        let signed_in = SessionState::SignedIn(identity(KeyHolder::Page));
        let react_to = |state, key| react(state, &slot, SessionEvent::Refused(Refusal::Key(key)), false);
        assert_eq!(react_to(&signed_in, old), Reaction::Ignore);
        assert_eq!(react_to(&signed_in, slot.key()), Reaction::AskForKey);
        // The check of the key answers for itself.
        assert_eq!(react_to(&SessionState::Checking, slot.key()), Reaction::Ignore);
        let expired = SessionState::KeyExpired(identity(KeyHolder::Page));
        assert_eq!(react_to(&expired, slot.key()), Reaction::Ignore);
    }

    #[test]
    fn the_sign_in_of_a_proxy_is_waited_for_and_leaves_the_key_alone() {
        let (none, slot) = (CredentialSlot::default(), slot_with("sk-or-v1-a"));
        let by_page = SessionState::SignedIn(identity(KeyHolder::Page));
        let by_proxy = SessionState::SignedIn(identity(KeyHolder::Proxy));
        let refused = |state, held, refusal| react(state, held, SessionEvent::Refused(refusal), false);
        assert_eq!(refused(&by_page, &slot, Refusal::ByProxy), Reaction::WaitForProxy);
        assert_eq!(refused(&by_proxy, &none, Refusal::ByProxy), Reaction::WaitForProxy);
        // A 401 that says nothing is about the key of this page, or else of the proxy, which holds it.
        assert_eq!(refused(&by_page, &slot, Refusal::Unsigned(slot.key())), Reaction::AskForKey);
        assert_eq!(refused(&by_proxy, &none, Refusal::Unsigned(none.key())), Reaction::WaitForProxy);
        assert_eq!(refused(&by_proxy, &none, Refusal::Key(none.key())), Reaction::AskForKey);
        let told = |state| react(&state, &slot, SessionEvent::Tab(TabMessage::ProxySignedIn), false);
        assert_eq!(told(SessionState::ProxySignInEnded(identity(KeyHolder::Page))), Reaction::Probe);
        assert_eq!(told(SessionState::SignedOut(Some(SignInProblem::ProxySignedOut))), Reaction::Probe);
        for state in [by_page, SessionState::SignedOut(None), SessionState::KeyExpired(identity(KeyHolder::Page))] {
            assert_eq!(told(state), Reaction::Ignore);
        }
    }

    #[test]
    fn a_refusal_in_another_tab_takes_only_the_same_key() {
        let (here, same, other) = (slot_with("sk-or-v1-a"), slot_with("sk-or-v1-a"), slot_with("sk-or-v1-b"));
        let signed_in = SessionState::SignedIn(identity(KeyHolder::Page));
        let refused = |slot: &CredentialSlot| {
            let message = TabMessage::KeyRefused(slot.fingerprint().unwrap());
            react(&signed_in, &here, SessionEvent::Tab(message), false)
        };
        assert_eq!(refused(&same), Reaction::AskForKey);
        assert_eq!(refused(&other), Reaction::Ignore);
    }

    #[test]
    fn a_sign_out_wipes_every_tab_that_can_hold_a_key() {
        let slot = slot_with("sk-or-v1-a");
        for event in [SessionEvent::SignedOut, SessionEvent::Tab(TabMessage::SignedOut)] {
            for state in [
                SessionState::Checking,
                SessionState::SignedIn(identity(KeyHolder::Page)),
                SessionState::KeyExpired(identity(KeyHolder::Page)),
                SessionState::SignedOut(None),
                SessionState::SignedOut(Some(SignInProblem::Idle(KeyHolder::Page))),
            ] {
                assert_eq!(react(&state, &slot, event, false), Reaction::Wipe, "{state:?}");
            }
        }
    }

    #[test]
    fn a_sign_out_in_another_tab_asks_in_place_where_there_are_unsaved_changes() {
        let slot = slot_with("sk-or-v1-a");
        let elsewhere = SessionEvent::Tab(TabMessage::SignedOut);
        let signed_in = SessionState::SignedIn(identity(KeyHolder::Page));
        assert_eq!(react(&signed_in, &slot, elsewhere, true), Reaction::AskInPlace);
        assert_eq!(react(&signed_in, &slot, SessionEvent::SignedOut, true), Reaction::Wipe);
        assert_eq!(react(&SessionState::Checking, &slot, elsewhere, true), Reaction::Wipe);
        let by_proxy = SessionState::SignedIn(identity(KeyHolder::Proxy));
        assert_eq!(react(&by_proxy, &CredentialSlot::default(), elsewhere, true), Reaction::LeaveProxy);
    }

    #[test]
    fn a_sign_out_leaves_every_tab_whose_key_a_proxy_holds_and_asks_for_none() {
        let none = CredentialSlot::default();
        for event in [SessionEvent::SignedOut, SessionEvent::Tab(TabMessage::SignedOut)] {
            for state in [
                SessionState::Checking,
                SessionState::SignedIn(identity(KeyHolder::Proxy)),
                SessionState::KeyExpired(identity(KeyHolder::Proxy)),
                SessionState::SignedOut(Some(SignInProblem::Idle(KeyHolder::Proxy))),
                SessionState::SignedOut(Some(SignInProblem::ProxySignedOut)),
                SessionState::SignedOut(Some(SignInProblem::SignedOutHere)),
            ] {
                assert_eq!(react(&state, &none, event, false), Reaction::LeaveProxy, "{state:?}");
            }
        }
    }

    #[test]
    fn the_idle_limit_ends_only_a_session() {
        let none = CredentialSlot::default();
        let ended = |state: SessionState| react(&state, &none, SessionEvent::IdleLimitReached, true);
        let by_proxy = SessionState::SignedIn(identity(KeyHolder::Proxy));
        assert_eq!(ended(by_proxy), Reaction::EndIdle(KeyHolder::Proxy));
        let expired = SessionState::KeyExpired(identity(KeyHolder::Page));
        assert_eq!(ended(expired), Reaction::EndIdle(KeyHolder::Page));
        assert_eq!(ended(SessionState::SignedOut(None)), Reaction::Ignore);
    }
}
