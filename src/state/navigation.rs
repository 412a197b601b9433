//! Going to another view, by the program rather than by a link.
//!
//! Invariant: each entry of the history is numbered, so that the guard can tell how far a step goes.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use leptos_router::location::State;

use super::UnsavedGuard;
use crate::routes::Route;

/// The view that the address bar names.
#[derive(Clone, Copy)]
pub struct CurrentRoute(pub Memo<Route>);

/// Goes to other views.
#[derive(Clone, Copy)]
pub struct Navigator {
    go: Callback<(String, bool)>,
}

impl Navigator {
    /// Works below the router only.
    pub fn new() -> Self {
        let guard: UnsavedGuard = expect_context();
        let navigate = use_navigate();
        let go = Callback::new(move |(address, replace): (String, bool)| {
            let state = State::new(replace.then(|| guard.entry_state()));
            navigate(&address, NavigateOptions { resolve: false, replace, scroll: !replace, state });
        });
        Self { go }
    }

    /// To a view, as a new entry of the history.
    pub fn push(&self, route: &Route) {
        self.go.run((route.href(), false));
    }

    /// To a view, in place of the present entry.
    pub fn replace(&self, route: &Route) {
        self.go.run((route.href(), true));
    }

    /// To the entry of the history before this one.
    pub fn back(&self) {
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            // Where there is no entry before, nothing happens.
            let _ = history.back();
        }
    }

    /// To an address of this console, as a new entry.
    pub fn follow(&self, address: String) {
        self.go.run((address, false));
    }
}

/// A panel over a view, which the address names: opening it is a step in the history.
#[derive(Clone, Copy)]
pub struct PanelSteps {
    navigator: Navigator,
    was_opened_here: StoredValue<bool>,
}

impl PanelSteps {
    /// The panel of the current view.
    pub fn new() -> Self {
        Self { navigator: use_navigator(), was_opened_here: StoredValue::new(false) }
    }

    /// Opens it: goes to the view with it.
    pub fn open(&self, with: &Route) {
        self.was_opened_here.set_value(true);
        self.navigator.push(with);
    }

    /// Closes it: undoes the step that opening was, so that Back does not meet the same view twice. Where the address
    /// came with the panel, the view `without` it takes its place.
    pub fn close(&self, without: &Route) {
        if self.was_opened_here.get_value() {
            self.navigator.back();
        } else {
            self.navigator.replace(without);
        }
    }
}

impl Default for PanelSteps {
    fn default() -> Self {
        Self::new()
    }
}

impl Default for Navigator {
    fn default() -> Self {
        Self::new()
    }
}

/// The navigator of this page.
pub fn use_navigator() -> Navigator {
    expect_context()
}

/// The view that is shown.
pub fn use_route() -> Memo<Route> {
    expect_context::<CurrentRoute>().0
}
