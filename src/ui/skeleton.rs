//! Placeholders and the spinner for what is loading or running.
//!
//! They take their space immediately and become visible after 300 ms (a CSS delay), so nothing jumps or flashes.

use leptos::prelude::*;

/// A placeholder for lines of text.
#[component]
pub fn Skeleton(lines: usize) -> impl IntoView {
    let line = |_| view! { <span class="skeleton__line"></span> };
    view! { <div class="skeleton" aria-hidden="true">{(0..lines).map(line).collect_view()}</div> }
}

/// A small turning ring. It is hidden from assistive technology: set `aria-busy` on what is waiting.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
