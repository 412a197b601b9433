//! A spinner.

use leptos::prelude::*;

/// A small turning ring, visible after 300 ms (a CSS delay). Its space is reserved from the start.
///
/// It is hidden from assistive technology: set `aria-busy` on what is waiting.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
