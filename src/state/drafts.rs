//! Drafts: what was typed into a form that has not been saved, kept across a reload and a crash of this tab.
//!
//! Invariant: a draft holds fields of a form and nothing else; it is dropped when it is saved, discarded or signed out.

use leptos::prelude::*;

use super::UnsavedGuard;
use crate::domain::WorkspaceId;
use crate::effect::watch;
use crate::forms::{Draft, draft};

const PREFIX: &str = "workspace-console.draft.";

/// What is this tab's alone, and outlives a reload.
pub(super) fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The name of the draft of a workspace's budgets.
pub fn of_budgets(workspace: &WorkspaceId) -> String {
    format!("budgets.{workspace}")
}

/// Keeps a draft under a name, with the form that it began with.
pub fn keep<T: Draft>(name: &str, draft: &T, began_with: &T) {
    write(name, &[draft.to_texts(), began_with.to_texts()].concat());
}

/// The draft of that name and the form that it began with, where they are kept and can be read.
pub fn restore<T: Draft>(name: &str) -> Option<(T, T)> {
    let mut texts = read(name)?.into_iter();
    Some((T::from_texts(&mut texts)?, T::from_texts(&mut texts)?))
}

/// Keeps the draft of a form for as long as the current view shows it: written while it is dirty, with the form that it
/// began with, and the guard up meanwhile. Whoever leaves on purpose has answered the guard's question.
pub fn follow<T: Draft>(name: String, is_dirty: Memo<bool>, forms: impl Fn() -> (T, T) + 'static) {
    let guard: UnsavedGuard = expect_context();
    guard.lower_on_cleanup();
    let draft = name.clone();
    watch(move || {
        let is_dirty = is_dirty.get();
        guard.set(is_dirty);
        if is_dirty {
            let (form, began_with) = forms();
            keep(&draft, &form, &began_with);
        } else {
            forget(&draft);
        }
    });
    on_cleanup(move || forget(&name));
}

fn write(name: &str, texts: &[String]) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(texts)) {
        // Without storage there is no draft after a reload; the form itself is unharmed.
        let _ = storage.set_item(&format!("{PREFIX}{name}"), &text);
    }
}

fn read(name: &str) -> Option<Vec<String>> {
    let text = storage()?.get_item(&format!("{PREFIX}{name}")).ok()??;
    draft::read(&text)
}

/// Drops the draft of that name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Drops every draft of this tab.
pub fn forget_all() {
    forget_in(storage(), PREFIX);
}

/// Drops everything whose name begins so.
pub(super) fn forget_in(storage: Option<web_sys::Storage>, prefix: &str) {
    let Some(storage) = storage else { return };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let wanted: Vec<String> = names.filter(|name| name.starts_with(prefix)).collect();
    for name in wanted {
        let _ = storage.remove_item(&name);
    }
}
