//! What the tabs of this browser tell each other.
//!
//! Invariant: a message is one word; neither keys nor anything of the organization is ever among them.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "workspace-console";

/// A word to all other tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Somebody signed out.
    SignOut,
    /// The API refused the key.
    KeyRefused,
    /// Somebody is there.
    Active,
    /// Nobody was there for too long.
    Idle,
}

impl Word {
    const ALL: [Self; 4] = [Self::SignOut, Self::KeyRefused, Self::Active, Self::Idle];

    fn text(self) -> &'static str {
        match self {
            Self::SignOut => "sign-out",
            Self::KeyRefused => "key-refused",
            Self::Active => "active",
            Self::Idle => "idle",
        }
    }
}

/// The other tabs; none where the browser cannot reach them. Those end by their own next 401.
#[derive(Clone, Copy)]
pub(super) struct Tabs(StoredValue<Option<BroadcastChannel>, LocalStorage>);

impl Tabs {
    pub(super) fn open() -> Self {
        Self(StoredValue::new_local(BroadcastChannel::new(CHANNEL).ok()))
    }

    /// Tells all others.
    pub(super) fn say(self, word: Word) {
        self.0.with_value(|channel| {
            if let Some(channel) = channel {
                let _ = channel.post_message(&JsValue::from_str(word.text()));
            }
        });
    }

    /// Hears what others say, for as long as the page lives.
    pub(super) fn listen(self, heard: impl Fn(Word) + 'static) {
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string();
            let word = Word::ALL.into_iter().find(|word| text.as_deref() == Some(word.text()));
            if let Some(word) = word {
                heard(word);
            }
        });
        self.0.with_value(|channel| {
            if let Some(channel) = channel {
                // Takes the place of `onmessage`, of which there is one: every listener is called.
                let _ = channel.add_event_listener_with_callback("message", on_message.as_ref().unchecked_ref());
            }
        });
        on_message.forget();
    }
}
