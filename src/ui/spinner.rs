//! A spinner that shows itself only when waiting takes long.
//!
//! Invariant: it is silent; whoever waits says so with `aria-busy` or in a live region.

use leptos::prelude::*;

/// A small turning ring, visible after 300 ms (by a CSS delay). Its room is reserved from the start.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
