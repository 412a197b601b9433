//! Drafts: what was typed into a form that has not been saved, kept across a reload and a crash of this tab.
//!
//! Invariant: a draft holds fields of a form and nothing else; it is dropped when it is saved, discarded or signed out.

use crate::forms::WorkspaceForm;
use crate::json::Json;

const PREFIX: &str = "workspace-console.draft.";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps a draft under a name, with the form that it began with.
pub fn keep(name: &str, draft: &WorkspaceForm, began_with: &WorkspaceForm) {
    let texts = [draft.to_texts(), began_with.to_texts()].concat();
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&texts)) {
        // Without storage there is no draft after a reload; the form itself is unharmed.
        let _ = storage.set_item(&format!("{PREFIX}{name}"), &text);
    }
}

/// The draft of that name and the form that it began with, where they are kept and can be read.
pub fn restore(name: &str) -> Option<(WorkspaceForm, WorkspaceForm)> {
    let text = storage()?.get_item(&format!("{PREFIX}{name}")).ok()??;
    let texts = Json::parse(&text).ok()?.elements()?.into_iter();
    let mut texts = texts.map(|text| text.string().unwrap_or_default().into_owned());
    Some((WorkspaceForm::from_texts(&mut texts)?, WorkspaceForm::from_texts(&mut texts)?))
}

/// Drops the draft of that name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Drops every draft of this tab.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let drafts: Vec<String> = names.filter(|name| name.starts_with(PREFIX)).collect();
    for name in drafts {
        let _ = storage.remove_item(&name);
    }
}
