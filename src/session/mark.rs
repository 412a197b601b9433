//! A mark in this tab's storage: its session has ended, and stays ended after a reload. If the browser does not store it, the
//! window's name carries it.

use web_sys::window;

use super::state::{KeyHolder, SignInProblem};
use crate::browser::storage::Storage;

/// The name of the mark. `boot.js` looks for it too, in both places, and then sends no request.
const NAME: &str = "workspace-console.idle";

/// What has ended the session of this tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// The idle limit was reached.
    Idle(KeyHolder),
    /// The person has signed out here, and the proxy may still know them.
    SignedOut,
}

impl Mark {
    const ALL: [Self; 3] = [Self::Idle(KeyHolder::Page), Self::Idle(KeyHolder::Proxy), Self::SignedOut];

    fn word(self) -> &'static str {
        match self {
            Self::Idle(KeyHolder::Page) => "page",
            Self::Idle(KeyHolder::Proxy) => "proxy",
            Self::SignedOut => "signed-out",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.word() == word)
    }

    /// What the sign-in page says.
    pub fn problem(self) -> SignInProblem {
        match self {
            Self::Idle(holder) => SignInProblem::Idle(holder),
            Self::SignedOut => SignInProblem::SignedOutHere,
        }
    }

    pub fn read() -> Option<Self> {
        let named = || Some(window()?.name().ok()?.strip_prefix(NAME)?.trim_start().to_owned());
        Self::parse(&Storage::Tab.read(NAME).or_else(named)?)
    }

    pub fn write(self) {
        if !Storage::Tab.write(NAME, self.word()) {
            set_window_name(&[NAME, " ", self.word()].concat());
        }
    }

    pub fn clear() {
        Storage::Tab.remove(NAME);
        if window().and_then(|window| window.name().ok()).is_some_and(|name| name.starts_with(NAME)) {
            set_window_name("");
        }
    }
}

fn set_window_name(name: &str) {
    if let Some(window) = window() {
        // Without a name, a reload signs in again where a proxy holds the key.
        let _ = window.set_name(name);
    }
}

#[cfg(test)]
mod tests {
    use super::Mark;

    #[test]
    fn a_mark_is_read_as_it_was_written() {
        for mark in Mark::ALL {
            assert_eq!(Mark::parse(mark.word()), Some(mark));
        }
        assert_eq!(Mark::parse("else"), None);
    }
}
