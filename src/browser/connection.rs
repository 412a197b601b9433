//! Whether the browser is online.

use leptos::prelude::*;

/// Whether the browser is offline, as far as it knows.
#[derive(Debug, Clone, Copy)]
pub struct Connection {
    is_offline: RwSignal<bool>,
}

impl Connection {
    /// Follows the browser for as long as the page lives, and provides the connection.
    pub fn provide() {
        let is_offline = RwSignal::new(!window().navigator().on_line());
        for event in ["online", "offline"] {
            let _ = window_event_listener_untyped(event, move |_| is_offline.set(!window().navigator().on_line()));
        }
        provide_context(Self { is_offline });
    }

    /// Whether the browser is offline. Tracked.
    pub fn is_offline(self) -> bool {
        self.is_offline.get()
    }
}
