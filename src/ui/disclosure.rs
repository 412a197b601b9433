//! Details that the person can open, on the native `<details>`.

use super::icon::{Icon, IconMark};
use leptos::prelude::*;

/// A summary line that opens and closes its content.
#[component]
pub fn Disclosure(
    #[prop(into)] summary: Signal<String>,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
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
