//! Panels over a view that the address names: opening one is a step in the history.

use leptos::prelude::*;

use super::{Navigator, use_navigator};
use crate::routes::Route;

#[derive(Clone, Copy)]
pub struct PanelSteps {
    navigator: Navigator,
    was_opened_here: StoredValue<bool>,
}

impl PanelSteps {
    /// The steps of a panel that is closed, or that was open when the page was loaded.
    pub fn new() -> Self {
        Self { navigator: use_navigator(), was_opened_here: StoredValue::new(false) }
    }

    pub fn open(&self, with: &Route) {
        self.was_opened_here.set_value(true);
        self.navigator.push(with);
    }

    /// Undoes the step that opened the panel, so that Back does not lead to the same view twice. If the page was loaded
    /// with the panel open, the view `without` it takes the place of the entry.
    pub fn close(&self, without: &Route) {
        if self.was_opened_here.get_value() {
            self.navigator.back();
        } else {
            self.navigator.replace(without);
        }
    }
}
