//! Marks the page of an individual account, so that the style hides the link to people. In the second file, because the
//! first view does not need it.

use leptos::prelude::*;

use crate::session::{SessionState, use_session};

/// Keeps the mark for as long as the current owner lives.
pub(super) fn mark_individual_account() {
    let session = use_session();
    let is_individual = Memo::new(move |_| session.state.with(SessionState::is_individual));
    // Outside world: an attribute of the root element.
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            // It cannot fail: the attribute's name is valid.
            let _ = root.toggle_attribute_with_force("data-individual", is_individual.get());
        }
    });
}
