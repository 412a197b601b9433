//! Text for assistive technology alone.
//!
//! Invariant: a live region exists before its text does, or nobody would hear it.

use leptos::prelude::*;

/// A polite live region that nobody sees: each change of `text` is read out when the speaker is free.
#[component]
pub fn Announcer(
    /// What to say. The same text twice in a row is said once.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">
            {move || text.get()}
        </div>
    }
}

/// Text that is read out and not seen.
#[component]
pub fn VisuallyHidden(
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <span class="visually-hidden">{children()}</span> }
}
