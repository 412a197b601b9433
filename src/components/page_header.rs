//! A page's heading: it titles the document and takes the focus when a page is entered.
//!
//! Invariant: after a change of view the focus is on its heading, never on the body.

use leptos::html;
use leptos::prelude::*;

/// Remembers that the first view has been shown: a fresh load leaves the focus to the browser.
#[derive(Clone, Copy)]
pub struct FirstView(pub StoredValue<bool>);

/// The heading of a page.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// What stands under the title.
    #[prop(optional)]
    meta: Option<Children>,
    /// Buttons at the end of the line.
    #[prop(optional)]
    actions: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let first: FirstView = expect_context();
    let is_first = first.0.get_value();
    first.0.set_value(false);
    Effect::new(move || {
        let title = title.get();
        document().set_title(&format!("{title} · Workspace Console"));
    });
    Effect::new(move |has_focused: Option<bool>| {
        let heading = heading.get();
        if let (Some(heading), false, false) = (heading, is_first, has_focused.unwrap_or(false)) {
            // An element in the page that takes focus cannot refuse it.
            let _ = heading.focus();
            return true;
        }
        has_focused.unwrap_or(false)
    });
    view! {
        <header class="page__header">
            <div class={"page__heading"}>
                <h1 class="page__title" tabindex="-1" node_ref=heading><bdi>{move || title.get()}</bdi></h1>
                {meta.map(|meta| view! { <div class="page__meta">{meta()}</div> })}
            </div>
            {actions.map(|actions| view! { <div class="page__actions">{actions()}</div> })}
        </header>
    }
}
