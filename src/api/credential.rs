//! The management key: held in memory and readable only by the transport.
//!
//! Invariant: [`Credential`] has no `Debug`, no `Display` and no accessor outside `api`, so it cannot get into a log, an
//! address or an error. Session storage is written only by [`CredentialSlot::keep_for_tab`], if the person chose that.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use thiserror::Error;

/// A management key.
#[derive(Clone)]
pub struct Credential(String);

/// A reason why a text cannot be a key. It never quotes the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CredentialProblem {
    #[error("Enter a management key")]
    Empty,
    /// The text has white space or another character that no key has.
    #[error("Copy the key again, without spaces or special characters")]
    Character,
}

/// Names a key to other tabs without telling it: 32 bits of a hash, far too few to find the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u32);

impl Fingerprint {
    pub fn to_text(self) -> String {
        format!("{:08x}", self.0)
    }

    pub fn parse(text: &str) -> Option<Self> {
        u32::from_str_radix(text, 16).ok().map(Self)
    }
}

impl Credential {
    /// Reads a pasted key. White space around it and a leading `Bearer` are dropped.
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

    fn fingerprint(&self) -> Fingerprint {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        #[expect(clippy::cast_possible_truncation, reason = "the fingerprint is to be short")]
        let short = hasher.finish() as u32;
        Fingerprint(short)
    }
}

/// Identifies what requests are sent with: a key, or none. It changes whenever the slot is filled or emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyId(u32);

/// The name of the key in session storage. `boot.js` looks for it too.
const NAME: &str = "workspace-console.key";

/// The place of the key, shared by the session, which fills and empties it, and the transport.
#[derive(Default)]
pub struct CredentialSlot(Mutex<Held>);

#[derive(Default)]
struct Held {
    credential: Option<Credential>,
    id: KeyId,
}

impl Held {
    fn put(&mut self, credential: Option<Credential>) {
        self.credential = credential;
        self.id = KeyId(self.id.0.wrapping_add(1));
    }
}

impl CredentialSlot {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a key in, in place of any other.
    pub fn fill(&self, credential: Credential) {
        self.held().put(Some(credential));
    }

    /// Whether there is a key.
    pub fn is_filled(&self) -> bool {
        self.held().credential.is_some()
    }

    /// The ID of what requests are sent with now.
    pub fn key(&self) -> KeyId {
        self.held().id
    }

    /// The fingerprint of the key, if there is one.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.held().credential.as_ref().map(Credential::fingerprint)
    }

    /// The value of the `Authorization` header. `None` leaves it to a proxy.
    pub(super) fn authorization(&self) -> Option<String> {
        self.held().credential.as_ref().map(|Credential(key)| ["Bearer ", key].concat())
    }

    /// Writes the key to this tab's session storage, which survives a reload and ends with the tab. Returns whether the
    /// browser stored it; the key stays in memory anyway.
    pub fn keep_for_tab(&self) -> bool {
        match (storage(), self.held().credential.as_ref()) {
            (Some(storage), Some(Credential(key))) => storage.set_item(NAME, key).is_ok(),
            _ => false,
        }
    }

    /// Fills the slot from this tab's session storage. A key is written there only once it was accepted.
    pub fn restore_from_tab(&self) {
        let kept = storage().and_then(|storage| storage.get_item(NAME).ok().flatten());
        if let Some(credential) = kept.and_then(|text| Credential::parse(&text).ok()) {
            self.fill(credential);
        }
    }

    /// Forgets the key in memory and in this tab's session storage.
    pub fn wipe(&self) {
        self.held().put(None);
        Self::forget_in_tab();
    }

    /// Forgets the key in this tab's session storage.
    pub fn forget_in_tab() {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(NAME);
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Credential {
        Credential::parse(text).unwrap()
    }

    #[test]
    fn a_request_with_a_former_key_is_told_from_one_with_the_present() {
        let slot = CredentialSlot::default();
        slot.fill(key("sk-or-v1-old"));
        let old = slot.key();
        assert_eq!(slot.key(), old);
        slot.fill(key("sk-or-v1-new"));
        let new = slot.key();
        assert_ne!(old, new);
        slot.held().put(None);
        assert_ne!(slot.key(), new);
    }

    #[test]
    fn a_fingerprint_is_the_same_in_every_tab_and_differs_by_key() {
        let of = |text| {
            let slot = CredentialSlot::default();
            slot.fill(key(text));
            slot.fingerprint().unwrap()
        };
        let one = of("sk-or-v1-one");
        assert_eq!(of("  sk-or-v1-one "), one);
        assert_ne!(of("sk-or-v1-two"), one);
        assert_eq!(Fingerprint::parse(&one.to_text()), Some(one));
        assert_eq!((one.to_text().len(), Fingerprint::parse("not one")), (8, None));
        assert_eq!(CredentialSlot::default().fingerprint(), None);
    }

    #[test]
    fn a_pasted_key_is_taken_without_what_surrounds_it() {
        let slot = CredentialSlot::default();
        for text in ["sk-or-v1-abc", "  sk-or-v1-abc\n", "Bearer sk-or-v1-abc"] {
            slot.fill(key(text));
            assert_eq!(slot.authorization().as_deref(), Some("Bearer sk-or-v1-abc"));
        }
        slot.held().put(None);
        assert!(!slot.is_filled());
        assert_eq!(Credential::parse(" ").err(), Some(CredentialProblem::Empty));
        assert_eq!(Credential::parse("sk or").err(), Some(CredentialProblem::Character));
        assert_eq!(Credential::parse("sk-ör").err(), Some(CredentialProblem::Character));
        assert_eq!(Credential::parse("sk\u{200b}or").err(), Some(CredentialProblem::Character));
    }
}
