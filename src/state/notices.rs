//! Notices: short messages about what just happened, shown over whatever view is open.
//!
//! Invariant: a failure that has a place of its own (a field, a dialog, a view) is shown there and not here.

use leptos::prelude::*;

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Success,
    /// Something went wrong that has no other place.
    Failure,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names it, to dismiss it.
    pub id: u64,
    /// How it is meant.
    pub kind: NoticeKind,
    /// What happened.
    pub title: String,
    /// More about it.
    pub detail: Option<String>,
}

/// The messages that are shown.
#[derive(Clone, Copy)]
pub struct Notices {
    /// Oldest first.
    pub list: RwSignal<Vec<Notice>>,
    next: StoredValue<u64>,
}

const MOST: usize = 4;

impl Default for Notices {
    fn default() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }
}

impl Notices {
    /// Says that something was done.
    pub fn success(&self, title: impl Into<String>) {
        self.push(NoticeKind::Success, title.into(), None);
    }

    /// Says that something went wrong.
    pub fn failure(&self, title: impl Into<String>, detail: impl Into<String>) {
        self.push(NoticeKind::Failure, title.into(), Some(detail.into()));
    }

    /// Takes a message away.
    pub fn dismiss(&self, id: u64) {
        self.list.update(|list| list.retain(|notice| notice.id != id));
    }

    fn push(&self, kind: NoticeKind, title: String, detail: Option<String>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            list.push(Notice { id, kind, title, detail });
            let excess = list.len().saturating_sub(MOST);
            list.drain(..excess);
        });
    }
}
