//! Detail that one asks for, on the native `<details>`.
//!
//! Invariant: the summary alone is enough to decide whether to open it.

use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// A summary line that opens its content.
#[component]
pub fn Disclosure(
    /// The line.
    #[prop(into)]
    summary: Signal<String>,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary class="disclosure__summary">
                <IconMark icon=Icon::ChevronRight/>
                <span>{move || summary.get()}</span>
            </summary>
            <div class="disclosure__body">{children()}</div>
        </details>
    }
}
