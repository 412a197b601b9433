//! The theme: light, dark, or as the system has it.
//!
//! Invariant: the choice is an attribute of the root element; the page's first script sets it before anything is drawn.

use leptos::prelude::*;

const NAME: &str = "workspace-console.theme";

/// What a person can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    /// The choices, with their words.
    pub const ALL: [(Self, &'static str); 3] = [(Self::System, "system"), (Self::Light, "light"), (Self::Dark, "dark")];

    /// The word of a choice.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(choice, _)| *choice == self).map_or("system", |(_, word)| word)
    }

    /// The choice of a word.
    pub fn parse(word: &str) -> Self {
        Self::ALL.iter().find(|(_, known)| *known == word).map_or(Self::System, |(choice, _)| *choice)
    }
}

/// The theme of this page.
#[derive(Clone, Copy)]
pub struct Theme(RwSignal<ThemeChoice>);

impl Theme {
    pub(super) fn install() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(NAME).ok().flatten());
        Self(RwSignal::new(kept.map_or_else(ThemeChoice::default, |word| ThemeChoice::parse(&word))))
    }

    /// The choice.
    pub fn get(&self) -> ThemeChoice {
        self.0.get()
    }

    /// Applies a choice and remembers it in this browser.
    pub fn set(&self, choice: ThemeChoice) {
        self.0.set(choice);
        let root = web_sys::window().and_then(|window| window.document()).and_then(|page| page.document_element());
        let Some(root) = root else { return };
        // A browser that refuses storage applies the choice all the same.
        let _ = match choice {
            ThemeChoice::System => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.word()),
        };
        if let Some(storage) = storage() {
            let _ = storage.set_item(NAME, choice.word());
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
