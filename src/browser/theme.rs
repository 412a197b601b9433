//! The theme: light, dark, or the system's choice.
//!
//! Invariant: the choice is an attribute of the root element. `boot.js` sets it before anything is drawn.

use leptos::prelude::*;

use super::storage::Storage;
use crate::domain::words;

/// The name in storage. `boot.js` reads it too.
const NAME: &str = "workspace-console.theme";

words! {
    /// The person's choice. Its word is also the value of the root element's attribute.
    ThemeChoice { System = "system", Light = "light", Dark = "dark" }
}

#[derive(Clone, Copy)]
pub struct Theme(RwSignal<ThemeChoice>);

impl Theme {
    pub(crate) fn provide() {
        let stored = Storage::Browser.read(NAME).as_deref().and_then(ThemeChoice::parse).unwrap_or_default();
        provide_context(Self(RwSignal::new(stored)));
    }

    pub fn get(&self) -> ThemeChoice {
        self.0.get()
    }

    /// Applies a choice and stores it in this browser.
    pub fn set(&self, choice: ThemeChoice) {
        self.0.set(choice);
        if let Some(root) = document().document_element() {
            // Neither can fail: the attribute's name is valid.
            let _ = match choice {
                ThemeChoice::System => root.remove_attribute("data-theme"),
                chosen => root.set_attribute("data-theme", chosen.word()),
            };
        }
        // Without storage the choice ends with the page.
        Storage::Browser.write(NAME, choice.word());
    }
}
