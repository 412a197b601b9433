//! Drafts: forms with unsaved changes, kept in this tab so that they survive a reload, a crash and data that fails to load.
//!
//! Invariant: a draft holds the fields of a form and nothing else. It is dropped when it is saved or discarded, when the
//! person leaves the form on purpose, and on sign-out.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::browser::storage::Storage;
use crate::domain::WorkspaceId;
use crate::forms::{Draft, draft};
use crate::navigation::UnsavedGuard;

const PREFIX: &str = "workspace-console.draft.";

pub(crate) fn of_settings(workspace: &WorkspaceId) -> String {
    format!("workspace.{workspace}")
}

pub(crate) fn of_budgets(workspace: &WorkspaceId) -> String {
    format!("budgets.{workspace}")
}

/// Stores a draft, with the form that the editing began with.
pub fn keep<T: Draft>(name: &str, form: &T, base: &T) {
    // Without storage there is no draft after a reload; the form itself is unharmed.
    Storage::Tab.write(&key(name), &draft::write(form, base));
}

/// Reads a draft, and the form that the editing began with. `current` gives the fields that the draft does not hold.
pub fn restore<T: Draft>(name: &str, current: &T) -> Option<(T, T)> {
    draft::read(&Storage::Tab.read(&key(name))?, current)
}

/// Keeps the draft of a form while the current view shows it: stored while the form is dirty, with the guard up. `forms`
/// returns the form and the form that the editing began with.
pub fn follow<T: Draft>(name: String, is_dirty: Memo<bool>, forms: impl Fn() -> (T, T) + 'static) {
    let guard: UnsavedGuard = expect_context();
    let draft = name.clone();
    // Outside world: the storage of the tab, and the guard of the page.
    Effect::new(move |_| {
        let is_dirty = is_dirty.get();
        guard.set(is_dirty);
        if is_dirty {
            let (form, base) = forms();
            keep(&draft, &form, &base);
        } else {
            forget(&draft);
        }
    });
    on_cleanup(move || {
        // A person who leaves on purpose has answered the guard's question, which lowers it. If the guard is still up, the
        // view is gone for another reason, such as data that failed to load.
        if !untrack(|| guard.is_up()) {
            forget(&name);
        }
        guard.set(false);
    });
}

/// Keeps a value as a draft for as long as it differs from its default. Leaving asks no question, because the
/// value is still there when the person comes back.
pub fn keep_value<T: Serialize + Default + PartialEq>(name: String, value: impl Fn() -> T + 'static) {
    // Outside world: the storage of the tab.
    Effect::new(move |_| {
        let value = value();
        match serde_json::to_string(&value) {
            Ok(text) if value != T::default() => drop(Storage::Tab.write(&key(&name), &text)),
            _ => forget(&name),
        }
    });
}

/// Reads a value that was kept as a draft. A draft of another release that no longer fits is left out.
pub fn restore_value<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_str(&Storage::Tab.read(&key(name))?).ok()
}

/// Drops a draft.
pub fn forget(name: &str) {
    Storage::Tab.remove(&key(name));
}

pub(crate) fn forget_all() {
    Storage::Tab.remove_all(PREFIX);
}

pub(crate) fn of_added_members(workspace: &WorkspaceId) -> String {
    format!("add-members.{workspace}")
}

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}
