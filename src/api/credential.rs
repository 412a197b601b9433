//! The management key: held in memory, readable by nothing but the transport.
//!
//! Invariant: [`Credential`] has no `Debug`, no `Display` and no accessor outside `api`; it cannot get into a log, a URL
//! or an error. Session storage is written only by [`CredentialSlot::keep_for_tab`], on the person's choice.

use std::sync::{Mutex, MutexGuard, PoisonError};

use thiserror::Error;

/// A management key that somebody typed or pasted.
#[derive(Clone)]
pub struct Credential(String);

/// What is wrong with a typed key. It never quotes what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CredentialProblem {
    /// Nothing was typed.
    #[error("Enter a management key")]
    Empty,
    /// White space or another character that no key has.
    #[error("A key has no spaces or special characters; copy it again")]
    Character,
}

impl Credential {
    /// Takes a key as pasted; white space around it is dropped, and so is a leading `Bearer`.
    pub fn parse(text: &str) -> Result<Self, CredentialProblem> {
        let text = text.trim();
        let text = text.strip_prefix("Bearer ").map_or(text, str::trim);
        if text.is_empty() {
            return Err(CredentialProblem::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(CredentialProblem::Character);
        }
        Ok(Self(text.to_owned()))
    }
}

/// Where the key of this page is held: shared by the session, which fills and empties it, and the transport.
#[derive(Default)]
pub struct CredentialSlot(Mutex<Held>);

#[derive(Default)]
struct Held {
    credential: Option<Credential>,
    /// Rises with each key: an answer that a former one got says nothing about this one.
    round: u32,
}

/// What a request says of who sends it.
pub(super) struct Authorization {
    /// The value of the header; `None` where a proxy adds it.
    pub header: Option<String>,
    round: u32,
}

impl CredentialSlot {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a key in, in place of any other.
    pub fn fill(&self, credential: Credential) {
        let mut held = self.held();
        held.credential = Some(credential);
        held.round = held.round.wrapping_add(1);
    }

    /// Forgets the key.
    pub fn clear(&self) {
        self.held().credential = None;
    }

    /// Whether there is a key.
    pub fn is_filled(&self) -> bool {
        self.held().credential.is_some()
    }

    /// What to send along.
    pub(super) fn authorization(&self) -> Authorization {
        let held = self.held();
        let header = held.credential.as_ref().map(|Credential(key)| ["Bearer ", key].concat());
        Authorization { header, round: held.round }
    }

    /// Whether the key that a request was sent with is the one that is held now.
    pub(super) fn is_current(&self, authorization: &Authorization) -> bool {
        self.held().round == authorization.round
    }
}

mod tab {
    use super::{Authorization, Credential, CredentialSlot};

    const NAME: &str = "workspace-console.key";

    fn storage() -> Option<web_sys::Storage> {
        web_sys::window()?.session_storage().ok()?
    }

    impl CredentialSlot {
        /// Writes the key to this tab's session storage, which outlives a reload and ends with the tab.
        pub fn keep_for_tab(&self) {
            if let (Some(storage), Some(Credential(key))) = (storage(), self.held().credential.as_ref()) {
                // A browser that refuses storage leaves the key in memory, which is the default anyway.
                let _ = storage.set_item(NAME, key);
            }
        }

        /// Fills the slot from this tab's session storage, where the person chose that before.
        pub fn restore_from_tab(&self) {
            let kept = storage().and_then(|storage| storage.get_item(NAME).ok().flatten());
            if let Some(credential) = kept.and_then(|text| Credential::parse(&text).ok()) {
                self.fill(credential);
            }
        }

        /// Forgets the key in memory and in this tab's session storage.
        pub fn wipe(&self) {
            self.clear();
            Self::forget_in_tab();
        }

        /// Forgets the key that a request was refused with, unless there is another by now.
        pub(in crate::api) fn refuse(&self, authorization: &Authorization) {
            if self.is_current(authorization) {
                self.wipe();
            }
        }

        /// Forgets the key in this tab's session storage alone.
        pub fn forget_in_tab() {
            if let Some(storage) = storage() {
                let _ = storage.remove_item(NAME);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_with_a_former_key_is_told_from_one_with_the_present() {
        let slot = CredentialSlot::default();
        let fill = |key| slot.fill(Credential::parse(key).unwrap());
        fill("sk-or-v1-old");
        let old = slot.authorization();
        assert!(slot.is_current(&old));
        fill("sk-or-v1-new");
        assert!(!slot.is_current(&old) && slot.is_current(&slot.authorization()));
    }

    #[test]
    fn a_pasted_key_is_taken_without_what_surrounds_it() {
        let slot = CredentialSlot::default();
        for text in ["sk-or-v1-abc", "  sk-or-v1-abc\n", "Bearer sk-or-v1-abc"] {
            slot.fill(Credential::parse(text).unwrap());
            assert_eq!(slot.authorization().header.as_deref(), Some("Bearer sk-or-v1-abc"));
        }
        slot.clear();
        assert!(!slot.is_filled());
        assert_eq!(Credential::parse(" ").err(), Some(CredentialProblem::Empty));
        assert_eq!(Credential::parse("sk or").err(), Some(CredentialProblem::Character));
        assert_eq!(Credential::parse("sk-ör").err(), Some(CredentialProblem::Character));
        assert_eq!(Credential::parse("sk\u{200b}or").err(), Some(CredentialProblem::Character));
    }
}
