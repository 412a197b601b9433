//! Notices: short messages about what just happened, shown over every view.
//!
//! Invariant: a failure that has a place of its own (a field, a dialog, a view) is shown there and not here.

use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: u64,
    pub title: String,
    /// What went wrong; `None` for a success.
    pub detail: Option<String>,
}

/// The notices that are shown.
#[derive(Clone, Copy, Default)]
pub struct Notices {
    /// Oldest first.
    pub list: RwSignal<Vec<Notice>>,
    next: StoredValue<u64>,
}

const MAX_SHOWN: usize = 4;

impl Notices {
    /// Shows that something was done.
    pub fn success(&self, title: impl Into<String>) {
        self.push(title.into(), None);
    }

    /// Shows that something went wrong.
    pub fn failure(&self, title: impl Into<String>, detail: impl Into<String>) {
        self.push(title.into(), Some(detail.into()));
    }

    /// Removes a notice.
    pub fn dismiss(&self, id: u64) {
        self.list.update(|list| list.retain(|notice| notice.id != id));
    }

    fn push(&self, title: String, detail: Option<String>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            list.push(Notice { id, title, detail });
            let excess = list.len().saturating_sub(MAX_SHOWN);
            list.drain(..excess);
        });
    }
}
