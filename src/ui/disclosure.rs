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
    /// What is in it, beside the summary.
    #[prop(optional)]
    note: Option<&'static str>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <details class=format!("disclosure {class}") open=open>
            <summary class="disclosure__summary">
                <IconMark icon=Icon::ChevronRight/>
                <span>{move || summary.get()}</span>
                {note.map(|note| view! { <span class="disclosure__note">{note}</span> })}
            </summary>
            <div class="disclosure__body">{children()}</div>
        </details>
    }
}
