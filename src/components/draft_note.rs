//! Says beside a form that the browser does not store its draft.

use crate::session::drafts;
use leptos::prelude::*;

/// Shown while a draft of the view is held in this page only.
#[component]
pub fn DraftNote() -> impl IntoView {
    let is_unstored = drafts::is_any_unstored();
    view! {
        <Show when=move || is_unstored.get()>
            <p class={"muted"} role="status">
                {"Your browser can’t store this draft. You lose it when you close or reload this tab."}
            </p>
        </Show>
    }
}
