//! The theme: light, dark, or the system's choice.
//!
//! Invariant: the choice is an attribute of the root element. `boot.js` sets it before anything is drawn.

use leptos::prelude::*;

use super::storage::Storage;

/// The name in storage. `boot.js` reads it too.
const NAME: &str = "workspace-console.theme";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

impl ThemeChoice {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in storage and in the root element's attribute.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the word in storage. Returns the default for an unknown word.
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|choice| choice.word() == word).unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
pub struct Theme(RwSignal<ThemeChoice>);

impl Theme {
    pub(crate) fn provide() {
        let stored = Storage::Browser.read(NAME).as_deref().map(ThemeChoice::parse).unwrap_or_default();
        provide_context(Self(RwSignal::new(stored)));
    }

    pub fn get(&self) -> ThemeChoice {
        self.0.get()
    }

    /// Applies a choice and stores it in this browser.
    pub fn set(&self, choice: ThemeChoice) {
        self.0.set(choice);
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(root) = document.and_then(|document| document.document_element()) {
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
