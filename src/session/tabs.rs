//! Messages between the tabs of this browser.
//!
//! Invariant: a message carries neither a key nor anything of the organization.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::api::credential::Fingerprint;

const CHANNEL: &str = "workspace-console";
const SIGNED_OUT: &str = "sign-out";
const PROXY_SIGNED_IN: &str = "proxy-sign-in";
const KEY_REFUSED: &str = "key-refused:";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TabMessage {
    SignedOut,
    /// The API has answered: the proxy in front of it lets this browser through.
    ProxySignedIn,
    /// The API refused the key with this fingerprint.
    KeyRefused(Fingerprint),
}

impl TabMessage {
    fn to_text(self) -> String {
        match self {
            Self::SignedOut => SIGNED_OUT.to_owned(),
            Self::ProxySignedIn => PROXY_SIGNED_IN.to_owned(),
            Self::KeyRefused(key) => [KEY_REFUSED, &key.to_text()].concat(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix(KEY_REFUSED) {
            Some(key) => Fingerprint::parse(key).map(Self::KeyRefused),
            None => [Self::SignedOut, Self::ProxySignedIn].into_iter().find(|message| message.to_text() == text),
        }
    }
}

/// The channel to the other tabs. Without one, each tab notices a refused key by its own next request.
#[derive(Clone, Copy)]
pub(super) struct Tabs(StoredValue<Option<BroadcastChannel>, LocalStorage>);

impl Tabs {
    pub fn open() -> Self {
        Self(StoredValue::new_local(BroadcastChannel::new(CHANNEL).ok()))
    }

    pub fn send(self, message: TabMessage) {
        if let Some(channel) = self.0.get_value() {
            // Fails only for a closed channel, and this one is never closed.
            let _ = channel.post_message(&JsValue::from_str(&message.to_text()));
        }
    }

    /// Calls `on_message` for each message of another tab, for as long as the page lives.
    pub fn listen(self, on_message: impl Fn(TabMessage) + 'static) {
        let handler = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string().as_deref().and_then(TabMessage::parse) {
                on_message(message);
            }
        });
        if let Some(channel) = self.0.get_value() {
            channel.set_onmessage(Some(handler.as_ref().unchecked_ref()));
        }
        handler.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_it_was_written_and_anything_else_is_ignored() {
        let key = Fingerprint::parse("0badcafe").unwrap();
        for message in [TabMessage::SignedOut, TabMessage::ProxySignedIn, TabMessage::KeyRefused(key)] {
            assert_eq!(TabMessage::parse(&message.to_text()), Some(message));
        }
        for text in ["", "idle", "active", "key-refused", "key-refused:", "key-refused:xyz", "sign-out:"] {
            assert_eq!(TabMessage::parse(text), None, "{text}");
        }
    }
}
