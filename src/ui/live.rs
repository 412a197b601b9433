//! Announcements for assistive technology.

use leptos::prelude::*;

/// A visually hidden, polite live region. It must be mounted before the first `text` that it should announce.
#[component]
pub fn Announcer(
    /// The text. The same text twice in a row is announced once.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">
            {move || text.get()}
        </div>
    }
}
